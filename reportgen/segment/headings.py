"""Heading marks of Chinese official texts: 一、 (一) 1. (1) 一是, and what a heading says about time and status.

A line goes in; its marker level and heading text come out. Nothing here knows about documents or figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.model import Status

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKS = (
    (1, re.compile(rf"{_NUMERAL}、")),
    (2, re.compile(rf"[（(]{_NUMERAL}[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)", re.ASCII)),
    (4, re.compile(r"[（(]\d{1,2}[）)]", re.ASCII)),
    (5, re.compile(rf"{_NUMERAL}(?:是|要)(?![否非])[:：]?|第{_NUMERAL}[,，]")),
)
_INLINE = re.compile(
    rf"(?<=[。；;！!?？:：\s）)])(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]|{_NUMERAL}是(?![否非]))|(?<=\S)[（(]{_NUMERAL}[）)](?=[^\s）)、，,和至到])"
)
_ENDS_SENTENCE = "。！？!?；;，,：:、"

REVIEW = re.compile(
    r"回顾|主要成[绩就效]|工作成[绩效]|取得的?成[绩效就]|完成情况|执行情况|进展|亮点|主要做法|发展成就|一年来|五年来|过去(?:的)?[一五]年"
    r"|所做的工作|工作总结|推进情况|工作情况"
)
PLAN = re.compile(
    r"工作安排|下一步|下步|重点工作|主要任务|目标任务|工作部署|工作打算|今后|未来|总体要求|预期目标|年度目标|工作目标|主要目标|发展目标|工作重点|工作思路"
    r"|工作建议|安排建议|任务安排|目标和任务|主要举措|总体思路|奋斗目标|工作计划|总体目标"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年", re.ASCII)
PART = re.compile(
    r"1[-—–~至到](?P<upto>\d{1,2})月|(?P<half>上半年)|(?P<first>一季度)|(?P<nine>前三季度)|(?<!\d)(?P<month>\d{1,2})月(?!\d)", re.ASCII
)
FIVE_YEAR_PLAN = re.compile("十([二三四五六七])五")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line under one marker; level 0 has no marker. Offsets are text offsets."""

    start: int
    end: int
    level: int
    body: int
    """Where the text after the marker begins."""


def pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Cut the line [start, end) at its heading marks, also where a heading was run on in mid-line."""
    cuts = [start, *(m.start() for m in _INLINE.finditer(text, start + 1, end))]
    found = []
    for cut, stop in zip(cuts, [*cuts[1:], end], strict=True):
        level, body = 0, cut
        for candidate, pattern in _MARKS:
            mark = pattern.match(text, cut, stop)
            if mark:
                level, body = candidate, mark.end()
                break
        found.append(Piece(cut, stop, level, body))
    return tuple(found)


def is_heading(line: str) -> bool:
    """Whether an unmarked line stands alone as a heading: short, without sentence end or speech.

    >>> is_heading("多措并举促进高质量充分就业"), is_heading("谢谢大家!"), is_heading("各位代表：")
    (True, False, False)
    """
    return 4 <= len(line) <= 36 and line[-1] not in _ENDS_SENTENCE and "。" not in line


def status_of(heading: str) -> Status | None:
    """What a heading says about its figures: reviewed (actual) or planned (target); None where it says neither.

    >>> status_of("2022年工作回顾"), status_of("2023年工作安排"), status_of("教育")
    ('actual', 'target', None)
    """
    plan, review = PLAN.search(heading), REVIEW.search(heading)
    if plan and review:
        return "target" if plan.start() < review.start() else "actual"
    return "target" if plan else "actual" if review else None


def period_of(heading: str, year: int = 0) -> str:
    """The period that a heading names: a year, a part of it, or a five-year plan; empty where none.

    `year` is the year of publication, meant by a heading that names months alone.

    >>> period_of("2022年工作回顾"), period_of("“十四五”主要成就"), period_of("教育"), period_of("上半年运行情况", 2016)
    ('2022', '2021/2025', '', '2016-01/2016-06')
    """
    named = YEAR.search(heading)
    plan = FIVE_YEAR_PLAN.search(heading)
    if plan and not named:
        last = 2015 + 5 * "二三四五六七".index(plan[1])
        return f"{last - 4}/{last}"
    start = int(named[1]) if named else year
    part = PART.search(heading) if start else None
    if part is None:
        return named[1] if named else ""
    if part["upto"]:
        return f"{start}-01/{start}-{int(part['upto']):02}" if 1 < int(part["upto"]) <= 12 else str(start)
    if part["month"]:
        return f"{start}-{int(part['month']):02}" if 1 <= int(part["month"]) <= 12 else str(start)
    last_month = 3 if part["first"] else 6 if part["half"] else 9
    return f"{start}-01/{start}-{last_month:02}"
