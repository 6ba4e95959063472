"""Figures: one reported number each (SDMX: an observation), the numbers that are none, all that a document yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from reportgen.model.documents import Document, Known, Problem, Source, Status

Measure = Literal["level", "growth", "share", "rank", "baseline"]
Qualifier = Literal["eq", "ge", "le", "approx"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported number, field by field as docs/figures.md defines it (SDMX: one observation)."""

    id: str
    doc: str
    start: int
    end: int
    num: str
    unit: str
    value: Decimal
    base_unit: str
    value_high: Decimal | None
    qualifier: Qualifier
    measure: Measure
    status: Status
    period: str
    period_end: str
    area: str
    sector: str
    indicator: str
    indicator_id: str
    key: bool
    agency: str
    section: str
    sentence: str
    sentence_start: int
    """Raw offset of the sentence."""
    mark: tuple[int, int]
    """The number with its unit inside `sentence`."""
    known: Mapping[str, Known] = field(default_factory=dict)
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that is not a figure, and the rule that said so."""

    doc: str
    start: int
    end: int
    num: str
    rule: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields."""

    source: Source
    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    """The document itself, for those who show figures in their text."""
