"""Which table and which row is which where their keys do not say; and which rows of ours now stand elsewhere.

In: opened files and the pairs found so far. Out: pairs of line indices, more or fewer. Nothing is changed in a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from reportgen.drafts.document import Draft, ancestor
from reportgen.drafts.numbers import untouched
from reportgen.ooxml import qn

_SHARED = 0.5
"""Two tables are the same when they share this part of the names of their rows."""
_DIGITS = re.compile(r"[0-9]+")


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


def unkeyed(
    base: Draft, new: Draft, pairs: dict[int, int], allowed: Callable[[int, int], bool] = lambda one, other: True
) -> dict[int, int]:
    """Cells of tables that no key ties together: a heading above, or a column, gave all of them other keys.

    Of two tables with different columns only the names of the rows are tied. `allowed` says of the first lines of two
    tables whether they may be the same.
    """
    taken = set(pairs.values())
    left = [grid for grid in grids(base) if not any(index in pairs for index in grid.indices)]
    right = [grid for grid in grids(new) if not any(index in taken for index in grid.indices)]
    found: dict[int, int] = {}
    for alike in (_same_columns, _same_rows):
        start = 0
        for one in list(left):
            first = one.indices[0]
            likely = (grid for grid in right[start:] if allowed(first, grid.indices[0]))
            other = next((grid for grid in likely if alike(one, grid)), None)
            if other is None:
                continue
            shared = [(0, 0), *((a + 1, b + 1) for a, b in _in_order(one.labels[1:], other.labels[1:]))]
            width = None if one.head == other.head else 1
            for row, number in shared:
                found |= _cells(one.rows[row][:width], other.rows[number][:width])
            start = right.index(other)
            left.remove(one)
            right.remove(other)
    return found


def _same_columns(one: Grid, other: Grid) -> bool:
    return one.head == other.head and _same_rows(one, other)


def _same_rows(one: Grid, other: Grid) -> bool:
    """True for tables whose first columns have the same head and mostly the same names."""
    shared = _in_order(one.labels[1:], other.labels[1:])
    mean = (len(one.labels) + len(other.labels)) / 2 - 1
    return one.labels[0] == other.labels[0] and len(shared) >= max(1, _SHARED * mean)


def twins(base: Draft, new: Draft) -> dict[int, int]:
    """Rows that differ in the digits of their name at most: their keys only count them, so what they say decides.

    Rows that say the same come first, then those that share the most cells. Which table is which, the keys say.
    """
    right = grids(new)
    home = {new.lines[index].key: number for number, grid in enumerate(right) for index in grid.indices}
    found: dict[int, int] = {}
    for one in grids(base):
        votes = Counter(home[key] for key in (base.lines[index].key for index in one.indices) if key in home)
        other = right[votes.most_common(1)[0][0]] if votes else None
        if other is None or one.head != other.head:
            continue
        ours, newer = _said(base, one), _said(new, other)
        names = [_DIGITS.sub("", row[0]) for row in ours], [_DIGITS.sub("", row[0]) for row in newer]
        for name in dict.fromkeys(names[0]):
            left, free = ([place for place, own in enumerate(some) if own == name] for some in names)
            if len(left) + len(free) > 2:
                found |= {
                    index: place
                    for a, b in _likely(ours, newer, left, free)
                    for index, place in _cells(one.rows[a], other.rows[b]).items()
                }
    return found


def _likely(
    ours: Sequence[Sequence[str]], newer: Sequence[Sequence[str]], left: Sequence[int], free: Sequence[int]
) -> list[tuple[int, int]]:
    """Each of the rows `left` with the one of `free` that it shares the most cells with, the nearest of several."""
    likely = [
        (-_shared(ours[a], newer[b]), ours[a][0] != newer[b][0], abs(n - m), a, b)
        for n, a in enumerate(left)
        for m, b in enumerate(free)
    ]
    one, two = set(left), set(free)
    chosen: list[tuple[int, int]] = []
    for *_, a, b in sorted(likely):
        if a in one and b in two:
            chosen.append((a, b))
            one.remove(a)
            two.remove(b)
    return chosen


def _said(draft: Draft, grid: Grid) -> list[tuple[str, ...]]:
    """What the cells of each row say."""
    return [tuple("\n".join(draft.lines[index].text for index in cell) for cell in row) for row in grid.rows]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many cells of two rows say the same."""
    return sum(1 for left, right in zip(one, other, strict=False) if left == right)


def by_place(base: Draft, theirs: Draft, pairs: dict[int, int]) -> dict[int, int]:
    """Cells of the edited file whose bookmark an editor dropped, by their row and column in a table that is known."""
    taken = set(pairs.values())
    right = grids(theirs)
    home = {index: number for number, grid in enumerate(right) for index in grid.indices}
    found: dict[int, int] = {}
    for one in grids(base):
        votes = Counter(home[pairs[index]] for index in one.indices if pairs.get(index) in home)
        if not votes:
            continue
        other = right[votes.most_common(1)[0][0]]
        rows = _rows(one, other, pairs)
        for row, number in rows.items():
            found |= _cells(one.rows[row], other.rows[number])
    keys = {line.key for line in base.lines}
    return {
        index: place
        for index, place in found.items()
        # A key that our last version does not know is that of a rejected change.
        if index not in pairs and place not in taken and keys.isdisjoint(theirs.lines[place].keys)
    }


def _rows(one: Grid, other: Grid, pairs: dict[int, int]) -> dict[int, int]:
    """Which row is which: by a cell that is known, else by what it is called, in order."""
    row_of = {index: number for number, row in enumerate(other.rows) for cell in row for index in cell}
    rows: dict[int, int] = {}
    for number, row in enumerate(one.rows):
        known = [row_of[pairs[index]] for cell in row for index in cell if pairs.get(index) in row_of]
        if known:
            rows[number] = max(known, key=known.count)
    taken = set(rows.values())
    left = [number for number in range(len(one.rows)) if number not in rows]
    free = [number for number in range(len(other.rows)) if number not in taken]
    shared = _in_order([one.labels[number] for number in left], [other.labels[number] for number in free])
    return rows | {left[a]: free[b] for a, b in shared}


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
    words = Counter(id(ancestor(line.element, "tr")) for line in theirs.lines if line.text)
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
            same = all(index in found and untouched(base.lines[index], theirs.lines[found[index]]) for index in row)
            home = ancestor(theirs.lines[found[row[0]]].element, "tr") if same else None
            said = sum(1 for index in row if base.lines[index].text)
            # A row in which somebody put a word of their own stays where it is.
            if place not in kept and same and words[id(home)] == said:
                moved.update(row)
    return moved


def _blocks(order: Sequence[int]) -> Sequence[tuple[int, int, int]]:
    return SequenceMatcher(None, order, sorted(order), autojunk=False).get_matching_blocks()
