"""The last word on every figure: does the source hold the digits that it claims?"""

from __future__ import annotations

import re

_TAG = re.compile("<[^<>]*>")
_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\ufeff]")
_TRADITIONAL = str.maketrans("兩萬億餘點", "两万亿余点")


def holds(raw: str, num: str) -> bool:
    """Whether the raw slice holds the number token, blanks, markup between digits and width set aside.

    >>> holds("3. 4", "3.4"), holds("3<b>9</b>", "39"), holds("3.9", "3.8"), holds("兩", "两")
    (True, True, False, True)
    """
    return raw == num or _bare(_TAG.sub("", raw)) == _bare(num)


def _bare(token: str) -> str:
    return _INVISIBLE.sub("", token).translate(_WIDE).translate(_TRADITIONAL)
