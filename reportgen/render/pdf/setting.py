"""What every block needs to be set: the house style, the faces, the measure; and lines as boxes.

Lengths are points. A block's text comes in as spans and leaves as boxes of one line each, so that pages may end
between lines but never leave one line of a paragraph alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportgen.house import House
from reportgen.model import Spans
from reportgen.render.pdf.faces import Faces
from reportgen.render.pdf.flow import Box, Draw
from reportgen.render.pdf.looks import Place, runs
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Line, Run, one_line, set_lines

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Setting:
    """House style, faces, the width of the type area in pt, and the structure tree under construction."""

    house: House
    faces: Faces
    width: float
    root: Element = field(default_factory=lambda: Element("Document"))
    broken: dict[tuple[tuple[Run, ...], float], tuple[Line, ...]] = field(default_factory=dict)
    """What cells of tables were broken into: many say the same."""

    def lines(
        self, spans: Spans, place: Place, width: float, *, indent: float = 0.0, justify: bool = False
    ) -> tuple[Line, ...]:
        """`spans` broken into lines of `width`."""
        return set_lines(runs(self.house, spans, place), width, self.faces, indent=indent, justify=justify)

    def single(self, found: Sequence[Run]) -> Line:
        """Runs on one line, however long."""
        return one_line(found, self.faces)


def baseline(leading: float, size: float) -> float:
    """Where the base line of a line of `leading` lies below its top: Chinese type reaches 0.88 em above it."""
    return (leading + 0.76 * size) / 2


def draw_line(pen: Pen, line: Line, x: float, top: float, leading: float, size: float = 0.0) -> None:
    """Draw a line in the middle of its leading; `size` sets another base line than that of its own type."""
    pen.line(line, x, top + baseline(leading, size or line.size))


def line_boxes(
    lines: Sequence[Line],
    leading: float,
    *,
    x: float = 0.0,
    before: float = 0.0,
    after: float = 0.0,
    keep: bool = False,
) -> list[Box]:
    """A box for each line; first two and last two stay together. `keep` ties the last to what follows."""
    boxes = []
    count = len(lines)
    for index, line in enumerate(lines):

        def draw(pen: Pen, left: float, top: float, line: Line = line) -> None:
            draw_line(pen, line, left + x, top, leading)

        tied = index + 1 < count and (index == 0 or index == count - 2)
        boxes.append(Box(leading, draw, keep=tied or (keep and index + 1 == count)))
    if boxes:
        boxes[0] = replace(boxes[0], before=before)
        boxes[-1] = replace(boxes[-1], after=after)
    return boxes


def tagged(boxes: Sequence[Box], element: Element) -> list[Box]:
    """`boxes` whose text belongs to `element`."""
    return [replace(box, draw=_within(box, element)) for box in boxes]


def _within(box: Box, element: Element) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.part(element):
            box.draw(pen, x, top)

    return draw


def joined(*boxes: Box) -> Box:
    """Boxes on top of one another as one box that no page end divides."""
    height = sum(box.height for box in boxes)

    def draw(pen: Pen, left: float, top: float) -> None:
        for box in boxes:
            box.draw(pen, left, top)
            top += box.height

    return Box(height, draw)
