"""What a quantity says: qualifier, measure and sign. Cue words left and right of the number decide, nearest first."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.model import Measure, Qualifier

_GE_AFTER = re.compile("以上|之上|及以上|之多|多[人个家]?$|起(?![来步])")
_LE_AFTER = re.compile("以内|以下|之内|及以下|内(?=[,，。;；])")
_APPROX_AFTER = re.compile("左右|上下")
_GE_BEFORE = re.compile(
    r"(?:不少于|不低于|不小于|不得少于|不得低于|至少|超过|超出|突破|超|逾|多于|大于|高于|优于|冲刺|以上的|大于等于|不止|达到?近?超)(?:了|过|年?均?)?[“\"]?\s?$"
)
_LE_BEFORE = re.compile(r"(?:不超过|不高于|不大于|不多于|低于|少于|小于|不到|不足|不超|最多|以内的?)\s?$")
_CONTROL = re.compile(r"控制在(?:[^,，。;；]{0,4})$")
_APPROX_BEFORE = re.compile(r"(?:将近|接近|大约|大概|约为|约达|近|约|预计约|估计)(?:了|为)?\s?$")

UP = "增长|增幅|增速|增加|增收|上升|提高|提升|上涨|攀升|扩大|增|升|涨|加快|多增|递增|跃升|增值|改善|净增|提速|拉动|上浮|上调|反弹|回升"
DOWN = "下降|减少|降低|下滑|回落|压减|缩减|压缩|缩短|下调|降幅|收窄|负增长|减|降|削减|缩小|缩水|减亏|节约|精简|下跌|放缓|少|核减|裁减|调减"
_UP = re.compile(UP)
_DOWN = re.compile(DOWN)
_CHANGE = re.compile(f"(?P<down>{DOWN})|(?P<up>{UP})")
_STATE = re.compile("[到至为达占]|[达率]到?$|完成|实现(?=[^增]*$)|稳定在|保持在|控制在|维持在|在$|[是有]$")
_RATE_NOUN = re.compile("增速|增幅|增长率|涨幅|降幅|跌幅|增长面|降低率|递增|同比|环比")
_SHARE_NOUN = re.compile("率|占比|比重|比例|份额|覆盖面|占|百分比|程度|成数|增长面|达标|指数|浓度")
_ADJACENT = re.compile(
    rf"(?P<verb>{DOWN}|{UP})(?:了|幅度?|约|近|超过|超|逾|不少于|不低于|分别|各|达|\s|均|至少|都|将近|为)*$"
)
_DECREASE_NOUN = re.compile(
    "(?:压减|压缩|降低|减少|缩减|削减|核减|精简|裁减|调减|退出|去除|淘汰|取消|节约)(?!税|征|负|半|免|灾|贫|排|量|速|碳|费降|空气|机)[^,，。;；到至为\\d]{0,14}$"
)
_NOT_A_VERB = re.compile(
    "增加值|增值税|增强|降水|降雨|降税|减税|减负|减征|减免|升级|提升工程|减排|新增|减灾|减贫|增量|增收节支"
)
_TO = re.compile("[到至为达成]$")


def qualifier(frame: Frame) -> Qualifier:
    """eq, ge, le or approx from 以上, 不少于, 以内, 左右, 近, 余 … right beside the number."""
    q = frame.quantity
    after = frame.after
    before = frame.sentence[max(0, q.start - 12) : q.start]
    if _APPROX_AFTER.match(after):
        return "approx"
    if _GE_AFTER.match(after) or q.more:
        return "approx" if q.more and re.search("[近约]$", before) else "ge"
    if _GE_BEFORE.search(before):
        return "ge"
    if _LE_BEFORE.search(before) or _LE_AFTER.match(after):
        return "le"
    if _APPROX_BEFORE.search(before) and not re.search("附近$|最近$", before):
        return "approx"
    if _CONTROL.search(before) and q.base_unit == "%":
        return "le" if re.match("以", after) else "eq"
    return "eq"


def measure(frame: Frame) -> Measure | None:
    """level, growth, share or rank as the quantity's own words say; None where it depends on its neighbours."""
    q = frame.quantity
    if q.kind == "rank" or q.base_unit == "位" and re.search("排名|位次|名次|位居|位列|500强|百强", frame.before):
        return "rank"
    words = frame.left
    if q.form == "fold" or q.base_unit in ("个百分点", "基点"):
        return "growth"
    if q.base_unit == "倍":
        return "growth"
    if q.form in ("fraction", "ratio"):
        return "share"
    if q.base_unit in ("%", "‰"):
        return _percent(frame, words)
    if _decrease(frame):
        return "growth"
    if is_change(words):
        counted = q.kind in ("count", "person") and bool(re.match("[一-龥]{2}", frame.right)) and not re.search("[比较]", frame.before)
        return "level" if counted and not is_decline(words) else "growth"
    return "level"


def _percent(frame: Frame, words: str) -> Measure | None:
    change = _last_change(words)
    if change is None:
        clause = frame.before if frame.previous is None or frame.previous.tail <= frame.clause else ""
        change = _last_change(clause) if "、" in frame.before and clause else None
        if change is None:
            if re.search("增幅|增速|涨幅|降幅|增长率", words):
                return "growth"
            if not re.sub("[和与及、,，\\s分别]|左右|以上", "", words):
                return None
            if _SHARE_NOUN.search(words):
                return "share"
            return "share"
        words = clause
    tail = words[change.end() :]
    if _RATE_NOUN.search(words[change.start() : change.end() + 2]) or change[0] in ("增速", "增幅", "降幅"):
        return "growth"
    if re.search("率$|率达|占比|比重|比例|面达|率为", tail):
        return "share"
    if re.search("[到至为达]|占", tail.replace("达到目标", "")) and not re.search(
        "增长(?:率)?达|增长达|[增降]幅?[为达]|下降达|同比[^,]*增长[为达到]", words
    ):
        return "share"
    return "growth"


def _last_change(words: str) -> re.Match[str] | None:
    """The last verb of change that is no part of a noun (增加值, 新增, 减税)."""
    last = None
    for match in _CHANGE.finditer(words):
        around = words[max(0, match.start() - 1) : match.end() + 3]
        noun = _NOT_A_VERB.search(around)
        if (
            noun
            and noun.start() <= match.start() - max(0, match.start() - 1) <= noun.end()
            and match[0] not in ("增长", "下降")
        ):
            continue
        if (
            len(match[0]) == 1
            and match.end() < len(words)
            and not re.match("[了约近超逾\\d幅为达至到]", words[match.end()])
        ):
            continue
        last = match
    return last


def is_change(words: str) -> bool:
    """Whether a verb of change stands right before the number: 提高30元, 增加1200人; not 提高到, not 增加床位."""
    found = _ADJACENT.search(words)
    if not found or _TO.search(words):
        return False
    if re.search(
        "新增(?:加)?[了约近超过逾]*$|净增(?:加)?[了约近超过逾]*$|增设$|减征$|减免$|减负$|增值$|改善$|拉动$|增收$|投资增$",
        words,
    ):
        return False
    return True


def _decrease(frame: Frame) -> bool:
    return bool(_DECREASE_NOUN.search(frame.left)) and frame.quantity.kind in (
        "money",
        "time",
        "mass",
        "energy",
        "count",
        "other",
        "none",
    )


def is_decline(words: str) -> bool:
    """Whether the last verb of change in the words goes down.

    >>> is_decline("投诉率下降"), is_decline("收入增长"), is_decline("降幅收窄")
    (True, False, True)
    """
    change = _last_change(words)
    return bool(change and change["down"])
