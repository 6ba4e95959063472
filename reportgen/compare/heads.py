"""Levels divided by the residents of their area, so that large and small places can be set side by side.

Goes in: figures and the vocabulary's populations. Comes out: per-head values with the division that gave them. A place
whose residents are not known has none; what is an average or a rate already is never divided again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from reportgen.compare.alike import unit_of
from reportgen.compare.places import Places
from reportgen.model import Figure, PerHead
from reportgen.notation import printed_value
from reportgen.vocabulary import Population, Vocabulary

MANY = 10_000
"""Counts are given for so many residents; money for one."""
DIGITS = 3
# 人均可支配收入, 月平均工资, 低保标准, 在园幼儿占比 are no sums over the residents of a place.
_NO_SUM = re.compile(
    "人均|户均|月均|年均|均价|平均|标准|待遇水平|单价|面积比|密度|浓度|率$|占比|比例|比重|指数|得分|排名"
)
_NO_COUNT = frozenset({"%", "个百分点", "倍", "分", "级", "℃", "摄氏度", "岁", "天", "小时", "分钟", "折"})


def per_head(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[PerHead, ...]:
    """For each figure that is a sum and whose area's residents are known: its value for one or for MANY residents."""
    populations = vocabulary.populations
    return tuple(
        _divided(figure, populations[places.key(figure)])
        for figure in figures
        if places.key(figure) in populations and _is_sum(figure)
    )


def _is_sum(figure: Figure) -> bool:
    unit = unit_of(figure)
    return (
        figure.measure == "level"
        and figure.value > 0
        and figure.value_high is None
        and bool(unit)
        and unit not in _NO_COUNT
        and "/" not in unit
        and not _NO_SUM.search(figure.indicator)
    )


def _divided(figure: Figure, population: Population) -> PerHead:
    money = unit_of(figure) == "元"
    base = 1 if money else MANY
    residents = Decimal(population.residents) / base
    divisor = f"{population.residents}人" if money else f"{population.residents / Decimal(MANY):f}万人"
    return PerHead(
        figure=figure,
        value=_rounded(figure.value / residents),
        unit=f"{unit_of(figure)}/{'人' if money else '万人'}",
        residents=population.residents,
        year=population.year,
        source=population.source,
        formula=f"{printed_value(figure)}÷{divisor}（{population.year}年常住人口）",
    )


def _rounded(value: Decimal) -> Decimal:
    """DIGITS significant digits, but never a digit before the point lost.

    >>> _rounded(Decimal("0.034812")), _rounded(Decimal("91.567")), _rounded(Decimal("12345.6"))
    (Decimal('0.0348'), Decimal('91.6'), Decimal('12346'))
    """
    places = min(0, value.adjusted() - DIGITS + 1)
    return value.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP)
