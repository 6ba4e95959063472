"""Three-rule tables: caption above, head repeated on every page, notes below; long cells run over pages.

Blocks in, boxes out. A table wider than the type area is scaled to it; nothing in a cell is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.model import Cell, Column, Spans, Table
from reportgen.render.pdf.body import caption_boxes, named
from reportgen.render.pdf.flow import Box
from reportgen.render.pdf.looks import Place, runs
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, draw_line, line_boxes, tagged
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Line, Look, Run, one_line, set_lines

_PAD = 0.8 * MM
_INSET = 3.2 * MM
_HEAD, _ROW = 6.0 * MM, 5.3 * MM
_TIGHTEST = 0.84
"""Type in a cell is made smaller down to this part of its size where that saves a line."""
_WHOLE = 15
"""A table of up to so many rows is divided only where much of a page would stay empty."""
_FEWEST = 3
"""Rows that stand together at the beginning and at the end of a divided table."""
_MOST_TIED = 4
"""Lines of notes that no page end parts."""
_SLICE = 12
"""A row of more lines than this may go on on the next page."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A column on the page."""

    x: float
    width: float
    column: Column
    inset: float = 0.0

    @property
    def pad(self) -> float:
        """White on each side of the text; narrow columns have less."""
        return min(_PAD, 0.06 * self.width)

    @property
    def room(self) -> float:
        """Width for text."""
        return self.width - 2 * self.pad - self.inset

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.x + self.pad + self.inset


def table_boxes(setting: Setting, block: Table, name: str) -> list[Box]:
    """Caption, head, rows and notes of a table; `name` is its bookmark."""
    places = _places(block.columns, setting.width)
    caption = []
    if block.caption or block.subline or block.sources:
        caption = caption_boxes(setting, "表", block.number, block.caption, block.subline, block.sources)
    element = setting.root.add("Table")
    head = _head_box(setting, places, setting.width, element.add("TR"))
    again = _head_box(setting, places, setting.width, None)
    rows = [_row_boxes(setting, places, row, again, element.add("TR")) for row in block.rows]
    whole = len(rows) <= _WHOLE
    body: list[Box] = []
    for index, slices in enumerate(rows):
        last = index + 1 == len(rows)
        tied = not last and (index < _FEWEST - 1 or index >= len(rows) - _FEWEST)
        body += [*slices[:-1], replace(slices[-1], keep=tied, together=whole and not last)]
    bottom = _bottom_rule(setting)
    if body:
        body[-1] = replace(body[-1], keep=True)
    notes = [box for spans in block.notes for box in _note_boxes(setting, spans)]
    if notes:
        if len(notes) <= _MOST_TIED:
            # a few notes stand under the table that they explain, never on the next page
            notes = [*(replace(box, keep=True) for box in notes[:-1]), notes[-1]]
        notes[0] = replace(notes[0], before=1.6 * MM)
        notes[-1] = replace(notes[-1], after=2 * MM)
        bottom = replace(bottom, keep=True)
    head = replace(head, keep=True, before=0.0 if caption else 1.0 * MM)
    return named([*caption, head, *body, replace(bottom, after=2 * MM), *notes], name)


def _note_boxes(setting: Setting, spans: Spans) -> list[Box]:
    boxes = line_boxes(setting.lines(spans, "note", setting.width), setting.house.role("note").leading)
    return tagged(boxes, setting.root.add("P"))


def _places(columns: Sequence[Column], width: float) -> list[_Place]:
    total = sum(column.width for column in columns) * MM
    scale = min(1.0, width / total) if total else 1.0
    if 0.97 * width < total < width:
        scale = width / total
    places: list[_Place] = []
    x = 0.0
    for column in columns:
        wide = column.width * MM * scale
        before = places[-1].column if places else None
        # Left text beside right text would run together; a unit beside its number is meant to.
        meets = before and before.align == "right" and not before.joined and column.align == "left"
        places.append(_Place(x, wide, column, _INSET if meets and wide >= 18 * MM else 0.0))
        x += wide
    return places


def _cell_lines(
    setting: Setting, lines: Sequence[Spans], place: Place, width: float, face: Look | None = None
) -> list[Line]:
    """The lines of a cell, each broken to the width of its column."""
    found: list[Line] = []
    for index, spans in enumerate(lines):
        cell = runs(setting.house, spans, place)
        if index and cell:
            cell = (replace(cell[0], text=cell[0].text.lstrip("　 ")), *cell[1:])
            cell = tuple(_second(run, setting) for run in cell)
        if face:
            cell = tuple(replace(run, look=_white(run, face)) for run in cell)
        broken = setting.broken.get((cell, width)) or _fitted(setting, cell, width)
        setting.broken[cell, width] = broken
        if not index and place == "table":
            # One leading for the first line of every cell puts them on one base line.
            leading = setting.house.role("table-cell").leading
            broken = tuple(line if line.leading >= leading else replace(line, leading=leading) for line in broken)
        found += broken
    return found


def _fitted(setting: Setting, cell: tuple[Run, ...], width: float) -> tuple[Line, ...]:
    """`cell` broken to `width`; a line that is only a little too long is set smaller instead."""
    broken = set_lines(cell, width, setting.faces)
    if len(broken) < 2:
        return broken
    whole = one_line(cell, setting.faces)
    # A number alone is never broken: it would read as two. Several marks may stand on two lines.
    alone = all(run.solid or len(run.text.strip()) < 3 for run in cell) and sum(run.solid for run in cell) < 3
    tightest = 0.4 if alone else _TIGHTEST
    if width < tightest * whole.width:
        return broken
    scale = width / whole.width
    small = [
        replace(run, look=replace(run.look, size=run.look.size * scale, rise=run.look.rise * scale)) for run in cell
    ]
    return (replace(one_line(small, setting.faces), leading=whole.leading),)


def _second(run: Run, setting: Setting) -> Run:
    """What stands under a value (its period) or a name (its unit) is smaller."""
    muted = setting.house.role("table-muted")
    if run.look.size != muted.size:
        return run
    return replace(run, look=replace(run.look, size=muted.size - 1, leading=muted.leading - 1))


def _white(run: Run, face: Look) -> Look:
    return replace(run.look, colour=face.colour)


def _shift(align: str, room: float, line: Line) -> float:
    free = room - line.width
    return {"left": 0.0, "right": free, "centre": free / 2}[align]


def _head_box(setting: Setting, places: Sequence[_Place], width: float, row: Element | None) -> Box:
    """The head row between the top rule and the rule under it; a joined head stands over two columns."""
    house = setting.house
    cells: list[tuple[float, float, str, list[Line]]] = []
    parts: list[Element | None] = []
    covered = False
    for index, place in enumerate(places):
        if covered:
            covered = False
            continue
        wide = place.width
        covered = place.column.joined and index + 1 < len(places)
        align: str = place.column.align
        if covered:
            wide += places[index + 1].width
            align = "centre"
        room = wide - 2 * place.pad - place.inset
        part = row.add("TH") if row else None
        if part and covered:
            part.columns = 2
        parts.append(part)
        cells.append((place.left, room, align, _cell_lines(setting, place.column.head, "head", room)))
    height = max([_HEAD, *(_height(lines, 4.0) for *_, lines in cells)])

    def draw(pen: Pen, x: float, top: float) -> None:
        _shade_columns(setting, pen, places, x, top, height)
        for part, (left, room, align, lines) in zip(parts, cells, strict=True):
            with pen.part(part):
                _draw_lines(pen, lines, x + left, room, align, top + (height - _height(lines, 0.0)) / 2)
        pen.rule(x, x + width, top, 1.0, house.colours.black)
        pen.rule(x, x + width, top + height, 0.6, house.colours.black)

    return Box(height, draw)


def _height(lines: Sequence[Line], padding: float) -> float:
    return sum(line.leading for line in lines) + padding


def _draw_lines(
    pen: Pen, lines: Sequence[Line], x: float, room: float, align: str, top: float, size: float = 0.0
) -> None:
    for line in lines:
        draw_line(pen, line, x + _shift(align, room, line), top, line.leading, max(line.size, size))
        top += line.leading


def _shade_columns(setting: Setting, pen: Pen, places: Sequence[_Place], x: float, top: float, height: float) -> None:
    colours = setting.house.colours
    for place in places:
        if place.column.shaded:
            left = x + place.x
            pen.fill(left, top + 0.3, place.width, height - 0.25, colours.shade)
            pen.upright(left, top, top + height, 0.5, colours.rule)
            pen.upright(left + place.width, top, top + height, 0.5, colours.rule)


def _row_boxes(
    setting: Setting, places: Sequence[_Place], row: Sequence[Cell], head: Box, element: Element
) -> list[Box]:
    """One box, or for very long cells several with some lines of each cell."""
    cells = []
    for place, cell in zip(places, row, strict=False):
        white = Look("hei", 9, "#FFFFFF") if cell.shade >= 3 else None
        cells.append(_cell_lines(setting, cell.lines, "table", place.room, white))
    # Short declared lines (value over period) stand in the middle of the row, running text begins at its top.
    middle = any(len(cell.lines) > 1 for cell in row)
    parts = [element.add("TD") for _ in cells]
    longest = max((len(lines) for lines in cells), default=0)
    step = longest if longest <= _SLICE else _SLICE
    boxes = []
    for start in range(0, max(longest, 1), max(step, 1)):
        part = [lines[start : start + step] for lines in cells]
        last = start + step >= longest
        boxes.append(_slice(setting, places, row, part, parts, middle and longest <= _SLICE, last, head))
    return boxes


def _slice(
    setting: Setting,
    places: Sequence[_Place],
    row: Sequence[Cell],
    part: Sequence[Sequence[Line]],
    elements: Sequence[Element],
    middle: bool,
    last: bool,
    head: Box,
) -> Box:
    colours = setting.house.colours
    padding, size = 2.4, setting.house.role("table-cell").size
    height = max([_ROW if last else 0.0, *(_height(lines, padding if last else 0.0) for lines in part)])

    def draw(pen: Pen, x: float, top: float) -> None:
        _shade_columns(setting, pen, places, x, top, height)
        for place, cell, lines, element in zip(places, row, part, elements, strict=False):
            if cell.shade:
                pen.fill(x + place.x, top, place.width, height, colours.heat[min(cell.shade, 4)])
            high = _height(lines, 0.0)
            y = top + ((height - high) / 2 if middle or (cell.shade and last) else padding / 2)
            with pen.part(element):
                _draw_lines(pen, lines, x + place.left, place.room, place.column.align, y, 0.0 if middle else size)
        if last:
            pen.rule(x, x + setting.width, top + height, 0.4, colours.hairline)

    return Box(height, draw, repeat=replace(head, before=0.0))


def _bottom_rule(setting: Setting) -> Box:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, x + setting.width, top, 1.0, setting.house.colours.black)

    return Box(0.0, draw)
