"""目录: the headings of a longer briefing with their pages, in two columns at the top of the second page.

Headings and the pages that they came to stand on go in, boxes come out. The pages are looked up when the boxes are
drawn, because they are only known when everything has its place, the contents too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.render.pdf.flow import Box, Item
from reportgen.render.pdf.looks import look
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, draw_line
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Run

FEWEST_PAGES = 6
"""A shorter briefing is leafed through faster than its contents are read."""
_ROW, _GUTTER = 15.0, 8 * MM


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the contents: its words and the bookmark of its place."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class ContentsPlace:
    """Where contents stand if the briefing is long enough; `element` keeps their place in the reading order."""

    element: Element


def with_contents(
    items: Sequence[Item | ContentsPlace], setting: Setting, entries: Sequence[Entry], pages: Mapping[str, int]
) -> list[Item]:
    """`items` with the contents in their place, none where there are fewer than two entries."""
    found: list[Item] = []
    for item in items:
        if not isinstance(item, ContentsPlace):
            found.append(item)
        elif len(entries) > 1:
            found += contents_boxes(setting, entries, pages, item.element)
    return found


def contents_boxes(setting: Setting, entries: Sequence[Entry], pages: Mapping[str, int], element: Element) -> list[Box]:
    """The heading 目录 and two columns of entries: words, leader, page number. `pages`: bookmark -> page, from 1."""
    house, width = setting.house, setting.width
    heading = setting.single((Run("目　录", look(house, "heading-3")),))
    title = element.add("Caption")

    def draw_heading(pen: Pen, x: float, top: float) -> None:
        with pen.part(title):
            draw_line(pen, heading, x, top, _ROW)

    wide = (width - _GUTTER) / 2
    half = (len(entries) + 1) // 2
    parts = [element.add("TOCI") for _ in entries]
    boxes = [Box(_ROW, draw_heading, after=1 * MM, keep=True)]
    for row in range(half):

        def draw(pen: Pen, x: float, top: float, row: int = row) -> None:
            for column, index in enumerate((row, row + half)):
                if index < len(entries):
                    with pen.part(parts[index]):
                        left = x + column * (wide + _GUTTER)
                        _draw_entry(setting, pen, entries[index], pages.get(entries[index].name, 0), left, top, wide)

        boxes.append(Box(_ROW, draw, keep=row + 1 < half))

    def rule(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, x + width, top + 2.0, 0.5, house.colours.rule)

    return [*(replace(box, keep=True) for box in boxes), Box(2.2, rule, after=5 * MM)]


def _draw_entry(setting: Setting, pen: Pen, entry: Entry, page: int, x: float, top: float, width: float) -> None:
    words = look(setting.house, "table-cell")
    number = setting.single((Run(str(page), words),))
    room = width - number.width - 3 * words.size
    line = setting.single((Run(entry.text, words),))
    if line.width > room:
        line = setting.single((Run(entry.text, replace(words, size=words.size * room / line.width)),))
    draw_line(pen, line, x, top, _ROW)
    dots = Run("…", look(setting.house, "table-muted"))
    one = setting.single((dots,)).width
    count = int((width - number.width - line.width - words.size) / one) if one else 0
    if count > 0:
        leader = setting.single((replace(dots, text="…" * count),))
        with pen.part(None):
            draw_line(pen, leader, x + width - number.width - leader.width - 0.4 * words.size, top, _ROW)
    draw_line(pen, number, x + width - number.width, top, _ROW)
    pen.lead(entry.name, entry.text, x, top, width, _ROW)
