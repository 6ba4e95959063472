"""Automatic numbers of a Word file: 一、 (一) 1. as the reader sees them, from numbering.xml and the styles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level is printed: number format, pattern with %1 to %9, first number."""

    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """From the root elements of numbering.xml and styles.xml, where the file has them."""
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles: dict[str, etree._Element] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._read(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style

    def _read(self, numbering: etree._Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = dict(map(_level, abstract.iter(f"{W}lvl")))
            abstracts[abstract.get(f"{W}abstractNumId", "")] = levels
        for entry in numbering.iter(f"{W}num"):
            identity = _value(entry, "abstractNumId")
            levels = dict(abstracts.get(identity, {}))
            key = identity
            for override in entry.iter(f"{W}lvlOverride"):
                key = f"{identity}/{entry.get(f'{W}numId')}"  # a list of its own, counted by itself
                number = _number(override.get(f"{W}ilvl"), 0)
                start = _value(override, "startOverride")
                if start and number in levels:
                    old = levels[number]
                    levels[number] = _Level(old.form, old.pattern, _number(start, old.start))
                levels.update(map(_level, override.iter(f"{W}lvl")))
            self._lists[entry.get(f"{W}numId", "")] = (key, levels)

    def label(self, paragraph: etree._Element) -> str:
        """The number printed before `paragraph`; empty where it has none. To be asked once for each, in order."""
        list_id, level_number = self._place(paragraph)
        key, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(level_number)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, [0] * _LEVELS)
        counts[level_number] = counts[level_number] + 1 if counts[level_number] else level.start
        counts[level_number + 1 :] = [0] * (_LEVELS - level_number - 1)
        if level.form in {"bullet", "none"}:
            return ""

        def printed(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            of = levels.get(index, level)
            return _printed(counts[index] or of.start, of.form)

        return _PLACE.sub(printed, level.pattern)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """List id and level of a paragraph, its own or its style's."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = _value(properties, "pStyle") if properties is not None else ""
        level = _value(own, "ilvl") if own is not None else ""
        list_id = _value(own, "numId") if own is not None else ""
        for _ in range(_LEVELS):
            if list_id or style not in self._styles:
                break
            element = self._styles[style]
            inherited = element.find(f"{W}pPr/{W}numPr")
            if inherited is not None:
                list_id, level = _value(inherited, "numId"), level or _value(inherited, "ilvl")
            style = _value(element, "basedOn")
        return list_id, min(max(_number(level, 0), 0), _LEVELS - 1)


def _value(parent: etree._Element, child: str) -> str:
    element = parent.find(f"{W}{child}")
    return element.get(f"{W}val", "") if element is not None else ""


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def _level(element: etree._Element) -> tuple[int, _Level]:
    start = _number(_value(element, "start"), 1)
    level = _Level(_value(element, "numFmt") or "decimal", _value(element, "lvlText"), start)
    return min(_number(element.get(f"{W}ilvl"), 0), _LEVELS - 1), level


def _printed(number: int, form: str) -> str:
    """`number` in a Word number format; formats that are not known are printed as digits."""
    if form in {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}:
        return _chinese(number)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}:
        return _chinese(number).translate(_LEGAL)
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 % 5 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in {"upperRoman", "lowerRoman"}:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _chinese(number: int) -> str:
    """一 to 九千九百九十九; beyond that digit by digit."""
    if not 0 < number < 10_000:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    parts: list[str] = []
    gap = False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            parts.append(("零" if gap and parts else "") + _DIGITS[digit] + mark)
        gap = not digit
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += letters * (number // value)
        number %= value
    return text
