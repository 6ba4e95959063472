"""Numbers that are no figures: dates, names, thresholds, streaks, ordinals. One small rule each, in a visible list.

A rule looks at a frame and answers yes or no; the first yes names the reason, shown by `explain` and the evidence page.
"""

from __future__ import annotations

from collections.abc import Callable

from reportgen.extract.exclusions.codes import grade, list_number, long_code, model_name, no_unit, table_row
from reportgen.extract.exclusions.dates import age, date, duration, phase, streak
from reportgen.extract.exclusions.names import (
    abstract,
    capacity_name,
    circle,
    introduced,
    model_size,
    named_measure,
    quoted,
)
from reportgen.extract.exclusions.ordinals import leading_group, ordinal
from reportgen.extract.exclusions.slogans import slogan
from reportgen.extract.exclusions.thresholds import per_so_many, threshold, whose_share
from reportgen.extract.frame import Frame

__all__ = ["RULES", "reason"]

Rule = Callable[[Frame], bool]

RULES: tuple[Rule, ...] = (
    introduced,
    abstract,
    named_measure,
    capacity_name,
    model_size,
    quoted,
    list_number,
    date,
    age,
    model_name,
    long_code,
    circle,
    grade,
    no_unit,
    ordinal,
    streak,
    threshold,
    per_so_many,
    whose_share,
    duration,
    leading_group,
    phase,
    slogan,
    table_row,
)
"""The rules in the order in which they are asked; the order decides only which name is shown."""


def reason(frame: Frame) -> str | None:
    """The name of the first rule that says the quantity is no figure, or None."""
    for rule in RULES:
        if rule(frame):
            return rule.__name__
    return None
