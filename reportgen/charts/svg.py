"""A display list as SVG: text stays text, nothing is referenced, the same drawing gives the same bytes.

Goes in: a `model.Drawing`. Comes out: the SVG source as a string.
"""

from __future__ import annotations

from html import escape

from reportgen.model import Drawing, PathOp, TextOp

# What a browser takes where the house's faces are not installed.
FAMILIES = "'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','SimHei',sans-serif"
SERIF_FAMILIES = "'Noto Serif SC','Source Han Serif SC','FangSong','SimSun',serif"
BOLD = {"hei-bold": "700", "song-black": "900"}


def svg(drawing: Drawing, title: str = "") -> str:
    """The drawing as one SVG element; `title` is its accessible name."""
    size = f"{_number(drawing.width)} {_number(drawing.height)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(drawing.width)}pt" '
        f'height="{_number(drawing.height)}pt" viewBox="0 0 {size}" role="img"'
        + (f' aria-label="{escape(title)}">\n<title>{escape(title)}</title>' if title else ">")
    ]
    parts += [_path(op, drawing.height) if isinstance(op, PathOp) else _text(op, drawing.height) for op in drawing.ops]
    return "\n".join([*parts, "</svg>\n"])


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(op: PathOp, height: float) -> str:
    steps = []
    for letter, numbers in op.path:
        flipped = (height - number if place % 2 else number for place, number in enumerate(numbers))
        steps.append(letter + " ".join(_number(number) for number in flipped))
    look = f' fill="{op.fill or "none"}"'
    if op.stroke:
        look += f' stroke="{op.stroke}" stroke-width="{_number(op.width)}"'
    if op.dash:
        look += f' stroke-dasharray="{" ".join(_number(length) for length in op.dash)}"'
    return f'<path d="{"".join(steps)}"{look}/>'


def _text(op: TextOp, height: float) -> str:
    families = SERIF_FAMILIES if op.face.startswith("song") else FAMILIES
    x, y = _number(op.x), _number(height - op.y)
    weight = f' font-weight="{BOLD[op.face]}"' if op.face in BOLD else ""
    turn = f' transform="rotate({_number(-op.angle)} {x} {y})"' if op.angle else ""
    return (
        f'<text x="{x}" y="{y}" font-family="{families}" font-size="{_number(op.size)}"{weight} '
        f'fill="{op.colour}" xml:space="preserve"{turn}>{escape(op.text)}</text>'
    )
