"""Word lists of grammar.toml: the words by which sentences are taken apart, for patterns and for stripping phrases.

A list's name goes in, a `WordList` comes out. Its words know the longer words inside which they do not count.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from reportgen.errors import UsageError

FILE = Path(__file__).with_name("grammar.toml")
_LONGER = re.compile("[/+]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the longer words in which it does not count, and those in which alone it does: (longer, offset in it)."""

    text: str
    never: tuple[tuple[str, int], ...] = ()
    only: tuple[tuple[str, int], ...] = ()

    def counts(self, text: str, at: int) -> bool:
        """Whether the word that stands at `at` counts there."""
        if self.never and any(offset <= at and text.startswith(longer, at - offset) for longer, offset in self.never):
            return False
        only = self.only
        return not only or any(offset <= at and text.startswith(longer, at - offset) for longer, offset in only)

    @property
    def pattern(self) -> str:
        """The word as a regular expression; it begins with the word itself, by which a search finds it fast."""
        never = "".join(f"(?!{self._beyond(longer, offset)})" for longer, offset in self.never)
        only = "|".join(self._beyond(longer, offset) for longer, offset in self.only)
        return re.escape(self.text) + never + (f"(?={only})" if only else "")

    def _beyond(self, longer: str, offset: int) -> str:
        """What tells, right behind the word, that it stands inside `longer`."""
        left = f"(?<={re.escape(longer[: offset + len(self.text)])})" if offset else ""
        return left + re.escape(longer[offset + len(self.text) :])


class WordList:
    """The words of one list, longest first. Time is linear in the text."""

    def __init__(self, words: Iterable[Word], marks: str = "", same: Mapping[str, str] | None = None) -> None:
        """`marks` are single characters that are stripped along with the words; `same` maps words to other words."""
        self.words = tuple(sorted(words, key=lambda word: (-len(word.text), word.text)))
        self.same = dict(same or {})
        self._marks = frozenset(marks)

    @cached_property
    def pattern(self) -> str:
        """The words as one alternative of a regular expression, in a group."""
        return f"(?:{'|'.join(word.pattern for word in self.words)})"

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[Word, ...]]:
        return {first: tuple(w for w in self.words if w.text[0] == first) for first in {w.text[0] for w in self.words}}

    @cached_property
    def _by_last(self) -> Mapping[str, tuple[Word, ...]]:
        return {last: tuple(w for w in self.words if w.text[-1] == last) for last in {w.text[-1] for w in self.words}}

    def after_start(self, text: str) -> str:
        """The text without the words and marks of the list at its start."""
        at = 0
        while at < len(text):
            step = self._step(text, at)
            if not step:
                break
            at += step
        return text[at:]

    def after_first(self, text: str) -> str:
        """The text without the one longest word of the list that begins it."""
        return text[self._step(text, 0) if text else 0 :]

    def _step(self, text: str, at: int) -> int:
        if text[at] in self._marks:
            return 1
        for word in self._by_first.get(text[at], ()):
            if text.startswith(word.text, at) and word.counts(text, at):
                return len(word.text)
        return 0

    def before_end(self, text: str) -> str:
        """The text without the words and marks of the list at its end."""
        end = len(text)
        while end:
            step = self._step_back(text, end)
            if not step:
                break
            end -= step
        return text[:end]

    def _step_back(self, text: str, end: int) -> int:
        if text[end - 1] in self._marks:
            return 1
        for word in self._by_last.get(text[end - 1], ()):
            if text.endswith(word.text, 0, end) and word.counts(text, end - len(word.text)):
                return len(word.text)
        return 0


def words(name: str) -> WordList:
    """The list called `name`; UsageError where the file has none."""
    found = _lists().get(name)
    if found is None:
        raise UsageError(f"no list called {name}", where=str(FILE))
    return found


def alternatives(*names: str, more: str = "") -> str:
    """The words of some lists as one group of a regular expression, longest first, then `more` branches.

    A search is fast only if every branch of its pattern's first group begins with a character: so must `more`.
    """
    pattern = WordList(word for name in names for word in words(name).words).pattern
    return f"{pattern[:-1]}|{more})" if more else pattern


@cache
def _lists() -> Mapping[str, WordList]:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: WordList(map(parsed, table.get("words", "").split()), table.get("marks", ""), table.get("same"))
        for name, table in tables.items()
    }


def parsed(entry: str) -> Word:
    """A word as it is written in the file.

    >>> parsed("将/将军/即将")
    Word(text='将', never=(('将军', 0), ('即将', 1)), only=())
    """
    text, *longer = _LONGER.split(entry)
    placed = tuple((other, other.find(text)) for other in longer)
    if not text or any(offset < 0 for _, offset in placed):
        raise UsageError(f"{entry}: every longer word must hold the first one", where=str(FILE))
    return Word(text, only=placed) if "+" in entry else Word(text, never=placed)
