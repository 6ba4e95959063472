"""Replays a chart's display list on the page: paths as vectors, text as text in the embedded faces."""

from __future__ import annotations

import math
from itertools import groupby

from reportgen.model import Drawing, PathOp, TextOp
from reportgen.render.pdf.faces import Faces
from reportgen.render.pdf.pen import Pen, number, rgb

_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def draw_drawing(pen: Pen, faces: Faces, drawing: Drawing, x: float, top: float, scale: float) -> None:
    """Draw with the upper left corner at (x, top), everything `scale` times as large."""
    code = [f"q {scale:.5f} 0 0 {scale:.5f} {number(x)} {number(pen.height - top - drawing.height * scale)} cm"]
    for op in drawing.ops:
        code.append(_path(op) if isinstance(op, PathOp) else _text(pen, faces, op))
    pen.canvas.addLiteral("\n".join([*code, "Q"]))


def _path(op: PathOp) -> str:
    stroked = bool(op.stroke) and op.width > 0
    code = [f"{rgb(op.fill)} rg"] if op.fill else []
    if stroked:
        code.append(f"{rgb(op.stroke)} RG {number(op.width)} w [{' '.join(map(number, op.dash))}] 0 d")
    code += [" ".join([*map(number, numbers), _OPERATORS[step]]) for step, numbers in op.path]
    code.append("B" if op.fill and stroked else "f" if op.fill else "S" if stroked else "n")
    return " ".join(code)


def _text(pen: Pen, faces: Faces, op: TextOp) -> str:
    angle = math.radians(op.angle)
    cos, sin = math.cos(angle), math.sin(angle)
    matrix = f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {number(op.x)} {number(op.y)}"
    drawn = (faces.font(op.face, character) for character in op.text)
    parts = [
        pen.shown(font, op.size, "".join(sign for _, sign in group))
        for font, group in groupby(drawn, key=lambda pair: pair[0].name)
    ]
    return f"BT {rgb(op.colour)} rg {matrix} Tm {' '.join(parts)} ET"
