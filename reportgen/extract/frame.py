"""The frame of a quantity: the words of its clause to the left and to the right, and its neighbours.

Every rule reads a quantity through its frame, so that what counts as "the same clause" is said once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.extract.quantities import Quantity

_BREAK = re.compile("[,，;；:：。！!？?\n]")
_LIST = re.compile("[,，;；:：。！!？?\n、]")
_BRACKET = re.compile("[（(）)]")
_SHORT_BRACKET = re.compile("[（(][一-龥、]{1,5}[）)](?=[一-龥])")
_OPEN = "（("
_CLOSE = "）)"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a quantity stands. All offsets count inside `sentence`."""

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

    @property
    def before(self) -> str:
        """The clause up to the number."""
        return self.sentence[self.clause : self.quantity.start]

    @property
    def left(self) -> str:
        """The list item up to the number."""
        return self.sentence[self.item : self.quantity.start]

    @property
    def right(self) -> str:
        """The words after the unit up to the next punctuation or quantity."""
        return self.sentence[self.quantity.tail : self.right_end]

    @property
    def after(self) -> str:
        """A short look at what follows the unit, punctuation included."""
        return self.sentence[self.quantity.tail : self.quantity.tail + 16]


def frames(sentence: str, found: tuple[Quantity, ...]) -> tuple[Frame, ...]:
    """One frame per quantity, in order."""
    opened = _brackets(sentence)
    breaks = [m.end() for m in _BREAK.finditer(sentence)]
    framed = []
    for index, quantity in enumerate(found):
        previous = found[index - 1] if index else None
        following = found[index + 1] if index + 1 < len(found) else None
        bracket = _enclosing(opened, quantity.start)
        clause = 0
        for end in breaks:
            if end > quantity.start:
                break
            if _enclosing(opened, end - 1) in (-1, bracket):
                clause = end
        clause = max(clause, bracket + 1)
        item = max(clause, previous.tail if previous else 0)
        mark = sentence.rfind("、", item, quantity.start)
        item = max(item, mark + 1)
        framed.append(
            Frame(sentence, quantity, previous, following, clause, item, _right(sentence, quantity, following), bracket)
        )
    return tuple(framed)


def _right(sentence: str, quantity: Quantity, following: Quantity | None) -> int:
    stop = following.start if following else len(sentence)
    mark = _LIST.search(sentence, quantity.tail, stop)
    end = mark.start() if mark else stop
    bracket = _BRACKET.search(sentence, quantity.tail, end)
    while bracket and (short := _SHORT_BRACKET.match(sentence, bracket.start(), end)):
        bracket = _BRACKET.search(sentence, short.end(), end)
    return bracket.start() if bracket else end


def _brackets(sentence: str) -> tuple[tuple[int, int], ...]:
    stack: list[int] = []
    pairs = []
    for index, char in enumerate(sentence):
        if char in _OPEN:
            stack.append(index)
        elif char in _CLOSE and stack:
            pairs.append((stack.pop(), index))
    return tuple(pairs)


def _enclosing(pairs: tuple[tuple[int, int], ...], offset: int) -> int:
    return max((start for start, end in pairs if start < offset < end), default=-1)
