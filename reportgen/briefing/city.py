"""A city's (or province's) briefing: what its template may insert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.briefing.context import SectorPart, Slots
from reportgen.briefing.evidence import mark, place, title_text
from reportgen.briefing.front import aims_title, cards, headline, key_points
from reportgen.briefing.material import (
    Material,
    PictureNumbers,
    aside,
    counted,
    counts,
    day_text,
    digest,
    end_block,
    label,
    legend,
    many,
    masthead,
    month_text,
    phrase,
    sector_of,
)
from reportgen.briefing.passage import passage
from reportgen.briefing.tables import sector_rows, sector_table, target_rows, target_table
from reportgen.model import Figure, Picture, Source, Span, Spans
from reportgen.vocabulary import Sector

TITLE_LENGTH = 22
ORIGIN_LENGTH = 20
FEWEST_GROWTHS = 3
OTHER = Sector("", "其他", "其他", {})
SHORTEST_NAME, MOST_NAMED = 3, 3


def context(material: Material, slots: Slots) -> Mapping[str, Any]:
    """The names of city.md.j2."""
    newest = max(material.sources.values(), key=lambda source: source.published)
    # an issue is dated when it comes out, not when an earlier document did
    fresh = not material.month or newest.month == material.month
    day = day_text(newest.published, newest.month_only) if fresh else month_text(material.month)
    printed_ids: set[str] = set()
    numbers = PictureNumbers(material.by_id, tuple(material.sources))
    growth, rest = _growth_pictures(material)
    growth_slot = slots.blocks(*(numbers.picture(picture) for picture in growth))
    every = [_sector(material, slots, sector, fs, rest, numbers, printed_ids) for sector, fs in _sectors(material)]
    parts = tuple(part for part in every if part.summary or part.table or part.charts)
    targets = target_rows(material, printed_ids)
    table = target_table(material, targets)
    front, points = cards(material), key_points(material)
    actual, target = counts(material.figures)
    return {
        "subject": material.subject,
        "title": title(material),
        "provenance": slots.spans(provenance(material)),
        "empty": not material.figures,
        "count": len(material.figures),
        "actual": actual,
        "target": target,
        "date": day,
        "masthead": slots.blocks(masthead(material, material.office.briefing_name, f"第 {material.number} 期", day)),
        "key_points": slots.blocks(points) if points else "",
        "cards": slots.blocks(front) if front else "",
        "legend": slots.blocks(legend()),
        "growth_chart": growth_slot,
        "sectors": parts,
        "targets": slots.blocks(table) if table else "",
        "targets_title": aims_title(material, [Span("", figure_id=row.figure.id) for row, _ in targets], "下一步目标"),
        "targets_aside": slots.spans((Span(f"目标{len(targets)}项", "muted"),)),
        "evidence": slots.blocks(place()),
        "end": slots.blocks(end_block(material.office)),
    }


def title(material: Material) -> str:
    """The weightiest finding; where none fits a line, 朝阳市公布就业社保、教育等6个领域171项数据."""
    if not material.figures:
        return f"{material.subject}材料中没有数据"
    if found := headline(material, material.subject):
        return found
    present = [sector for sector, _ in _sectors(material)]
    present.sort(key=lambda sector: -sum(f.sector == sector.code for f in material.figures))
    tail = f"{len(material.figures)}项数据"
    if present == [OTHER]:
        return f"{material.subject}公布{tail}"
    for named in (2, 1, 0):
        names = "、".join(label(sector) for sector in present[:named])
        field = f"等{len(present)}个领域" if len(present) > named else ""
        middle = names + (field if named else f"{len(present)}个领域")
        text = f"{material.subject}公布{middle}{tail}"
        if len(text) <= TITLE_LENGTH or named == 0:
            return text
    raise AssertionError("unreachable")


def provenance(material: Material) -> tuple[Span, ...]:
    """据…整理，共171项数据：实际159项，目标12项."""
    docs = list(material.sources.values())
    origin = _origin(material, docs[0]) if len(docs) == 1 else f"{many(len(docs))}份公开材料"
    if not material.figures:
        return (Span(f"据{origin}整理", "kai"),)
    return (Span(f"据{origin}整理，", "kai"), *counted(material.figures))


def _origin(material: Material, source: Source) -> str:
    """9月13日新闻发布会（第三场）; the year where it is not the issue's, behind a title that names a year itself."""
    title = title_text(source, ORIGIN_LENGTH)
    day = day_text(source.published, source.month_only)
    if day[:4] == material.month[:4]:
        day = day[5:]
    return f"{title}（{day}）" if title[:1].isdigit() or f"{source.published.year}年" in title else f"{day}{title}"


def _sectors(material: Material) -> list[tuple[Sector, list[Figure]]]:
    """Sectors that have figures, in the fixed order; last 其他, the figures of none of them."""
    codes = {sector.code for sector in material.sectors}
    groups = [(sector, [f for f in material.figures if f.sector == sector.code]) for sector in material.sectors]
    groups.append((OTHER, [f for f in material.figures if f.sector not in codes]))
    return [(sector, figures) for sector, figures in groups if figures]


def _sector(
    material: Material,
    slots: Slots,
    sector: Sector,
    figures: Sequence[Figure],
    pictures: Sequence[Picture],
    numbers: PictureNumbers,
    printed_ids: set[str],
) -> SectorPart:
    chosen = sector_rows(material, material.current(figures))
    tabled = [i for row in chosen for i in row.ids]
    found = digest(material, material.subject, sector.code)
    table = sector_table(material, chosen)
    own = [p for p in pictures if sector_of(p, material.by_id) == sector.code]
    printed_ids.update(tabled)
    actual, target = counts(figures)
    agencies = [f.agency for f in figures if f.agency]
    return SectorPart(
        sector.name,
        sector.short,
        len(figures),
        actual,
        target,
        max(set(agencies), key=agencies.count) if agencies else "",
        slots.spans(aside(material, figures)),
        slots.spans(passage(material, found.sentences, tabled) if found and found.sentences else _named(figures)),
        slots.blocks(table) if table else "",
        slots.blocks(*(numbers.picture(p) for p in own)),
    )


def _named(figures: Sequence[Figure]) -> Spans:
    """The first figures by their names, where no clause of the sources can stand alone."""
    spans: list[Span] = []
    for figure in [f for f in figures if len(f.indicator) >= SHORTEST_NAME][:MOST_NAMED]:
        spans += [*([Span("；")] if spans else []), *phrase(figure), mark(figure)]
    return (*spans, Span("。")) if spans else ()


def _growth_pictures(material: Material) -> tuple[list[Picture], list[Picture]]:
    growth = [p for p in material.pictures if p.chart.kind == "growth" and len(p.chart.bars) >= FEWEST_GROWTHS]
    return growth[:1], [p for p in material.pictures if p.chart.kind != "growth"]
