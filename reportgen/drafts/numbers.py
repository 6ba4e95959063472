"""Numbers of the evidence: a mark such as [1-4] says the number of the entry it leads to, wherever it stands.

They are references, not words: where the entries are numbered anew, a mark or label that says a number which we once
gave its entry follows, the number alone and as a tracked change, also where an earlier such change was rejected. What a
person wrote over such a number stays. The earlier numbers that a draft may still say are kept beside its base copy.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.drafts.document import Draft
from reportgen.drafts.lines import Line, Slot
from reportgen.drafts.threeway import divides
from reportgen.ooxml import qn

_LABEL: Final = re.compile(r"\[([0-9]+-[0-9]+)\](?=\t)")
_NUMBER: Final = re.compile(r"[0-9]+-[0-9]+")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one entry: those that we gave it so far, and its present one, empty when it is no longer made."""

    known: tuple[str, ...]
    now: str


def label(line: Line) -> str:
    """The number in front of an entry of the evidence, or nothing."""
    found = _LABEL.match(line.text)
    return found[1] if found else ""


def _labels(draft: Draft) -> dict[str, str]:
    """Bookmark of an entry -> its number."""
    return {anchor: label(line) for line in draft.lines if label(line) for anchor in line.anchors}


def numberings(base: Draft, theirs: Draft, new: Draft, marks: Mapping[str, str]) -> dict[str, Numbering]:
    """Bookmark of an entry of ours -> its numbers; `marks` says which bookmark is which in the new version."""
    newer = _labels(new)
    return {
        one: Numbering(tuple(dict.fromkeys((number, *theirs.numbered.get(one, ())))), newer.get(marks.get(one, ""), ""))
        for one, number in _labels(base).items()
    }


def remembered(theirs: Draft, numbers: Mapping[str, Numbering], marks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Bookmark of an entry of the new version -> earlier numbers of it that the draft may say, now or after a refusal.

    That is its last one, and of those before it the ones that are still there.
    """
    said: set[tuple[str, str]] = set()
    # Also what is struck out: whoever rejects that change brings the number back.
    for link in theirs.root.iter(qn("hyperlink")):
        said.update((link.get(qn("anchor")) or "", number) for number in _numbers(link))
    for line in theirs.lines:
        said.update((anchor, number) for anchor in line.anchors for number in _numbers(line.element))
    left = {
        marks[one]: tuple(
            number
            for place, number in enumerate(some.known)
            if number != some.now and (place == 0 or (one, number) in said)
        )
        for one, some in numbers.items()
        if some.now
    }
    return {anchor: some for anchor, some in left.items() if some}


def _numbers(element: etree._Element) -> set[str]:
    """The numbers that stand in an element or are struck out there; editors cut text as they like."""
    shown, struck = ([text.text or "" for text in element.iter(qn(tag))] for tag in ("t", "delText"))
    return {number for text in ("".join(shown), "".join(struck), *shown, *struck) for number in _NUMBER.findall(text)}


def is_ours(slot: Slot, numbers: Mapping[str, Numbering]) -> bool:
    """True for a mark that says a number which we gave its entry: nobody wrote over it."""
    some = numbers.get(slot.id) if slot.kind == "mark" else None
    return some is not None and slot.text.strip("[] ") in some.known


def now(slot: Slot, numbers: Mapping[str, Numbering]) -> str | None:
    """What a mark of ours says now; None for anything else, and where its entry is no longer made."""
    number = numbers[slot.id].now if is_ours(slot, numbers) else ""
    return _NUMBER.sub(number, slot.text, count=1) if number else None


def relabelled(line: Line, entries: Sequence[Numbering]) -> list[tuple[int, int, str]]:
    """Labels in a line and what they say now; `entries` in our order. Entries that somebody joined have several."""
    left = [entry for entry in entries if entry.now]
    out: list[tuple[int, int, str]] = []
    for found in _LABEL.finditer(line.text):
        # In order: the number that one entry has now may be the one that the next had before.
        entry = next((entry for entry in left if found[1] in entry.known), None)
        if entry is not None:
            left.remove(entry)
            out.append((*found.span(), f"[{entry.now}]"))
    return out


def keys(line: Line, tokens: Sequence[Hashable], known: Container[str]) -> list[Hashable]:
    """The comparable tokens of a line, those of its label the same whatever its number, where that is `known`.

    A ； that ends no sentence is another token than one that does.
    """
    said = label(line)
    length = len(f"[{said}]") if said and said in known else 0
    places = zip(line.tokens, tokens, strict=True)
    found = [("label", number) if token.end <= length else key for number, (token, key) in enumerate(places)]
    return [("；", "") if key == "；" and not divides(line.tokens, at) else key for at, key in enumerate(found)]


def place(line: Line, start: int, end: int) -> tuple[int, int]:
    """Where the number itself stands in the label or mark [start, end)."""
    found = _NUMBER.search(line.text, start, end)
    return found.span() if found else (start, end)


def unlabelled(line: Line) -> str:
    """The text of a line without the labels of entries of the evidence in it."""
    return _LABEL.sub("", line.text)


def neutral(line: Line) -> str:
    """The text of a line without the numbers of the evidence in it."""
    text = line.text
    for slot in reversed([slot for slot in line.slots if slot.kind == "mark"]):
        text = text[: slot.start] + _NUMBER.sub("#", slot.text) + text[slot.end :]
    return _LABEL.sub("[#]", text)


def untouched(ours: Line, theirs: Line) -> bool:
    """True for a paragraph that says what we wrote, whatever the numbers of its evidence."""
    return theirs.text == ours.text or neutral(theirs) == neutral(ours)
