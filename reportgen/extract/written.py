"""Numbers that are written in words or signs of their own: 百分之五, 四分之一, 翻一番, 六成, 第三, 3.9:59.5:36.6.

A sentence goes in; for each form its tokens come out as plain values, which `quantities` puts in order. Offsets count
inside the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportgen.extract.numbers import DIGITS, HANZI_NUMBER, decimal_of, hanzi_value

Form = Literal["digits", "hanzi", "percent", "fraction", "rank", "ratio", "fold"]


@dataclass(slots=True, eq=False)
class Quantity:
    """A number with its unit. [start, end) is the number token, [end, tail) its multiplier and unit.

    Nothing writes to it once it is made, as with `Frame`.
    """

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


_PERCENT = re.compile(
    rf"百分之(?P<low>{DIGITS}|[零〇一二两三四五六七八九十百]{{1,6}}(?:点[零〇一二三四五六七八九]{{1,4}})?)", re.ASCII
)
_PARTS = re.compile(r"(?P<whole>[二三四五六七八九十]{1,3})分之(?P<part>[一二两三四五六七八九]{1,2})")
_SLASHED = re.compile(r"(?<![\d/.])(?P<part>\d)/(?P<whole>\d{1,2})(?![\d/.])", re.ASCII)
_RATIO = re.compile(r"(?<![\d.:：])\d+(?:\.\d+)?(?:\s?[:：∶︰﹕]\s?\d+(?:\.\d+)?){1,4}(?![\d:：])", re.ASCII)
_TO_ONE = re.compile(r"(?:比|比例|比值|倍差)[^,，。;；、比]{0,14}$")
_COLON = re.compile("[:：∶︰﹕]")
_RANK = re.compile(rf"第(?P<low>\d{{1,3}}|{HANZI_NUMBER})(?P<word>名|位)?", re.ASCII)
# 名列23
_BARE_RANK = re.compile(r"(?<=名列|位列|位居)\d{1,3}(?=[名位、,，。;；]|$)", re.ASCII)
_FOLD = re.compile(r"翻(?:了)?(?P<low>[一两二三]|\d)番", re.ASCII)
_TENTHS = re.compile(
    r"(?P<low>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<half>半)?(?=以上|左右|多|[,，。;；、和的]|$)", re.ASCII
)


def written(sentence: str) -> Iterator[Quantity]:
    """All numbers of these forms; a form is looked for only where its sign stands in the sentence."""
    if _COLON.search(sentence):
        yield from _ratios(sentence)
    if "分之" in sentence:
        yield from _percents(sentence)
        yield from _fractions(_PARTS, sentence)
    if "/" in sentence:
        yield from _fractions(_SLASHED, sentence)
    if "番" in sentence:
        yield from _folds(sentence)
    if "成" in sentence:
        yield from _tenths(sentence)
    if "第" in sentence or "首位" in sentence:
        yield from _ranks(sentence)
    if "列" in sentence or "位居" in sentence:
        yield from _bare_ranks(sentence)


def _value(token: str) -> Decimal | None:
    return decimal_of(token) if token.isascii() else hanzi_value(token)


def _percents(sentence: str) -> Iterator[Quantity]:
    """百分之五 is 5 %, 百分之九十八点五 98.5 %."""
    for match in _PERCENT.finditer(sentence):
        word = match["low"]
        whole, _, decimals = word.partition("点")
        value = _value(whole)
        if value is None:
            continue
        for place, char in enumerate(decimals, 1):
            value += (hanzi_value(char) or Decimal(0)).scaleb(-place)
        yield Quantity(match.start("low"), match.end(), match.end(), word, value, None, "%", "%", "ratio", "percent")


def _fractions(pattern: re.Pattern[str], sentence: str) -> Iterator[Quantity]:
    """四分之一 and 1/4 are 25 %. Wrong for a date written 1/4; dates with 年 are the usual ones."""
    for match in pattern.finditer(sentence):
        whole, part = _value(match["whole"]), _value(match["part"])
        if whole and part is not None and part <= whole:
            value = part * 100 / whole
            yield Quantity(match.start(), match.end(), match.end(), match[0], value, None, "", "%", "ratio", "fraction")


def _folds(sentence: str) -> Iterator[Quantity]:
    """翻一番 grows by 1 倍, 翻两番 by 3."""
    for match in _FOLD.finditer(sentence):
        start, end = match.span("low")
        times = _value(match["low"])
        if times is not None:
            value = Decimal(2) ** int(times) - 1
            yield Quantity(start, end, match.end(), match["low"], value, None, "番", "倍", "ratio", "fold")


def _tenths(sentence: str) -> Iterator[Quantity]:
    """六成 is 60 %, 七成半 75 %."""
    for match in _TENTHS.finditer(sentence):
        start, end = match.span("low")
        value = _value(match["low"])
        if value is not None and value < 10:
            value = value * 10 + (5 if match["half"] else 0)
            yield Quantity(start, end, match.end(), match["low"], value, None, "成", "%", "ratio", "percent")


def _ranks(sentence: str) -> Iterator[Quantity]:
    """第三名, 第3, 首位; whether it ranks anything is for the exclusions to say."""
    for match in _RANK.finditer(sentence):
        start, end = match.span("low")
        value = _value(match["low"])
        if value is not None:
            yield Quantity(start, end, match.end(), match["low"], value, None, "", "", "rank", "rank")
    at = sentence.find("首位")
    while at >= 0:
        yield Quantity(at, at + 1, at + 2, "首", Decimal(1), None, "", "", "rank", "rank")
        at = sentence.find("首位", at + 2)


def _bare_ranks(sentence: str) -> Iterator[Quantity]:
    """名列23, without 第."""
    for match in _BARE_RANK.finditer(sentence):
        value = decimal_of(match[0])
        if value is not None:
            yield Quantity(*match.span(), match.end(), match[0], value, None, "", "", "rank", "rank")


def _ratios(sentence: str) -> Iterator[Quantity]:
    """3.9:59.5:36.6: a row per part. Of two parts only those that make up 100 are shares; 14:30 is a time of day.

    生师比17:1 is the number 17.
    """
    for match in _RATIO.finditer(sentence):
        printed = _COLON.split(match[0])
        values = [decimal_of(part.strip()) for part in printed]
        if len(values) == 2 and values[0] and values[1] == 1:
            if _TO_ONE.search(sentence, max(0, match.start() - 18), match.start()):
                start, end = match.start(), match.start() + len(printed[0].rstrip())
                tail = match.end()
                yield Quantity(start, end, tail, sentence[start:end], values[0], None, "", "", "ratio", "digits")
            continue
        if len(values) == 2 and not 99 <= sum((v for v in values if v is not None), Decimal(0)) <= 101:
            continue
        at = match.start()
        for part, value in zip(printed, values, strict=True):
            start = at + len(part) - len(part.lstrip())
            end = start + len(part.strip())
            if value is not None:
                yield Quantity(start, end, end, part.strip(), value, None, "", "%", "ratio", "ratio")
            at += len(part) + 1
