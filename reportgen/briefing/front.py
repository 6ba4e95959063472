"""Page 1 of a briefing: 本期要点 and the key-figure cards. Chosen by key and weight, never by position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportgen.briefing.evidence import mark
from reportgen.briefing.material import BEHIND, Material, change_word, digest, label, qualified, rank_words, ranked
from reportgen.briefing.passage import passage
from reportgen.briefing.tables import Row, against_what, done_word, is_gradual, percent, rows
from reportgen.briefing.telling import telling_words
from reportgen.briefing.text import plain
from reportgen.model import Card, Cards, Excerpt, Figure, KeyPoints, Progress, Span, Spans
from reportgen.notation import change_text, period_text, printed_value, short_value

MOST_CARDS = 6
MOST_POINTS = 5
PER_GROUP = 2
SHORT_NAME, LONG_NAME = 4, 10
MOST_HEADLINES = 8
TITLE_WIDTH = 21.5
"""Characters that a title holds in one line."""
LONGEST_STEP = 56
TWO_LINES = 58.0
"""Width of a point in Chinese characters."""
_AIM = re.compile("(?:年度|全年)?(?:任务|目标|任务目标|目标任务)$")


def cards(material: Material, most: int = MOST_CARDS) -> Cards | None:
    """At most `most` key figures with their change: first what is done, at most two of a sector, then what is aimed at.

    In a sector's briefing the areas take the place of the sectors. Names that fit a card go before longer ones.
    """
    of_row = {row.figure.id: row for row in rows(material.current(material.figures))}
    figures = [row.figure for row in of_row.values() if row.figure.measure != "growth" or row.figure.key]
    pairs = [p for p in material.comparisons.progress if material.is_ahead(p.target) and is_gradual(p)]
    progress = {p.target.id: p for p in pairs}
    order = sorted(ranked(material, figures), key=lambda f: (_is_old(material, f), len(_name(material, f)) > LONG_NAME))
    names = {_indicator(material, f) for f in order if f.key}
    done = [f for f in order if f.status == "actual" and _indicator(material, f) in names]
    aims = [f for f in order if f.id in progress] + [f for f in order if f.key and f.status == "target"]
    chosen: list[Figure] = []
    beside: set[str] = set()
    for _ in range(2):
        # what a card says beside its target needs no card of its own
        chosen = [f for f in chosen if f.id not in beside]
        few = PER_GROUP if most == MOST_CARDS else 1
        ways = ((done, most - bool(aims), few), (aims, most, few + 1), (done, most, most), (order, most, most))
        for pool, room, per_group in ways:
            _add(material, chosen, [f for f in pool if f.id not in beside], room, per_group)
        beside = {progress[f.id].actual.id for f in chosen if f.id in progress}
    place = {sector.code: index for index, sector in enumerate(material.sectors)}
    areas = {area: index for index, area in enumerate(material.areas)}

    def where(figure: Figure) -> tuple[bool, int, int, str, int]:
        sector, area = place.get(figure.sector, len(place)), areas[material.home(figure)]
        return figure.status == "target", sector, area, figure.doc, figure.start

    chosen.sort(key=where)
    told = telling_words([row.figure for row in of_row.values()])
    made = (_card(material, of_row[f.id], progress.get(f.id), told.get(f.id, "")) for f in chosen)
    return Cards(tuple(made)) if chosen else None


def headline(material: Material, lead: str) -> str:
    """`lead` and the weightiest figure that one line holds, with its period and change where they fit.

    朝阳市新增就业12549人，增长17%. Empty where none can be said so shortly.
    """
    of_row = {row.figure.id: row for row in rows(material.current(material.figures))}
    said_alone = [row.figure for row in of_row.values() if row.figure.measure == "level"]
    # a change that stands in no level's row: alone, or beside a placing
    changes = [row.growth if row.figure.measure == "rank" else row.figure for row in of_row.values()]
    said_alone += [change for change in changes if change and change.measure == "growth" and change.key]
    this_year = material.month[:4]
    last_year = f"{int(this_year) - 1:04d}" if this_year else ""
    for figure in ranked(material, said_alone)[:MOST_HEADLINES]:
        name = _name(material, figure)
        if material.lead(figure) or not SHORT_NAME <= len(name) <= LONG_NAME:
            continue
        aim = "目标" if figure.status == "target" else ""
        said = name + change_word(figure) + aim + "".join(span.text for span in qualified(figure))
        growth = of_row[figure.id].growth if figure.id in of_row else None
        more = ""
        if growth and growth.status == figure.status and not against_what(growth):
            more = "，" + change_word(growth) + "".join(span.text for span in qualified(growth))
        when = period_text(figure.period, figure.status)
        for text in (f"{when}{said}{more}", f"{said}{more}", f"{when}{said}", said):
            # of the issue's own year a title says it where there is room
            timed = when in text or (figure.period == this_year if aim else figure.period_end[:4] >= last_year)
            if timed and width((Span(lead + text),)) <= TITLE_WIDTH:
                return lead + text
    return ""


def _is_old(material: Material, figure: Figure) -> bool:
    """Whether a figure is of an earlier year than the one before the issue's."""
    end, year = figure.period_end[:4], material.month[:4]
    return end.isdigit() and year.isdigit() and int(end) < int(year) - 1


def _add(material: Material, chosen: list[Figure], order: Sequence[Figure], most: int, per_group: int) -> None:
    """Add figures to `chosen` up to `most`, none of them a second card of one indicator."""

    def group(figure: Figure) -> str:
        return material.home(figure) if material.code else figure.sector

    groups = Counter(group(figure) for figure in chosen)
    said = {_indicator(material, f) for f in chosen}
    for figure in order:
        name = _indicator(material, figure)
        if len(chosen) < most and groups[group(figure)] < per_group and name not in said:
            chosen.append(figure)
            groups[group(figure)] += 1
            said.add(name)


def _indicator(material: Material, figure: Figure) -> tuple[str, str, str]:
    """What a card is about, whether done or aimed at."""
    return material.home(figure), figure.sector, material.name(figure)


def _name(material: Material, figure: Figure) -> str:
    """The indicator; its canonical name where that is shorter and says nothing else; a target without 任务目标."""
    name = material.name(figure)
    known = material.names.get(figure.indicator_id, "")
    if known and len(name) > LONG_NAME and len(known) < len(name) and set(known) <= set(name):
        name = known
    return _AIM.sub("", name) or name if figure.status == "target" else name


def _card_name(material: Material, figure: Figure, told: str) -> str:
    """The name; with its area where a briefing is about several, and 增速 where only a change is known.

    `told`: what tells it from other figures of its name.
    """
    area = f"{material.home(figure)} " if len(material.areas) > 1 else ""
    among = told or rank_words(figure)
    kind = "增速" if change_word(figure) else f"（{among}）" if among else ""
    return area + material.lead(figure) + _name(material, figure) + kind


def _card(material: Material, row: Row, progress: Progress | None, told: str) -> Card:
    figure = row.figure
    number, unit = short_value(figure)
    if figure.measure == "growth":
        change = change_text(figure)
        unit = "个点" if change.endswith("个点") else figure.base_unit
        number = change.removesuffix(unit)
    label = text = ""
    if progress:
        label, text = (
            f"{done_word(progress)}{''.join(short_value(progress.actual))}（推算）",
            percent(progress.completion),
        )
    elif row.growth:
        label, text = plain(against_what(row.growth)) or "同比", change_text(row.growth)
    return Card(
        _card_name(material, figure, told),
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
            points.append((label(sector), _two_lines(material, found.points)))
    said = {span.figure_id for _, spans in points for span in spans}
    following = next_step(material) or _aimed_at(material, said)
    if following:
        points.append((aims_title(material, following), following))
    return KeyPoints("本期要点", tuple(points)) if points else None


def aims_title(material: Material, spans: Sequence[Span], ahead: str = "下一步") -> str:
    """`ahead` where the time of a target in `spans` is not over in the month of the issue, else 原定目标."""
    ends = [material.by_id[span.figure_id].period_end for span in spans if span.figure_id in material.by_id]
    open_ended = any(not end[:1].isdigit() or end >= material.month[: len(end)] for end in ends)
    return ahead if open_ended or not ends else "原定目标"


def _two_lines(material: Material, excerpts: Sequence[Excerpt]) -> Spans:
    """The excerpts as a point; where they take more than two lines, without the lightest."""
    kept = list(excerpts)
    while True:
        spans = passage(material, kept, _ids(kept))
        if len(kept) < 2 or width(spans) <= TWO_LINES:
            return spans
        kept.remove(min(reversed(kept), key=lambda excerpt: _worth(material, excerpt)))


def _worth(material: Material, excerpt: Excerpt) -> int:
    """How soon an excerpt is printed in a point: by its weightiest figure, where a plan is behind what is done."""
    figures = [material.by_id[i] for i in excerpt.figure_ids]
    return max((material.weight(f) - (BEHIND if f.status == "target" else 0) for f in figures), default=0)


def width(spans: Spans) -> float:
    """Width of running text in Chinese characters; marks are small, digits half as wide."""
    return sum(
        (0.58 if span.look == "mark" else 1.0) * sum(0.56 if char.isascii() else 1.0 for char in span.text or "[1-12]")
        for span in spans
    )


def _ids(excerpts: Sequence[Excerpt]) -> list[str]:
    return [i for excerpt in excerpts for i in excerpt.figure_ids]


def _aimed_at(material: Material, said: set[str]) -> Spans:
    """The weightiest target sentence that is not yet said."""
    best: tuple[int, Excerpt] | None = None
    for found in material.summary.digests:
        for excerpt in found.sentences if found.area == material.subject else ():
            figures = [material.by_id[i] for i in excerpt.figure_ids if i in material.by_id]
            if not figures or said & set(excerpt.figure_ids) or excerpt.end - excerpt.start > LONGEST_STEP:
                continue
            weight = max(material.weight(f) for f in figures)
            if all(f.status == "target" for f in figures) and (best is None or weight > best[0]):
                best = weight, excerpt
    return passage(material, [best[1]]) if best else ()


def next_step(material: Material) -> Spans:
    """The weightiest target whose progress is known: what is aimed at, what is done."""
    own = {f.id for f in material.figures if material.is_ahead(f)}
    known = {p.target.id: p for p in material.comparisons.progress if p.target.id in own and is_gradual(p)}
    best = ranked(material, [p.target for p in known.values()])
    if not best:
        return ()
    progress = known[best[0].id]
    target, actual = progress.target, progress.actual
    return (
        Span(f"{_name(material, target)}{period_text(target.period, 'target')}目标"),
        Span(plain(printed_value(target)), "target", target.id),
        mark(target),
        Span(f"，{done_word(progress)}"),
        Span(plain(printed_value(actual)), "actual", actual.id),
        mark(actual),
        Span("，推算为目标的"),
        Span(percent(progress.completion), "number", target.id),
        Span("。"),
    )
