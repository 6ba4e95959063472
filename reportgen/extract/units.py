"""Units after a number: the longest printed form that the vocabulary knows, plain or compound (元/月, 微克每立方米)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportgen.vocabulary import Vocabulary


# A unit's character that begins an ordinary word instead: 46万群众, 10口袋公园, 20条件.
_WORD = re.compile("群众|行政|行业|行动|口袋|口岸|名称|名优|名师|条件|条例|处理|处置|台阶|台账|台湾|场景|点击|点赞|度假|级别|时代|面向|位于|方针|方案|方式|方面|方百|件事|组织|部门|部委|人才|头部|单位|岗位实|座谈|院士|期货|期间|期末|本科|本级|号召|字样|天然|天津|分钟圈|页岩|节能|片区|股份|季度|重点|段位|轮胎|集团|集体|集中|路段|厅局|室内|室外|票房|包括|网点|家庭|家长|家属|户籍|口径|人民|人大|人均|项目")


_ASIDE = re.compile("[（(]([一-龥]{1,2})[）)]")


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit found in text: as printed, base unit, factor to it, kind, and where it ends."""

    printed: str
    base: str
    factor: Decimal
    kind: str
    end: int


class UnitReader:
    """Reads units at a place in a text. Built once per vocabulary; reading takes time linear in the unit's length."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the vocabulary's units by first character, longest first."""
        self._units: dict[str, tuple[str, ...]] = {}
        for printed in sorted(vocabulary.units, key=len, reverse=True):
            self._units[printed[0]] = (*self._units.get(printed[0], ()), printed)
        self._vocabulary = vocabulary
        self._denominators = tuple(sorted(vocabulary.denominators, key=len, reverse=True))

    def read(self, text: str, position: int) -> ReadUnit | None:
        """The longest unit at `position`, or None."""
        if _WORD.match(text, position):
            return None
        for printed in self._units.get(text[position : position + 1], ()):
            if text.startswith(printed, position):
                return self._with_denominator(text, position, printed)
        return None

    def _with_denominator(self, text: str, position: int, printed: str) -> ReadUnit:
        unit = self._vocabulary.units[printed]
        end = position + len(printed)
        aside = _ASIDE.match(text, end)
        if aside and aside[1] in self._vocabulary.units and printed + aside[0] not in self._vocabulary.units:
            return ReadUnit(printed + aside[0], unit.base + aside[0], unit.factor, unit.kind, aside.end())
        if text[end : end + 1] in ("/", "／", "每"):
            for below in self._denominators:
                if text.startswith(below, end + 1):
                    stop = end + 1 + len(below)
                    base = f"{unit.base}/{below}"
                    return ReadUnit(text[position:stop], base, unit.factor, unit.kind, stop)
        return ReadUnit(printed, unit.base, unit.factor, unit.kind, end)
