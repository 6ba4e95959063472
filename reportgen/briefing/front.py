"""Page 1 of a briefing: 本期要点 and the key-figure cards. Chosen by key and weight, never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportgen.briefing.evidence import mark
from reportgen.briefing.material import Material, digest, label, passage, ranked
from reportgen.briefing.tables import Row, percent, rows
from reportgen.briefing.text import plain
from reportgen.model import Card, Cards, Figure, KeyPoints, Progress, Span, Spans
from reportgen.notation import change_text, period_text, printed_value, short_value

MOST_CARDS = 6
MOST_POINTS = 5
PER_SECTOR = 3
LONG_NAME = 12


def cards(material: Material) -> Cards | None:
    """Four to six key figures, at most three of a sector, with their change; a target with its progress among them."""
    figures = [f for f in material.figures if f.measure in ("level", "share", "rank")]
    of_row = {row.figure.id: row for row in rows(material.figures)}
    progress = {p.target.id: p for p in material.comparisons.progress}
    order = sorted(ranked(material, figures), key=lambda f: len(f.indicator) > LONG_NAME)
    chosen: list[Figure] = []
    sectors: Counter[str] = Counter()
    for figure in [f for f in order if f.id not in progress]:
        if len(chosen) == MOST_CARDS - bool(progress):
            break
        if sectors[figure.sector] < PER_SECTOR and not _repeats(figure, chosen):
            chosen.append(figure)
            sectors[figure.sector] += 1
    chosen += [f for f in order if f.id in progress][: MOST_CARDS - len(chosen)]
    if len(chosen) < MOST_CARDS:
        rest = [f for f in order if f not in chosen and not _repeats(f, chosen)]
        chosen += rest[: MOST_CARDS - len(chosen)]
    place = {sector.code: index for index, sector in enumerate(material.sectors)}
    chosen.sort(key=lambda f: (f.status == "target", place.get(f.sector, 99), f.doc, f.start))
    return Cards(tuple(_card(of_row[f.id], progress.get(f.id)) for f in chosen)) if chosen else None


def _repeats(figure: Figure, chosen: Sequence[Figure]) -> bool:
    return any((f.sector, f.indicator, f.status) == (figure.sector, figure.indicator, figure.status) for f in chosen)


def _card(row: Row, progress: Progress | None) -> Card:
    figure = row.figure
    number, unit = short_value(figure)
    label = text = ""
    if progress:
        label, text = f"已完成{''.join(short_value(progress.actual))}（推算）", percent(progress.completion)
    elif row.growth:
        label, text = "同比", change_text(row.growth)
    return Card(
        plain(figure.indicator),
        number,
        unit,
        figure.status,
        period_text(figure.period, figure.status),
        figure.id,
        mark(figure),
        label,
        text,
    )


def key_points(material: Material) -> KeyPoints | None:
    """One point a sector, the five weightiest sectors in the fixed order, then 下一步."""
    best: dict[str, int] = {}
    for figure in material.figures:
        weight = material.weight(figure) + (100 if figure.key else 0)
        best[figure.sector] = max(best.get(figure.sector, -1000), weight)
    digests = {s.code: digest(material, material.subject, s.code) for s in material.sectors}
    have = [code for code in sorted(best, key=lambda code: -best[code]) if (d := digests.get(code)) and d.points]
    points: list[tuple[str, Spans]] = []
    for sector in material.sectors:
        found = digests[sector.code]
        if sector.code in have[:MOST_POINTS] and found:
            points.append((label(sector), passage(material, found.points)))
    following = next_step(material)
    if following:
        points.append(("下一步", following))
    return KeyPoints("本期要点", tuple(points)) if points else None


def next_step(material: Material) -> Spans:
    """The weightiest target whose progress is known: what is aimed at, what is done."""
    known = {p.target.id: p for p in material.comparisons.progress if p.target.id in {f.id for f in material.figures}}
    best = ranked(material, [p.target for p in known.values()])
    if not best:
        return ()
    progress = known[best[0].id]
    target, actual = progress.target, progress.actual
    return (
        Span(f"{plain(target.indicator)}{period_text(target.period, 'target')}目标"),
        Span(plain(printed_value(target)), "target", target.id),
        mark(target),
        Span("，已完成"),
        Span(plain(printed_value(actual)), "actual", actual.id),
        mark(actual),
        Span("（推算"),
        Span(percent(progress.completion), "number", target.id),
        Span("）。"),
    )
