"""The words that the stages know: sectors, indicators, units, agencies, divisions. Data beside this file; no rules.

`load()` reads the shipped TOML and CSV files, then those of a user folder, which may add to and override them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector code: its Chinese name, the words that point to it with their weight, its agencies' words."""

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
    direction: Literal["more", "less", "none"] = "none"
    parent: str = ""
    never: tuple[str, ...] = ()
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, its base unit and the factor to it (平 -> 平方米 x1; multipliers 万, 亿 are not units)."""

    printed: str
    base: str
    factor: Decimal
    kind: Literal["count", "person", "money", "length", "area", "mass", "volume", "energy", "time", "ratio", "other"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as printed in a transcript (市人社局), its sector, its full stem (人力资源和社会保障)."""

    short: str
    full: str
    sector: str


@dataclass(frozen=True, slots=True)
class Division:
    """A GB/T 2260 division: code (2, 4 or 6 digits, trailing zeros trimmed), full name, level, parent code, short names."""

    code: str
    name: str
    level: Literal["province", "prefecture", "county"]
    parent: str
    shorts: tuple[str, ...]
