"""Heading marks of Chinese official texts: 一、 (一) 1. (1) 一是, and what a heading says about time and status.

A line goes in; its marker level and heading text come out. Nothing here knows about documents or figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportgen.model import Status
from reportgen.vocabulary.grammar import alternatives

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    (1, re.compile(rf"{_NUMERAL}、")),
    (2, re.compile(rf"[（(]{_NUMERAL}[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)", re.ASCII)),
    (4, re.compile(r"[（(]\d{1,2}[）)]", re.ASCII)),
    (5, re.compile(rf"{_NUMERAL}(?:是|要)(?![否非])[:：]?|第{_NUMERAL}[,，]")),
)
_MARK_STARTS = frozenset("一二三四五六七八九十（(第0123456789")
# a numeral, or a bracket before one; begins with a character, by which a search finds it fast
_INLINE = re.compile(
    rf"[一二三四五六七八九十（(](?:(?<=[（(]){_NUMERAL}[）)]|(?<![（(])[一二三四五六七八九十]{{0,2}}(?:、|是(?![否非])))"
)
_BEFORE_INLINE = "。；;！!?？:：）)"
# (一)至(三) and 第(一)、 refer to headings
_REFERS = frozenset("）)、，,和至到")
_ENDS_SENTENCE = "。！？!?；;，,：:、"
_SHORTEST, _LONGEST = 4, 36
_REVIEW = re.compile(alternatives("review"))
_PLAN = re.compile(alternatives("plan"))
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年", re.ASCII)
_PART = re.compile(
    r"1[-—–~至到](?P<upto>\d{1,2})月|(?P<half>上半年)|(?P<first>一季度)|(?P<nine>前三季度)|(?<!\d)(?P<month>\d{1,2})月(?!\d)",
    re.ASCII,
)
_FIVE_YEAR_PLAN = re.compile("十([二三四五六七])五")


# 2026年4月30日, （2026年4月30日）, 朝阳市统计局 2026年4月30日: when it was issued or said, not what it tells of
_DAY = re.compile(r"(?:19|20)\d{2}\s?(?:年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|-\d{1,2}-\d{1,2}(?!\d))", re.ASCII)
DAY_ENDS = frozenset("日）)—-－0123456789")
"""How a line ends that can be a day."""
_DATELINE = re.compile(rf"[（(—\-－ ]*(?:[一-龥]{{2,16}}[\s　]*)?{_DAY.pattern}[）)—\-－ ]*", re.ASCII)


class Piece(NamedTuple):
    """A stretch of one line under one marker; level 0 has no marker. Offsets are text offsets."""

    start: int
    end: int
    level: int
    body: int
    """Where the text after the marker begins."""


def pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Cut the line [start, end) at its heading marks, also where a heading was run on in mid-line."""
    cuts = [start, *_inline(text, start, end)]
    return tuple(_piece(text, cut, stop) for cut, stop in zip(cuts, [*cuts[1:], end], strict=True))


def _piece(text: str, start: int, end: int) -> Piece:
    if text[start] in _MARK_STARTS:
        for level, pattern in _MARKS:
            mark = pattern.match(text, start, end)
            if mark:
                return Piece(start, end, level, mark.end())
    return Piece(start, end, 0, start)


def _inline(text: str, start: int, end: int) -> Iterator[int]:
    """Where in the line a heading was run on: behind the end of a sentence, or (一) before words."""
    for match in _INLINE.finditer(text, start + 1, end):
        at, stop = match.span()
        before, after = text[at - 1], text[stop : stop + 1]
        ends = before in _BEFORE_INLINE or before.isspace()
        if ends or (text[at] in "（(" and stop < end and after not in _REFERS and not after.isspace()):
            yield at


def is_heading(line: str) -> bool:
    """Whether an unmarked line stands alone as a heading: short, without sentence end or speech.

    >>> is_heading("多措并举促进高质量充分就业"), is_heading("谢谢大家!"), is_heading("各位代表：")
    (True, False, False)
    """
    return _SHORTEST <= len(line) <= _LONGEST and line[-1] not in _ENDS_SENTENCE and "。" not in line


def is_dateline(line: str) -> bool:
    """Whether a line is nothing but the day of its document, with or without who signs it.

    >>> is_dateline("（2026年4月30日）"), is_dateline("朝阳市统计局 2026年4月30日"), is_dateline("2022年工作回顾")
    (True, True, False)
    """
    return len(line) <= _LONGEST and _DATELINE.fullmatch(line) is not None


@lru_cache(maxsize=64)
def status_of(heading: str) -> Status | None:
    """What a heading says about its figures: reviewed (actual) or planned (target); None where it says neither.

    >>> status_of("2022年工作回顾"), status_of("2023年工作安排"), status_of("教育")
    ('actual', 'target', None)
    """
    plan, review = _PLAN.search(heading), _REVIEW.search(heading)
    if plan and review:
        return "target" if plan.start() < review.start() else "actual"
    return "target" if plan else "actual" if review else None


@lru_cache(maxsize=64)
def period_of(heading: str, year: int = 0) -> str:
    """The period that a heading names: a year, a part of it, or a five-year plan; empty where none.

    `year` is the year of publication, meant by a heading that names months alone.

    >>> period_of("2022年工作回顾"), period_of("“十四五”主要成就"), period_of("教育"), period_of("上半年运行情况", 2016)
    ('2022', '2021/2025', '', '2016-01/2016-06')
    """
    heading = _DAY.sub("", heading)
    named = _YEAR.search(heading)
    plan = _FIVE_YEAR_PLAN.search(heading)
    if plan and not named:
        last = 2015 + 5 * "二三四五六七".index(plan[1])
        return f"{last - 4}/{last}"
    start = int(named[1]) if named else year
    part = _PART.search(heading) if start else None
    if part is None:
        return named[1] if named else ""
    if part["upto"]:
        return f"{start}-01/{start}-{int(part['upto']):02}" if 1 < int(part["upto"]) <= 12 else str(start)
    if part["month"]:
        return f"{start}-{int(part['month']):02}" if 1 <= int(part["month"]) <= 12 else str(start)
    last_month = 3 if part["first"] else 6 if part["half"] else 9
    return f"{start}-01/{start}-{last_month:02}"
