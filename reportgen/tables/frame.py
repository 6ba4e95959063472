"""Figures as one table: every field of docs/figures.md in its order, then what the program knows beside them.

Goes in: figures. Comes out: a pandas DataFrame (values stay Decimal) or CSV bytes (values printed exactly).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.model import Figure
from reportgen.spreadsheet import unguarded
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

_READ: Mapping[str, Callable[[str], Plain]] = {
    **dict.fromkeys(("value", "value_high"), Decimal),
    **dict.fromkeys(("start", "end", "sentence_start", "mark_start", "mark_end", "page"), int),
    "key": lambda text: text == "1",
}
"""How a cell of figures.csv is read back; an empty one of these is None, every other cell is text."""


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


def figures_csv(figures: Iterable[Figure], *, head: bool = True) -> bytes:
    """`tables/figures.csv`: one line a figure. Without its `head` it continues that of the documents before."""
    return csv_bytes(FIGURE_COLUMNS if head else (), (figure_row(figure) for figure in in_order(figures)))


def read_figures_csv(data: bytes) -> DataFrame:
    """What `figures_csv` wrote, as `figures_frame` gives it. Raises ValueError for anything else."""
    from pandas import DataFrame

    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    missing = [name for name in FIGURE_COLUMNS if rows and rows[0].get(name) is None]
    if missing:
        raise ValueError(f"no column {missing[0]!r}")
    try:
        read = [[_cell(name, row[name] or "") for name in FIGURE_COLUMNS] for row in rows]
    except ArithmeticError:
        raise ValueError("a value is no number") from None
    return DataFrame(read, columns=FIGURE_COLUMNS, dtype=object)


def _cell(name: str, text: str) -> Plain:
    if name in _READ:
        return _READ[name](text) if text else None
    return unguarded(text)
