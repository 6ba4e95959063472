"""Lists that share their words: A、B分别达到x、y; one number said of several; 城乡 that means two.

A frame goes in; where 分别 pairs names with numbers, the name at the number's place comes out.
"""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import core

_LEAD = "分别"
_REACH = 90
"""Characters behind 分别 within which its numbers stand."""
_SPLIT = re.compile("[、,，]|和(?!谐|平|解)|与(?!会)|(?<![普涉危惠触])及(?!时|格)|以及")
_STOP = re.compile(r"[,，;；。]|[:：∶︰﹕](?!\s?\d)", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_SHORT = 4
"""A clause of fewer characters before 分别 names nothing; the list stands in the one before."""
# 下降的是衣着、交通通讯
_WHAT_IS = re.compile("^[一-龥]{1,8}的(?:是|有)")
_ASIDE = re.compile("[（(][^（()）]{1,40}[)）]")
# 批发、零售、住宿、餐饮四大行业销售额: what is said of all of them
_ALTOGETHER = re.compile("等?[两二三四五六七八九十][大个类项种家][一-龥]{2}(?P<tail>[一-龥、]{2,})$")
# what may stand between 分别 and a number of its list
_FILLERS = re.compile(
    r"[\d.,，%、和与及万亿]|个百分点|以上|左右|第|增长|下降|达到?|提高到?|同比|[一-龥]{0,2}(?=[、和与,，])", re.ASCII
)
_MOST_FILLERS = 12
_GAP_STOPS = re.compile("[。；;:：(（]")
_NEW_CLAUSE = re.compile("[,，].*[一-龥]{4,}")
_LONGEST_GAP = 14
# 分别达到3.2万元和1.5万元，增长4.6%和7.1%: a second list of the same names
_SECOND_LIST = re.compile("[,，](?:同比|均?比上年|均?较上年|增长|下降|增加|提高|减少)")
_RATIO_SIGNS = "0123456789.:：∶︰﹕ "
_RATIO_TAIL = re.compile("(?:结构|比例|之比|比)?(?:由|从|为|调整|优化|演进)*$")
_RATIOS = (("产业", ("第一产业", "第二产业", "第三产业")),)
_PAIRS = (
    ("城乡", ("城镇", "农村")),
    ("城镇和农村", ("城镇", "农村")),
    ("男女", ("男", "女")),
    ("进出口", ("进口", "出口")),
    ("总量和增速", ("总量", "增速")),
)
_WHOLE = frozenset("数率额量值入积失费款重力")
"""A name that ends so is complete: 参保人数, 完成率."""


def respective_names(frame: Frame, earlier: tuple[str, ...]) -> str:
    """The name that 分别 gives the quantity, or empty where no 分别 governs it.

    `earlier` are names of the sentence so far, for 分别 that points back. Wrong where names and numbers are as many
    by accident.
    """
    at = _governing(frame)
    if at < 0:
        return ""
    place, count = _place(frame, at)
    if count < 2:
        return ""
    start = _clause_start(frame.sentence, at - len(_LEAD))
    clause = frame.sentence[start:at]
    listed = _names(clause, count)
    if not listed and start and len(core(clause)) < _SHORT:
        # the list may fill the clause before: 衣着、居住和交通，分别下降4.3%、0.7%和0.8%
        earlier_clause = frame.sentence[_clause_start(frame.sentence, start - 1) : start - 1]
        listed = () if _NUMBER.search(earlier_clause) else _names(earlier_clause, count)
    if len(listed) == count:
        return listed[place]
    if len(earlier) >= count and len(core(clause)) < 4:
        return earlier[len(earlier) - count :][place]
    return ""


def place_in_list(frame: Frame) -> tuple[int, int]:
    """(index, length) of the list behind 分别 to which the quantity belongs; (0, 0) where no 分别 governs it."""
    at = _governing(frame)
    return _place(frame, at) if at >= 0 else (0, 0)


def ratio_part(frame: Frame) -> str:
    """The part of a whole that one number of 3.9:59.5:36.6 stands for, or empty where no parts are listed."""
    sentence, start = frame.sentence, frame.quantity.start
    first = end = start
    while first and sentence[first - 1] in _RATIO_SIGNS:
        first -= 1
    while end < len(sentence) and sentence[end] in _RATIO_SIGNS:
        end += 1
    numbers = [match.start() for match in _NUMBER.finditer(sentence, first, end)]
    if start not in numbers:
        return ""
    place = numbers.index(start)
    phrase = core(sentence[_clause_start(sentence, first) : first])
    for word, parts in _RATIOS:
        if word in phrase and len(parts) == len(numbers):
            return parts[place] + "比重"
    items = _names(_RATIO_TAIL.sub("", phrase), len(numbers))
    return items[place] if len(items) == len(numbers) else ""


def _governing(frame: Frame) -> int:
    """Where the 分别 before the quantity ends whose list the quantity still belongs to, or -1."""
    sentence, start = frame.sentence, frame.quantity.start
    at = sentence.rfind(_LEAD, max(0, start - _REACH), start)
    if at < 0:
        return -1
    at += len(_LEAD)
    between = sentence[at:start]
    if "。" in between or "；" in between or ";" in between:
        return -1
    return at if len(_FILLERS.sub("", between)) <= _MOST_FILLERS else -1


def _place(frame: Frame, at: int) -> tuple[int, int]:
    """(index of the quantity behind 分别, how many the list has); (0, 0) where it is not in the list."""
    own = frame.quantity.start
    starts: list[int] = []
    end = at
    for match in _NUMBER.finditer(frame.sentence, at, at + 120):
        gap = frame.sentence[end : match.start()]
        if len(starts) > 1 and _SECOND_LIST.search(gap):
            if own in starts:
                break
            starts = []
        if starts and (_GAP_STOPS.search(gap) or len(gap) > _LONGEST_GAP or _NEW_CLAUSE.search(gap)):
            break
        starts.append(match.start())
        end = match.end()
    return (starts.index(own), len(starts)) if own in starts else (0, 0)


def _clause_start(sentence: str, at: int) -> int:
    """Start of the clause that goes on at `at`."""
    start = 0
    for match in _STOP.finditer(sentence, 0, at):
        start = match.end()
    return start


def _names(clause: str, count: int) -> tuple[str, ...]:
    """The last `count` names of a list, or none where it has fewer."""
    phrase = core(_WHAT_IS.sub("", _ASIDE.sub("", clause)).replace(_LEAD, ""))
    common = _ALTOGETHER.search(phrase)
    if common:
        items = [item for item in _SPLIT.split(phrase[: common.start()]) if item]
        if len(items) == count:
            return tuple(item + common["tail"] for item in items)
    items = [item.strip() for item in _SPLIT.split(phrase) if item.strip()]
    if len(items) < count or "、" not in phrase:
        for word, parts in _PAIRS:
            if word in phrase and count == len(parts):
                return tuple(phrase.replace(word, part, 1) for part in parts)
    if len(items) < count:
        return ()
    *others, last = items[-count:]
    return (*(_with_tail(item, last) for item in others), last)


def _with_tail(item: str, last: str) -> str:
    """Give an item the tail that only the last one prints: 畜禽粪污、秸秆综合利用率."""
    if item[-1:] == last[-1:] or len(item) >= len(last):
        return item
    for size in range(min(4, len(item)), 1, -1):
        at = last.find(item[-size:])
        if at >= 0:
            return item + last[at + size :]
    if item[-1:] in _WHOLE or len(last) <= len(item) + 2:
        return item
    return item + last[2:]
