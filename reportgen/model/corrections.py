"""Corrections: what a person says of a figure, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.csv: which figure (by id, or by a quote of its document and number), what, by whom."""

    line: int
    field: str
    value: str
    figure_id: str = ""
    doc: str = ""
    quote: str = ""
    num: str = ""
    reason: str = ""
    who: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that was applied: the field as it was read and as it is now."""

    figure_id: str
    doc: str
    field: str
    before: str
    after: str
    correction: Correction
