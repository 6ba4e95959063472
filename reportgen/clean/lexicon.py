"""The characters that a text uses, by the bytes of their GBK codes: what may stand where bytes were lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from . import gbk
from .likely import Likelihood
from .script import is_simplified

_FEW = 300
_ALWAYS = frozenset("一二三四五六七八九十()（）")


@dataclass(frozen=True)
class Lexicon:
    """The characters that a text uses, by the bytes of their codes, and how likely they follow each other."""

    likely: Likelihood
    ascii_punctuation: bool
    traditional: bool = False

    @cached_property
    def _codes(self) -> dict[str, tuple[int, int]]:
        codes = ((char, self.code(char)) for char in sorted(self.likely.characters | _ALWAYS))
        return {char: code for char, code in codes if code}

    @cached_property
    def _by_lead(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for char, (lead, _) in self._codes.items():
            found.setdefault(lead, []).append(char)
        return found

    @cached_property
    def _by_trail(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for char, (_, trail) in self._codes.items():
            found.setdefault(trail, []).append(char)
        return found

    def code(self, char: str) -> tuple[int, int] | None:
        """Code of `char`; of its full-width form where the text writes punctuation in ASCII."""
        if self.ascii_punctuation and "!" <= char <= "~" and not char.isalnum():
            return gbk.full_width(char)
        return gbk.code(char)

    @property
    def is_small(self) -> bool:
        """Whether the text is too short to check a reading against."""
        return len(self.likely.characters) < _FEW

    def is_alien(self, char: str) -> bool:
        """Whether `char` is a simplified one that a traditional text nowhere else uses."""
        return self.traditional and char not in self.likely.characters and is_simplified(char)

    def beginning_with(self, lead: int) -> Iterable[str]:
        """Characters of the text whose code begins with `lead`."""
        return self._by_lead.get(lead, ())

    def ending_in(self, trail: int) -> Iterable[str]:
        """Characters of the text whose code ends in `trail`."""
        return self._by_trail.get(trail, ())

    def plain(self, char: str) -> str:
        """`char` with its punctuation as the text writes it."""
        return gbk.ascii_form(char) if self.ascii_punctuation else char

    def across_gap(self, lead: int, trail: int) -> Iterator[str]:
        """Two or three characters that begin with `lead` and end in `trail`, all codes between them unprintable."""
        for first in self._by_lead.get(lead, ()):
            inner = self._codes[first][1]
            for last in self._by_trail.get(trail, ()):
                if gbk.is_dropped(inner, self._codes[last][0]):
                    yield first + last
            for middle in self.likely.followers.get(first, ()):
                code = self._codes.get(middle)
                if code is None or not gbk.is_dropped(inner, code[0]):
                    continue
                for last in self.likely.followers.get(middle, ()):
                    final = self._codes.get(last)
                    if final and final[1] == trail and gbk.is_dropped(code[1], final[0]):
                        yield first + middle + last
