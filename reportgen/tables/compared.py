"""Comparisons as tables: who stands beside whom, shares of the province, per head, progress, series, changes.

Goes in: `model.Comparisons`. Comes out: CSV bytes or DataFrames with exactly these columns, which other programs read.
Computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.model import Comparisons
from reportgen.tables.plain import Plain, csv_bytes

if TYPE_CHECKING:
    from pandas import DataFrame

Rows = Iterator[tuple[Plain, ...]]

COMPARISONS = [
    "indicator_id",
    "indicator",
    "sector",
    "area",
    "value",
    "base_unit",
    "measure",
    "status",
    "period_end",
    "comparable",
    "note",
    "figure_id",
]
PROVINCE_SHARE = [
    "indicator_id",
    "period_end",
    "province",
    "province_value",
    "area",
    "area_value",
    "share",
    "province_figure_id",
    "figure_id",
]
PROGRESS = [
    "area",
    "indicator_id",
    "period_end",
    "target_value",
    "actual_value",
    "completion",
    "year_elapsed",
    "verdict",
    "target_figure_id",
    "figure_id",
]
SERIES = ["area", "indicator_id", "period_end", "value", "base_unit", "growth_stated", "growth_computed", "figure_id"]
PER_HEAD = [
    "indicator_id",
    "indicator",
    "area",
    "value",
    "base_unit",
    "status",
    "period_end",
    "residents",
    "residents_year",
    "residents_source",
    "per_head",
    "per_head_unit",
    "figure_id",
]
PROVINCE_SUMS = [
    "indicator_id",
    "indicator",
    "period_end",
    "province",
    "province_value",
    "base_unit",
    "known_total",
    "share",
    "known_areas",
    "prefectures",
    "reaches",
    "province_figure_id",
    "figure_ids",
]
CHANGES = [
    "month",
    "kind",
    "area",
    "indicator_id",
    "indicator",
    "measure",
    "status",
    "base_unit",
    "period_before",
    "value_before",
    "period",
    "value",
    "difference",
    "growth",
    "figure_id_before",
    "figure_id",
]


def _comparisons(comparisons: Comparisons) -> Rows:
    for row in comparisons.between_areas:
        for figure in row.figures:
            yield (
                *(row.indicator_id, row.indicator, row.sector, figure.area, figure.value, row.base_unit, row.measure),
                *(figure.status, figure.period_end, row.comparable and figure.id not in row.notes),
                *(row.notes.get(figure.id, ""), figure.id),
            )


def _province_share(comparisons: Comparisons) -> Rows:
    for row in comparisons.province_shares:
        yield (
            *(row.indicator_id, row.area.period_end, row.province.area, row.province.value),
            *(row.area.area, row.area.value, row.share, row.province.id, row.area.id),
        )


def _progress(comparisons: Comparisons) -> Rows:
    for row in comparisons.progress:
        yield (
            *(row.area, row.indicator_id, row.target.period_end, row.target.value, row.actual.value),
            *(row.completion, row.year_elapsed, row.verdict, row.target.id, row.actual.id),
        )


def _series(comparisons: Comparisons) -> Rows:
    for series in comparisons.series:
        for point in series.points:
            yield (
                *(series.area, series.indicator_id, point.figure.period_end, point.figure.value, series.base_unit),
                *(point.growth_stated, point.growth_computed, point.figure.id),
            )


def _per_head(comparisons: Comparisons) -> Rows:
    for row in comparisons.between_areas:
        for head in row.per_head:
            yield (
                *(row.indicator_id, row.indicator, head.figure.area, head.figure.value, row.base_unit),
                *(head.figure.status, head.figure.period_end, head.residents, head.year, head.source),
                *(head.value, head.unit, head.figure.id),
            )


def _province_sums(comparisons: Comparisons) -> Rows:
    for row in comparisons.province_sums:
        yield (
            *(row.indicator_id, row.indicator, row.province.period_end, row.province.area, row.province.value),
            *(row.province.base_unit, row.total, row.share, "、".join(area.area for area in row.areas)),
            *(row.prefectures, row.reaches, row.province.id, "、".join(area.id for area in row.areas)),
        )


def _changes(comparisons: Comparisons) -> Rows:
    for change in comparisons.news.changes if comparisons.news else ():
        yield (
            *(comparisons.news.month if comparisons.news else "", change.kind, change.area),
            *(change.indicator_id, change.indicator, change.after.measure, change.after.status),
            *(change.after.base_unit, change.before.period, change.before.value, change.after.period),
            *(change.after.value, change.difference, change.growth, change.before.id, change.after.id),
        )


_TABLES: Mapping[str, tuple[Sequence[str], Callable[[Comparisons], Rows]]] = {
    "comparisons": (COMPARISONS, _comparisons),
    "province_share": (PROVINCE_SHARE, _province_share),
    "progress": (PROGRESS, _progress),
    "series": (SERIES, _series),
    "per_head": (PER_HEAD, _per_head),
    "province_sums": (PROVINCE_SUMS, _province_sums),
    "changes": (CHANGES, _changes),
}


def _csv(name: str, comparisons: Comparisons) -> bytes:
    head, rows = _TABLES[name]
    return csv_bytes(head, rows(comparisons))


def comparison_frames(comparisons: Comparisons) -> dict[str, DataFrame]:
    """Every table of this module by name: values are Decimal, unknown is None, `comparable` is bool."""
    from pandas import DataFrame

    return {
        name: DataFrame(list(rows(comparisons)), columns=list(head), dtype=object)
        for name, (head, rows) in _TABLES.items()
    }


def comparisons_csv(comparisons: Comparisons) -> bytes:
    """One line a figure; `comparable` is 1 where the figure may be ranked with its like, else the note says why not."""
    return _csv("comparisons", comparisons)


def province_share_csv(comparisons: Comparisons) -> bytes:
    """One line a pair of province and area; `share` in %."""
    return _csv("province_share", comparisons)


def progress_csv(comparisons: Comparisons) -> bytes:
    """One line a target with its actual; `period_end` is the target's, `completion` and `year_elapsed` in %."""
    return _csv("progress", comparisons)


def series_csv(comparisons: Comparisons) -> bytes:
    """One line a point, oldest first; growth in %, empty where unknown."""
    return _csv("series", comparisons)


def per_head_csv(comparisons: Comparisons) -> bytes:
    """One line a compared figure whose area's residents are known; money for one resident, the rest for 10 000."""
    return _csv("per_head", comparisons)


def province_sums_csv(comparisons: Comparisons) -> bytes:
    """One line a province's value: what its known prefectures add up to, and whether that reaches it."""
    return _csv("province_sums", comparisons)


def changes_csv(comparisons: Comparisons) -> bytes:
    """One line a value that a month's documents state beside the last known one; none where no month was asked for."""
    return _csv("changes", comparisons)
