"""What must hold after every merge of a draft, and for that what a Word file says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from reportgen.drafts import FigureChange, merge
from reportgen.drafts.document import Draft, open_draft, paragraphs
from reportgen.drafts.lines import AUTHOR, Line, read_line
from reportgen.drafts.settle import settled
from reportgen.ooxml import qn

DATE = "2023-09-13"
_NUMBER = re.compile(r"[0-9]+-[0-9]+")
_END = re.compile(r"[。！？\n]|(?<=\])；")
_STAYS = re.compile("原[表行]保留")
_DIGITS = re.compile(r"[0-9.,]+")
_LABEL = re.compile(r"\[[0-9]+-[0-9]+\](?=\t)")


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


def proposed(data: bytes) -> set[str]:
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
    kept = [_NUMBER.sub("#", conflict.theirs) for conflict in result.report.conflicts if _STAYS.search(conflict.new)]
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
            first = max((end.end() for end in _END.finditer(line.text, 0, slot.start)), default=0)
            end = _END.search(line.text, slot.end)
            sentence = text[first : end.end() if end else None]
            found.append((slot.id, slot.text, re.sub(r"#+|\s", "#", sentence).replace("##", "#")))
    return found


def _doubled(data: bytes, kept: Collection[str]) -> Counter[str]:
    """What tables and rows of ours say that stand behind one that a person edited, which stays as it is.

    Such a table is new as a whole, rows and all, and stands right behind one whose comment says so, as does such a row:
    `kept` are the first words of those, with # for numbers. Nothing else may say again what a person took out.
    """
    draft, found = open_draft(data, where="test"), Counter[str]()
    whole = {table for table in draft.root.iter(qn("tbl")) if all(map(_is_new, table.findall(qn("tr"))))}
    for row in (row for row in draft.root.iter(qn("tr")) if _is_new(row) and row.getparent() not in whole):
        before = row.getprevious()
        lines = [line for line in draft.lines if before is not None and before in line.element.iterancestors()]
        if any(_NUMBER.sub("#", line.text) in kept for line in lines):
            found.update(_unnumbered(line) for line in draft.lines if row in line.element.iterancestors())
    for table in whole:
        before = next(table.itersiblings(qn("tbl"), preceding=True), None)
        between = 0 if before is None else before.getparent().index(table) - before.getparent().index(before) - 1
        if before is None or between > 1:
            continue
        if any(_NUMBER.sub("#", line.text) in kept for line in draft.lines if before in line.element.iterancestors()):
            found.update(_unnumbered(line) for line in draft.lines if table in line.element.iterancestors())
    return found


def _is_new(row: etree._Element) -> bool:
    mark = row.find(f"{qn('trPr')}/{qn('ins')}")
    return mark is not None and mark.get(qn("author")) == AUTHOR


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
