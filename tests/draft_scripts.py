"""Random stories of a Word draft as data: who edited what, what the sources did, which answers were given, then merges.

A story is a list of steps such as `type_word 4711`; each draws its chances from its own number, so that a step can be
left out without changing the others: a broken promise is cut down to the steps that it takes.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from draft_edits import EDITS, NothingError, Person
from draft_updates import UPDATES, Sources
from lxml import etree

from reportgen.drafts import FigureChange, merge
from reportgen.drafts.document import Draft, open_draft, paragraphs
from reportgen.drafts.lines import AUTHOR, Line, read_line
from reportgen.drafts.settle import settled
from reportgen.model import Block
from reportgen.ooxml import qn, serialise, write_package

DATE = "2023-09-13"
OFFICE = "office"
_EDITS: dict[str, Callable[[Person], None]] = {edit.__name__: edit for edit in EDITS}
_UPDATES: dict[str, Callable[[Sources], None]] = {f"new_{update.__name__}": update for update in UPDATES}
_ANSWERS = ("accept", "reject")
_TAKES_OUT = ("delete_paragraph", "delete_section")
_NUMBER = re.compile(r"[0-9]+-[0-9]+")
_DIGITS = re.compile(r"[0-9.,]+")
_LABEL = re.compile(r"\[[0-9]+-[0-9]+\](?=\t)")


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
                desk.declined |= _proposed(before) - set(said(desk.theirs).running)
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: with all changes accepted, with ours rejected, its linked figures (bookmark -> text)."""

    accepted: tuple[str, ...]
    words: tuple[str, ...]
    """`accepted` without the numbers of the evidence."""
    rejected: tuple[str, ...]
    running: tuple[str, ...]
    """The running text in `accepted`, without the numbers of the evidence, so that its words tell it apart."""
    figures: Mapping[str, str]
    notes: str
    astray: frozenset[str]
    """Evidence marks that say another number than the entry to which they lead."""


@lru_cache(maxsize=8)
def said(data: bytes) -> Said:
    """The file, read once."""
    draft = open_draft(data, where="test")
    slots = [slot for line in draft.lines for slot in line.slots if slot.kind == "figure" and slot.name]
    authors = {change.get(qn("author")) for change in draft.root.iter(qn("ins"), qn("del"))}
    shown = [line for line in draft.lines if line.text]
    accepted = _settled_lines(draft, accept=True) if authors else shown
    rejected = _settled_lines(draft, accept=False, author=AUTHOR) if AUTHOR in authors else shown
    notes = "".join(part.decode() for name, part in draft.parts.items() if name.startswith("word/comments"))
    # Paragraph by paragraph: one that is struck out takes its bookmarks with it. Two entries that somebody joined
    # have both numbers.
    labels = {anchor: _LABEL.findall(line.text) for line in draft.lines for anchor in line.anchors}
    numbers = {anchor: found for anchor, found in labels.items() if found}
    marks = [slot for line in draft.lines for slot in line.slots if slot.kind == "mark" and slot.id in numbers]
    return Said(
        tuple(line.text for line in accepted),
        tuple(map(_unnumbered, accepted)),
        tuple(line.text for line in rejected),
        tuple(_unnumbered(line) for line in accepted if _running(draft, line)),
        {slot.name: slot.text for slot in slots},
        notes,
        frozenset(slot.text for slot in marks if f"[{slot.text.strip('[] ')}]" not in numbers[slot.id]),
    )


def _running(draft: Draft, line: Line) -> bool:
    return draft.style_name(line) == "body text" and len(line.text) > 12


def _proposed(data: bytes) -> set[str]:
    """Running text that came as a whole as a change of ours which nobody answered or edited yet."""
    draft = open_draft(data, where="test")
    return {
        _unnumbered(line)
        for line in draft.lines
        if _running(draft, line) and all(_of_ours(atom.run) for atom in line.atoms)
    }


def _of_ours(run: etree._Element) -> bool:
    change = next(run.iterancestors(qn("ins")), None)
    return change is not None and change.get(qn("author")) == AUTHOR


def _unnumbered(line: Line) -> str:
    """What a line says, but for the numbers of its evidence marks and of an entry itself."""
    text = line.text
    for slot in reversed([slot for slot in line.slots if slot.kind == "mark"]):
        text = text[: slot.start] + _NUMBER.sub("#", slot.text) + text[slot.end :]
    return _LABEL.sub("[#]", text)


def _settled_lines(draft: Draft, *, accept: bool, author: str | None = None) -> list[Line]:
    root = settled(draft.root, accept=accept, author=author)
    lines = [read_line(paragraph, draft.media) for paragraph in paragraphs(root)]
    return [line for line in lines if line.text and not draft.style_name(line).startswith("toc ")]


def texts(data: bytes, *, accept: bool, author: str | None = None) -> list[str]:
    """What a file says with all changes, or those of one author, accepted or rejected; without its contents list."""
    return [line.text for line in _settled_lines(open_draft(data, where="test"), accept=accept, author=author)]


def cells(data: bytes) -> list[list[list[str]]]:
    """What stands in each cell of each row of each table that says something, with all changes accepted."""
    draft = open_draft(data, where="test")
    tables = [
        [["\n".join(_texts_in(cell, draft)) for cell in row.findall(qn("tc"))] for row in table.findall(qn("tr"))]
        for table in settled(draft.root, accept=True).iter(qn("tbl"))
    ]
    return [table for table in tables if any(map(any, table))]


def _texts_in(cell: etree._Element, draft: Draft) -> list[str]:
    lines = (read_line(paragraph, draft.media) for paragraph in paragraphs(cell))
    return [line.text for line in lines if line.text]


def check(
    theirs: bytes,
    words: Sequence[str],
    old: bytes,
    new: bytes,
    *,
    notes: Sequence[str] = (),
    declined: Collection[str] = (),
    copied: Collection[str] = (),
) -> tuple[bytes | None, str]:
    """Merges and proves the promises; gives the merged file, or None and the reason why merging was refused.

    `declined` is running text of ours that a person rejected, or took out, some time before, `copied` what one copied.
    """
    result = merge(old, theirs, new, date=DATE)
    if result.data is None:
        assert "our fault" not in result.reason, result.reason
        return None, result.reason
    before, after = said(theirs), said(result.data)
    there, now = "\n".join(before.accepted), "\n".join(after.accepted)
    assert [word for word in words if word in there and word not in now] == [], "words of a person are lost"
    assert [note for note in notes if note in before.notes and note not in after.notes] == [], "a comment is lost"
    assert after.rejected == before.rejected, "with our changes rejected the draft says something else"
    assert after.astray <= before.astray, f"marks lead elsewhere: {sorted(after.astray - before.astray)[:3]}"
    assert merge(new, result.data, new, date=DATE).data == result.data, "a second merge changes something"
    _values(said(old), before, said(new), after)
    _meanings(old, new, result.report.figures)
    kept = [_NUMBER.sub("#", conflict.theirs) for conflict in result.report.conflicts if "原表保留" in conflict.new]
    doubled = _doubled(result.data, kept) if kept else Counter[str]()
    _settled_paragraphs(said(old), before, said(new), after, doubled=doubled)
    again = [text for text in declined if text in after.running and text not in before.running]
    assert not again, f"proposed once more: {again[0]}"
    ours = [text for text in _untouched(said(old), before) if text not in copied]
    stale = [text for text in ours if text not in said(new).running and text in after.running]
    assert not stale, f"nobody touched it, yet it is not what the new version says: {stale[0]}"
    return result.data, ""


def _untouched(old: Said, theirs: Said) -> list[str]:
    """Running text of ours that stands in the draft as we wrote it, once, whatever the numbers of its evidence."""
    ours, edited = Counter(old.running), Counter(theirs.running)
    return [text for text in ours if ours[text] == edited[text] == 1]


def _values(old: Said, theirs: Said, new: Said, merged: Said) -> None:
    """Every linked figure says what the new version says, but for those that a person wrote over."""
    by_hand = {text for name, text in theirs.figures.items() if name in old.figures and text != old.figures[name]}
    for name, text in merged.figures.items():
        if name in new.figures and text not in by_hand:
            assert text == new.figures[name], f"{name} says {text}, the new version {new.figures[name]}"


def _meanings(old: bytes, new: bytes, changes: Sequence[FigureChange]) -> None:
    """A value takes the place of one of the same figure only, or in a sentence of ours that is else the same."""
    before, after = (_sentences_of(open_draft(data, where="test")) for data in (old, new))
    for change in changes:
        homes = [(ident, shape) for ident, text, shape in before if text == change.old]
        fresh = {shape for ident, text, shape in after if (ident, text) == (change.figure_id, change.new)}
        assert any(ident == change.figure_id or shape in fresh for ident, shape in homes), f"another figure: {change}"


def _sentences_of(draft: Draft) -> list[tuple[str, str, str]]:
    """Every linked figure: its id, what is printed, and its sentence with # for each digit of such figures."""
    found: list[tuple[str, str, str]] = []
    for line in draft.lines:
        text = line.text
        for slot in line.slots:
            blank = re.sub("[0-9.,]", "#", slot.text) if slot.kind == "figure" else "#" * len(slot.text)
            text = text[: slot.start] + blank + text[slot.end :]
        for slot in (slot for slot in line.slots if slot.kind == "figure"):
            first = max(line.text.rfind(end, 0, slot.start) for end in "。；！？\n") + 1
            sentence = re.split("[。；！？\n]", text[first:])[0]
            found.append((slot.id, slot.text, re.sub(r"#+|\s", "#", sentence).replace("##", "#")))
    return found


def _doubled(data: bytes, kept: Collection[str]) -> Counter[str]:
    """What the tables of ours say that stand behind an edited one with other columns, which stays as it is.

    Such a table is new as a whole, rows and all, and stands right behind one whose comment says so: `kept` are the
    first words of those, with # for numbers of the evidence. Nothing else may say again what a person took out.
    """
    draft, found = open_draft(data, where="test"), Counter[str]()
    for table in draft.root.iter(qn("tbl")):
        marks = [row.find(f"{qn('trPr')}/{qn('ins')}") for row in table.findall(qn("tr"))]
        before = next(table.itersiblings(qn("tbl"), preceding=True), None)
        between = 0 if before is None else before.getparent().index(table) - before.getparent().index(before) - 1
        if before is None or between > 1 or any(mark is None or mark.get(qn("author")) != AUTHOR for mark in marks):
            continue
        if any(_NUMBER.sub("#", line.text) in kept for line in draft.lines if before in line.element.iterancestors()):
            found.update(_unnumbered(line) for line in draft.lines if table in line.element.iterancestors())
    return found


def _settled_paragraphs(old: Said, theirs: Said, new: Said, merged: Said, *, doubled: Counter[str]) -> None:
    """What a person took out stays out, what nobody touched stays in."""
    ours, edited, news, after = (Counter(version.words) for version in (old, theirs, new, merged))
    for text in (text for text in ours if ours[text] == 1 and len(text) > 12):
        if news[text] < 2 and not edited[text] and not any(text in line for line in edited):
            assert after[text] == doubled[text], f"a paragraph that was taken out is there again: {text}"
        elif edited[text] == 1 and news[text] == 1:
            # A copy of a person's says the same again as soon as its figures have the same values again.
            most = doubled[text] + sum(1 for line in theirs.words if _DIGITS.sub("", line) == _DIGITS.sub("", text))
            assert 1 <= after[text] <= most, f"{after[text]} times there: {text}"


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
