"""The values of the vocabulary: what a sector, an indicator, a unit, an agency and a division are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Direction = Literal["more", "less", "none"]
UnitKind = Literal["count", "person", "money", "length", "area", "mass", "volume", "energy", "time", "ratio", "other"]
Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector code: its Chinese name and the words that point to it with their weight, 1 (hint) to 5 (decisive)."""

    code: str
    name: str
    short: str
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator. `aliases` are other ways to say the same; `never` lists ids it must not be merged with."""

    id: str
    name: str
    aliases: tuple[str, ...]
    sector: str
    units: tuple[str, ...]
    direction: Direction = "none"
    parent: str = ""
    never: tuple[str, ...] = ()
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, its base unit and the factor to it (平 -> 平方米 x1; multipliers 万, 亿 are not units)."""

    printed: str
    base: str
    factor: Decimal
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as printed without its place (人社局), its full name (人力资源和社会保障局), its sector or empty."""

    short: str
    full: str
    sector: str


@dataclass(frozen=True, slots=True)
class Division:
    """A GB/T 2260 division: code (2, 4 or 6 digits, zeros trimmed), full name, level, parent code, short names.

    A former name (平泉县) carries today's code.
    """

    code: str
    name: str
    level: Level
    parent: str
    shorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """The residents (常住人口) of a division in a year, and the publication that says so."""

    code: str
    year: int
    residents: int
    source: str
