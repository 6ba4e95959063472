"""How likely one character follows another in a given text, from counts of that text and from how common it is at all.

Used to choose between readings of damaged bytes, never to write text of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import log

from .readings import traditional_characters

NUMERALS = frozenset("一二三四五六七八九十")
_ENOUGH_TEXT = 1_000_000
_PRIOR_WEIGHT = 2000.0
_BIGRAM_SHARE = 0.5
_LEVEL_1, _LEVEL_2, _PUNCTUATION, _TRADITIONAL, _OTHER = 1 / 5_000, 1 / 200_000, 1 / 50, 1 / 20_000, 1 / 5_000_000
_COMMON_PUNCTUATION = frozenset("，。、；：！？（）“”《》,.;:!?()\n")


class Likelihood:
    """Natural logarithms of P(character | previous character) in a text."""

    def __init__(self, text: str) -> None:
        """Counts are taken from `text`, of which a part is enough."""
        text = text[:_ENOUGH_TEXT]
        self._single = Counter(text)
        self._pairs = Counter(pairwise(text))
        self._total = len(text)
        self._known: dict[tuple[str, str], float] = {}
        self.characters = frozenset(self._single)
        self._numerals = sum(self._single[char] for char in NUMERALS) or 1
        self.followers: Mapping[str, set[str]] = _followers(self._pairs)

    def pair(self, before: str, char: str) -> float:
        """log P(char | before)."""
        key = before, char
        if key not in self._known:
            common = (self._single[char] + _PRIOR_WEIGHT * _prior(char)) / (self._total + _PRIOR_WEIGHT)
            followed = self._single[before]
            seen = self._pairs[key] / followed if followed else 0.0
            if char in NUMERALS:
                seen = max(seen, self._numeral_after(before) * self._single[char] / self._numerals)
            self._known[key] = log(_BIGRAM_SHARE * seen + (1 - _BIGRAM_SHARE) * common)
        return self._known[key]

    def _numeral_after(self, before: str) -> float:
        """P(any numeral | before): one numeral stands where another stood."""
        followed = self._single[before]
        return sum(self._pairs[before, char] for char in NUMERALS) / followed if followed else 0.0

    def text(self, before: str, text: str) -> float:
        """log P(text | the character before it)."""
        total = 0.0
        for char in text:
            total += self.pair(before, char)
            before = char
        return total


def _followers(pairs: Counter[tuple[str, str]]) -> Mapping[str, set[str]]:
    followers: dict[str, set[str]] = {}
    for before, char in pairs:
        followers.setdefault(before, set()).add(char)
    return followers


def is_common(char: str) -> bool:
    """Whether `char` is everyday punctuation or one of the 3,755 everyday characters, simplified or traditional."""
    return _prior(char) >= _TRADITIONAL


def _prior(char: str) -> float:
    """How common a character is anywhere, by its GB 2312 zone: level 1 is the 3,755 everyday ones."""
    if char in _COMMON_PUNCTUATION:
        return _PUNCTUATION
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return _TRADITIONAL if char in traditional_characters() else _OTHER
    if len(code) == 1 or code[0] < 0xB0:
        return _LEVEL_2
    return _LEVEL_1 if code[0] <= 0xD7 else _LEVEL_2
