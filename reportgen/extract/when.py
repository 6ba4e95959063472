"""Which of the sentence's times a number has, and the period that follows from it, from the chapter or from the date.

Time expressions come from `periods`; here they are given to the numbers.
"""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.periods import LONG_AGO, Anchor, Time, is_past, period_end, so_far
from reportgen.model import Known, Report, Section, Status

# 从2005年的42.9%、33.8%调整为…: how far the time that a change starts from reaches
_ORIGIN_ENDS = re.compile("[,，;；。：:到至为增减提降调]")
_SHORT = 2500
"""Characters up to which a text without chapters is a piece of news, whose first paragraph says when."""
# a paragraph that says when does not go on with the lead
_DATED = re.compile("[0-9]年|[今去前上]年|目前|现在|[0-9]月|季度|半年")
_OF_TIME = ("的", "“", "《", "度")
_UNFINISHED = "；;，,、：:"
_LISTED = ("——", "－－", "--")
_PARAGRAPH_OPENING = 14
"""A span of years within so many characters of a sentence's start opens its paragraph."""


def time_of(frame: Frame, found: tuple[Time, ...]) -> Time | None:
    """The nearest time before the number, an explicit one first; in brackets, their own; else one behind it.

    Wrong where a clause names two years and the number belongs to the farther one.
    """
    if not found:
        return None
    earlier = _before(frame, found)
    if earlier:
        last = earlier[-1]
        if not last.strong:
            strong = [time for time in earlier if time.strong]
            if strong and (strong[-1].end >= frame.clause or _overrules(strong[-1], last)):
                return strong[-1]
        return last
    for time in found:
        if time.start >= frame.quantity.tail and time.end <= frame.right_end:
            return time if time.strong else None
    return None


def _overrules(strong: Time, weak: Time) -> bool:
    """Whether an explicit time of the sentence goes on through 年均, or is later than the 全年 that follows it."""
    if weak.whole_year and strong.period.isdigit():
        return True  # 2022年，…，全年新增…
    end = period_end(strong.period)[:4]
    return end.isdigit() and (weak.period == "P1Y" or (weak.whole_year and end > period_end(weak.period)[:4]))


def _before(frame: Frame, found: tuple[Time, ...]) -> list[Time]:
    """The times before the number that can be its own, those in its bracket or outside closed ones first."""
    start = frame.quantity.start
    passed = frame.previous.tail if frame.previous else 0
    before = [
        time
        for time in found
        if time.end <= start
        and not (time.origin and time.end <= passed and _ORIGIN_ENDS.search(frame.sentence, time.end, start))
        and (time.period != "P1Y" or time.strong or time.start >= frame.clause)
    ]
    inside = [time for time in before if frame.bracket < 0 or time.start > frame.bracket] or before
    return [time for time in inside if not _bracketed(frame, time)] or inside


def _bracketed(frame: Frame, time: Time) -> bool:
    """Whether a time stands in a bracket that was closed before the number."""
    sentence = frame.sentence
    opened = max(sentence.rfind("(", 0, time.start), sentence.rfind("（", 0, time.start))
    if opened < 0 or opened == frame.bracket:
        return False
    closes = [at for at in (sentence.find(")", opened), sentence.find("）", opened)) if at >= 0]
    return bool(closes) and time.end <= min(closes) < frame.quantity.start


def opening(found: tuple[Time, ...]) -> tuple[Time, ...]:
    """The times with which a sentence begins: of a sentence without figures only these say when the next ones were."""
    return tuple(time for time in found if time.start <= _PARAGRAPH_OPENING)


def opens_paragraph(found: tuple[Time, ...], chapter: str, *, first: bool) -> Time | None:
    """The span of years (五年来, “十四五”期间) that opens a sentence and holds for the rest of its paragraph.

    In a `chapter` on several years so does the one year that opens the paragraph's `first` sentence.
    """
    for time in found:
        if time.start > _PARAGRAPH_OPENING:
            break
        if time.origin:
            continue
        if _is_span(time.period) or (first and time.strong and time.period.isdigit() and _is_span(chapter)):
            return time
    return None


_REACHED = re.compile("(?:达到?|(?:增加|增长|提高|提升|上升|扩大|跃升|减少|下降|降低)[到至]|[增升降]至)$")
_SUM = re.compile("累计|新[增建改扩]|共|完成|引进|争取|发放|投入|建成|培训|年均|实施|转移|减免|解决|招|吸纳|带动")


def _is_span(period: str) -> bool:
    """Whether a period is a run of years: 2021/2025."""
    return len(period) == 9 and "/" in period


def goes_on_with(sentence: str, found: tuple[Time, ...], anchor: Anchor, before: Time | None) -> Time | None:
    """The past time that a report goes on to speak of: the last one that the sentence names, else the one `before` it.

    目前 and a time that is still to come end it.
    """
    for time in reversed(found):
        if time.origin or time.whole_year or time.period == "P1Y" or _is_attribute(sentence, time):
            continue
        recent = period_end(time.period)[:4] >= str(anchor.year - LONG_AGO)
        return time if time.strong and recent and is_past(time.period, anchor) else None
    return before


def goes_on_to(sentence: str, found: tuple[Time, ...], anchor: Anchor, before: Time | None) -> Time | None:
    """The later year that a plan goes on to speak of: the last one that the sentence names, else the one `before`."""
    for time in reversed(found):
        if time.strong and not time.origin and time.period != "P1Y" and not _is_attribute(sentence, time):
            return time if period_end(time.period)[:4] > str(anchor.year) else None
    return before


def _is_attribute(sentence: str, time: Time) -> bool:
    """Whether a time says which thing is meant, not when it was: 第二季度“标兵”, 下达的半年任务."""
    return sentence.startswith(_OF_TIME, time.end) or sentence[time.start - 1 : time.start] == "的"


class CarriedTimes:
    """The past time with which a section begins: that of the sentence it goes on with, or of a short text's lead."""

    def __init__(self, report: Report) -> None:
        """Sections are asked for and reported in the order of the text."""
        sections = report.sections
        self._short = len(report.document.text) <= _SHORT and all(len(each.headings) <= 1 for each in sections)
        self._lead: Time | None = None
        self._begun = False
        self._last: Time | None = None
        self._open = False
        self._heads: Time | None = None

    def before(self, section: Section) -> Time | None:
        """What `section` begins with."""
        if self._open:
            return self._last
        if self._lead is None or not self._short or section.status == "target":
            return None
        return None if any(_DATED.search(each.text) for each in section.sentences) else self._lead

    def of_list(self, section: Section) -> Time | None:
        """The span of years of the paragraph that heads the list to which `section` belongs: 五年来，… ——经济…"""
        if self._heads is None or not section.sentences or not section.sentences[0].text.startswith(_LISTED):
            return None
        return self._heads

    def after(self, section: Section, carried: Time | None, paragraph: Time | None) -> None:
        """Take note of what a section that was read to its end speaks of, and of the span that its paragraph opened."""
        if not section.sentences:
            return
        if (self._heads or paragraph) and not section.sentences[0].text.startswith(_LISTED):
            self._heads = paragraph if paragraph and _is_span(paragraph.period) else None
        self._last, self._open = carried, section.sentences[-1].text[-1] in _UNFINISHED
        if not self._begun:
            self._lead = carried if carried and not carried.period.startswith("..") else None
            self._begun = True


def at_the_end(period: str, said: Status, left: str) -> str:
    """The last year of a run of years for what was reached by then: 五年来，城镇化率提高到58%; a sum is of all."""
    if said == "actual" and _is_span(period) and _REACHED.search(left) and not _SUM.search(left):
        return period_end(period)
    return period


def period_of(time: Time | None, said: Status, anchor: Anchor, chapter: str) -> tuple[str, Known]:
    """The period and how it is known; `chapter` is what the section speaks of, the anchor's may be the paragraph's."""
    year = str(anchor.year)
    if time is None:
        if chapter and (said == "actual" or period_end(chapter) >= year):
            return chapter, "inherited"
        return (so_far(anchor) if said == "actual" else year), "implied"
    if time.period == "P1Y" and not time.strong and said == "actual":
        return anchor.chapter or so_far(anchor), "inherited"
    if time.whole_year and said == "target" and time.period < year:
        return year, "inherited"
    if said == "actual" and time.period == year and not chapter and anchor.month < 12:
        return so_far(anchor), "literal"
    start, _, end = time.period.partition("/")
    if said == "actual" and start.isdigit() and end.isdigit() and start < year < end:
        return f"{start}-01/{year}-{anchor.month:02}", "literal"  # a result of “十四五” while it lasts
    return time.period, "literal"
