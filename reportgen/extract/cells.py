"""A number in a table of the source -> reading: the row says what is measured, the head unit and measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportgen.extract.numbers import MULTIPLIERS, decimal_of
from reportgen.extract.phrases import core
from reportgen.extract.units import UnitReader
from reportgen.model import GridCell, Measure

# 产量（吨）, 单位:万元, 产值/亿元
_UNIT = re.compile(
    "[（(](?:单位[:：])?(?P<unit>[^（）()]{1,12})[）)]|单位[:：]\\s*(?P<plain>\\S{1,8})|/(?P<slash>[一-龥%]{1,5})$"
)
_MULTIPLIER = re.compile("万亿|千亿|百亿|亿|千万|百万|万|千(?!瓦|米|克)|百(?!分)")
_GROWTH = re.compile("增长|增幅|增速|同比|±|涨幅|涨跌|增减|升降")
_SHARE = re.compile("比重|占比|比例|份额|率[（(%]|率$")
# #其中:, 一、, (1): how a table marks its rows
_PART = re.compile(
    "^[#＃*\\s]*(?:其中[:：]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\\d]+[）)]|\\d+[.、])?\\s*"
)
# heads that say when or that it is a number, not what
_PLAIN_HEAD = re.compile(
    "(?:指标值|数值|绝对[额数量值]|完成|累计|本月|本期|总量|实际|全年|(?:年末|年底|期末)?数?|.*\\d月.*)?"
)
_NUMBER_ONLY = re.compile(r"[\d\s.]+")
_BRACKETS = re.compile(r"[（(].*?[）)]")
_OWN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_PERSON = re.compile("人口|人数|人员|[生师工员民]$")
_GROUP_NOUNS = ("存栏", "出栏", "产量", "收入", "支出", "产值")
_NOT_DATA = re.compile("序号|排名|位次|年份|电话|邮编|编码|代码")


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a table cell says, before context gives it period, area and sector. `label` is the evidence text."""

    cell: GridCell
    num: str
    value: Decimal
    unit: str
    base_unit: str
    measure: Measure
    indicator: str


def read_cell(cell: GridCell, text: str, units: UnitReader) -> CellReading | None:
    """The cell's reading, or None where its head or label names no quantity."""
    if _NOT_DATA.search(cell.head) or not cell.label or _NUMBER_ONLY.fullmatch(cell.label):
        return None
    label_unit = units.read(cell.label, 0)
    if label_unit and label_unit.end == len(cell.label):
        return None
    token = text[cell.start : cell.end]
    digits = token.lstrip("-−－+＋").rstrip("%％")
    value = decimal_of(digits)
    if value is None:
        return None
    growth = bool(_GROWTH.search(cell.head))
    share = bool(_SHARE.search(cell.head)) or (not growth and token.endswith(("%", "％")))
    printed, base, factor = ("%", "%", Decimal(1)) if growth or share else _unit(cell, units)
    if not growth and not share and base in ("", "%", "‰"):
        return None
    measure: Measure = "growth" if growth else "share" if share else "level"
    signed = -value if token[0] in "-−－" else value
    return CellReading(cell, digits, signed * factor, printed, base, measure, _name(cell, base, growth=growth))


def _name(cell: GridCell, base_unit: str, *, growth: bool) -> str:
    """The row's label; with the head where that names more than a unit, with the group's noun where it is short."""
    label = _OWN_BRACKETS.sub("", _PART.sub("", cell.label)).replace(" ", "")
    head = core(_UNIT.sub("", _BRACKETS.sub("", cell.head)))
    name = label if growth or _PLAIN_HEAD.fullmatch(head) or head in label else label + head
    group = core(_BRACKETS.sub("", cell.group))
    if group and len(name) <= 6 and group.endswith(_GROUP_NOUNS):
        name += group[-2:]
    return name + "人口" if base_unit == "人" and not _PERSON.search(name) else name


def _unit(cell: GridCell, units: UnitReader) -> tuple[str, str, Decimal]:
    """(printed, base, factor) from the brackets of the label, the head or the table's title."""
    for words in (cell.label, cell.head, cell.group, cell.title):
        for match in reversed(list(_UNIT.finditer(words))):
            printed = match["unit"] or match["plain"] or match["slash"]
            multiplier = _MULTIPLIER.match(printed)
            start = multiplier.end() if multiplier else 0
            unit = units.read(printed, start)
            if unit and unit.end == len(printed):
                factor = MULTIPLIERS[multiplier[0]] if multiplier else Decimal(1)
                return printed, unit.base, factor * unit.factor
    return "", "", Decimal(1)
