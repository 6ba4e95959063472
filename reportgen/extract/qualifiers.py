"""Whether a number is exact, at least, at most or about: the cue words right beside it, the nearer one first."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.model import Qualifier

_GE_AFTER = re.compile("以上|之上|及以上|之多|多(?:[人个家]?$|(?=[,，。;；、）)]))|有余|起(?![来步])")
_LE_AFTER = re.compile("以内|以下|之内|及以下|内(?=[,，。;；])")
_APPROX_AFTER = re.compile("左右|上下")
# each branch begins with a character, by which a search finds it fast
_GE_BEFORE = re.compile(
    r"(?:不少于|不低于|不小于|不得少于|不得低于|至少|超过(?<!不超过)|超出|突破|超(?<!不超)|逾|多于|大于|高于|优于|冲刺|以上的|大于等于|不止|达到?近?超)"
    r"(?:了|过|年?均?|过?每[一-龥]{1,3})?[“\"]?\s?$"
)
_GE_DONE = re.compile(
    "(?:至少|最少|不少于)(?:可以?|要|应|需|都?有|建有|设有|拥有|配备|设置|安排|建成|建设|完成|开展|新增|培育)+$"
)
_LE_BEFORE = re.compile(r"(?:不超过|不高于|不大于|不多于|低于|少于|小于|不到|不足|不超|最多|以内的?)\s?$")
# 控制在3%以内: a ceiling only where 以内 says so
_CONTROLLED = re.compile(r"控制在[^,，。;；]{0,4}$")
_APPROX_BEFORE = re.compile(r"(?:将近|接近|大约|大概|约为|约达|近|约|预计约|估计)(?:了|为|有|是)?\s?$")
_APPROX_DONE = re.compile("约(?:占|合|需|可|增[加长]|下降|减少|提高)了?$")
# 附近, 最近 and 签约, 集约 are other words
_NEAR_PLACE = re.compile("[附最]近$|[签预集制公节契履违邀续特条解失](?:约|约[为有占合需可].{0,2})$")
_NEARLY = re.compile("[近约]$")
_LOOK_BACK = 12
_LIST_MARK = frozenset("、,，和与及")
_LIST_LEAD = 20


def qualifier(frame: Frame) -> Qualifier:
    """eq, ge, le or approx from 以上, 不少于, 以内, 左右, 近, 余 … right beside the number."""
    q, after = frame.quantity, frame.after
    before = frame.sentence[max(0, q.start - _LOOK_BACK) : q.start]
    if _APPROX_AFTER.match(after):
        return "approx"
    if q.more or _GE_AFTER.match(after):
        return "approx" if q.more and _NEARLY.search(before) else "ge"
    if _GE_BEFORE.search(before) or _GE_DONE.search(before):
        return "ge"
    if _LE_BEFORE.search(before) or _LE_AFTER.match(after):
        return "le"
    if (_APPROX_BEFORE.search(before) or _APPROX_DONE.search(before)) and not _NEAR_PLACE.search(before):
        return "approx"
    if q.base_unit == "%" and after.startswith("以") and _CONTROLLED.search(before):
        return "le"
    return "eq"


def qualifiers(frames: tuple[Frame, ...]) -> list[Qualifier]:
    """Each frame's qualifier; one that opens or closes a 分别 list (分别超过80%、90%) counts for the whole list."""
    decided = [qualifier(frame) for frame in frames]
    for index in range(1, len(frames)):
        if (
            decided[index] == "eq"
            and decided[index - 1] != "eq"
            and _listed(frames[index - 1], frames[index], index - 1)
        ):
            decided[index] = decided[index - 1]
    for index in range(len(frames) - 2, -1, -1):
        if decided[index] == "eq" and decided[index + 1] != "eq" and _listed(frames[index], frames[index + 1], index):
            decided[index] = decided[index + 1]
    return decided


def _listed(first: Frame, second: Frame, index: int) -> bool:
    if first.sentence[first.quantity.tail : second.quantity.start] not in _LIST_MARK:
        return False
    start = first.quantity.start
    return "分别" in first.sentence[max(0, start - _LIST_LEAD) : start] or (index > 0 and "分别" in first.before)
