"""Replays a chart's display list on the page: paths as vectors, text as text in the embedded faces."""

from __future__ import annotations

import math

from reportgen.model import Drawing, PathOp, TextOp
from reportgen.render.pdf.faces import Faces
from reportgen.render.pdf.pen import Pen, paint


def draw_drawing(pen: Pen, faces: Faces, drawing: Drawing, x: float, top: float, scale: float) -> None:
    """Draw with the upper left corner at (x, top), everything `scale` times as large."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.translate(x, pen.height - top - drawing.height * scale)
    if scale != 1.0:
        canvas.scale(scale, scale)
    for op in drawing.ops:
        if isinstance(op, PathOp):
            _draw_path(pen, op)
        else:
            _draw_text(pen, faces, op)
    canvas.restoreState()


def _draw_path(pen: Pen, op: PathOp) -> None:
    canvas = pen.canvas
    path = canvas.beginPath()
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for step, numbers in op.path:
        draw[step](*numbers)
    if op.fill:
        canvas.setFillColor(paint(op.fill))
    stroked = bool(op.stroke) and op.width > 0
    if stroked:
        canvas.setStrokeColor(paint(op.stroke))
        canvas.setLineWidth(op.width)
        canvas.setDash(list(op.dash))
    canvas.drawPath(path, stroke=int(stroked), fill=int(bool(op.fill)))


def _draw_text(pen: Pen, faces: Faces, op: TextOp) -> None:
    out = pen.canvas.beginText()
    angle = math.radians(op.angle)
    cos, sin = math.cos(angle), math.sin(angle)
    out.setTextTransform(cos, sin, -sin, cos, op.x, op.y)
    out.setFillColor(paint(op.colour))
    run, used = "", None
    for character in op.text:
        font, drawn = faces.font(op.face, character)
        if used is not None and font is not used:
            out.setFont(used.name, op.size)
            out.textOut(run)
            run = ""
        run, used = run + drawn, font
    if used is not None:
        out.setFont(used.name, op.size)
        out.textOut(run)
    pen.canvas.drawText(out)
