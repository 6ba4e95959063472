"""Which place a figure is about: a county named as the subject of its clause or list item, else the document's own."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.vocabulary import Division, Vocabulary

_SUBJECT_LEAD = re.compile(
    "^(?:[\\s、,，]|其中|在|和|与|及|分别是|分别为|分别|包括|以及|由|位于|以|[^,，。;；、]{0,24}(?:分别)(?:是|为|[:：])|[一-龥]{0,14}(?:是|为|[:：]))*$"
)
_EVENT = re.compile("^(?:召开|举办|举行|开幕|开工|启动|落户|投产|建成|揭牌)")
_ZONE = re.compile("(?:高新区|经开区|开发区|新区|保税区|示范区|管委会)$")
_FACILITY = re.compile(
    "(?:大桥|博物馆|医院|大学|学院|机场|高速|铁路|公路|路|街|水库|电厂|热电|站|港|集团|公司|银行|日报|晚报|电视|模式|经验|品牌|精神|人民政府|政府|工匠|英才|文化节|瑪瑙|玛瑙|籍|段|至|到|—|-|线|海关|海域|湾|岛|山|河|江|湖|市委)"
)


Mention = tuple[int, int, Division]


def mentions(scanned: list[Mention], own_code: str) -> tuple[Mention, ...]:
    """Those of the places that a sentence names which lie below the document's own."""
    return tuple(m for m in scanned if _below(m[2], own_code))


def area(frame: Frame, own: str, named: tuple[Mention, ...], vocabulary: Vocabulary) -> tuple[str, bool]:
    """(official name or names joined by 、, whether the text itself names it here)."""
    sentence = frame.sentence
    start = frame.quantity.start
    earlier = [m for m in named if m[1] <= start]
    item_start = max(frame.clause, frame.previous.tail if frame.previous else 0)
    inside = [m for m in earlier if m[0] >= item_start and not _FACILITY.match(sentence, m[1])]
    if inside and _SUBJECT_LEAD.match(sentence[item_start : inside[0][0]]):
        run = _run(sentence, inside)
        tail = sentence[run[-1][1] : start]
        if not re.match("(?:、|和|与|及)?[一-龥]{0,3}(?:合作|对接|交流|协作|结对)", tail):
            return "、".join(vocabulary.divisions.display(sentence[a:b], d) for a, b, d in run), True
    adjacent = [m for m in earlier if m[1] == start]
    if adjacent:
        run = _run_back(sentence, earlier)
        return "、".join(vocabulary.divisions.display(sentence[a:b], d) for a, b, d in run), True
    zone = _ZONE.search(frame.left)
    if zone and len(frame.left.strip(" 、,，")) <= 5 and frame.quantity.kind == "count":
        return own.removesuffix("市").removesuffix("省") + zone[0], True
    for begin, end, division in reversed(earlier):
        held_there = end < frame.clause and sentence[begin - 1 : begin] == "在" and _EVENT.match(sentence[end:])
        if held_there and start - end < 30:
            return vocabulary.divisions.display(sentence[begin:end], division), True
    return own, False


def _run(sentence: str, inside: list[Mention]) -> list[Mention]:
    run = [inside[0]]
    for mention in inside[1:]:
        if sentence[run[-1][1] : mention[0]].strip() in ("、", "和", "与", "及"):
            run.append(mention)
        else:
            break
    return run


def _run_back(sentence: str, earlier: list[Mention]) -> list[Mention]:
    run = [earlier[-1]]
    for mention in reversed(earlier[:-1]):
        if sentence[mention[1] : run[0][0]].strip() in ("、", "和", "与", "及"):
            run.insert(0, mention)
        else:
            break
    return run


def _below(division: Division, own_code: str) -> bool:
    return bool(own_code) and division.code != own_code and division.code.startswith(own_code)
