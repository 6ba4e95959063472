"""Figures with their weights -> for every area and sector the sentences that summarise it.

What is chosen are ranges of source sentences (Excerpt): whole clauses, each at most once, in the order of the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.model import Digest, Excerpt, Figure, Summary
from reportgen.summary.clauses import Clause, clauses
from reportgen.summary.key import weigh
from reportgen.summary.order import in_print

SENTENCES = 4
LONGEST = 110
TARGET_LENGTH = 150
POINT_LENGTH = 56
"""Characters: of one excerpt, of a sector's summary, of its point (two lines of 33 with their marks, in ems)."""
SHORTEST, SHORTEST_MORE, FILLING = 6, 10, 6
"""A clause of fewer characters says nothing by itself."""
BEHIND = 15
"""How much less a plan weighs than what is done, in a point of page 1."""


def summarise(figures: Sequence[Figure], headlines: frozenset[str] = frozenset()) -> Summary:
    """Digests of every (area, sector) and the weight of every figure; `figures` already carry `key`."""
    weights = in_print(figures, weigh(figures, headlines))
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.area, figure.sector].append(figure)
    ages = _ages(figures)
    candidates = _candidates(figures)
    digests = tuple(
        Digest(
            area,
            sector,
            sentences=_in_order(_pick(_newest(members, ages), candidates, weights, SENTENCES, TARGET_LENGTH)),
            points=_in_order(_points(_newest(members, ages), candidates, weights)),
        )
        for (area, sector), members in sorted(groups.items())
    )
    return Summary(digests, weights)


def _ages(figures: Sequence[Figure]) -> dict[str, str]:
    """Document -> the latest period in which it reports something done."""
    ages: dict[str, str] = {}
    for figure in figures:
        if figure.status == "actual" and figure.period_end[:1].isdigit():
            ages[figure.doc] = max(ages.get(figure.doc, ""), figure.period_end)
    return ages


def _newest(figures: Sequence[Figure], ages: Mapping[str, str]) -> list[Figure]:
    """Only what the newest document says, so that no old year stands beside the new one."""
    latest = max((ages.get(figure.doc, ""), figure.doc) for figure in figures)
    return [figure for figure in figures if (ages.get(figure.doc, ""), figure.doc) == latest]


def _candidates(figures: Sequence[Figure]) -> dict[str, tuple[Figure, Clause]]:
    """Figure id -> the clause run that prints it."""
    sentences: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.mark):
        sentences[figure.doc, figure.sentence_start].append(figure)
    found: dict[str, tuple[Figure, Clause]] = {}
    for members in sentences.values():
        for clause in clauses(members[0].sentence, members):
            found |= {figure.id: (figure, clause) for figure in clause.figures}
    return found


def _points(
    members: Sequence[Figure], candidates: Mapping[str, tuple[Figure, Clause]], weights: Mapping[str, int]
) -> list[Excerpt]:
    """Excerpts for page 1, where nothing stands before them: they name what they measure, if any does."""
    named_there = [f for f in members if f.id not in candidates or _names(f, candidates[f.id][1])]
    found = _pick(named_there, candidates, weights, 2, POINT_LENGTH)
    return found or _pick(members, candidates, weights, 2, POINT_LENGTH)


def _names(figure: Figure, clause: Clause) -> bool:
    """Whether a clause says half of the indicator's characters: 发放各类待遇, not 已开工17个项目."""
    text = figure.sentence[clause.start : clause.end]
    letters = {char for char in figure.indicator if char.isalnum()}
    return len(letters & set(text)) * 2 >= len(letters)


def _pick(
    members: Sequence[Figure],
    candidates: Mapping[str, tuple[Figure, Clause]],
    weights: Mapping[str, int],
    count: int,
    length: int,
) -> list[Excerpt]:
    """At most `count` excerpts of together at most `length` characters, key figures first, the weightiest first."""
    own = {figure.id for figure in members}
    chosen: list[Excerpt] = []
    seen: set[str] = set()
    texts: set[str] = set()
    room = length

    def rank(figure: Figure) -> tuple[bool, int, str, int]:
        behind = BEHIND if figure.status == "target" and length == POINT_LENGTH else 0
        return not figure.key, behind - weights[figure.id], figure.doc, figure.start

    for figure in sorted(members, key=rank):
        if figure.id not in candidates or figure.id in seen or len(chosen) == count:
            continue
        clause = candidates[figure.id][1]
        excerpt = _excerpt(figure, clause)
        text = excerpt.sentence[excerpt.start : excerpt.end]
        size = len(text) if count > 2 else _ems(text)
        # a short clause may be all that there is, but it does not fill up, and what fills up takes no line more
        filling = bool(chosen) and not figure.key and count == 2
        least, most = (SHORTEST_MORE, room - FILLING) if filling else (SHORTEST, room)
        fits = least <= size <= (most if chosen or count == 2 else max(most, LONGEST))
        if text in texts or not fits or not any(f.id in own for f in clause.figures):
            continue
        if chosen and not figure.key and weights[figure.id] < 12:
            continue
        chosen.append(excerpt)
        texts.add(text)
        seen.update(excerpt.figure_ids)
        room -= size
    return chosen


def _ems(text: str) -> int:
    """Width in Chinese characters, digits half as wide: what decides on the lines of a point."""
    return sum(1 if char.isascii() else 2 for char in text) // 2


def _excerpt(figure: Figure, clause: Clause) -> Excerpt:
    return Excerpt(
        figure.doc,
        figure.sentence_start,
        figure.sentence,
        clause.start,
        clause.end,
        tuple(f.id for f in clause.figures),
    )


def _in_order(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """In the order of the source; neighbours with only a comma or semicolon between them are one excerpt."""
    merged: list[Excerpt] = []
    for excerpt in sorted(excerpts, key=lambda excerpt: (excerpt.doc, excerpt.sentence_start, excerpt.start)):
        last = merged[-1] if merged else None
        if last and (last.doc, last.sentence_start) == (excerpt.doc, excerpt.sentence_start):
            between = last.sentence[last.end : excerpt.start]
            if not between.strip("，,；; "):
                ids = last.figure_ids + excerpt.figure_ids
                merged[-1] = replace(last, end=excerpt.end, figure_ids=ids)
                continue
        merged.append(excerpt)
    return tuple(merged)
