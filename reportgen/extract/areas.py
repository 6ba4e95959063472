"""Which place a figure is about: a county named as the subject of its clause or list item, else the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.extract.frame import Frame
from reportgen.vocabulary import Division, Vocabulary
from reportgen.vocabulary.grammar import alternatives

Mention = tuple[int, int, Division]
"""Start and end of a place name in the sentence, and what it names."""

# 其中在喀左县, 分别是凌源市: what may stand before the place that is the subject
_SUBJECT_LEAD = re.compile(
    "(?:[\\s、,，]|其中|在|和|与|及|分别是|分别为|分别|包括|以及|由|位于|以|[^,，。;；、]{0,24}(?:分别)(?:是|为|[:：])"
    "|[一-龥]{0,14}(?:是|为|[:：]))*"
)
_EVENT = re.compile("召开|举办|举行|开幕|开工|启动|落户|投产|建成|揭牌")
_EVENT_REACH = 30
_ZONE = re.compile("(?:高新区|经开区|开发区|新区|保税区|示范区|管委会)$")
_FACILITY = re.compile(alternatives("facilities"))
# 与朝阳市合作: the place is the partner, not the subject
_PARTNER = re.compile("(?:、|和|与|及)?[一-龥]{0,3}(?:合作|对接|交流|协作|结对)")
_AND = frozenset("、和与及")


def mentions(scanned: Iterable[Mention], own_code: str) -> tuple[Mention, ...]:
    """Those of the places that a sentence names which lie below the document's own."""
    return tuple(mention for mention in scanned if _below(mention[2], own_code))


def area(frame: Frame, own: str, named: tuple[Mention, ...], vocabulary: Vocabulary) -> tuple[str, bool]:
    """(official name or names joined by 、, whether the text itself names it here).

    Wrong for a county that is named as the seat of something in its clause (位于喀左县的省级公司).
    """
    if named:
        run = _subject(frame, named) or _adjacent(frame, named) or _venue(frame, named)
        if run:
            return "、".join(_display(frame.sentence, mention, vocabulary) for mention in run), True
    zone = _ZONE.search(frame.left) if frame.quantity.kind == "count" else None
    if zone and len(frame.left.strip(" 、,，")) <= 5:
        return own.removesuffix("市").removesuffix("省") + zone[0], True
    return own, False


def _subject(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """Places that open the clause or list item: 喀左县、凌源市新建…"""
    sentence, start = frame.sentence, frame.quantity.start
    item = max(frame.clause, frame.previous.tail if frame.previous else 0)
    inside = [m for m in named if item <= m[0] and m[1] <= start and not _FACILITY.match(sentence, m[1])]
    if not inside or not _SUBJECT_LEAD.fullmatch(sentence, item, inside[0][0]):
        return []
    run = [inside[0]]
    for mention in inside[1:]:
        if sentence[run[-1][1] : mention[0]].strip() not in _AND:
            break
        run.append(mention)
    return [] if _PARTNER.match(sentence, run[-1][1], start) else run


def _adjacent(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """Places right before the number: …分别是凌源市、喀左县2个."""
    run: list[Mention] = []
    for mention in reversed([m for m in named if m[1] <= frame.quantity.start]):
        between = frame.sentence[mention[1] : run[0][0] if run else frame.quantity.start]
        if between.strip() not in _AND if run else between:
            break
        run.insert(0, mention)
    return run


def _venue(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """在凌源市召开…, the clause before: what is counted there happened there."""
    sentence, start = frame.sentence, frame.quantity.start
    for mention in reversed(named):
        begin, end, _ = mention
        held = end < frame.clause and sentence[begin - 1 : begin] == "在" and _EVENT.match(sentence, end)
        if held and start - end < _EVENT_REACH:
            return [mention]
    return []


def _display(sentence: str, mention: Mention, vocabulary: Vocabulary) -> str:
    start, end, division = mention
    return vocabulary.divisions.display(sentence[start:end], division)


def _below(division: Division, own_code: str) -> bool:
    return bool(own_code) and division.code != own_code and division.code.startswith(own_code)
