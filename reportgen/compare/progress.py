"""A target and what has been reached of it: completion, the part of the time gone, a verdict by stated rules.

Goes in: one figure for each meaning, and each indicator's direction. Comes out: pairs of one place, indicator, unit and
year. RULE is the text that briefings print; it must say what `_verdict` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from reportgen.compare.alike import identity_of, percentage, span, stage_in
from reportgen.compare.pairing import RATES, context_stage, ordered, pairs
from reportgen.compare.period import Span, elapsed
from reportgen.compare.places import Places
from reportgen.model import Figure, Progress
from reportgen.vocabulary import Vocabulary

Verdict = Literal["met", "ahead", "on course", "behind", "unknown"]

RULE = (
    "完成率＝实际÷目标；时序＝目标期内已过月数÷总月数，到某年的目标从发布当年1月起算。"
    "完成率比时序高5个点及以上为快于时序，低5个点以上为慢于时序，其间为与时序相当；"
    "达到目标为已完成，目标称“左右”“约”的达到95%即为已完成；“以内”“不超过”的目标以少为好，期满未超才算完成。"
    "比率只看是否达到，期满前未达到的不作判断；只报开工数的，开工不算完成。"
)
VERDICTS: Mapping[Verdict, str] = {
    "met": "已完成",
    "ahead": "快于时序",
    "on course": "与时序相当",
    "behind": "慢于时序",
    "unknown": "不作判断",
}
MARGIN = Decimal(5)
ROUGHLY = Decimal(95)
FULL = Decimal(100)


def progress(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[Progress, ...]:
    """Every target that an actual value can be set against, by area, target period and place in the document."""
    found = pairs(figures, places, _stages(vocabulary))
    return tuple(_pair(*pair, vocabulary) for pair in ordered(found, places))


def _stages(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Indicators whose name is a stage of their parent's: 老旧小区改造开工项目 of 老旧小区改造."""
    names = {indicator.id: indicator.name for indicator in vocabulary.indicators}
    return {
        indicator.id: indicator.parent
        for indicator in vocabulary.indicators
        if indicator.parent in names
        and stage_in(indicator.name, last=False)
        and not stage_in(names[indicator.parent], last=False)
    }


def _pair(target: Figure, actual: Figure, time: Span, vocabulary: Vocabulary) -> Progress:
    reached = span(actual)
    gone = elapsed(time, reached.last) if reached and reached.last is not None else Decimal(0)
    done = percentage(actual.value, target.value)
    indicator_id = target.indicator_id or actual.indicator_id
    canonical = vocabulary.indicator_by_id.get(indicator_id)
    less = target.qualifier == "le" or (canonical is not None and canonical.direction == "less")
    stage = context_stage(actual)
    staged = bool(stage) and not context_stage(target)
    verdict = _verdict(target, actual, done, gone, less=less)
    if staged and stage == "开工":
        verdict = _begun_only(verdict, gone)
    return Progress(
        indicator_id=indicator_id or identity_of(target),
        area=target.area,
        target=target,
        actual=actual,
        completion=done,
        year_elapsed=gone,
        verdict=verdict,
        indicator=_name(canonical.name if canonical else target.indicator, stage),
        verdict_text="期满未达到" if verdict == "behind" and gone >= FULL else VERDICTS[verdict],
    )


def _name(indicator: str, stage: str) -> str:
    """What the pair measures, with the stage that is reported: 老旧小区改造（开工）."""
    return f"{indicator}（{stage}）" if stage and stage not in indicator else indicator


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
