"""Three versions of one paragraph: which words to put where. Pure: tokens in, edits out, no XML.

Sentences that only we changed are replaced, sentences that only the person changed stay, sentences that both changed
stay and become a conflict. A linked figure counts as the same word whatever its value; values are settled apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.drafts.lines import Slot, Token

_ENDS = frozenset("。；！？\n")


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


def plan(base: Keys, theirs: Keys, new: Keys) -> Plan:
    """The three-way merge of comparable tokens."""
    b, t, n = _sentences(base), _sentences(theirs), _sentences(new)
    kept = _pairs([base[i:j] for i, j in b], [theirs[i:j] for i, j in t])
    stays = _pairs([base[i:j] for i, j in b], [new[i:j] for i, j in n])
    edits: list[Edit] = []
    conflicts: list[Edit] = []
    i = j = k = 0
    for stop in [*(index for index in range(len(b)) if index in kept and index in stays), None]:
        i_end, j_end, k_end = (len(b), len(t), len(n)) if stop is None else (stop, kept[stop], stays[stop])
        ours = [token for x, y in b[i:i_end] for token in base[x:y]]
        their = [token for x, y in t[j:j_end] for token in theirs[x:y]]
        newer = [token for x, y in n[k:k_end] for token in new[x:y]]
        whole = Edit(_at(t, j), _at(t, j_end), _at(n, k), _at(n, k_end))
        if ours == newer or their == newer:
            pass
        elif ours == their:
            edits.extend(_words(their, newer, whole.start, whole.new_start))
        else:
            conflicts.append(whole)
        if stop is not None:
            i, j, k = i_end + 1, j_end + 1, k_end + 1
    return Plan(tuple(edits), tuple(conflicts))


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
    """Which linked place of our old paragraph is which of the new one: by identity, then by its place in the sentence.

    `same` maps old mark targets to new ones.
    """
    ours = [token.slot for token in base if token.slot]
    newer = [token.slot for token in new if token.slot]
    pairs: list[tuple[Slot, Slot]] = []
    for slot in ours:
        wanted = same.get(slot.id) if slot.kind == "mark" else slot.id
        found = next((s for s in newer if s.kind == slot.kind and s.id == wanted), None)
        if found:
            pairs.append((slot, found))
            newer.remove(found)
    done = {id(slot) for pair in pairs for slot in pair}
    one = [_shape(token, done) for token in base]
    two = [_shape(token, done) for token in new]
    for a, b, size in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
        for step in range(size):
            left, right = base[a + step].slot, new[b + step].slot
            if left and right and id(left) not in done and id(right) not in done:
                pairs.append((left, right))
    return pairs


def _shape(token: Token, done: set[int]) -> Hashable:
    if token.slot is None:
        return token.text
    return (token.slot.kind, token.slot.id if id(token.slot) in done else "")
