"""The five faces as reportlab fonts: registered once a process, with their character widths.

A face and a text go in, widths and the font to draw each part with come out. A character that an office's own font
lacks is taken from a shipped face; one that no face has is drawn as 〓.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from reportgen.errors import UsageError
from reportgen.fonts import FACES, MISSING, SHIPPED, face_path


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A registered font: its name for reportlab and the width of each character in em.

    `letters`: the same by the character itself, without control characters.
    """

    name: str
    widths: Mapping[int, float]
    letters: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """For every face the fonts to try, in order."""

    chains: Mapping[str, tuple[Font, ...]]

    def font(self, face: str, character: str) -> tuple[Font, str]:
        """The font that draws `character` in `face`, and what it draws: the character or 〓."""
        code = ord(character)
        chain = self.chains[face]
        for font in chain:
            if code in font.widths:
                return font, character
        return next(font for font in chain if ord(MISSING) in font.widths), MISSING

    def width(self, face: str, text: str, size: float) -> float:
        """Width of `text` in pt, without tracking."""
        first = self.chains[face][0].widths
        total = 0.0
        for character in text:
            width = first.get(ord(character))
            if width is None:
                font, drawn = self.font(face, character)
                width = font.widths[ord(drawn)]
            total += width
        return total * size


@lru_cache(maxsize=8)
def load_faces(folder: Path | None = None) -> Faces:
    """Register the fonts of all faces. Raises UsageError for a font that cannot be used."""
    chains = {}
    for face in FACES:
        own, shipped = face_path(face, folder), SHIPPED / f"{face}.ttf"
        # After the face itself the shipped hei: what no face of an office draws, it does.
        paths = dict.fromkeys([own, shipped, SHIPPED / "hei.ttf", SHIPPED / "song.ttf"])
        chains[face] = tuple(_register(path) for path in paths)
    return Faces(chains)


@lru_cache(maxsize=32)
def _register(path: Path) -> Font:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = path.stem if path.parent == SHIPPED else str(path)
    try:
        font = TTFont(name, str(path), asciiReadable=0, shapable=False)
    except (TTFError, OSError) as error:
        raise UsageError(f"this font cannot be used: {error}", where=str(path), hint="another .ttf file") from error
    # A subset is cut out of the whole table of outlines, some megabytes, which reportlab would copy each time.
    font.face.get_table = cache(font.face.get_table)  # type: ignore[method-assign]
    pdfmetrics.registerFont(font)
    widths = {code: width / 1000 for code, width in font.face.charWidths.items()}
    return Font(name, widths, {chr(code): width for code, width in widths.items() if code >= 0x20})
