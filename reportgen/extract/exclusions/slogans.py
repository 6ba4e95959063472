"""The rule for small Chinese numerals: in official texts they name far more often than they count."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.vocabulary.grammar import alternatives

_ENACTED = re.compile(f"{alternatives('enacted')}(?:了)?$")
_EXCEEDS = re.compile("[近超逾过破达]$")
_LEVEL = re.compile("级|台阶|大关|企业|产业|集群")
_STEP = re.compile("级|台阶")
# 增长两倍 is a figure, 两倍于 is a manner of speaking
_GREW = re.compile("[增长涨了高加大到达至的]$")
_CLOSES = re.compile("[)）]")
_WORD_BEFORE = re.compile("[一-龥”]$")
# 以下三项, 分为两类: the number points to what is listed
_POINTS = re.compile("(?:这|那|以下|如下|下列|上述|分为|包括|[为在于成的是第以及和与等])$")
_METALS = ("金", "银", "铜")
_WON = re.compile("[获夺摘揽]|奖牌|金牌")
_ROUND = frozenset({"十", "百", "千"})
_AMOUNTS = frozenset({"money", "mass", "area", "length", "volume", "energy"})
_NAMING_UNITS = frozenset({"方面", "", *"个项大种类级位批体条期步次点重层线区片"})
"""Measure words of slogans: even after a verb, 三大工程 and 五项行动 are names."""
_ENDING_UNITS = frozenset({"个", "年", "大", "位", "级"})


def slogan(frame: Frame) -> bool:
    """三方面工作, 十大工程, 两个覆盖率, 四不窗口: small Chinese numerals before a noun are names, unless enacted.

    Wrong for small counts of things without a verb of doing before them (全县三所高中).
    """
    q = frame.quantity
    if q.form != "hanzi":
        return False
    left = frame.sentence[max(0, q.start - 14) : q.start]
    if q.num in _ROUND and not q.more:
        return not _EXCEEDS.search(left) or q.unit in ("字", "方") or bool(_LEVEL.match(frame.right))
    if q.base_unit in _METALS:
        return not _WON.search(frame.sentence)  # 体育五金
    if q.unit == "届":
        return not left.endswith(("举办", "举办了"))  # 省委十四届九次全会
    if q.unit == "字" or _STEP.match(frame.right):
        return True
    if q.base_unit == "倍":
        return not _GREW.search(left)
    if q.more or q.unit[:1] in "万亿" or (q.kind in _AMOUNTS and q.value >= 10):
        return False
    at_end = not frame.right.strip() or bool(_CLOSES.match(frame.right))
    if at_end and q.value >= 2 and _WORD_BEFORE.search(left):
        return bool(_POINTS.search(left)) or q.unit in _ENDING_UNITS
    return not _ENACTED.search(left) or (q.value < 10 and q.unit in _NAMING_UNITS)
