"""Which actual value answers which target: by name, by building stage, and by standing right after it in the text.

Goes in: targets and actual values of one run. Comes out: pairs with the span of the target in which the actual lies.
An actual value that says "begun" answers a target that names no stage only if no target asks for exactly that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from reportgen.compare.alike import (
    BEGUN_OR_DONE,
    counting_unit_of,
    identity_of,
    span,
    stage_in,
    stage_of,
    stem_of,
    unit_of,
)
from reportgen.compare.period import Span
from reportgen.compare.places import Places
from reportgen.model import Figure, Measure

RATES: tuple[Measure, ...] = ("share", "growth")
ALIKE = 0.75
"""Two names of one document are the same from this part of common character pairs on."""
NEAR = 160
"""Characters between the end of a target's sentence and the sentence that reports on it (截至目前……)."""
_CLAUSE = re.compile(r"[，,；;]")
_CARRIED = {"元", "人", "人次"}
"""Units that do not inherit a stage from an earlier clause: 已开工28个，完成投资4.8亿元 says nothing begun of money."""

Thing = tuple[str, Measure, str]
Pair = tuple[Figure, Figure, Span]
Fits = Callable[[Figure, Figure], bool]


def pairs(figures: Iterable[Figure], places: Places, stages: Mapping[str, str]) -> list[Pair]:
    """Every target with its actual value, by name before by place in the text; no target is answered twice.

    `stages`: id of an indicator that counts what has reached a stage (老旧小区改造开工项目) -> id of the whole's.
    """
    actuals: dict[Thing, list[Figure]] = defaultdict(list)
    targets = []
    for figure in figures:
        if figure.status == "actual":
            actuals[_thing(figure, places)].append(figure)
        elif figure.measure in ("level", *RATES) and figure.value:
            targets.append(figure)

    starts: dict[Thing, set[int]] = defaultdict(set)
    for target in targets:
        starts[_thing(target, places)].add(target.sentence_start)

    def answer(target: Figure, fits: Fits, without: set[str]) -> Pair | None:
        candidates = [
            (target, actual, time)
            for actual in actuals[_thing(target, places)]
            if actual.id not in without and fits(target, actual) and (time := time_of(target, actual, places))
        ]
        return min(candidates, key=lambda pair: _preference(target, pair[1], places), default=None)

    found = [pair for target in targets if (pair := answer(target, _exact, set()))]

    def begun(target: Figure, actual: Figure) -> bool:
        stage_of_it = bool(target.indicator_id) and stages.get(actual.indicator_id) == target.indicator_id
        named = stage_of_it or _named_alike(target, actual)
        return named and not context_stage(target) and context_stage(actual) in BEGUN_OR_DONE

    for fits in (begun, _follows):
        # What is begun or unnamed answers one target only, and one of each sentence: the whole, not its parts too.
        used = {actual.id for _, actual, _ in found}
        answered = {target.id for target, _, _ in found}
        sentences = {_sentence(target, places) for target, _, _ in found if not context_stage(target)}
        for target in targets:
            whole = _sentence(target, places)
            if target.id in answered or (not context_stage(target) and whole in sentences):
                continue
            pair = answer(target, fits, used)
            if pair and (fits is begun or not _another_between(target, pair[1], starts[whole[2]])):
                found.append(pair)
                used.add(pair[1].id)
                sentences.add(whole)
    return found


def _sentence(target: Figure, places: Places) -> tuple[str, int, Thing]:
    return target.doc, target.sentence_start, _thing(target, places)


def _another_between(target: Figure, actual: Figure, sentences: set[int]) -> bool:
    """Whether a later sentence before the actual value has a target of the same kind, which it then reports on."""
    return any(target.sentence_start < start <= actual.sentence_start for start in sentences)


def _thing(figure: Figure, places: Places) -> Thing:
    return places.key(figure), figure.measure, counting_unit_of(figure)


def _exact(target: Figure, actual: Figure) -> bool:
    return _named_alike(target, actual) and context_stage(target) == context_stage(actual)


def _follows(target: Figure, actual: Figure) -> bool:
    """An actual value of no name of its own, or of words that the target's sentence holds, soon after the target."""
    distance = actual.sentence_start - target.sentence_start - len(target.sentence)
    near = target.doc == actual.doc and 0 <= distance <= NEAR
    if not near or _different_ids(target, actual) or target.measure in RATES:
        return False
    wanted, reached = context_stage(target), context_stage(actual)
    if reached != wanted and (wanted or reached not in BEGUN_OR_DONE):
        return False
    couples = _couples(stem_of(actual))
    held = sum(couple in target.sentence for couple in couples)
    return 2 * held >= len(couples)


def _named_alike(target: Figure, actual: Figure) -> bool:
    """The same id or words; within one document also the same stem or nearly the same words."""
    if identity_of(target) == identity_of(actual):
        return True
    if target.doc != actual.doc or _different_ids(target, actual):
        return False
    one, other = stem_of(target), stem_of(actual)
    if one == other:
        return len(one) > 1
    first, second = _couples(one), _couples(other)
    return (
        actual.start > target.start
        and min(len(first), len(second)) > 2
        and 2 * len(first & second) >= ALIKE * (len(first) + len(second))
    )


def _different_ids(one: Figure, other: Figure) -> bool:
    return bool(one.indicator_id and other.indicator_id) and one.indicator_id != other.indicator_id


def _couples(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def context_stage(figure: Figure) -> str:
    """The stage that the indicator names, else that of the figure's clause, else that of the clause before it."""
    if named := stage_of(figure):
        # 开工项目完成投资: what is spent is spent, whatever stage the projects are at.
        return "" if unit_of(figure) == "元" else named
    start, end = figure.mark
    breaks = [found.end() for found in _CLAUSE.finditer(figure.sentence, 0, start)]
    first = breaks[-1] if breaks else 0
    after = _CLAUSE.search(figure.sentence, end)
    own = stage_in(figure.sentence[first:start], last=True) or stage_in(
        figure.sentence[end : after.start() if after else len(figure.sentence)], last=False
    )
    if own or unit_of(figure) in _CARRIED or figure.measure != "level":
        return own
    return stage_in(figure.sentence[:first], last=True)


def time_of(target: Figure, actual: Figure, places: Places) -> Span | None:
    """The span of the target in which the actual value lies, or None where they do not belong together.

    An actual value must count from where the target counts: from the start of its span, or from an open start in the
    same document (截至四月底已开工). A target to a year counts from January of its publication year.
    """
    wanted, reached = span(target), span(actual)
    if wanted is None or reached is None or reached.last is None:
        return None
    this_year = places.published(target).year * 12
    if wanted.every_year:
        first = reached.last // 12 * 12
        wanted = Span(first, first + 11) if first >= this_year else None
    elif wanted.first is None and wanted.last is not None and wanted.last >= this_year:
        wanted = Span(this_year, wanted.last)
    if wanted is None or wanted.first is None or wanted.last is None:
        return None
    if not wanted.first <= reached.last <= wanted.last:
        return None
    if target.measure in RATES or reached.first == wanted.first:
        return wanted
    return wanted if reached.first is None and target.doc == actual.doc else None


def _preference(target: Figure, actual: Figure, places: Places) -> tuple[bool, int, bool, tuple[int, str, int, int]]:
    """Sort key: the same id first, then the latest period, what is begun before what is done, the first mention."""
    months = span(actual)
    return (
        identity_of(actual) != identity_of(target),
        -(months.last or 0) if months else 0,
        context_stage(actual) not in (context_stage(target), "开工"),
        places.newest_first(actual),
    )


def ordered(found: Sequence[Pair], places: Places) -> list[Pair]:
    """Pairs by area, end of the target, and place in the document."""
    return sorted(found, key=lambda pair: (places.in_order(pair[0]), pair[0].period_end, pair[0].doc, pair[0].start))
