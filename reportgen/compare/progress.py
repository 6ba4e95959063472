"""A target and what has been reached of it: completion, the part of the time gone, a verdict by stated rules.

Goes in: one figure for each meaning, and each indicator's direction. Comes out: pairs of one place, indicator, unit and
year. RULE is the text that briefings print; it must say what `_verdict` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from reportgen.compare.alike import (
    BEGUN_OR_DONE,
    counting_unit_of,
    identity_of,
    percentage,
    span,
    stage_of,
    stem_of,
)
from reportgen.compare.period import Span, elapsed
from reportgen.compare.places import Places
from reportgen.model import Figure, Measure, Progress
from reportgen.vocabulary import Vocabulary

Verdict = Literal["met", "ahead", "on course", "behind", "unknown"]

RULE = (
    "完成率＝实际÷目标；时序＝目标期内已过月数÷总月数，到某年的目标从发布当年1月起算。"
    "完成率比时序高5个点及以上为快于时序，低5个点以上为慢于时序，其间为与时序相当；"
    "达到目标为已完成，目标称“左右”“约”的达到95%即为已完成；“以内”“不超过”的目标以少为好，期满未超才算完成。"
    "比率只看是否达到，期满前未达到的不作判断；只报开工数的，开工不算完成。"
)
MARGIN = Decimal(5)
ROUGHLY = Decimal(95)
FULL = Decimal(100)
RATES: tuple[Measure, ...] = ("share", "growth")
Thing = tuple[str, Measure, str]


def progress(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[Progress, ...]:
    """Every target that an actual value can be set against, ordered by area, target period and indicator."""
    actuals: dict[Thing, list[Figure]] = defaultdict(list)
    targets = []
    for figure in figures:
        if figure.status == "target" and figure.measure in ("level", *RATES) and figure.value:
            targets.append(figure)
        elif figure.status == "actual":
            actuals[_thing(figure, places)].append(figure)
    pairs = []
    for target in targets:
        fitting = [
            (time, actual)
            for actual in actuals[_thing(target, places)]
            if _same_indicator(target, actual) and (time := _time(target, actual, places))
        ]
        if fitting:
            time, actual = min(fitting, key=lambda pair: _preference(target, pair[1], places))
            pairs.append(_pair(target, actual, time, vocabulary))
    return tuple(
        sorted(
            pairs,
            key=lambda pair: (places.in_order(pair.target), pair.target.period_end, pair.target.doc, pair.target.start),
        )
    )


def _thing(figure: Figure, places: Places) -> Thing:
    return places.key(figure), figure.measure, counting_unit_of(figure)


def _same_indicator(target: Figure, actual: Figure) -> bool:
    """The same id or the same stem, and no stage that the target does not ask for.

    A target without a stage (169 estates to renew) is answered by what has begun or is done, not by what is out for
    tender.
    """
    stem = stem_of(target)
    same = identity_of(target) == identity_of(actual) or (
        len(stem) > 1 and stem == stem_of(actual) and target.doc == actual.doc
    )
    wanted, reached = stage_of(target), stage_of(actual)
    return same and (reached == wanted or (not wanted and reached in BEGUN_OR_DONE))


def _time(target: Figure, actual: Figure, places: Places) -> Span | None:
    """The span of the target in which the actual value lies, or None where they do not belong together.

    An actual value must count from where the target counts: from the start of its span, or from an open start in the
    same document (截至四月底已开工).
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


def _preference(target: Figure, actual: Figure, places: Places) -> tuple[bool, bool, int, tuple[int, str, int, int]]:
    """Sort key: the same stage and id first, then the latest period, then the newest document."""
    months = span(actual)
    return (
        stage_of(actual) != stage_of(target),
        identity_of(actual) != identity_of(target),
        -(months.last or 0) if months else 0,
        places.newest_first(actual),
    )


def _pair(target: Figure, actual: Figure, time: Span, vocabulary: Vocabulary) -> Progress:
    reached = span(actual)
    gone = elapsed(time, reached.last) if reached and reached.last is not None else Decimal(0)
    done = percentage(actual.value, target.value)
    canonical = vocabulary.indicator_by_id.get(target.indicator_id)
    less = target.qualifier == "le" or (canonical is not None and canonical.direction == "less")
    staged = bool(stage_of(actual)) and not stage_of(target)
    verdict = _verdict(target, actual, done, gone, less=less)
    return Progress(
        indicator_id=identity_of(target),
        area=target.area,
        target=target,
        actual=actual,
        completion=done,
        year_elapsed=gone,
        verdict=_begun_only(verdict, gone) if staged and stage_of(actual) == "开工" else verdict,
        indicator=actual.indicator if staged else canonical.name if canonical else target.indicator,
    )


def _begun_only(verdict: Verdict, gone: Decimal) -> Verdict:
    """All of it begun is not all of it done: never met, and unknown once the time is over."""
    if gone >= FULL:
        return "unknown"
    return "ahead" if verdict == "met" else verdict


def _verdict(target: Figure, actual: Figure, done: Decimal, gone: Decimal, *, less: bool) -> Verdict:
    """The verdict by RULE. `less`: a small value is good; a decline is compared by its size."""
    over = gone >= FULL
    if target.value < 0:
        less = False  # 下降30% asks for a decline of at least that size: completion compares the sizes.
    enough = ROUGHLY if target.qualifier == "approx" else FULL
    if less:
        within = actual.value <= target.value if target.qualifier != "approx" else done <= 2 * FULL - enough
        if over or target.measure in RATES:
            return "met" if within and over else "unknown" if not over else "behind"
        if not within or done > gone + MARGIN:
            return "behind"
        return "ahead" if done <= gone - MARGIN else "on course"
    if done >= enough:
        return "met"
    if target.measure in RATES:
        return "behind" if over else "unknown"
    if done >= gone + MARGIN:
        return "ahead"
    return "behind" if over or done < gone - MARGIN else "on course"
