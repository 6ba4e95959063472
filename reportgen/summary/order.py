"""Weights of figures -> the same weights as briefings print by: what a reader looks for first stands first.

Which figures are key is decided before this and stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from reportgen.model import Figure
from reportgen.summary.key import by_document

YEAR, MONTH = len("2023"), re.compile("[0-9]{4}-[0-9]{2}")
FOREMOST = "gdp"
"""The canonical indicator that leads every report on a place."""
LEAD, RETROSPECT, HOLIDAY = 40, 25, 20
"""Points more for it; points less for several years together where one of them is told by itself, and for a single
month (what the October holiday brought) in a report on a year."""


def in_print(figures: Sequence[Figure], weights: Mapping[str, int]) -> dict[str, int]:
    """Figure id -> points by which figures are printed."""
    found = dict(weights)
    for document in by_document(figures).values():
        main_area = Counter(figure.area for figure in document).most_common(1)[0][0]
        single = {_name(figure) for figure in document if not _several_years(figure)}
        periods = Counter(figure.period for figure in document if figure.status == "actual")
        yearly = bool(periods) and len(periods.most_common(1)[0][0]) == YEAR
        for figure in document:
            if yearly and MONTH.fullmatch(figure.period):
                found[figure.id] -= HOLIDAY
            if _several_years(figure):
                found[figure.id] -= RETROSPECT if figure.indicator_id and _name(figure) in single else 0
            elif figure.indicator_id == FOREMOST and figure.area == main_area:
                found[figure.id] += LEAD if figure.measure in ("level", "growth") else 0
    return found


def _name(figure: Figure) -> tuple[str, str, str]:
    return figure.area, figure.indicator_id, figure.status


def _several_years(figure: Figure) -> bool:
    """Whether a period has its ends in two years: 2021/2025, not 2025; of a target ../2025 too."""
    start, _, end = figure.period.partition("/")
    if start == "..":
        return figure.status == "target"
    return start[:4].isdigit() and end[:4].isdigit() and start[:4] != end[:4]
