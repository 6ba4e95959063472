"""Weights of figures -> the same weights as briefings print by: what a reader looks for first stands first.

Which figures are key is decided before this and stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportgen.model import Figure
from reportgen.summary.key import by_document

FOREMOST = "gdp"
"""The canonical indicator that leads every report on a place."""
LEAD, RETROSPECT = 40, 25
"""Points more for it; points less for several years together where the last of them is told by itself."""


def in_print(figures: Sequence[Figure], weights: Mapping[str, int]) -> dict[str, int]:
    """Figure id -> points by which figures are printed."""
    found = dict(weights)
    for document in by_document(figures).values():
        main_area = Counter(figure.area for figure in document).most_common(1)[0][0]
        single = {_name(figure) for figure in document if not _several_years(figure)}
        for figure in document:
            if _several_years(figure):
                found[figure.id] -= RETROSPECT if figure.indicator_id and _name(figure) in single else 0
            elif figure.indicator_id == FOREMOST and figure.area == main_area:
                found[figure.id] += LEAD if figure.measure in ("level", "growth") else 0
    return found


def _name(figure: Figure) -> tuple[str, str, str]:
    return figure.area, figure.indicator_id, figure.status


def _several_years(figure: Figure) -> bool:
    """Whether a period has its ends in two years: 2021/2025, not 2025 or ../2025."""
    start, _, end = figure.period.partition("/")
    return start[:4].isdigit() and end[:4].isdigit() and start[:4] != end[:4]
