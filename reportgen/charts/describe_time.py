"""Series, two-year views and coverage described as charts.

Goes in: series, outlooks, figures with their sources. Comes out: `model.Chart`, or None where there is nothing to draw.
Two points are never called a trend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportgen.model import Bar, Chart, Figure, Outlook, Series, SeriesPoint, Source
from reportgen.notation import cell_text, period_text, places_text, signed_text
from reportgen.vocabulary import Sector

MOST_PANELS = 12
MOST_POINTS = 6
"""The latest points of a series that a panel shows."""


def describe_series(series: Sequence[Series], *, width: float = 156.0) -> Chart | None:
    """One panel a series, the points in time order, the latest MOST_POINTS of them."""
    if not series:
        return None
    shown = series[:MOST_PANELS]
    bars = tuple(_point(point.figure, row.indicator) for row in shown for point in row.points[-MOST_POINTS:])
    return Chart(
        id=f"series-{shown[0].points[0].figure.id}-{len(series)}",
        kind="series",
        title=_series_title(shown),
        subtitle="各格单位不同，纵轴均从0起；" + _caution(max(len(row.points) for row in shown)),
        unit="",
        bars=bars,
        notes=_left_out(len(series)),
        width=width,
    )


def _series_title(shown: Sequence[Series]) -> str:
    """The finding: how many of the series rose between their last two points."""
    area = shown[0].area if len({row.area for row in shown}) == 1 else places_text(len({row.area for row in shown}))
    if len(shown) == 1:
        return f"{area}{shown[0].indicator}：{_change(*shown[0].points[-2:])}"
    rises = sum(row.points[-1].figure.value > row.points[-2].figure.value for row in shown)
    falls = sum(row.points[-1].figure.value < row.points[-2].figure.value for row in shown)
    counted = ((rises, "升", "均上升"), (falls, "降", "均下降"), (len(shown) - rises - falls, "平", "均持平"))
    found = "".join(
        all_of_them if count == len(shown) else f"{count}{word}" for count, word, all_of_them in counted if count
    )
    return f"{area}{len(shown)}项指标与上一期相比{found}"


def _change(before: SeriesPoint, last: SeriesPoint) -> str:
    """2023年高于2022年，推算+5.0%; the growth that the source states goes before the computed one."""
    word = (
        "持平于"
        if last.figure.value == before.figure.value
        else "高于"
        if last.figure.value > before.figure.value
        else "低于"
    )
    text = f"{period_text(last.figure.period)}{word}{period_text(before.figure.period)}"
    if last.growth_stated is not None:
        return f"{text}，材料称{signed_text(last.growth_stated)}"
    return text if last.growth_computed is None else f"{text}，推算{signed_text(last.growth_computed)}"


def describe_outlooks(outlooks: Sequence[Outlook], *, width: float = 75.5) -> Chart | None:
    """One panel an indicator: last year's actual value and this year's target. Growth rates have their own chart."""
    levels = [outlook for outlook in outlooks if outlook.target.measure != "growth"]
    if not levels:
        return None
    shown = levels[:MOST_PANELS]
    bars = tuple(_point(figure, outlook.indicator) for outlook in shown for figure in (outlook.actual, outlook.target))
    above = sum(outlook.target.value > outlook.actual.value for outlook in shown)
    below = sum(outlook.target.value < outlook.actual.value for outlook in shown)
    area = shown[0].area if len({outlook.area for outlook in shown}) == 1 else "各地"
    parts = [f"{above}项目标高于上年实际"] * bool(above) + [f"{below}项低于上年实际"] * bool(below)
    return Chart(
        id=f"outlook-{shown[0].actual.id}-{len(levels)}",
        kind="series",
        title=f"{area}{len(shown)}项任务两期对照：{'，'.join(parts) or '目标与上年实际持平'}",
        subtitle="各格单位不同，纵轴均从0起；" + _caution(2),
        unit="",
        bars=bars,
        notes=_left_out(len(levels)),
        width=width,
    )


def _point(figure: Figure, indicator: str) -> Bar:
    return Bar(
        label=indicator,
        sublabel=period_text(figure.period, figure.status),
        value=figure.value,
        text=cell_text(figure),
        status=figure.status,
        figure_ids=(figure.id,),
        aside=figure.base_unit,
    )


def _caution(points: int) -> str:
    return "只有两期，不作趋势判断" if points == 2 else "虚线连到目标"


def _left_out(count: int) -> tuple[str, ...]:
    return (f"另有{count - MOST_PANELS}项未画出，见表。",) if count > MOST_PANELS else ()


def describe_coverage(
    figures: Iterable[Figure], sources: Iterable[Source], sectors: Sequence[Sector], *, width: float = 156.0
) -> Chart | None:
    """How many figures each area's documents give on each sector; the newest document first, provinces last."""
    sources = tuple(sources)
    home = {source.doc: source.area for source in sources}
    counts = Counter((home.get(figure.doc, figure.area), figure.sector) for figure in figures)
    if not counts:
        return None
    latest: dict[str, Source] = {}
    for source in sorted(sources, key=lambda source: (source.published, source.doc)):
        latest[source.area] = source
    areas = sorted({area for area, _ in counts}, key=lambda area: _area_order(latest.get(area), area))
    bars = []
    for area in areas:
        cells = tuple(counts[area, sector.code] for sector in sectors)
        bars.append(
            Bar(
                label=area,
                sublabel=period_text(latest[area].month) if area in latest else "",
                value=Decimal(sum(cells)),
                text=str(sum(cells)),
                status="actual",
                figure_ids=(),
                cells=cells,
            )
        )
    return Chart(
        id="coverage",
        kind="coverage",
        title=_coverage_title(bars, [sector.short for sector in sectors]),
        subtitle="各领域数据项数；按发布材料计，含所辖县（区）。地区名后为最近发布时间",
        unit="项",
        bars=tuple(bars),
        columns=tuple(sector.short for sector in sectors),
        width=width,
    )


def _area_order(source: Source | None, area: str) -> tuple[bool, int, str, str]:
    code = source.area_code if source else ""
    return len(code) == 2, -source.published.toordinal() if source else 0, code, area


def _coverage_title(bars: Sequence[Bar], sectors: Sequence[str]) -> str:
    """就业社保、卫生健康五地齐全；经济运行仅阜新市公布."""
    reporting = [[bar.label for bar in bars if bar.cells[place]] for place in range(len(sectors))]
    if len(bars) == 1:
        return f"{bars[0].label}公布{sum(map(bool, reporting))}个领域{bars[0].text}项数据"
    everywhere = [name for name, areas in zip(sectors, reporting, strict=True) if len(areas) == len(bars)]
    single = [(name, areas[0]) for name, areas in zip(sectors, reporting, strict=True) if len(areas) == 1]
    widest = max(range(len(sectors)), key=lambda place: len(reporting[place]))
    parts = [f"{'、'.join(everywhere)}{places_text(len(bars))}齐全"]
    if not everywhere:
        parts = [f"{sectors[widest]}覆盖最广，{places_text(len(bars))}中{places_text(len(reporting[widest]))}公布"]
    if single:
        name, area = single[0]
        same = [other for other, owner in single if owner == area]
        parts.append(
            f"{name}仅{area}公布" if len(same) == 1 else f"{'、'.join(same[:3])}{'等' * (len(same) > 3)}仅{area}公布"
        )
    return "；".join(parts)
