"""Numbers that may be wrong although they look right: far from their like, or parts that exceed their total.

Goes in: comparisons, series, figures. Comes out: Problems of severity doubt that name the figures; nothing is changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from reportgen.compare.alike import bounds, unit_of
from reportgen.model import Comparison, Figure, Problem, Series

FAR = 20
"""A value so many times its like is doubted: the usual slip between 万 and no 万 is larger, real areas rarely are."""
_OPENER = re.compile("其中|包括")
_SCOPE_END = re.compile("[;；。(（]")
"""Where what 其中 opens ends: a semicolon turns to something else, brackets hold parts of parts."""


def doubts(figures: Iterable[Figure], compared: Iterable[Comparison], series: Iterable[Series]) -> tuple[Problem, ...]:
    """All doubts about single values, in the order far between areas, far over time, parts beyond totals."""
    found = []
    for row in compared:
        alike = [figure for figure in row.figures if figure.id not in row.notes]
        if row.comparable and row.measure == "level":
            found += _far(sorted(alike, key=lambda figure: figure.value), row.indicator)
    for line in series:
        for one, other in pairwise(line.points):
            found += _far(sorted((one.figure, other.figure), key=lambda figure: figure.value), line.indicator)
    return (*found, *_parts(figures))


def _far(ordered: Sequence[Figure], indicator: str) -> list[Problem]:
    """A doubt where the largest value is over FAR times the next one below it that is not zero."""
    positive = [figure for figure in ordered if figure.value > 0]
    if len(positive) < 2 or positive[-1].value <= FAR * positive[-2].value:
        return []
    large, small = positive[-1], positive[-2]
    return [
        Problem(
            "doubt",
            "far-apart",
            f"“{indicator}”{large.area}{large.num}{large.unit}是{small.area}{small.num}{small.unit}的"
            f"{FAR}倍以上，请核对单位。",
            large.doc,
            large.start,
            large.end,
            (large.id, small.id),
        )
    ]


def _parts(figures: Iterable[Figure]) -> list[Problem]:
    """A doubt for each sentence whose parts after 其中 or 包括 exceed the total before it."""
    sentences: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == "level" and figure.qualifier == "eq" and figure.value_high is None:
            sentences[figure.doc, figure.sentence_start].append(figure)
    found = []
    for group in sentences.values():
        text = group[0].sentence
        opener = _OPENER.search(text)
        if opener:
            stop = _SCOPE_END.search(text, opener.end())
            end = stop.start() if stop else len(text)
            found += _exceeding(sorted(group, key=lambda figure: figure.mark), opener.start(), end)
    return found


def _exceeding(group: Sequence[Figure], at: int, end: int) -> list[Problem]:
    """A doubt where the figures from `at` to `end` add up to more than the last one before `at`, rounding allowed."""
    before = [figure for figure in group if figure.mark[1] <= at]
    if not before:
        return []
    total = before[-1]
    parts = [
        figure
        for figure in group
        if at < figure.mark[0] < end
        and (unit_of(figure), figure.status, figure.area) == (unit_of(total), total.status, total.area)
    ]
    least = sum((bounds(figure)[0] or Decimal(0) for figure in parts), Decimal(0))
    most = bounds(total)[1]
    if len(parts) < 2 or most is None or least <= most:
        return []
    return [
        Problem(
            "doubt",
            "parts-exceed-total",
            f"{total.area}“{total.indicator}”{total.num}{total.unit}小于其各部分之和："
            + "＋".join(f"{figure.num}{figure.unit}" for figure in parts),
            total.doc,
            total.start,
            total.end,
            (total.id, *(figure.id for figure in parts)),
        )
    ]
