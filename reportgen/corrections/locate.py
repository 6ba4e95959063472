"""A quote of a document and the number in it -> where the number stands in the cleaned text.

The number may stand in 【】 inside the quote; without them it must occur once in it. Blanks do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.model import Document

_MARKED = re.compile("【([^【】]+)】")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Located:
    """The text span of a number; or, where it is not found, `why`."""

    start: int = -1
    end: int = -1
    why: str = ""


def located(document: Document, quote: str, num: str) -> Located:
    """Where `num` stands in the one place of `document` that `quote` means."""
    bare, places = _bare(document.text)
    marked = _MARKED.search(quote)
    before = _bare(quote[: marked.start()])[0] if marked else ""
    number = _bare(marked[1] if marked else num)[0]
    wanted = before + number + _bare(quote[marked.end() :])[0] if marked else _bare(quote)[0]
    if not number:
        return Located(why="要写 num（哪个数），或在 quote 里把它放进【】")
    if number not in wanted:
        return Located(why=f"quote 里没有“{number}”")
    hits = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", bare)]
    if not hits:
        return Located(why="原句已不在材料中")
    starts = {hit + len(before) for hit in hits} if marked else set(_numbers_in(bare, hits, wanted, number))
    if not starts:
        return Located(why=f"quote 里没有单独的“{number}”")
    if len(starts) > 1:
        return Located(why=f"quote 所指不止一处，请写长一些，或把数放进【】：“{number}”有 {len(starts)} 处")
    at = starts.pop()
    return Located(places[at], places[at + len(number) - 1] + 1)


def _numbers_in(bare: str, hits: list[int], wanted: str, number: str) -> list[int]:
    """Places of the number, not as a part of a longer one, in each place of the quote."""
    found = []
    for hit in hits:
        for match in re.finditer(re.escape(number), bare[hit : hit + len(wanted)]):
            start, end = hit + match.start(), hit + match.end()
            around = bare[start - 1 : start], bare[end : end + 1]
            if not number[0].isdigit() or not any(sign and sign in _DIGITS for sign in around):
                found.append(start)
    return found


def _bare(text: str) -> tuple[str, list[int]]:
    """The text without blanks, and where each of its characters stood."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return "".join(text[place] for place in places), places
