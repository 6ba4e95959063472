"""Charts -> pictures: each drawn once, and those that an earlier run has drawn taken from the cache.

In: charts by name, and a digest of what gives a page its look. Out: an outcome each. Under --force all are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.executors import Outcome, outcomes
from reportgen.house import load_house
from reportgen.model import Chart, Picture
from reportgen.pipeline import cache, inputs
from reportgen.pipeline.pictures import draw
from reportgen.pipeline.printing import HOUSE
from reportgen.pipeline.request import Request

_FOLDER = "charts"
_CACHE_MEGABYTES = 100


def draw_all(request: Request, charts: Mapping[str, Chart], look: str) -> dict[str, Outcome[Picture]]:
    """What becomes of each of `charts`. Raises UsageError for a mistake in the house style."""
    folder = request.out / cache.FOLDER / _FOLDER
    house = load_house(request.templates / HOUSE)
    keys = {name: inputs.combined({"chart": repr(chart), "look": look}) for name, chart in charts.items()}
    drawn: dict[str, Outcome[Picture]] = {}
    for name, chart in charts.items():
        picture = None if request.force else cache.recall(folder, keys[name], Picture)
        if picture is not None and picture.chart == chart:
            drawn[name] = Outcome(picture)
    fresh = {name: chart for name, chart in charts.items() if name not in drawn}
    for name, outcome in zip(fresh, outcomes(request.jobs, draw, fresh.values(), house, request.fonts), strict=True):
        drawn[name] = outcome
        if outcome.value is not None and not request.dry_run:
            cache.keep(folder, keys[name], outcome.value)
    if fresh and not request.dry_run:
        cache.trim(folder, frozenset(keys.values()), _CACHE_MEGABYTES)
    return drawn
