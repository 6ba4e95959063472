"""A figure that a document prints twice with the same meaning is one row, at its first place."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model import Figure


def without_repeats(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures in order, each meaning once: same sentence words around the same number, or same fields throughout."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for figure in figures:
        meaning = (
            figure.indicator, figure.value, figure.value_high, figure.base_unit, figure.qualifier, figure.measure,
            figure.status, figure.period, figure.area,
        )  # fmt: skip
        if meaning in seen:
            continue
        seen.add(meaning)
        kept.append(figure)
    return tuple(kept)
