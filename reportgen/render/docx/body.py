"""The body of a Word briefing: blocks in order, sections, page breaks, table of contents.

Gives the markup of the children of w:body. Word's own needs are met here: a paragraph between two tables and after
the last one, and section breaks that hang on a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.house import House
from reportgen.model import (
    Block,
    Briefing,
    Cards,
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Title,
)
from reportgen.render.docx import blocks as running
from reportgen.render.docx.cards import cards
from reportgen.render.docx.markup import w
from reportgen.render.docx.page import evidence_groups, section, with_section
from reportgen.render.docx.pages import pages_of
from reportgen.render.docx.table import table
from reportgen.render.docx.text import Writer

CONTENTS_FROM = 4
"""A briefing with at least this many first-level headings gets a table of contents."""


def anchors_of(briefing: Briefing) -> frozenset[str]:
    """Every anchor that a link of this briefing may point to."""
    names = set()
    for block in briefing.blocks:
        if isinstance(block, Heading | Table | Picture):
            names.add(block.anchor)
        elif isinstance(block, Evidence):
            names.update(entry.anchor for entry in block.entries)
    return frozenset(names - {""})


def body(writer: Writer, briefing: Briefing, pages: Mapping[str, int]) -> list[str]:
    """The children of w:body."""
    blocks = _with_anchors(briefing.blocks)
    writer.anchors.targets |= {block.anchor for block in blocks if isinstance(block, Heading)}
    flow = _Flow(writer)
    groups = dict(evidence_groups(blocks))
    contents = _contents(blocks, pages, writer.house)
    place = _contents_place(blocks) if len(contents) >= CONTENTS_FROM else -1
    position = 0
    while position < len(blocks):
        if position == place:
            flow.add(running.table_of_contents(writer, contents))
        if position in groups:
            flow.evidence([block for block in blocks[position : groups[position]] if isinstance(block, Evidence)])
            position = groups[position]
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        flow.block(blocks[position], following)
        position += 1
    return flow.finish()


def _with_anchors(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Headings without an anchor get one, so that the table of contents can link to them."""
    return tuple(
        replace(block, anchor=f"heading-{number}") if isinstance(block, Heading) and not block.anchor else block
        for number, block in enumerate(blocks)
    )


def _contents(blocks: tuple[Block, ...], pages: Mapping[str, int], house: House) -> list[tuple[int, str, str, int]]:
    """Level, text, anchor and page of each first-level heading; a page that nobody gave is estimated."""
    heads = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    place = _contents_place(blocks)
    guessed = pages_of(blocks, house, contents_at=place, contents_lines=len(heads))
    return [(1, block.text, block.anchor, pages.get(block.anchor, guessed[block.anchor])) for block in heads]


def _contents_place(blocks: tuple[Block, ...]) -> int:
    """At the top of the second page: behind the first page break; without one before the first heading."""
    for number, block in enumerate(blocks):
        if isinstance(block, PageBreak) and number + 1 < len(blocks):
            return number + 1
    return next((number for number, block in enumerate(blocks) if isinstance(block, Heading)), -1)


class _Flow:
    """Collects body elements and inserts what Word needs between them."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._out: list[str] = []
        self._break = False
        self._sections = 0

    def add(self, elements: list[str]) -> None:
        for element in elements:
            if element.startswith("<w:tbl>") and (self._break or (self._out and self._out[-1].startswith("<w:tbl>"))):
                self._append(self._gap("窄间隔" if self._break else "间隔"))
            self._append(element)

    def _append(self, element: str) -> None:
        if self._break:
            element = element.replace("</w:pPr>", w("pageBreakBefore") + "</w:pPr>", 1)
            element = _ordered(element)
            self._break = False
        self._out.append(element)

    def _gap(self, style: str) -> str:
        return w("p", w("pPr", w("pStyle", val=self._writer.template.style(style))))

    def block(self, block: Block, following: Block | None = None) -> None:
        """One block; text before a table stays on the page where the table begins."""
        writer = self._writer
        match block:
            case Masthead():
                self.add(running.masthead(writer, block))
            case Title():
                self.add(running.title(writer, block))
            case KeyPoints():
                self.add(running.key_points(writer, block))
            case Cards():
                if self._out and not self._out[-1].startswith("<w:tbl>") and not self._break:
                    self._append(self._gap("间隔"))
                self.add(cards(writer, block))
            case Heading():
                self.add(running.heading(writer, block))
            case Paragraph():
                self.add(running.paragraph(writer, block, keep=isinstance(following, Table)))
            case Table():
                self.add(table(writer, block))
            case Picture():
                self.add(running.picture(writer, block))
            case EndBlock():
                self.add(running.end_block(writer, block))
            case PageBreak():
                self._break = bool(self._out)
            case Evidence():
                self.evidence([block])

    def evidence(self, group: list[Evidence]) -> None:
        """Evidence in two columns; the line of a lone document stands above them over the full width."""
        parts = [running.evidence(self._writer, block) for block in group]
        entries = [element for heads, sentences in parts for element in heads + sentences]
        if len(parts) == 1 and parts[0][1]:
            self.add(parts[0][0])
            entries = parts[0][1]
        if not entries:
            return
        self._close_section(1)
        self.add(entries)
        self._close_section(2)

    def _close_section(self, columns: int) -> None:
        if not self._out:
            return
        # On a paragraph of its own: text can then be added or removed at the section's end without touching the break.
        self._append(self._gap("窄间隔"))
        first = self._sections == 0
        properties = section(self._writer.house, first=first, continuous=not first, columns=columns)
        self._out[-1] = with_section(self._out[-1], properties)
        self._sections += 1

    def finish(self) -> list[str]:
        """The elements with the last section's properties at the end."""
        if not self._out or self._out[-1].startswith("<w:tbl>") or "<w:sectPr>" in self._out[-1]:
            self._append(self._gap("窄间隔"))
        first = self._sections == 0
        return [*self._out, section(self._writer.house, first=first, continuous=not first)]


def _ordered(paragraph: str) -> str:
    """pageBreakBefore in its place in pPr: after the style, keepNext and keepLines, before anything else."""
    mark = w("pageBreakBefore")
    head, _, rest = paragraph.partition("<w:pPr>")
    inner, _, tail = rest.partition("</w:pPr>")
    inner = inner.replace(mark, "")
    end = inner.find("/>") + 2
    while inner.startswith(("<w:keepNext/>", "<w:keepLines/>"), end):
        end = inner.find("/>", end) + 2
    return f"{head}<w:pPr>{inner[:end]}{mark}{inner[end:]}</w:pPr>{tail}"
