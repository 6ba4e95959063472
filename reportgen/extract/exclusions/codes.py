"""Rules for numbers that identify: models, routes, hotlines, list numbers, grades, bare digits."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame

# 城乡居民收入比3.27, 指数102.4: decimals that need no unit
_INDEX = re.compile(
    "(?:收入比|比值|倍差|倍率|指数|系数|之比|满意度|得分|评分)(?:[（(][^（()）]{1,60}[)）])?"
    "(?:由|从|为|达|至|缩小|下降|上升|提高|提升|增|降|到|平均|均|约|分别|(?:19|20)\\d{2}年的?|\\d+\\.\\d+[、和与])*$",
    re.ASCII,
)
_CHANGED_TO = re.compile("[^,，。]{0,3}[到至为](?:(?:19|20)\\d{2}年的?)?$", re.ASCII)
_VERSION = re.compile("版|行动|时代|工程|升级|计划|阶段|模式")
_LETTER = re.compile("[A-Za-z]")
# 5GW and 10MWh are units, not models
_LETTER_UNIT = re.compile("[A-Z]{2,4}")
_NAME_TAIL = re.compile(
    "版|号线|号(?!召)|路(?!段|灯|口)|国道|省道|专线|热线|平台|政务|联盟|A|G(?!W)|D|级|型|强|会|计划|战略|行动|工程(?!项目)"
    "|体系|试点$"
)
_CODE_BEFORE = re.compile("(?:电话|热线|邮编|传真|网址|文号|编号|国道|省道|县道|〔|字第)[:：\\s]{0,2}$")
_LINES = re.compile("电话[:：\\s]{0,2}$")
_ADDRESS_UNITS = frozenset({"支", "弄", "号", "灶", "组", "室", "单元", "甲", ""})
_GRADE_UNITS = frozenset({"级", "等", "甲", "星", "类", "型"})
_GRADE = re.compile("星级|A级|等奖|等功|级")
LONG = 5
"""So many digits without unit are a number of something: a telephone, a postcode, a document."""


def no_unit(frame: Frame) -> bool:
    """A bare number: a year, a code, a list number; decimals of an index or ratio stay.

    Wrong for a count whose unit was left out (参保人数达12345).
    """
    q = frame.quantity
    if not q.unit and "." in q.num:
        if _INDEX.search(frame.before):
            return False
        previous = frame.previous
        alike = previous is not None and not previous.unit and "." in previous.num
        if alike and previous and _CHANGED_TO.fullmatch(frame.sentence, previous.tail, q.start):
            return False
    return q.kind == "none" and (not q.unit or not (frame.left.strip() or frame.before.strip() or frame.right))


def table_row(frame: Frame) -> bool:
    """475.40  105.4%: nothing but blanks between numbers: columns of a table whose heads are lost.

    Wrong for two figures of running text that only a blank parts (96个 35%).
    """
    previous, following, q = frame.previous, frame.following, frame.quantity
    before = frame.sentence[previous.tail : q.start] if previous and previous.unit in ("", "%") else ""
    after = frame.sentence[q.tail : following.start] if following and following.unit in ("", "%") else ""
    return before.isspace() or after.isspace()


def model_name(frame: Frame) -> bool:
    """5G, CR450, 3.0版, 5A级, 101国道, 12345热线: letters or a name's tail against the number.

    Wrong for a bare count right before such a word (新增3平台); Chinese texts put a measure word there.
    """
    q, sentence = frame.quantity, frame.sentence
    if q.num.endswith(".0") and _VERSION.match(sentence, q.end):
        return True
    if q.start and _LETTER.match(sentence, q.start - 1) and not _LETTER_UNIT.match(q.unit):
        return True
    if q.unit:
        return False
    return bool(_LETTER.match(sentence, q.end)) or bool(_NAME_TAIL.match(sentence[q.end : q.end + 3]))


def list_number(frame: Frame) -> bool:
    """1. 2、 (3) at the head of a paragraph or item. Wrong for a bare count in brackets (3)."""
    q = frame.quantity
    if q.unit or q.form != "digits":
        return False
    return frame.sentence[q.end : q.end + 1] in ".．、)）" and (q.start == 0 or frame.sentence[q.start - 1] in "(（ ")


def long_code(frame: Frame) -> bool:
    """Telephone numbers, postcodes, document numbers: long digits without unit, or after 电话, 邮编, 文号, a street.

    Wrong for a count of five digits whose unit was left out.
    """
    q = frame.quantity
    if _CODE_BEFORE.search(frame.sentence, max(0, q.start - 8), q.start):
        return not (q.unit and _LINES.search(frame.before))  # 固定电话57.28万户
    if q.base_unit in _ADDRESS_UNITS and frame.sentence[q.start - 1 : q.start] in ("路", "街", "弄", "巷", "号"):
        return True
    return not q.unit and len(q.num) >= LONG and q.num.isdigit()


def grade(frame: Frame) -> bool:
    """二级以上医疗机构, 三甲医院, 5A级景区, 一等奖: a class of the thing counted.

    Wrong for prizes that are counted without measure word (获3等奖).
    """
    q = frame.quantity
    return q.unit in _GRADE_UNITS or bool(_GRADE.match(frame.sentence, q.end, q.end + 2))
