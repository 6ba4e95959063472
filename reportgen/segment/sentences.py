"""Sentences and clauses: where a sentence ends in Chinese running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 600
_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n+")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in text[start:end], without surrounding blanks; 。！？ and newline end one."""
    position = start
    for mark in _END.finditer(text, start, end):
        yield from _bounded(text, position, mark.end())
        position = mark.end()
    yield from _bounded(text, position, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what runs on without a full stop (address lists, broken pages): no rule reads more than a page at once."""
    while end - start > LONGEST:
        stop = start + LONGEST
        joint = max(text.rfind(mark, start + LONGEST // 2, stop) for mark in "；;，,、 \t")
        if joint < 0:
            joint = stop - 1
            # a number stays whole, unless it is longer than any number
            while joint > start + 1 and ((text[joint].isalnum() and text[joint].isascii()) or text[joint] in ".%"):
                joint -= 1
        yield from _trimmed(text, start, joint + 1)
        start = joint + 1
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
