"""Where new paragraphs, rows and tables of ours go in the edited file: after what precedes them in the new version.

A section that the person deleted gets nothing new; nor does a table that they deleted.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from reportgen.drafts.align import Found
from reportgen.drafts.declined import Memory, digests
from reportgen.drafts.document import Draft, ancestor, paragraphs
from reportgen.drafts.lines import Line
from reportgen.drafts.report import MergeReport
from reportgen.drafts.structure import Changed, columns, delete_row, table_of, table_pairs
from reportgen.drafts.tracked import Stamp, as_inserted, mark_row
from reportgen.ooxml import detach, parent_of, qn


@dataclass(slots=True)
class Placing:
    """What placing needs to know; `changed` are tables with other columns, to exchange or to stand behind theirs."""

    base: Draft
    theirs: Draft
    new: Draft
    pairs: dict[int, int]
    found: Found
    stamp: Stamp
    carry: Callable[[etree._Element], etree._Element]
    report: MergeReport
    changed: Changed
    memory: Memory
    behind: Mapping[int, int]
    """Lines of new rows that come behind a row of theirs, which they are not mixed with -> a line of that row."""
    left_out: list[tuple[etree._Element, str]] = field(default_factory=list)
    """Tables of theirs whose columns somebody changed, each with a new row of ours that does not fit in."""
    older: dict[int, int] = field(init=False)
    """New index -> base index."""
    digests: dict[int, str] = field(init=False)
    """New index -> how the memory knows it."""

    def __post_init__(self) -> None:
        """Turns the pairs around once."""
        self.older = {new: old for old, new in self.pairs.items()}
        self.digests = digests(self.new)

    def standing(self, index: int) -> etree._Element | None:
        """What of theirs says already what a new paragraph or its row says, for one such paragraph or row."""
        members = self.memory.standing.pop(self.digests.get(index, ""), ())
        element = self.theirs.lines[members[0]].element if members else None
        return ancestor(element, "tr") if element is not None and len(members) > 1 else element

    def refused(self, index: int) -> bool:
        """True when the person does not want a new paragraph or its row."""
        return self.memory.refuses(self.digests.get(index, ""))

    def home(self, index: int) -> etree._Element | None:
        """The paragraph of theirs for a new paragraph, or None."""
        old = self.older.get(index)
        if old is None:
            return None
        other = self.found.lines.get(old, self.found.joined.get(old))
        return None if other is None else self.theirs.lines[other].element


def place_new(work: Placing) -> None:
    """Puts in everything that the new version has and the base had not."""
    index_of = {id(line.element): index for index, line in enumerate(work.new.lines)}
    older = work.older
    tables_old = {id(right): left for left, right in table_pairs(work.base, work.new, work.pairs)}
    tables_theirs = {id(left): right for left, right in table_pairs(work.base, work.theirs, work.found.lines)}
    previous: etree._Element | None = None
    section_deleted = False
    for item in work.new.body:
        if item.tag == qn("p") and id(item) in index_of:
            index = index_of[id(item)]
            line = work.new.lines[index]
            home = work.home(index)
            known = index in older or not line.key
            if not known:
                home = work.standing(index)
            declined = home is None and (known or work.refused(index))
            if work.new.style_name(line).startswith("heading 1"):
                section_deleted = declined
            if home is not None:
                previous = _top(work.theirs, home)
            elif not declined and not section_deleted:
                previous = _insert(work, previous, _paragraph(work, line))
                work.report.inserted.append(line.text)
        elif item.tag == qn("tbl"):
            old = tables_old.get(id(item))
            edited = tables_theirs.get(id(old)) if old is not None else None
            if edited is not None and any(edited is table for table in work.changed.replaced):
                previous = _exchange(work, item, edited)
            elif edited is not None:
                _rows(work, item, edited, index_of)
                previous = _top(work.theirs, edited)
            elif old is None and not section_deleted:
                kept = next((theirs for theirs, new in work.changed.kept if new is item), None)
                if kept is not None:
                    previous = _new_table(work, _top(work.theirs, kept), item)
                elif _new_rows(work, item, index_of):
                    previous = _new_table(work, previous, item)


def _top(theirs: Draft, element: etree._Element) -> etree._Element:
    while element.getparent() is not theirs.body:
        element = parent_of(element)
    return element


def _insert(work: Placing, previous: etree._Element | None, element: etree._Element) -> etree._Element:
    if previous is None:
        work.theirs.body.insert(0, element)
    else:
        previous.addnext(element)
    return element


def _paragraph(work: Placing, line: Line) -> etree._Element:
    made = work.carry(copy.deepcopy(line.element))
    section = made.find(f"{qn('pPr')}/{qn('sectPr')}")
    if section is not None:
        detach(section)
    as_inserted(made, work.stamp)
    return made


def _gap(work: Placing) -> etree._Element:
    """An inserted paragraph between two tables, which Word would otherwise join."""
    made = etree.Element(qn("p"))
    as_inserted(made, work.stamp)
    return made


def _copied_row(work: Placing, row: etree._Element) -> etree._Element:
    made = work.carry(copy.deepcopy(row))
    for paragraph in paragraphs(made):
        as_inserted(paragraph, work.stamp, mark=False)
    mark_row(made, "ins", work.stamp)
    return made


def _new_table(work: Placing, previous: etree._Element | None, table: etree._Element) -> etree._Element:
    made = copy.deepcopy(table)
    rows = made.findall(qn("tr"))
    for row in rows:
        made.remove(row)
    made = work.carry(made)
    for row in rows:
        made.append(_copied_row(work, row))
    if previous is not None and previous.tag == qn("tbl"):
        previous = _insert(work, previous, _gap(work))
    _insert(work, previous, made)
    following = made.getnext()
    if following is None or following.tag != qn("p"):
        _insert(work, made, _gap(work))
    work.report.inserted.append(next((line.text for line in work.new.lines if table_of(line) is table), ""))
    return made


def _exchange(work: Placing, table: etree._Element, edited: etree._Element) -> etree._Element:
    """An untouched table goes, the one with other columns comes behind it."""
    for row in edited.findall(qn("tr")):
        inside = [line for line in work.theirs.lines if row in line.element.iterancestors()]
        for mark in [m for line in inside for m in line.element.iter(qn("bookmarkStart"), qn("bookmarkEnd"))]:
            detach(mark)
        delete_row(row, inside, work.stamp)
    return _new_table(work, edited, table)


def _new_rows(work: Placing, table: etree._Element, index_of: dict[int, int]) -> bool:
    """False for a new table of which the person wants no row, or all of whose rows stand in the draft already."""
    inside = {work.digests.get(index_of[id(p)], "") for p in paragraphs(table) if id(p) in index_of} - {""}
    return not inside or not (all(map(work.memory.refuses, inside)) or inside <= work.memory.standing.keys())


def _rows(work: Placing, table: etree._Element, edited: etree._Element, index_of: dict[int, int]) -> None:
    """New rows, and new paragraphs inside rows that are there already."""
    older = work.older
    previous: etree._Element | None = None
    for row in table.findall(qn("tr")):
        inside = [index_of[id(p)] for p in paragraphs(row) if id(p) in index_of]
        keyed = [index for index in inside if work.new.lines[index].key]
        known = [index for index in keyed if index in older]
        if not keyed:
            continue
        if known:
            homes = [home for home in (work.home(index) for index in known) if home is not None]
            row_there = next((r for h in homes for r in h.iterancestors(qn("tr")) if r.getparent() is edited), None)
            if row_there is not None:
                previous = row_there
                _cells(work, row, row_there, index_of)
            continue
        apart = next((work.theirs.lines[work.behind[index]].element for index in keyed if index in work.behind), None)
        if apart is not None:
            previous = next((row for row in apart.iterancestors(qn("tr")) if row.getparent() is edited), previous)
        there = work.standing(keyed[0])
        if there is not None or work.refused(keyed[0]):
            previous = there if there is not None and there.getparent() is edited else previous
        elif columns(table) != columns(edited):
            work.left_out.append((edited, " ".join(t for t in (work.new.lines[i].text for i in keyed) if t)))
        else:
            made = _copied_row(work, row)
            if previous is None:
                edited.findall(qn("tr"))[0].addprevious(made)
            else:
                previous.addnext(made)
            previous = made
            work.report.inserted.append(" ".join(t for t in (work.new.lines[i].text for i in keyed) if t))


def _cells(work: Placing, row: etree._Element, there: etree._Element, index_of: dict[int, int]) -> None:
    cells, theirs = row.findall(qn("tc")), there.findall(qn("tc"))
    if len(cells) != len(theirs):
        return
    older = work.older
    for cell, edited in zip(cells, theirs, strict=True):
        previous: etree._Element | None = None
        for paragraph in cell.findall(qn("p")):
            index = index_of[id(paragraph)]
            home = work.home(index)
            if home is not None and home.getparent() is edited:
                previous = home
            elif index not in older and work.new.lines[index].key and not work.refused(index):
                made = _paragraph(work, work.new.lines[index])
                if previous is not None:
                    previous.addnext(made)
                else:
                    edited.findall(qn("p"))[0].addprevious(made)
                previous = made
                work.report.inserted.append(work.new.lines[index].text)
