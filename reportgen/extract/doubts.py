"""What one document alone gives reason to doubt: two values under one name, lists that miss their total, guesses.

Figures go in, Problems of severity doubt come out, a bounded number of each kind; no figure is changed. What only a
second document shows is for the comparison to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice, pairwise

from reportgen.model import Figure, Problem
from reportgen.notation import printed_step
from reportgen.vocabulary import Vocabulary

MOST = 20
"""Problems of one kind in one document; a reader who has seen so many does not need the next."""
_FULL_NAME = 6
"""Characters of a name that is no longer a mere noun (投资, 面积) and should mean one thing."""
_LISTED = re.compile("分别(?:是|为|位于|在)|其中|包括|即")
_SENTENCE_PART = re.compile("[;；。]")
_FEWEST_PLACES = 2
_GUESSED = {"period": "时间", "sector": "领域"}


def doubts(figures: tuple[Figure, ...], vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """All doubts about the figures of one document, in the order conflicts, lists of places, guesses."""
    kinds = (_conflicts(figures), _place_lists(figures), _guesses(figures, vocabulary))
    return tuple(problem for kind in kinds for problem in islice(kind, MOST))


def _conflicts(figures: Iterable[Figure]) -> Iterator[Problem]:
    """Different values under one full name without canonical indicator, whose conflicts the comparison shows."""
    named: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.indicator_id or figure.qualifier != "eq" or len(figure.indicator) < _FULL_NAME:
            continue
        key = figure.indicator, figure.area, figure.measure, figure.base_unit, figure.status, figure.period
        named[key].append(figure)
    for group in named.values():
        first = group[0]
        others = [each for each in group[1:] if each.sentence_start != first.sentence_start and not _agree(first, each)]
        if others:
            values = "、".join(f"{each.num}{each.unit}" for each in (first, *others))
            message = f"{first.area}“{first.indicator}”{first.period}在同一材料中有不同的数：{values}，请核对。"
            yield _problem("conflict", message, first, *others)


def _agree(one: Figure, other: Figure) -> bool:
    """Whether the values are equal as exactly as the rougher of them is printed."""
    step = max(printed_step(one), printed_step(other))
    return one.value_high != other.value_high or abs(one.value - other.value) < step


def _place_lists(figures: Iterable[Figure]) -> Iterator[Problem]:
    """A total and, behind 其中 or 分别是, numbers of places that add up to more (分别是: to another sum)."""
    sentences: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == "level" and figure.qualifier == "eq" and figure.value_high is None:
            sentences[figure.sentence_start].append(figure)
    for group in sentences.values():
        group.sort(key=lambda figure: figure.mark)
        for total, following in pairwise(group):
            listed = _LISTED.search(total.sentence, total.mark[1], following.mark[0])
            parts = _parts(total, group) if listed and following.area != total.area else []
            if len(parts) < _FEWEST_PLACES:
                continue
            whole = sum((part.value for part in parts), Decimal(0))
            slack = sum((printed_step(part) for part in parts), printed_step(total)) / 2
            missing = listed is not None and listed[0].startswith("分别") and whole < total.value - slack
            if whole > total.value + slack or missing:
                sums = "＋".join(f"{part.area}{part.num}" for part in parts)
                message = f"{total.area}“{total.indicator}”{total.num}{total.unit}与所列各地之和不符：{sums}，请核对。"
                yield _problem("sum", message, total, *parts)


def _parts(total: Figure, group: list[Figure]) -> list[Figure]:
    """The figures of other places behind the total, in its unit, up to the end of the list."""
    stop = _SENTENCE_PART.search(total.sentence, total.mark[1])
    end = stop.start() if stop else len(total.sentence)
    return [
        figure
        for figure in group
        if total.mark[1] <= figure.mark[0] < end
        and figure.base_unit == total.base_unit
        and figure.area != total.area
        and "、" not in figure.area
    ]


def _guesses(figures: Iterable[Figure], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Figures that a briefing would print whose period or sector the text does not tell: read from date and context."""
    for figure in figures:
        known = vocabulary.indicator_by_id.get(figure.indicator_id)
        if known is None or not known.headline:
            continue
        guessed = [word for name, word in _GUESSED.items() if figure.known.get(name) == "implied"]
        if guessed:
            what = f"{figure.area}“{figure.indicator}”{figure.num}{figure.unit}"
            yield _problem("guessed", f"{what}的{'和'.join(guessed)}原文未写明，系推断，请核对。", figure)


def _problem(code: str, message: str, figure: Figure, *others: Figure) -> Problem:
    ids = (figure.id, *(other.id for other in others))
    return Problem("doubt", code, message, figure.doc, figure.start, figure.end, ids)
