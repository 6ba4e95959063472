"""What a document is called and what kind it is, by its own words; text goes in, names come out."""

from __future__ import annotations

import re

HEAD_LINES, HEAD = 12, 1500
"""Lines in which a title stands, characters in which a document says what it is."""
SHORTEST, LONGEST = 6, 80
REPORT = "政府工作报告"
_GENRES = (REPORT, "统计公报", "新闻发布会", "国民经济和社会发展计划", "通报", "公报")
_GENRE_HEAD = 1200
_BLANKS = re.compile(r"\s+")
_FURNITURE = re.compile("您现在的位置|来源|浏览|点击|首页|字体|分享|打印")
_DATE_LABEL = re.compile(r"发布(?:日期|时间)[:：]?\d{4}-\d{2}-\d{2}(?:\d{2}:\d{2}(?::\d{2})?)?")
# 各位代表: a speech has begun; 一、… is a chapter; ——2023年1月3日在… says where a report was given
_NO_TITLE = re.compile(
    "[—-]|各位|大家|出席|现在[,，]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|.*会议上$"
)
_SPEECH = re.compile("[。！!？?]|[：:；;，,]$")
# 向大会报告工作, 向大会作政府工作报告: how a head of government begins
_REPORTS = re.compile("向大会[作做]?(?:政府工作|工作|政府)?报告(?:政府)?(?:工作)?")
_CONFERENCE = re.compile("(?P<title>“[^“”\n]{4,50}”)[^“”。\n]{0,8}?新闻发布会")
_SESSION = re.compile("[一-龥]{0,6}新闻发布会.{0,10}")


def title(text: str, area: str, year: int) -> str:
    """The document's title: a line of its head, joined where it was broken; else made of what it says it is.

    A report without a title is called <year>年<area>政府工作报告, a transcript by the quoted name of its conference.
    """
    lines = [_plain(line) for line in text.split("\n", HEAD_LINES)[:HEAD_LINES]]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line == REPORT:
            return f"{year}年{area}{REPORT}"
        if _is_title(line):
            broken = "新闻发布会" not in line and _SESSION.fullmatch(following)
            return (line + following if broken else line)[:LONGEST]
    head = text[:HEAD]
    if _REPORTS.search(head):
        return f"{year}年{area}{REPORT}"
    conference = _CONFERENCE.search(head)
    if conference:
        return _plain(conference["title"]) + "新闻发布会"
    return _plain(text[:40])


def genre(text: str) -> str:
    """What kind of document it is; empty where it does not say."""
    head = _plain(text[:_GENRE_HEAD])
    for word in _GENRES:
        if word in head or (word == REPORT and _REPORTS.search(head)):
            return word
    return ""


def _plain(line: str) -> str:
    """The line without blanks and without the label of its date."""
    return _DATE_LABEL.sub("", _BLANKS.sub("", line))


def _is_title(line: str) -> bool:
    if len(line) < SHORTEST or _SPEECH.search(line):
        return False
    return not _FURNITURE.search(line) and not _NO_TITLE.match(line)
