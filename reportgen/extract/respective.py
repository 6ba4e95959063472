"""Lists that share their words: A、B分别达到x、y; one number said of several; 城乡 that means two.

A frame goes in; where 分别 pairs names with numbers, the name at the number's place comes out.
"""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import core

_RESPECTIVELY = re.compile("分别")
_SPLIT = re.compile("[、,，]|和(?!谐|平|解)|与(?!会)|及(?!时|格)|以及")
_WHOLE = frozenset("数率额量值入积失费款重力")
_STOP = re.compile("[,，;；:：。]")
_RATIOS = (("产业", ("第一产业", "第二产业", "第三产业")),)
_PAIRS = (
    ("城乡", ("城镇", "农村")),
    ("城镇和农村", ("城镇", "农村")),
    ("男女", ("男", "女")),
    ("进出口", ("进口", "出口")),
    ("总量和增速", ("总量", "增速")),
)


def respective_names(frame: Frame, earlier: tuple[str, ...]) -> str:
    """The name that 分别 gives the quantity, or empty where no 分别 governs it."""
    at = _governing(frame)
    if at < 0:
        return ""
    place, count = _place(frame, at)
    if count < 2:
        return ""
    clause = frame.sentence[_clause_start(frame.sentence, at) : at]
    listed = _names(clause, count)
    if len(listed) == count:
        return listed[place]
    if len(earlier) >= count and len(core(clause)) < 4:
        return earlier[len(earlier) - count :][place]
    return ""


def ratio_part(frame: Frame, phrase: str) -> str:
    """The part of a whole that one number of 3.9:59.5:36.6 stands for, or empty where the words do not list the parts."""
    sentence, start = frame.sentence, frame.quantity.start
    first = start
    while first and sentence[first - 1] in "0123456789.:：∶ ":
        first -= 1
    end = start
    while end < len(sentence) and sentence[end] in "0123456789.:：∶ ":
        end += 1
    numbers = [first + m.start() for m in re.finditer(r"\d+(?:\.\d+)?", sentence[first:end], re.ASCII)]
    if start not in numbers:
        return ""
    place = numbers.index(start)
    for word, parts in _RATIOS:
        if word in phrase and len(parts) == len(numbers):
            return parts[place] + "比重"
    items = _names(re.sub("(?:结构|比例|之比|比)?(?:由|从|为|调整|优化|演进)*$", "", phrase), len(numbers))
    return items[place] if len(items) == len(numbers) else ""


def _governing(frame: Frame) -> int:
    at = -1
    for match in _RESPECTIVELY.finditer(frame.sentence, max(0, frame.quantity.start - 90), frame.quantity.start):
        at = match.end()
    if at < 0:
        return -1
    between = frame.sentence[at : frame.quantity.start]
    bare = re.sub(
        r"[\d.,，%、和与及万亿]|个百分点|以上|左右|第|增长|下降|达到?|提高到?|同比|[一-龥]{0,2}(?=[、和与,，])",
        "",
        between,
    )
    return at if len(bare) <= 12 and "。" not in between and "；" not in between and ";" not in between else -1


def _place(frame: Frame, at: int) -> tuple[int, int]:
    """(index of the quantity after 分别, how many quantities the list has), walking the neighbouring frames' numbers."""
    numbers = [m for m in re.finditer(r"\d+(?:\.\d+)?", frame.sentence[at : at + 120])]
    starts = []
    previous_end = 0
    for match in numbers:
        gap = frame.sentence[at + previous_end : at + match.start()]
        if starts and (re.search("[。；;:：(（]", gap) or len(gap) > 14 or re.search("[,，].*[一-龥]{4,}", gap)):
            break
        starts.append(at + match.start())
        previous_end = match.end()
    own = frame.quantity.start
    return (starts.index(own) if own in starts else 0), (len(starts) if own in starts else 0)


def _clause_start(sentence: str, at: int) -> int:
    start = 0
    for match in _STOP.finditer(sentence, 0, at - 2):
        start = match.end()
    return start


def _names(clause: str, count: int) -> tuple[str, ...]:
    phrase = core(clause.replace("分别", ""))
    for word, parts in _PAIRS:
        if word in phrase and count == len(parts):
            return tuple(phrase.replace(word, part, 1) for part in parts)
    items = [item.strip() for item in _SPLIT.split(phrase) if item.strip()]
    if len(items) < count:
        return ()
    items = items[-count:]
    last = items[-1]
    return tuple(_with_tail(item, last) for item in items[:-1]) + (last,)


def _with_tail(item: str, last: str) -> str:
    """Give an item the tail that only the last one prints: 畜禽粪污、秸秆综合利用率."""
    if item[-1:] == last[-1:] or len(item) >= len(last):
        return item
    for size in range(min(4, len(item)), 1, -1):
        at = last.find(item[-size:])
        if at >= 0:
            return item + last[at + size :]
    if item[-1:] in _WHOLE or len(last) <= len(item) + 1:
        return item
    return item + last[2:]
