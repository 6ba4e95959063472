"""Which table and which row is which where their keys do not say; and which rows of ours now stand elsewhere.

In: opened files and the pairs found so far. Out: pairs of line indices, more or fewer. Nothing is changed in a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from reportgen.drafts.document import Draft, ancestor
from reportgen.ooxml import qn

_SHARED = 0.5
"""Two tables with one head are the same when they share this part of their rows."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of several columns: what its head says, and the line indices of each cell of each row."""

    element: etree._Element
    head: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def indices(self) -> tuple[int, ...]:
        """All of its lines."""
        return tuple(index for row in self.rows for cell in row for index in cell)


def grids(draft: Draft) -> list[Grid]:
    """The tables of a file that have several columns, in order."""
    tables: dict[int, tuple[etree._Element, dict[int, dict[int, list[int]]]]] = {}
    for index, line in enumerate(draft.lines):
        cell = ancestor(line.element, "tc")
        row = ancestor(line.element, "tr")
        table = ancestor(line.element, "tbl")
        if cell is not None and row is not None and table is not None and len(row.findall(qn("tc"))) > 1:
            _, rows = tables.setdefault(id(table), (table, {}))
            rows.setdefault(id(row), {}).setdefault(id(cell), []).append(index)
    return [_grid(draft, table, rows) for table, rows in tables.values()]


def _grid(draft: Draft, table: etree._Element, found: dict[int, dict[int, list[int]]]) -> Grid:
    rows = tuple(tuple(tuple(cell) for cell in row.values()) for row in found.values())
    labels = tuple("\n".join(draft.lines[index].skeleton for index in row[0]) for row in rows)
    head = tuple(draft.lines[index].skeleton for cell in rows[0] for index in cell)
    return Grid(table, head, labels, rows)


def unkeyed(base: Draft, new: Draft, pairs: dict[int, int]) -> dict[int, int]:
    """Cells of tables that no key ties together, as when a heading above gave all of them other keys."""
    taken = set(pairs.values())
    left = [grid for grid in grids(base) if not any(index in pairs for index in grid.indices)]
    right = [grid for grid in grids(new) if not any(index in taken for index in grid.indices)]
    found: dict[int, int] = {}
    start = 0
    for one in left:
        for place in range(start, len(right)):
            shared = _in_order(one.labels[1:], right[place].labels[1:])
            fewest = min(len(one.labels), len(right[place].labels)) - 1
            if one.head == right[place].head and len(shared) >= max(1, _SHARED * fewest):
                for row, other in [(0, 0), *((a + 1, b + 1) for a, b in shared)]:
                    found |= _cells(one.rows[row], right[place].rows[other])
                start = place + 1
                break
    return found


def _in_order(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return [(a + step, b + step) for a, b, size in blocks for step in range(size)]


def _cells(one: Sequence[Sequence[int]], two: Sequence[Sequence[int]]) -> dict[int, int]:
    if len(one) != len(two):
        return {}
    return {left: right for cell, other in zip(one, two, strict=True) for left, right in zip(cell, other, strict=False)}


def moved_rows(base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: dict[int, int]) -> set[int]:
    """Lines of rows that stand elsewhere in their table now, as in a ranking, and that nobody touched.

    Such a row goes where it was and comes where it is now. A table whose rows a person moved keeps their order.
    """
    row_of = {index: id(ancestor(line.element, "tr")) for index, line in enumerate(new.lines)}
    place_of: dict[int, int] = {}
    for index in range(len(new.lines)):
        place_of.setdefault(row_of[index], index)
    moved: set[int] = set()
    for grid in grids(base):
        rows = [[index for cell in row for index in cell] for row in grid.rows]
        paired = [row for row in rows if any(index in pairs for index in row)]
        order = [next(place_of[row_of[pairs[index]]] for index in row if index in pairs) for row in paired]
        theirs_order = [found[row[0]] for row in paired if row[0] in found]
        if order == sorted(order) or theirs_order != sorted(theirs_order):
            continue
        kept = {place for a, _, size in _blocks(order) for place in range(a, a + size)}
        for place, row in enumerate(paired):
            same = all(index in found and theirs.lines[found[index]].text == base.lines[index].text for index in row)
            if place not in kept and same:
                moved.update(row)
    return moved


def _blocks(order: Sequence[int]) -> Sequence[tuple[int, int, int]]:
    return SequenceMatcher(None, order, sorted(order), autojunk=False).get_matching_blocks()
