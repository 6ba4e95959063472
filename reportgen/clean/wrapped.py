"""Lines that were wrapped in mid-sentence, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_BREAK = re.compile(r"\n[ \t]*(?=[一-龥0-9A-Za-z“])")
_RUNS_ON = re.compile("[一-龥0-9A-Za-z%％．.，,、]")
_MARK = re.compile("[，,。；;、]")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(rf"(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]|\d{{1,2}}[.．、](?!\d))", re.ASCII)
SHORTEST = 8
FEWEST = 4
SHARE = 0.4


def join_wrapped(text: str) -> tuple[Edit, ...]:
    """Join lines that break a sentence: most lines of the text end in mid-clause and carry clause marks.

    Wrong for a list of remarks without full stops; left alone where few lines break so, and beside headings and
    table cells, which carry no clause marks.
    """
    breaks = tuple(_breaks(text))
    lines = text.count("\n") - text.count("\n\n") + 1
    if len(breaks) < FEWEST or len(breaks) < SHARE * lines:
        return ()
    return breaks


def _breaks(text: str) -> Iterator[Edit]:
    """The line ends, with the blanks around them, that stand in mid-sentence."""
    for match in _BREAK.finditer(text):
        start, end = match.span()
        while start and text[start - 1] in " \t":
            start -= 1
        if start and _RUNS_ON.match(text, start - 1) and _runs_on(text, start, end):
            yield Edit(start, end, "")


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether the line that ends at `start` goes on in the one that begins at `end`."""
    line_end = text.find("\n", end)
    before, after = text[text.rfind("\n", 0, start) + 1 : start], text[end : line_end if line_end >= 0 else len(text)]
    if _HEADING.match(after) or not (_MARK.search(before) or _MARK.search(after)):
        return False
    return len(before) >= SHORTEST or bool(_MARK.search(before))
