"""Comparisons as charts: described first (what is shown, under which finding), then drawn.

Goes in: comparisons and figures. Comes out: `Chart`, then `Drawing`, PNG or SVG. matplotlib is loaded when the first
chart is drawn; pyplot never.
"""

from reportgen.charts.describe import describe_comparison, describe_growth, describe_progress, describe_shares
from reportgen.charts.describe_time import describe_coverage, describe_outlooks, describe_series
from reportgen.charts.draw import draw, draw_both, load, png
from reportgen.charts.svg import svg

__all__ = [
    "describe_comparison",
    "describe_coverage",
    "describe_growth",
    "describe_outlooks",
    "describe_progress",
    "describe_series",
    "describe_shares",
    "draw",
    "draw_both",
    "load",
    "png",
    "svg",
]
