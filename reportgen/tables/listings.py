"""The sheets of tables.xlsx that list rows: 地区对照, 占全省份额, 目标, 进度, 序列.

Goes in: figures and comparisons. Comes out: heads and rows of plain values and figures; computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.model import Comparisons, Figure, Source
from reportgen.notation import period_text, status_word
from reportgen.tables.plain import Plain
from reportgen.tables.sectors import area_order
from reportgen.vocabulary import Vocabulary

DERIVED = "完成率、时序、份额和推算增长由本程序按所列两数算出，保留一位小数；空格为材料未公布。"


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet: a figure in a row is written as its value with its qualifier; `note` stands below the rows."""

    title: str
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Plain | Figure, ...], ...]
    note: str = ""


def listings(
    figures: Sequence[Figure], comparisons: Comparisons, sources: Mapping[str, Source], vocabulary: Vocabulary
) -> tuple[Listing, ...]:
    """The sheets in their order; a sheet without rows says so by having none."""
    return (
        Listing(
            "地区对照",
            ("指标", "单位", "地区", "数值", "目标/实际", "时期", "可比", "说明", "出处"),
            (28, 8, 12, 14, 10, 16, 6, 50, 30),
            tuple(
                (
                    row.indicator,
                    row.base_unit,
                    figure.area,
                    figure,
                    status_word(figure.status),
                    period_text(figure.period, figure.status),
                    "是" if row.comparable and figure.id not in row.notes else "否",
                    row.notes.get(figure.id, ""),
                    _source(figure, sources),
                )
                for row in comparisons.between_areas
                for figure in row.figures
            ),
        ),
        Listing(
            "占全省份额",
            ("地区", "指标", "单位", "地区数", "全省数", "占全省（%）", "目标/实际", "时期"),
            (12, 28, 8, 14, 14, 12, 10, 16),
            tuple(
                (
                    row.area.area,
                    row.indicator,
                    row.area.base_unit,
                    row.area,
                    row.province,
                    row.share,
                    status_word(row.area.status),
                    period_text(row.area.period, row.area.status),
                )
                for row in comparisons.province_shares
            ),
            DERIVED,
        ),
        Listing(
            "目标",
            ("地区", "领域", "指标", "目标值", "单位", "期限", "出处"),
            (12, 14, 32, 14, 8, 16, 30),
            tuple(_targets(figures, sources, vocabulary)),
        ),
        Listing(
            "进度",
            ("地区", "指标", "目标值", "实际值", "单位", "目标期限", "实际时期", "完成率（%）", "时序（%）", "判断"),
            (12, 32, 14, 14, 8, 14, 16, 11, 10, 12),
            tuple(
                (
                    row.area,
                    row.indicator or row.target.indicator,
                    row.target,
                    row.actual,
                    row.target.base_unit,
                    period_text(row.target.period, "target"),
                    period_text(row.actual.period, "actual"),
                    row.completion,
                    row.year_elapsed,
                    row.verdict_text,
                )
                for row in comparisons.progress
            ),
            DERIVED,
        ),
        Listing(
            "序列",
            ("地区", "指标", "单位", "时期", "数值", "材料所述增长（%）", "推算增长（%）", "出处"),
            (12, 30, 8, 16, 14, 12, 12, 30),
            tuple(
                (
                    row.area,
                    row.indicator,
                    row.base_unit,
                    period_text(point.figure.period, point.figure.status),
                    point.figure,
                    point.growth_stated,
                    point.growth_computed,
                    _source(point.figure, sources),
                )
                for row in comparisons.series
                for point in row.points
            ),
            DERIVED,
        ),
    )


def _targets(
    figures: Iterable[Figure], sources: Mapping[str, Source], vocabulary: Vocabulary
) -> Iterator[tuple[Plain | Figure, ...]]:
    targets = [figure for figure in figures if figure.status == "target"]
    order = {area: place for place, area in enumerate(area_order({figure.area for figure in targets}, vocabulary))}
    for figure in sorted(targets, key=lambda figure: (order[figure.area], figure.period_end, figure.doc, figure.start)):
        sector = vocabulary.sector_by_code.get(figure.sector)
        yield (
            figure.area,
            sector.name if sector else figure.sector,
            figure.indicator,
            figure,
            figure.base_unit,
            period_text(figure.period, figure.status),
            _source(figure, sources),
        )


def _source(figure: Figure, sources: Mapping[str, Source]) -> str:
    source = sources.get(figure.doc)
    return source.title if source else figure.doc
