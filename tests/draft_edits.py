"""What people and their editors do to a Word draft, as random changes of its XML; and what the sources do meanwhile."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import replace

from lxml import etree
from word_sample import BLOCKS, CARDS, EVIDENCE, ROWS, actual, mark, s, sector_table

from reportgen.model import Block, Cards, Evidence, EvidenceEntry, Heading, KeyPoints, Paragraph, Span, Spans, Table
from reportgen.ooxml import parse, qn, read_package, serialise, write_package

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Person:
    """Edits a draft; `words` are the ones that must never get lost, `numbers` figures changed by hand."""

    def __init__(self, data: bytes, chance: random.Random) -> None:
        self.parts = read_package(data, where="draft")
        self.root = parse(self.parts["word/document.xml"], where="draft")
        self.chance = chance
        self.words: list[str] = []
        self.alive = list(self.root.iter())

    def data(self) -> bytes:
        self.parts["word/document.xml"] = serialise(self.root)
        return write_package(self.parts)

    def word(self) -> str:
        # A letter pair that no source uses, then a number of its own.
        self.words.append(f"qz{len(self.words)}x")
        return self.words[-1]

    def texts(self, *, free: bool = True) -> list[etree._Element]:
        found = []
        for text in self.root.iter(qn("t")):
            linked = next(text.iterancestors(qn("sdt"), qn("hyperlink")), None) is not None
            if text.text and not (free and linked) and next(text.iterancestors(qn("del")), None) is None:
                found.append(text)
        return found

    def paragraphs(self) -> list[etree._Element]:
        body = self.root.find(qn("body"))
        return [p for p in body.findall(qn("p")) if next(p.iter(qn("t")), None) is not None and not self.held(p)]

    @staticmethod
    def held(paragraph: etree._Element) -> bool:
        return next(paragraph.iter(qn("sectPr"), qn("fldChar"), qn("drawing")), None) is not None

    def type_word(self) -> None:
        text = self.chance.choice(self.texts())
        place = self.chance.randint(0, len(text.text))
        text.text = text.text[:place] + self.word() + text.text[place:]

    def cut_words(self) -> None:
        text = self.chance.choice(self.texts())
        if any(word in text.text for word in self.words):
            return
        start = self.chance.randint(0, len(text.text) - 1)
        text.text = text.text[:start] + text.text[start + self.chance.randint(1, 6) :]
        text.set(SPACE, "preserve")

    def type_number(self) -> None:
        linked = [t for t in self.texts(free=False) if next(t.iterancestors(qn("sdt")), None) is not None]
        self.chance.choice(linked).text = self.word()

    def delete_paragraph(self) -> None:
        paragraph = self.chance.choice(self.paragraphs())
        if not any(word in "".join(paragraph.itertext()) for word in self.words):
            paragraph.getparent().remove(paragraph)

    def add_paragraph(self) -> None:
        made = etree.Element(qn("p"))
        text = etree.SubElement(etree.SubElement(made, qn("r")), qn("t"))
        text.text = f"自己加的一段{self.word()}。"
        self.chance.choice(self.paragraphs()).addnext(made)

    def move_paragraph(self) -> None:
        one, other = self.chance.choice(self.paragraphs()), self.chance.choice(self.paragraphs())
        if one is not other:
            other.addnext(one)

    def split_paragraph(self) -> None:
        paragraph = self.chance.choice(self.paragraphs())
        runs = [child for child in paragraph if child.tag in {qn("r"), qn("sdt"), qn("hyperlink")}]
        if len(runs) < 2:
            return
        made = etree.Element(qn("p"))
        properties = paragraph.find(qn("pPr"))
        if properties is not None:
            made.append(copy.deepcopy(properties))
        first = self.chance.choice(runs[1:])
        for child in [first, *first.itersiblings()]:
            made.append(child)
        paragraph.addnext(made)

    def join_paragraphs(self) -> None:
        paragraph = self.chance.choice(self.paragraphs())
        following = paragraph.getnext()
        if following is not None and following.tag == qn("p") and not self.held(following):
            for child in list(following):
                if child.tag != qn("pPr"):
                    paragraph.append(child)
            following.getparent().remove(following)

    def delete_row(self) -> None:
        rows = [row for row in self.root.iter(qn("tr")) if len(row.getparent().findall(qn("tr"))) > 2]
        row = self.chance.choice(rows)
        if not any(word in "".join(row.itertext()) for word in self.words):
            row.getparent().remove(row)

    def add_row(self) -> None:
        rows = [row for row in self.root.iter(qn("tr")) if len(row.findall(qn("tc"))) == 7]
        made = copy.deepcopy(self.chance.choice(rows))
        for mark_ in list(made.iter(qn("bookmarkStart"), qn("bookmarkEnd"))):
            mark_.getparent().remove(mark_)
        for control in list(made.iter(qn("sdt"))):
            control.addprevious(control.find(f"{qn('sdtContent')}/{qn('r')}"))
            control.getparent().remove(control)
        next(made.iter(qn("t"))).text = self.word()
        self.chance.choice(rows).addnext(made)

    def restyle(self) -> None:
        run = self.chance.choice(self.texts(free=False)).getparent()
        properties = run.find(qn("rPr"))
        if properties is None:
            properties = etree.Element(qn("rPr"))
            run.insert(0, properties)
        if properties.find(qn("i")) is None:
            etree.SubElement(properties, qn("i"))

    def split_runs(self) -> None:
        """As Word does for spelling marks and revision ids."""
        for text in self.chance.sample(self.texts(free=False), 20):
            run = text.getparent()
            if len(text.text) < 2 or text.getnext() is not None:
                continue
            place = self.chance.randint(1, len(text.text) - 1)
            twin = copy.deepcopy(run)
            for child in list(twin):
                if child.tag not in {qn("rPr"), qn("t")}:
                    twin.remove(child)
            last = twin.findall(qn("t"))[-1]
            for child in twin.findall(qn("t"))[:-1]:
                twin.remove(child)
            last.text, text.text = text.text[place:], text.text[:place]
            for piece in (last, text):
                piece.set(SPACE, "preserve")
            run.set(qn("rsidR"), "00A12B3C")
            run.addnext(twin)
            proof = etree.Element(qn("proofErr"))
            proof.set(qn("type"), "spellStart")
            run.addnext(proof)

    def lose_tags(self) -> None:
        for tag in list(self.root.iter(qn("tag"))):
            tag.getparent().remove(tag)

    def lose_bookmarks(self) -> None:
        for start in list(self.root.iter(qn("bookmarkStart"))):
            if self.chance.random() < 0.2:
                ident = start.get(qn("id"))
                for end in [e for e in self.root.iter(qn("bookmarkEnd")) if e.get(qn("id")) == ident]:
                    end.getparent().remove(end)
                start.getparent().remove(start)

    def lose_controls(self) -> None:
        for control in list(self.root.iter(qn("sdt"))):
            if self.chance.random() < 0.3:
                for child in list(control.find(qn("sdtContent"))):
                    control.addprevious(child)
                control.getparent().remove(control)

    def tracked_insertion(self) -> None:
        made = etree.Element(qn("ins"))
        for key, value in (("id", str(90000 + len(self.words))), ("author", "王某"), ("date", "2023-09-20T08:00:00Z")):
            made.set(qn(key), value)
        etree.SubElement(etree.SubElement(made, qn("r")), qn("t")).text = self.word()
        run = self.chance.choice(self.texts()).getparent()
        if run.getparent().tag == qn("p"):
            run.addnext(made)
        else:
            self.words.pop()

    def tracked_deletion(self) -> None:
        text = self.chance.choice(self.texts())
        run = text.getparent()
        if run.getparent().tag != qn("p") or any(word in "".join(run.itertext()) for word in self.words):
            return
        made = etree.Element(qn("del"))
        for key, value in (
            ("id", str(80000 + self.chance.randint(0, 9999))),
            ("author", "王某"),
            ("date", "2023-09-20T08:00:00Z"),
        ):
            made.set(qn(key), value)
        run.addprevious(made)
        made.append(run)
        for piece in run.findall(qn("t")):
            piece.tag = qn("delText")


EDITS: tuple[Callable[[Person], None], ...] = (
    *(Person.type_word, Person.type_word, Person.cut_words, Person.type_number, Person.delete_paragraph),
    *(Person.add_paragraph, Person.move_paragraph, Person.split_paragraph, Person.join_paragraphs, Person.delete_row),
    *(Person.add_row, Person.restyle, Person.split_runs, Person.lose_tags, Person.lose_bookmarks),
    *(Person.lose_controls, Person.tracked_insertion, Person.tracked_deletion),
)


class Sources:
    """Makes the next version's blocks: other values, other words, more and fewer paragraphs and rows."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.blocks: list[Block] = list(BLOCKS)

    def value(self) -> None:
        number = f"{self.chance.randint(2, 99999)}"
        figure = self.chance.choice(("fig-10", "fig-14", "fig-11", "fig-38", "fig-34", "fig-12", "fig-25"))
        self.blocks = [self._each(block, lambda span: self._valued(span, figure, number)) for block in self.blocks]

    @staticmethod
    def _valued(span: Span, figure: str, number: str) -> Span:
        if span.figure_id != figure:
            return span
        return replace(span, text=number + span.text.lstrip("0123456789."))

    def identities(self) -> None:
        """A corrected document gives every figure another id."""
        self.blocks = [
            self._each(block, lambda span: replace(span, figure_id="n" + span.figure_id) if span.figure_id else span)
            for block in self.blocks
        ]

    def words(self) -> None:
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Paragraph) and block.look == "body"]
        place = self.chance.choice(places)
        spans = list(self.blocks[place].spans)  # type: ignore[union-attr]
        at = self.chance.randint(0, len(spans))
        spans.insert(at, Span(self.chance.choice(("据统计", "全年", "，效果明显。", "比上年多；"))))
        self.blocks[place] = Paragraph(tuple(spans))

    def paragraph(self) -> None:
        number = self.chance.randint(100, 999)
        made = Paragraph(s("新增一段，建成", actual(f"{number}个", f"new-{number}"), "项目", mark("1-12"), "。"))
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Heading | Paragraph)]
        self.blocks.insert(self.chance.choice(places) + 1, made)

    def fewer(self) -> None:
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Paragraph | Table)]
        del self.blocks[self.chance.choice(places)]

    def rows(self) -> None:
        rows = list(ROWS)
        self.chance.shuffle(rows)
        rows = [row for row in ROWS if row in rows[:5]]
        number = self.chance.randint(100, 999)
        extra = (f"新指标{number}", str(number), "个", "", "1-12", f"row-{number}")
        rows.insert(self.chance.randint(0, len(rows)), extra)
        places = [i for i, block in enumerate(self.blocks) if isinstance(block, Table)]
        if places:
            self.blocks[places[0]] = sector_table(tuple(rows))

    def section(self) -> None:
        at = next(i for i, block in enumerate(self.blocks) if isinstance(block, Heading))
        made: list[Block] = [Heading(1, "〇、新章"), Paragraph(s("新章的一段。")), sector_table(ROWS[4:6])]
        self.blocks[at:at] = made

    def evidence(self) -> None:
        """One more source sentence in front: every mark after it gets another number."""
        place = next(i for i, block in enumerate(self.blocks) if isinstance(block, Evidence))
        old = self.blocks[place]
        assert isinstance(old, Evidence)
        first = EvidenceEntry("1-1", "s-1-1", s("评选出“双争标兵”共20人。"))
        self.blocks[place] = replace(old, entries=(first, *old.entries))

    def _each(self, block: Block, change: Callable[[Span], Span]) -> Block:
        def spans(old: Spans) -> Spans:
            return tuple(change(span) for span in old)

        if isinstance(block, Paragraph):
            return replace(block, spans=spans(block.spans))
        if isinstance(block, KeyPoints):
            return replace(block, points=tuple((label, spans(point)) for label, point in block.points))
        if isinstance(block, Table):
            rows = tuple(
                tuple(replace(cell, lines=tuple(spans(line) for line in cell.lines)) for cell in row)
                for row in block.rows
            )
            return replace(block, rows=rows)
        if isinstance(block, Cards):
            made = []
            for card in block.cards:
                span = change(Span(card.number, "actual", card.figure_id))
                made.append(replace(card, number=span.text, figure_id=span.figure_id))
            return replace(block, cards=tuple(made))
        return block


UPDATES: tuple[Callable[[Sources], None], ...] = (
    *(Sources.value, Sources.value, Sources.identities, Sources.words, Sources.paragraph, Sources.fewer),
    *(Sources.rows, Sources.section, Sources.evidence),
)
assert CARDS and EVIDENCE
