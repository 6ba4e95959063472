"""The head of a briefing: the red masthead, the title with its provenance, the box of key points.

Blocks in, boxes out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportgen.errors import UsageError
from reportgen.house import House
from reportgen.model import KeyPoints, Masthead, Spans, Title
from reportgen.render.pdf.flow import Box
from reportgen.render.pdf.looks import look, plain, runs
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, baseline, draw_line, line_boxes, tagged
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Line, Run, set_lines

# The name stands a little lower than its em box: type of this size has much white above it.
_NAME_GAP = 3.5
_PADDING, _PAD_Y, _LABEL, _POINT_GAP = 4 * MM, 3.2 * MM, 22 * MM, 3.0


def masthead_boxes(setting: Setting, block: Masthead, kind: str) -> list[Box]:
    """Classification, name, issue line, unit and date over the double red rule; the name is tagged as `kind`."""
    house, width = setting.house, setting.width
    name = _fitted(setting, "masthead", block.name)
    red = house.colours.red
    classification = setting.single(plain(house, "classification", block.classification))
    issue = setting.single(plain(house, "issue", block.issue))
    unit = setting.single(plain(house, "issue", block.unit))
    date = setting.single(plain(house, "issue", block.date))
    logo = _logo(house)
    above, named, below = setting.root.add("P"), setting.root.add(kind), setting.root.add("P")

    def draw(pen: Pen, x: float, top: float) -> None:
        if logo:
            box = 14 * MM
            pen.canvas.drawImage(
                logo,
                x + width - box,
                pen.height - top - box,
                box,
                box,
                preserveAspectRatio=True,
                anchor="ne",
                mask="auto",
            )
        y = top
        with pen.part(above):
            pen.line(classification, x, y + baseline(10.5, 10.5) + 1.0)
        y += 10.5 + 3 * MM + _NAME_GAP
        tracking = house.role("masthead").tracking * name.size
        with pen.part(named):
            pen.line(name, x + (width - name.width + tracking) / 2, y + baseline(name.size, name.size))
        y += name.size + 5 * MM
        with pen.part(below):
            pen.line(issue, x + (width - issue.width) / 2, y + baseline(12, 12))
        y += 12 + 4 * MM
        with pen.part(below):
            pen.line(unit, x, y + baseline(12, 12))
            pen.line(date, x + width - date.width, y + baseline(12, 12))
        y += 12 + 1.8 * MM + 1.1
        pen.rule(x, x + width, y, 2.25, red)
        pen.rule(x, x + width, y + 1.15 * MM, 0.6, red)

    height = 10.5 + 3 * MM + _NAME_GAP + name.size + 5 * MM + 12 + 4 * MM + 12 + 1.8 * MM + 1.1 + 1.15 * MM + 0.3
    return [Box(height, draw, after=8 * MM, keep=True)]


def _logo(house: House) -> Any:
    """The logo as reportlab reads it, or None. Raises UsageError for a broken image."""
    if house.logo is None:
        return None
    from reportlab.lib.utils import ImageReader

    try:
        image: Any = ImageReader(str(house.logo))
        image.getRGBData()
    except (OSError, SyntaxError, ValueError) as error:
        raise UsageError("the logo cannot be read", where=str(house.logo), hint="save it as PNG again") from error
    return image


def _fitted(setting: Setting, role: str, text: str) -> Line:
    """`text` on one line, its type made smaller where it would not fit."""
    chosen = look(setting.house, role)
    line = setting.single((Run(text, chosen),))
    if line.width > setting.width:
        line = setting.single((Run(text, replace(chosen, size=chosen.size * setting.width / line.width)),))
    return line


def title_boxes(setting: Setting, block: Title) -> list[Box]:
    """The centred title, its upper lines the longer ones, and the provenance below."""
    chosen = look(setting.house, "title")
    lines = _balanced(setting, Run(block.text, chosen))
    leading = chosen.size if len(lines) == 1 else chosen.leading
    provenance = set_lines(runs(setting.house, block.provenance, "provenance"), setting.width, setting.faces)
    below = 11 if len(provenance) == 1 else 16
    boxes = tagged([_centred(setting, line, leading) for line in lines], setting.root.add("H1"))
    boxes += tagged([_centred(setting, line, below) for line in provenance], setting.root.add("P"))
    if lines and provenance:
        first = len(lines)
        boxes[first] = replace(boxes[first], before=3.8 * MM)
    if boxes:
        boxes[0] = replace(boxes[0], before=8 * MM)
        boxes[-1] = replace(boxes[-1], after=6 * MM)
    return boxes


def _balanced(setting: Setting, run: Run) -> tuple[Line, ...]:
    """A title on as few lines as it needs, none of them much shorter than the first."""
    lines = set_lines((run,), setting.width, setting.faces)
    narrow, wide = setting.width / 2, setting.width
    while len(lines) > 1 and wide - narrow > 2:
        middle = (narrow + wide) / 2
        tried = set_lines((run,), middle, setting.faces)
        if len(tried) == len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return lines


def _centred(setting: Setting, line: Line, leading: float) -> Box:
    def draw(pen: Pen, x: float, top: float) -> None:
        draw_line(pen, line, x + (setting.width - line.width) / 2, top, leading)

    return Box(leading, draw, keep=True)


def key_points_boxes(setting: Setting, block: KeyPoints) -> list[Box]:
    """The shaded box: heading, then label and text of every point."""
    house = setting.house
    heading = setting.single(plain(house, "key-heading", block.heading))
    first = tagged([_shifted(box, _PADDING) for box in line_boxes([heading], 15.0)], setting.root.add("P"))
    parts = [Box(_PAD_Y, _nothing), *first]
    points = setting.root.add("L")
    for index, (label, spans) in enumerate(block.points):
        parts += _point(setting, label, spans, _POINT_GAP if index else 2.0, points.add("LI"))
    parts.append(Box(_PAD_Y - 3.0, _nothing))
    last = len(parts) - 1
    shaded = [_shaded(setting, box, index == 0, index == last) for index, box in enumerate(parts)]
    shaded[0] = replace(shaded[0], before=6 * MM)
    shaded[-1] = replace(shaded[-1], after=6 * MM, keep=False)
    return shaded


def _point(setting: Setting, label: str, spans: Spans, gap: float, item: Element) -> list[Box]:
    leading = setting.house.role("key-text").leading
    left = _spread_label(setting, label)
    right = setting.lines(spans, "key", setting.width - 2 * _PADDING - _LABEL)
    boxes = []
    label_part, text_part = item.add("Lbl"), item.add("LBody")
    for index in range(max(len(left), len(right), 1)):

        def draw(pen: Pen, x: float, top: float, index: int = index) -> None:
            with pen.part(label_part):
                for line in left[index : index + 1]:
                    draw_line(pen, line, x + _PADDING, top, leading)
            with pen.part(text_part):
                for line in right[index : index + 1]:
                    draw_line(pen, line, x + _PADDING + _LABEL, top, leading)

        boxes.append(Box(leading, draw))
    return [Box(gap, _nothing), *boxes]


def _spread_label(setting: Setting, label: str) -> tuple[Line, ...]:
    """A label of two or three characters is spread to the width of four."""
    chosen = look(setting.house, "key-label")
    if 2 <= len(label) < 4:
        wide = (4 - len(label)) / (len(label) - 1)
        return (setting.single((Run(label, replace(chosen, tracking=wide)),)),)
    return set_lines((Run(label, chosen),), _LABEL - 4, setting.faces)


def _shaded(setting: Setting, box: Box, first: bool, last: bool) -> Box:
    house, width = setting.house, setting.width

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.fill(x, top, width, box.height + 0.05, house.colours.shade)
        box.draw(pen, x, top)
        if first:
            pen.rule(x, x + width, top, 1.5, house.colours.black)
        if last:
            pen.rule(x, x + width, top + box.height, 0.75, house.colours.black)

    return Box(box.height, draw, keep=True)


def _shifted(box: Box, by: float) -> Box:
    return Box(box.height, lambda pen, x, top: box.draw(pen, x + by, top))


def _nothing(pen: Pen, x: float, top: float) -> None:
    """White."""
