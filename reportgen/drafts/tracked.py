"""Tracked changes in the XML: words struck out, words put in, each answerable in Word.

Every change is a w:del or w:ins of ours with the issue's date; runs are cut only at the places that change and keep
their formatting. A pending insertion of ours that is overtaken is taken back rather than struck out.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.drafts.lines import AUTHOR, OBJECT, Atom, Line, Slot
from reportgen.ooxml import detach, parent_of, qn

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CLIMB = frozenset({qn("ins"), qn("del"), qn("moveTo"), qn("moveFrom")})
_AFTER_RPR = (qn("sectPr"), qn("pPrChange"))


@dataclass(slots=True)
class Stamp:
    """Author and date of our changes, and the next free annotation id."""

    date: str
    next_id: int

    def element(self, name: str) -> etree._Element:
        """A w:ins or w:del of ours."""
        made = etree.Element(qn(name))
        made.set(qn("id"), str(self.next_id))
        made.set(qn("author"), AUTHOR)
        made.set(qn("date"), self.date)
        self.next_id += 1
        return made

    def bookmark(self, name: str) -> tuple[etree._Element, etree._Element]:
        """Start and end of a bookmark."""
        start, end = etree.Element(qn("bookmarkStart")), etree.Element(qn("bookmarkEnd"))
        for element in (start, end):
            element.set(qn("id"), str(self.next_id))
        start.set(qn("name"), name)
        self.next_id += 1
        return start, end


def split_before(atoms: list[Atom], index: int) -> None:
    """Makes a run begin at atom `index`; the left part keeps its nodes, the atoms to the right learn their new ones."""
    if not 0 < index < len(atoms) or atoms[index - 1].run is not atoms[index].run:
        return
    run, node, offset = atoms[index].run, atoms[index].node, atoms[index].offset
    right = etree.Element(run.tag, {str(key): str(value) for key, value in run.attrib.items()})
    properties = run.find(qn("rPr"))
    if properties is not None:
        right.append(copy.deepcopy(properties))
    moved = list(node.itersiblings())
    if offset:
        tail = etree.SubElement(right, qn("t"))
        tail.set(_SPACE, "preserve")
        tail.text = (node.text or "")[offset:]
        node.text = (node.text or "")[:offset]
        node.set(_SPACE, "preserve")
    else:
        right.append(node)
        tail = node
    for sibling in moved:
        right.append(sibling)
    run.addnext(right)
    for place in range(index, len(atoms)):
        atom = atoms[place]
        if atom.run is not run:
            break
        same = atom.node is node
        atoms[place] = Atom(
            atom.char,
            tail if same else atom.node,
            atom.offset - offset if same else atom.offset,
            right,
            atom.digest,
        )


def strike(atoms: list[Atom], start: int, end: int, stamp: Stamp) -> None:
    """Strikes out the atoms [start, end)."""
    split_before(atoms, end)
    split_before(atoms, start)
    runs: list[etree._Element] = []
    for atom in atoms[start:end]:
        if not runs or runs[-1] is not atom.run:
            runs.append(atom.run)
    for run in runs:
        strike_run(run, stamp)


def strike_run(run: etree._Element, stamp: Stamp) -> None:
    """Strikes out one run; what we ourselves put in and nobody accepted yet simply goes."""
    parent = parent_of(run)
    if parent.tag == qn("ins") and parent.get(qn("author")) == AUTHOR:
        parent.remove(run)
        if len(parent) == 0:
            detach(parent)
        return
    mark = stamp.element("del")
    run.addprevious(mark)
    mark.append(run)
    for text in list(run):
        if text.tag == qn("t"):
            text.tag = qn("delText")
        elif text.tag == qn("instrText"):
            text.tag = qn("delInstrText")


def exchange(line: Line, start: int, end: int, text: str, stamp: Stamp) -> None:
    """Strikes out the atoms [start, end) and puts `text` in their place, in the formatting of the first."""
    made, run = stamp.element("ins"), etree.Element(qn("r"))
    properties = line.atoms[start].run.find(qn("rPr"))
    if properties is not None:
        run.append(copy.deepcopy(properties))
    etree.SubElement(run, qn("t")).text = text
    made.append(run)
    put(line, end, [made], inside=True)
    strike(line.atoms, start, end, stamp)


def release(slot: Slot) -> None:
    """Takes a figure's control away and leaves its text; a struck-out figure must not leave an empty control."""
    control = slot.element
    if control is None or control.tag != qn("sdt") or control.getparent() is None:
        return
    content = control.find(qn("sdtContent"))
    for child in list(content) if content is not None else []:
        control.addprevious(child)
    detach(control)
    slot.element = None


def put(line: Line, index: int, elements: Sequence[etree._Element], *, inside: bool = False) -> None:
    """Puts elements before atom `index`; `inside` keeps them in the control or link of the atom before."""
    if not elements:
        return
    if index == 0:
        place = _start(line.element)
        for step, element in enumerate(elements):
            line.element.insert(place + step, element)
        return
    split_before(line.atoms, index)
    # Within the words of a link, such as a number of the evidence, what is put in belongs to the link.
    link = _link_of(line.atoms[index - 1].run)
    linked = link is not None and index < len(line.atoms) and _link_of(line.atoms[index].run) is link
    before = _climb(line.atoms[index - 1].run, inside, inside or linked)
    if not inside:
        # Behind the bookmark of the figure that ends here, in whatever order an editor wrote the ends.
        following = before.getnext()
        for end in _leading_ends(following):
            following.addprevious(end)  # type: ignore[union-attr]
        following = before.getnext()
        while following is not None and following.tag == qn("bookmarkEnd"):
            before = following if _closes_figure(following) else before
            following = following.getnext()
    for element in reversed(elements):
        before.addnext(element)


def _link_of(run: etree._Element) -> etree._Element | None:
    return next(run.iterancestors(qn("hyperlink")), None)


def _leading_ends(element: etree._Element | None) -> list[etree._Element]:
    """Ends of bookmarks that LibreOffice put at the start of the next link."""
    ends: list[etree._Element] = []
    for child in element if element is not None and element.tag == qn("hyperlink") else ():
        if child.tag != qn("bookmarkEnd"):
            break
        ends.append(child)
    return ends


def _closes_figure(end: etree._Element) -> bool:
    for sibling in end.itersiblings(preceding=True):
        if sibling.tag == qn("bookmarkStart") and sibling.get(qn("id")) == end.get(qn("id")):
            return (sibling.get(qn("name")) or "").startswith("f_")
    return False


def _start(paragraph: etree._Element) -> int:
    place = 0
    for child in paragraph:
        name = child.get(qn("name")) or ""
        if child.tag == qn("pPr") or (child.tag == qn("bookmarkStart") and name.startswith(("p_", "a_"))):
            place += 1
        else:
            break
    return place


def _climb(run: etree._Element, inside: bool, linked: bool) -> etree._Element:
    """The element after which something may stand that is not part of the run's tracked change, link or control.

    `inside` keeps it in the control, `linked` in the link.
    """
    node = run
    while True:
        parent = parent_of(node)
        if parent.tag in _CLIMB or (parent.tag == qn("hyperlink") and not linked):
            _cut_after(node)
            node = parent
        elif parent.tag == qn("sdtContent") and not inside and node.getnext() is None:
            node = parent_of(parent)
        elif parent.tag == qn("smartTag") and not inside and node.getnext() is None:
            node = parent
        else:
            return node


def _cut_after(node: etree._Element) -> None:
    """Cuts the parent in two after `node`, so that something can stand between the halves."""
    parent = parent_of(node)
    rest = list(node.itersiblings())
    if not rest:
        return
    half = etree.Element(parent.tag, {str(key): str(value) for key, value in parent.attrib.items()})
    for element in rest:
        half.append(element)
    parent.addnext(half)


def inserted_runs(
    line: Line, start: int, end: int, stamp: Stamp, carry: Callable[[etree._Element], etree._Element]
) -> list[etree._Element]:
    """The atoms [start, end) of our new paragraph as inserted content: text, figures in bookmarks, marks in links.

    `carry` brings a run's properties and pictures over into the edited file.
    """
    out: list[etree._Element] = []
    position = start
    for slot in [*(slot for slot in line.slots if start <= slot.start and slot.end <= end), None]:
        stop = slot.start if slot else end
        out.extend(_plain(line.atoms[position:stop], stamp, carry))
        if slot is None:
            break
        inner = _plain(line.atoms[slot.start : slot.end], stamp, carry)
        if slot.kind == "figure":
            opening, closing = stamp.bookmark(slot.name)
            out.extend([opening, *inner, closing])
        else:
            link = etree.Element(qn("hyperlink"))
            link.set(qn("anchor"), slot.id)
            link.extend(inner)
            out.append(link)
        position = slot.end
    return out


def _plain(
    atoms: Sequence[Atom], stamp: Stamp, carry: Callable[[etree._Element], etree._Element]
) -> list[etree._Element]:
    out: list[etree._Element] = []
    position = 0
    while position < len(atoms):
        run = atoms[position].run
        stop = position
        while stop < len(atoms) and atoms[stop].run is run:
            stop += 1
        mark = stamp.element("ins")
        mark.append(_copied(atoms[position:stop], carry))
        out.append(mark)
        position = stop
    return out


def _copied(atoms: Sequence[Atom], carry: Callable[[etree._Element], etree._Element]) -> etree._Element:
    run = etree.Element(qn("r"))
    properties = atoms[0].run.find(qn("rPr"))
    if properties is not None:
        run.append(carry(copy.deepcopy(properties)))
    for atom in atoms:
        if atom.node.tag != qn("t"):
            node = copy.deepcopy(atom.node)
            run.append(carry(node) if atom.char == OBJECT else node)
        elif len(run) and run[-1].tag == qn("t"):
            run[-1].text = (run[-1].text or "") + atom.char
        else:
            text = etree.SubElement(run, qn("t"))
            text.set(_SPACE, "preserve")
            text.text = atom.char
    return run


def mark_paragraph(paragraph: etree._Element, name: str, stamp: Stamp) -> None:
    """Marks the paragraph's end as inserted or deleted."""
    properties = paragraph.find(qn("pPr"))
    if properties is None:
        properties = etree.Element(qn("pPr"))
        paragraph.insert(0, properties)
    runs = properties.find(qn("rPr"))
    if runs is None:
        runs = etree.Element(qn("rPr"))
        place = len(properties)
        while place and properties[place - 1].tag in _AFTER_RPR:
            place -= 1
        properties.insert(place, runs)
    if runs.find(qn(name)) is None:
        runs.insert(0 if name == "ins" else len(runs.findall(qn("ins"))), stamp.element(name))


def mark_row(row: etree._Element, name: str, stamp: Stamp) -> None:
    """Marks a table row as inserted or deleted."""
    properties = row.find(qn("trPr"))
    if properties is None:
        properties = etree.Element(qn("trPr"))
        place = sum(1 for child in row if child.tag == qn("tblPrEx"))
        row.insert(place, properties)
    if properties.find(qn(name)) is None:
        properties.append(stamp.element(name))


def as_inserted(paragraph: etree._Element, stamp: Stamp, *, mark: bool = True) -> None:
    """Turns a copied paragraph of ours into an inserted one: its runs and its end."""
    for control in list(paragraph.iter(qn("sdt"))):
        content = control.find(qn("sdtContent"))
        for child in list(content) if content is not None else []:
            control.addprevious(child)
        detach(control)
    for run in list(paragraph.iter(qn("r"))):
        if next(run.iterancestors(qn("drawing"), qn("ins")), None) is None:
            made = stamp.element("ins")
            run.addprevious(made)
            made.append(run)
    fresh: dict[str, str] = {}
    for element in paragraph.iter(qn("bookmarkStart"), qn("bookmarkEnd")):
        old = element.get(qn("id")) or ""
        if old not in fresh:
            fresh[old] = str(stamp.next_id)
            stamp.next_id += 1
        element.set(qn("id"), fresh[old])
    if mark:
        mark_paragraph(paragraph, "ins", stamp)
