"""Runs of text -> lines: breaks, justification, and the pieces to draw with their places.

A run has one look; what is `solid` (a number with its unit, an evidence mark) stays on one line. A line that would end
badly is squeezed at its punctuation or spread between characters. Nothing is hyphenated, nothing is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.render.pdf.breaking import CLOSING, WHITE_LEFT, WHITE_RIGHT, may_break, may_spread, squeeze
from reportgen.render.pdf.faces import Faces, Font

_WHITE = " \u3000"
# A mark gives up to this part of an em when the line needs it; more would look pinched.
_YIELD = 0.25
# A line that would need more white than this part of its width between its characters stays ragged.
_LOOSEST = 0.3


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is drawn: face, size in pt, colour, rise over the base line, thickness of the rule under it."""

    face: str
    size: float
    colour: str
    rise: float = 0.0
    underline: float = 0.0
    tracking: float = 0.0
    leading: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; `tied` runs never begin a line (evidence marks)."""

    text: str
    look: Look
    link: str = ""
    solid: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text drawn in one go at `x`: font, look, white after each character, width on the page."""

    x: float
    text: str
    font: str
    look: Look
    link: str
    spacing: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces, natural or filled width, the leading of its largest run and that run's size."""

    pieces: tuple[Piece, ...]
    width: float
    leading: float
    size: float


@dataclass(slots=True)
class _Glyph:
    """One character: what is drawn, its font, run, advance, whether a line may end or be spread after it."""

    text: str
    font: Font
    run: Run
    own: float
    advance: float
    breakable: bool = False
    spread: bool = False
    gives: float = 0.0


def set_lines(
    runs: Sequence[Run], width: float, faces: Faces, *, indent: float = 0.0, justify: bool = False
) -> tuple[Line, ...]:
    """Lines of at most `width` pt; the first begins `indent` pt in. Empty runs give no line.

    With `justify` every line but the last fills the width.
    """
    glyphs = _glyphs(runs, faces)
    lines: list[Line] = []
    start = 0
    while start < len(glyphs):
        left = indent if indent and not lines else _overhang(glyphs[start])
        room = width - left
        end = _line_end(glyphs, start, room, justify)
        shown = end
        while shown > start and glyphs[shown - 1].text in _WHITE:
            shown -= 1
        fill = room if justify and end < len(glyphs) else None
        lines.append(_line(glyphs[start:shown], left, room, fill))
        start = end
        while start < len(glyphs) and glyphs[start].text in _WHITE:
            start += 1
    return tuple(line for line in lines if line.pieces)


def one_line(runs: Sequence[Run], faces: Faces) -> Line:
    """All runs on one line, however long."""
    glyphs = _glyphs(runs, faces)
    return _line(glyphs, _overhang(glyphs[0]) if glyphs else 0.0, float("inf"), None)


def _overhang(glyph: _Glyph) -> float:
    """An opening mark at the beginning of a line leaves its white outside."""
    return -0.5 * glyph.run.look.size if glyph.text in WHITE_LEFT and glyph.own > 0.9 * glyph.run.look.size else 0.0


def _glyphs(runs: Sequence[Run], faces: Faces) -> list[_Glyph]:
    glyphs: list[_Glyph] = []
    for run in runs:
        look = run.look
        first = faces.chains[look.face][0]
        for character in run.text:
            font, drawn = first, character
            width = first.widths.get(ord(character))
            if width is None or character < " ":
                if character in "\n\t\r\u00a0":
                    drawn = " "
                elif unicodedata.category(character) in ("Cc", "Cf"):
                    continue
                font, drawn = faces.font(look.face, drawn)
                width = font.widths[ord(drawn)]
            own = width * look.size
            glyphs.append(_Glyph(drawn, font, run, own, own + look.tracking * look.size))
    earlier = ""
    for glyph, after in pairwise(glyphs):
        within = glyph.run is after.run and glyph.run.solid
        glyph.breakable = not (within or after.run.tied) and may_break(glyph.text, after.text, earlier)
        earlier = glyph.text
        glyph.spread = not (within or after.run.tied) and may_spread(glyph.text, after.text)
        glyph.advance -= squeeze(glyph.text, after.text) * glyph.run.look.size
        if glyph.text in WHITE_RIGHT and not squeeze(glyph.text, after.text):
            glyph.gives = _YIELD * glyph.run.look.size
    return glyphs


def _line_end(glyphs: Sequence[_Glyph], start: int, room: float, justify: bool) -> int:
    """Where the line that begins at `start` ends: the last good place that fits, else wherever the room ends."""
    used = given = 0.0
    best = start
    for at in range(start, len(glyphs)):
        glyph = glyphs[at]
        used += glyph.advance
        blank = 0.5 * glyph.run.look.size if glyph.text in WHITE_RIGHT else 0.0
        blank = glyph.advance if glyph.text in _WHITE else blank
        if used - blank - (given if justify else 0.0) > room + 0.01:
            if best > start:
                return best
            # No good place: the line ends where it is full, one earlier if a closing mark would begin the next.
            return max(at - 1 if glyph.text in CLOSING and at > start + 1 else at, start + 1)
        given += glyph.gives
        if glyph.breakable:
            best = at + 1
    return len(glyphs)


def _line(glyphs: Sequence[_Glyph], x: float, room: float, fill: float | None) -> Line:
    """Place the glyphs from `x` on; with `fill` their white is changed until they are that wide."""
    natural = sum(glyph.advance for glyph in glyphs)
    extra = shrink = 0.0
    if glyphs and natural > room:
        # A mark at the end of a full line may hang into its own white; the rest comes out of marks inside.
        over = natural - room - (0.5 * glyphs[-1].run.look.size if glyphs[-1].text in WHITE_RIGHT else 0.0)
        inner = sum(glyph.gives for glyph in glyphs[:-1])
        shrink = min(1.0, over / inner) if inner > 0 < over else 0.0
    elif fill is not None and glyphs:
        gaps = sum(glyph.spread for glyph in glyphs[:-1])
        if gaps and fill - natural <= _LOOSEST * fill:
            extra = (fill - natural) / gaps
    pieces = _pieces(glyphs, x, extra, shrink)
    leading = max((glyph.run.look.leading for glyph in glyphs), default=0.0)
    size = max((glyph.run.look.size for glyph in glyphs), default=0.0)
    end = pieces[-1].x + pieces[-1].width if pieces else x
    return Line(pieces, end, leading, size)


def _pieces(glyphs: Sequence[_Glyph], x: float, extra: float, shrink: float) -> tuple[Piece, ...]:
    """Neighbours of one run and font go into one piece while the white after each of them is the same."""
    pieces: list[Piece] = []
    begin, own, at = 0, 0.0, x
    first_white = 0.0
    for index, glyph in enumerate(glyphs):
        white = round(glyph.advance - glyph.own + (extra if glyph.spread else 0.0) - shrink * glyph.gives, 4)
        if index == begin:
            own, first_white = 0.0, white
        own += glyph.own
        after = glyphs[index + 1] if index + 1 < len(glyphs) else None
        if after and after.run is glyph.run and after.font is glyph.font and white == first_white:
            continue
        text = "".join(member.text for member in glyphs[begin : index + 1])
        width = own + first_white * (len(text) - 1)
        pieces.append(Piece(at, text, glyph.font.name, glyph.run.look, glyph.run.link, first_white, width))
        at += width + white
        begin = index + 1
    return tuple(pieces)
