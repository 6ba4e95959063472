"""What people and their editors do to a Word draft, as random changes of its XML."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from lxml import etree

from reportgen.drafts.comments import add_comments
from reportgen.ooxml import parse, qn, read_package, serialise, write_package

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


_Thing = TypeVar("_Thing")


class NothingError(Exception):
    """There is nothing in the draft that this edit could be made to."""


class Person:
    """Edits a draft; `words` are the ones that must never get lost. An edit may raise NothingError."""

    def __init__(self, data: bytes, chance: random.Random) -> None:
        self.parts = read_package(data, where="draft")
        self.root = parse(self.parts["word/document.xml"], where="draft")
        self.chance = chance
        self.words: list[str] = []
        self.notes: list[str] = []
        self.alive = list(self.root.iter())

    def data(self) -> bytes:
        self.parts["word/document.xml"] = serialise(self.root)
        return write_package(self.parts)

    def pick(self, things: Sequence[_Thing]) -> _Thing:
        if not things:
            raise NothingError
        return self.chance.choice(things)

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
        text = self.pick(self.texts())
        place = self.chance.randint(0, len(text.text))
        text.text = text.text[:place] + self.word() + text.text[place:]

    def cut_words(self) -> None:
        text = self.pick(self.texts())
        if any(word in text.text for word in self.words):
            return
        start = self.chance.randint(0, len(text.text) - 1)
        text.text = text.text[:start] + text.text[start + self.chance.randint(1, 6) :]
        text.set(SPACE, "preserve")

    def type_number(self) -> None:
        linked = [t for t in self.texts(free=False) if next(t.iterancestors(qn("sdt")), None) is not None]
        self.pick(linked).text = self.word()

    def delete_paragraph(self) -> None:
        paragraph = self.pick(self.paragraphs())
        if not any(word in "".join(paragraph.itertext()) for word in self.words):
            paragraph.getparent().remove(paragraph)

    def add_paragraph(self) -> None:
        made = etree.Element(qn("p"))
        text = etree.SubElement(etree.SubElement(made, qn("r")), qn("t"))
        text.text = f"自己加的一段{self.word()}。"
        self.pick(self.paragraphs()).addnext(made)

    def move_paragraph(self) -> None:
        one, other = self.pick(self.paragraphs()), self.pick(self.paragraphs())
        if one is not other:
            other.addnext(one)

    def split_paragraph(self) -> None:
        paragraph = self.pick(self.paragraphs())
        runs = [child for child in paragraph if child.tag in {qn("r"), qn("sdt"), qn("hyperlink")}]
        if len(runs) < 2:
            return
        made = etree.Element(qn("p"))
        properties = paragraph.find(qn("pPr"))
        if properties is not None:
            made.append(copy.deepcopy(properties))
        first = self.pick(runs[1:])
        for child in [first, *first.itersiblings()]:
            made.append(child)
        paragraph.addnext(made)

    def join_paragraphs(self) -> None:
        paragraph = self.pick(self.paragraphs())
        following = paragraph.getnext()
        if following is not None and following.tag == qn("p") and not self.held(following):
            for child in list(following):
                if child.tag != qn("pPr"):
                    paragraph.append(child)
            following.getparent().remove(following)

    def delete_row(self) -> None:
        rows = [row for row in self.root.iter(qn("tr")) if len(row.getparent().findall(qn("tr"))) > 2]
        row = self.pick(rows)
        if not any(word in "".join(row.itertext()) for word in self.words):
            row.getparent().remove(row)

    def add_row(self) -> None:
        rows = [row for row in self.rows() if next(row.iter(qn("t")), None) is not None]
        made = copy.deepcopy(self.pick(rows))
        for mark_ in list(made.iter(qn("bookmarkStart"), qn("bookmarkEnd"))):
            mark_.getparent().remove(mark_)
        for control in list(made.iter(qn("sdt"))):
            for child in list(control.find(qn("sdtContent"))):
                control.addprevious(child)
            control.getparent().remove(control)
        next(made.iter(qn("t"))).text = self.word()
        width = len(made.findall(qn("tc")))
        self.pick([row for row in rows if len(row.findall(qn("tc"))) == width]).addnext(made)

    def restyle(self) -> None:
        run = self.pick(self.texts(free=False)).getparent()
        properties = run.find(qn("rPr"))
        if properties is None:
            properties = etree.Element(qn("rPr"))
            run.insert(0, properties)
        if properties.find(qn("i")) is None:
            etree.SubElement(properties, qn("i"))

    def split_runs(self) -> None:
        """As Word does for spelling marks and revision ids."""
        texts = self.texts(free=False)
        for text in self.chance.sample(texts, min(20, len(texts))):
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
        run = self.pick(self.texts()).getparent()
        if run.getparent().tag == qn("p"):
            made = self.mark("ins")
            etree.SubElement(etree.SubElement(made, qn("r")), qn("t")).text = self.word()
            run.addnext(made)

    def tracked_deletion(self) -> None:
        text = self.pick(self.texts())
        run = text.getparent()
        if run.getparent().tag != qn("p") or any(word in "".join(run.itertext()) for word in self.words):
            return
        made = self.mark("del")
        run.addprevious(made)
        made.append(run)
        for piece in run.findall(qn("t")):
            piece.tag = qn("delText")

    def tracked_paragraph(self) -> None:
        """A paragraph put in with changes recorded."""
        made = etree.Element(qn("p"))
        properties = etree.SubElement(etree.SubElement(made, qn("pPr")), qn("rPr"))
        properties.append(self.mark("ins"))
        change = self.mark("ins")
        etree.SubElement(etree.SubElement(change, qn("r")), qn("t")).text = f"记录的一段{self.word()}。"
        made.append(change)
        self.pick(self.paragraphs()).addnext(made)

    def mark(self, name: str) -> etree._Element:
        """A tracked change of theirs."""
        made = etree.Element(qn(name))
        number = max([int(e.get(qn("id")) or 0) for e in self.root.iter(qn("ins"), qn("del"))], default=0)
        for key, value in (("id", str(number + 90000)), ("author", "王某"), ("date", "2023-09-20T08:00:00Z")):
            made.set(qn(key), value)
        return made

    def restyle_paragraph(self) -> None:
        paragraph = self.pick(self.paragraphs())
        properties = paragraph.find(qn("pPr"))
        style = None if properties is None else properties.find(qn("pStyle"))
        other = self.pick(self.paragraphs()).find(f"{qn('pPr')}/{qn('pStyle')}")
        if style is not None and other is not None:
            style.set(qn("val"), other.get(qn("val")))

    def copy_paragraph(self) -> None:
        """Word leaves the bookmarks where they were and copies the controls."""
        made = copy.deepcopy(self.pick(self.paragraphs()))
        only_once = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
        for mark in list(made.iter(*map(qn, only_once))):
            mark.getparent().remove(mark)
        self.pick(self.paragraphs()).addnext(made)

    def smart_tags(self) -> None:
        for text in self.texts():
            run = text.getparent()
            if self.chance.random() < 0.1 and run.getparent().tag == qn("p"):
                made = etree.Element(qn("smartTag"))
                made.set(qn("uri"), "urn:schemas-microsoft-com:office:smarttags")
                made.set(qn("element"), "date")
                run.addprevious(made)
                made.append(run)

    def delete_table(self) -> None:
        table = self.pick(list(self.root.iter(qn("tbl"))))
        if not any(word in "".join(table.itertext()) for word in self.words):
            table.getparent().remove(table)

    def delete_section(self) -> None:
        """A heading with everything up to the next one."""
        heads = [p for p in self.paragraphs() if self.style(p) == "Heading1"]
        head = self.pick(heads)
        gone = [head]
        for following in head.itersiblings():
            if following.tag not in {qn("p"), qn("tbl")} or self.style(following) == "Heading1":
                break
            gone.append(following)
        said = "".join("".join(element.itertext()) for element in gone)
        if any(word in said for word in self.words) or any(next(e.iter(qn("sectPr")), None) is not None for e in gone):
            return
        for element in gone:
            element.getparent().remove(element)

    @staticmethod
    def style(paragraph: etree._Element) -> str:
        style = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
        return "" if style is None else style.get(qn("val")) or ""

    def rows(self) -> list[etree._Element]:
        return [row for row in self.root.iter(qn("tr")) if len(row.findall(qn("tc"))) > 1]

    def move_row(self) -> None:
        row = self.pick(self.rows())
        other = self.pick([r for r in row.getparent().findall(qn("tr")) if len(r) == len(row)])
        if other is not row:
            other.addnext(row)

    def add_column(self) -> None:
        table = self.pick([row.getparent() for row in self.rows()])
        for row in table.findall(qn("tr")):
            made = etree.SubElement(row, qn("tc"))
            etree.SubElement(etree.SubElement(made, qn("tcPr")), qn("tcW")).attrib.update(
                {qn("w"): "800", qn("type"): "dxa"}
            )
            text = etree.SubElement(etree.SubElement(etree.SubElement(made, qn("p")), qn("r")), qn("t"))
            text.text = self.word()
        etree.SubElement(table.find(qn("tblGrid")), qn("gridCol")).set(qn("w"), "800")

    def delete_column(self) -> None:
        table = self.pick([row.getparent() for row in self.rows()])
        rows = table.findall(qn("tr"))
        if len({len(row.findall(qn("tc"))) for row in rows}) > 1 or table.find(f".//{qn('gridSpan')}") is not None:
            return
        place = self.chance.randrange(len(rows[0].findall(qn("tc"))))
        cells = [row.findall(qn("tc"))[place] for row in rows]
        if len(rows[0].findall(qn("tc"))) < 3 or any(w in "".join(c.itertext()) for c in cells for w in self.words):
            return
        for cell in cells:
            cell.getparent().remove(cell)
        grid = table.find(qn("tblGrid"))
        grid.remove(grid.findall(qn("gridCol"))[place])

    def merge_cells(self) -> None:
        row = self.pick(self.rows())
        cells = row.findall(qn("tc"))
        place = self.chance.randrange(len(cells) - 1)
        left, right = cells[place : place + 2]
        if any(cell.find(f"{qn('tcPr')}/{qn('gridSpan')}") is not None for cell in (left, right)):
            return
        for paragraph in right.findall(qn("p")):
            left.append(paragraph)
        row.remove(right)
        span = etree.Element(qn("gridSpan"))
        span.set(qn("val"), "2")
        width = left.find(f"{qn('tcPr')}/{qn('tcW')}")
        width.addnext(span)

    def type_cell(self) -> None:
        """Other words in a cell of a table."""
        text = self.pick([t for row in self.rows() for t in row.iter(qn("t")) if t.text])
        if not any(word in text.text for word in self.words):
            text.text = self.word()

    def comment(self) -> None:
        """A note of theirs on a paragraph."""
        word = f"qzn{len(self.notes)}x"
        made = etree.Element(qn("comment"))
        for key, value in (("author", "王某"), ("date", "2023-09-20T08:00:00Z"), ("initials", "王")):
            made.set(qn(key), value)
        run = etree.SubElement(etree.SubElement(made, qn("p")), qn("r"))
        etree.SubElement(run, qn("t")).text = f"请核实{word}"
        self.notes.append(word)
        number = self.noted(made)
        paragraph = self.pick(self.paragraphs())
        start, end, run = (etree.Element(qn(name)) for name in ("commentRangeStart", "commentRangeEnd", "r"))
        reference = etree.SubElement(run, qn("commentReference"))
        for element in (start, end, reference):
            element.set(qn("id"), number)
        paragraph.insert(1 if paragraph.find(qn("pPr")) is not None else 0, start)
        paragraph.extend([end, run])

    def noted(self, comment: etree._Element) -> str:
        """Puts a comment into the comments part; gives its number."""
        add_comments(self.parts, [(etree.Element(qn("p")), "")], "2023-09-20T08:00:00Z")
        root = parse(self.parts["word/comments.xml"], where="comments")
        place = root.findall(qn("comment"))[-1]
        number = place.get(qn("id")) or ""
        comment.set(qn("id"), number)
        root.replace(place, comment)
        self.parts["word/comments.xml"] = serialise(root)
        return number


EDITS: tuple[Callable[[Person], None], ...] = (
    *(Person.type_word, Person.type_word, Person.cut_words, Person.type_number, Person.delete_paragraph),
    *(Person.add_paragraph, Person.move_paragraph, Person.split_paragraph, Person.join_paragraphs, Person.delete_row),
    *(Person.add_row, Person.restyle, Person.split_runs, Person.lose_tags, Person.lose_bookmarks),
    *(Person.lose_controls, Person.tracked_insertion, Person.tracked_deletion, Person.tracked_paragraph),
    *(Person.restyle_paragraph, Person.copy_paragraph, Person.smart_tags, Person.type_cell, Person.comment),
    *(Person.delete_table, Person.delete_section, Person.move_row, Person.merge_cells),
    *(Person.add_column, Person.delete_column),
)
