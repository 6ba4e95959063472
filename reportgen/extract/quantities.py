"""Sentence -> quantities: every number that stands with a unit, as a rank, a share or a ratio, and where it stands.

Offsets count inside the sentence. Nothing is judged here: `exclusions` says which of them are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reportgen.extract.numbers import DIGITS, HANZI_NUMBER, MULTIPLIERS, decimal_of, hanzi_value
from reportgen.extract.units import UnitReader
from reportgen.extract.written import Form, Quantity, written

__all__ = ["Quantity", "quantities"]

_ANY_NUMBER = re.compile("[0-9零〇一二两三四五六七八九十百千首]")
# begins with a digit, by which a search finds it fast; the sign is looked for behind it
_DIGITS = re.compile(
    r"(?P<low>\d(?<![A-Za-z\d.]\d)(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)(?P<mid>万|亿|%|％)?"
    rf"(?:(?P<join>[-—–~～]|至|到)(?P<high>{DIGITS}))?",
    re.ASCII,
)
_MULTIPLIER = re.compile("万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克卡伏赫帕字公])|百(?!分)")
_MULTIPLIES = frozenset("万千百十亿")
_HANZI = re.compile(HANZI_NUMBER)
# 由3到5 names two numbers, 3到5 alone is a range
_FROM = re.compile("[由从][^,，。;；]{0,14}$")
_MINUS = "-−－"
_BEFORE_SIGN = frozenset("为长降幅率的至到由从是达、,，:：(（ ") | {""}
"""After these a dash before a number is a minus; elsewhere it joins two words."""
_MORE = frozenset("余多几来")
_ROUND = "十百千"
_POINTS = "个百分点"
_LIST_LEAD = 14


def quantities(sentence: str, units: UnitReader) -> tuple[Quantity, ...]:
    """All quantities of a sentence from left to right, none overlapping another."""
    if not _ANY_NUMBER.search(sentence):
        return ()
    read = (*written(sentence), *_digits(sentence, units), *_hanzi(sentence, units))
    candidates = [quantity for quantity in read if quantity is not None]
    if len(candidates) > 1:
        candidates.sort(key=lambda quantity: (quantity.start, -quantity.tail))
    found: list[Quantity] = []
    taken = 0
    for quantity in candidates:
        if quantity.start >= taken:
            found.append(quantity)
            taken = quantity.tail
    if "分别" in sentence:
        found = _with_shared_units(sentence, found)
    return tuple(_in_points(sentence, found)) if "个百分点" in sentence else tuple(found)


def _in_points(sentence: str, found: list[Quantity]) -> list[Quantity]:
    """提高0.7个、3.1个百分点: 个 before another number of points is short for them."""
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        joined = sentence[one.tail : following.start] in ("、", "和", "与", "及")
        if one.base_unit == "个" and following.base_unit == _POINTS and joined:
            found[index] = replace(one, base_unit=_POINTS, kind=following.kind)
    return found


def _with_shared_units(sentence: str, found: list[Quantity]) -> list[Quantity]:
    """分别提高15、22个百分点: a bare number in a list takes the unit that the last one prints."""
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        bare = one.kind == "none" and not one.unit and one.form == "digits" and following.form in ("digits", "percent")
        if not bare or not following.base_unit or sentence[one.end : following.start] not in ("、", "和", "与"):
            continue
        number = decimal_of(following.num)
        if number and "分别" in sentence[max(0, one.start - _LIST_LEAD) : one.start]:
            factor = following.value / number
            found[index] = replace(
                one,
                value=one.value * factor,
                unit=following.unit,
                base_unit=following.base_unit,
                kind=following.kind,
                form=following.form,
            )
    return found


def _digits(sentence: str, units: UnitReader) -> Iterator[Quantity | None]:
    for match in _DIGITS.finditer(sentence):
        begin = match.start()
        before = sentence[begin - 1] if begin else ""
        if before == "第":
            continue
        low, high = decimal_of(match["low"]), decimal_of(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            continue
        # a dash that joins words is no minus: 2021-2025, 青岛-3号
        minus = bool(before) and before in _MINUS and sentence[max(0, begin - 2) : begin - 1] in _BEFORE_SIGN
        start = begin - 1 if minus else begin
        if high is None:
            yield _single(sentence, start, match.end("low"), -low if minus else low, units)
        elif match["join"] in "至到" and _FROM.search(sentence, max(0, start - 16), start):
            yield _single(sentence, start, match.end("low"), low, units)
            yield _single(sentence, match.start("high"), match.end(), high, units)
        else:
            yield _range(sentence, match, start, low, high, units)


def _range(
    sentence: str, match: re.Match[str], start: int, low: Decimal, high: Decimal, units: UnitReader
) -> Quantity | None:
    """3-5家, 1万至2万元: one quantity with both ends; a falling pair such as 2021-5 keeps its last number only."""
    quantity = _single(sentence, match.start("high"), match.end(), high, units)
    mid = match["mid"] or ""
    if quantity is None or (high < low and not mid):
        return quantity
    factor = quantity.value / high if high else Decimal(1)
    first = low * (MULTIPLIERS.get(mid, factor) if mid in "万亿" and mid else factor)
    return Quantity(
        start, match.end(), quantity.tail, sentence[start : match.end()], first, quantity.value, quantity.unit,
        quantity.base_unit, quantity.kind, "digits", quantity.more,
    )  # fmt: skip


def _hanzi(sentence: str, units: UnitReader) -> Iterator[Quantity | None]:
    """二十余次, 三项; a numeral that nothing countable follows is a word (一批, 三农)."""
    for match in _HANZI.finditer(sentence):
        start, end = match.span()
        if sentence[end : end + 1] not in units.starts:
            continue
        # 第十一届 is a rank or a name, 三分之二 a fraction
        before = sentence[max(0, start - 2) : start]
        if before.endswith("第") or before == "分之":
            start += 1
        value = hanzi_value(sentence[start:end]) if start < end else None
        if value is not None:
            yield _single(sentence, start, end, value, units, hanzi=True)


def _single(
    sentence: str, start: int, end: int, value: Decimal, units: UnitReader, *, hanzi: bool = False
) -> Quantity | None:
    """The number with multiplier and unit; a Chinese numeral only with either, an ASCII one also bare."""
    num = sentence[start:end]
    position, more = end, False
    # 十来个 is about ten, 统一来把握 a manner
    if sentence[end : end + 1] in _MORE and (not hanzi or num[-1] in _ROUND or sentence[end] != "来"):
        position, more = end + 1, True
    printed, amount = "", value
    multiplier = _MULTIPLIER.match(sentence, position) if sentence[position : position + 1] in _MULTIPLIES else None
    if multiplier:
        printed, position = multiplier[0], multiplier.end()
        amount = value * MULTIPLIERS[printed]
        if sentence[position : position + 1] in _MORE:
            position, more = position + 1, True
    unit = units.read(sentence, position)
    if unit is not None:
        form: Form = "hanzi" if hanzi else "percent" if unit.base == "%" else "digits"
        amount *= unit.factor
        return Quantity(
            start, end, unit.end, num, amount, None, printed + unit.printed, unit.base, unit.kind, form, more
        )
    if multiplier:
        form = "hanzi" if hanzi else "digits"
        return Quantity(start, end, position, num, amount, None, printed, "", "none", form, more)
    return None if more or hanzi else Quantity(start, end, end, num, value, None, "", "", "none", "digits")
