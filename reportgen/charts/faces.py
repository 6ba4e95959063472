"""Font files and text widths for charts: what a face can draw, how wide a line of it is.

Goes in: text, face, size. Comes out: text that the face can draw in full (〓 stands for the rest) and widths in points.
Fonts are loaded by path, so no font cache of the machine is read or written.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.fonts import MISSING, coverage, face_path

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

_EM = 1000
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\v\f\u2028\u2029\u00a0", " "))


def drawable(text: str, face: str, folder: Path | None) -> str:
    """One line of text with 〓 for every character that the face has no glyph for; variation selectors vanish.

    >>> drawable("a\\nb", "hei", None)
    'a b'
    """
    known = coverage(face, folder)
    line = text.translate(_SPACES).replace("\ufe0f", "").replace("\u200d", "")
    return "".join(character if ord(character) in known else MISSING for character in line)


@lru_cache(maxsize=32)
def properties(face: str, size: float, folder: Path | None) -> FontProperties:
    """matplotlib's description of a face at a size, by the path of its file."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=face_path(face, folder), size=size)


def _font(path: Path) -> FT2Font:
    from matplotlib.font_manager import get_font

    # matplotlib keeps it, and forgets it in a forked process: two that read one open file disturb each other.
    return get_font(str(path))


@lru_cache(maxsize=20_000)
def _advance(character: str, path: Path) -> float:
    """Advance of a character in thousandths of the type size."""
    from matplotlib.ft2font import LoadFlags

    font = _font(path)
    font.set_size(_EM, 72)
    return float(font.load_char(ord(character), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


def width(text: str, face: str, size: float, folder: Path | None) -> float:
    """Width of a line in points."""
    path = face_path(face, folder)
    return sum(_advance(character, path) for character in text) * size / _EM
