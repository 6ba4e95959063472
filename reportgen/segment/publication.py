"""When a document was published: stated dates, then dated meetings, then the file name, then the months it speaks of.

Text in, a date and how it is known out. The publication date anchors every 今年 and 目前 of the document.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from reportgen.model import Known

HEAD = 1500
_DAY = r"((?:19|20)\d{2})\s?(?:年|-|/|\.)\s?(\d{1,2})\s?(?:月|-|/|\.)\s?(\d{1,2})日?"
_MONTH = r"((?:19|20)\d{2})年(\d{1,2})月"
_LABELLED = re.compile(rf"(?:发布|发文|成文|印发|公布|公开|更新|刊发|发表)?(?:日期|时间)\s?[:：]?\s*{_DAY}", re.ASCII)
_ANY_DAY = re.compile(_DAY, re.ASCII)
_ANY_MONTH = re.compile(rf"{_MONTH}(?!\s?\d{{1,2}}日)", re.ASCII)
_MEETING = re.compile(rf"{_DAY}(?=.{{0,40}}?(?:会议上|大会上|会上|召开))", re.ASCII)
_NAMED = re.compile(
    r"((?:19|20)\d{2})[-_.年]?(\d{1,2})[-_.月](\d{1,2})(?!\d)|((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII
)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)", re.ASCII)
_YEAR = re.compile(r"((?:19|20)\d{2})年", re.ASCII)
_MONTH_PROGRESS = re.compile(
    r"((?:19|20)\d{2})年[^。\n]{0,30}?(\d{1,2})月(?:份)?[^。\n]{0,6}?(?:推进|进展|完成|运行|工作|情况|末|底)", re.ASCII
)
_MONTH_END = re.compile(
    r"截[至止]?[^。\n]{0,4}?(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:份)?(?:\d{1,2}日|末|底|份|,|，)", re.ASCII
)
_WORK_REPORT = re.compile(
    r"((?:19|20)\d{2})年(?:省|市|区|县|人民)*政府工作报告|政府工作报告[^。\n]{0,4}[（(]((?:19|20)\d{2})年", re.ASCII
)
_PLAN_CHAPTER = re.compile(
    r"((?:19|20)\d{2})年(?:[^。\n]{0,8})(?:工作安排|重点工作|主要任务|预期目标|目标任务)", re.ASCII
)
_BULLETIN = re.compile(r"((?:19|20)\d{2})年[^。\n]{0,20}统计公报", re.ASCII)


@dataclass(frozen=True, slots=True)
class Publication:
    """The date of publication; the last day of the month where only the month is known."""

    day: date
    month_only: bool
    known: Known


def publication(text: str, file_name: str) -> Publication | None:
    """The publication date that the text (or else the file name) shows, or None."""
    head = text[:HEAD]
    for pattern, scope in ((_LABELLED, head), (_LABELLED, text[-400:]), (_MEETING, head)):
        found = pattern.search(scope)
        if found and (day := _day(*found.groups())):
            return Publication(day, False, "literal")
    lines = head.split("\n")
    for line in lines[:14]:
        alone = _ANY_DAY.search(line)
        if alone and len(line) <= 60 and (day := _day(*alone.groups())):
            return Publication(day, False, "literal")
    named = _NAMED.search(file_name)
    if named and (day := _day(*(part for part in named.groups() if part))):
        return Publication(day, False, "implied")
    signed = _signed(text)
    if signed:
        return signed
    return _inferred(text, file_name)


def stated(words: str) -> Publication | None:
    """The date that sources.csv states: YYYY-MM-DD, YYYY-MM or YYYY (the end of its year); else None."""
    parts = words.strip().split("-")
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    if len(parts) == 3 and (day := _day(*parts)):
        return Publication(day, False, "literal")
    if len(parts) == 1 and len(parts[0]) == 4:
        return _month(parts[0], "12", "implied")
    return _month(parts[0], parts[1], "literal") if len(parts) == 2 else None


def _signed(text: str) -> Publication | None:
    for line in reversed(text[-300:].strip().split("\n")[-5:]):
        found = _ANY_DAY.search(line)
        if found and len(line) <= 40 and (day := _day(*found.groups())):
            return Publication(day, False, "literal")
    return None


def _inferred(text: str, file_name: str) -> Publication | None:
    head = text[:HEAD]
    progress = _MONTH_PROGRESS.search(head)
    if progress:
        return _month(progress[1], progress[2], "implied")
    bulletin = _BULLETIN.search(head) or _BULLETIN.search(file_name)
    if bulletin:
        return _month(str(int(bulletin[1]) + 1), "3", "implied")
    for pattern, scope in ((_PLAN_CHAPTER, text), (_WORK_REPORT, head), (_WORK_REPORT, file_name)):
        chapters = [year for match in pattern.finditer(scope) for year in match.groups() if year]
        if chapters:
            return _month(max(chapters), "1", "implied")
    years = Counter(_YEAR.findall(text))
    if not years:
        named = _NAMED_YEAR.search(file_name)
        return _month(named[1], "1", "implied") if named else None
    year = max(years, key=lambda y: (years[y], y))
    months = [int(m[2]) for m in _MONTH_END.finditer(text) if (m[1] or year) == year]
    months += [int(m[2]) for m in _ANY_MONTH.finditer(text) if m[1] == year]
    inside = [m for m in months if 1 <= m <= 12]
    return _month(year, str(max(inside) if inside else 12), "implied")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(year: str, month: str, known: Known) -> Publication | None:
    if not 1 <= int(month) <= 12 or not 1900 <= int(year) <= 2100:
        return None
    last = calendar.monthrange(int(year), int(month))[1]
    return Publication(date(int(year), int(month), last), True, known)
