"""Which charts a briefing gets, and their drawing: each chart once, however many briefings print it.

In: an issue and a subject. Out: pictures in the order in which a briefing prints them; numbers are given there.
A chart that shows nothing that a reader could compare is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.house import House
from reportgen.model import Chart, Comparison, Picture
from reportgen.pipeline.issue import Issue, Subject

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

    yield charts.describe_growth([figure for figure in issue.figures if figure.area == area])
    for sector in issue.sectors:
        pairs = [pair for pair in issue.comparisons.progress if pair.area == area and pair.target.sector == sector.code]
        yield charts.describe_progress(pairs) if len(pairs) >= _FEWEST_PAIRS else None
        lines = [line for line in issue.comparisons.series if line.area == area]
        yield charts.describe_series([line for line in lines if line.points[0].figure.sector == sector.code])
        counties = [c for c in issue.comparisons.between_areas if c.sector == sector.code and _within(issue, c, area)]
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


def _within(issue: Issue, comparison: Comparison, area: str) -> bool:
    """Whether enough parts of `area`, as its own documents report them, differ so that a chart shows something."""
    areas = {source.doc: source.area for source in issue.sources}
    own = all(areas[figure.doc] == area != figure.area for figure in comparison.figures)
    values = {figure.value for figure in comparison.figures}
    return own and comparison.comparable and len(values) >= _FEWEST_COUNTIES


def _reporting(issue: Issue, comparison: Comparison) -> int:
    """How many areas' documents report the figures; the counties of one city stand in one document."""
    areas = {source.doc: source.area for source in issue.sources}
    return len({areas[figure.doc] for figure in comparison.figures})


def _rank(issue: Issue, comparison: Comparison) -> tuple[bool, int, int, str, str]:
    """Like with like first, then the most areas, then what weighs most."""
    weight = max(issue.summary.weights.get(figure.id, 0) for figure in comparison.figures)
    areas = len({figure.area for figure in comparison.figures})
    return (not comparison.comparable, -areas, -weight, comparison.indicator_id, comparison.measure)
