"""Blanks that typesetting left inside numbers and words: 3. 4万户, 1.64 亿元, 雛 鷹 瞪 羚, 政 府 工 作 报 告.

Only where the blank cannot part two things: never between two whole numbers, never behind a number that opens a line.
Wrong for a row of single characters that are each a table cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_HANZI = "\u3400-\u9fff"
_BLANKS = re.compile("  *")
# one or two blanks inside a number, between number and unit, between a character and a number
_INSIDE = re.compile(
    rf"(?<=[{_HANZI}]\d\.) {{1,2}}(?=\d{{1,4}}(?![\d.年月日号]))"
    rf"|(?<=[{_HANZI}]\d\d\.) {{1,2}}(?=\d{{1,4}}(?![\d.年月日号]))"
    rf"|(?<=[{_HANZI}.,，]\d) {{1,2}}(?=[{_HANZI}%‰℃])"
    rf"|(?<=\d\d) {{1,2}}(?=[{_HANZI}%‰℃])"
    rf"|(?<=[{_HANZI}]) (?=\d)"
)
# three or more characters with a blank between each two
_SPREAD = re.compile(rf"(?<![{_HANZI}])(?:[{_HANZI}] ){{2,}}[{_HANZI}](?![{_HANZI}])")
_PROSE = re.compile("[，。；,;：:]")
_NUMBERED = re.compile(r"[ \t]*\d+$")


def close_up(text: str) -> Iterator[Edit]:
    """Blanks inside a number, between a number and its unit and between letter-spaced characters are taken out."""
    done = 0
    for blank in _BLANKS.finditer(text):
        start = blank.start()
        if start < done or not start:
            continue
        spread = _SPREAD.match(text, start - 1)
        if spread:
            done = spread.end()
            yield Edit(start - 1, done, spread[0].replace(" ", ""))
            continue
        inside = _INSIDE.match(text, start)
        if inside and _is_closable(text, start):
            yield Edit(start, inside.end(), "")


def _is_closable(text: str, blank: int) -> bool:
    """Whether the blank is a slip: not behind the number that opens a line ("1 总则"), nor in a row of cells."""
    line_start = text.rfind("\n", 0, blank) + 1
    if text[blank - 1].isdigit():
        return not _NUMBERED.fullmatch(text, line_start, blank)
    return text[blank - 1] == "." or _is_prose(text, line_start)


def _is_prose(text: str, line_start: int) -> bool:
    end = text.find("\n", line_start)
    return _PROSE.search(text, line_start, end if end >= 0 else len(text)) is not None
