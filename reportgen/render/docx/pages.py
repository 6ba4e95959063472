"""On which page a heading will stand, as far as that can be said without Word.

Heights follow the house's leadings and the number of characters; good to about a page in ten. Word rebuilds the table
of contents on demand, and the PDF's pages win where they are given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen.house import House
from reportgen.model import (
    Block,
    Cards,
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Spans,
    Table,
    Title,
)
from reportgen.render.docx.cards import row_height
from reportgen.render.docx.table import END_ROWS, UNSPLIT_ROWS

MM = 72 / 25.4
ROW = 5.5 * MM
CAPTION = 13 * MM
CONTENTS_LINE = 15.0
CONTENTS_HEAD = 12 * MM
TOLERANCE = 1.03
"""What is reckoned a little too high for a page mostly fits it."""


def pages_of(
    blocks: Sequence[Block], house: House, *, contents_at: int = -1, contents_lines: int = 0
) -> dict[str, int]:
    """Anchor -> page of each heading. The table of contents of that many lines stands before block `contents_at`."""
    room = house.page.type_height * MM
    page, used = 1, 0.0
    found: dict[str, int] = {}
    for number, block in enumerate(blocks):
        if number == contents_at:
            used += CONTENTS_HEAD + contents_lines * CONTENTS_LINE
        if isinstance(block, PageBreak):
            if used:
                page, used = page + 1, 0.0
            continue
        height = _height(block, house)
        whole = not isinstance(block, Paragraph | Evidence) and not (
            isinstance(block, Table) and len(block.rows) > UNSPLIT_ROWS
        )
        # A heading needs room for what it stands over.
        needed = _kept(blocks, number, house)
        if (whole or needed > height) and used and used + needed > room:
            page, used = page + 1, 0.0
        if isinstance(block, Heading):
            found[block.anchor] = page
        used += height
        while used > room * TOLERANCE:
            page, used = page + 1, used - room
    return found


def _kept(blocks: Sequence[Block], number: int, house: House) -> float:
    """Height of a block with what stays on its page: a heading's text or table, a text's table, the first rows."""
    block = blocks[number]
    height = _height(block, house)
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    if isinstance(block, Heading) and following is not None:
        return height + _first_part(blocks, number + 1, house)
    return height + _first_part(blocks, number + 1, house) if _before_table(block, following) else height


def _before_table(block: Block, following: Block | None) -> bool:
    return isinstance(block, Paragraph) and isinstance(following, Table)


def _first_part(blocks: Sequence[Block], number: int, house: House) -> float:
    """What of a block must stand on the page of the block before."""
    block = blocks[number]
    height = _height(block, house)
    if _before_table(block, blocks[number + 1] if number + 1 < len(blocks) else None):
        return _kept(blocks, number, house)
    if isinstance(block, Paragraph | Evidence):
        return min(height, 2 * house.role("body").leading)
    if isinstance(block, Table) and len(block.rows) > UNSPLIT_ROWS:
        return (CAPTION if block.caption else 0) + (END_ROWS + 1.2) * ROW
    return 0.0 if isinstance(block, PageBreak | Heading) else height


def _width(spans: Spans) -> float:
    """Width of a text in Chinese characters."""
    return sum(len(span.text) - 0.5 * len(span.text.encode("ascii", "ignore")) for span in spans)


def _lines(spans: Spans, width: float, size: float) -> int:
    return max(1, math.ceil(_width(spans) * size / width))


def _height(block: Block, house: House) -> float:
    full = house.page.type_width * MM
    body = house.role("body")
    match block:
        case Masthead():
            return 46 * MM
        case Title():
            return 29 * MM
        case KeyPoints():
            lines = sum(_lines(spans, 126 * MM, body.size) for _, spans in block.points)
            return 10 * MM + lines * house.role("key-text").leading + len(block.points) * 3
        case Cards():
            step = max(block.per_row, 1)
            starts = range(0, len(block.cards), step)
            return sum((row_height(block.cards[start : start + step]) + 3.0) * MM for start in starts) + 10
        case Heading():
            return house.role(f"heading-{min(max(block.level, 1), 3)}").leading + (9 if block.level == 1 else 5) * MM
        case Paragraph():
            role = body if block.look in {"body", "list"} else house.role("note")
            return _lines(block.spans, full, role.size) * role.leading + 1.5 * MM
        case Table():
            rows = sum(_row_lines(block, row) for row in range(len(block.rows)))
            notes = sum(_lines(note, full, 8) * 12 for note in block.notes)
            return (CAPTION if block.caption else 0) + (rows + 1.2) * ROW + notes
        case Picture():
            return CAPTION + block.drawing.height
        case Evidence():
            width = (full - 5 * MM) / 2 - 9.5 * MM
            lines = sum(_lines(entry.spans, width, 8) for entry in block.entries)
            return 6 * MM + lines * 12 / 2 + len(block.entries)
        case EndBlock():
            return 25 * MM
        case PageBreak():
            return 0.0


def _row_lines(table: Table, row: int) -> float:
    """Lines that the fullest cell of a row takes."""
    most = 1.0
    for cell, column in zip(table.rows[row], table.columns, strict=False):
        most = max(most, float(sum(_lines(line, (column.width - 1.6) * MM, 8.7) for line in cell.lines)))
    return most if most == 1 else most * 0.85
