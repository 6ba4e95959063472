"""WordprocessingML as text: the one place where the Word renderer escapes.

`w("p", child, val="x")` gives `<w:p w:val="x">child</w:p>`; children are markup, attribute values are text.
Running text enters only through `text_of`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportgen.ooxml import R, W, printable

NAMESPACES: Final = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def escape(text: object) -> str:
    """Text for an element or a quoted attribute; what XML cannot hold becomes 〓."""
    clean = printable(str(text))
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def w(name: str, /, *children: str, **attributes: object) -> str:
    """A wordprocessing element; an attribute that is None is left out, `id_` writes w:id."""
    written = "".join(
        [f' w:{key.rstrip("_")}="{_attribute(value)}"' for key, value in attributes.items() if value is not None]
    )
    inner = "".join(children)
    return f"<w:{name}{written}>{inner}</w:{name}>" if inner else f"<w:{name}{written}/>"


@lru_cache(maxsize=1 << 12, typed=True)
def _attribute(value: object) -> str:
    """`escape` for the few values that attributes have again and again."""
    return escape(value)


def text_of(text: str) -> str:
    """Run content for a text: w:t, with tabs and line ends as their own elements."""
    if text.isprintable():  # neither tab nor line end
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    parts: list[str] = []
    for number, line in enumerate(text.replace("\r", "").split("\n")):
        if number:
            parts.append("<w:br/>")
        for position, piece in enumerate(line.split("\t")):
            if position:
                parts.append("<w:tab/>")
            if piece:
                parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return "".join(parts)


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * 1440 / 25.4)


def twentieths(pt: float) -> int:
    """Points as twentieths of a point."""
    return round(pt * 20)


def emu(mm: float) -> int:
    """Millimetres as English metric units."""
    return round(mm * 36000)


def border(side: str, kind: str, pt: float, colour: str, space: float = 0) -> str:
    """One border: width in pt (Word counts eighths), colour #RRGGBB, distance in pt."""
    return w(side, val=kind, sz=round(pt * 8), space=round(space), color=colour.lstrip("#"))


def part(root: str, *children: str) -> bytes:
    """A whole part whose root is the wordprocessing element `root`."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{''.join(children)}</w:{root}>".encode()
