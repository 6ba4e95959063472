"""Draws on a reportlab canvas in page coordinates: points from the upper left corner, y grows downwards.

Text goes out as text, never through reportlab's markup; links are internal names, or figures on the evidence page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from reportgen.render.pdf.objects import as_written, object_number, string
from reportgen.render.pdf.tags import Annotation, Element, Tags
from reportgen.render.pdf.text import Line, Piece

SOURCE = "source:"
"""A link that begins so leads to a figure on the evidence page."""
_WHERE = "核对台中的原句"


@cache
def rgb(colour: str) -> str:
    """A colour #RRGGBB as the three numbers that PDF operators take."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{part:.3f}".rstrip("0").rstrip(".") for part in parts)


def number(value: float) -> str:
    """A length as PDF writes it, to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(slots=True)
class Pen:
    """A canvas with the height of its page, the names that links may point to, and those already set.

    `desk` is the address of the evidence page beside the file, or nothing. `element` is what the drawn text belongs
    to; without one it is decoration (running head, repeated table head).
    """

    canvas: Any
    height: float
    targets: dict[str, str]
    tags: Tags
    desk: str = ""
    page: int = 0
    element: Element | None = None
    outline_level: int = -1
    _codes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Font -> character -> the subset that holds it, and its code there."""
    _placed: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Name -> page, from 0, and height on it."""
    _links: list[tuple[Any, str, str]] = field(default_factory=list)
    """Link annotations: object, the name that it leads to, everything else that it says."""

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text at its left base point, as part of the current element."""
        owner = self.element
        for link, group in groupby(line.pieces, key=self._leads):
            pieces = list(group)
            holder = owner.add("Link") if owner and link else owner
            with self.content(holder):
                self._text(pieces, x, baseline)
            for piece in pieces:
                self._below(piece, x, baseline)
                if link in self.targets:
                    self._mention(piece, x, baseline, holder)
            if link.startswith(SOURCE):
                self._cite(pieces, x, baseline, holder)

    def _leads(self, piece: Piece) -> str:
        """The link of a piece, empty where there is nothing that it could lead to."""
        known = piece.link in self.targets or (self.desk and piece.link.startswith(SOURCE))
        return piece.link if known else ""

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
        code = ["BT"]
        colour, spacing = "", 0.0
        for piece in pieces:
            look = piece.look
            if look.colour != colour:
                colour = look.colour
                code.append(f"{rgb(colour)} rg")
            if piece.spacing != spacing:
                spacing = piece.spacing
                code.append(f"{spacing:.4f} Tc")
            code.append(f"1 0 0 1 {number(x + piece.x)} {number(self.height - baseline + look.rise)} Tm")
            code.append(self.shown(piece.font, look.size, piece.text))
        code.append("0 Tc ET" if spacing else "ET")
        self.canvas.addLiteral("\n".join(code))

    def shown(self, font: str, size: float, text: str) -> str:
        """Operators that show `text` in an embedded font, at the place that the text matrix has."""
        known = self._codes.setdefault(font, {})
        code: list[str] = []
        current = ""
        for character in text:
            subset, sign = known.get(character) or self._coded(font, character)
            if subset != current:
                code.append(f"{'> Tj ' if current else ''}{subset} {number(size)} Tf <")
                current = subset
            code.append(sign)
        return "".join([*code, "> Tj"]) if code else ""

    def _coded(self, font: str, character: str) -> tuple[str, str]:
        """The subset that holds a character, as the page names it, and the character's code in it, two hex digits."""
        from reportlab.pdfbase.pdfmetrics import getFont

        face: Any = getFont(font)
        ((subset, code),) = face.splitString(character, self.canvas._doc)
        found = face.getSubsetInternalName(subset, self.canvas._doc), code.hex()
        self._codes[font][character] = found
        return found

    def _below(self, piece: Piece, x: float, baseline: float) -> None:
        if piece.look.underline:
            y = baseline + 0.19 * piece.look.size
            self.rule(x + piece.x, x + piece.x + piece.width, y, piece.look.underline, piece.look.colour)

    def _mention(self, piece: Piece, x: float, baseline: float, holder: Element | None) -> None:
        """Link a piece to its target; the first piece that names a target is where that links back to."""
        self.bookmark(f"back:{piece.link}", baseline - 2 * piece.look.size)
        bottom = self.height - baseline + piece.look.rise - 0.2 * piece.look.size
        rect = (x + piece.x, bottom, x + piece.x + piece.width, bottom + 1.2 * piece.look.size)
        self._link(piece.link, rect, piece.text, holder)

    def _cite(self, pieces: Sequence[Piece], x: float, baseline: float, holder: Element | None) -> None:
        """Link a sentence to its place on the evidence page: an address beside this file, opened as any other."""
        first, last = pieces[0], pieces[-1]
        bottom = self.height - baseline - 0.2 * first.look.size
        rect = (x + first.x, bottom, x + last.x + last.width, bottom + 1.2 * first.look.size)
        self._outside(f"{self.desk}#{first.link.removeprefix(SOURCE)}", rect, holder)

    def lead(self, name: str, words: str, left: float, top: float, width: float, height: float) -> None:
        """Make an area lead to the place `name`; `words` say so to a reader who cannot see it."""
        if name in self.targets:
            rect = (left, self.height - top - height, left + width, self.height - top)
            holder = self.element.add("Link") if self.element else None
            self._link(name, rect, words, holder)

    def _link(self, name: str, rect: tuple[float, ...], words: str, holder: Element | None) -> None:
        """Make a rectangle lead to the place called `name`."""
        made = as_written()
        self._links.append((made, name, self._annotation(rect, words, holder)))
        self._add(made, holder)

    def _annotation(self, rect: tuple[float, ...], words: str, holder: Element | None) -> str:
        place = " ".join(map(number, rect))
        said = f"<</Type/Annot/Subtype/Link/Rect[{place}]/Border[0 0 0]/F 4/Contents {string(words)}"
        return f"{said}/StructParent {self.tags.link(holder)}" if holder else said

    def _add(self, made: Any, holder: Element | None) -> None:
        self.canvas._addAnnotation(made)
        if holder:
            holder.children.append(Annotation(self.page, self.canvas._annotationrefs[-1]))

    def _outside(self, address: str, rect: tuple[float, ...], holder: Element | None) -> None:
        """Make a rectangle open an address; one without a scheme is found from where this file lies."""
        said = self._annotation(rect, _WHERE, holder)
        self._add(as_written(f"{said}/A<</S/URI/URI {string(address)}>>>>".encode("ascii")), holder)

    def bookmark(self, name: str, y: float) -> None:
        """Name this place of the page, once a document."""
        if name in self.targets and name not in self._placed:
            self._placed[name] = self.page, round(min(self.height, self.height - y), 2)

    def finish(self) -> None:
        """Say where the links lead, when all pages are drawn. What was never placed stands at the end."""
        document = self.canvas._doc
        pages = [object_number(document, document.Reference(page)) for page in document.Pages.pages]
        end = len(pages) - 1, self.height
        for made, name, said in self._links:
            page, top = self._placed.get(name, end)
            made.text = f"{said}/Dest[{pages[page]} 0 R/XYZ 0 {number(top)} null]>>".encode("ascii")

    def outline(self, name: str, title: str, level: int) -> None:
        """Add the place `name` to the document outline; a level is never skipped."""
        self.outline_level = min(level, self.outline_level + 1)
        self.canvas.bookmarkPage(self.targets[name], fit="XYZ", left=0, top=self._placed[name][1])
        self.canvas.addOutlineEntry(title, self.targets[name], self.outline_level)

    def rule(
        self, left: float, right: float, y: float, width: float, colour: str, dash: tuple[float, ...] = ()
    ) -> None:
        """A horizontal rule, `width` pt thick, centred on y."""
        self._stroke(left, y, right, y, width, colour, dash)

    def upright(self, x: float, top: float, bottom: float, width: float, colour: str) -> None:
        """A vertical rule."""
        self._stroke(x, top, x, bottom, width, colour)

    def _stroke(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        width: float,
        colour: str,
        dash: tuple[float, ...] = (),
    ) -> None:
        pattern = " ".join(map(number, dash))
        path = f"{number(x)} {number(self.height - y)} m {number(to_x)} {number(self.height - to_y)} l S"
        with self.content(None):
            self.canvas.addLiteral(f"{rgb(colour)} RG {number(width)} w [{pattern}] 0 d {path}")

    def fill(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without outline."""
        place = f"{number(left)} {number(self.height - top - height)} {number(width)} {number(height)}"
        with self.content(None):
            self.canvas.addLiteral(f"{rgb(colour)} rg {place} re f")
