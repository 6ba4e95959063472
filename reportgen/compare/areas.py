"""Between areas: one indicator, measure and unit over several areas, and for each figure why it may not be ranked.

Goes in: one figure for each meaning. Comes out: comparisons in which every figure appears once. Figures alike in
status, period and level are ranked; whatever differs stands beside them with a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reportgen.compare.alike import identity_of, scope_of, span, unit_of, words_of
from reportgen.compare.heads import per_head
from reportgen.compare.places import Places
from reportgen.model import Comparison, Figure, Status
from reportgen.notation import is_yearly_mean, period_text, status_word
from reportgen.vocabulary import Vocabulary

Like = tuple[Status, str]
YEAR = 12
SHORTEST_NAME = 4
"""Indicators without a canonical id are compared by their words if they have at least so many characters."""


def between_areas(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[Comparison, ...]:
    """Every indicator, measure and unit that at least two areas report, ordered by sector, indicator and period."""
    groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _named(figure) and figure.measure in ("level", "growth", "share") and places.division(figure):
            groups[identity_of(figure), figure.measure, unit_of(figure)].append(figure)
    found = [
        comparison
        for group in groups.values()
        if len({places.key(figure) for figure in group}) > 1
        for comparison in _compared(group, places, vocabulary)
    ]
    sectors = {sector.code: place for place, sector in enumerate(vocabulary.sectors)}
    return tuple(
        sorted(
            found,
            key=lambda row: (
                sectors.get(row.sector, len(sectors)),
                row.indicator_id,
                row.measure,
                row.base_unit,
                not row.comparable,
                row.figures[0].status,
                row.figures[0].period_end,
            ),
        )
    )


def _named(figure: Figure) -> bool:
    """Whether the indicator can be told from others: by its id, or by words long enough and free of numbers."""
    words = words_of(figure.indicator)
    return bool(figure.indicator_id) or (len(words) >= SHORTEST_NAME and not any(map(str.isdigit, words)))


def _compared(group: Sequence[Figure], places: Places, vocabulary: Vocabulary) -> list[Comparison]:
    """The comparisons of one indicator, measure and unit: one for each like set, one for the rest."""
    likes: dict[Like, list[Figure]] = defaultdict(list)
    for figure in group:
        likes[_like(figure)].append(figure)
    sets = [found for found in likes.values() if len({places.key(figure) for figure in found}) > 1]
    others = _without(group, sets)
    yearly = _yearly(others, sets)
    covered = {places.key(figure) for found in (*sets, *yearly) for figure in found}
    rest = _one_each(_without(others, yearly), places)
    alone = [figure for figure in rest if places.key(figure) not in covered]
    rows = [_comparison(found, every, places, vocabulary) for found, every in zip(sets, yearly, strict=True)]
    if len(rest) > 1:
        return [*rows, _comparison(rest, [], places, vocabulary)]
    if rows and alone:
        rows[-1] = _comparison(sets[-1], [*yearly[-1], *alone], places, vocabulary)
    return rows


def _without(figures: Iterable[Figure], sets: Iterable[Sequence[Figure]]) -> list[Figure]:
    known = {figure.id for found in sets for figure in found}
    return [figure for figure in figures if figure.id not in known]


def _yearly(figures: Sequence[Figure], sets: Sequence[Sequence[Figure]]) -> list[list[Figure]]:
    """For each of `sets` the yearly values (每年) among `figures` that stand for its year too."""
    every = [figure for figure in figures if (months := span(figure)) and months.every_year]
    found: list[list[Figure]] = []
    for alike in sets:
        year, status = span(alike[0]), alike[0].status
        whole = year is not None and year.months == YEAR
        found.append([figure for figure in every if figure.status == status] if whole else [])
    return found


def _one_each(figures: Iterable[Figure], places: Places) -> list[Figure]:
    """Each area's figure: a period of known length before an open one, then the latest, then the actual one."""

    def rank(figure: Figure) -> tuple[bool, str, bool, str]:
        months = span(figure)
        known = months is not None and months.months is not None
        return known, figure.period_end, figure.status == "actual", figure.id

    latest: dict[str, Figure] = {}
    for figure in sorted(figures, key=rank):
        latest[places.key(figure)] = figure
    return list(latest.values())


def _like(figure: Figure) -> Like:
    months = span(figure)
    return figure.status, figure.period if months is None else f"{months.first}/{months.last}/{months.every_year}"


def _comparison(
    alike: Sequence[Figure], beside: Sequence[Figure], places: Places, vocabulary: Vocabulary
) -> Comparison:
    """Figures that are compared, with those that only stand beside them."""
    pattern = _pattern(alike, places)
    notes = {}
    for figure in (*alike, *beside):
        reasons = _differences(figure, pattern, places, vocabulary)
        if reasons:
            notes[figure.id] = "；".join(reasons)
    ordered = sorted((*alike, *beside), key=places.in_order)
    plain = [figure for figure in ordered if figure.id not in notes]
    comparable = len(plain) > 1
    if comparable:
        plain.sort(key=lambda figure: -figure.value)
        ordered = [*plain, *(figure for figure in ordered if figure.id in notes)]
    else:
        notes = _unlike(ordered, pattern, places, vocabulary)
    canonical = vocabulary.indicator_by_id.get(pattern.indicator_id)
    return Comparison(
        indicator_id=identity_of(pattern),
        indicator=canonical.name if canonical else words_of(pattern.indicator),
        sector=canonical.sector if canonical else pattern.sector,
        measure=pattern.measure,
        base_unit=unit_of(pattern),
        figures=tuple(ordered),
        comparable=comparable,
        notes=notes,
        references=_references(ordered, pattern, places),
        per_head=per_head(ordered, places, vocabulary),
    )


def _unlike(figures: Sequence[Figure], pattern: Figure, places: Places, vocabulary: Vocabulary) -> dict[str, str]:
    """One note for all where no two figures are alike: what differs; with it what is one figure's alone."""
    province = [figure for figure in figures if figure.id in _references(figures, pattern, places)]
    others = [figure for figure in figures if figure not in province]
    differs = [
        word
        for word, kinds in (
            ("层级", {places.level(figure) for figure in others}),
            ("性质", {figure.status for figure in others}),
            ("时期", {_like(figure)[1] for figure in others}),
        )
        if len(kinds) > 1
    ]
    common = [f"各地{'、'.join(differs)}不同"] if differs else []
    notes = {figure.id: [*common, *_own_words(figure, pattern, vocabulary)] for figure in others}
    notes |= {figure.id: _differences(figure, pattern, places, vocabulary) for figure in province}
    return {name: "；".join(reasons) for name, reasons in notes.items() if reasons}


def _references(figures: Iterable[Figure], pattern: Figure, places: Places) -> tuple[str, ...]:
    """The figures of the provinces of the cities or counties that are compared."""
    if places.level(pattern) == "province":
        return ()
    figures = tuple(figures)
    homes = {home.code for figure in figures if (home := places.province(figure))}
    return tuple(f.id for f in figures if places.level(f) == "province" and places.key(f) in homes)


def _pattern(figures: Sequence[Figure], places: Places) -> Figure:
    """The figure that the others are measured by: of the commonest level, status and period; then the latest."""
    kinds = [(places.level(figure), _like(figure)) for figure in figures]
    order = sorted(
        zip(kinds, figures, strict=True),
        key=lambda pair: (
            kinds.count(pair[0]),
            pair[0][0] != "province",
            not is_yearly_mean(pair[1]),
            pair[1].period_end,
            pair[1].status == "actual",
            pair[1].id,
        ),
    )
    return order[-1][1]


def _differences(figure: Figure, pattern: Figure, places: Places, vocabulary: Vocabulary) -> list[str]:
    """Why `figure` is not like `pattern`; empty where it is."""
    reasons = []
    if places.level(figure) != places.level(pattern):
        home = places.province(pattern)
        province = home is not None and places.key(figure) == home.code
        reasons.append("省级数，仅供参照，不与市县排序" if province else "地区层级不同")
    if figure.status != pattern.status:
        reasons.append(f"性质不同：此为{status_word(figure.status)}，对照为{status_word(pattern.status)}")
    if _like(figure)[1] != _like(pattern)[1]:
        reasons.append(
            f"时期不同：此为{period_text(figure.period, figure.status)}，"
            f"对照为{period_text(pattern.period, pattern.status)}"
        )
    return reasons + _own_words(figure, pattern, vocabulary)


def _own_words(figure: Figure, pattern: Figure, vocabulary: Vocabulary) -> list[str]:
    """What a figure is called where that may count something else."""
    if is_yearly_mean(figure) != is_yearly_mean(pattern):
        return ["口径：是年均数" if is_yearly_mean(figure) else "口径：不是年均数"]
    return [] if _same_words(figure, pattern, vocabulary) else [f"口径：原文为“{figure.indicator}”"]


def _same_words(figure: Figure, pattern: Figure, vocabulary: Vocabulary) -> bool:
    """Whether the source uses the indicator's name, one of its aliases, or the words of the pattern."""
    if scope_of(figure) != scope_of(pattern):
        return False
    canonical = vocabulary.indicator_by_id.get(figure.indicator_id)
    known = {words_of(name) for name in (canonical.name, *canonical.aliases)} if canonical else set()
    return words_of(figure.indicator) in known | {words_of(pattern.indicator)}
