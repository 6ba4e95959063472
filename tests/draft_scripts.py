"""Random stories of a Word draft as data: who edited what, what the sources did, which answers were given, then merges.

A story is a list of steps such as `type_word 4711`; each draws its chances from its own number, so that a step can be
left out without changing the others: a broken promise is cut down to the steps that it takes.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from draft_edits import EDITS, NothingError, Person
from draft_promises import cells, check, proposed, said, texts
from draft_updates import UPDATES, Sources

from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import AUTHOR
from reportgen.drafts.settle import settled
from reportgen.model import Block
from reportgen.ooxml import serialise, write_package

OFFICE = "office"
_EDITS: dict[str, Callable[[Person], None]] = {edit.__name__: edit for edit in EDITS}
_UPDATES: dict[str, Callable[[Sources], None]] = {f"new_{update.__name__}": update for update in UPDATES}
_ANSWERS = ("accept", "reject")
_TAKES_OUT = ("delete_paragraph", "delete_section")


@dataclass(frozen=True, slots=True)
class Sample:
    """A briefing: its blocks and how they become a Word file; `issues` are its blocks from other source documents."""

    blocks: tuple[Block, ...]
    word: Callable[[tuple[Block, ...]], bytes]
    issues: tuple[tuple[Block, ...], ...] = ()


@dataclass(slots=True)
class Desk:
    """What a story has come to: our last version, the draft, what must not get lost, what the sources say now."""

    old: bytes
    theirs: bytes
    sources: Sources
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)
    """Running text of ours that a person rejected or took out."""
    copied: set[str] = field(default_factory=set)
    """Running text that a person copied: without its links a copy is the person's own."""
    done: Counter[str] = field(default_factory=Counter)


def story(seed: int, *, issues: int = 0, office: bool = False) -> list[str]:
    """The steps of a seed: two or three rounds of edits, news and a merge, answers in between."""
    chance = random.Random(seed)
    edits = [edit.__name__ for edit in EDITS]
    updates = [f"new_{update.__name__}" for update in UPDATES] + ["new_issue"] * (issues and 3)
    steps: list[str] = []
    for _ in range(chance.choice((2, 2, 3))):
        steps += [f"{chance.choice(edits)} {chance.randrange(10**6)}" for _ in range(chance.randint(0, 8))]
        if office and chance.random() < 0.5:
            steps.append(f"{OFFICE} 0")
        steps += [f"{chance.choice(updates)} {chance.randrange(10**6)}" for _ in range(chance.randint(0, 3))]
        steps.append("merge 0")
        if chance.random() < 0.6:
            steps.append(f"{chance.choice(_ANSWERS)} 0")
    return steps


def play(
    sample: Sample,
    steps: Sequence[str],
    *,
    office: Callable[[bytes], bytes] = bytes,
    audit: Callable[[bytes, bytes], None] | None = None,
) -> Counter[str]:
    """Every step in order, every promise checked after each merge. Raises AssertionError for a broken one.

    `office` saves a file as LibreOffice does; `audit` is given the draft before and after each merge.
    """
    base = sample.word(sample.blocks)
    desk = Desk(base, base, Sources(random.Random(0), sample.blocks))
    for step in steps:
        name, number = step.split()
        chance = random.Random(int(number))
        try:
            if name in _EDITS:
                _edit(desk, chance, _EDITS[name])
            elif name in _UPDATES:
                desk.sources.chance = chance
                _UPDATES[name](desk.sources)
                desk.done["updates"] += 1
            elif name == "new_issue":
                desk.sources.blocks = list(chance.choice(sample.issues or (sample.blocks,)))
                desk.done["updates"] += 1
            elif name in _ANSWERS:
                before = desk.theirs
                desk.theirs = answered(desk.theirs, accept=name == "accept")
                desk.declined |= proposed(before) - set(said(desk.theirs).running)
                desk.done["answers"] += 1
            elif name == OFFICE:
                desk.theirs = office(desk.theirs)
                desk.done["saved by LibreOffice"] += 1
            elif not _merge(desk, sample, audit):
                break
        except NothingError:
            continue
    return desk.done


def untouched(sample: Sample, seed: int) -> None:
    """A draft that nobody edited, with all changes accepted, is the new version."""
    chance = random.Random(seed)
    sources = Sources(chance, sample.blocks)
    for _ in range(chance.randint(1, 6)):
        chance.choice(UPDATES)(sources)
    base, new = sample.word(sample.blocks), sample.word(tuple(sources.blocks))
    data, reason = check(base, [], base, new)
    assert data is not None, reason
    assert texts(data, accept=True) == texts(new, accept=True), "accepted, an unedited draft is not the new version"
    assert cells(data) == cells(new), "accepted, something stands in other cells than in the new version"


def _edit(desk: Desk, chance: random.Random, edit: Callable[[Person], None]) -> None:
    person = Person(desk.theirs, chance)
    person.words, person.notes = desk.words, desk.notes
    edit(person)
    before, desk.theirs = desk.theirs, person.data()
    if edit.__name__ in _TAKES_OUT:
        left = said(desk.theirs)
        desk.declined |= {text for text in said(before).running if text in said(desk.old).running} - set(left.running)
    if edit.__name__ == "copy_paragraph":
        desk.copied |= set(Counter(said(desk.theirs).running) - Counter(said(before).running))
    desk.done["edits"] += 1


def _merge(desk: Desk, sample: Sample, audit: Callable[[bytes, bytes], None] | None) -> bool:
    new = sample.word(tuple(desk.sources.blocks))
    data, reason = check(
        desk.theirs,
        desk.words,
        desk.old,
        new,
        notes=desk.notes,
        declined=desk.declined,
        copied=desk.copied,
    )
    if data is None:
        desk.done[f"refused: {re.sub('[(（0-9].*', '', reason).strip()}"] += 1
        return False
    if audit is not None:
        audit(desk.theirs, data)
        desk.done["audited"] += 1
    desk.done.update(merges=1, words=len(desk.words), figures=len(said(data).figures))
    desk.old, desk.theirs = new, data
    return True


def answered(data: bytes, *, accept: bool) -> bytes:
    """The file with all changes of ours accepted or rejected."""
    draft = open_draft(data, where="")
    root = settled(draft.root, accept=accept, author=AUTHOR)
    return write_package(draft.parts | {"word/document.xml": serialise(root)})


def reduced(steps: Sequence[str], broken: Callable[[Sequence[str]], str]) -> list[str]:
    """The fewest steps, leaving out one after another, for which `broken` still says the same."""
    left, wanted = list(steps), broken(steps)
    size = max(len(left) // 2, 1)
    while wanted:
        place, shrunk = 0, False
        while place < len(left):
            fewer = left[:place] + left[place + size :]
            if broken(fewer) == wanted:
                left, shrunk = fewer, True
            else:
                place += size
        if size == 1 and not shrunk:
            break
        size = max(size // 2, 1)
    return left
