"""Runs of text -> lines: breaks, justification, and the pieces to draw with their places.

A run has one look; what is `solid` (a number with its unit, an evidence mark) stays on one line. A line that would end
badly is squeezed at its punctuation or spread between characters. Nothing is hyphenated, nothing is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from reportgen.render.pdf.breaking import CLOSING, WHITE_LEFT, WHITE_RIGHT, between, may_break
from reportgen.render.pdf.faces import Faces, Font
from reportgen.render.whole import whole_places

_WHITE = " \u3000"
# What may stand closer than its width: marks with white in them, quotation marks before others, spaces, dashes.
_SPECIAL = WHITE_LEFT | WHITE_RIGHT | frozenset("”’—") | frozenset(_WHITE)
# A mark gives up to this part of an em when the line needs it; more would look pinched.
_YIELD = 0.25
# A line that would need more white than this part of its width between its characters stays ragged.
_LOOSEST = 0.1


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
class _Glyphs:
    """The characters of some runs, a list for each of their properties.

    What is drawn, its font and run; its own width and its advance in pt and the white between the two; whether a line
    may end after it, whether white may be added there; how much white it gives when a line needs it, and how much of
    it hangs when it ends a line.
    """

    signs: list[str] = field(default_factory=list)
    fonts: list[Font] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    owns: list[float] = field(default_factory=list)
    whites: list[float] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    spreads: list[bool] = field(default_factory=list)
    gives: list[float] = field(default_factory=list)
    hangs: list[float] = field(default_factory=list)


def set_lines(
    runs: Sequence[Run], width: float, faces: Faces, *, indent: float = 0.0, justify: bool = False
) -> tuple[Line, ...]:
    """Lines of at most `width` pt; the first begins `indent` pt in. Empty runs give no line.

    With `justify` every line but the last fills the width.
    """
    glyphs = _glyphs(runs, faces)
    signs, count = glyphs.signs, len(glyphs.signs)
    lines: list[Line] = []
    start = 0
    while start < count:
        left = indent if indent and not lines else _overhang(glyphs, start)
        room = width - left
        end = _line_end(glyphs, start, room, justify)
        shown = end
        while shown > start and signs[shown - 1] in _WHITE:
            shown -= 1
        fill = room if justify and end < count else None
        lines.append(_line(glyphs, start, shown, left, room, fill))
        start = end
        while start < count and signs[start] in _WHITE:
            start += 1
    return tuple(line for line in lines if line.pieces)


def one_line(runs: Sequence[Run], faces: Faces) -> Line:
    """All runs on one line, however long."""
    glyphs = _glyphs(runs, faces)
    count = len(glyphs.signs)
    return _line(glyphs, 0, count, _overhang(glyphs, 0) if count else 0.0, float("inf"), None)


def _overhang(glyphs: _Glyphs, at: int) -> float:
    """An opening mark at the beginning of a line leaves its white outside."""
    size = glyphs.runs[at].look.size
    return -0.5 * size if glyphs.signs[at] in WHITE_LEFT and glyphs.owns[at] > 0.9 * size else 0.0


def _glyphs(runs: Sequence[Run], faces: Faces) -> _Glyphs:
    found = _Glyphs()
    whole: list[tuple[int, int]] = []
    for run in runs:
        start = len(found.signs)
        _add(found, run, faces)
        end = len(found.signs)
        if run.tied and start < end:
            whole.append((start - 1, start))
        if run.solid:
            whole.append((start, end - 1))
    _judge(found)
    for start, end in whole_places("".join(found.signs)):
        found.breaks[start : end - 1] = [False] * (end - 1 - start)
    for start, end in whole:
        for at in range(max(start, 0), end):
            found.breaks[at] = found.spreads[at] = False
    return found


def _add(glyphs: _Glyphs, run: Run, faces: Faces) -> None:
    """Add the characters of `run`; what its face lacks is drawn in another."""
    look, text = run.look, run.text
    first = faces.chains[look.face][0]
    fonts = [first] * len(text)
    widths = list(map(first.letters.get, text))
    if None in widths:
        signs: list[str] = []
        fonts, widths = [], []
        for character in text:
            drawn = " " if character in "\n\t\r\u00a0" else character
            if drawn in first.letters:
                font = first
            elif unicodedata.category(drawn) in ("Cc", "Cf"):
                continue
            else:
                font, drawn = faces.font(look.face, drawn)
            signs.append(drawn)
            fonts.append(font)
            widths.append(font.widths[ord(drawn)])
        text = "".join(signs)
    white = look.tracking * look.size
    owns = [width * look.size for width in widths if width is not None]
    glyphs.signs += text
    glyphs.fonts += fonts
    glyphs.runs += [run] * len(text)
    glyphs.owns += owns
    glyphs.whites += [round(white, 4)] * len(text)
    glyphs.advances += [own + white for own in owns] if white else owns


def _judge(glyphs: _Glyphs) -> None:
    """Set what depends on neighbours."""
    signs, runs, count = glyphs.signs, glyphs.runs, len(glyphs.signs)
    pairs = [*map(between, signs, islice(signs, 1, None)), (False, False, 0.0)]
    glyphs.breaks = [pair[0] for pair in pairs[:count]]
    glyphs.spreads = [pair[1] for pair in pairs[:count]]
    glyphs.gives, glyphs.hangs = [0.0] * count, [0.0] * count
    for at, sign in enumerate(signs):
        if sign not in _SPECIAL:
            continue
        size, less = runs[at].look.size, pairs[at][2]
        if sign == "—" and 0 < at < count - 1:
            glyphs.breaks[at] = may_break(sign, signs[at + 1], signs[at - 1])
        if less:
            glyphs.advances[at] -= less * size
            glyphs.whites[at] = round(glyphs.advances[at] - glyphs.owns[at], 4)
        if sign in WHITE_RIGHT:
            glyphs.gives[at] = 0.0 if less or at == count - 1 else _YIELD * size
            # White that is already taken out for the sake of the next mark cannot hang as well.
            glyphs.hangs[at] = (0.5 - less) * size
        elif sign in _WHITE:
            glyphs.hangs[at] = glyphs.advances[at]


def _line_end(glyphs: _Glyphs, start: int, room: float, justify: bool) -> int:
    """Where the line that begins at `start` ends: the last good place that fits, else wherever the room ends."""
    advances, hangs, gives, breaks = glyphs.advances, glyphs.hangs, glyphs.gives, glyphs.breaks
    most = room + 0.01
    used = given = 0.0
    best = start
    for at in range(start, len(advances)):
        used += advances[at]
        if used - hangs[at] - given > most:
            if best > start:
                return best
            # No good place: the line ends where it is full, one earlier if a closing mark would begin the next.
            return max(at - 1 if glyphs.signs[at] in CLOSING and at > start + 1 else at, start + 1)
        if justify:
            given += gives[at]
        if breaks[at]:
            best = at + 1
    return len(advances)


def _line(glyphs: _Glyphs, start: int, end: int, x: float, room: float, fill: float | None) -> Line:
    """Place the glyphs from `x` on; with `fill` their white is changed until they are that wide."""
    natural = sum(glyphs.advances[start:end])
    extra = shrink = 0.0
    if start < end and natural > room:
        # A mark at the end of a full line may hang into its own white; the rest comes out of marks inside.
        over = natural - room - (glyphs.hangs[end - 1] if glyphs.signs[end - 1] in WHITE_RIGHT else 0.0)
        inner = sum(glyphs.gives[start : end - 1])
        shrink = min(1.0, over / inner) if inner > 0 < over else 0.0
    elif fill is not None and start < end:
        gaps = sum(glyphs.spreads[start : end - 1])
        if gaps and fill - natural <= _LOOSEST * fill:
            extra = (fill - natural) / gaps
    pieces = _pieces(glyphs, start, end, x, extra, shrink)
    looks = {id(run): run.look for run in glyphs.runs[start:end]}.values()
    leading = max((look.leading for look in looks), default=0.0)
    size = max((look.size for look in looks), default=0.0)
    right = pieces[-1].x + pieces[-1].width if pieces else x
    return Line(pieces, right, leading, size)


def _pieces(glyphs: _Glyphs, start: int, end: int, x: float, extra: float, shrink: float) -> tuple[Piece, ...]:
    """Neighbours of one run and font go into one piece while the white after each of them is the same."""
    runs, fonts, owns = glyphs.runs, glyphs.fonts, glyphs.owns
    whites = glyphs.whites[start:end]
    if extra or shrink:
        changes = zip(whites, glyphs.spreads[start:end], glyphs.gives[start:end], strict=True)
        whites = [round(white + (extra if spread else 0.0) - shrink * give, 4) for white, spread, give in changes]
    pieces: list[Piece] = []
    begin = start
    for at in range(start + 1, end + 1):
        run, white, last = runs[begin], whites[begin - start], whites[at - 1 - start]
        if at < end and runs[at] is run and fonts[at] is fonts[begin] and last == white:
            continue
        width = sum(owns[begin:at]) + white * (at - begin - 1)
        text = "".join(glyphs.signs[begin:at])
        pieces.append(Piece(x, text, fonts[begin].name, run.look, run.link, white, width))
        x += width + last
        begin = at
    return tuple(pieces)
