"""An edited draft back to a Briefing: their words, our blocks, so that the PDF is set by the same renderer.

What a paragraph is, its style says, as Word shows it. Pictures are the drawings of `base` again, found by content or
number; a picture that a person put in cannot be drawn and is reported. Nothing is added to what the draft says.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from reportgen.drafts.document import Draft, media_of, open_draft, paragraphs
from reportgen.drafts.lines import OBJECT, Line, read_line
from reportgen.drafts.reread_tables import card_table, data_table, key_points, style_name_of
from reportgen.drafts.settle import settled
from reportgen.drafts.spans import OFFICIAL, spans_of, split_at_tab
from reportgen.house import House
from reportgen.model import (
    Block,
    Briefing,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Problem,
    Span,
    Spans,
    Table,
    Title,
)
from reportgen.ooxml import qn, read_package

_CAPTION: Final = re.compile(r"(图|表)\s*([0-9]+)\s*[　 ]*(.*)", re.DOTALL)
_LOOKS: Final = {"表注": "note", "读法": "legend", "list paragraph": "list"}


def draft_to_briefing(
    data: bytes, base: Briefing, house: House, *, drawn: bytes = b"", where: str = "draft"
) -> tuple[Briefing, tuple[Problem, ...]]:
    """The draft as a briefing, every tracked change accepted, and what could not be taken over.

    `base` is the briefing that the draft was last made from: it gives the drawings, file name and metadata; `drawn`
    is its Word file, by which charts that Word draws are known again. Raises
    ReportgenError for a file that is no sound Word file.
    """
    draft = open_draft(data, where=where)
    draft = replace(draft, root=settled(draft.root, accept=True))
    known = frozenset(media_of(read_package(drawn, where="base"), "base").values()) if drawn else frozenset()
    reader = _Reader(draft, base, house, known)
    for item in _items(draft.body):
        reader.take(item)
    blocks = reader.finish()
    title = next((block.text for block in blocks if isinstance(block, Title)), base.title)
    return replace(base, title=title, blocks=blocks), tuple(reader.problems)


def _items(parent: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables of the body in order, out of whatever controls stand around them."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag in {qn("p"), qn("tbl")}:
            found.append(child)
        elif child.tag in {qn("sdt"), qn("sdtContent"), qn("customXml"), qn("smartTag")}:
            found.extend(_items(child))
    return found


@dataclass(frozen=True, slots=True)
class _Caption:
    """A caption that waits for its table or picture."""

    label: str
    number: int
    text: str
    anchor: str
    subline: Spans = ()
    sources: Spans = ()


class _Reader:
    """Turns paragraphs and tables into blocks, one after the other."""

    def __init__(self, draft: Draft, base: Briefing, house: House, known: frozenset[str]) -> None:
        self.draft, self.base, self.house, self.known = draft, base, house, known
        self.problems: list[Problem] = []
        self._blocks: list[Block] = []
        self._head: dict[str, str] = {}
        self._new_page = False
        self._caption: _Caption | None = None
        self._recipients: Spans | None = None
        self._sources: Spans | None = None
        self._entries: list[EvidenceEntry] = []
        self._pictures = [block for block in base.blocks if isinstance(block, Picture)]

    def take(self, item: etree._Element) -> None:
        """Reads one paragraph or table."""
        if item.tag == qn("tbl"):
            if self._new_page:
                self._flush(open_style="题注说明")
                self._blocks.append(PageBreak())
                self._new_page = False
            self._table(item)
            return
        line = read_line(item, self.draft.media)
        style = self.draft.styles.get(line.style, "").removesuffix(OFFICIAL).lower()
        before, after = _breaks(item)
        self._new_page = self._new_page or before
        if self._new_page and self._blocks and line.text:
            self._flush()
            self._blocks.append(PageBreak())
            self._new_page = False
        if OBJECT in line.text:
            self._picture(line)
        if line.text.strip(OBJECT + " \t\n") and style != "图":
            self._paragraph(line, style)
        self._new_page = self._new_page or after

    def _paragraph(self, line: Line, style: str) -> None:
        text = line.text.replace("\n", "")
        if style.startswith("报头"):
            self._head[style] = text
            if style == "报头单位":
                self._masthead()
            return
        if style != "出处条目":
            self._flush(open_style=style)
        if style.startswith("toc"):
            return
        if style == "title":
            self._blocks.append(Title(text))
        elif style == "subtitle":
            self._subtitle(line)
        elif style.startswith("heading "):
            self._heading(line, style)
        elif style == "caption":
            self._read_caption(line)
        elif style == "题注说明":
            self._subline(line)
        elif style == "出处题名":
            self._sources = self._spans(line)
        elif style == "出处条目":
            self._entry(line)
        elif style == "报送":
            self._recipients = self._spans(line)
        elif style == "抄印":
            left, _, right = text.partition("\t")
            self._blocks.append(EndBlock(self._recipients or (), left, right))
            self._recipients = None
        else:
            self._running(line, style)

    def _running(self, line: Line, style: str) -> None:
        last = self._blocks[-1] if self._blocks else None
        if style == "表注" and isinstance(last, Table):
            self._blocks[-1] = replace(last, notes=(*last.notes, self._spans(line)))
        else:
            self._blocks.append(Paragraph(self._spans(line), _LOOKS.get(style, "body")))  # type: ignore[arg-type]

    def _spans(self, line: Line, start: int = 0, end: int | None = None) -> Spans:
        return spans_of(line, self.draft.styles, start, end)

    def _masthead(self) -> None:
        unit, _, day = self._head.get("报头单位", "").partition("\t")
        line, name, issue = (self._head.get(f"报头{part}", "") for part in ("密级", "名称", "期号"))
        self._blocks.append(Masthead(line, name, issue, unit, day))
        self._head = {}

    def _subtitle(self, line: Line) -> None:
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Title) and not last.provenance:
            self._blocks[-1] = replace(last, provenance=self._spans(line))
        else:
            self._blocks.append(Paragraph(self._spans(line)))

    def _heading(self, line: Line, style: str) -> None:
        tab = line.text.find("\t")
        end = tab if tab >= 0 else len(line.text)
        aside = self._spans(line, end + 1) if tab >= 0 else ()
        level = int(style[-1]) if style[-1].isdigit() else 1
        self._blocks.append(Heading(min(level, 3), line.text[:end], aside, _anchor(line)))

    def _read_caption(self, line: Line) -> None:
        found = _CAPTION.fullmatch(line.text)
        if found:
            self._caption = _Caption(found[1], int(found[2]), found[3], _anchor(line))
        else:
            self._caption = _Caption("", 0, line.text, _anchor(line))

    def _subline(self, line: Line) -> None:
        end = split_at_tab(line)
        caption = self._caption or _Caption("", 0, "", "")
        sources = self._spans(line, end + 1) if end < len(line.text) else ()
        self._caption = replace(caption, subline=self._spans(line, 0, end), sources=sources)

    def _entry(self, line: Line) -> None:
        number, _, _ = line.text.partition("\t")
        start = len(number) + 1 if "\t" in line.text else 0
        self._entries.append(
            EvidenceEntry(number.strip("[]") if start else "", _anchor(line), self._spans(line, start))
        )

    def _picture(self, line: Line) -> None:
        caption = self._caption
        digests = {atom.digest for atom in line.atoms if atom.char == OBJECT}
        found = next((p for p in self._pictures if hashlib.sha256(p.png).hexdigest() in digests), None)
        if found is None and caption and caption.label == "图":
            found = next((p for p in self._pictures if p.number == caption.number), None)
            if found is not None and not digests & self.known:
                said = f"图{caption.number}与程序现在所绘的不同，PDF 中排的是程序的图：{caption.text[:40]}"
                self.problems.append(Problem("warning", "picture", said))
        if found is None:
            near = caption.text if caption else line.text.strip(OBJECT)
            self.problems.append(Problem("warning", "picture", f"手工插入的图片不能排入 PDF：{near[:40] or '无题注'}"))
            return
        if caption:
            title = caption.text
            subtitle = "".join(span.text for span in caption.subline)
            chart = replace(found.chart, title=title, subtitle=subtitle)
            found = replace(found, chart=chart, number=caption.number, sources=caption.sources, anchor=caption.anchor)
        self._caption = None
        self._blocks.append(found)

    def _table(self, element: etree._Element) -> None:
        style = style_name_of(element, self.draft.styles)
        if style == "要点框":
            self._flush()
            self._blocks.append(key_points(element, self.draft))
        elif style == "卡片":
            self._flush()
            self._blocks.append(card_table(element, self.draft))
        else:
            table = data_table(element, self.draft, self.house)
            caption, self._caption = self._caption, None
            self._flush()
            if caption:
                table = replace(
                    table,
                    caption=caption.text,
                    number=caption.number,
                    subline=caption.subline,
                    sources=caption.sources,
                    anchor=caption.anchor,
                )
            if any(OBJECT in line.text for line in (read_line(p, self.draft.media) for p in paragraphs(element))):
                self.problems.append(Problem("warning", "picture", "表格中的图片不能排入 PDF"))
            self._blocks.append(table)

    def _flush(self, *, open_style: str = "") -> None:
        """Ends what is open and what a paragraph of `open_style` does not go on with."""
        if self._entries or self._sources is not None:
            self._blocks.append(Evidence(self._sources or (), tuple(self._entries)))
            self._entries, self._sources = [], None
        if self._caption and open_style != "题注说明":
            caption, self._caption = self._caption, None
            self._blocks.append(Paragraph(spans_from(caption), "note"))
        if self._recipients is not None and open_style != "抄印":
            recipients, self._recipients = self._recipients, None
            self._blocks.append(EndBlock(recipients, "", ""))

    def finish(self) -> tuple[Block, ...]:
        """All blocks."""
        if self._head:
            self._masthead()
        self._flush()
        return tuple(self._blocks)


def spans_from(caption: _Caption) -> Spans:
    """A caption without its object, as running text: words of a person are never dropped."""
    number = f"{caption.label}{caption.number}　" if caption.number else ""
    return (Span(number + caption.text), *caption.subline, *caption.sources)


def _anchor(line: Line) -> str:
    return line.anchors[0] if line.anchors else ""


def _breaks(paragraph: etree._Element) -> tuple[bool, bool]:
    """Whether a page begins before the paragraph, and whether one begins after it."""
    before = paragraph.find(f"{qn('pPr')}/{qn('pageBreakBefore')}")
    first = before is not None and before.get(qn("val")) not in {"0", "false", "off"}
    last = text = False
    for element in paragraph.iter(qn("br"), qn("t")):
        if element.tag == qn("t"):
            text = text or bool(element.text)
        elif element.get(qn("type")) == "page":
            first, last = first or not text, text
    return first, last
