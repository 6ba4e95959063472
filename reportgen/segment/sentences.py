"""Sentences and clauses: where a sentence ends in Chinese running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n+")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in text[start:end], without surrounding blanks; 。！？ and newline end one."""
    position = start
    for mark in _END.finditer(text, start, end):
        yield from _trimmed(text, position, mark.end())
        position = mark.end()
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
