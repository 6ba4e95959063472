"""The monthly issue: what came in, by area and by sector, what is new, what changed, how targets stand."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reportgen.briefing.context import AreaPart, Slots
from reportgen.briefing.evidence import mark, place, title_text
from reportgen.briefing.front import width
from reportgen.briefing.material import (
    Material,
    PictureNumbers,
    aside,
    counts,
    day_text,
    end_block,
    legend,
    masthead,
    month_text,
    phrase,
    rank_words,
    ranked,
)
from reportgen.briefing.news import changes, is_late, origin, reported
from reportgen.briefing.once import once
from reportgen.briefing.passage import passage
from reportgen.briefing.tables import NONE, ONE_YEAR, percent, target_rows, target_table
from reportgen.briefing.template import numeral
from reportgen.briefing.text import plain, short_name
from reportgen.model import Card, Cards, Cell, Column, Excerpt, Figure, Look, Source, Span, Spans, Summary, Table
from reportgen.notation import period_text, short_text

MOST_AREAS = 5
MOST_DOCUMENTS = 5
POINT_LENGTH, NEWS_LENGTH = 34, 170
POINT_WIDTH = 42.0
"""Width in Chinese characters of two lines of a point."""
SHORT_TITLE = 14
MOST_TRIED, FAR_BEHIND, SHORTEST_NAME = 8, 25, 3
USUAL_SECTORS = 15
"""Page 1 holds so many sectors beside MOST_DOCUMENTS; each two more take the place of a document."""
WHERE_WHEN = 31.0
TIGHT_HAN, MARK = 3.05, 3.6
"""Widths in mm of the column of areas and times and of a character of a table; width in characters of a mark."""
_PART, _GOES_ON = re.compile("[^；;]+"), re.compile("同比|比上年|分别|其中")
LONGER = 1.1
"""How much longer than a line a key figure may be: set a little smaller it takes one in the PDF, two in Word."""
CLASSES = (1, 6, 16, 31)
"""Counts from which a heat class begins."""


def context(material: Material, slots: Slots) -> Mapping[str, Any]:
    """The names of monthly.md.j2."""
    fresh = [s for s in material.sources.values() if s.month == material.month or is_late(material, s)]
    day = last_day(material.month)
    numbers = PictureNumbers(material.by_id, tuple(material.sources))
    docs = {source.doc for source in fresh}
    new = [f for f in material.figures if f.doc in docs]
    changed, answered = changes(material), reported(material)
    # how far they are is said under 目标进展
    targets = [(row, None) for row, _ in target_rows(material, set(), only=docs)]
    table = target_table(material, targets, with_area=len({material.home(row.figure) for row, _ in targets}) > 1)
    parts: dict[str, object] = {"news": fresh, "changes": changed, "reported": answered, "targets": table}
    parts |= {"charts": material.pictures, "documents": material.sources}
    issue = f"{month_text(material.month)}　第 {material.number} 期"
    heat = by_sector(material, docs)
    return {
        "subject": material.subject,
        "title": f"{material.office.monthly_name}（{month_text(material.month)}）",
        "date": day_text(day),
        "count": len(material.figures),
        "documents_count": len(material.sources),
        "new_count": len(new),
        "numbers": {name: numeral(place) for place, name in enumerate([n for n, part in parts.items() if part], 1)},
        "empty": not fresh,
        "provenance": slots.spans(_standing(material)),
        "masthead": slots.blocks(masthead(material, material.office.monthly_name, issue, day_text(day))),
        "counts": slots.blocks(_counts(material, fresh)),
        "by_area": slots.blocks(by_area(material, fresh)) if material.figures else "",
        "by_area_aside": slots.spans(
            (
                Span("[", "muted"),
                Span("1", "muted"),
                Span("] 编号　", "muted"),
                Span("新", "alert"),
                Span(
                    " 本月发布　补 本月收到　前 以前　其余见材料清单"
                    if len(material.sources) > _most_documents(material)
                    else " 本月发布　补 以前发布、本月收到　前 以前",
                    "muted",
                ),
            )
        ),
        "by_sector": slots.blocks(heat) if heat else "",
        "by_sector_aside": slots.spans((Span("格内为数据项数，底色越深越多　— 材料未涉及", "muted"),)),
        "legend": slots.blocks(legend()),
        "news": tuple(_news(material, slots, source) for source in fresh),
        "changes": slots.blocks(changed) if changed else "",
        "reported": slots.blocks(answered) if answered else "",
        "targets": slots.blocks(table) if table else "",
        "charts": slots.blocks(*(numbers.picture(p) for p in material.pictures)),
        "documents": slots.blocks(_documents(material)) if material.sources else "",
        "evidence": slots.blocks(place()),
        "end": slots.blocks(end_block(material.office)),
    }


def last_day(month: str) -> date:
    """The last day of a month YYYY-MM."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, monthrange(year, number)[1])


def _standing(material: Material) -> Spans:
    return (
        Span("截至本月末共收录材料"),
        Span(str(len(material.sources)), "number"),
        Span("份、数据"),
        Span(str(len(material.figures)), "number"),
        Span("项。"),
    )


def _counts(material: Material, fresh: Sequence[Source]) -> Cards:
    actual, target = counts(material.figures)
    received = [s for s in fresh if is_late(material, s)]
    key = sum(f.key for f in material.figures)
    total = len(material.figures)
    origin = f"本月发布{len(fresh) - len(received)}" + (f"，补录{len(received)}" if received else "")
    return Cards(
        (
            _count("收录材料", len(material.sources), "份", origin),
            _count("提取数据", total, "项", f"重点{key}项"),
            _count("● 实际", actual, "项", _part(actual, total)),
            _count("○ 目标或计划", target, "项", _part(target, total)),
        ),
        4,
    )


def _part(part: int, total: int) -> str:
    return f"占{percent(Decimal(part * 100) / total)}" if total else ""


def _count(name: str, value: int, unit: str, text: str) -> Card:
    return Card(name, str(value), unit, "actual", "", "", Span(""), "", text)


def by_area(material: Material, fresh: Sequence[Source]) -> Table:
    """地区|材料与发布时间|●|○|要点, one row a document: those of this month first, at most MOST_DOCUMENTS."""
    every = list(enumerate(material.sources.values(), 1))
    newest = sorted(every, key=lambda item: (item[1] not in fresh, -item[1].published.toordinal()))[
        : _most_documents(material)
    ]
    body = []
    for index, source in sorted(newest, key=lambda item: (item[1] not in fresh, item[0])):
        figures = material.by_doc.get(source.doc, ())
        actual, target = counts(figures)
        sign = origin(material, source)
        when = Span(f" {day_text(source.published, source.month_only)}发布", "muted")
        body.append(
            (
                Cell(((Span(f"[{index}] ", "muted"), Span(plain(source.area), "strong")),)),
                Cell(((Span(title_text(source, SHORT_TITLE)),), (sign, when))),
                Cell((_count_spans(actual, "actual"),)),
                Cell((_count_spans(target, "number"),)),
                Cell((_point(material, figures),)),
            )
        )
    heads = ("地区", "材料与发布时间", "●", "○", "要点")
    widths = (18.0, 47.5, 9.0, 8.0, 73.5)
    columns = tuple(
        Column(((Span(head, "strong"),),), width, "right" if head in "●○" else "left")
        for head, width in zip(heads, widths, strict=True)
    )
    return Table(columns, tuple(body))


def _most_documents(material: Material) -> int:
    sectors = len({figure.sector for figure in material.figures})
    return max(2, MOST_DOCUMENTS - max(0, sectors - USUAL_SECTORS + 1) // 2)


def _count_spans(value: int, look: Look) -> Spans:
    return (Span(str(value), look),) if value else (NONE,)


def _point(material: Material, figures: Sequence[Figure]) -> Spans:
    """The weightiest excerpts of a document that fit two lines."""
    excerpts = _best(material, figures, 2, POINT_LENGTH)
    best = next(iter(ranked(material, figures)), None)
    printed = [material.weight(material.by_id[i]) for excerpt in excerpts for i in excerpt.figure_ids]
    if best and material.weight(best) > max(printed, default=0) + FAR_BEHIND:
        # an older document, whose sentences no summary holds any more: its weightiest figure
        when = Span(period_text(best.period, best.status))
        spans = (when, *phrase(best), mark(best), Span("。"))
        return spans if width(spans) <= POINT_WIDTH else passage(material, _in_order(excerpts[:1])) or spans
    for count in range(len(excerpts), 0, -1):
        spans = passage(material, _in_order(excerpts[:count]))
        if count == 1 or width(spans) <= POINT_WIDTH:
            return spans
    return (NONE,)


def _best(material: Material, figures: Sequence[Figure], count: int, length: int) -> list[Excerpt]:
    """Excerpts of the digests that print the weightiest of `figures`, the weightiest first.

    `length`: of all together at most, in Chinese characters, two digits to one.
    """
    pool = _excerpts(material.summary)
    chosen: list[Excerpt] = []
    room = 2 * length
    for figure in ranked(material, figures):
        excerpt = pool.get(figure.id)
        if excerpt and _size(excerpt) > room:
            excerpt = _part_of(excerpt, figure, material)
        if excerpt and not _overlaps(excerpt, chosen) and _size(excerpt) <= room and len(chosen) < count:
            chosen.append(excerpt)
            room -= _size(excerpt)
    return chosen


def _size(excerpt: Excerpt) -> int:
    """Width in half Chinese characters."""
    return sum(1 if char.isascii() else 2 for char in excerpt.sentence[excerpt.start : excerpt.end])


def _part_of(excerpt: Excerpt, figure: Figure, material: Material) -> Excerpt:
    """What stands between the semicolons around a figure, where neither side goes on with the other."""
    parts = [(m.start(), m.end()) for m in _PART.finditer(excerpt.sentence, excerpt.start, excerpt.end)]
    at = next(index for index, (_, end) in enumerate(parts) if figure.mark[0] < end)
    if any(_GOES_ON.match(excerpt.sentence, start) for start, _ in parts[at : at + 2]):
        return excerpt
    start, end = parts[at]
    inside = tuple(i for i in excerpt.figure_ids if i in material.by_id and start <= material.by_id[i].mark[0] < end)
    return replace(excerpt, start=start, end=end, figure_ids=inside)


def _in_order(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    return sorted(excerpts, key=lambda e: (e.doc, e.sentence_start, e.start))


@once
def _excerpts(summary: Summary) -> Mapping[str, Excerpt]:
    """Figure id -> the excerpt that prints it."""
    return {i: e for d in summary.digests for e in (*d.points, *d.sentences) for i in e.figure_ids}


def _overlaps(excerpt: Excerpt, chosen: Sequence[Excerpt]) -> bool:
    return any(
        (e.doc, e.sentence_start) == (excerpt.doc, excerpt.sentence_start)
        and e.start < excerpt.end
        and excerpt.start < e.end
        for e in chosen
    )


def by_sector(material: Material, docs: Collection[str] = ()) -> Table | None:
    """领域|areas|合计|地区、时期|本期一条: counts with heat classes; the one is of `docs` where they have any."""
    if not material.figures:
        return None
    totals = Counter(material.home(f) for f in material.figures)
    areas = [area for area in material.areas if area in dict(totals.most_common(MOST_AREAS))]
    widths = [max(8.2, 3.2 * len(short_area(area)) + 1) for area in areas]
    rest = round(156 - 27.5 - sum(widths) - 9.5 - WHERE_WHEN, 1)
    room = rest / TIGHT_HAN - MARK
    # page 1 has room for one row of two lines
    longest = LONGER * room
    body = []
    for sector in material.sectors:
        figures = [f for f in material.figures if f.sector == sector.code]
        if not figures:
            continue
        per_area = Counter(material.home(f) for f in figures)
        best = _one(material, figures, docs, room, longest)
        longest = room if width(_said(best)) > room else longest
        body.append(
            (
                Cell(((Span(sector.name),),)),
                *(_heat(per_area[area]) for area in areas),
                Cell(((Span(str(len(figures)), "actual"),),)),
                Cell(((Span(f"{short_area(material.home(best))} {period_text(best.period, best.status)}", "muted"),),)),
                Cell(((*_said(best), mark(best)),)),
            )
        )
    columns = (
        Column(_head("领域"), 27.5),
        *(Column(_head(short_area(area)), wide, "centre") for area, wide in zip(areas, widths, strict=True)),
        Column(_head("合计"), 9.5, "right"),
        Column(_head("地区、时期"), WHERE_WHEN),
        Column(_head("本期一条"), rest),
    )
    return Table(columns, tuple(body))


def _one(material: Material, figures: Sequence[Figure], docs: Collection[str], room: float, longest: float) -> Figure:
    """The weightiest figure of a sector that is said in one line of `room` characters; a key one in `longest`.

    It is of `docs`, unless they have no key one and another document of the year has.
    """
    pool = [figure for figure in figures if figure.doc in docs]
    if not any(figure.key for figure in pool):
        year = [f for f in material.current(figures) if material.sources[f.doc].month[:4] == material.month[:4]]
        pool = year if any(figure.key for figure in year) else pool or material.current(figures)
    # 窗口30个 says nothing by itself
    telling = [f for f in pool if f.measure != "baseline" and len(f.indicator) >= SHORTEST_NAME]
    order = ranked(material, telling or pool)
    short = (
        f for f in order[:MOST_TRIED] if width(_said(f)) <= room and len(period_text(f.period, f.status)) <= ONE_YEAR
    )
    best = next(short, order[0])
    return best if best.key or width(_said(order[0])) > longest else order[0]


def _said(figure: Figure) -> Spans:
    """A figure in one line of a table: 技术合同成交额≥3000亿元, 旅客吞吐量全国第3位, 地区生产总值增长5%以上."""
    if figure.measure == "growth":
        return phrase(figure)
    return Span(short_name(figure.indicator) + rank_words(figure)), Span(short_text(figure), figure.status, figure.id)


def _heat(count: int) -> Cell:
    shade = sum(count >= bound for bound in CLASSES)
    return Cell(((Span(str(count), "number") if count else NONE,),), shade)


def short_area(area: str) -> str:
    """朝阳 of 朝阳市; a name of two characters stays."""
    return area[:-1] if len(area) > 2 and area[-1] in "省市县区" else area


def _head(text: str) -> tuple[Spans, ...]:
    return ((Span(text, "strong"),),)


def _news(material: Material, slots: Slots, source: Source) -> AreaPart:
    figures = material.by_doc.get(source.doc, ())
    actual, target = counts(figures)
    lead: Spans = (Span(plain(source.area), "strong"), Span(f"　{title_text(source)}　", "muted"))
    excerpts = _in_order(_best(material, figures, 6, NEWS_LENGTH))
    return AreaPart(
        plain(source.area),
        len(figures),
        actual,
        target,
        slots.spans(aside(material, figures)),
        slots.spans(lead),
        slots.spans(passage(material, excerpts)) if excerpts else "",
        "",
    )


def _documents(material: Material) -> Table:
    """编号|材料|地区|发布时间|数据."""
    body = []
    for index, source in enumerate(material.sources.values(), 1):
        total = len(material.by_doc.get(source.doc, ()))
        body.append(
            (
                Cell(((Span(f"[{index}]", "muted"),),)),
                Cell(((Span(title_text(source)),),)),
                Cell(((origin(material, source),),)),
                Cell(((Span(plain(source.area)),),)),
                Cell(((Span(day_text(source.published, source.month_only)),),)),
                Cell((_count_spans(total, "number"),)),
            )
        )
    heads = (("编号", 11.0), ("材料", 70.0), ("来历", 9.0), ("地区", 22.0), ("发布时间", 30.0), ("数据项", 14.0))
    columns = tuple(Column(_head(head), width, "right" if head == "数据项" else "left") for head, width in heads)
    return Table(columns, tuple(body))
