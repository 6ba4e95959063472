"""A quote of a document and the number in it -> where the number stands in the cleaned text.

The number may stand in 【】 inside the quote; without them it must occur once in it. Blanks do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.model import Document

_MARKED = re.compile("【([^【】]+)】")


@dataclass(frozen=True, slots=True)
class Located:
    """The text span of a number; or, where it is not found, `why`."""

    start: int = -1
    end: int = -1
    why: str = ""


def located(document: Document, quote: str, num: str) -> Located:
    """Where `num` stands in the one place of `document` that `quote` means."""
    bare, places = _bare(document.text)
    found = [_marked(bare, quote, mark) for mark in _MARKED.finditer(quote)]
    wanted, number = _bare(quote)[0], _bare(num)[0]
    if number and number in wanted:
        found.append((number, _numbers_in(bare, wanted, number)))
    if not found:
        return Located(why=f"quote 里没有“{number}”" if number else "要写 num（哪个数），或在 quote 里把它放进【】")
    found.sort(key=lambda item: bool(number) and item[0] != number)
    number, starts = next((item for item in found if item[1]), found[0])
    if not starts:
        return Located(why="原句已不在材料中")
    if len(starts) > 1:
        return Located(why=f"quote 所指不止一处，请写长一些，或把数放进【】：“{number}”有 {len(starts)} 处")
    at = starts.pop()
    return Located(places[at], places[at + len(number) - 1] + 1)


def _marked(bare: str, quote: str, mark: re.Match[str]) -> tuple[str, set[int]]:
    """The number in one pair of 【】, and its places: the text itself may hold such brackets too."""
    before, number, after = (_bare(part)[0] for part in (quote[: mark.start()], mark[1], quote[mark.end() :]))
    hits = re.finditer(f"(?={re.escape(before + number + after)})", bare) if number else ()
    starts = (hit.start() + len(before) for hit in hits)
    return number, {start for start in starts if _whole(bare, start, number)}


def _numbers_in(bare: str, wanted: str, number: str) -> set[int]:
    """Places of the number in each place of the quote."""
    inside = [match.start() for match in re.finditer(re.escape(number), wanted)]
    hits = re.finditer(f"(?={re.escape(wanted)})", bare)
    starts = (hit.start() + offset for hit in hits for offset in inside)
    return {start for start in starts if _whole(bare, start, number)}


def _whole(bare: str, start: int, number: str) -> bool:
    """Whether what stands at `start` is the number and not a part of a longer one."""
    around = bare[start - 1 : start] + bare[start + len(number) : start + len(number) + 1]
    return not number[0].isdigit() or not any(sign.isdigit() for sign in around)


def _bare(text: str) -> tuple[str, list[int]]:
    """The text without blanks, and where each of its characters stood."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return "".join(text[place] for place in places), places
