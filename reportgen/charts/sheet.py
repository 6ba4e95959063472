"""A matplotlib Figure with millimetres on it: boxes, lines, dots and text placed from the top left corner.

Goes in: shapes in mm, looks by role and colour name of the house. Comes out: the Figure, without pyplot, axes or
layout engine: every position is fixed by the caller, so drawing is fast and the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportgen.charts import faces
from reportgen.house import House

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.transforms import Transform

MM = 72 / 25.4
"""Points in a millimetre."""
HATCH_LINE = 0.6
"""pt."""
HATCH_STEP = 1.55
"""mm between hatch lines along the axis."""
Anchor = Literal["left", "centre", "right"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing surface of `width` x `height` mm; y runs down from the top edge."""

    figure: Figure
    width: float
    height: float
    house: House
    fonts: Path | None

    def colour(self, name: str) -> str:
        """A colour of the house by name; white is paper."""
        return "#FFFFFF" if name == "white" else str(getattr(self.house.colours, name))

    def path(
        self,
        lines: Iterable[Sequence[Point]],
        *,
        fill: str = "",
        stroke: str = "",
        width: float = 0.0,
        dash: tuple[float, ...] = (),
        closed: bool = False,
    ) -> None:
        """Polylines or polygons (`closed`) through points in mm; `fill` and `stroke` are #RRGGBB, widths in pt."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        points: list[Point] = []
        codes: list[int] = []
        for line in lines:
            points += [(x, self.height - y) for x, y in line]
            codes += [int(Outline.MOVETO), *[int(Outline.LINETO)] * (len(line) - 1)]
            if closed:
                points.append((0.0, 0.0))
                codes.append(int(Outline.CLOSEPOLY))
        if points:
            self._add(PathPatch(Outline(points, codes)), fill, stroke, width, dash)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.0,
        dash: tuple[float, ...] = (),
        hatch: bool = False,
    ) -> None:
        """A rectangle with its upper left corner at (x, y); `hatch` rules it at 45 degrees inside its outline."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        if hatch and fill:
            self.path([corners], fill=fill, closed=True)
        if hatch:
            self.path(hatching(x, y, width, height), stroke=stroke, width=HATCH_LINE)
        self.path([corners], fill="" if hatch else fill, stroke=stroke, width=line, dash=dash, closed=True)

    def line(self, start: Point, end: Point, colour: str, width: float, dash: tuple[float, ...] = ()) -> None:
        """A straight line, width and dash in pt."""
        self.path([(start, end)], stroke=colour, width=width, dash=dash)

    def dot(self, x: float, y: float, diameter: float, colour: str, *, hollow: bool = False) -> None:
        """A dot, diameter in pt: solid for actual, hollow for target."""
        from matplotlib.patches import Circle

        line = 1.3 if hollow else 0.0
        circle = Circle((x, self.height - y), (diameter - line) / 2 / MM)
        self._add(circle, self.colour("white") if hollow else colour, colour if hollow else "", line, ())

    def text(
        self, x: float, y: float, text: str, role: str, *, anchor: Anchor = "left", colour: str = "", size: float = 0.0
    ) -> float:
        """One line of text on the baseline y, anchored at x; returns its width in mm."""
        from matplotlib.text import Text

        look = self.house.role(role)
        size = size or look.size
        line = faces.drawable(text, look.face, self.fonts)
        wide = faces.width(line, look.face, size, self.fonts) / MM
        left = x - {"left": 0.0, "centre": wide / 2, "right": wide}[anchor]
        drawn = Text(
            left,
            self.height - y,
            line,
            fontproperties=faces.properties(look.face, size, self.fonts),
            color=colour or look.colour,
            parse_math=False,
            verticalalignment="baseline",
        )
        drawn.set_gid(look.face)
        self._place(drawn)
        return wide

    def text_width(self, text: str, role: str, size: float = 0.0) -> float:
        """Width in mm of one line in a role."""
        return text_width(text, role, self.house, self.fonts, size)

    def _add(self, patch: Patch, fill: str, stroke: str, width: float, dash: tuple[float, ...]) -> None:
        patch.set_facecolor(fill or "none")
        patch.set_edgecolor(stroke or "none")
        patch.set_linewidth(width)
        patch.set_joinstyle("miter")
        patch.set_capstyle("butt")
        if dash:
            patch.set_linestyle((0, tuple(length / width for length in dash)))
        self._place(patch)

    def _place(self, artist: Artist) -> None:
        artist.set_transform(millimetres(self.figure))
        artist.set_zorder(1)
        artist.set_clip_on(False)
        self.figure.add_artist(artist)


def millimetres(figure: Figure) -> Transform:
    """The transform from mm to the figure's pixels, whatever its resolution."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / 25.4) + figure.dpi_scale_trans


def new_sheet(width: float, height: float, house: House, fonts: Path | None) -> Sheet:
    """An empty sheet; sizes in mm."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 25.4, height / 25.4), dpi=72, facecolor="white", edgecolor="none")
    return Sheet(figure, width, height, house, fonts)


def text_width(text: str, role: str, house: House, fonts: Path | None, size: float = 0.0) -> float:
    """Width in mm of one line in a role of the house."""
    look = house.role(role)
    line = faces.drawable(text, look.face, fonts)
    return faces.width(line, look.face, size or look.size, fonts) / MM


def hatching(x: float, y: float, width: float, height: float) -> list[tuple[Point, Point]]:
    """Lines at 45 degrees inside a rectangle, rising to the right, HATCH_STEP mm apart along its lower edge."""
    lines = []
    count = int((width + height) / HATCH_STEP)
    for number in range(1, count + 1):
        along = number * HATCH_STEP
        left, right = max(0.0, along - height), min(width, along)
        if right > left:
            # The line leaves the left edge `along` below the top, or the lower edge once that is passed.
            lines.append(((x + left, y + along - left), (x + right, y + along - right)))
    return lines
