"""What the sources do to a briefing while somebody edits its Word draft: random changes of its blocks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from word_sample import BLOCKS, ROWS, actual, mark, s, sector_table

from reportgen.model import (
    Block,
    Card,
    Cards,
    Cell,
    Evidence,
    EvidenceEntry,
    Heading,
    KeyPoints,
    Paragraph,
    Picture,
    Span,
    Spans,
    Table,
)

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MARK = re.compile(r"[0-9]+-[0-9]+")
_LAST = re.compile(r"[0-9]+$")


class Sources:
    """Makes the next version's blocks: other values, other words, more and fewer paragraphs and rows."""

    def __init__(self, chance: random.Random, blocks: Sequence[Block] = BLOCKS) -> None:
        self.chance = chance
        self.blocks: list[Block] = list(blocks)

    def value(self) -> None:
        """One figure has another value wherever it is printed."""
        ids = sorted({span.figure_id for block in self.blocks for span in _spans(block) if _counts(span)})
        if ids:
            figure, number = self.chance.choice(ids), f"{self.chance.randint(2, 99999)}"
            self.blocks = [each(block, lambda span: _valued(span, figure, number)) for block in self.blocks]

    def values(self) -> None:
        """A revised document: many figures have other values."""
        for _ in range(8):
            self.value()

    def identities(self) -> None:
        """A corrected document gives every figure another id."""
        self.blocks = [
            each(block, lambda span: replace(span, figure_id="n" + span.figure_id) if span.figure_id else span)
            for block in self.blocks
        ]

    def words(self) -> None:
        """A sentence says more."""
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Paragraph) and block.look == "body"]
        if places:
            place = self.chance.choice(places)
            spans = list(self.blocks[place].spans)  # type: ignore[union-attr]
            at = self.chance.randint(0, len(spans))
            spans.insert(at, Span(self.chance.choice(("据统计", "全年", "，效果明显。", "比上年多；"))))
            self.blocks[place] = Paragraph(tuple(spans))

    def later(self) -> None:
        """A later document: paragraphs are about another period, in other words, and print other figures."""
        period, words = f"1—{self.chance.randint(2, 12)}月，", "，完成全年任务的"
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Paragraph) and block.look == "body"]
        for place in self.chance.sample(places, min(3, len(places))):
            block = self.blocks[place]
            assert isinstance(block, Paragraph)
            made = [self._later(span, words) for span in block.spans]
            self.blocks[place] = replace(block, spans=(Span(period), *made))
        place = self._table()
        if place is not None:
            self.blocks[place] = each(self.blocks[place], lambda span: self._later(span, words, period))

    def _later(self, span: Span, words: str, period: str = "") -> Span:
        if _counts(span):
            text = _NUMBER.sub(f"{self.chance.randint(2, 99999)}", span.text, count=1)
            return replace(span, text=text, figure_id=f"l{span.figure_id}")
        if span.text.startswith("，"):
            return replace(span, text=words)
        return replace(span, text=period) if period and span.text.endswith("月") else span

    def paragraph(self) -> None:
        """One more paragraph with a figure."""
        number = self.chance.randint(100, 999)
        made = Paragraph(s("新增一段，建成", actual(f"{number}个", f"new-{number}"), "项目", mark("1-12"), "。"))
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Heading | Paragraph)]
        self.blocks.insert(self.chance.choice(places) + 1 if places else 0, made)

    def fewer(self) -> None:
        """A paragraph or a table is no longer made."""
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Paragraph | Table)]
        if places:
            del self.blocks[self.chance.choice(places)]

    def rows(self) -> None:
        """A table loses some rows and gets a new one."""
        place = self._table()
        if place is None:
            return
        table = self.blocks[place]
        assert isinstance(table, Table)
        kept = [row for row in table.rows if self.chance.random() < 0.8] or list(table.rows[:1])
        number = self.chance.randint(100, 999)
        extra = tuple(_row_cell(cell, number) for cell in self.chance.choice(kept))
        kept.insert(self.chance.randint(0, len(kept)), extra)
        self.blocks[place] = replace(table, rows=tuple(kept))

    def columns(self) -> None:
        """A table has a column less."""
        place = self._table()
        table = self.blocks[place] if place is not None else None
        if place is not None and isinstance(table, Table) and len(table.columns) > 3:
            rows = tuple(row[:-1] for row in table.rows)
            self.blocks[place] = replace(table, columns=table.columns[:-1], rows=rows)

    def cards(self) -> None:
        """Other figures are the key ones: a card has another subject, the others stand elsewhere."""
        place = next((i for i, block in enumerate(self.blocks) if isinstance(block, Cards)), None)
        if place is not None:
            block = self.blocks[place]
            assert isinstance(block, Cards)
            first, *rest = block.cards
            number = str(self.chance.randint(100, 999))
            made = replace(first, name=f"新指标{number}", number=number, figure_id=f"c{first.figure_id}")
            order = self.chance.sample([made, *rest], len(block.cards))
            self.blocks[place] = replace(block, cards=tuple(order))

    def section(self) -> None:
        """A new chapter with a table."""
        at = next((i for i, block in enumerate(self.blocks) if isinstance(block, Heading)), len(self.blocks))
        made: list[Block] = [Heading(1, "〇、新章"), Paragraph(s("新章的一段。")), sector_table(ROWS[4:6])]
        self.blocks[at:at] = made

    def evidence(self) -> None:
        """One more source sentence in front: every mark after it gets another number."""
        place = next((i for i, block in enumerate(self.blocks) if isinstance(block, Evidence)), None)
        if place is None:
            return
        old = self.blocks[place]
        assert isinstance(old, Evidence)
        first = EvidenceEntry("1-1", "s-1-1", s("评选出“双争标兵”共20人。"))
        if all(entry.anchor != first.anchor for entry in old.entries):
            self.blocks[place] = replace(old, entries=(first, *old.entries))

    def renumbered(self) -> None:
        """One more source sentence somewhere: the numbers and anchors of those behind it move on, and their marks."""
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Evidence) and block.entries]
        if not places:
            return
        place = self.chance.choice(places)
        old = self.blocks[place]
        assert isinstance(old, Evidence)
        at = self.chance.randrange(len(old.entries))
        moved = {entry.anchor: _next(entry) for entry in old.entries[at:]}
        first = replace(old.entries[at], spans=s(f"又评选出“双争标兵”{self.chance.randint(100, 999)}人。"))

        def follow(span: Span) -> Span:
            return _renumbered(span, moved)

        entries = (*old.entries[:at], first, *moved.values())
        self.blocks[place] = replace(old, entries=entries)
        self.blocks = [_with_sources(each(block, follow), follow) for block in self.blocks]

    def _table(self) -> int | None:
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Table) and block.rows]
        return self.chance.choice(places) if places else None


def _next(entry: EvidenceEntry) -> EvidenceEntry:
    """The entry with the next number, in its anchor too."""
    document, number = entry.number.split("-")
    following = f"{document}-{int(number) + 1}"
    return replace(entry, number=following, anchor=_LAST.sub(lambda last: str(int(last[0]) + 1), entry.anchor))


def _renumbered(span: Span, moved: Mapping[str, EvidenceEntry]) -> Span:
    if span.look != "mark" or span.link not in moved:
        return span
    entry = moved[span.link]
    return replace(span, text=_MARK.sub(entry.number, span.text), link=entry.anchor)


def _with_sources(block: Block, change: Callable[[Span], Span]) -> Block:
    if isinstance(block, Picture | Table):
        return replace(block, sources=tuple(map(change, block.sources)))
    if isinstance(block, Cards):
        return replace(block, cards=tuple(replace(card, mark=change(card.mark)) for card in block.cards))
    return block


def _counts(span: Span) -> bool:
    return bool(span.figure_id) and span.look != "mark" and _NUMBER.search(span.text) is not None


def _valued(span: Span, figure: str, number: str) -> Span:
    if span.figure_id != figure or span.look == "mark":
        return span
    return replace(span, text=_NUMBER.sub(number, span.text, count=1))


def _row_cell(cell: Cell, number: int) -> Cell:
    """The same cell of a row about something else."""

    def other(span: Span) -> Span:
        if span.figure_id:
            return replace(_valued(span, span.figure_id, str(number)), figure_id=f"{span.figure_id}-{number}")
        return span

    return replace(cell, lines=tuple(tuple(map(other, line)) for line in cell.lines))


def _spans(block: Block) -> Iterator[Span]:
    """Every span of a block that may carry a figure."""
    if isinstance(block, Paragraph):
        yield from block.spans
    elif isinstance(block, KeyPoints):
        yield from (span for _, spans in block.points for span in spans)
    elif isinstance(block, Table):
        yield from (span for row in block.rows for cell in row for line in cell.lines for span in line)
    elif isinstance(block, Cards):
        yield from (_number(card) for card in block.cards)


def _number(card: Card) -> Span:
    return Span(card.number, "actual", card.figure_id)


def each(block: Block, change: Callable[[Span], Span]) -> Block:
    """The block with every span changed."""

    def spans(old: Spans) -> Spans:
        return tuple(change(span) for span in old)

    if isinstance(block, Paragraph):
        return replace(block, spans=spans(block.spans))
    if isinstance(block, KeyPoints):
        return replace(block, points=tuple((label, spans(point)) for label, point in block.points))
    if isinstance(block, Table):
        rows = tuple(
            tuple(replace(cell, lines=tuple(spans(line) for line in cell.lines)) for cell in row) for row in block.rows
        )
        return replace(block, rows=rows)
    if isinstance(block, Cards):
        made = []
        for card in block.cards:
            span = change(_number(card))
            made.append(replace(card, number=span.text, figure_id=span.figure_id))
        return replace(block, cards=tuple(made))
    return block


UPDATES: tuple[Callable[[Sources], None], ...] = (
    *(Sources.value, Sources.value, Sources.values, Sources.identities, Sources.words, Sources.paragraph),
    *(Sources.fewer, Sources.rows, Sources.section, Sources.evidence, Sources.columns),
    *(Sources.renumbered, Sources.later, Sources.later, Sources.cards),
)
