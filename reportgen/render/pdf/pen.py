"""Draws on a reportlab canvas in page coordinates: points from the upper left corner, y grows downwards.

Text goes out as text, never through reportlab's markup; links and bookmarks are internal names only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportgen.render.pdf.text import Line, Piece


@cache
def paint(colour: str) -> Any:
    """A colour #RRGGBB as reportlab's own value: read once, not at every word."""
    from reportlab.lib.colors import HexColor

    return HexColor(colour)


@dataclass(slots=True)
class Pen:
    """A canvas with the height of its page, the names that links may point to, and those already set."""

    canvas: Any
    height: float
    targets: dict[str, str]
    placed: set[str] = field(default_factory=set)
    outline_level: int = -1

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text at its left base point."""
        if not line.pieces:
            return
        out = self.canvas.beginText()
        for piece in line.pieces:
            look = piece.look
            out.setTextOrigin(x + piece.x, self.height - baseline + look.rise)
            out.setFont(piece.font, look.size)
            out.setFillColor(paint(look.colour))
            out.setCharSpace(piece.spacing)
            out.textOut(piece.text)
        out.setCharSpace(0)
        self.canvas.drawText(out)
        for piece in line.pieces:
            if piece.look.underline:
                y = baseline + 0.19 * piece.look.size
                self.rule(x + piece.x, x + piece.x + piece.width, y, piece.look.underline, piece.look.colour)
            if piece.link:
                self._mention(piece, x, baseline)

    def _mention(self, piece: Piece, x: float, baseline: float) -> None:
        """Link a piece to its target; the first piece that names a target is where that links back to."""
        back = f"back:{piece.link}"
        if back not in self.placed:
            self.bookmark(back, baseline - 2 * piece.look.size)
        self.link(piece.link, x + piece.x, baseline - piece.look.rise, piece.width, piece.look.size)

    def link(self, target: str, x: float, baseline: float, width: float, size: float) -> None:
        """Make a rectangle around text lead to `target`, when that exists in this document."""
        if target not in self.targets:
            return
        bottom = self.height - baseline - 0.2 * size
        rect = (x, bottom, x + width, bottom + 1.2 * size)
        self.canvas.linkAbsolute("", self.targets[target], rect, Border="[0 0 0]")

    def bookmark(self, name: str, y: float) -> None:
        """Name this place of the page, once a document."""
        if name in self.targets and name not in self.placed:
            self.placed.add(name)
            top = min(self.height, self.height - y)
            self.canvas.bookmarkPage(self.targets[name], fit="XYZ", left=0, top=round(top, 2))

    def finish(self) -> None:
        """Set what is still unset on the last page: a link that leads nowhere would spoil the file."""
        for name in self.targets:
            self.bookmark(name, 0.0)

    def outline(self, name: str, title: str, level: int) -> None:
        """Add an entry to the document outline; a level is never skipped."""
        self.outline_level = min(level, self.outline_level + 1)
        self.canvas.addOutlineEntry(title, self.targets[name], self.outline_level)

    def rule(
        self, left: float, right: float, y: float, width: float, colour: str, dash: tuple[float, ...] = ()
    ) -> None:
        """A horizontal rule, `width` pt thick, centred on y."""
        self.canvas.setStrokeColor(paint(colour))
        self.canvas.setLineWidth(width)
        self.canvas.setDash(list(dash))
        self.canvas.line(left, self.height - y, right, self.height - y)

    def upright(self, x: float, top: float, bottom: float, width: float, colour: str) -> None:
        """A vertical rule."""
        self.canvas.setStrokeColor(paint(colour))
        self.canvas.setLineWidth(width)
        self.canvas.setDash([])
        self.canvas.line(x, self.height - top, x, self.height - bottom)

    def fill(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without outline."""
        self.canvas.setFillColor(paint(colour))
        self.canvas.rect(left, self.height - top - height, width, height, stroke=0, fill=1)
