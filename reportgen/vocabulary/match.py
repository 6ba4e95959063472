"""An indicator's name as a document prints it, with its unit and measure, goes in; the canonical indicator comes out.

A name or alias must match once marks and neutral words (全市, 累计, 完成, 总数) are set aside, and the unit must be of
a family that the indicator comes in. Anything left over keeps the name unmatched: nothing is guessed, so that two
look-alikes (失业人员再就业, 就业困难人员再就业) never become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from reportgen.vocabulary.types import Indicator, Unit

MARKS = re.compile("[“”‘’\"'《》〈〉「」·•\\-—－ \t\u3000()（）\\[\\]【】的]")

# Words before or after an alias that do not change what is measured; never 新增, 新建, 率 or 占比.
NEUTRAL = """
本市 本省 县市 县市区 各县市区 各县区 各地 全社会 按时 按期 圆满 今年 全年 年内 当年 年度 累计 共 总共 共计 合计
总计 约 近 已 将 拟 预计 计划 力争 确保 预期 目标 任务 其中 目前 完成 实现 达到 达 保持 保持在 稳定在 控制在 控制
突破 超过 开展 组织 实施 推进 推动 扎实 持续 各类 各级 各项 总数 总量 总额 总人数 人数 户数 个数 数量 数 量 额
规模 情况 工作
"""
GROWTH = "增长 增速 增幅 涨幅 降幅 同比 增长率 增加 提高 下降 降低 减少 增量 比上年 较上年 年均 名义"

# 健全市场 and 安全区域 are not 全市 and 全区.
WHOLE_PLACE = re.compile("[全我](?<![健安齐完].)[市省县区州盟旗](?![场域])")

LONGEST_NAME = 80
"""Characters; a longer name is a sentence that nobody shortened."""

BUILDINGS = frozenset({"栋", "幢", "楼栋", "栋楼"})
TIMES = frozenset({"人次", "人份", "人份次", "剂次", "针次", "剂", "针"})
POWER = frozenset({"千瓦", "兆瓦", "吉瓦", "太瓦", "kW", "MW", "GW", "W"})
GROUPS = {"building": BUILDINGS, "household": frozenset({"户", "户次"}), "times": TIMES, "power": POWER}


def _closure(words: str) -> re.Pattern[str]:
    longest_first = sorted(words.split(), key=len, reverse=True)
    return re.compile(f"(?>{'|'.join(longest_first)})*+")


NEUTRAL_ONLY = _closure(NEUTRAL)
NEUTRAL_OR_GROWTH = _closure(f"{NEUTRAL} {GROWTH}")


def plain(name: str) -> str:
    """The name without marks, blanks, 的 and words for the whole place (全市, 我省) wherever they stand."""
    return WHOLE_PLACE.sub("", MARKS.sub("", name).replace("／", "/").replace("％", "%"))


def family(unit: str, units: Mapping[str, Unit]) -> str:
    """What kind of thing `unit` measures: 人 and 名 agree, 个 and 家 agree, 个 and 平方米 or 栋 do not.

    A compound (元/月) or unknown unit is a family of its own.
    """
    for name, members in GROUPS.items():
        if unit in members:
            return name
    known = units.get(unit)
    return unit if known is None or "/" in unit else known.kind


class Matcher:
    """Finds canonical indicators by name, unit and measure; built once per vocabulary."""

    def __init__(self, indicators: Iterable[Indicator], units: Mapping[str, Unit]) -> None:
        """Index every name and alias in its plain spelling; a later indicator takes an alias from an earlier one."""
        self._units = units
        self._families: dict[str, frozenset[str]] = {}
        self._aliases: dict[str, tuple[Indicator, ...]] = {}
        for indicator in indicators:
            self._families[indicator.id] = frozenset(family(unit, units) for unit in indicator.units)
            for alias in {plain(name): None for name in (indicator.name, *indicator.aliases)}:
                others = (other for other in self._aliases.get(alias, ()) if not self._same_units(other, indicator))
                self._aliases[alias] = (*others, indicator)
        lengths: dict[str, set[int]] = {}
        for alias in self._aliases:
            lengths.setdefault(alias[:2], set()).add(len(alias))
        self._lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def match(self, name: str, base_unit: str, measure: str) -> Indicator | None:
        """The one indicator that `name` means in this unit and measure, or None."""
        text = plain(name)
        if len(text) > LONGEST_NAME:
            return None
        whole = self._fitting(text, base_unit, measure)
        if whole:
            return whole[0] if len(whole) == 1 else None
        neutral = NEUTRAL_OR_GROWTH if measure == "growth" else NEUTRAL_ONLY
        by_length: dict[int, dict[str, Indicator]] = {}
        before = neutral.match(text)
        for start, length in self._aliases_in(text, before.end() if before else 0):
            if neutral.fullmatch(text, 0, start) and neutral.fullmatch(text, start + length):
                fitting = self._fitting(text[start : start + length], base_unit, measure)
                if fitting:
                    by_length.setdefault(length, {}).update({x.id: x for x in fitting})
        found = by_length[max(by_length)] if by_length else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def _aliases_in(self, text: str, last: int) -> Iterator[tuple[int, int]]:
        """(start, length) of every alias that begins in the text up to `last`."""
        for start in range(min(last + 1, len(text) - 1)):
            for length in self._lengths.get(text[start : start + 2], ()):
                if start + length <= len(text) and text[start : start + length] in self._aliases:
                    yield start, length

    def _fitting(self, alias: str, base_unit: str, measure: str) -> tuple[Indicator, ...]:
        """The indicators called `alias` that come in this unit and measure."""
        called = self._aliases.get(alias)
        return tuple(x for x in called if self._fits(x, base_unit, measure)) if called else ()

    def _same_units(self, one: Indicator, other: Indicator) -> bool:
        """Whether both could be meant by one unit; the % of an amount, its growth, decides nothing."""
        mine, theirs = (self._families[x.id] - {"ratio"} or self._families[x.id] for x in (one, other))
        return not mine or not theirs or bool(mine & theirs)

    def _fits(self, indicator: Indicator, base_unit: str, measure: str) -> bool:
        families = self._families[indicator.id]
        if measure == "rank" or not families:
            return True
        unit = family(base_unit, self._units)
        if measure == "growth":
            return unit in families or unit in ("ratio", "")
        # Where an indicator comes in 元 and %, the % is its growth: a share of it is another thing.
        if unit == "ratio" and families != {"ratio"}:
            return False
        return unit in families or not base_unit
