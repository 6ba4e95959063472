"""matplotlib's drawing calls recorded as a display list: paths stay paths, text stays text.

Goes in: a Figure. Comes out: a `model.Drawing` in points, origin at the lower left, that the PDF, html and SVG
renderers replay. It never rasterises and never turns text into outlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path

from reportgen.model import Drawing, PathOp, TextOp

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

_LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
PLACES = 3
"""Decimals of a point that are kept: finer than any printer, and the same on every machine."""


class Recorder(RendererBase):
    """A renderer whose only output is `ops`."""

    def __init__(self, width: float, height: float) -> None:
        """Page size in points."""
        super().__init__()
        self._size = width, height
        self.ops: list[PathOp | TextOp] = []

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """Record one path with its fill and stroke."""
        stroke, width = _colour(gc.get_rgb()), float(gc.get_linewidth())
        fill = _colour(rgbFace)
        if not width or gc.get_alpha() == 0 or gc.get_rgb()[3] == 0:
            stroke, width = "", 0.0
        dash = tuple(round(float(length), PLACES) for length in cast("Sequence[float]", gc.get_dashes()[1] or ()))
        if fill or stroke:
            self.ops.append(PathOp(_steps(path, transform), fill, stroke, width, dash))

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Record one line of text at its left base point; its face travels as the text's gid."""
        face = str(mtext.get_gid()) if mtext is not None else ""
        place = round(float(x), PLACES), round(float(y), PLACES)
        self.ops.append(TextOp(*place, s, face, float(prop.get_size_in_points()), _colour(gc.get_rgb()), float(angle)))

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Nothing: every line is placed by its left base point already."""
        return 0.0, 0.0, 0.0

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Page size in points."""
        return self._size

    def points_to_pixels(self, points: Any) -> Any:
        """A point is the unit."""
        return points

    def flipy(self) -> bool:
        """The origin is at the lower left."""
        return False


def _colour(colour: Any) -> str:
    if colour is None or (len(colour) == 4 and colour[3] == 0):
        return ""
    return to_hex(colour).upper()


def _steps(path: Path, transform: Transform) -> tuple[tuple[str, tuple[float, ...]], ...]:
    steps = []
    for points, code in path.iter_segments(transform, simplify=False, curves=True):
        letter = _LETTERS[code]
        steps.append((letter, () if letter == "Z" else tuple(round(float(value), PLACES) for value in points)))
    return tuple(steps)


def record(figure: Figure) -> Drawing:
    """The display list of a figure at 72 dpi, without its background."""
    width, height = (float(length) * 72 for length in figure.get_size_inches())
    renderer = Recorder(width, height)
    background = figure.patch.get_visible()
    figure.patch.set_visible(False)
    figure.draw(renderer)
    figure.patch.set_visible(background)
    return Drawing(round(width, PLACES), round(height, PLACES), tuple(renderer.ops))
