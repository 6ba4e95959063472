"""Comparison: figures set side by side, like with like, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from reportgen.model.documents import Problem
from reportgen.model.figures import Figure, Measure


@dataclass(frozen=True, slots=True)
class PerHead:
    """A level divided by its area's residents (computed): `value` in `unit`, 元/人 or such as 人/万人.

    `residents` are those of `year` by the publication `source`; `formula` is the division as it is printed.
    """

    figure: Figure
    value: Decimal
    unit: str
    residents: int
    year: int
    source: str
    formula: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator, measure and base unit over areas; `comparable` when status, period length and end agree too."""

    indicator_id: str
    indicator: str
    sector: str
    measure: Measure
    base_unit: str
    figures: tuple[Figure, ...]
    comparable: bool
    notes: Mapping[str, str] = field(default_factory=dict)
    """figure id -> why it is not like the others."""
    references: tuple[str, ...] = ()
    """Ids of the provincial figures among `figures`: what the others are seen against, never one of them."""
    per_head: tuple[PerHead, ...] = ()
    """For those of `figures` whose area's residents are known, in their order."""


@dataclass(frozen=True, slots=True)
class ProvinceShare:
    """An area's part of its province's value of the same indicator, status and period (a percentage, computed)."""

    indicator_id: str
    indicator: str
    share: Decimal
    province: Figure
    area: Figure
    note: str = ""
    """Why the share is only a hint: the area's year is one of several of the province's. Empty where it is exact."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and the actual set against it: completion in %, the part of the year gone in %, a verdict."""

    indicator_id: str
    area: str
    target: Figure
    actual: Figure
    completion: Decimal
    year_elapsed: Decimal
    verdict: Literal["met", "ahead", "on course", "behind", "unknown"]
    indicator: str = ""
    """What the actual value says is done, e.g. 老旧小区改造（开工）."""
    verdict_text: str = ""
    """The verdict as it is printed, e.g. 慢于时序."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of a series: the figure, the growth that a source states, the growth computed from the series."""

    figure: Figure
    growth_stated: Decimal | None
    growth_computed: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """The same area and indicator over several periods, oldest first."""

    indicator_id: str
    indicator: str
    area: str
    base_unit: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class ProvinceSum:
    """The known values of a province's prefectures added up beside the province's own.

    `reaches` is unknown while prefectures are missing and the known ones do not reach the province's value alone.
    """

    indicator_id: str
    indicator: str
    province: Figure
    areas: tuple[Figure, ...]
    total: Decimal
    share: Decimal
    reaches: Literal["yes", "no", "unknown"]
    prefectures: int = 0
    """How many the province has; `areas` are those that are known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """An area's last actual value and its target for a later period, of one indicator, measure and unit."""

    indicator_id: str
    indicator: str
    area: str
    actual: Figure
    target: Figure


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What a month's documents say beside the last value that was known before them.

    `later`: the same measure at a later time; `revised`: another value for the same time. `growth` in % for levels
    above zero; None for rates, ranges and periods of another length.
    """

    kind: Literal["later", "revised"]
    indicator_id: str
    indicator: str
    area: str
    before: Figure
    after: Figure
    difference: Decimal
    growth: Decimal | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that one of two issues knows and the other does not (added, dropped), or knows otherwise (changed)."""

    kind: Literal["added", "changed", "dropped"]
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class MonthNews:
    """What one month brings to the targets: announced for the first time or revised, and those that it reports on.

    `reported` are the pairs of which the target or the actual value came in the month.
    """

    month: str
    docs: tuple[str, ...]
    changes: tuple[ValueChange, ...] = ()
    announced: tuple[Figure, ...] = ()
    reported: tuple[Progress, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Everything that can be set side by side."""

    between_areas: tuple[Comparison, ...] = ()
    province_shares: tuple[ProvinceShare, ...] = ()
    progress: tuple[Progress, ...] = ()
    series: tuple[Series, ...] = ()
    problems: tuple[Problem, ...] = ()
    province_sums: tuple[ProvinceSum, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    partial_shares: tuple[ProvinceShare, ...] = ()
    """Shares that are only hints (a province's several years, a narrower count): each with a note, never added up."""
    progress_rule: str = ""
    """How completion, elapsed time and verdict are found, as it is printed."""
    news: MonthNews | None = None
    """Where a month was asked for."""
