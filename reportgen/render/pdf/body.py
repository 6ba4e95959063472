"""Headings, paragraphs, pictures and the end block.

Blocks in, boxes out.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.model import EndBlock, Heading, Paragraph, Picture, Span, Spans
from reportgen.render.pdf.drawing import draw_drawing
from reportgen.render.pdf.flow import Box
from reportgen.render.pdf.looks import look, plain, runs
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, baseline, draw_line, joined, line_boxes, tagged
from reportgen.render.pdf.text import Run, set_lines


def heading_boxes(setting: Setting, block: Heading, name: str, depth: int) -> list[Box]:
    """A heading with its note at the right; level 1 over a blue rule.

    `name` is its bookmark, `depth` its level in the structure of the document.
    """
    house = setting.house
    level = min(max(block.level, 1), 3)
    official = house.style == "gb9704"
    chosen = look(house, f"heading-{level}")
    aside = setting.lines(block.aside, "aside", 0.6 * setting.width)
    beside = aside[0] if len(aside) == 1 else None
    room = setting.width - (beside.width + chosen.size if beside else 0.0)
    indent = 2 * chosen.size if official else 0.0
    lines = set_lines((Run(block.text, chosen),), room, setting.faces, indent=indent)
    title, note = setting.root.add(f"H{depth}"), setting.root.add("P")
    leading = chosen.size * 1.0 if len(lines) == 1 and not official else chosen.leading
    ruled = level == 1 and not official

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.bookmark(name, top - 6)
        if level < 3 and block.text.strip():
            pen.outline(name, block.text, level - 1)
        with pen.part(title):
            for index, line in enumerate(lines):
                draw_line(pen, line, x, top + index * leading, leading)
        bottom = top + max(1, len(lines)) * leading
        with pen.part(note):
            if beside:
                pen.line(beside, x + setting.width - beside.width, bottom - leading + baseline(leading, chosen.size))
            else:
                for line in aside:
                    draw_line(pen, line, x + setting.width - line.width, bottom, line.leading)
                    bottom += line.leading
        if ruled:
            pen.rule(x, x + setting.width, bottom + 1.5 * MM, 0.75, house.colours.blue)

    height = max(1, len(lines)) * leading + (0.0 if beside else sum(line.leading for line in aside))
    height += 1.5 * MM if ruled else 0.0
    before, after = ((6.2, 1.4), (4.6, 1.6), (3.4, 1.2))[level - 1] if not official else (0.0, 0.0)
    return [Box(height, draw, before=before * MM, after=after * MM, keep=True, anchor=name)]


def paragraph_boxes(setting: Setting, block: Paragraph) -> list[Box]:
    """Running text, a note, the legend line under its rule, or a list item."""
    house, width = setting.house, setting.width
    if block.look == "body":
        role = house.role("body")
        # A paragraph that opens with a label in bold stands flush, as in 各地进展.
        labelled = bool(block.spans) and block.spans[0].look == "strong"
        indent = 0.0 if labelled else 2 * role.size
        lines = setting.lines(block.spans, "body", width, indent=indent, justify=True)
        return line_boxes(lines, role.leading, after=0.6 * MM if house.style == "briefing" else 0.0)
    if block.look == "list":
        role = house.role("body")
        lines = setting.lines(block.spans, "body", width - 2 * role.size, justify=True)
        return line_boxes(lines, role.leading, x=2 * role.size)
    leading = house.role("note").leading
    lines = setting.lines(block.spans, "note", width)
    boxes = line_boxes(lines, leading, before=1.6 * MM, after=1.6 * MM)
    if block.look != "legend" or not boxes:
        return boxes

    def rule(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, x + width, top, 0.5, house.colours.rule)

    return [replace(joined(Box(2.2, rule), *boxes), before=3.3 * MM, after=1.6 * MM)]


def caption_boxes(setting: Setting, word: str, number: int, text: str, subline: Spans, sources: Spans) -> list[Box]:
    """图n or 表n with the sentence that states the finding; below it scope on the left, sources on the right."""
    house, width = setting.house, setting.width
    caption = look(house, "caption")
    head = (Run(f"{word}{number}　", look(house, "caption-number"), solid=True),) if number else ()
    boxes = line_boxes(set_lines((*head, Run(text, caption)), width, setting.faces), caption.leading)
    right = setting.lines(sources, "sub", 0.5 * width)
    room = width - (max(line.width for line in right) + 8 if right else 0.0)
    left = setting.lines(subline, "sub", room)
    leading = house.role("caption-sub").leading
    if left or right:

        def draw(pen: Pen, x: float, top: float) -> None:
            for index, line in enumerate(left):
                draw_line(pen, line, x, top + index * leading, leading)
            for index, line in enumerate(right):
                draw_line(pen, line, x + width - line.width, top + index * leading, leading)

        boxes.append(Box(max(len(left), len(right)) * leading, draw))
    if boxes:
        boxes[0] = replace(boxes[0], before=4.6 * MM)
        boxes[-1] = replace(boxes[-1], after=1.6 * MM)
    return [replace(box, keep=True) for box in tagged(boxes, setting.root.add("P"))]


def picture_boxes(setting: Setting, block: Picture, name: str) -> list[Box]:
    """A chart under its caption, drawn as vectors; a wider one is made smaller as a whole."""
    drawing = block.drawing
    scale = min(1.0, setting.width / drawing.width) if drawing.width else 1.0
    subline = (Span(block.chart.subtitle),)
    boxes = caption_boxes(setting, "图", block.number, block.chart.title, subline, block.sources)

    figure = setting.root.add("Figure", block.chart.title or block.chart.subtitle)

    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.content(figure):
            draw_drawing(pen, setting.faces, drawing, x, top, scale)

    boxes.append(Box(drawing.height * scale, draw, after=4.6 * MM))
    return named(boxes, name)


def named(boxes: list[Box], name: str) -> list[Box]:
    """`boxes` with the bookmark `name` at the first."""
    if not boxes or not name:
        return boxes
    first = boxes[0]

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.bookmark(name, top - 6)
        first.draw(pen, x, top)

    return [replace(first, draw=draw), *boxes[1:]]


def end_boxes(setting: Setting, block: EndBlock) -> list[Box]:
    """报送发 and the printing note between rules, at the foot of the last page."""
    house, width = setting.house, setting.width
    size = house.role("end").size
    row = size + 2 * 1.9 * MM
    lines = set_lines(runs(house, block.recipients, "end"), width - 2 * size, setting.faces)
    unit = setting.single(plain(house, "end", block.unit))
    copies = setting.single(plain(house, "end", block.copies))
    upper = max(1, len(lines)) * (size + 3.5) - 3.5 + 2 * 1.9 * MM

    def draw(pen: Pen, x: float, top: float) -> None:
        black = house.colours.black
        pen.rule(x, x + width, top, 1.0, black)
        for index, line in enumerate(lines):
            pen.line(line, x + size, top + 1.9 * MM + index * (size + 3.5) + baseline(size, size))
        pen.rule(x, x + width, top + upper, 0.7, black)
        base = top + upper + baseline(row, size)
        pen.line(unit, x + size, base)
        pen.line(copies, x + width - size - copies.width, base)
        pen.rule(x, x + width, top + upper + row, 1.0, black)

    return [Box(upper + row + 0.5, draw, before=6 * MM, bottom=True)]
