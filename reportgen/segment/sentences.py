"""Sentences and clauses: where a sentence ends in Chinese running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST, LONGEST_TOKEN = 600, 64
"""Characters of a sentence, and of the longest thing in it that looks like a number or a word of Latin letters."""
_TOKEN = frozenset("0123456789.%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_RUN = re.compile("[0-9.%A-Za-z]+")
# begins with a character, by which a search finds it fast
_END = re.compile(r"[。！？!?\n](?:(?<=\n)\n*|(?<!\n)[。！？!?]*[”’」』）)]*)")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in text[start:end], without surrounding blanks; 。！？ and newline end one."""
    ends = [mark.end() for mark in _END.finditer(text, start, end)]
    if not ends or ends[-1] < end:
        ends.append(end)
    for stop in ends:
        for at, last in ((start, stop),) if stop - start <= LONGEST else _bounded(text, start, stop):
            at, last = trimmed(text, at, last)
            if at < last:
                yield at, last
        start = stop


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span [start, end) of `text` without the blanks around it; empty where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what runs on without a full stop (address lists, broken pages): no rule reads more than a page at once.

    A number is never cut; digits longer than any number are left out.
    """
    while end - start > LONGEST:
        joint = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in "；;，,、 \t")
        stop = following = joint + 1
        if joint < 0:
            stop = following = start + LONGEST
            while stop > start and text[stop - 1] in _TOKEN and stop > following - LONGEST_TOKEN:
                stop -= 1
            if stop == following - LONGEST_TOKEN:
                run = _RUN.match(text, stop, end)
                following = run.end() if run else stop
                while stop > start and text[stop - 1] in _TOKEN:
                    stop -= 1
            else:
                following = stop
        yield start, stop
        start = following
    yield start, end
