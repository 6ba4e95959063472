"""A chart's display list as inline SVG: paths and text, no scripts, no references.

The drawing's origin is bottom left, that of SVG top left; lengths stay points.
"""

from __future__ import annotations

from reportgen.model import Drawing, PathOp, TextOp
from reportgen.render.html.spans import text


def svg(drawing: Drawing, title: str) -> str:
    """The drawing, as wide as its place allows; `title` is the alternative text."""
    body = "".join(_path(op, drawing) if isinstance(op, PathOp) else _text(op, drawing) for op in drawing.ops)
    return (
        f'<svg role="img" aria-label="{text(title)}" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" '
        f'style="max-width:{_n(drawing.width * 1.35)}pt">{body}</svg>'
    )


def _path(op: PathOp, drawing: Drawing) -> str:
    steps = []
    for step, numbers in op.path:
        flipped = [drawing.height - number if index % 2 else number for index, number in enumerate(numbers)]
        steps.append(step + " ".join(map(_n, flipped)))
    attributes = f' fill="{text(op.fill) or "none"}"'
    if op.stroke and op.width > 0:
        attributes += f' stroke="{text(op.stroke)}" stroke-width="{_n(op.width)}"'
        if op.dash:
            attributes += f' stroke-dasharray="{" ".join(map(_n, op.dash))}"'
    return f'<path d="{"".join(steps)}"{attributes}/>'


def _text(op: TextOp, drawing: Drawing) -> str:
    x, y = _n(op.x), _n(drawing.height - op.y)
    turn = f' transform="rotate({_n(-op.angle)} {x} {y})"' if op.angle else ""
    return (
        f'<text x="{x}" y="{y}" class="{text(op.face)}" font-size="{_n(op.size)}" fill="{text(op.colour)}"{turn}>'
        f"{text(op.text)}</text>"
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
