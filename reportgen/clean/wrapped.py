"""Lines that were wrapped in mid-sentence, put together again."""

from __future__ import annotations

import re

from .edits import Edit

_BREAK = re.compile(r"[ \t]*\n[ \t]*(?=[一-龥0-9A-Za-z“])")
_RUNS_ON = re.compile("[一-龥0-9A-Za-z%％．.，,、]")
_MARK = re.compile("[，,。；;、]")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))", re.ASCII)
SHORTEST = 8
FEWEST = 4
SHARE = 0.4


def join_wrapped(text: str) -> tuple[Edit, ...]:
    """Join lines that break a sentence: most lines of the text end in mid-clause and carry clause marks.

    Wrong for a list of remarks without full stops; left alone where few lines break so, and beside headings and
    table cells, which carry no clause marks.
    """
    breaks = tuple(match for match in _BREAK.finditer(text) if match.start() and _runs_on(text, match))
    lines = text.count("\n") - text.count("\n\n") + 1
    if len(breaks) < FEWEST or len(breaks) < SHARE * lines:
        return ()
    return tuple(Edit(match.start(), match.end(), "") for match in breaks)


def _runs_on(text: str, match: re.Match[str]) -> bool:
    if not _RUNS_ON.match(text, match.start() - 1):
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    before, after = text[start : match.start()], text[match.end() : end if end >= 0 else len(text)]
    if _HEADING.match(after) or not (_MARK.search(before) or _MARK.search(after)):
        return False
    return len(before) >= SHORTEST or bool(_MARK.search(before))
