"""Level, growth, share, rank or baseline: the words left of the number decide, neighbours in a list help each other."""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import starts_with_verb
from reportgen.model import Measure
from reportgen.vocabulary.grammar import alternatives

_CHANGE = re.compile(alternatives("down", "up"))
_DOWN = re.compile(alternatives("down"))
_ADJACENT = re.compile(
    f"{alternatives('up', 'down')}(?:了|幅度?|约|近|超过|超|逾|不少于|不低于|分别|各|达|\\s|均|至少|都|将近|为)*$"
)
_NO_CHANGE = re.compile(alternatives("no_change"))
_CUT_BACK = re.compile(
    f"{alternatives('cut_back')}(?!{alternatives('cut_back_names')})[^,，。;；到至为\\d]{{0,14}}$", re.ASCII
)
_TO = re.compile("[到至为达成]$")
# 新增1200人, 净增, 减免5亿元: an amount of its own, not a change of another
_OWN_AMOUNT = re.compile(
    "(?:新增|净增)(?:加)?[了约近超过逾]*$|(?:增设|减征|减免|减负|增值|改善|拉动|(?<!同比)增收|投资增|节约|节省)[了约近超过逾]*$"
    "|(?:改造|优化|巩固|改进)提升[了约近超过逾]*$"
)
# 达到526亿元、净增160亿元; 亩增产700公斤; 增加产值1.1亿元: by how much the amount before has grown
_ADDED = re.compile("净增加?[了约近超过逾]*$")
_ADDED_OUTPUT = re.compile("增产[了约近超过逾]*$|增加(?:产值|产量|总产量|总产值|纯收入)[了约近超过逾]*$")
_INCREMENT = re.compile("(?<!融资规模)增量[约达为近超过]*$")
_CONNECTS = re.compile("[,，、（(；;]?(?:且|并|较[^,，、]{1,8}|比[^,，、]{1,8})?")
_RATE = re.compile(alternatives("rates"))
_RATE_GIVEN = re.compile("增幅|增速|涨幅|降幅|增长率")
_SHARE_AFTER_CHANGE = re.compile("率$|率达|占比|比重|比例|面达|率为")
_REACHED = re.compile("[到至为达]|占")
_GROWTH_REACHED = re.compile(
    "增长(?:率)?达|增长达|[增降]幅?[为达]|下降达|同比[^,]*增长[为达到]"
    "|(?:增长|下降|上涨|上升|回落|增加|减少)(?:率|幅度)?(?:分别|均|各)?(?:为|达到?)$"
)
_AFTER_SINGLE = re.compile(r"[了约近超逾\d幅为达至到]", re.ASCII)
# 1.5%的正增长
_GROWTH_AFTER = re.compile("的[一-龥]{0,3}(?:增长|增速|增幅|降幅|涨幅)")
_FILLERS = re.compile("[和与及、,，\\s分别]|左右|以上")
_PLACED = re.compile("排名|位次|名次|位居|位列|500强|百强")
_WORD = re.compile("[一-龥]{2}")
_COMPARES = re.compile("[比较]")
_JOINS = frozenset("、和与及:：∶︰﹕")
_COUNTS = ("count", "person")
_CUT_KINDS = frozenset({"money", "time", "mass", "energy", "count", "other", "none"})
_LIST_GAP = re.compile(r"(?:[、,，和与及以]|以上|左右|以内|以下|[(（].{0,12}[)）])*")
# 较上年底的82个: the old value alone
_COMPARED_WITH = re.compile("[比较](?:[^,，。;；]{0,10}[年末底期]的?|原来的?)$")
# 由82个减少为30个: the old value and the new one
_WHEN = r"(?:(?:去年|今年|目前|现在|(?:19|20)\d{2}年)[底末]?的?)?"
_CHANGED_TO = re.compile(f"{alternatives('changed_to')}[至到为成]了?{_WHEN}$", re.ASCII)
_TO_ALONE = re.compile(f"[^,，]*[至到为成]了?{_WHEN}$", re.ASCII)
_CHANGED_FROM = re.compile("(?:由|从|原来?的?|原有|自(?![来治主然动愿身贸行营筹]))[^,，。;；]{0,22}$")
_SENTENCE_END = re.compile("[。;；]")
_LONGEST_CHANGE = 18


def measures(frames: tuple[Frame, ...]) -> list[Measure]:
    """Each frame's measure; one that depends on its neighbours takes the one before in the same list."""
    decided: list[Measure] = []
    for index, frame in enumerate(frames):
        own = measure(frame)
        if own is None and index and decided[-1] != "level" and _same_list(frames[index - 1], frame):
            own = decided[-1]
        decided.append(own or ("share" if frame.quantity.base_unit in ("%", "‰") else "level"))
    for index, frame in enumerate(frames):
        if decided[index] == "level" and _COMPARED_WITH.search(frame.before):
            decided[index] = "baseline"
    for index in range(len(frames) - 1):
        replaced = _baselines(frames, index)
        for place in replaced:
            decided[place] = "baseline"
        if replaced:
            reached = frames[index + 1].quantity.base_unit
            if reached == "%" and _RATE.search(frames[replaced[0]].left):
                decided[index + 1] = "growth"  # 增速由-5%回升至3%
            elif decided[index + 1] == "growth" and reached != "个百分点":
                decided[index + 1] = "share" if reached == "%" else "level"
    return decided


def measure(frame: Frame) -> Measure | None:
    """level, growth, share or rank as the quantity's own words say; None where it depends on its neighbours."""
    q, unit = frame.quantity, frame.quantity.base_unit
    if q.kind == "rank" or (unit == "位" and _PLACED.search(frame.before)):
        return "rank"
    if q.form == "fold" or unit in ("个百分点", "基点", "倍"):
        return "growth"
    if q.form in ("fraction", "ratio"):
        return "growth" if q.form == "fraction" and _is_change(frame.left) else "share"
    if unit in ("%", "‰"):
        return _percent(frame)
    if q.kind in _CUT_KINDS and _CUT_BACK.search(frame.left):
        return "growth"
    if _adds_to_previous(frame) or _INCREMENT.search(frame.left):
        return "growth"
    if not _is_change(frame.left):
        return "level"
    counted = q.kind in ("count", "person") and _WORD.match(frame.right) and not _COMPARES.search(frame.before)
    return "level" if counted and not is_decline(frame.left) else "growth"


def _percent(frame: Frame) -> Measure | None:
    words = frame.left
    change = _last_change(words)
    if change is None:
        own_clause = frame.previous is None or frame.previous.tail <= frame.clause
        change = _last_change(frame.before) if own_clause and "、" in frame.before else None
        if change is None:
            if _RATE_GIVEN.search(words) or _GROWTH_AFTER.match(frame.right):
                return "growth"
            of_noun = _WORD.match(frame.right) and not starts_with_verb(frame.right)
            return "share" if of_noun or _FILLERS.sub("", words) else None
        words = frame.before
    if _RATE.search(words[change.start() : change.end() + 2]):
        return "growth"
    tail = words[change.end() :]
    if _SHARE_AFTER_CHANGE.search(tail):
        return "share"
    if _REACHED.search(tail.replace("达到目标", "")) and not _GROWTH_REACHED.search(words):
        return "share"
    return "growth"


# asked again for the same words by what follows: the measure, its sign, the next in the list
@lru_cache(maxsize=16)
def _last_change(words: str) -> re.Match[str] | None:
    """The last verb of change that is no part of a noun (增加值, 新增, 减税)."""
    last = None
    for match in _CHANGE.finditer(words):
        start, end = match.span()
        noun = _NO_CHANGE.search(words, max(0, start - 1), end + 3)
        if noun and noun.start() <= start <= noun.end() and match[0] not in ("增长", "下降"):
            continue
        if end - start == 1 and end < len(words) and not _AFTER_SINGLE.match(words, end):
            continue
        last = match
    return last


def _is_change(words: str) -> bool:
    """Whether a verb of change stands right before the number: 提高30元, 增加1200人; not 提高到, not 增加床位."""
    return bool(_ADJACENT.search(words)) and not _TO.search(words) and not _OWN_AMOUNT.search(words)


def is_decline(words: str) -> bool:
    """Whether the last verb of change in the words goes down.

    >>> is_decline("投诉率下降"), is_decline("收入增长"), is_decline("降幅收窄")
    (True, False, True)
    """
    change = _last_change(words)
    return bool(change and _DOWN.fullmatch(change[0]))


def _same_list(first: Frame, second: Frame) -> bool:
    if first.quantity.base_unit == second.quantity.base_unit:
        return True
    return _LIST_GAP.fullmatch(first.sentence, first.quantity.tail, second.quantity.start) is not None


def _adds_to_previous(frame: Frame) -> bool:
    """达到526亿元、净增160亿元: an amount that tells by how much what was just said has grown."""
    before = frame.previous
    if before is None or before.base_unit == "%" or frame.quantity.kind not in ("money", "mass", *_COUNTS):
        return False
    if _ADDED_OUTPUT.search(frame.left):
        return True
    if before.base_unit != frame.quantity.base_unit or not (added := _ADDED.search(frame.left)):
        return False
    at = frame.quantity.start - len(frame.left) + added.start()
    return _CONNECTS.fullmatch(frame.sentence, before.tail, at) is not None


def _baselines(frames: tuple[Frame, ...], index: int) -> range:
    """Which numbers are old values that the one after `index` replaces; empty where it replaces none.

    由82个减少为30个, 从2%提高到3%: a verb of change with 到 or 为 between two numbers, 由 before the first or its list.
    """
    sentence, tail = frames[index].sentence, frames[index].quantity.tail
    stop = frames[index + 1].quantity.start
    if stop - tail > _LONGEST_CHANGE:
        return range(0)
    between = sentence[tail:stop]
    if _SENTENCE_END.search(between) or not (_CHANGED_TO.search(between) or _TO_ALONE.match(between)):
        return range(0)
    first = index
    while first and _is_next(frames[first - 1], frames[first]):
        first -= 1
    start = frames[first].quantity.start
    changed = _CHANGED_FROM.search(sentence[max(0, start - 26) : start])
    return range(first, index + 1) if changed else range(0)


def _is_next(first: Frame, second: Frame) -> bool:
    alike = first.quantity.base_unit == second.quantity.base_unit
    return alike and first.sentence[first.quantity.tail : second.quantity.start] in _JOINS
