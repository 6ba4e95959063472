"""Tables in running text: rows of tab-separated cells, and tables that the web flattened to one cell per line.

Lines go in; grids of cells with their text offsets come out, each number under its row label and column head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.model import GridCell

NUMBER = re.compile(r"[-−－+＋]?\d{1,3}(?:,\d{3})+(?:\.\d+)?[%％]?|[-−－+＋]?\d+(?:\.\d+)?[%％]?", re.ASCII)
_MISSING = re.compile(r"[-—–…]+|/|\.{2,}")
_STUB = re.compile("^(?:指标(?!值)|项目|名称|类别|地区|单位|县区|行业|品种|产品|城市|区域|年份|序号|区县|县（市、区）)")
_SENTENCE = re.compile("[。；;！!？?]")
LONGEST = 30
FEWEST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, trimmed; offsets are text offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found: the text span that it covers and its number cells."""

    start: int
    end: int
    cells: tuple[GridCell, ...]


def grids(lines: tuple[Line, ...]) -> tuple[Grid, ...]:
    """All tables among the lines, in order."""
    found = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and "\t" in lines[stop].text:
            stop += 1
        if stop - index >= 2:
            found.append(_tabbed(lines[max(index - 1, 0)] if index else None, lines[index:stop]))
            index = stop
            continue
        stop = index
        while stop < len(lines) and _is_cell(lines[stop].text):
            stop += 1
        grid = _flattened(lines[index:stop]) if stop - index >= FEWEST_NUMBERS * 2 else None
        if grid is not None:
            found.append(grid)
        index = max(stop, index + 1)
    return tuple(grid for grid in found if grid.cells)


def _is_cell(text: str) -> bool:
    return len(text) <= LONGEST and not _SENTENCE.search(text) and "\t" not in text


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text) or _MISSING.fullmatch(text))


def _flattened(lines: tuple[Line, ...]) -> Grid | None:
    numbers = [i for i, line in enumerate(lines) if _is_number(line.text)]
    if len([i for i in numbers if NUMBER.fullmatch(lines[i].text)]) < FEWEST_NUMBERS:
        return None
    runs = _runs(numbers)
    width = Counter(stop - start for start, stop in runs).most_common(1)[0][0]
    if len(runs) < 2 or sum(stop - start == width for start, stop in runs) * 3 < len(runs) * 2:
        return None
    first = runs[0][0]
    stub = _stub(lines, first, width)
    if stub is None:
        return None
    heads = [line.text for line in lines[stub + 1 : stub + 1 + width]]
    title = lines[stub - 1].text if stub > 0 else ""
    cells: list[GridCell] = []
    group, position = "", stub + 1 + width
    for start, stop in runs:
        names = [line.text for line in lines[position:start]]
        if stop - start == width and names:
            label, group = _label(names, group)
            cells.extend(_row(lines[start:stop], label, heads, group, title))
        position = stop
    last = runs[-1][1] - 1
    return Grid(lines[max(stub - 1, 0)].start, lines[last].end, tuple(cells))


def _stub(lines: tuple[Line, ...], first: int, width: int) -> int | None:
    """Where the head begins: the line that names the first column, else the line before the heads; -1 for none left."""
    for index in range(first - 1 - width, max(first - 6 - width, -1), -1):
        if index >= 0 and _STUB.match(lines[index].text):
            return index
    return first - 2 - width if first - 1 - width >= 0 else None


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in numbers:
        if runs and runs[-1][1] == index:
            runs[-1] = runs[-1][0], index + 1
        else:
            runs.append((index, index + 1))
    return runs


def _label(names: list[str], group: str) -> tuple[str, str]:
    """(row label, row group) from the lines before a row: a broken label is joined, a longer first line is a group."""
    if len(names) == 1:
        return names[0], group
    if all(len(name) <= 2 for name in names[-2:]):
        return "".join(names[-2:]), group if len(names) == 2 else names[0]
    return names[-1], names[-2]


def _row(lines: tuple[Line, ...], label: str, heads: list[str], group: str, title: str) -> Iterator[GridCell]:
    for line, head in zip(lines, heads, strict=True):
        if NUMBER.fullmatch(line.text):
            yield GridCell(line.start, line.end, label, head, group, title)


def _tabbed(before: Line | None, lines: tuple[Line, ...]) -> Grid:
    rows = [_split(line) for line in lines]
    heads: list[str] = []
    cells: list[GridCell] = []
    title = before.text if before and _is_cell(before.text) else ""
    for row in rows:
        texts = [cell.text for cell in row]
        if not any(NUMBER.fullmatch(text) for text in texts[1:]):
            heads = texts if not heads or len(texts) >= len(heads) else heads
            continue
        for index, cell in enumerate(row[1:], 1):
            if NUMBER.fullmatch(cell.text):
                head = heads[index] if index < len(heads) else ""
                cells.append(GridCell(cell.start, cell.end, texts[0], head, "", title))
    return Grid(lines[0].start, lines[-1].end, tuple(cells))


def _split(line: Line) -> list[Line]:
    cells, position = [], line.start
    for part in line.text.split("\t"):
        lead = len(part) - len(part.lstrip())
        text = part.strip()
        cells.append(Line(position + lead, position + lead + len(text), text))
        position += len(part) + 1
    return cells
