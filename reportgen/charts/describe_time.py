"""Series, two-year views and coverage described as charts.

Goes in: series, outlooks, figures with their sources. Comes out: `model.Chart`, or None where there is nothing to draw.
Two points are never called a trend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from reportgen.model import Bar, Chart, Figure, Outlook, Series, SeriesPoint, Source
from reportgen.notation import area_order, cell_text, newest_first, period_text, places_text, signed_text
from reportgen.vocabulary import Sector

MOST_PANELS = 12
MOST_POINTS = 6
"""The latest points of a series that a panel shows."""
MOST_STEPS = 6
"""How many times the closest two points of a series may lie between its first and its last."""
GAP = Decimal("1.5")
"""Steps from which more time than usual lies between two points."""
GAP_NOTE = "横轴上的“//”表示间隔较长，该处未按时间比例画。"
ONE_PLACE = Decimal("0.1")
DAYS, YEAR = 31, 12


def describe_series(series: Sequence[Series], *, width: float = 156.0) -> Chart | None:
    """One panel a series, the points in time order, the latest MOST_POINTS of them."""
    if not series:
        return None
    shown = series[:MOST_PANELS]
    bars = tuple(bar for row in shown for bar in _line([point.figure for point in row.points], row.indicator))
    gaps = (GAP_NOTE,) if any(bar.after_gap for bar in bars) else ()
    return Chart(
        id=f"series-{shown[0].points[0].figure.id}-{len(series)}",
        kind="series",
        title=_series_title(shown),
        subtitle=_axes(len(shown)) + _caution(max(len(row.points) for row in shown), bars),
        unit="",
        bars=bars,
        notes=(*gaps, *_left_out(len(series))),
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
    yearly = _months(last.figure.period_end) - _months(before.figure.period_end) <= YEAR
    # what a source states is against the year before
    if last.growth_stated is not None and yearly:
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
        subtitle=_axes(len(shown)) + _caution(2, bars),
        unit="",
        bars=bars,
        notes=_left_out(len(levels)),
        width=width,
    )


def _line(figures: Sequence[Figure], indicator: str) -> list[Bar]:
    """The latest points, as far apart as their time is; side by side with marked gaps where that would be too wide."""
    figures = figures[-MOST_POINTS:]
    bars = [_point(figure, indicator) for figure in figures]
    steps = [later - earlier for earlier, later in pairwise(_months(figure.period_end) for figure in figures)]
    closest = min(steps, default=0)
    if not steps or closest <= 0:
        return bars
    apart = [(step / closest).quantize(ONE_PLACE) for step in steps]
    if sum(apart) > MOST_STEPS:
        return [bars[0], *(replace(bar, after_gap=step >= GAP) for bar, step in zip(bars[1:], apart, strict=True))]
    return [replace(bar, place=place) for bar, place in zip(bars, accumulate(apart, initial=Decimal(0)), strict=True)]


def _months(period_end: str) -> Decimal:
    """When 2023, 2023-09 or 2023-09-13 is over, in months; 0 for anything else."""
    parts = [int(part) if part.isdigit() else 0 for part in period_end.split("-")]
    year, month, day = (*parts, *(12, DAYS)[len(parts) - 1 :])[:3]
    return year * 12 + month - 1 + Decimal(day) / DAYS if year else Decimal(0)


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


def _axes(panels: int) -> str:
    return "各格单位不同，纵轴均从0起" if panels > 1 else "纵轴从0起"


def _caution(points: int, bars: Sequence[Bar]) -> str:
    if points == 2:
        return "；只有两期，不作趋势判断"
    return "；虚线连到目标" if any(bar.status == "target" for bar in bars) else ""


def _left_out(count: int) -> tuple[str, ...]:
    return (f"另有{count - MOST_PANELS}项未画出，见表。",) if count > MOST_PANELS else ()


def describe_coverage(
    figures: Iterable[Figure], sources: Iterable[Source], sectors: Sequence[Sector], *, width: float = 156.0
) -> Chart | None:
    """How many figures each area's documents give on each sector."""
    sources = tuple(sources)
    home = {source.doc: source.area for source in sources}
    counts = Counter((home.get(figure.doc, figure.area), figure.sector) for figure in figures)
    if not counts:
        return None
    latest: dict[str, Source] = {}
    for source in sorted(sources, key=lambda source: (source.published, source.doc)):
        latest[source.area] = source
    newest, codes = newest_first(sources), {source.area: source.area_code for source in sources}
    areas = sorted(
        {area for area, _ in counts}, key=lambda area: area_order(area, codes.get(area, ""), newest.get(area, 0))
    )
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
