"""Three versions of one paragraph: which words to put where. Pure: tokens in, edits out, no XML.

A sentence ends at 。 and behind the evidence mark of another source sentence; 接待10万人次；分别增长5%和6% is one.
Sentences that only we changed are replaced, sentences that only the person changed stay, sentences that both changed
stay and become a conflict. A linked figure counts as the same word whatever its value; values are settled apart.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.drafts.lines import Slot, Token

_ENDS = frozenset("。；！？\n")
_VALUE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_UNIT = re.compile(r"^[^0-9]*[0-9.,]+\s*[十百千万亿]*([%‰]|[^\W\d_])")
_MARKS = re.compile(r"\0+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the edited file's tokens [start, end) by the new file's tokens [new_start, new_end)."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits in order, and conflicts: new words that cannot be put in because the person changed that place."""

    edits: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]


Keys = Sequence[Hashable]


def divides(tokens: Sequence[Token], index: int) -> bool:
    """Whether a ； ends a sentence: behind a mark begins what another source sentence says."""
    before = tokens[index - 1].slot if index else None
    return before is not None and before.kind == "mark"


def plan(base: Keys, theirs: Keys, new: Keys) -> Plan:
    """The three-way merge of comparable tokens."""
    b, t, n = _sentences(base), _sentences(theirs), _sentences(new)
    kept = _pairs([base[i:j] for i, j in b], [theirs[i:j] for i, j in t])
    stays = _pairs([base[i:j] for i, j in b], [new[i:j] for i, j in n])
    edits: list[Edit] = []
    conflicts: list[Edit] = []
    for x, y, z in _regions((len(b), len(t), len(n)), kept, stays):
        ours, their, newer = _tokens(base, b, x), _tokens(theirs, t, y), _tokens(new, n, z)
        whole = Edit(_at(t, y.start), _at(t, y.stop), _at(n, z.start), _at(n, z.stop))
        if ours == newer or their == newer:
            continue
        if ours == their:
            edits.extend(_words(their, newer, whole.start, whole.new_start))
        else:
            conflicts.append(whole)
    return Plan(tuple(edits), tuple(conflicts))


def _regions(
    counts: tuple[int, int, int], kept: dict[int, int], stays: dict[int, int]
) -> Iterator[tuple[range, range, range]]:
    """Which sentences of the three versions to hold against each other: what lies between those that all three have.

    Where that is as many in each, it is taken sentence by sentence: a person may have changed one, we the next.
    """
    i = j = k = 0
    for stop in [*(index for index in range(counts[0]) if index in kept and index in stays), None]:
        ends = counts if stop is None else (stop, kept[stop], stays[stop])
        b, t, n = range(i, ends[0]), range(j, ends[1]), range(k, ends[2])
        side_by_side = list(zip(b, t, n, strict=False))
        if len(b) == len(t) == len(n) and all(kept.get(x, y) == y and stays.get(x, z) == z for x, y, z in side_by_side):
            yield from ((range(x, x + 1), range(y, y + 1), range(z, z + 1)) for x, y, z in side_by_side)
        else:
            yield b, t, n
        i, j, k = (end + 1 for end in ends)


def _tokens(tokens: Keys, sentences: Sequence[tuple[int, int]], part: range) -> list[Hashable]:
    return [token for start, end in sentences[part.start : part.stop] for token in tokens[start:end]]


def _at(sentences: Sequence[tuple[int, int]], index: int) -> int:
    if index < len(sentences):
        return sentences[index][0]
    return sentences[-1][1] if sentences else 0


def _sentences(tokens: Keys) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for index, token in enumerate(tokens):
        if token in _ENDS:
            spans.append((start, index + 1))
            start = index + 1
    if start < len(tokens):
        spans.append((start, len(tokens)))
    return spans


def _pairs(one: Sequence[Keys], two: Sequence[Keys]) -> dict[int, int]:
    matcher = SequenceMatcher(None, [tuple(x) for x in one], [tuple(x) for x in two], autojunk=False)
    return {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}


def _words(old: Keys, new: Keys, at: int, new_at: int) -> list[Edit]:
    """Token edits inside a sentence; crumbs of one or two equal characters between edits are not kept apart."""
    codes = SequenceMatcher(None, list(old), list(new), autojunk=False).get_opcodes()
    edits: list[Edit] = []
    for tag, a, b, c, d in codes:
        if tag == "equal":
            continue
        last = edits[-1] if edits else None
        gap = old[last.end - at : a] if last else ()
        if last and len(gap) <= 2 and all(isinstance(token, str) for token in gap):
            edits[-1] = Edit(last.start, at + b, last.new_start, new_at + d)
        else:
            edits.append(Edit(at + a, at + b, new_at + c, new_at + d))
    return edits


def pair_slots(base: Sequence[Token], new: Sequence[Token], same: dict[str, str]) -> list[tuple[Slot, Slot]]:
    """Which linked place of our old paragraph is which of the new one.

    That is the same figure, or the same entry of the evidence, printed in the same unit; else what stands at the same
    place of a sentence that says the same but for its values. In other words at the same place stands another figure,
    which must never come into a sentence that a person rewrote. `same` maps old mark targets to new ones.
    """
    newer = [(index, token.slot) for index, token in enumerate(new) if token.slot]
    pairs: list[tuple[Slot, Slot]] = []
    for index, slot in ((index, token.slot) for index, token in enumerate(base) if token.slot):
        wanted = same.get(slot.id) if slot.kind == "mark" else slot.id
        alike = (s for s in newer if s[1].kind == slot.kind and s[1].id == wanted)
        found = next((s for s in alike if slot.kind == "mark" or _unit(base, index) == _unit(new, s[0])), None)
        if found:
            pairs.append((slot, found[1]))
            newer.remove(found)
    done = {id(slot) for pair in pairs for slot in pair}
    ours, theirs = (
        [tokens[i:j] for i, j in _sentences([_end(tokens, index) for index in range(len(tokens))])]
        for tokens in (base, new)
    )
    for one, other in _pairs(list(map(_shape, ours)), list(map(_shape, theirs))).items():
        for kind in ("figure", "mark"):
            left, right = (
                [t.slot for t in some if t.slot and t.slot.kind == kind] for some in (ours[one], theirs[other])
            )
            if len(left) == len(right):
                free = zip(left, right, strict=True)
                pairs.extend(pair for pair in free if id(pair[0]) not in done and id(pair[1]) not in done)
    return pairs


def _end(tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    return "" if token.slot is not None or (token.text == "；" and not divides(tokens, index)) else token.text


def _shape(tokens: Sequence[Token]) -> str:
    """What a sentence says but for the values of its figures and the numbers of its evidence."""
    said = "".join(
        token.text if token.slot is None else _VALUE.sub("#", token.text) if token.slot.kind == "figure" else "\0"
        for token in tokens
    )
    return _BLANKS.sub("", _MARKS.sub("\0", said))


def _unit(tokens: Sequence[Token], index: int) -> str:
    """The first letter or sign of the unit in which the figure at `index` is printed; of 万元 and 亿元 it is 元."""
    following = tokens[index + 1 : index + 3]
    found = _UNIT.search(tokens[index].text + "".join(token.text for token in following if token.slot is None))
    return found[1] if found else ""
