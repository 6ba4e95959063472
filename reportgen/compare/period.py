"""Periods as months: what a period string covers, how long it is, which part of a target's span has gone.

Goes in: the period strings of docs/figures.md. Comes out: spans of whole months counted from year 0; nothing printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MONTH = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """Months [first, last]; `first` is None for "by the end of"; `every_year` for P1Y, whose months are None."""

    first: int | None
    last: int | None
    every_year: bool = False

    @property
    def months(self) -> int | None:
        """Length in months; None where the start is open; 12 for every year."""
        if self.every_year:
            return 12
        return None if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def year(self) -> int | None:
        """The year in which the span ends."""
        return None if self.last is None else self.last // 12


def _edge(text: str, *, closing: bool) -> int | None:
    found = _MONTH.match(text)
    if not found:
        return None
    month = int(found[2]) if found[2] else 12 if closing else 1
    return int(found[1]) * 12 + month - 1


def span_of(period: str) -> Span | None:
    """The span of a period string, or None where it is not one.

    >>> span_of("2023") == span_of("2023-01/2023-12"), span_of("../2025").months, span_of("2023/2025").months
    (True, None, 36)
    """
    if period == "P1Y":
        return Span(None, None, every_year=True)
    first, slash, last = period.partition("/")
    end = _edge(last if slash else first, closing=True)
    start = None if first == ".." else _edge(first, closing=False)
    if end is None or (start is None and first != "..") or (start is not None and start > end):
        return None
    return Span(start, end)


def elapsed(span: Span, at: int) -> Decimal:
    """The part of `span` gone by the end of month `at`, in % with one decimal, from 0 to 100."""
    if span.first is None or span.last is None:
        raise ValueError("an open span has no elapsed part")
    gone = min(max(at - span.first + 1, 0), span.last - span.first + 1)
    return (Decimal(100 * gone) / (span.last - span.first + 1)).quantize(Decimal("0.1"))
