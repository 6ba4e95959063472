"""Figures as one table: every field of docs/figures.md in its order, then what the program knows beside them.

Goes in: figures. Comes out: a pandas DataFrame (values stay Decimal) or CSV bytes (values printed exactly).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportgen.model import Figure
from reportgen.tables.plain import Plain, csv_bytes

if TYPE_CHECKING:
    from pandas import DataFrame

FIGURE_COLUMNS = [
    "doc",
    "start",
    "end",
    "num",
    "unit",
    "value",
    "base_unit",
    "value_high",
    "qualifier",
    "measure",
    "status",
    "period",
    "period_end",
    "area",
    "sector",
    "indicator",
    "key",
    "id",
    "indicator_id",
    "agency",
    "section",
    "sentence",
    "sentence_start",
    "mark_start",
    "mark_end",
    "page",
    "known",
]


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures by document and place in it: the order of every table."""
    return tuple(sorted(figures, key=lambda figure: (figure.doc, figure.start, figure.end, figure.measure, figure.id)))


def figure_row(figure: Figure) -> tuple[Plain, ...]:
    """One figure in the order of FIGURE_COLUMNS; `known` as "field=how" pairs in alphabetical order."""
    known = ";".join(f"{name}={how}" for name, how in sorted(figure.known.items()))
    derived: dict[str, Plain] = {"mark_start": figure.mark[0], "mark_end": figure.mark[1], "known": known}
    return tuple(derived[name] if name in derived else getattr(figure, name) for name in FIGURE_COLUMNS)


def figures_frame(figures: Iterable[Figure]) -> DataFrame:
    """All fields of all figures; `value` and `value_high` are Decimal, `key` is bool, rows in document order."""
    from pandas import DataFrame

    return DataFrame([figure_row(figure) for figure in in_order(figures)], columns=FIGURE_COLUMNS, dtype=object)


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """`tables/figures.csv`: one line a figure."""
    return csv_bytes(FIGURE_COLUMNS, (figure_row(figure) for figure in in_order(figures)))
