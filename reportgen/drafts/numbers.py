"""Numbers of the evidence: a mark such as [1-4] says the number of the entry it leads to, wherever it stands.

They are references, not words: where the entries are numbered anew, an untouched mark or label follows, the number
alone and as a tracked change. What a person wrote over such a number stays.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Final

from reportgen.drafts.document import Draft
from reportgen.drafts.lines import Line, Slot

_LABEL: Final = re.compile(r"\[([0-9]+-[0-9]+)\](?=\t)")
_NUMBER: Final = re.compile(r"[0-9]+-[0-9]+")


def label(line: Line) -> str:
    """The number in front of an entry of the evidence, or nothing."""
    found = _LABEL.match(line.text)
    return found[1] if found else ""


def labels(draft: Draft) -> dict[str, str]:
    """Bookmark of an entry -> its number."""
    return {anchor: label(line) for line in draft.lines if label(line) for anchor in line.anchors}


def renumbered(base: Draft, new: Draft, marks: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Bookmark of an entry of ours -> the number it had and the one it has; `marks` says which bookmark is which."""
    old, newer = labels(base), labels(new)
    return {one: (old[one], newer[other]) for one, other in marks.items() if one in old and other in newer}


def now(slot: Slot, numbers: Mapping[str, tuple[str, str]]) -> str | None:
    """What a mark that nobody touched says now; None for a figure, another mark, or one that a person wrote over."""
    old, new = numbers.get(slot.id, ("", "")) if slot.kind == "mark" else ("", "")
    return _NUMBER.sub(new, slot.text, count=1) if old and slot.text.strip("[] ") == old else None


def keys(line: Line, tokens: Sequence[Hashable], old: str) -> list[Hashable]:
    """The comparable tokens of a line, those of its label the same whatever its number, where that is `old`."""
    length = len(f"[{old}]") if old and label(line) == old else 0
    places = zip(line.tokens, tokens, strict=True)
    return [("label", number) if token.end <= length else key for number, (token, key) in enumerate(places)]


def place(line: Line, start: int, end: int) -> tuple[int, int]:
    """Where the number itself stands in the label or mark [start, end)."""
    found = _NUMBER.search(line.text, start, end)
    return found.span() if found else (start, end)


def neutral(line: Line) -> str:
    """The text of a line without the numbers of the evidence in it."""
    text = line.text
    for slot in reversed([slot for slot in line.slots if slot.kind == "mark"]):
        text = text[: slot.start] + _NUMBER.sub("#", slot.text) + text[slot.end :]
    return _LABEL.sub("[#]", text)
