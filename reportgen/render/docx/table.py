"""Data tables: they have three rules and repeat their head; a cell holds one paragraph a line.

Keys of cells come from the row's first cell and the column's head, so that a cell is found again in a later issue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportgen.model import Cell, Column, Spans, Table
from reportgen.render.docx.blocks import caption
from reportgen.render.docx.markup import border, twips, w
from reportgen.render.docx.text import Place, Writer

_CELLS = {"left": "表文", "right": "表数", "centre": "表中"}
_HEADS = {"left": "表头", "right": "表头右", "centre": "表头中"}
_DIGITS = re.compile(r"[0-9０-９.．]+")
UNSPLIT_ROWS, END_ROWS = 7, 3
"""A table of up to so many rows stays on one page; so many rows of a longer one stay together at each end.

Word cannot weigh the white that a whole table would leave on the page before, as the PDF does.
"""
REVERSED_FROM = 3
"""Heat class from which text is white."""


WIDE_PADDING = 4.0


def plain(lines: Sequence[Spans]) -> str:
    """The text of a cell or head, without digits: what a row or column is called from issue to issue."""
    return _DIGITS.sub("", "|".join("".join(span.text for span in line) for line in lines))


def table(writer: Writer, block: Table) -> list[str]:
    """A data table with caption, sub-line and notes."""
    out = []
    name = "|".join(plain(column.head) for column in block.columns)
    if block.caption:
        anchor, number = block.anchor, block.number
        out += caption(writer, "表", number, block.caption, anchor, block.subline, block.sources, name)
    elif block.subline or block.sources:
        key = writer.begin("subline")
        runs = writer.spans(block.subline, "cell")
        if block.sources:
            runs += writer.tab() + writer.spans(block.sources, "cell")
        out.append(writer.paragraph("题注说明", key, runs))
    rows = [_head_row(writer, block.columns, name)]
    last = len(block.rows) - 1
    apart = range(END_ROWS - 1, last - END_ROWS + 1) if len(block.rows) > UNSPLIT_ROWS else range(0)
    seen: Counter[str] = Counter()
    for number, row in enumerate(block.rows):
        label = plain(row[0].lines) if row else ""
        seen[label] += 1
        keep = number not in apart and (number < last or bool(block.notes))
        rows.append(_row(writer, block.columns, row, f"{name}/{label}/{seen[label]}", keep))
    widths = [twips(column.width) for column in block.columns]
    style = w("tblStyle", val=writer.template.style("三线表"))
    look = w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    about = [w("tblCaption", val=block.caption)] if block.caption else []
    out.append(
        w(
            "tbl",
            w("tblPr", style, w("tblW", w=sum(widths), type="dxa"), w("tblLayout", type="fixed"), look, *about),
            w("tblGrid", *(w("gridCol", w=width) for width in widths)),
            *rows,
        )
    )
    for note in block.notes:
        key = writer.begin(f"note/{name}")
        out.append(writer.paragraph("表注", key, writer.spans(note, "cell")))
    return out


def _head_row(writer: Writer, columns: Sequence[Column], name: str) -> str:
    cells = []
    position = 0
    while position < len(columns):
        column = columns[position]
        span = 2 if column.joined and position + 1 < len(columns) else 1
        width = sum(twips(part.width) for part in columns[position : position + span])
        properties = w("tcW", w=width, type="dxa")
        properties += w("gridSpan", val=span) if span > 1 else ""
        style = _HEADS["centre" if span > 1 else column.align]
        lines = []
        for spans in column.head or ((),):
            key = writer.begin(f"head/{name}/{position}")
            lines.append(writer.paragraph(style, key, writer.spans(spans, "cell")))
        cells.append(
            w(
                "tc",
                w("tcPr", properties, _sides(writer, column), _fill(writer, column, 0), _padding(columns, position)),
                *lines,
            )
        )
        position += span
    height = w("trHeight", val=twips(6), hRule="atLeast")
    return w("tr", w("trPr", w("cantSplit"), height, w("tblHeader")), *cells)


def _row(writer: Writer, columns: Sequence[Column], row: Sequence[Cell], name: str, keep: bool) -> str:
    cells = []
    for position, column in enumerate(columns):
        cell = row[position] if position < len(row) else Cell(((),))
        place: Place = "reversed" if cell.shade >= REVERSED_FROM else "cell"
        lines = []
        for spans in cell.lines or ((),):
            key = writer.begin(f"cell/{name}/{position}/{plain(column.head)}")
            runs = writer.spans(spans, place)
            lines.append(writer.paragraph(_CELLS[column.align], key, runs, extra=w("keepNext") if keep else ""))
        properties = w("tcW", w=twips(column.width), type="dxa")
        cells.append(
            w(
                "tc",
                w(
                    "tcPr",
                    properties,
                    _sides(writer, column),
                    _fill(writer, column, cell.shade),
                    _padding(columns, position),
                ),
                *lines,
            )
        )
    height = w("trHeight", val=twips(5.3), hRule="atLeast")
    return w("tr", w("trPr", w("cantSplit"), height), *cells)


def _look(writer: Writer, columns: Sequence[Column], position: int, shade: int) -> str:
    column = columns[position]
    return _sides(writer, column) + _fill(writer, column, shade) + _padding(columns, position)


def _sides(writer: Writer, column: Column) -> str:
    if not column.shaded:
        return ""
    rule = writer.house.colours.rule
    return w("tcBorders", border("left", "single", 0.5, rule), border("right", "single", 0.5, rule))


def _padding(columns: Sequence[Column], position: int) -> str:
    """Room between numbers and the text to their right, unless both stand under one head."""
    before = columns[position - 1] if position else None
    if not before or before.align != "right" or before.joined or columns[position].align != "left":
        return ""
    return w("tcMar", w("left", w=twips(WIDE_PADDING), type="dxa"))


def _fill(writer: Writer, column: Column, shade: int) -> str:
    colours = writer.house.colours
    colour = colours.heat[min(shade, len(colours.heat) - 1)] if shade else colours.shade if column.shaded else ""
    return w("shd", val="clear", color="auto", fill=colour.lstrip("#")) if colour else ""
