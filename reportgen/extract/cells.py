"""A number in a table of the source -> reading: the row says what is measured, the head says the unit and the measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportgen.extract.numbers import MULTIPLIERS, decimal_of
from reportgen.extract.phrases import core
from reportgen.extract.units import UnitReader
from reportgen.model import GridCell, Measure

_UNIT = re.compile("[（(](?:单位[:：])?(?P<unit>[^（）()]{1,12})[）)]|单位[:：]\\s*(?P<plain>\\S{1,8})|/(?P<slash>[一-龥%]{1,5})$")
_MULTIPLIER = re.compile("万亿|千亿|百亿|亿|千万|百万|万|千(?!瓦|米|克)|百(?!分)")
_GROWTH = re.compile("增长|增幅|增速|同比|±|涨幅|升降")
_SHARE = re.compile("比重|占比|比例|份额|率[（(%]|率$")
_PART = re.compile("^[#＃*\\s]*(?:其中[:：]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\\d]+[）)]|\\d+[.、])?\\s*")
_PLAIN_HEAD = re.compile("^(?:指标值|数值|绝对[额数量值]|完成|累计|本月|本期|总量|实际|全年|(?:年末|年底|期末)?数?|.*\\d月.*)?$")
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
    if _NOT_DATA.search(cell.head) or not cell.label or re.fullmatch(r"[\d\s.]+", cell.label):
        return None
    token = text[cell.start : cell.end]
    negative = token[0] in "-−－"
    digits = token.lstrip("-−－+＋").rstrip("%％")
    value = decimal_of(digits)
    if value is None:
        return None
    growth = bool(_GROWTH.search(cell.head))
    share = bool(_SHARE.search(cell.head)) or (not growth and token.endswith(("%", "％")))
    printed, base, factor = ("%", "%", Decimal(1)) if growth or share else _unit(cell, units)
    if not base and not growth and not share:
        return None
    label = re.sub(r"[（(][^（）()]*[）)]", "", _PART.sub("", cell.label)).replace(" ", "")
    head = core(_UNIT.sub("", re.sub(r"[（(].*?[）)]", "", cell.head)))
    name = label if growth or _PLAIN_HEAD.match(head) or head in label else label + head
    group = core(re.sub(r"[（(].*?[）)]", "", cell.group))
    if group and len(name) <= 6 and group[-2:] in ("存栏", "出栏", "产量", "收入", "支出", "产值"):
        name += group[-2:]
    if base == "人" and not re.search("人口|人数|人员|[生师工员民]$", name):
        name += "人口"
    measure: Measure = "growth" if growth else "share" if share else "level"
    return CellReading(cell, digits, (-value if negative else value) * factor, printed, base, measure, name)


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
