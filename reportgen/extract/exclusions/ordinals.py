"""Rules for places in a row that rank nothing."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.vocabulary.grammar import alternatives

_RANKED = re.compile(f"{alternatives('ranked_in')}(?:的)?$")
# 居苏北|第1位: any field of competitors, where 位 or 名 is printed
_PLACED = re.compile("(?:居|列|排名?|[位名]、)[一-龥]{2,8}$")
# 分列第1、第3: a rank that follows a rank
_RANK_BEFORE = re.compile(r"第[\d一二三四五六七八九十]+[名位]?[、和]$")
_RANK_ENDS = re.compile(
    "[,，。;；、!！?？)）的和与并且:：“]|提升|上升|跃升|升至|跃居|前移|下降|降至|到|创|持续|连续|水平|[高低]"
)
_FIRST = re.compile("[居列位]|跃[上至]|排名|蝉联|保持|获")
_MEETING = re.compile("[届场次批季期轮]")
_NAMED = re.compile("[代时方产阶梯个条章节款项中人党小高污附医幼二三四五六七八九十]")


def ordinal(frame: Frame) -> bool:
    """第十四届, 第三场, 第一方阵: a place in a row that ranks nothing; 全省第三, 居首位 stay.

    Wrong for a placing whose field of competitors is not named (这是第3).
    """
    q = frame.quantity
    if q.form != "rank":
        return False
    if q.num == "首":
        return not _FIRST.search(frame.before[-14:])
    after = frame.after
    if _MEETING.match(after) or (_NAMED.match(after) and not q.num.isascii()):
        return True
    if after and not _RANK_ENDS.match(after) and not frame.sentence.startswith(("名", "位"), q.end):
        return True
    start = q.start - frame.sentence.startswith("第", q.start - 1)
    before = frame.sentence[max(0, q.start - 12) : start]
    if frame.sentence.startswith(("名", "位"), q.end) and _PLACED.search(before):
        return False
    return not _RANKED.search(before) and not _RANK_BEFORE.search(before)


def leading_group(frame: Frame) -> bool:
    """前三名, 后两位, 前10强: the first or last so many of a ranking. Wrong for 前 as a time (前3家已投产)."""
    q = frame.quantity
    before = frame.sentence[max(0, q.start - 3) : q.start]
    return before.endswith(("前", "后", "前列第")) and q.base_unit in ("名", "位", "强", "家", "")
