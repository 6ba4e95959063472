"""附 出处: the cited sentences of each document in two columns.

Every number leads back to its first mention, every sentence to its place on the evidence page.
Blocks in, one pair of columns out (and a full-width head when there is a single document).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.model import Evidence, EvidenceEntry
from reportgen.render.pdf.flow import Box, Columns, Item
from reportgen.render.pdf.looks import look, runs
from reportgen.render.pdf.pen import SOURCE, Pen
from reportgen.render.pdf.setting import MM, Setting, baseline, line_boxes, tagged
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Run, set_lines

_COLUMN, _GUTTER, _NUMBER = 75.5 / 156, 5 / 156, 9.5 * MM


def evidence_items(setting: Setting, blocks: Sequence[Evidence]) -> list[Item]:
    """Neighbouring evidence blocks as one pair of columns."""
    wide = setting.width * _COLUMN
    items: list[Item] = []
    boxes: list[Box] = []
    for block in blocks:
        full = len(blocks) == 1
        leading = setting.house.role("evidence").leading
        heading = setting.lines(block.heading, "evidence-head", setting.width if full else wide)
        head = [replace(box, keep=True) for box in line_boxes(heading, leading, after=2.5)]
        head = tagged(head, setting.root.add("P"))
        entries = setting.root.add("L")
        if full:
            items += head
        else:
            boxes += [*head[:-1], *(_ruled(setting, box, wide) for box in head[-1:])]
        for entry in block.entries:
            boxes += _entry(setting, entry, wide, entries.add("LI"))
    black = setting.house.colours.black

    def close(pen: Pen, x: float, top: float, bottom: float) -> None:
        pen.rule(x, x + wide, top, 0.75, black)
        pen.rule(x, x + wide, bottom, 0.75, black)

    if boxes:
        items.append(Columns(tuple(boxes), wide + setting.width * _GUTTER, close, before=2.2 * MM, after=6 * MM))
    return items


def _entry(setting: Setting, entry: EvidenceEntry, wide: float, item: Element) -> list[Box]:
    """Number and sentence; lines of one entry may stand on two columns, but never a single one."""
    house = setting.house
    leading = house.role("evidence").leading
    number = look(house, "evidence-mark")
    left = set_lines((Run(f"[{entry.number}]", number, f"back:{entry.anchor}", solid=True),), wide, setting.faces)
    cited = next((span.figure_id for span in entry.spans if span.figure_id), "")
    spoken = runs(house, entry.spans, "evidence")
    words = [run if run.link or not cited else replace(run, link=SOURCE + cited) for run in spoken]
    lines = set_lines(words, wide - _NUMBER, setting.faces, justify=True)
    label = item.add("Lbl")
    body = line_boxes(lines, leading, x=_NUMBER) or [Box(leading, lambda pen, x, top: None)]
    boxes = tagged(body, item.add("LBody"))
    first = boxes[0]

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.bookmark(entry.anchor, top - 2 * number.size)
        base = top + baseline(leading, number.size)
        for line in left:
            with pen.part(label):
                pen.line(line, x, base)
        first.draw(pen, x, top)

    boxes[0] = replace(first, draw=draw)
    boxes[-1] = _ruled(setting, boxes[-1], wide)
    return boxes


def _ruled(setting: Setting, box: Box, wide: float) -> Box:
    """`box` with a hairline under it."""

    def draw(pen: Pen, x: float, top: float) -> None:
        box.draw(pen, x, top)
        pen.rule(x, x + wide, top + box.height + 0.4, 0.4, setting.house.colours.hairline)

    return Box(box.height + 0.8, draw, before=box.before, keep=box.keep)
