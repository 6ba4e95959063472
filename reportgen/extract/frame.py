"""The frame of a quantity: the words of its clause to the left and to the right, and its neighbours.

Every rule reads a quantity through its frame, so that what counts as "the same clause" is said once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from reportgen.extract.quantities import Quantity

_BREAK = re.compile("[,，;；:：。！!？?\n]")
_LIST = re.compile("[,，;；:：。！!？?\n、]")
_BRACKET = re.compile("[（(）)]")
# 头(只), 新(改、扩)建: a short bracket inside a noun does not end it
_SHORT_BRACKET = re.compile("[（(][一-龥、]{1,5}[）)](?=[一-龥])")
_LOOK = 16
"""How many characters after the unit decide what kind of number it was (以上的项目, 左右)."""


@dataclass(slots=True, eq=False)
class Frame:
    """Where a quantity stands. All offsets count inside `sentence`.

    No rule writes to it; it is not frozen because one is made for every number and a frozen one takes thrice as long.
    """

    sentence: str
    quantity: Quantity
    previous: Quantity | None
    following: Quantity | None
    clause: int
    """Start of the clause: after the last ，；： outside brackets."""
    item: int
    """Start of the list item: after the clause start, the last 、 or the previous quantity."""
    right_end: int
    """End of the words to the right: next punctuation, bracket or quantity."""
    bracket: int
    """Offset of the bracket that holds the quantity, or -1."""
    before: str
    """The clause up to the number."""
    left: str
    """The list item up to the number."""
    right: str
    """The words after the unit up to the next punctuation or quantity."""
    after: str
    """A short look at what follows the unit, punctuation included."""


def frames(sentence: str, found: tuple[Quantity, ...]) -> tuple[Frame, ...]:
    """One frame per quantity, in order; time is linear in the sentence for each quantity."""
    brackets = _brackets(sentence)
    breaks = [match.end() for match in _BREAK.finditer(sentence)]
    framed = []
    previous: Quantity | None = None
    for index, quantity in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        start, tail = quantity.start, quantity.tail
        bracket = _enclosing(brackets, start) if brackets else -1
        clause = _clause(breaks, brackets, start, bracket)
        item = max(clause, previous.tail if previous else 0)
        item = max(item, _list_mark(sentence, brackets, item, start, bracket) + 1)
        right_end = _right_end(sentence, brackets, tail, following.start if following else len(sentence))
        before, left, right = sentence[clause:start], sentence[item:start], sentence[tail:right_end]
        after = sentence[tail : tail + _LOOK]
        framed.append(
            Frame(sentence, quantity, previous, following, clause, item, right_end, bracket, before, left, right, after)
        )
        previous = quantity
    return tuple(framed)


def _clause(breaks: list[int], brackets: tuple[tuple[int, int], ...], start: int, bracket: int) -> int:
    for end in reversed(breaks[: bisect_right(breaks, start)]):
        if not brackets or _enclosing(brackets, end - 1) in (-1, bracket):
            return max(end, bracket + 1)
    return bracket + 1


def _list_mark(sentence: str, brackets: tuple[tuple[int, int], ...], item: int, start: int, bracket: int) -> int:
    """The last 、 before the quantity that is not inside a closed bracket: 县（市、区）; -1 where there is none."""
    mark = sentence.rfind("、", item, start)
    while mark >= 0 and brackets and _enclosing(brackets, mark) not in (-1, bracket):
        mark = sentence.rfind("、", item, mark)
    return mark


def _right_end(sentence: str, brackets: tuple[tuple[int, int], ...], tail: int, stop: int) -> int:
    mark = _LIST.search(sentence, tail, stop)
    while mark and brackets and _enclosing(brackets, mark.start()) >= tail:
        mark = _LIST.search(sentence, mark.end(), stop)
    end = mark.start() if mark else stop
    bracket = _BRACKET.search(sentence, tail, end)
    while bracket and (short := _SHORT_BRACKET.match(sentence, bracket.start(), end)):
        bracket = _BRACKET.search(sentence, short.end(), end)
    return bracket.start() if bracket else end


def _brackets(sentence: str) -> tuple[tuple[int, int], ...]:
    opened: list[int] = []
    pairs = []
    for match in _BRACKET.finditer(sentence):
        if match[0] in "（(":
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.start()))
    return tuple(pairs)


def _enclosing(brackets: tuple[tuple[int, int], ...], offset: int) -> int:
    return max([start for start, end in brackets if start < offset < end], default=-1)
