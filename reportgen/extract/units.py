"""Units after a number: the longest printed form that the vocabulary knows, plain or compound (元/月, 微克每立方米)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportgen.vocabulary import Vocabulary
from reportgen.vocabulary.grammar import alternatives

_WORD = re.compile(alternatives("not_units"))
_ASIDE = re.compile("[（(]([一-龥]{1,2})[）)]")
_MULTIPLIES = frozenset("十百千万亿余多几来")


@dataclass(slots=True, eq=False)
class ReadUnit:
    """A unit found in text: as printed, base unit, factor to it, kind, and where it ends; never written to."""

    printed: str
    base: str
    factor: Decimal
    kind: str
    end: int


class UnitReader:
    """Reads units at a place in a text. Built once per vocabulary; reading takes time linear in the unit's length."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the vocabulary's units by first character, longest first."""
        self._lengths: dict[str, tuple[int, ...]] = {}
        for printed in sorted(vocabulary.units, key=len, reverse=True):
            lengths = self._lengths.get(printed[0], ())
            self._lengths[printed[0]] = lengths if len(printed) in lengths else (*lengths, len(printed))
        self._units = vocabulary.units
        self._denominators = tuple(sorted(vocabulary.denominators, key=len, reverse=True))
        self.starts = _MULTIPLIES | self._lengths.keys()
        """Characters that can follow a number which is counted."""

    def read(self, text: str, position: int) -> ReadUnit | None:
        """The longest unit at `position`, or None; a word that only begins like a unit (群众, 条件) is none."""
        for length in self._lengths.get(text[position : position + 1], ()):
            printed = text[position : position + length]
            if printed in self._units:
                return None if _WORD.match(text, position) else self._with_denominator(text, position, printed)
        return None

    def _with_denominator(self, text: str, position: int, printed: str) -> ReadUnit:
        unit = self._units[printed]
        end = position + len(printed)
        following = text[end : end + 1]
        if following in ("（", "("):
            aside = _ASIDE.match(text, end)
            if aside and aside[1] in self._units and printed + aside[0] not in self._units:
                return ReadUnit(printed + aside[0], unit.base + aside[0], unit.factor, unit.kind, aside.end())
        if following in ("/", "／", "每"):
            for below in self._denominators:
                if text.startswith(below, end + 1):
                    stop = end + 1 + len(below)
                    return ReadUnit(text[position:stop], f"{unit.base}/{below}", unit.factor, unit.kind, stop)
        return ReadUnit(printed, unit.base, unit.factor, unit.kind, end)
