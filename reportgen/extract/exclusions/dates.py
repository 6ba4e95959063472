"""Rules for numbers that say when, how long or how old."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame

_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_YEAR_UNITS = frozenset({"年", "年度", "年份", "年级", "年代"})
_DAY_UNITS = frozenset({"月", "月份", "日", "号", "时", "点", "月底", "点钟"})
_MINUTES = ("分", "分钟", "秒")
# 人均预期寿命 and 平均年龄 are figures in years
_LIFE = re.compile("寿命|年龄")
_AVERAGE_LIFE = re.compile("寿命|平均年龄")
# 审批时限压缩15天, 优良天数320天: time that is measured
_MEASURED_TIME = re.compile(
    "天数|小时数|时数|时间|时长|工时|周期|寿命|年限|用时|期限|时限|平均|同比|缩短|压缩|压减|提速|提前|减少|控制在|优良|达标|日数|(?<!每)天$"
)
_MEASURED_LIMIT = re.compile("压缩|缩短|压减|控制|平均")
_LIMIT = re.compile("以?内|之?内|[前后]")
# 2017个体工商户: no measure word
_OF_PERSONS = ("人", "体", "性")
_STREAK = re.compile("(?:连续|蝉联)$")
_ISSUED = re.compile(
    "(?:举办|开展|编发|印发|组织|刊发|推出|培训|发布|播出|共|累计|开设|开办)(?:了)?[一-龥“”]{0,20}$|(?:讲堂|讲座|课堂|培训班|简报|专刊|专栏|节目)$"
)


def date(frame: Frame) -> bool:
    """2023年, 9月, 13日, 1951年以来, 2021—2030年; 30年 and 15年 are durations, left to their own rule.

    Wrong for an amount of money between 1900 and 2099 printed without unit.
    """
    q = frame.quantity
    if q.unit in _YEAR_UNITS:
        return bool(_YEAR.fullmatch(q.num[:4])) or q.unit != "年" or q.form == "hanzi" or q.high is not None
    if q.unit in _MINUTES and frame.sentence[q.start - 1 : q.start] in ("时", "点"):
        return True
    if q.unit in _DAY_UNITS:
        return not (q.unit == "日" and q.form == "digits" and frame.left.endswith(("均", "数")))
    if q.unit and not (q.unit == "个" and frame.after.startswith(_OF_PERSONS)):
        return False
    return bool(_YEAR.fullmatch(q.num))


def duration(frame: Frame) -> bool:
    """三年行动, 15年免费教育, 48小时内, 连续365天: how long, not how much; times that are measured stay.

    Wrong where the word that says it is measured stands behind the number (15天的审批时限).
    """
    q = frame.quantity
    if q.kind != "time":
        return False
    if q.base_unit in ("工作日", "个工作日", "岁"):
        return q.base_unit == "岁" and not _LIFE.search(frame.before)
    if not _MEASURED_TIME.search(frame.before):
        return True
    return bool(_LIMIT.match(frame.after)) and not _MEASURED_LIMIT.search(frame.before)


def age(frame: Frame) -> bool:
    """65岁及以上老年人, 18至45岁中青年. Wrong for an average age that is not called so (老年人年均75岁)."""
    return frame.quantity.base_unit == "岁" and not _AVERAGE_LIFE.search(frame.before)


def streak(frame: Frame) -> bool:
    """连续4年, 蝉联3次. Wrong for an amount said of a streak (连续投放30辆)."""
    q = frame.quantity
    return q.kind != "money" and bool(_STREAK.search(frame.sentence, max(0, q.start - 2), q.start))


def phase(frame: Frame) -> bool:
    """二期工程, 华融2期: the stage of a project; courses and issues that were held are counted.

    Wrong where the verb that says so stands further off than its clause.
    """
    return frame.quantity.unit == "期" and not _ISSUED.search(frame.left)
