"""Comparisons as charts: described first (what is shown, under which finding), then drawn.

Goes in: comparisons and figures. Comes out: `Chart`, then `Drawing`, PNG or SVG. matplotlib is loaded when the first
chart is drawn; pyplot never.
"""

from reportgen.charts.draw import draw, png
from reportgen.charts.svg import svg

__all__ = ["draw", "png", "svg"]
