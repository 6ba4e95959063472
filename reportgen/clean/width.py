"""Full-width digits, letters, %, decimal points and digit commas -> ASCII: １２．５％ -> 12.5%.

An explicit table, never a Unicode normalisation: ① stays ①, ² stays ², Chinese punctuation stays as it stands.
Wrong nowhere known: a full-width digit means the digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_ALPHANUMERIC = (
    "０１２３４５６７８９"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_TABLE = {ord(char): ord(char) - 0xFEE0 for char in _ALPHANUMERIC} | str.maketrans("％﹪＋－／．∶，", "%%+-/.:,")
_DIGIT = "[0-9０-９]"
# 8，241名: groups of three before a unit
_GROUPS = "[0-9]{3}(?:，[0-9]{3})*(?:．[0-9]+)?[万亿]?[元人名个户套张家件亩吨辆台所项次头只]"
# all signs in one class, which is looked for fast; what stands around each is seen behind it
_WIDE = re.compile(
    "[０-９Ａ-Ｚａ-ｚ％﹪．／∶－＋，](?:"
    "(?<=[０-９Ａ-Ｚａ-ｚ％﹪])[０-９Ａ-Ｚａ-ｚ％﹪]*"
    f"|(?<={_DIGIT}[．／∶－])(?={_DIGIT})"
    f"|(?<=[＋－])(?={_DIGIT})"
    "|(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))"
    f"|(?<=(?<![0-9第])[1-9]，)(?={_GROUPS})|(?<=(?<![0-9第])[1-9][0-9]，)(?={_GROUPS})"
    f"|(?<=(?<![0-9])[1-9][0-9]{{2}}，)(?={_GROUPS})|(?<=，[0-9]{{3}}，)(?={_GROUPS}))"
)
_WIDE_POINT = re.compile("[0-9]．[0-9]")
_FIRST = re.compile("[０-９Ａ-Ｚａ-ｚ％﹪．／∶－＋]")
"""Without one of these there is nothing to fold."""


def fold_width(text: str) -> Iterator[Edit]:
    """Full-width digits, letters and the signs of numbers are written in ASCII."""
    if not _FIRST.search(text):
        return
    # whoever writes 27．18 may write 8，241; elsewhere such a comma parts two numbers
    wide = _WIDE_POINT.search(text) is not None
    for match in _WIDE.finditer(text):
        if match[0] == "，" and not wide and text[match.start() - 1].isascii():
            continue
        yield Edit(match.start(), match.end(), match[0].translate(_TABLE))
