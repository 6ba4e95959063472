"""Markdown -> its text with the marks taken off: headings, emphasis, links, lists, tables (tabs between cells).

Every character that stays keeps its place in the source.
"""

from __future__ import annotations

import re

from ..model import OffsetMap
from .pieces import Pieces

_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_RULE = re.compile(r"[ ]{0,3}(?:[-*_=] ?){3,}$")
_TABLE_RULE = re.compile(r"[ |:\-]*-[ |:\-]*$")
_LINE_MARK = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]+|(?:>[ ]?){1,5}|[-*+][ \t]+)")
_MARK = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)"  # picture
    r"|\[(?P<link>[^\]\n]{1,300})\]\([^)\n]{0,2000}\)"
    r"|(?P<strong>\*{1,3}|_{2,3}|~~|`{1,2})"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|>~])"
    r"|<!--.{0,2000}?-->|</?[a-zA-Z][^>\n]{0,300}>"
)


def markdown_text(source: str) -> tuple[str, OffsetMap]:
    """The plain text and where each character stood in `source`."""
    pieces = Pieces()
    position = 0
    for line in source.split("\n"):
        end = position + len(line)
        if line.count("|") >= 2 and line.strip().startswith("|"):
            if not _TABLE_RULE.match(line):
                _row(pieces, source, position, end)
                pieces.add("\n", end)
        elif _FENCE.match(line) or _RULE.match(line):
            pass
        else:
            mark = _LINE_MARK.match(line)
            _inline(pieces, source, position + (mark.end() if mark else 0), end)
            if end < len(source):
                pieces.add("\n", end)
        position = end + 1
    return pieces.text(), pieces.offsets()


def _row(pieces: Pieces, source: str, start: int, end: int) -> None:
    """A table row: cells without their padding, tabs for the bars between them."""
    first = source.index("|", start) + 1
    while first < end:
        bar = source.find("|", first, end)
        stop = bar if bar >= 0 else end
        cell = source[first:stop]
        begin = first + len(cell) - len(cell.lstrip())
        _inline(pieces, source, begin, max(begin, first + len(cell.rstrip())))
        if bar < 0 or not source[bar + 1 : end].strip():
            return
        pieces.put("\t", bar)
        first = bar + 1


def _inline(pieces: Pieces, source: str, start: int, end: int) -> None:
    for match in _MARK.finditer(source, start, end):
        pieces.add(source[start : match.start()], start)
        for group in ("link", "escaped"):
            if match[group]:
                pieces.add(match[group], match.start(group))
        start = match.end()
    pieces.add(source[start:end], start)
