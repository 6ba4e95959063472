"""The sheets of tables.xlsx that list rows: 地区对照, 占全省份额, 目标, 进度, 序列, and 本期变化 in a month's issue.

Goes in: figures and comparisons. Comes out: heads and rows of plain values and figures; computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from reportgen.model import Comparisons, Figure, PerHead, ProvinceSum, Source
from reportgen.notation import period_text, printed_value, source_unit, status_word
from reportgen.tables.plain import Plain
from reportgen.tables.sectors import area_order
from reportgen.vocabulary import Vocabulary

DERIVED = "完成率、时序、份额、合计和推算增长由本程序按所列两数算出，保留一位小数；空格为材料未公布。"
PER_HEAD = "人均（推算）＝数值÷常住人口，钱款按每人、其余按每万人，算式和人口出处见末列；常住人口未知的留空。"
SUM_RULE = "全省合计（推算）为已知各市数之和：达到全省数为“能”，各市齐全仍不足为“不能”，其余为“未知”。"
REACHES = {"yes": "能", "no": "不能", "unknown": "未知"}
CHANGES = {"later": "后期", "revised": "更正"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a figure in a row is written as its value with its qualifier; `note` stands below the rows."""

    title: str
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Plain | Figure, ...], ...]
    note: str = ""


def sheets(
    figures: Sequence[Figure], comparisons: Comparisons, sources: Mapping[str, Source], vocabulary: Vocabulary
) -> tuple[Sheet, ...]:
    """The sheets in their order; a sheet without rows says so by having none."""
    return (
        *_changes(comparisons),
        _between_areas(comparisons, sources),
        _shares(comparisons),
        _targets(figures, comparisons, sources, vocabulary),
        _progress(comparisons),
        _series(comparisons, sources),
    )


def _between_areas(comparisons: Comparisons, sources: Mapping[str, Source]) -> Sheet:
    """Who stands beside whom, with the value for one or for many residents where they are known."""
    heads = {head.figure.id: head for row in comparisons.between_areas for head in row.per_head}
    return Sheet(
        "地区对照",
        (
            *("指标", "单位", "地区", "数值", "目标/实际", "时期", "可比", "说明", "出处"),
            *("人均（推算）", "人均单位", "人均算式和人口出处"),
        ),
        (28, 8, 12, 14, 10, 16, 6, 50, 30, 12, 11, 60),
        tuple(
            (
                row.indicator,
                units(figure),
                figure.area,
                figure,
                status_word(figure.status),
                period_text(figure.period, figure.status),
                "是" if row.comparable and figure.id not in row.notes else "否",
                row.notes.get(figure.id, ""),
                _source(figure, sources),
                *_head(heads.get(figure.id)),
            )
            for row in comparisons.between_areas
            for figure in row.figures
        ),
        PER_HEAD,
    )


def _shares(comparisons: Comparisons) -> Sheet:
    """Parts of the province, those that are only hints last."""
    return Sheet(
        "占全省份额",
        ("地区", "指标", "单位", "地区数", "全省数", "占全省（%）", "目标/实际", "时期", "说明"),
        (12, 28, 8, 14, 14, 12, 10, 16, 60),
        tuple(
            (
                row.area.area,
                row.indicator,
                units(row.area, row.province),
                row.area,
                row.province,
                row.share,
                status_word(row.area.status),
                period_text(row.area.period, row.area.status),
                row.note,
            )
            for row in (*comparisons.province_shares, *comparisons.partial_shares)
        ),
        DERIVED,
    )


def _targets(
    figures: Sequence[Figure], comparisons: Comparisons, sources: Mapping[str, Source], vocabulary: Vocabulary
) -> Sheet:
    """Every target with its deadline."""
    return Sheet(
        "目标",
        ("地区", "领域", "指标", "目标值", "单位", "期限", "出处"),
        (18, 14, 32, 14, 8, 16, 60),
        tuple(_target_rows(figures, comparisons, sources, vocabulary)),
        SUM_RULE if comparisons.province_sums else "",
    )


def _progress(comparisons: Comparisons) -> Sheet:
    """Targets with what has been reached of them."""
    return Sheet(
        "进度",
        ("地区", "指标", "目标值", "实际值", "单位", "目标期限", "实际时期", "完成率（%）", "时序（%）", "判断"),
        (12, 32, 14, 14, 8, 14, 16, 11, 10, 12),
        tuple(
            (
                row.area,
                row.indicator or row.target.indicator,
                row.target,
                row.actual,
                units(row.target, row.actual),
                period_text(row.target.period, "target"),
                period_text(row.actual.period, "actual"),
                row.completion,
                row.year_elapsed,
                row.verdict_text,
            )
            for row in comparisons.progress
        ),
        comparisons.progress_rule or DERIVED,
    )


def _series(comparisons: Comparisons, sources: Mapping[str, Source]) -> Sheet:
    """One value after the other, oldest first."""
    return Sheet(
        "序列",
        ("地区", "指标", "单位", "时期", "数值", "材料所述增长（%）", "推算增长（%）", "出处"),
        (12, 30, 8, 16, 14, 12, 12, 30),
        tuple(
            (
                row.area,
                row.indicator,
                units(point.figure),
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
    )


def units(*figures: Figure) -> str:
    """The units of figures as their sources have them, each once: 万人, or 万元、亿元."""
    return "、".join(dict.fromkeys(source_unit(figure)[1] for figure in figures))


def in_source_unit(value: Decimal, figure: Figure) -> Decimal:
    """A value of the figure's base unit in the unit that its source uses: 3.9 of 39000, for 3.9万人."""
    with localcontext(prec=50):
        return value / source_unit(figure)[0]


def _changes(comparisons: Comparisons) -> tuple[Sheet, ...]:
    """The month's changes, where tables are those of a month's issue."""
    if comparisons.news is None:
        return ()
    return (
        Sheet(
            "本期变化",
            ("地区", "指标", "单位", "上次", "上次时期", "本期", "本期时期", "目标/实际", "变化", "增长（%）", "性质"),
            (12, 30, 8, 14, 16, 14, 16, 10, 14, 10, 8),
            tuple(
                (
                    change.area,
                    change.indicator,
                    units(change.after, change.before),
                    change.before,
                    period_text(change.before.period, change.before.status),
                    change.after,
                    period_text(change.after.period, change.after.status),
                    status_word(change.after.status),
                    in_source_unit(change.difference, change.after),
                    change.growth,
                    CHANGES[change.kind],
                )
                for change in comparisons.news.changes
            ),
            "变化和增长由本程序算出；更正：同一时期公布了另一个数；后期：同一指标公布了较后时期的数。",
        ),
    )


def _head(head: PerHead | None) -> tuple[Plain, Plain, Plain]:
    return (None, "", "") if head is None else (head.value, head.unit, f"{head.formula}，{head.source}")


def _target_rows(
    figures: Iterable[Figure], comparisons: Comparisons, sources: Mapping[str, Source], vocabulary: Vocabulary
) -> Iterator[tuple[Plain | Figure, ...]]:
    """Every target; below a province's what the targets of its cities add up to."""
    sums = {row.province.id: row for row in comparisons.province_sums}
    targets = [figure for figure in figures if figure.status == "target"]
    order = {area: place for place, area in enumerate(area_order({figure.area for figure in targets}, vocabulary))}
    for figure in sorted(targets, key=lambda figure: (order[figure.area], figure.period_end, figure.doc, figure.start)):
        sector = vocabulary.sector_by_code.get(figure.sector)
        yield (
            figure.area,
            sector.name if sector else figure.sector,
            figure.indicator,
            figure,
            units(figure),
            period_text(figure.period, figure.status),
            _source(figure, sources),
        )
        if figure.id in sums:
            yield _sum(sums[figure.id], sector.name if sector else figure.sector)


def _sum(row: ProvinceSum, sector: str) -> tuple[Plain | Figure, ...]:
    parts = "＋".join(f"{part.area}{printed_value(part)}" for part in row.areas)
    known = f"已知{len(row.areas)}市，共{row.prefectures}市；能否达到全省数：{REACHES[row.reaches]}"
    return (
        f"{row.province.area}全省合计",
        sector,
        f"{row.indicator}（推算）",
        in_source_unit(row.total, row.province),
        units(row.province),
        period_text(row.province.period, row.province.status),
        f"{parts}，占全省数的{row.share}%；{known}",
    )


def _source(figure: Figure, sources: Mapping[str, Source]) -> str:
    source = sources.get(figure.doc)
    return source.title if source else figure.doc
