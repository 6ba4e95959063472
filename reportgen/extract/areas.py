"""Which place a figure is about: a county named as the subject of its clause or list item, else the document's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reportgen.extract.frame import Frame
from reportgen.extract.respective import place_in_list
from reportgen.vocabulary import Division, Vocabulary
from reportgen.vocabulary.grammar import alternatives

Mention = tuple[int, int, Division]
"""Start and end of a place name in the sentence, and what it names."""

# 其中在喀左县, 分别是凌源市: what may stand before the place that is the subject
_SUBJECT_LEAD = re.compile(
    "(?>[^,，。;；、]{0,24}分别(?:是|为|[:：])|[一-龥]{1,14}(?:是|为)|[一-龥]{0,14}[:：]"
    "|[\\s、,，]|其中|在|和|与|及|分别|包括|以及|由|位于|以)*+"
)
_EVENT = re.compile("召开|举办|举行|开幕|开工|启动|落户|投产|建成|揭牌")
_EVENT_REACH = 30
_ZONE = re.compile("(?:高新区|经开区|开发区|新区|保税区|示范区|管委会)$")
_FACILITY = re.compile(alternatives("facilities"))
# 与朝阳市合作: the place is the partner, not the subject
_PARTNER = re.compile("(?:、|和|与|及)?[一-龥]{0,3}(?:合作|对接|交流|协作|结对)")
# 出口到大连市5000吨: where something goes or comes from
_TOWARDS = ("到", "往", "向", "至", "给", "从", "自", "对", "销")
# 向静海、|宁河: a longer list of where something goes
_GOES_TO = re.compile("[到往向至给从自对](?:[一-龥]{2,8}、){1,6}$")
_AND = frozenset("、和与及")
_CLAUSE_ENDS = "，,。；;：:"
_TOLD = 3
_LIST_LOOK = 48
# 桂林、梧州|增幅超过300%: the place is all that is named
_SAID_OF = re.compile("增[幅速长]|降幅|下降|同比|分别增|、|[和与][一-龥]{2,5}(?:增[幅速长]|下降)")
_NOUN = re.compile("[一-龥]{3}")
_NEW_AREA = "新区"
# 张掖等11个市: the places are examples
_EXAMPLES = "等"
# 大连市建成…: the place itself does it; 大连市金普水库… is a thing there
_ACTS = re.compile(
    "[已共均先率无有将以按在坚]|全[面力]|新增|通过|围绕|积极|大力|着力|加快|加强|不断|深入|建[成立设]|完成|实[现施行]|出台|开展"
    "|推[进动行]|投[入资]|组织|落实|聚焦|抓[好住]"
)
# 喀左县|第三小学建设项目，总建筑面积…: a work that is named by its place
_WORKS = re.compile("[^,，。;；:：]{1,24}(?:项目|工程|学校|小学|中学|幼儿园|卫生院|敬老院|养老院|服务中心|安置点|小区)")
_SUFFIXES = frozenset("市县区旗州盟省")
WHOLE = re.compile("全国|全省|我省|全市|我市|全州|我州|全盟|我盟|各地|各市|各县|其他|自治区")


def mentions(sentence: str, scanned: Sequence[Mention], own_code: str) -> tuple[Mention, ...]:
    """Those of the places that a sentence names which lie below the document's own, or are set beside each other."""
    places = _innermost(sentence, scanned)
    beside = _set_beside(sentence, places) if len(places) > 1 else ()
    return tuple(place for place in places if _below(place[2], own_code) or place in beside)


def _innermost(sentence: str, scanned: Iterable[Mention]) -> list[Mention]:
    """Names that stand in one as a single mention of the last: 沈阳市和平区, 印台区印台乡."""
    places: list[Mention] = []
    for start, end, division in scanned:
        outer = places[-1] if places and places[-1][1] == start else None
        same = outer is not None and division.code == outer[2].code
        if outer and (same or (_below(division, outer[2].code) and sentence[end - 1] in _SUFFIXES)):
            places[-1] = outer[0], end, division
        else:
            places.append((start, end, division))
    return places


def openings(sentence: str, scanned: Iterable[Mention], own_code: str) -> tuple[int, ...]:
    """Where clauses begin with the document's own place, which ends what was said of another."""
    return tuple(m[0] for m in scanned if m[2].code == own_code and _opens(sentence, m))


def is_place_alone(sentence: str, mention: Mention, own_code: str) -> bool:
    """Whether a place stands for itself: by its full name, or the document's own by its short one, no 朝阳大桥."""
    _, end, division = mention
    if sentence[end - 1] in _SUFFIXES:
        return True
    if division.code == own_code:
        return not _FACILITY.match(sentence, end)
    return _below(division, own_code) and bool(_SAID_OF.match(sentence, end))


def _opens(sentence: str, mention: Mention) -> bool:
    return not mention[0] or sentence[mention[0] - 1] in _CLAUSE_ENDS


def _set_beside(sentence: str, scanned: Sequence[Mention]) -> list[Mention]:
    """Places of which one thing is told in turn: 北京|生猪收购价21元，广东|生猪收购价20元."""
    opening = [m for m in scanned if _opens(sentence, m)]
    told = Counter(sentence[m[1] : m[1] + _TOLD] for m in opening)
    return [m for m in opening if told[words := sentence[m[1] : m[1] + _TOLD]] > 1 and _NOUN.fullmatch(words)]


def area(frame: Frame, own: str, named: tuple[Mention, ...], vocabulary: Vocabulary) -> tuple[str, bool]:
    """(official name or names joined by 、, whether the text itself names it here).

    Wrong for a county that is named as the seat of something in its clause (位于喀左县的省级公司).
    """
    if named:
        one = _respective(frame, named)
        run = [one] if one else _subject(frame, named) or _adjacent(frame, named) or _venue(frame, named)
        run = run or _before(frame, named)
        if run:
            return "、".join(display(frame.sentence, mention, vocabulary) for mention in run), True
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
    if sentence.startswith(_EXAMPLES, run[-1][1]) or sentence[run[-1][1] : start].rstrip().endswith(_EXAMPLES):
        return []  # 喀左县百步亭社区等100个社区: one of them
    if any(sentence[m[0] - 1] == "、" for m in inside[len(run) :]):
        return []  # 绍兴黄酒、金华火腿等3个产业: things with the names of places
    return [] if _PARTNER.match(sentence, run[-1][1], start) else run


def _respective(frame: Frame, named: tuple[Mention, ...]) -> Mention | None:
    """The place that 分别 gives the number: 乌海市、包头市…采购规模分别达到44亿元、34亿元."""
    index, count = place_in_list(frame)
    if count < 2:
        return None
    before = [m for m in named if m[1] <= frame.quantity.start]
    runs = _runs(frame.sentence, before)
    if not runs or len(runs[-1]) != count:
        return None
    # 喀左县、凌源市的低保标准、特困标准分别…: two things, not two places
    things = frame.sentence[runs[-1][-1][1] : frame.quantity.start].partition("分别")[0]
    return None if "、" in things else runs[-1][index]


def _runs(sentence: str, named: Iterable[Mention]) -> list[list[Mention]]:
    """The places listed side by side, list by list."""
    runs: list[list[Mention]] = []
    for mention in named:
        if runs and sentence[runs[-1][-1][1] : mention[0]].strip() in _AND:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _before(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """Places with their full names that open the clause before: 沈阳市、大连市建成…系统，|回收率达到35%."""
    sentence, start, passed = frame.sentence, frame.quantity.start, frame.previous.tail if frame.previous else 0
    begin = max(sentence.rfind(mark, 0, frame.clause - 1) for mark in _CLAUSE_ENDS) + 1
    if passed > begin or not frame.clause or WHOLE.search(sentence, frame.clause, start):
        return []
    runs = _runs(sentence, [m for m in named if begin <= m[0] and m[1] <= start])
    if len(runs) != 1 or runs[0][0][0] != begin or runs[0][-1][1] >= frame.clause:
        return []
    end = runs[0][-1][1]
    other = _PARTNER.match(sentence, end) or _FACILITY.match(sentence, end) or sentence.startswith(_EXAMPLES, end)
    acts = sentence[end - 1] in _SUFFIXES and (
        _ACTS.match(sentence, end) or _WORKS.fullmatch(sentence, end, frame.clause - 1)
    )
    return [] if other or not acts else runs[0]


def _adjacent(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """Places right before the number: …分别是凌源市、喀左县2个."""
    run: list[Mention] = []
    for mention in reversed([m for m in named if m[1] <= frame.quantity.start]):
        between = frame.sentence[mention[1] : run[0][0] if run else frame.quantity.start]
        if between.strip() not in _AND if run else between:
            break
        run.insert(0, mention)
    before = frame.sentence[max(0, run[0][0] - _LIST_LOOK) : run[0][0]] if run else ""
    return [] if before.endswith(_TOWARDS) or _GOES_TO.search(before) else run


def _venue(frame: Frame, named: tuple[Mention, ...]) -> list[Mention]:
    """在凌源市召开…, the clause before: what is counted there happened there."""
    sentence, start = frame.sentence, frame.quantity.start
    for mention in reversed(named):
        begin, end, _ = mention
        held = end < frame.clause and sentence[begin - 1 : begin] == "在" and _EVENT.match(sentence, end)
        if held and start - end < _EVENT_REACH:
            return [mention]
    return []


def display(sentence: str, mention: Mention, vocabulary: Vocabulary) -> str:
    """The place's full name as a table prints it."""
    start, end, division = mention
    printed = sentence[start:end]
    for name in sorted((division.name, *division.shorts), key=len, reverse=True):
        if printed.endswith(name):
            printed = name  # without the places around it
            break
    if sentence.startswith(_NEW_AREA, end) and division.level == "prefecture":
        return printed.removesuffix("市") + _NEW_AREA  # 兰州新区
    return vocabulary.divisions.display(printed, division)


def _below(division: Division, own_code: str) -> bool:
    return bool(own_code) and division.code != own_code and division.code.startswith(own_code)
