"""The same place and indicator over time, and what is planned after the last known value.

Goes in: one figure for each meaning. Comes out: series of periods of one length, oldest first, with the growth that the
source states beside the growth that two values a year apart give; a mismatch beyond rounding is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from reportgen.compare.alike import bounds, identity_of, percentage, span, unit_of
from reportgen.compare.places import Places
from reportgen.compare.provinces import indicator_name
from reportgen.model import Figure, Outlook, Problem, Series, SeriesPoint
from reportgen.notation import period_text, printed_step
from reportgen.vocabulary import Vocabulary

Line = tuple[str, str, str, str, int | None]
YEAR = 12


def series(
    figures: Iterable[Figure], places: Places, vocabulary: Vocabulary
) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
    """Every series of two or more points by area and indicator, and a doubt for each stated growth that disagrees."""
    lines: dict[Line, list[Figure]] = defaultdict(list)
    stated: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        if figure.status != "actual":
            continue
        if figure.measure == "growth" and figure.base_unit == "%":
            stated[places.key(figure), identity_of(figure), figure.period] = figure
        months = span(figure)
        if figure.measure in ("level", "share") and months and months.last is not None:
            line: Line = (places.key(figure), identity_of(figure), figure.measure, unit_of(figure), months.months)
            lines[line].append(figure)
    found, problems = [], []
    for key, values in lines.items():
        points = sorted(values, key=lambda figure: (figure.period_end, figure.id))
        if len({figure.period_end for figure in points}) < len(points) or len(points) < 2:
            continue
        growths = [stated.get((key[0], key[1], figure.period)) for figure in points]
        found.append(_series(key, points, growths, vocabulary))
        problems += _mismatches(found[-1], growths)
    found.sort(key=lambda row: (places.in_order(row.points[0].figure), row.indicator_id, row.points[0].figure.id))
    return tuple(found), tuple(problems)


def _series(line: Line, points: Sequence[Figure], growths: Sequence[Figure | None], vocabulary: Vocabulary) -> Series:
    computed = [None, *(_growth(one, other) for one, other in pairwise(points))]
    return Series(
        indicator_id=line[1],
        indicator=indicator_name(points[-1], vocabulary),
        area=points[-1].area,
        base_unit=line[3],
        points=tuple(
            SeriesPoint(figure, stated.value if stated else None, growth)
            for figure, stated, growth in zip(points, growths, computed, strict=True)
        ),
    )


def _a_year_apart(before: Figure, after: Figure) -> bool:
    one, other = span(before), span(after)
    return bool(one and other and one.last is not None and other.last == one.last + YEAR)


def _growth(before: Figure, after: Figure) -> Decimal | None:
    """Growth in % between levels a year apart; rates have none, and nothing grows from zero."""
    if after.measure != "level" or before.value <= 0 or not _a_year_apart(before, after):
        return None
    return percentage(after.value, before.value) - 100


def _mismatches(row: Series, growths: Sequence[Figure | None]) -> list[Problem]:
    """A doubt for every stated growth that no rounding of the printed values can give."""
    problems = []
    for before, after, stated in zip(row.points, row.points[1:], growths[1:], strict=False):
        if stated is None or after.growth_computed is None or stated.qualifier != "eq":
            continue
        possible = _possible_growth(before.figure, after.figure)
        if possible is None:
            continue
        slack = printed_step(stated) / 2
        if not possible[0] - slack <= stated.value <= possible[1] + slack:
            problems.append(
                Problem(
                    "doubt",
                    "growth-mismatch",
                    f"{row.area}“{row.indicator}”{period_text(after.figure.period)}：材料称增长{stated.num}{stated.unit}，"
                    f"按{before.figure.num}{before.figure.unit}和{after.figure.num}{after.figure.unit}推算为"
                    f"{after.growth_computed}%，超出四舍五入的误差（可比价、口径调整会造成这种差别）。",
                    stated.doc,
                    stated.start,
                    stated.end,
                    (before.figure.id, after.figure.id, stated.id),
                )
            )
    return problems


def _possible_growth(before: Figure, after: Figure) -> tuple[Decimal, Decimal] | None:
    """The least and greatest growth in % that the printed values allow; None where one is open-ended."""
    (low, high), (low_after, high_after) = bounds(before), bounds(after)
    if low is None or high is None or low_after is None or high_after is None or low <= 0:
        return None
    return 100 * low_after / high - 100, 100 * high_after / low - 100


def outlooks(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[Outlook, ...]:
    """For each place and indicator with a full year's actual value: the target of the following year."""
    actual: dict[tuple[str, str, str, str, int], Figure] = {}
    targets: list[tuple[tuple[str, str, str, str, int], Figure]] = []
    for figure in figures:
        months = span(figure)
        if months is None or months.year is None or months.months != YEAR or months.last != months.year * YEAR + 11:
            continue
        key = (places.key(figure), identity_of(figure), figure.measure, unit_of(figure))
        if figure.status == "actual":
            actual[(*key, months.year + 1)] = figure
        else:
            targets.append(((*key, months.year), figure))
    return tuple(
        Outlook(identity_of(target), indicator_name(target, vocabulary), target.area, actual[key], target)
        for key, target in targets
        if key in actual
    )
