"""Numbers and units as people write them in a correction: 3.9万人, 39000, −5.2%, 3-5.

In: text and the vocabulary. Out: decimals, base units and factors, or None where the text is no such thing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.vocabulary import Vocabulary

_MULTIPLIERS = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
}
_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,9})?)", re.ASCII)
_RANGE = re.compile(r"(\d[\d,.]*)(?:[-—–~～至到])(\d[\d,.]*)", re.ASCII)
_WIDE = str.maketrans("０１２３４５６７８９．，％－−＋", "0123456789.,%--+")
_LONGEST_UNIT = 12


def unit_of(printed: str, vocabulary: Vocabulary) -> tuple[str, Decimal] | None:
    """Base unit and factor of a printed unit, multiplier included; None where it is none that the vocabulary knows.

    A multiplier alone (15亿) has an empty base unit.
    """
    printed = printed.strip().translate(_WIDE)
    if not printed:
        return "", Decimal(1)
    whole = vocabulary.unit(printed)
    if whole is not None:
        return whole.base, whole.factor
    for word, power in _MULTIPLIERS.items():
        if printed.startswith(word):
            rest = printed.removeprefix(word)
            unit = vocabulary.unit(rest)
            if unit is not None:
                return unit.base, unit.factor.scaleb(power)
            return ("", Decimal(1).scaleb(power)) if not rest else None
    return None


def unit_at(text: str, at: int, vocabulary: Vocabulary) -> str:
    """The longest unit printed in `text` at `at`; empty where there is none."""
    for length in range(min(_LONGEST_UNIT, len(text) - at), 0, -1):
        if unit_of(text[at : at + length], vocabulary) is not None:
            return text[at : at + length]
    return ""


def quantity_of(text: str, vocabulary: Vocabulary) -> tuple[Decimal, str | None] | None:
    """A value in the base unit, and the base unit where the text names a unit; None where it is no number."""
    text = text.translate(_WIDE).replace(" ", "")
    match = _NUMBER.match(text)
    if not match:
        return None
    number = Decimal(match[1] + match[2].replace(",", ""))
    tail = text[match.end() :]
    if not tail:
        return number, None
    unit = unit_of(tail, vocabulary)
    return (number * unit[1], unit[0] or None) if unit else None


def numbers_of(token: str) -> tuple[Decimal, Decimal | None] | None:
    """A printed number token, or both ends of a range; None for what is not written in digits.

    >>> numbers_of("3.9"), numbers_of("3-5"), numbers_of("三")
    ((Decimal('3.9'), None), (Decimal('3'), Decimal('5')), None)
    """
    token = token.translate(_WIDE).replace(" ", "")
    if both := _RANGE.fullmatch(token):
        low, high = (_NUMBER.fullmatch(part) for part in both.groups())
        return (_decimal(low), _decimal(high)) if low and high else None
    match = _NUMBER.fullmatch(token)
    return (_decimal(match), None) if match else None


def _decimal(match: re.Match[str]) -> Decimal:
    return Decimal(match[1] + match[2].replace(",", ""))
