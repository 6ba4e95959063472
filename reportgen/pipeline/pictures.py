"""Which charts a briefing gets, and their drawing: each chart once, however many briefings print it.

In: an issue and a subject. Out: pictures in the order in which a briefing prints them; numbers are given there.
A chart that shows nothing that a reader could compare is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from reportgen.house import House
from reportgen.model import Chart, Comparison, Figure, Picture, Progress, Series
from reportgen.pipeline.issue import Issue, Subject

Value = TypeVar("Value")

_MOST_COMPARISONS = 3
_MOST_IN_MONTH = 4
_FEWEST_SHARES = 3
_FEWEST_PAIRS = 2
_FEWEST_COUNTIES = 4


@dataclass(slots=True)
class Studio:
    """Draws charts by the house style; what was drawn once is handed out again."""

    house: House
    fonts: Path | None
    _drawn: dict[str, Picture] = field(default_factory=dict)

    def picture(self, chart: Chart) -> Picture:
        """The chart as vectors and as pixels."""
        key = repr(chart)
        if key not in self._drawn:
            self._drawn[key] = draw(chart, self.house, self.fonts)
        return self._drawn[key]


def draw(chart: Chart, house: House, fonts: Path | None) -> Picture:
    """A chart as vectors and as pixels, in whatever process."""
    from reportgen import charts

    return Picture(chart, *charts.draw_both(chart, house, fonts), 0)


def charts_of(issue: Issue, subject: Subject) -> tuple[Chart, ...]:
    """What the pictures of one briefing show."""
    chosen: dict[str, Callable[[Issue, str], Iterator[Chart | None]]] = {
        "area": _of_area,
        "sector": _of_sector,
        "month": _of_month,
    }
    return tuple(chart for chart in chosen[subject.kind.each](issue, subject.name) if chart is not None)


def _of_area(issue: Issue, area: str) -> Iterator[Chart | None]:
    """Growth over all sectors, then sector by sector: progress, series, and how its counties compare."""
    from reportgen import charts

    sight = _sight(issue)
    yield charts.describe_growth(sight.figures.get(area, ()))
    for sector in issue.sectors:
        pairs = [pair for pair in sight.progress.get(area, ()) if pair.target.sector == sector.code]
        yield charts.describe_progress(pairs) if len(pairs) >= _FEWEST_PAIRS else None
        lines = [line for line in sight.series.get(area, ()) if line.points[0].figure.sector == sector.code]
        yield charts.describe_series(lines)
        counties = [c for c in sight.within.get(area, ()) if c.sector == sector.code]
        for comparison in sorted(counties, key=lambda comparison: _rank(issue, comparison))[:1]:
            yield charts.describe_comparison(comparison)


def _of_sector(issue: Issue, code: str) -> Iterator[Chart | None]:
    """The best comparisons between areas, then shares of the province, then progress."""
    from reportgen import charts

    # a chart cites its figures, so they must stand in documents of the sector
    docs = {figure.doc for figure in issue.figures if figure.sector == code}
    compared = [c for c in _best(issue, code) if docs.issuperset(figure.doc for figure in c.figures)]
    for comparison in compared[:_MOST_COMPARISONS]:
        yield charts.describe_comparison(comparison)
    shares = [share for share in issue.comparisons.province_shares if share.area.sector == code]
    shares = [share for share in shares if docs >= {share.area.doc, share.province.doc}]
    yield charts.describe_shares(shares) if len(shares) >= _FEWEST_SHARES else None
    pairs = [pair for pair in issue.comparisons.progress if pair.target.sector == code]
    pairs = [pair for pair in pairs if docs >= {pair.target.doc, pair.actual.doc}]
    yield charts.describe_progress(pairs) if len(pairs) >= _FEWEST_PAIRS else None


def _of_month(issue: Issue, month: str) -> Iterator[Chart | None]:
    """The best comparison of each sector, the best sectors first; last what the documents cover."""
    from reportgen import charts

    firsts = [best[0] for sector in issue.sectors if (best := _best(issue, sector.code))]
    for comparison in sorted(firsts, key=lambda comparison: _rank(issue, comparison))[:_MOST_IN_MONTH]:
        yield charts.describe_comparison(comparison)
    yield charts.describe_coverage(issue.figures, issue.sources, issue.sectors)


def _best(issue: Issue, code: str) -> Sequence[Comparison]:
    found = [c for c in issue.comparisons.between_areas if c.sector == code and _reporting(issue, c) > 1]
    return sorted(found, key=lambda comparison: _rank(issue, comparison))


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is looked up for every chart: `areas` is document -> area, the others are by area."""

    areas: Mapping[str, str]
    figures: Mapping[str, list[Figure]]
    progress: Mapping[str, list[Progress]]
    series: Mapping[str, list[Series]]
    within: Mapping[str, list[Comparison]]
    """Comparisons of parts of the area that make a chart."""


@lru_cache(maxsize=1)
def _sight(issue: Issue) -> _Sight:
    areas = {source.doc: source.area for source in issue.sources}
    found = issue.comparisons
    return _Sight(
        areas,
        _grouped(issue.figures, lambda figure: figure.area),
        _grouped(found.progress, lambda pair: pair.area),
        _grouped(found.series, lambda line: line.area),
        _grouped((c for c in found.between_areas if _is_within(c, areas)), lambda c: areas[c.figures[0].doc]),
    )


def _grouped(values: Iterable[Value], key: Callable[[Value], str]) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups


def _is_within(comparison: Comparison, areas: Mapping[str, str]) -> bool:
    """Whether enough parts of one area, as its own documents report them, differ so that a chart shows something."""
    area = areas[comparison.figures[0].doc]
    own = all(areas[figure.doc] == area != figure.area for figure in comparison.figures)
    values = {figure.value for figure in comparison.figures}
    return own and comparison.comparable and len(values) >= _FEWEST_COUNTIES


def _reporting(issue: Issue, comparison: Comparison) -> int:
    """How many areas' documents report the figures; the counties of one city stand in one document."""
    areas = _sight(issue).areas
    return len({areas[figure.doc] for figure in comparison.figures})


def _rank(issue: Issue, comparison: Comparison) -> tuple[bool, int, int, str, str]:
    """Like with like first, then the most areas, then what weighs most."""
    alike = [f for f in comparison.figures if f.id not in comparison.notes] if comparison.comparable else []
    ranked = alike or comparison.figures
    weight = max(issue.summary.weights.get(figure.id, 0) for figure in ranked)
    areas = len({figure.area for figure in ranked})
    return (not comparison.comparable, -areas, -weight, comparison.indicator_id, comparison.measure)
