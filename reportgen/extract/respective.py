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
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.]*年)", re.ASCII)
_SHORT = 4
"""A clause of fewer characters before 分别 names nothing; the list stands in the one before."""
# 下降的是衣着、交通通讯
_WHAT_IS = re.compile("^[一-龥]{1,8}的(?:是|有)")
_NUMBERED = re.compile("^第?一、第?二(?P<third>、第?三)?产业")
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
_SECOND_LIST = re.compile(
    "(?:调整|优化|提[高升]|上升|增[加长]|减少|下降|降低|扩大|缩小)[到至为]|[,，](?:同比|均?比上年|均?较上年|增长|下降|增加|提高|减少)"
)
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
_SENTENCES = re.compile("[;；。:：]|其中")
_LONGEST_ITEM = 18
_KIND_ENDS = frozenset("类业")
"""Items that end so take what the last one says after it: 烟酒类、饮料类|零售额."""
_WHAT_OF = re.compile(
    "(?:(?:常住)?居民)?(?:人均)?(?:可支配|消费)?(?:增加值|总?产值|营业收入|营业额|销售额|销售量|(?:商品|消费品)?零售额|总?产量|销量|收入|支出"
    "|利润总额|利润|投资|出口额?|进口额?|进出口额?|余额|价格|规模|增速|养老保险|医疗保险|养老金|(?:毛|净|综合|平均|求人)?[一-龥]{1,2}率)$"
)
# 对东盟、中东分别|出口3亿元、2亿元
_WHAT_AFTER = re.compile(
    "(?:实现|完成)?(?P<what>进出口|出口|进口|增加值|产值|投资|营业收入|营收|销售额|零售额)(?:额|总值)?(?:为|达到?)?(?=\\d)",
    re.ASCII,
)
# 战略性新兴产业|持续保持高位运行，产值分别增长…
_PREDICATE = re.compile("(?:持续|保持|稳步|增势|快速|平稳|均|都).*$")
_RANK = re.compile("(?<=第)[一二三四五六七八九十\\d]+|首(?=位)", re.ASCII)


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
    after = _WHAT_AFTER.match(frame.sentence, at)
    listed = _names(clause, count, alone=after is not None)
    own = core(clause)
    if not listed and start and len(own) < _SHORT:
        # the list may fill the clause before: 衣着、居住和交通，分别下降4.3%、0.7%和0.8%
        earlier_clause = frame.sentence[_clause_start(frame.sentence, start - 1) : start - 1]
        listed = ()
        if not _NUMBER.search(earlier_clause):
            listed = _names(_PREDICATE.sub("", earlier_clause), count, alone=after is not None)
        if listed and _WHAT_OF.fullmatch(own):
            listed = tuple(item + own for item in listed)
    listed = listed or _clauses(frame.sentence[:at], count)
    if after:
        listed = tuple(item if item.endswith(after["what"]) else item + after["what"] for item in listed)
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
    numbers = _RANK if frame.quantity.form == "rank" else _NUMBER
    for match in numbers.finditer(frame.sentence, at, at + 120):
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


def _clauses(before: str, count: int) -> tuple[str, ...]:
    """批发和零售业，交通运输、仓储和邮政业，住宿和餐饮业增加值: industries that commas part, for they hold 、."""
    parts = [core(part) for part in _SENTENCES.split(before.removesuffix(_LEAD))[-1].split("，")[-count:]]
    *others, last = parts
    if len(parts) < count or not all(1 < len(part) <= _LONGEST_ITEM and part[-1] in _KIND_ENDS for part in others):
        return ()
    return () if _NUMBER.search(last) else (*(_with_tail(part, last) for part in others), last)


def _names(clause: str, count: int, *, alone: bool = False) -> tuple[str, ...]:
    """The last `count` names of a list, or none where it has fewer; `alone` where what is measured stands elsewhere."""
    phrase = core(_WHAT_IS.sub("", _ASIDE.sub("", clause)).replace(_LEAD, ""))
    if phrase.startswith(("第一、", "一、二")):
        phrase = _NUMBERED.sub(_industries, phrase)
    common = _ALTOGETHER.search(phrase)
    if common:
        items = [item for item in _SPLIT.split(phrase[: common.start()]) if item]
        if len(items) == count:
            return tuple(item + common["tail"] for item in items)
    items = _items(phrase, count)
    if len(items) < count or "、" not in phrase:
        for word, parts in _PAIRS:
            if word in phrase and count == len(parts):
                return tuple(phrase.replace(word, part, 1) for part in parts)
    if len(items) < count:
        return ()
    *others, last = items[-count:]
    if alone:
        return (*others, last)
    kinds, etc, what = last.partition("等")
    if etc and len(kinds) >= 2 and len(what) >= 2 and kinds[-1] not in "中高初同平":
        return tuple(item + what for item in (*others, kinds))
    return (*(_with_tail(item, last) for item in others), last)


def _industries(match: re.Match[str]) -> str:
    """第一、二、三产业 written out."""
    return "第一产业、第二产业" + ("、第三产业" if match["third"] else "")


def _items(phrase: str, count: int) -> list[str]:
    """The items of a list: parted by 、 where that gives `count` (机械和器材制造业、仪表制造业), else by 和 too."""
    parted = [item.strip() for item in phrase.split("、") if item.strip()]
    if len(parted) == count > 1:
        return parted
    if parted and len(parted) == count - 1:
        *others, last = parted
        joints = list(_SPLIT.finditer(last))
        if joints and last[: joints[-1].start()].strip() and last[joints[-1].end() :].strip():
            return [*others, last[: joints[-1].start()].strip(), last[joints[-1].end() :].strip()]
    return [item.strip() for item in _SPLIT.split(phrase) if item.strip()]


def _with_tail(item: str, last: str) -> str:
    """Give an item the tail that only the last one prints: 畜禽粪污、秸秆综合利用率."""
    if item[-1:] in _KIND_ENDS and (at := last.replace("营业", "营_").rfind(item[-1], 1, -1)) > 0:
        return item + last[at + 1 :]
    what = _WHAT_OF.search(last)
    if what and what.start() and not _WHAT_OF.search(item):
        return item + what[0]
    if item[-1:] == last[-1:] or len(item) >= len(last):
        return item
    for size in range(min(4, len(item)), 1, -1):
        at = last.find(item[-size:])
        if at >= 0:
            return item + last[at + size :]
    if item[-1:] in _WHOLE or len(last) <= len(item) + 2:
        return item
    return item + last[2:]
