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
_WIDE = re.compile(
    "[０-９Ａ-Ｚａ-ｚ％﹪]+"
    f"|(?<={_DIGIT})[．／∶－](?={_DIGIT})"
    f"|[＋－](?={_DIGIT})"
    "|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
)
_FIRST = re.compile("[０-９Ａ-Ｚａ-ｚ％﹪．／∶－＋]")
"""Without one of these there is nothing to fold."""


def fold_width(text: str) -> Iterator[Edit]:
    """Full-width digits, letters and the signs of numbers are written in ASCII."""
    if not _FIRST.search(text):
        return
    for match in _WIDE.finditer(text):
        yield Edit(match.start(), match.end(), match[0].translate(_TABLE))
