"""Number tokens and their values: ASCII digits, Chinese numerals, ranges, fractions and ratios.

Text in, `Decimal` out. Never `float`, never `int()` on unbounded digits, never a digit outside 0-9.
"""

from __future__ import annotations

import re
from decimal import Decimal

MAX_DIGITS = 20

HANZI_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HANZI_TENS = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10) ** 4,
    "十万": Decimal(10) ** 5,
    "百万": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "十亿": Decimal(10) ** 9,
    "百亿": Decimal(10) ** 10,
    "千亿": Decimal(10) ** 11,
    "万亿": Decimal(10) ** 12,
}

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""ASCII number; the caller compiles with re.ASCII."""

_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)

HANZI_NUMBER = "[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]{0,7}"
"""Chinese numeral; begins with a single character, by which a search finds it fast."""


def decimal_of(digits: str) -> Decimal | None:
    """Value of an ASCII number token, or None where it has more digits than any figure.

    >>> decimal_of("1,661.04")
    Decimal('1661.04')
    """
    if digits.isascii() and digits.isdigit():
        return Decimal(digits) if len(digits) <= MAX_DIGITS else None
    plain = digits.replace(",", "").replace(" ", "")
    if len(plain) > MAX_DIGITS or not _PLAIN.fullmatch(plain):
        return None
    return Decimal(plain)


def hanzi_value(numeral: str) -> Decimal | None:
    """Value of a Chinese numeral below ten thousand, or None where the characters do not form one.

    >>> hanzi_value("二十"), hanzi_value("一百零五"), hanzi_value("两千三"), hanzi_value("百"), hanzi_value("一三")
    (Decimal('20'), Decimal('105'), Decimal('2300'), Decimal('100'), None)
    """
    total, digit, last_unit, zero = 0, None, 10000, False
    for char in numeral:
        if char in HANZI_TENS:
            unit = HANZI_TENS[char]
            if unit >= last_unit:
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit, zero = None, unit, False
            continue
        if digit is not None:
            if digit != 0:
                return None
            zero = True
        digit = HANZI_DIGITS[char]
        if digit == 0:
            zero = True
    if digit is None:
        return Decimal(total)
    shorthand = last_unit // 10 if last_unit < 10000 and last_unit > 10 and not zero else 1
    return Decimal(total + digit * shorthand)
