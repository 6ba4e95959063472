"""Sentence -> quantities: every number that stands with a unit, as a rank, a share or a ratio, and where it stands.

Offsets count inside the sentence. Nothing is judged here: `exclusions` says which of them are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportgen.extract.numbers import DIGITS, HANZI_NUMBER, MULTIPLIERS, decimal_of, hanzi_value
from reportgen.extract.units import UnitReader

Form = Literal["digits", "hanzi", "percent", "fraction", "rank", "ratio", "fold"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. [start, end) is the number token, [end, tail) its multiplier and unit."""

    start: int
    end: int
    tail: int
    num: str
    value: Decimal
    high: Decimal | None
    unit: str
    base_unit: str
    kind: str
    form: Form
    more: bool = False
    """余, 多 or 几 stand in the number: it is at least the value."""
    range_end: int = 0
    """Where a from-to written with 由/从 … 到 has its second number; 0 otherwise."""


_JOIN = "[-—–~～]|至|到"
_DIGITS = re.compile(
    rf"(?<![A-Za-z\d.])(?P<sign>[-−－](?=\d))?(?P<low>{DIGITS})(?P<mid>万|亿|%|％)?(?:(?P<join>{_JOIN})(?P<high>{DIGITS}))?",
    re.ASCII,
)
_MULTIPLIER = re.compile("万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克卡伏赫帕字公])|百(?!分)")
_HANZI = re.compile(rf"(?<!第)(?<![一-龥]分之)(?P<low>{HANZI_NUMBER})")
_PERCENT_WORDS = re.compile(
    rf"百分之(?P<low>{DIGITS}|[零〇一二两三四五六七八九十百]{{1,6}}(?:点[零〇一二三四五六七八九]{{1,4}})?)", re.ASCII
)
_FRACTION = re.compile(
    rf"(?P<hanzi>(?P<whole>[二三四五六七八九十]{{1,3}})分之(?P<part>[一二两三四五六七八九]{{1,2}}))|(?<![\d/.])(?P<down>\d)/(?P<up>\d{{1,2}})(?![\d/.])",
    re.ASCII,
)
_RATIO = re.compile(r"(?<![\d.:：])\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?){1,4}(?![\d:：])", re.ASCII)
_RANK = re.compile(rf"第(?P<low>\d{{1,3}}|{HANZI_NUMBER})(?P<word>名|位)?|(?P<first>首)位", re.ASCII)
_FOLD = re.compile(r"翻(?:了)?(?P<low>[一两二三]|\d)番", re.ASCII)
_TENTHS = re.compile("(?P<low>[一二两三四五六七八九]|\\d(?:\\.\\d)?)成(?P<half>半)?(?=以上|左右|多|[,，。;；、和的]|$)", re.ASCII)
_MORE = "余多几来"


def quantities(sentence: str, units: UnitReader) -> tuple[Quantity, ...]:
    """All quantities of a sentence from left to right, none overlapping another."""
    found: list[Quantity] = []
    taken = 0
    for quantity in sorted(_all(sentence, units), key=lambda q: (q.start, -q.tail)):
        if quantity.start >= taken:
            found.append(quantity)
            taken = quantity.tail
    return tuple(found)


def _all(sentence: str, units: UnitReader) -> Iterator[Quantity]:
    yield from _ratios(sentence)
    yield from _percent_words(sentence)
    yield from _fractions(sentence)
    yield from _folds(sentence)
    yield from _tenths(sentence)
    yield from _ranks(sentence)
    yield from _digits(sentence, units)
    yield from _hanzi(sentence, units)


def _digits(sentence: str, units: UnitReader) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(sentence):
        if sentence[match.start() - 1 : match.start()] == "第":
            continue
        low, high = decimal_of(match["low"]), decimal_of(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            continue
        if match["sign"] and match.start() and sentence[match.start() - 1] not in "为长降幅率、,，:：(（ ":
            start = match.start("low")
        else:
            start = match.start()
        if match["high"] and _from_to(sentence, match.start(), match["join"]):
            yield from _single(sentence, start, match.end("low"), low, units)
            yield from _single(sentence, match.start("high"), match.end(), high or low, units)
            continue
        if match["high"]:
            yield from _range(sentence, match, start, low, high or low, units)
            continue
        end = match.end("low")
        yield from _single(sentence, start, end, -low if start < match.start("low") else low, units)


def _from_to(sentence: str, start: int, join: str) -> bool:
    return join in "至到" and bool(re.search("[由从][^,，。;；]{0,14}$", sentence[max(0, start - 16) : start]))


def _range(
    sentence: str, match: re.Match[str], start: int, low: Decimal, high: Decimal, units: UnitReader
) -> Iterator[Quantity]:
    for quantity in _single(sentence, match.start("high"), match.end(), high, units):
        factor = quantity.value / high if high else Decimal(1)
        mid = match["mid"] or ""
        first = low * (MULTIPLIERS.get(mid, factor) if mid in "万亿" and mid else factor)
        if high < low and not mid:
            yield quantity
            return
        yield Quantity(
            start, match.end(), quantity.tail, sentence[start : match.end()], first, quantity.value, quantity.unit,
            quantity.base_unit, quantity.kind, "digits", quantity.more,
        )  # fmt: skip


def _single(sentence: str, start: int, end: int, value: Decimal, units: UnitReader) -> Iterator[Quantity]:
    position, more = end, False
    if sentence[position : position + 1] and sentence[position] in _MORE:
        more, position = True, position + 1
    multiplier = _MULTIPLIER.match(sentence, position)
    factor = Decimal(1)
    if multiplier:
        factor, position = MULTIPLIERS[multiplier[0]], multiplier.end()
        if sentence[position : position + 1] and sentence[position] in _MORE:
            more, position = True, position + 1
    unit = units.read(sentence, position)
    if unit is None:
        if not multiplier:
            if not more:
                yield Quantity(start, end, end, sentence[start:end], value, None, "", "", "none", "digits")
            return
        yield Quantity(
            start, end, position, sentence[start:end], value * factor, None, multiplier[0], "", "none", "digits", more
        )
        return
    printed = (multiplier[0] if multiplier else "") + unit.printed
    yield Quantity(
        start, end, unit.end, sentence[start:end], value * factor * unit.factor, None, printed, unit.base, unit.kind,
        "percent" if unit.base == "%" else "digits", more,
    )  # fmt: skip


def _hanzi(sentence: str, units: UnitReader) -> Iterator[Quantity]:
    for match in _HANZI.finditer(sentence):
        value = hanzi_value(match["low"])
        if value is None:
            continue
        for quantity in _single(sentence, match.start(), match.end(), value, units):
            if quantity.unit:
                yield Quantity(
                    quantity.start, quantity.end, quantity.tail, quantity.num, quantity.value, None, quantity.unit,
                    quantity.base_unit, quantity.kind, "hanzi", quantity.more,
                )  # fmt: skip


def _percent_words(sentence: str) -> Iterator[Quantity]:
    for match in _PERCENT_WORDS.finditer(sentence):
        word = match["low"]
        whole, _, decimals = word.partition("点")
        value = decimal_of(word) if word[0].isascii() else hanzi_value(whole)
        if value is None:
            continue
        for place, char in enumerate(decimals, 1):
            value += (hanzi_value(char) or Decimal(0)).scaleb(-place)
        yield Quantity(match.start("low"), match.end(), match.end(), word, value, None, "%", "%", "ratio", "percent")


def _fractions(sentence: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(sentence):
        if match["hanzi"]:
            whole, part = hanzi_value(match["whole"]), hanzi_value(match["part"])
        else:
            part, whole = decimal_of(match["down"]), decimal_of(match["up"])
        if not whole or part is None or part > whole:
            continue
        value = part * 100 / whole
        yield Quantity(match.start(), match.end(), match.end(), match[0], value, None, "", "%", "ratio", "fraction")


def _folds(sentence: str) -> Iterator[Quantity]:
    for match in _FOLD.finditer(sentence):
        times = hanzi_value(match["low"]) if not match["low"].isdigit() else decimal_of(match["low"])
        if times is not None:
            value = Decimal(2) ** int(times) - 1
            yield Quantity(
                match.start("low"),
                match.end("low"),
                match.end(),
                match["low"],
                value,
                None,
                "番",
                "倍",
                "ratio",
                "fold",
            )


def _tenths(sentence: str) -> Iterator[Quantity]:
    for match in _TENTHS.finditer(sentence):
        token = match["low"]
        value = decimal_of(token) if token[0].isascii() else hanzi_value(token)
        if value is not None and value < 10:
            if match["half"]:
                value += Decimal("0.5")
            yield Quantity(
                match.start("low"), match.end("low"), match.end(), token, value * 10, None, "成", "%", "ratio", "percent"
            )


def _ranks(sentence: str) -> Iterator[Quantity]:
    for match in _RANK.finditer(sentence):
        if match["first"]:
            start, end, value = match.start("first"), match.end("first"), Decimal(1)
        else:
            start, end = match.span("low")
            token = match["low"]
            number = decimal_of(token) if token.isdigit() else hanzi_value(token)
            if number is None:
                continue
            value = number
        yield Quantity(start, end, match.end(), sentence[start:end], value, None, "", "", "rank", "rank")


def _ratios(sentence: str) -> Iterator[Quantity]:
    for match in _RATIO.finditer(sentence):
        parts = [decimal_of(part.strip()) for part in re.split("[:：∶]", match[0])]
        whole = sum((part for part in parts if part is not None), Decimal(0))
        if len(parts) == 2 and not 99 <= whole <= 101:
            continue
        position = match.start()
        for part, value in zip(re.split("[:：∶]", match[0]), parts, strict=True):
            start = position + len(part) - len(part.lstrip())
            end = start + len(part.strip())
            if value is not None:
                yield Quantity(start, end, end, part.strip(), value, None, "", "%", "ratio", "ratio")
            position += len(part) + 1
