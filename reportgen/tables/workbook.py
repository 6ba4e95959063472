"""tables.xlsx: a sheet for each sector, then comparisons, shares, targets, progress and series.

Goes in: figures, comparisons, sources, vocabulary. Comes out: the bytes of a workbook, the same for the same input.
A figure is a number in the unit of its source, 3.9 of 3.9万人, and its format shows qualifier and unit; CSV files have
base units. Text is stored as text and can never become a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from reportgen.model import Comparisons, Figure, Source
from reportgen.notation import exact_text, period_text, source_unit
from reportgen.spreadsheet import starts_formula
from reportgen.tables.plain import Plain
from reportgen.tables.sectors import HEAD, SectorTable, tables_by_sector
from reportgen.tables.sheets import Sheet, in_source_unit, sheets, units
from reportgen.vocabulary import Vocabulary

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

COMMENT_LENGTH = 300
_EPOCH = datetime(2000, 1, 1)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = {"eq": "", "ge": '"≥"', "le": '"≤"', "approx": '"约"'}
_WIDTHS = (30.0, 8.0, 9.0, 10.0, 16.0)
_AREA_WIDTH = 17.0
_UNIT_COLUMN = HEAD.index("单位")
_LONGEST_UNIT = 16


def tables_xlsx(
    figures: Iterable[Figure], comparisons: Comparisons, sources: Iterable[Source], vocabulary: Vocabulary
) -> bytes:
    """The workbook as bytes. Every number cell of a sector sheet carries its source sentence as a comment."""
    from openpyxl import Workbook

    figures = tuple(figures)
    by_doc = {source.doc: source for source in sources}
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "reportgen"
    book.properties.created = _EPOCH
    for table in tables_by_sector(figures, vocabulary):
        _write_table(_worksheet(book, table.name), table, by_doc)
    for sheet in sheets(figures, comparisons, by_doc, vocabulary):
        _write_rows(_worksheet(book, sheet.title), sheet)
    return _fixed(book)


def _worksheet(book: Workbook, name: str) -> Worksheet:
    return cast("Worksheet", book.create_sheet(_NOT_IN_A_TITLE.sub("－", name)[:31] or "表"))


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", sheet.cell(row, column))  # never a MergedCell: no cells are merged here


def _write_table(sheet: Worksheet, table: SectorTable, sources: Mapping[str, Source]) -> None:
    _head_row(sheet, (*HEAD, *table.areas), (*_WIDTHS, *[_AREA_WIDTH] * len(table.areas)))
    for number, (head, row) in enumerate(table.rows, start=2):
        for column, text in enumerate(head):
            said = units(*filter(None, row)) if column == _UNIT_COLUMN else text
            write(_cell(sheet, number, column + 1), said)
        for column, figure in enumerate(row, start=len(head) + 1):
            if figure is not None:
                cell = _cell(sheet, number, column)
                write_figure(cell, figure)
                cell.comment = _comment(figure, sources.get(figure.doc))
    sheet.freeze_panes = _cell(sheet, 2, len(HEAD) + 1).coordinate


def _write_rows(worksheet: Worksheet, sheet: Sheet) -> None:
    _head_row(worksheet, sheet.head, sheet.widths)
    number = 1
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = _cell(worksheet, number, column)
            if isinstance(value, Figure):
                write_figure(cell, value)
            else:
                write(cell, value)
    if sheet.note:
        write(_cell(worksheet, number + 2, 1), sheet.note)
    worksheet.freeze_panes = "A2"


def _head_row(sheet: Worksheet, head: Sequence[str], widths: Sequence[float]) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    rule = Border(top=Side("medium"), bottom=Side("thin"))
    for column, (text, width) in enumerate(zip(head, widths, strict=True), start=1):
        cell = _cell(sheet, 1, column)
        write(cell, text)
        cell.font = Font(bold=True)
        cell.border = rule
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width


def write(cell: Cell, value: Plain) -> None:
    """Write a plain value: decimals and integers as numbers, text as text whatever it begins with, None not at all."""
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        cell.value = Decimal(exact_text(value))
        cell.number_format = number_format(value)
    elif isinstance(value, str):
        text = _CONTROL.sub("", value)
        cell.value = text
        cell.data_type = "s"
        if starts_formula(text):
            cell.quotePrefix = True
    else:
        cell.value = value


def write_figure(cell: Cell, figure: Figure) -> None:
    """Write a figure's value in the unit of its source; the format shows ≥, ≤ or 约 and that unit.

    A range is text: it has two values.
    """
    unit = source_unit(figure)[1]
    value = in_source_unit(figure.value, figure)
    if figure.value_high is not None:
        write(cell, f"{exact_text(value)}—{exact_text(in_source_unit(figure.value_high, figure))}{unit}")
        return
    write(cell, value)
    shown = "" if len(unit) > _LONGEST_UNIT else "".join(sign for sign in unit if sign.isprintable() and sign != '"')
    cell.number_format = _PREFIX[figure.qualifier] + number_format(value) + (f'"{shown}"' if shown else "")


def number_format(value: Decimal) -> str:
    """Thousands separated, exactly as many decimals as the value has.

    >>> number_format(Decimal("12549")), number_format(Decimal("145.760"))
    ('#,##0', '#,##0.00')
    """
    decimals = exact_text(value).partition(".")[2]
    return "#,##0" + ("." + "0" * len(decimals) if decimals else "")


def _comment(figure: Figure, source: Source | None) -> Comment:
    from openpyxl.comments import Comment

    title = f"{source.title}（{source.published.year}年{source.published.month}月）" if source else figure.doc
    sentence = figure.sentence
    if len(sentence) > COMMENT_LENGTH:
        start = max(0, min(figure.mark[0] - COMMENT_LENGTH // 2, len(sentence) - COMMENT_LENGTH))
        sentence = "……" * (start > 0) + sentence[start : start + COMMENT_LENGTH] + "……"
    text = f"{title}\n{period_text(figure.period, figure.status)}　{figure.num}{figure.unit}\n{sentence}"
    if "corrected" in figure.known.values():
        text += "\n（经人工更正，见 corrections.csv）"
    return Comment(_CONTROL.sub("", text), "出处", height=120, width=320)


def _fixed(book: Workbook) -> bytes:
    """The saved workbook with fixed times: openpyxl writes the time of saving into two places."""
    saved, result = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            new.writestr(zipfile.ZipInfo(name, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return result.getvalue()
