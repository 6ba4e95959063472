"""Rules for numbers that only delimit what is counted."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame

_SHARE_OF_PLACES = re.compile(
    "(?:县|市|区|旗|乡镇|街道|镇|村|社区|盟市|地市|城市)(?:（[^（）]{1,4}）)?[一-龥]{2,24}(?:占比|率|比例|比重)(?:均|都|全部)?(?:达到?|为|超过?|保持在)*"
)
_KINDS = frozenset({"money", "length", "area", "mass", "volume", "energy", "time", "other"})
"""Kinds of unit by which things are chosen; counts with 以上 are mostly figures (200个以上)."""
_BOUND = re.compile("(?:及|或|含)?(?:以上|以下|以内|及以上|及以下)(?:的)?")
_CLAUSE_ENDS = ",，。;；、!！?？)）:：和与及并且"
_WORD = re.compile("[一-龥“A-Za-z]")
_POPULATION = re.compile(
    "(?:及)?以[上下]?(?:的|及)?"
    "(?:老年|老人|人口|青年|儿童|中青年|未成年|适龄|妇女|人群|群众|居民|劳动|职工|幼儿|女性|男性|公民|常住)"
)
# 家庭年收入低于3万元的家庭
_INCOME_BEFORE = re.compile("(?:家庭|年|人均)[一-龥]{0,6}收入$")
_OF_HOUSEHOLDS = re.compile("(?:的(?:家庭|群体|户|人)|群体|人群)")
# 销售额2万元以上且快递量达|1000单以上的经营主体
_SECOND_BOUND = re.compile("以[上下][且、并][^,，。;；]{0,14}$")
_WITHIN = re.compile("以?内|之内")
_SUM_BOUND = re.compile("(?:级|规模)?(?:以下|以上)")
_BOUND_OF = re.compile("以[上下](?:的|且)")
_EXCEEDING = re.compile("(?:超过?|逾|不足|高于|低于|大于|小于|满|达到)$")
_OF_THINGS = re.compile(
    "的(?:项目|企业|村|户|单位|地区|县|小区|道路|家庭|建筑|产品|工程|设备|人员|对象|基地|园区|乡镇)"
)
_OF_COUNTED = re.compile(r"的[一-龥]{1,10}\d", re.ASCII)
# 可达300米以上、并配备…的消防车37辆
_AND_MORE = re.compile(r"[、,，]?(?:并且?|且|及)[^,，。;；\d]{1,24}的[一-龥]{1,16}\d", re.ASCII)
_AND_MORE_LOOK = 48
# 1亿元|或1000万美元以上项目
_OR_SO_MANY = re.compile(r"或者?[\d.]+[万亿]*[美欧]?元以上", re.ASCII)
# 1万名老人以上的街镇
_NOUN_BOUND = re.compile("[一-龥]{1,4}以[上下]的[一-龥]")
# 12个盟市中有8个盟市的采购规模超过|10亿元
_PART = re.compile("(?:中|其中)[,，]?有$")
_PASSED = re.compile("(?:超过|超|突破|高于|低于|不足|大于|小于)$")
# 每|3万居民设1个, 每|100户拥有
# 159个村集体经济纯收入超过|10万元: each of them
_PLACES_OVER = re.compile(
    "(?:行政)?(?:村|县|乡|镇|乡镇|市|区|县区|盟市|街道|社区)(?![^,，。;；]*[总共合])[^,，。;；\\d]{2,14}(?:超过?|突破|过)了?",
    re.ASCII,
)
# 过|50亿元1个: those that pass it
_OVER = re.compile("(?:过|超|逾|超过|突破)$")
_EACH = re.compile("每$")
# 全国8个试点城市|之一: one of them
_ONE_OF = re.compile("[^,，。;；、]{1,24}之一")
# 在30个省份|中位居第四: among whom it is placed
_AMONG = re.compile(
    "[一-龥]{0,10}?(?:省份|省市|城市|市州|地市|地区|县市|市县|县区|区县|县|市|区|园区|开发区|高新区|对象|试点)[一-龥]{0,6}中[,，]?(?:位[居列次]|[名排]|居|综合)"
)
_EACH_OF = re.compile("[一-龥]")


def whose_share(frame: Frame) -> bool:
    """5个县（市）在园幼儿占比达到85%: the places of which a share is told. Wrong where both are reported at once."""
    following = frame.following
    if following is None or following.base_unit != "%" or frame.quantity.kind != "count":
        return False
    return bool(_SHARE_OF_PLACES.fullmatch(frame.right))


def threshold(frame: Frame) -> bool:
    """投资5000万元以上项目200个, 2.4米以上道路, 30分钟以内: the number only delimits what is counted.

    Wrong for an amount whose 以上 is followed by an ordinary word without comma (完成投资50亿元以上力争60亿元).
    """
    q, after = frame.quantity, frame.after
    if q.kind == "count" and ("之一" in frame.right or "中" in frame.right) and _one_of_many(frame):
        return True
    if _OF_HOUSEHOLDS.match(after) and _INCOME_BEFORE.search(frame.before):
        return True
    bound = _BOUND.match(after)
    if bound:
        if bound[0].endswith("的") and _SECOND_BOUND.search(frame.before):
            return True
        return _bounds(frame, after[bound.end() :], bound[0].endswith("的"))
    if q.kind == "time" and _WITHIN.match(after):
        return True
    if _NOUN_BOUND.match(frame.right) or _part_that_passed(frame):
        return True
    following = frame.following
    if q.kind == "money" and following is not None and following.start == q.tail and following.kind == "count":
        return bool(_OVER.search(frame.left))
    if q.kind == "money" and (_SUM_BOUND.match(after) or _OR_SO_MANY.match(frame.sentence, q.tail)):
        return True
    if _BOUND_OF.match(after):
        return q.kind in _KINDS
    if not after.startswith("的") or not _EXCEEDING.search(frame.before):
        return False
    return bool(_OF_THINGS.match(after) or _OF_COUNTED.match(frame.sentence[q.tail : q.tail + 14]))


def _one_of_many(frame: Frame) -> bool:
    """全国8个试点城市之一, 在30个省份中位居第四."""
    tail = frame.quantity.tail
    return bool(_ONE_OF.match(frame.sentence, tail) or _AMONG.match(frame.sentence, tail))


def _part_that_passed(frame: Frame) -> bool:
    """12个盟市中有8个盟市的采购规模超过10亿元, 95%的村收入超过10万元, 8家超10亿元: which of them."""
    before = frame.previous
    if before is None or before.start < frame.clause or not _PASSED.search(frame.left):
        return False
    if before.base_unit == "%":
        return frame.sentence.startswith(("以上的", "的"), before.tail)
    if before.kind != "count":
        return False
    q = frame.quantity
    if q.kind == "money" and _PLACES_OVER.fullmatch(frame.sentence, before.tail, q.start):
        return True
    if _PASSED.fullmatch(frame.sentence, before.tail, q.start) and q.kind in _KINDS:
        return True
    return bool(_PART.search(frame.sentence, max(0, before.start - 4), before.start))


def per_so_many(frame: Frame) -> bool:
    """每3至10万居民设1个, 每百户: the number of those that share one. Wrong for an amount after 每 said of nobody."""
    q = frame.quantity
    if q.kind not in ("none", "count", "person") or not _EACH.search(frame.sentence, max(0, q.start - 1), q.start):
        return False
    return bool(q.unit) or bool(_EACH_OF.match(frame.right))


def _bounds(frame: Frame, rest: str, of: bool) -> bool:
    """Whether 以上 and the like, followed by `rest`, choose things."""
    q = frame.quantity
    if of and rest and q.kind in _KINDS:
        return True
    if frame.after.startswith("以下") and q.kind == "count" and _WORD.match(rest):
        return True
    if q.kind in _KINDS and _AND_MORE.match(frame.sentence, q.tail + 2, q.tail + _AND_MORE_LOOK):
        return True
    if rest.startswith("且") and q.kind in ("money", "count"):
        return True
    if not rest or rest[0] in _CLAUSE_ENDS or not _WORD.match(rest):
        return False
    if q.kind in _KINDS and q.base_unit != "%":
        return True
    return bool(_POPULATION.match(frame.after))
