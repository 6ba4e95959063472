"""Charts -> pictures: each drawn once, and those that an earlier run has drawn taken from the cache.

In: charts by name, and a digest of what gives a page its look. Out: what became of each. Under --force all are drawn.
A chart that takes too long or too much memory is ended with its process; it alone has no picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.executors import is_serial, outcomes
from reportgen.house import House, load_house
from reportgen.model import Chart, Picture
from reportgen.pipeline import cache, inputs
from reportgen.pipeline.child import Lost, answers
from reportgen.pipeline.documents import Failure, StageError, failure, stage
from reportgen.pipeline.pictures import draw
from reportgen.pipeline.printing import BOUNDS, HOUSE, lost
from reportgen.pipeline.request import Request

_FOLDER = "charts"
_CACHE_MEGABYTES = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of one chart, by its id."""

    id: str
    picture: Picture | None = None
    failure: Failure | None = None


def draw_all(request: Request, charts: Mapping[str, Chart], look: str) -> dict[str, Drawn]:
    """What becomes of each of `charts`. Raises UsageError for a mistake in the house style."""
    folder = request.out / cache.FOLDER / _FOLDER
    house = load_house(request.templates / HOUSE)
    keys = {name: inputs.combined({"chart": repr(chart), "look": look}) for name, chart in charts.items()}
    drawn: dict[str, Drawn] = {}
    for name, chart in charts.items():
        picture = None if request.force else cache.recall(folder, keys[name], Picture)
        if picture is not None and picture.chart == chart:
            drawn[name] = Drawn(chart.id, picture)
    fresh = {name: chart for name, chart in charts.items() if name not in drawn}
    for name, done in zip(fresh, _drawn(request, list(fresh.values()), house), strict=True):
        drawn[name] = done
        if done.picture is not None and not request.dry_run:
            cache.keep(folder, keys[name], done.picture)
    if fresh and not request.dry_run:
        cache.trim(folder, frozenset(keys.values()), _CACHE_MEGABYTES)
    return drawn


def _drawn(request: Request, charts: Sequence[Chart], house: House) -> Iterator[Drawn]:
    if is_serial(request.jobs):
        work = partial(draw_one, house=house, fonts=request.fonts)
        found = answers(charts, work, Drawn, BOUNDS, fits=_is_of, prepare=_load)
        for chart, answer in zip(charts, found, strict=True):
            yield Drawn(chart.id, failure=lost(chart.id, answer)) if isinstance(answer, Lost) else answer
        return
    for chart, outcome in zip(charts, outcomes(request.jobs, draw_one, charts, house, request.fonts), strict=True):
        yield outcome.value or Drawn(chart.id, failure=_failure(chart, outcome.error or RuntimeError()))


def draw_one(chart: Chart, house: House, fonts: Path | None) -> Drawn:
    """One chart drawn, in whatever process. Never raises an Exception."""
    try:
        with stage("charts", chart.id):
            return Drawn(chart.id, draw(chart, house, fonts))
    except ReportgenError as error:
        return Drawn(chart.id, failure=_failure(chart, error))


def _failure(chart: Chart, error: BaseException) -> Failure:
    known = error if isinstance(error, ReportgenError) else StageError("charts", chart.id, error)
    return failure(known, chart.id)


def _is_of(chart: Chart, drawn: Drawn) -> bool:
    return drawn.id == chart.id


def _load(_: Chart) -> None:
    from reportgen import charts

    charts.load()
