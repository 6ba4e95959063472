"""Blanks that typesetting left inside numbers and words: 3. 4万户, 1.64 亿元, 雛 鷹 瞪 羚, 政 府 工 作 报 告.

Only where the blank cannot part two things: never between two whole numbers, never behind a number that opens a line.
Wrong for a row of single characters that are each a table cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_HANZI = "\u3400-\u9fff"
_BLANK = re.compile(
    rf"(?<=[{_HANZI}]\d\.)(?P<point> {{1,2}})(?=\d{{1,4}}(?![\d.年月日号]))"
    rf"|(?<=[{_HANZI}]\d\d\.)(?P<point2> {{1,2}})(?=\d{{1,4}}(?![\d.年月日号]))"
    rf"|(?<=[{_HANZI}.,，]\d) {{1,2}}(?=[{_HANZI}%‰℃])"
    rf"|(?<=\d\d) {{1,2}}(?=[{_HANZI}%‰℃])"
    rf"|(?<=[{_HANZI}]) (?=\d)"
    rf"|(?<![{_HANZI}])(?:[{_HANZI}] ){{2,}}[{_HANZI}](?![{_HANZI}])"
)
_PROSE = re.compile("[，。；,;：:]")
_NUMBERED = re.compile(r"[ \t]*\d+$")


def close_up(text: str) -> Iterator[Edit]:
    """Blanks inside a number, between a number and its unit and between letter-spaced characters are taken out."""
    if " " not in text:
        return
    for match in _BLANK.finditer(text):
        found = match[0]
        if found.strip():
            yield Edit(match.start(), match.end(), found.replace(" ", ""))
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        if text[match.start() - 1].isdigit():
            if _NUMBERED.fullmatch(text, line_start, match.start()):
                continue  # "1 总则": the number counts the line
        elif text[match.start() - 1] != "." and not _is_prose(text, line_start):
            continue
        yield Edit(match.start(), match.end(), "")


def _is_prose(text: str, line_start: int) -> bool:
    end = text.find("\n", line_start)
    return _PROSE.search(text, line_start, end if end >= 0 else len(text)) is not None
