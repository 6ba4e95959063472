"""Tables of a draft back to blocks: data tables, key-figure cards, the box of key points.

Widths, alignment, spans and shades come from the draft itself, so a table that a person made is set as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reportgen.drafts.document import Draft, paragraphs
from reportgen.drafts.lines import Line, read_line
from reportgen.drafts.spans import OFFICIAL, spans_of, split_at_tab, style_of
from reportgen.house import House
from reportgen.model import Card, Cards, Cell, Column, KeyPoints, Span, Spans, Table
from reportgen.ooxml import qn

_MM = 25.4 / 1440
_NAME = "卡片名称"
_ALIGNED = {"表数": "right", "表中": "centre"}


def style_name_of(table: etree._Element, styles: Mapping[str, str]) -> str:
    """The name of a table's style."""
    style = table.find(f"{qn('tblPr')}/{qn('tblStyle')}")
    return "" if style is None else styles.get(style.get(qn("val")) or "", "").removesuffix(OFFICIAL)


def _lines(element: etree._Element, draft: Draft) -> list[Line]:
    return [read_line(paragraph, draft.media) for paragraph in paragraphs(element)]


def _style(line: Line, draft: Draft) -> str:
    return draft.styles.get(line.style, "").removesuffix(OFFICIAL)


def key_points(table: etree._Element, draft: Draft) -> KeyPoints:
    """本期要点: heading, then label and text behind the first tab."""
    heading = ""
    points: list[tuple[str, Spans]] = []
    for line in _lines(table, draft):
        if not line.text:
            continue
        if _style(line, draft) == "要点标题" and not heading:
            heading = line.text
            continue
        label, tab, _ = line.text.partition("\t")
        start = len(label) + 1 if tab else 0
        points.append((label if tab else "", spans_of(line, draft.styles, start)))
    return KeyPoints(heading, tuple(points))


def card_table(table: etree._Element, draft: Draft) -> Cards:
    """Cards in reading order; a cell without a name is a gutter."""
    cards: list[Card] = []
    per_row = 1
    for row in table.findall(qn("tr")):
        found = [_card(lines, draft) for cell in row.findall(qn("tc")) for lines in _cards(cell, draft)]
        per_row = max(per_row, (len(row.findall(qn("tc"))) + 1) // 2)
        cards.extend(found)
    return Cards(tuple(cards), per_row)


def _cards(cell: etree._Element, draft: Draft) -> list[list[Line]]:
    """The lines of each card in a cell: somebody may have put two into one."""
    found: list[list[Line]] = []
    for line in (line for line in _lines(cell, draft) if line.text):
        if _style(line, draft) == _NAME:
            found.append([])
        if found:
            found[-1].append(line)
    return found


def _card(lines: list[Line], draft: Draft) -> Card:
    by_style = {_style(line, draft): line for line in reversed(lines)}
    name = by_style[_NAME]
    end = split_at_tab(name)
    marks = spans_of(name, draft.styles, end + 1) if end < len(name.text) else ()
    mark = marks[0] if marks else Span("")
    number = by_style.get("卡片数字") or by_style.get("卡片数字续")
    digits, unit, aside, figure = _number(number, draft) if number else ("", "", "", "")
    period = by_style["卡片时期"].text if "卡片时期" in by_style else ""
    label = by_style["卡片旁注"].text if "卡片旁注" in by_style else ""
    status = "target" if period.startswith("○") else "actual"
    _, _, when = period.partition("　")
    return Card(name.text[:end], digits, unit, status, when, figure, mark, label, aside)  # type: ignore[arg-type]


def _number(line: Line, draft: Draft) -> tuple[str, str, str, str]:
    """Number, unit, what stands beside, figure id."""
    end = split_at_tab(line)
    aside = line.text[end + 1 :]
    unit_at = next((place for place in range(end) if style_of(line.atoms[place].run, draft.styles) == "卡片单位"), end)
    figure = next((slot.id for slot in line.slots if slot.kind == "figure"), "")
    return line.text[:unit_at].strip(), line.text[unit_at:end].strip(), aside, figure


def data_table(table: etree._Element, draft: Draft, house: House) -> Table:
    """A table with one head row; further head rows and spanned body cells are laid out cell by cell."""
    grid = [int(column.get(qn("w")) or 0) * _MM for column in table.findall(f"{qn('tblGrid')}/{qn('gridCol')}")]
    rows = [_spread(row) for row in table.findall(qn("tr"))]
    width = max([len(grid), *(len(row) for row in rows)], default=0)
    grid += [20.0] * (width - len(grid))
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    columns = []
    for place in range(width):
        cell, span = head[place] if place < len(head) else (None, 1)
        align = _alignment([row[place][0] for row in body if place < len(row)], draft)
        lines = _cell_spans(cell, draft) if cell is not None else ((),)
        shaded = cell is not None and _fill(cell) == house.colours.shade
        columns.append(Column(lines, round(grid[place], 1), align, joined=span == 2, shaded=shaded))  # type: ignore[arg-type]
    made = tuple(
        tuple(_cell(row[place][0] if place < len(row) else None, draft, house) for place in range(width))
        for row in body
    )
    return Table(tuple(columns), made)


def _spread(row: etree._Element) -> list[tuple[etree._Element | None, int]]:
    """The cells of a row by grid column, with how many columns they span."""
    out: list[tuple[etree._Element | None, int]] = []
    for cell in row.findall(qn("tc")):
        mark = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
        span = int(mark.get(qn("val")) or 1) if mark is not None else 1
        out.append((cell, span))
        out.extend([(None, 1)] * (span - 1))
    return out


def _cell_spans(cell: etree._Element, draft: Draft) -> tuple[Spans, ...]:
    return tuple(spans_of(line, draft.styles) for line in _lines(cell, draft))


def _cell(cell: etree._Element | None, draft: Draft, house: House) -> Cell:
    if cell is None:
        return Cell(((),))
    fill = _fill(cell)
    heat = house.colours.heat
    return Cell(_cell_spans(cell, draft), heat.index(fill) if fill in heat else 0)


def _fill(cell: etree._Element) -> str:
    shade = cell.find(f"{qn('tcPr')}/{qn('shd')}")
    return f"#{(shade.get(qn('fill')) or '').upper()}" if shade is not None else ""


def _alignment(cells: list[etree._Element | None], draft: Draft) -> str:
    for cell in cells:
        for line in _lines(cell, draft) if cell is not None else []:
            return _ALIGNED.get(_style(line, draft), "left")
    return "left"
