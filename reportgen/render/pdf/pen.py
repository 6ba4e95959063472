"""Draws on a reportlab canvas in page coordinates: points from the upper left corner, y grows downwards.

Text goes out as text, never through reportlab's markup; links and bookmarks are internal names only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from reportgen.render.pdf.tags import Annotation, Element, Tags
from reportgen.render.pdf.text import Line, Piece


@cache
def paint(colour: str) -> Any:
    """A colour #RRGGBB as reportlab's own value: read once, not at every word."""
    from reportlab.lib.colors import HexColor

    return HexColor(colour)


@dataclass(slots=True)
class Pen:
    """A canvas with the height of its page, the names that links may point to, and those already set.

    `element` is what the drawn text belongs to; without one it is decoration (running head, repeated table head).
    """

    canvas: Any
    height: float
    targets: dict[str, str]
    tags: Tags
    page: int = 0
    element: Element | None = None
    placed: set[str] = field(default_factory=set)
    outline_level: int = -1

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text at its left base point, as part of the current element."""
        owner = self.element
        for link, group in groupby(line.pieces, key=lambda piece: piece.link if piece.link in self.targets else ""):
            pieces = list(group)
            holder = owner.add("Link") if owner and link else owner
            with self.content(holder):
                self._text(pieces, x, baseline)
            for piece in pieces:
                self._below(piece, x, baseline)
                if link:
                    self._mention(piece, x, baseline, holder)

    @contextmanager
    def part(self, element: Element | None) -> Iterator[None]:
        """Text drawn inside belongs to `element`."""
        before, self.element = self.element, element
        yield
        self.element = before

    @contextmanager
    def content(self, element: Element | None) -> Iterator[None]:
        """What is drawn inside belongs to `element`, or to nothing."""
        if element is None:
            self.canvas.addLiteral("/Artifact BMC")
        else:
            self.canvas.addLiteral(f"/{element.kind} <</MCID {self.tags.content(self.page, element)}>> BDC")
        yield
        self.canvas.addLiteral("EMC")

    def _text(self, pieces: Sequence[Piece], x: float, baseline: float) -> None:
        out = self.canvas.beginText()
        for piece in pieces:
            look = piece.look
            out.setTextOrigin(x + piece.x, self.height - baseline + look.rise)
            out.setFont(piece.font, look.size)
            out.setFillColor(paint(look.colour))
            out.setCharSpace(piece.spacing)
            out.textOut(piece.text)
        out.setCharSpace(0)
        self.canvas.drawText(out)

    def _below(self, piece: Piece, x: float, baseline: float) -> None:
        if piece.look.underline:
            y = baseline + 0.19 * piece.look.size
            self.rule(x + piece.x, x + piece.x + piece.width, y, piece.look.underline, piece.look.colour)

    def _mention(self, piece: Piece, x: float, baseline: float, holder: Element | None) -> None:
        """Link a piece to its target; the first piece that names a target is where that links back to."""
        self.bookmark(f"back:{piece.link}", baseline - 2 * piece.look.size)
        bottom = self.height - baseline + piece.look.rise - 0.2 * piece.look.size
        rect = (x + piece.x, bottom, x + piece.x + piece.width, bottom + 1.2 * piece.look.size)
        self._link(self.targets[piece.link], rect, piece.text, holder)

    def _link(self, name: str, rect: tuple[float, ...], words: str, holder: Element | None) -> None:
        """Make a rectangle lead to the place called `name` in this document."""
        from reportlab.pdfbase.pdfdoc import LinkAnnotation

        number = self.tags.link(holder) if holder else None
        more = {} if number is None else {"StructParent": number}
        place = self.canvas._bookmarkReference(name)
        made = LinkAnnotation(list(rect), words, place, Border="[0 0 0]", F=4, **more)
        made.permitted = (*made.permitted, "StructParent")
        self.canvas._addAnnotation(made)
        if holder:
            holder.children.append(Annotation(self.page, self.canvas._annotationrefs[-1]))

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
        with self.content(None):
            self.canvas.line(left, self.height - y, right, self.height - y)

    def upright(self, x: float, top: float, bottom: float, width: float, colour: str) -> None:
        """A vertical rule."""
        self.canvas.setStrokeColor(paint(colour))
        self.canvas.setLineWidth(width)
        self.canvas.setDash([])
        with self.content(None):
            self.canvas.line(x, self.height - top, x, self.height - bottom)

    def fill(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without outline."""
        self.canvas.setFillColor(paint(colour))
        with self.content(None):
            self.canvas.rect(left, self.height - top - height, width, height, stroke=0, fill=1)
