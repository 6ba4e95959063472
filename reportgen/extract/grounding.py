"""The last word on every figure: does the source hold the digits that it claims?"""

from __future__ import annotations

import re

_TAG = re.compile("<[^<>]*>")
_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
# all that cleaning takes out: a number is not lost because something invisible stands in it
_INVISIBLE = re.compile(
    "[\\s\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_TRADITIONAL = str.maketrans("兩萬億餘點", "两万亿余点")


def holds(raw: str, num: str) -> bool:
    """Whether the raw slice holds the number token, blanks, markup between digits and width set aside.

    >>> holds("3. 4", "3.4"), holds("3<b>9</b>", "39"), holds("3.9", "3.8"), holds("兩", "两")
    (True, True, False, True)
    """
    return raw == num or _bare(_TAG.sub("", raw)) == _bare(num)


def _bare(token: str) -> str:
    return _INVISIBLE.sub("", token).translate(_WIDE).translate(_TRADITIONAL)
