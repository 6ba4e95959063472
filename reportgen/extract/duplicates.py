"""A figure that a document prints twice with the same meaning is one row, at its first place."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from reportgen.model import Figure

_MEANING = attrgetter(
    "value", "indicator", "value_high", "base_unit", "qualifier", "measure", "status", "period", "area"
)


def without_repeats(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures in order, each meaning once. Wrong for two things of one name that count the same by chance."""
    first: dict[object, Figure] = {}
    for figure in figures:
        first.setdefault(_MEANING(figure), figure)
    return tuple(first.values())
