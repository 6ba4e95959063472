"""Rows and tables: which of ours changed their columns, which rows and paragraphs of ours are no longer generated.

A table whose columns changed is exchanged as a whole if nobody touched it; if somebody did, it stays and the new one
comes behind it. Rows and paragraphs go as tracked deletions, and only when they still say what we wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from reportgen.drafts.align import Found, in_grid
from reportgen.drafts.document import Draft, ancestor
from reportgen.drafts.grids import grids
from reportgen.drafts.lines import GONE, Line
from reportgen.drafts.numbers import untouched
from reportgen.drafts.report import MergeReport
from reportgen.drafts.tracked import Stamp, mark_paragraph, mark_row, release, strike_run
from reportgen.ooxml import qn


def same_everywhere(base: Draft, new: Draft) -> bool:
    """True when our old and new version say the same, place by place."""

    def said(draft: Draft) -> list[object]:
        return [
            (
                line.key,
                line.text,
                line.anchors,
                [(slot.kind, slot.id, slot.name, slot.start, slot.end) for slot in line.slots],
                [atom.digest for atom in line.atoms if atom.digest],
            )
            for line in draft.lines
        ]

    return base.imprint == new.imprint and said(base) == said(new)


def table_of(line: Line) -> etree._Element | None:
    """The innermost table around a paragraph."""
    return ancestor(line.element, "tbl")


def columns(table: etree._Element) -> int:
    """Number of grid columns."""
    grid = table.find(qn("tblGrid"))
    return 0 if grid is None else len(grid.findall(qn("gridCol")))


def table_pairs(base: Draft, other: Draft, pairs: dict[int, int]) -> list[tuple[etree._Element, etree._Element]]:
    """Tables of the base with their counterparts, by the first paragraph that both hold."""
    found: dict[int, tuple[etree._Element, etree._Element]] = {}
    for one, two in sorted(pairs.items()):
        left, right = table_of(base.lines[one]), table_of(other.lines[two])
        if left is not None and right is not None:
            found.setdefault(id(left), (left, right))
    return list(found.values())


@dataclass(slots=True)
class Changed:
    """Tables with other columns: untouched ones of theirs to exchange; edited ones, each with the new one that comes
    behind it, and the base lines of those.
    """

    replaced: list[etree._Element] = field(default_factory=list)
    kept: list[tuple[etree._Element, etree._Element]] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)


def changed_tables(base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: Found) -> Changed:
    """Which tables of ours have other columns now, by what becomes of theirs."""
    theirs_of = {id(left): right for left, right in table_pairs(base, theirs, found.lines)}
    changed = Changed()
    for left, right in table_pairs(base, new, pairs):
        edited = theirs_of.get(id(left))
        same = columns(left) == columns(right) and _head(base, left) == _head(new, right)
        same = same and not (
            _is_cards(left) and any(clashes(base, theirs, new, pairs, found, c) for c in _cells(base, left))
        )
        if edited is None or same:
            continue
        if columns(left) == columns(edited) and _as_written(base, left, theirs, edited):
            changed.replaced.append(edited)
        else:
            changed.kept.append((edited, right))
            changed.apart.update(index for index, line in enumerate(base.lines) if table_of(line) is left)
    return changed


def _head(draft: Draft, table: etree._Element) -> list[str]:
    """What the columns of a data table are called; of a table without a head, such as cards, what begins each cell.

    A card that stands in another cell now is another table: cells are not mixed.
    """
    row = table.find(qn("tr"))
    if row is not None and row.find(f"{qn('trPr')}/{qn('tblHeader')}") is not None:
        return [line.skeleton for line in draft.lines if ancestor(line.element, "tr") is row]
    first: dict[int, str] = {}
    for line in (line for line in draft.lines if line.text and in_grid(line) and table_of(line) is table):
        first.setdefault(id(ancestor(line.element, "tc")), line.text.partition("\t")[0])
    return list(first.values())


def _is_cards(table: etree._Element) -> bool:
    return next(table.iter(qn("tblHeader")), None) is None


def _cells(draft: Draft, table: etree._Element) -> list[list[int]]:
    """The lines of each cell of a table with several in a row."""
    cells: dict[int, list[int]] = {}
    for index, line in enumerate(draft.lines):
        if in_grid(line) and table_of(line) is table:
            cells.setdefault(id(ancestor(line.element, "tc")), []).append(index)
    return list(cells.values())


def clashes(
    base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: Found, members: Sequence[int]
) -> bool:
    """Whether both sides changed words of a row, or card, whose figure is another one now, such as of a later month.

    Its value must not come beside their words.
    """
    there = [
        (base.lines[i], theirs.lines[found.lines[i]], new.lines[pairs[i]])
        for i in members
        if i in pairs and i in found.lines
    ]
    other = any(
        {*_figures(one)}.isdisjoint(_figures(fresh)) for one, _, fresh in there if _figures(one) and _figures(fresh)
    )
    return other and any(
        not (_figures(one) or untouched(one, edited) or untouched(one, fresh) or untouched(edited, fresh))
        for one, edited, fresh in there
    )


def _figures(line: Line) -> list[str]:
    return [slot.id for slot in line.slots if slot.kind == "figure"]


def clashing_rows(base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: Found) -> list[tuple[int, ...]]:
    """The lines of each row of a data table that clashes: theirs stays as it is, the new one comes behind it."""
    rows = [
        tuple(i for cell in row for i in cell)
        for grid in grids(base)
        if not _is_cards(grid.element)
        for row in grid.rows
    ]
    return [row for row in rows if clashes(base, theirs, new, pairs, found, row)]


def _as_written(base: Draft, table: etree._Element, theirs: Draft, edited: etree._Element) -> bool:
    ours, there = (
        [line for line in draft.lines if table_of(line) is t] for draft, t in ((base, table), (theirs, edited))
    )
    return len(ours) == len(there) and all(map(untouched, ours, there))


def delete_gone(
    base: Draft,
    theirs: Draft,
    pairs: dict[int, int],
    found: Found,
    stamp: Stamp,
    report: MergeReport,
    exchanged: set[int],
) -> list[Line]:
    """Tracked deletion of rows and paragraphs of ours that are no longer generated and that nobody touched.

    `exchanged` are the ids of lines of theirs in tables that go as a whole. Gives a line of every table that is no
    longer generated but stays, because somebody edited it.
    """
    rows: dict[int, list[int]] = {}
    for index, line in enumerate(base.lines):
        row = ancestor(line.element, "tr")
        going = index in found.lines and id(theirs.lines[found.lines[index]]) in exchanged
        if row is not None and line.key and not going:
            rows.setdefault(id(row), []).append(index)
    kept = _edited_tables(base, theirs, pairs, found)
    whole = {i for members in rows.values() if not any(m in pairs for m in members) for i in members}
    for members in rows.values():
        if members[0] in whole and not any(table_of(base.lines[members[0]]) is table for table in kept):
            _delete_row(base, theirs, members, found, stamp, report)
    for index, line in enumerate(base.lines):
        if not line.key or index in pairs or index in whole or index not in found.lines:
            continue
        edited = theirs.lines[found.lines[index]]
        if id(edited) not in exchanged and untouched(line, edited) and not _held(found, index):
            delete_paragraph(edited, stamp)
            report.deleted.append(line.text)
    homes = {
        id(table): found.lines[i]
        for i, line in reversed(list(enumerate(base.lines)))
        for table in kept
        if table_of(line) is table and i in found.lines and theirs.lines[found.lines[i]].text
    }
    return [theirs.lines[index] for index in homes.values()]


def _edited_tables(base: Draft, theirs: Draft, pairs: dict[int, int], found: Found) -> list[etree._Element]:
    """Tables of ours that are no longer generated and that somebody changed: all of their rows stay."""
    members: dict[int, list[int]] = {}
    for index, line in enumerate(base.lines):
        table = table_of(line)
        if table is not None and line.key:
            members.setdefault(id(table), []).append(index)
    kept = []
    for inside in members.values():
        gone = not any(index in pairs for index in inside)
        there = [index for index in inside if index in found.lines]
        if not gone or not there:
            continue
        table = table_of(base.lines[inside[0]])
        edited = table_of(theirs.lines[found.lines[there[0]]])
        assert table is not None
        alike = edited is not None and columns(table) == columns(edited)
        same = all(untouched(base.lines[index], theirs.lines[found.lines[index]]) for index in there)
        ours = {found.lines[index] for index in there}
        own = any(line.text and i not in ours for i, line in enumerate(theirs.lines) if table_of(line) is edited)
        if own or not (alike and same and len(there) == len(inside)):
            kept.append(table)
    return kept


def _held(found: Found, index: int) -> bool:
    """True when another paragraph of ours was joined into this one."""
    return found.lines[index] in found.joined.values()


def _delete_row(
    base: Draft, theirs: Draft, members: list[int], found: Found, stamp: Stamp, report: MergeReport
) -> None:
    if any(index not in found.lines for index in members):
        return
    edited = [theirs.lines[found.lines[index]] for index in members]
    rows = {id(row): row for row in (ancestor(line.element, "tr") for line in edited) if row is not None}
    if len(rows) != 1 or not all(untouched(base.lines[i], e) for e, i in zip(edited, members, strict=True)):
        return
    row = next(iter(rows.values()))
    inside = [line for line in theirs.lines if ancestor(line.element, "tr") is row]
    if any(line.text and line not in edited for line in inside):
        return
    delete_row(row, inside, stamp)
    report.deleted.append(" ".join(line.text for line in edited if line.text))


def delete_row(row: etree._Element, lines: list[Line], stamp: Stamp) -> None:
    """Strikes out a row with what it says."""
    for line in lines:
        strike_all(line, stamp)
    mark_row(row, "del", stamp)


def delete_paragraph(line: Line, stamp: Stamp) -> None:
    """Strikes out a paragraph; the last one of a cell or section stays as an empty one."""
    strike_all(line, stamp)
    following = line.element.getnext()
    properties = line.element.find(qn("pPr"))
    section = properties is not None and properties.find(qn("sectPr")) is not None
    if following is not None and following.tag == qn("p") and not section:
        mark_paragraph(line.element, "del", stamp)


def strike_all(line: Line, stamp: Stamp) -> None:
    """Strikes out all runs of a paragraph that are not struck out yet."""
    for slot in line.slots:
        release(slot)
    for run in list(line.element.iter(qn("r"))):
        outer = next(run.iterancestors(qn("drawing"), qn("pict"), *GONE), None)
        if outer is None and run.find(qn("commentReference")) is None:
            strike_run(run, stamp)
