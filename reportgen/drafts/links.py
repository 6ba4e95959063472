"""What every linked place of the edited file is: which figure or mark of the base, and what the new file says there.

A figure is known by its bookmark, failing that by the alias of its control; its new value stands at the same place of
the same sentence in the new file. Nothing is matched by value alone.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from reportgen.drafts.align import Found, in_grid
from reportgen.drafts.document import Draft
from reportgen.drafts.lines import Line, Slot, Token
from reportgen.drafts.numbers import label, untouched
from reportgen.drafts.threeway import pair_slots


@dataclass(slots=True)
class Links:
    """Slots of the three files, tied together."""

    marks: dict[str, str]
    """Link targets: base bookmark -> new bookmark of the same evidence, heading or table."""
    newer: dict[int, Slot] = field(default_factory=dict)
    """id(base slot) -> new slot."""
    older: dict[int, Slot] = field(default_factory=dict)
    """id(new slot) -> base slot."""
    base: dict[int, Slot] = field(default_factory=dict)
    """id(their slot) -> base slot."""
    forms: dict[tuple[str, str], Slot] = field(default_factory=dict)
    """(figure id, printed form) of the base -> what the new file prints there, for figures that lost their place."""

    def current(self, slot: Slot) -> Slot | None:
        """The new slot for a base slot, or None when the new file has none."""
        return self.newer.get(id(slot)) or self.forms.get((slot.id, slot.text))

    def base_key(self, token: Token) -> Hashable:
        """A base token as threeway compares it: a figure is the same word whatever its value."""
        if token.slot is None:
            return (token.text, token.digest) if token.digest else token.text
        return ("slot", id(token.slot))

    def new_key(self, token: Token) -> Hashable:
        """A new token as threeway compares it."""
        if token.slot is None:
            return (token.text, token.digest) if token.digest else token.text
        old = self.older.get(id(token.slot))
        return ("slot", id(old)) if old else ("new", id(token.slot))

    def their_key(self, token: Token) -> Hashable:
        """A token of the edited file; a figure changed by hand is the person's own word."""
        if token.slot is None:
            return (token.text, token.digest) if token.digest else token.text
        old = self.base.get(id(token.slot))
        return ("slot", id(old)) if old and old.text == token.slot.text else ("theirs", id(token.slot))


def relink(base: Draft, theirs: Draft, found: Found) -> None:
    """Gives paragraphs that say word for word what we wrote the linked places that an editor dropped from them."""
    for one, other in found.lines.items():
        old, line = base.lines[one], theirs.lines[other]
        if not untouched(old, line):
            continue
        taken = {place for slot in line.slots for place in range(slot.start, slot.end)}
        there = [(slot, slot.start + _moved(old, line, slot.start)) for slot in old.slots]
        lost = [(slot, start) for slot, start in there if line.text.startswith(slot.text, start)]
        made = [
            Slot(slot.kind, slot.id, "", start, start + len(slot.text), None, slot.text)
            for slot, start in lost
            if taken.isdisjoint(range(start, start + len(slot.text)))
        ]
        if made:
            line.slots += made
            line.slots.sort(key=lambda slot: slot.start)
            line.forget_tokens()


def _moved(ours: Line, theirs: Line, place: int) -> int:
    """By how much a place of ours stands further on in theirs, whose numbers of the evidence may be longer."""
    if ours.text == theirs.text:
        return 0
    marks = ([slot for slot in line.slots if slot.kind == "mark"] for line in (ours, theirs))
    before = (len(other.text) - len(one.text) for one, other in zip(*marks, strict=False) if one.end <= place)
    return len(label(theirs)) - len(label(ours)) + sum(before)


def link(base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: Found) -> Links:
    """Ties the slots of three files together."""
    targets: dict[str, str] = {}
    for one, other in pairs.items():
        targets.update(zip(base.lines[one].anchors, new.lines[other].anchors, strict=False))
    links = Links(targets)
    ambiguous = set()
    for one, other in pairs.items():
        for old, newer in pair_slots(base.lines[one].tokens, new.lines[other].tokens, targets):
            links.newer[id(old)] = newer
            links.older[id(newer)] = old
            if old.kind == "mark" and targets.get(old.id) != newer.id:
                continue  # another entry stands in its place there, which says nothing of other places
            if old.kind == "figure" and old.id != newer.id and old.text != newer.text:
                continue  # nor does another figure, such as that of a later period
            form = (old.id, old.text)
            if links.forms.setdefault(form, newer).text != newer.text:
                ambiguous.add(form)
    for form in ambiguous:
        del links.forms[form]
    _find_theirs(base, theirs, found, links)
    _leave_cells(base, theirs, links)
    return links


def _leave_cells(base: Draft, theirs: Draft, links: Links) -> None:
    """A figure taken from a table into a sentence: the new one of its cell may be of another period, which only the
    other cells say. It follows only where it is the same figure.
    """
    of_cells = {id(slot) for line in base.lines if in_grid(line) for slot in line.slots if slot.kind == "figure"}
    for slot in (slot for line in theirs.lines if not in_grid(line) for slot in line.slots):
        old = links.base.get(id(slot))
        new = links.current(old) if old and id(old) in of_cells else None
        if old and new and new.id != old.id and new.text != old.text:
            del links.base[id(slot)]


def _find_theirs(base: Draft, theirs: Draft, found: Found, links: Links) -> None:
    named = {slot.name: slot for line in base.lines for slot in line.slots if slot.kind == "figure"}
    homes: dict[int, list[Line]] = {}
    for one, other in [*found.lines.items(), *found.joined.items()]:
        homes.setdefault(other, []).append(base.lines[one])
    used: set[int] = set()
    for line in theirs.lines:
        for slot in line.slots:
            old = named.get(slot.name) if slot.kind == "figure" else None
            if old and id(old) not in used:
                used.add(id(old))
                links.base[id(slot)] = old
    everywhere = [slot for line in base.lines for slot in line.slots]
    # Paragraphs of ours first: a copy must not take the places of its original.
    for index, line in sorted(enumerate(theirs.lines), key=lambda place: place[0] not in homes):
        here = [slot for home in homes.get(index, []) for slot in home.slots]
        for slot in line.slots:
            if id(slot) in links.base:
                continue
            # Same id and same text first: a second place of the same figure may print it differently.
            pool = [s for s in here or everywhere if (s.kind, s.id) == (slot.kind, slot.id)]
            free = [s for s in pool if id(s) not in used] or (pool if slot.kind == "mark" or not here else [])
            match = next((s for s in free if s.text == slot.text), free[0] if free and here else None)
            if match:
                used.add(id(match))
                links.base[id(slot)] = match
