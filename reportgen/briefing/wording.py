"""Words that only the speaker can say, as a reader must read them: 我市 is 全市, 今年 the year, 目前 the period.

The head of an excerpt and the time that is put before it go in, what to print of both comes out. Evidence, which is
quoted to the letter, never passes here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportgen.model import Span

_OURS = re.compile("我([省市县区州盟旗])(?![场级域区])")
_THIS_YEAR = "今年"
_NOW = re.compile("(?:截至|截止|到)?(?:目前|现在)(?:为止)?[，,]?")
_YEARS_LONG = re.compile("(?:过去|近)?[一二两三四五六七八九十]年来?[，,]")
_MONTHS = re.compile(r"(\d{1,2})(?:[-—–~～至到](\d{1,2}))?月份?")
_CARRIES_ON = re.compile("年[内底末]|全[年省市县区]|[“《]?[^，,；;]{1,10}(?:期间|假期|黄金周)")
"""Beginnings that a year goes before without a colon: 2021年全市年内…."""
_YEAR_FIRST = re.compile("([0-9]{4})年(?:[，,]|(?=[全我][省市县区州]))")


def fitted(lead: str, text: str) -> tuple[str, int]:
    """The time `lead` as it joins `text`, and how many characters of `text` it takes the place of.

    >>> fitted("2021年1—4月：", "目前，全市新增就业1.8万人"), fitted("2023年1—8月：", "1-8月份我市接待游客")
    (('2021年1—4月，', 3), ('2023年', 0))
    >>> fitted("2021年：", "全市年内计划建成"), fitted("2023年", "5个县达标"), fitted("2021—2025年", "五年来，下降")
    (('2021年', 0), ('2023年，', 0), ('2021—2025年，', 4))
    """
    when = lead.removesuffix("：")
    if lead and not when.endswith("目标") and (years := _YEARS_LONG.match(text)):
        return f"{when}，", years.end()
    if lead.endswith("：") and not when.endswith("目标"):
        if now := _NOW.match(text):
            return when + ("，" if now[0][-1] in "，," else ""), now.end()
        months = _MONTHS.match(text)
        if months and when[5:] == "—".join(filter(None, months.groups())) + "月":
            return when[:5], 0
        if _CARRIES_ON.match(text):
            return when, 0
    return (f"{lead}，" if lead.endswith(("年", "月")) and text[:1].isdigit() else lead), 0


def said_again(text: str, year: str) -> int:
    """How many characters at the head of `text` only repeat `year`, which was said just before.

    >>> said_again("2023年，全市计划改造小区25个", "2023"), said_again("2023年底前建成", "2023")
    (6, 0)
    """
    found = _YEAR_FIRST.match(text)
    return found.end() if found and found[1] == year else 0


def names_this_year(text: str) -> bool:
    """Whether `text` says 今年."""
    return _THIS_YEAR in text


def impersonal(spans: Sequence[Span], year: str) -> list[Span]:
    """Spans of an excerpt without 我市, 我省; with `year` for 今年 where it is known. Figures stay as they are."""
    return [span if span.figure_id else replace(span, text=_said(span.text, year)) for span in spans]


def _said(text: str, year: str) -> str:
    text = _OURS.sub(r"全\1", text)
    return text.replace(_THIS_YEAR, f"{year}年") if year else text
