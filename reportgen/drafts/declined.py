"""What a person did not want of ours: remembered inside the draft, so that it is not proposed once more.

Running text is known by its words, wherever the next version puts it; a heading by its key; a row, and anything else,
by its key and its words. The numbers of the evidence are no words. Only digests are kept, beside the base copy; where
an editor drops that, what was declined may be proposed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportgen.drafts.align import Found
from reportgen.drafts.document import DECLINED, NUMBERED, Draft
from reportgen.drafts.grids import grids
from reportgen.drafts.lines import Line
from reportgen.drafts.numbers import neutral, untouched
from reportgen.ooxml import parse, serialise

_RUNNING: Final = frozenset({"body text", "list paragraph"})
_TELLING: Final = 12
"""Running text shorter than this may stand in several places and is known by its key too."""


@dataclass(slots=True)
class Memory:
    """What is not to be put in: what was declined, and what stands in the draft already; all by digest."""

    declined: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    """What stands untouched in the draft: it may move, whatever was declined elsewhere."""
    standing: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Lines of paragraphs and rows in the draft that our last version has not, such as one of ours that was kept."""

    def refuses(self, digest: str) -> bool:
        """True for what was declined and nowhere kept."""
        return digest in self.declined and digest not in self.wanted


def recall(base: Draft, theirs: Draft, pairs: dict[int, int], found: Found) -> Memory:
    """What earlier merges noted in the draft, and what the person has taken out or taken over since the last one."""
    declined, wanted = set(theirs.declined), set()
    known = {*found.lines.values(), *found.joined.values()}
    for digest, members in _parts(base):
        there = [index for index in members if index in found.lines or index in found.joined]
        same = [
            index
            for index in members
            if index in found.lines and untouched(base.lines[index], theirs.lines[found.lines[index]])
        ]
        if not there or (len(same) < len(members) and not any(index in pairs for index in members)):
            declined.add(digest)
        elif len(same) == len(members):
            wanted.add(digest)
    apart = ((digest, members) for digest, members in _parts(theirs) if known.isdisjoint(members))
    return Memory(frozenset(declined), frozenset(wanted), {one: some for one, some in apart if one not in wanted})


def kept_names(
    memory: Memory, base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], apart: set[int]
) -> dict[str, str]:
    """Bookmarks in what stands in the draft, and is therefore not put in anew -> their names in the new version.

    That is what a person kept of ours, and what was edited and stands elsewhere now, `apart` from tables with other
    columns: those come anew as a whole.
    """
    known, names = set(pairs.values()), dict[str, str]()
    gone = {digest: some for digest, some in _parts(base) if not any(i in pairs or i in apart for i in some)}
    for digest, members in _parts(new):
        there = [theirs.lines[index] for index in memory.standing.get(digest, ())]
        there = there or [base.lines[index] for index in gone.get(digest, ()) if memory.refuses(digest)]
        for line, old in zip((new.lines[index] for index in members if index not in known), there, strict=False):
            names[old.key] = line.key
            one, two = ([slot for slot in some.slots if slot.kind == "figure"] for some in (old, line))
            if [slot.text for slot in one] == [slot.text for slot in two]:
                names.update({slot.name: fresh.name for slot, fresh in zip(one, two, strict=True)})
    return {old: name for old, name in names.items() if old}


def digests(draft: Draft) -> dict[int, str]:
    """The digest of every paragraph that says something; the lines of one row share theirs."""
    return {index: digest for digest, members in _parts(draft) for index in members}


def noted(content: bytes, memory: Memory, numbered: Mapping[str, Sequence[str]]) -> bytes:
    """The base copy with what was declined, and earlier numbers of the evidence, beside it; unchanged without any."""
    if not memory.declined and not numbered:
        return content
    root = parse(content, where="base copy")
    if memory.declined:
        root.set(DECLINED, " ".join(sorted(memory.declined)))
    if numbered:
        root.set(NUMBERED, " ".join(f"{anchor}={','.join(some)}" for anchor, some in sorted(numbered.items())))
    return serialise(root)


def _parts(draft: Draft) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Digest and lines of every paragraph and of every row with several cells."""
    in_rows: set[int] = set()
    for grid in grids(draft):
        for row in grid.rows:
            members = tuple(index for cell in row for index in cell)
            in_rows.update(members)
            words = "\t".join(neutral(draft.lines[index]) for index in members)
            if words.strip():
                yield _digest(draft.lines[members[0]].key, words), members
    for index, line in enumerate(draft.lines):
        if line.text and index not in in_rows:
            yield _of_line(draft, line), (index,)


def _of_line(draft: Draft, line: Line) -> str:
    style = draft.style_name(line)
    words = neutral(line)
    if style.startswith("heading"):
        return _digest(line.key, "")
    if style in _RUNNING:
        return _digest("" if len(words) >= _TELLING else line.key, words)
    return _digest(line.key, line.skeleton)


def _digest(key: str, words: str) -> str:
    return hashlib.sha256(f"{key}\n{words}".encode()).hexdigest()[:12]
