"""A described chart drawn: as a display list for vector output, or as a PNG for Word.

Goes in: a `model.Chart`, the house style, optionally an office's fonts folder. Comes out: `Drawing` or bytes; the same
input gives the same bytes. A chart without rows is a ReportgenError: describing functions return None instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.charts.pixels import pixels
from reportgen.errors import ReportgenError
from reportgen.house import House
from reportgen.model import Chart, Drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from reportgen.charts.sheet import Sheet


def load() -> None:
    """Load what drawing needs, and let matplotlib look for fonts, so that processes forked from this one need not."""
    _quieten()
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401


def _quieten() -> None:
    # Its remarks about a missing cache folder would be the only mail of a quiet night.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def draw(chart: Chart, house: House, fonts: Path | None = None) -> Drawing:
    """The chart as a display list in points, `chart.width` mm wide and as high as its rows need."""
    return _recorded(_sheet(chart, house, fonts).figure)


def png(chart: Chart, house: House, fonts: Path | None = None) -> bytes:
    """The chart as a PNG of 200 dpi on white, without metadata."""
    return pixels(_sheet(chart, house, fonts).figure)


def draw_both(chart: Chart, house: House, fonts: Path | None = None) -> tuple[Drawing, bytes]:
    """What `draw` and `png` give, laid out once."""
    figure = _sheet(chart, house, fonts).figure
    return _recorded(figure), pixels(figure)


def _recorded(figure: Figure) -> Drawing:
    from reportgen.charts.recorder import record

    return record(figure)


def _sheet(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    _quieten()
    if not chart.bars:
        raise ReportgenError(f"the chart {chart.id} has nothing to draw", hint="leave it out of the briefing")
    from reportgen.charts.bars import draw_bars
    from reportgen.charts.bullets import draw_bullets
    from reportgen.charts.heat import draw_heat
    from reportgen.charts.lollipops import draw_lollipops
    from reportgen.charts.panels import draw_panels

    kinds: Mapping[str, Callable[[Chart, House, Path | None], Sheet]] = {
        "bars": draw_bars,
        "share": draw_bars,
        "progress": draw_bullets,
        "growth": draw_lollipops,
        "series": draw_panels,
        "coverage": draw_heat,
    }
    return kinds[chart.kind](chart, house, fonts)
