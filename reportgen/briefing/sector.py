"""A sector's briefing across areas: what its template may insert. One area alone is never compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.briefing.comparison import comparison_table, scope_note
from reportgen.briefing.context import AreaPart, Slots
from reportgen.briefing.evidence import mark, place
from reportgen.briefing.front import MOST_CARDS, cards, headline, width
from reportgen.briefing.material import (
    Material,
    PictureNumbers,
    aside,
    change_word,
    counted,
    counts,
    digest,
    end_block,
    legend,
    many,
    masthead,
    month_text,
    qualified,
)
from reportgen.briefing.passage import passage
from reportgen.briefing.tables import percent, sector_rows, sector_table
from reportgen.briefing.text import plain, short_name
from reportgen.model import Cards, Comparison, Digest, Excerpt, Figure, KeyPoints, Picture, ProvinceShare, Span, Spans
from reportgen.notation import period_text, places_text, status_word

MOST_NAMED = 5
MOST_POINTS = 6
ENOUGH_AREAS = 3
OTHER_LEVEL = "层级不同"
"""In the note of a comparison: a county beside provinces says nothing."""
ONE_POINT = 56
ONE_LINE = 29.5
"""Width of a point in Chinese characters that surely takes one line."""
LINE_HEIGHT = 6.6
PAGE_ONE, CAPTION_HEIGHT, POINT_HEIGHT, CARD_ROW, POINTS_PER_MM = 142.0, 18.0, 15.0, 29.0, 72 / 25.4
"""Room on page 1 below title and provenance, and what stands there; mm."""


def context(material: Material, slots: Slots) -> Mapping[str, Any]:
    """The names of sector.md.j2. `subject` is the sector's name, `material.code` its code."""
    areas = material.areas
    alone = len(areas) == 1
    compared = () if alone else _compared(material)
    numbers = PictureNumbers(material.by_id, tuple(material.sources))
    pictures = [p for p in material.pictures if _compares(material, p)]
    points = _points(material, compared, pictures, alone)
    first = next((p for p in pictures if p.chart.kind == "bars" and _fits(p, points)), None) if compared else None
    rest = [p for p in pictures if p is not first]
    first_slot = slots.blocks(numbers.picture(first)) if first else ""
    tables, reach = comparison_table(material, compared) if compared else ((), (0, 0))
    front = _cards(material, points, first)
    parts = tuple(_area(material, slots, area, led=bool(tables)) for area in areas)
    actual, target = counts(material.figures)
    date = month_text(material.month)
    return {
        "subject": material.subject,
        "title": title(material),
        "provenance": slots.spans(_provenance(material)),
        "count": len(material.figures),
        "actual": actual,
        "target": target,
        "date": date,
        "alone": alone,
        "masthead": slots.blocks(masthead(material, material.office.briefing_name, f"第 {material.number} 期", date)),
        "key_points": slots.blocks(points) if points else "",
        "cards": slots.blocks(front) if front else "",
        "first_chart": first_slot,
        "legend": slots.blocks(legend()),
        "comparison": slots.blocks(*tables),
        "comparison_aside": slots.spans((Span(f"{places_text(reach[0])}{reach[1]}项指标；— 材料未公布", "muted"),)),
        "charts": slots.blocks(*(numbers.picture(p) for p in rest)),
        "areas": parts,
        "evidence": slots.blocks(place()),
        "end": slots.blocks(end_block(material.office)),
    }


def _fits(picture: Picture, points: KeyPoints | None) -> bool:
    """Whether a picture fits page 1 below the points."""
    return room_on_page_one(points, picture) >= 0


def room_on_page_one(points: KeyPoints | None, picture: Picture | None) -> float:
    """mm that stay free on page 1."""
    rows = (
        sum(POINT_HEIGHT - (LINE_HEIGHT if width(words) <= ONE_LINE else 0.0) for _, words in points.points)
        if points
        else 0
    )
    drawn = picture.drawing.height / POINTS_PER_MM + CAPTION_HEIGHT if picture else 0.0
    return PAGE_ONE - rows - drawn


def _cards(material: Material, points: KeyPoints | None, first: Picture | None) -> Cards | None:
    """All cards, or beside a chart the weightiest, as many rows as page 1 still holds."""
    rows = int(room_on_page_one(points, first) / CARD_ROW) if first else MOST_CARDS
    return cards(material, min(MOST_CARDS, rows * Cards(()).per_row)) if rows > 0 else None


def _compares(material: Material, picture: Picture) -> bool:
    """Whether a picture belongs here: bars must be of several areas, not of one area's counties."""
    if picture.chart.kind != "bars":
        return picture.chart.kind != "coverage"
    ids = [i for bar in picture.chart.bars for i in bar.figure_ids]
    return len({material.home(material.by_id[i]) for i in ids if i in material.by_id}) > 1


def title(material: Material) -> str:
    """就业社保：四市一省公布数据对照, 摘编 where nothing can be compared; one area: its weightiest finding."""
    areas = material.areas
    if len(areas) == 1:
        return headline(material, f"{material.subject}：{areas[0]}") or f"{material.subject}：{areas[0]}公布数据"
    kinds = Counter(
        "省" if area.endswith(("省", "自治区")) else area[-1] if area[-1] in "市县区" else "地" for area in areas
    )
    parts = "".join(f"{many(kinds[kind])}{kind}" for kind in "市县区地省" if kinds[kind])
    return f"{material.subject}：{parts}公布数据{'对照' if _compared(material) else '摘编'}"


def _provenance(material: Material) -> Spans:
    origin = Span(f"据{many(len(material.sources))}份公开材料整理，", "kai")
    return (origin, *counted(material.figures, material.subject))


def _compared(material: Material) -> tuple[Comparison, ...]:
    own = [c for c in material.comparisons.between_areas if c.sector == material.code]
    # an indicator may stand under two sectors: what a briefing cites must be in the documents that it lists
    own = [c for c in own if all(figure.doc in material.sources for figure in c.figures)]
    return tuple(c for c in own if len({material.home(f) for f in c.figures}) > 1)


def _points(
    material: Material, compared: Sequence[Comparison], pictures: Sequence[Picture], alone: bool
) -> KeyPoints | None:
    points: list[tuple[str, Spans]] = []
    if not alone:
        points += _across(material, compared)
        shares = _shares(material)
        points += [("全省份额", shares)] if shares else []
    if len(points) < 3:
        said = {span.figure_id for _, spans in points for span in spans}
        for area in material.areas[: MOST_POINTS - 1 - len(points)]:
            fresh = _unsaid(digest(material, area, material.code), said)
            if fresh:
                points.append((area, passage(material, fresh)))
    if alone:
        points.append(("比较须知", (Span(f"仅{material.areas[0]}一地公布，不作地区比较。"),)))
    elif compared:
        rule = "目标与实际不相减，累计数不与全年数相比"
        marked = (Span(f"{rule}；带"), Span("≠", "alert"), Span("的数字时期、性质或口径不同，不作排名。"))
        alerts = any(scope_note(c, f) for c in compared for f in c.figures)
        alerts = alerts or any(bar.alert for picture in pictures for bar in picture.chart.bars)
        points.append(("比较须知", marked if alerts else (Span(f"{rule}。"),)))
    return KeyPoints("本期要点", tuple(points)) if points else None


def _unsaid(found: Digest | None, said: set[str]) -> list[Excerpt]:
    """An area's points without those whose figures are already printed; then its first other short sentence."""
    if found is None:
        return []
    fresh = [excerpt for excerpt in found.points if not said & set(excerpt.figure_ids)]
    others = [e for e in found.sentences if not said & set(e.figure_ids) and e.end - e.start <= ONE_POINT]
    return fresh or others[:1]


def _across(material: Material, compared: Sequence[Comparison]) -> list[tuple[str, Spans]]:
    """年度目标 and 实际进展 of the indicator that most areas report, the weightiest first."""
    points: list[tuple[str, Spans]] = []
    for label, status in (("年度目标", "target"), ("实际进展", "actual")):
        found = []
        for comparison in compared:
            alike = [
                f
                for f in comparison.figures
                if f.status == status and _is_told(f) and OTHER_LEVEL not in comparison.notes.get(f.id, "")
            ]
            found.append((comparison, _one_an_area(material, alike)))
        best = max(found, key=lambda pair: _importance(material, *pair), default=None)
        if best and len(best[1]) > 1:
            points.append((label, _listed(material, best[0], best[1][:MOST_NAMED])))
    return points


def _is_told(figure: Figure) -> bool:
    """Amounts, and rates of growth of one year."""
    start, _, end = figure.period.partition("/")
    rises = figure.measure == "growth" and figure.base_unit == "%" and figure.value > 0
    return figure.measure == "level" or (rises and start[:4] in (end[:4], figure.period_end[:4]))


def _importance(material: Material, comparison: Comparison, figures: Sequence[Figure]) -> tuple[int, int, bool]:
    """Many areas first, then the weightiest, then what can be ranked."""
    weights = [material.weight(f) for f in figures]
    return min(len(figures), ENOUGH_AREAS), sum(weights) // max(1, len(weights)), comparison.comparable


def _one_an_area(material: Material, figures: Sequence[Figure]) -> list[Figure]:
    """Each area's figure of the latest year, in the order of the areas."""
    latest: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (not f.period.startswith(".."), f.period_end)):
        latest[material.home(figure)] = figure
    return [latest[area] for area in material.areas if area in latest]


def _listed(material: Material, comparison: Comparison, figures: Sequence[Figure]) -> Spans:
    """2023年城镇新增就业：辽宁省约45万人，…: the period once where all share it, ≠ where the scope differs."""
    periods = {f.period for f in figures}
    shared = period_text(figures[0].period, figures[0].status) if len(periods) == 1 else ""
    spans: list[Span] = [Span(f"{shared}{short_name(comparison.indicator)}{change_word(figures[0])}：")]
    for index, figure in enumerate(figures):
        own = "" if shared else period_text(figure.period, figure.status)
        value = qualified(figure)
        # 3月2795个 would be read as one
        link = "为" if own and value[0].text[:1].isdigit() else ""
        spans.append(Span(("，" if index else "") + material.home(figure) + own + link))
        spans += value
        spans += [Span("≠", "alert")] if scope_note(comparison, figure) else []
        spans.append(mark(figure))
    return (*spans, Span("。"))


def _shares(material: Material) -> Spans:
    """鞍山市9项同口径目标占全省目标的4.5%—11.9%，其中…占8.7%（推算）."""
    own = {f.id for f in material.figures}
    groups: dict[str, list[ProvinceShare]] = {}
    for share in material.comparisons.province_shares:
        if share.area.id in own:
            groups.setdefault(plain(share.area.area), []).append(share)
    if not groups:
        return ()
    area, shares = max(groups.items(), key=lambda item: len(item[1]))
    year = material.month[:4]
    best = max(shares, key=lambda s: (s.area.key, s.area.period[:4] == year, material.weight(s.area)))
    spans = [Span(area)]
    if len(shares) > 1:
        low, high = min(s.share for s in shares), max(s.share for s in shares)
        spans += [
            Span(str(len(shares)), "number"),
            Span(f"项同口径数占{plain(best.province.area)}的"),
            _percent(low, shares),
            Span("—"),
            _percent(high, shares),
            Span("，其中"),
        ]
    aim = "目标" if best.area.status == "target" else ""
    spans += [
        Span(f"{period_text(best.area.period, best.area.status)}{best.indicator}{aim}占"),
        *([] if len(shares) > 1 else [Span(f"{plain(best.province.area)}的")]),
        _percent(best.share, [best]),
        Span("（推算）"),
        mark(best.area),
        Span("。"),
    ]
    return tuple(spans)


def _percent(value: Decimal, shares: Sequence[ProvinceShare]) -> Span:
    found = next(s for s in shares if s.share == value)
    return Span(percent(value), "number", found.area.id)


def _area(material: Material, slots: Slots, area: str, *, led: bool) -> AreaPart:
    """An area's part; `led`: its lead, with the times, stands before the summary."""
    figures = material.at(area)
    found = digest(material, area, material.code)
    actual, target = counts(figures)
    chosen = sector_rows(material, material.current(figures))
    table = sector_table(material, chosen)
    lead = summary = ""
    if found and found.sentences:
        shown = [material.by_id[i] for e in found.sentences for i in e.figure_ids if i in material.by_id]
        times = dict.fromkeys(period_text(f.period, f.status) + status_word(f.status) for f in shown)
        # 到2023年目标 says nothing beside 2023年目标
        times = {time: None for time in times if time.removeprefix("到") not in times or time[0] != "到"}
        named = "、".join(list(times)[:2])
        lead = slots.spans((Span(area, "strong"), Span(f"　{named}　", "muted")))
        years = re.findall("[0-9]{4}", named) if led else ()
        ids = [i for row in chosen for i in row.ids]
        standing = named if len(times) == 1 else ""
        summary = slots.spans(passage(material, found.sentences, ids, told=years, standing=standing))
    return AreaPart(
        area,
        len(figures),
        actual,
        target,
        slots.spans(aside(material, figures)),
        lead,
        summary,
        slots.blocks(table) if table else "",
    )
