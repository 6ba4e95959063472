"""Which paragraph is which: base to new by what they say, base to edited by bookmark, then figures, then text.

All answers are index pairs into `Draft.lines`. A paragraph that cannot be found is not guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from reportgen.drafts.document import Draft, ancestor
from reportgen.drafts.grids import by_place, twins, unkeyed
from reportgen.drafts.lines import Line
from reportgen.drafts.numbers import label, unlabelled
from reportgen.ooxml import qn

ALIKE = 0.6
"""Two paragraphs this similar, in order and of one style, are the same paragraph."""
SOMEWHAT = 0.4
"""Enough when the key says so too."""


@dataclass(frozen=True, slots=True)
class Found:
    """Base index -> index in the edited file; `joined` are base paragraphs that now stand inside another's."""

    lines: dict[int, int]
    joined: dict[int, int]


def similarity(one: str, other: str) -> float:
    """0 to 1; identical texts, also empty ones, are 1."""
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def in_grid(line: Line) -> bool:
    """True for a paragraph of a table row with several cells: its key says which, its text does not."""
    row = ancestor(line.element, "tr")
    return row is not None and len(row.findall(qn("tc"))) > 1


def base_to_new(base: Draft, new: Draft) -> dict[int, int]:
    """Base index -> new index, for our own two files."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(one: int, other: int) -> None:
        pairs[one] = other
        taken.add(other)

    left = [index for index, line in enumerate(base.lines) if line.key]
    right = [index for index, line in enumerate(new.lines) if line.key]
    for one, other in twins(base, new).items():
        pair(one, other)
    left = [index for index in left if index not in pairs]
    right = [index for index in right if index not in taken]
    # Over the whole file at once: of two notes that say the same, the one behind the same table is the same. Of two
    # sentences that differ in their values only, it is the one about the same figures.
    for one, other in _in_order(left, right, partial(_about, base), partial(_about, new)):
        pair(one, other)
    left, right = [i for i in left if i not in pairs], [i for i in right if i not in taken]
    for one, other in _in_order(left, right, partial(_signature, base), partial(_signature, new)):
        if _between(pairs, base, one, other):
            pair(one, other)
    by_key = {new.lines[index].key: index for index in right}
    for index in left:
        other_index = by_key.get(base.lines[index].key)
        if index in pairs or other_index is None or other_index in taken:
            continue
        old, newer = base.lines[index], new.lines[other_index]
        same_cell = in_grid(old) and in_grid(newer)
        alike = similarity(old.skeleton, newer.skeleton) >= SOMEWHAT
        if same_cell or (alike and _between(pairs, base, index, other_index)):
            pair(index, other_index)
    for one, other in unkeyed(base, new, pairs, lambda one, other: _between(pairs, base, one, other)).items():
        pair(one, other)
    loose = [index for index in left if index not in pairs and not in_grid(base.lines[index])]
    free = [index for index in right if index not in taken and not in_grid(new.lines[index])]
    _by_likeness(base, new, loose, free, pair, lambda one, other: _between(pairs, base, one, other))
    return _within_tables(base, new, pairs)


def _within_tables(base: Draft, new: Draft, pairs: dict[int, int]) -> dict[int, int]:
    """Without cells that would wander from one table into another: each table has one counterpart at most."""
    homes = {
        one: (ancestor(base.lines[one].element, "tbl"), ancestor(new.lines[two].element, "tbl"))
        for one, two in pairs.items()
        if in_grid(base.lines[one])
    }
    votes = Counter((id(left), id(right)) for left, right in homes.values())
    chosen: dict[int, int] = {}
    for (left, right), _ in votes.most_common():
        if left not in chosen and right not in chosen.values():
            chosen[left] = right
    return {
        one: two for one, two in pairs.items() if one not in homes or chosen.get(id(homes[one][0])) == id(homes[one][1])
    }


def _signature(draft: Draft, index: int) -> str:
    line = draft.lines[index]
    return line.key if in_grid(line) else f"{draft.style_name(line)}\n{line.skeleton}"


def _about(draft: Draft, index: int) -> str:
    """The signature with the figures that the paragraph links to."""
    line = draft.lines[index]
    figures = [slot.id for slot in line.slots if slot.kind == "figure" and not in_grid(line)]
    return "\n".join([_signature(draft, index), *figures])


def _between(pairs: dict[int, int], base: Draft, index: int, other: int) -> bool:
    """True when pairing the two keeps the order of what is paired so far; rows may have been sorted anew."""
    return all((one < index) == (two < other) for one, two in pairs.items() if not in_grid(base.lines[one]))


def base_to_theirs(base: Draft, theirs: Draft) -> Found:
    """Base index -> index in the edited file."""
    pairs: dict[int, int] = {}
    joined: dict[int, int] = {}
    taken: set[int] = set()

    def pair(one: int, other: int) -> None:
        pairs[one] = other
        taken.add(other)

    _by_bookmark(base, theirs, pair, joined)
    left = [i for i, line in enumerate(base.lines) if line.key and i not in pairs and i not in joined]
    right = [i for i, line in enumerate(theirs.lines) if i not in taken and line.text]
    loose = [i for i in left if not in_grid(base.lines[i])]
    for one, other in _in_order(loose, right, lambda i: base.lines[i].text, lambda i: theirs.lines[i].text):
        pair(one, other)
    home = {slot.name: index for index in left for slot in base.lines[index].slots if slot.kind == "figure"}
    for other in right:
        homes = [home[slot.name] for slot in theirs.lines[other].slots if slot.name in home]
        if other not in taken and homes:
            best = max(set(homes), key=homes.count)
            if best not in pairs and similarity(base.lines[best].text, theirs.lines[other].text) >= SOMEWHAT:
                pair(best, other)
    for one, other in unkeyed(base, theirs, pairs | joined).items():
        pair(one, other)
    for one, other in by_place(base, theirs, pairs).items():
        pair(one, other)
    loose = [i for i in loose if i not in pairs]
    _by_likeness(base, theirs, loose, [i for i in right if i not in taken and not in_grid(theirs.lines[i])], pair)
    return Found(pairs, joined)


def _by_bookmark(base: Draft, theirs: Draft, pair: Callable[[int, int], None], joined: dict[int, int]) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(theirs.lines):
        # An entry of the evidence struck out but for its number is known by the bookmark that its marks lead to.
        struck = bool(label(line)) and not unlabelled(line).strip()
        for name in (*line.keys, *(line.anchors if struck else ())):
            places[name].append(index)
    claimed: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(base.lines):
        there = next((places[name] for name in (line.key, *line.anchors) if name in places), None) if line.key else None
        if there:
            text = line.text
            claimed[max(there, key=lambda other: similarity(text, theirs.lines[other].text))].append(index)
    for other, claims in claimed.items():
        # Several keys in one paragraph: somebody joined them; it is the one whose text makes up most of it.
        line = theirs.lines[other]
        first = claims[0] if len(claims) == 1 else max(claims, key=lambda i: similarity(base.lines[i].text, line.text))
        if len(line.keys) > 1 and similarity(base.lines[first].text, line.text) < SOMEWHAT:
            continue  # a bookmark that a rejected paragraph of ours left in the next one
        pair(first, other)
        for index in claims:
            if index != first and _is_in(unlabelled(base.lines[index]), unlabelled(line)):
                joined[index] = other


def _is_in(one: str, whole: str) -> bool:
    """True when most of a text stands in another; a bookmark alone may be left of what was taken out."""
    blocks = SequenceMatcher(None, one, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= SOMEWHAT * len(one)


def _in_order(
    left: Sequence[int], right: Sequence[int], ours: Callable[[int], str], other: Callable[[int], str]
) -> list[tuple[int, int]]:
    """Pairs of equal texts in the same order; empty texts are not evidence."""
    one = [ours(index) for index in left]
    two = [other(index) for index in right]
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return [
        (left[block.a + step], right[block.b + step])
        for block in blocks
        for step in range(block.size)
        if one[block.a + step]
    ]


def _by_likeness(
    base: Draft,
    other: Draft,
    left: Sequence[int],
    right: Sequence[int],
    pair: Callable[[int, int], None],
    allowed: Callable[[int, int], bool] = lambda one, other: True,
) -> None:
    """Similar paragraphs of one style, each time the first that is alike enough after the last one found."""
    start = 0
    for index in left:
        line = base.lines[index]
        for place in range(start, len(right)):
            candidate = other.lines[right[place]]
            same = base.style_name(line) == other.style_name(candidate)
            if not (same and line.text and allowed(index, right[place])):
                continue
            if similarity(line.skeleton, candidate.skeleton) >= ALIKE:
                pair(index, right[place])
                start = place + 1
                break
