"""Boxes -> pages: what stands together stays together, table heads are repeated, columns are balanced.

A box knows its height and draws itself at a place; nothing here knows what is in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from reportgen.render.pdf.pen import Pen

Draw = Callable[[Pen, float, float], None]
"""Called with pen, left edge and top edge."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something of fixed height. White before and after it is not added up: the larger counts.

    `keep`: the next box stands on the same page. `together`: so it does where that leaves little of a page empty.
    `repeat`: drawn again where a page begins with this box. `anchor`: a name whose page is noted.
    """

    height: float
    draw: Draw
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    repeat: Box | None = None
    bottom: bool = False
    together: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Boxes to be set in two columns, evenly long on their last page; `step` pt apart from left edge to left edge."""

    boxes: tuple[Box, ...]
    step: float
    close: Callable[[Pen, float, float, float], None]
    """Draws what belongs to a whole column: pen, left, top and bottom edge."""
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page, unless one has just begun."""


Item = Box | Columns | NewPage
Page = list[tuple[float, float, Draw]]
"""What a page shows: x and y from the upper left of the type area, and how to draw it."""


_MOST_EMPTY, _LEAST_EMPTY = 0.2, 0.06
"""The part of a page that may stay empty so that a table is not divided; less, where that saves a page."""
_LEFT_BEFORE, _LEFT_INSTEAD, _HARDLY_FILLED = 0.25, 0.6, 0.2
"""The part of a page that may stay empty so that the evidence begins one; more, where else the last page would be
filled to no more than the last part."""
_TIGHTER = (0.85, 0.7, 0.6)
"""The parts of the white between blocks that are tried to save a page."""
_LEAST_WHITE = 0.35
"""What is left at least of the white on the first page where it would overflow."""
_UNDER_HEADING = 96.0
"""pt that columns need below their heading."""


@dataclass(slots=True)
class _Pages:
    height: float
    pages: list[Page]
    places: dict[str, int]
    empty: float
    y: float = 0.0
    after: float = 0.0
    left: float = 0.0
    """What stayed empty of the page before the last one that was asked for."""
    filled: float = 0.0
    """How far the last page is filled, without what stands at its foot."""

    def new(self) -> None:
        self.pages.append([])
        self.y = self.after = 0.0

    @property
    def fresh(self) -> bool:
        return not self.pages[-1]

    def gap(self, before: float) -> float:
        return 0.0 if self.fresh else max(self.after, before)

    def place(self, box: Box) -> None:
        if self.fresh and box.repeat:
            self.put(box.repeat)
        self.put(box)

    def put(self, box: Box) -> None:
        self.y += self.gap(box.before)
        top = max(self.y, self.height - box.height) if box.bottom else self.y
        self.filled = self.y if box.bottom else top + box.height
        self.pages[-1].append((0.0, top, box.draw))
        if box.anchor:
            self.places.setdefault(box.anchor, len(self.pages))
        self.y = top + box.height
        self.after = box.after


def paginate(items: Sequence[Item], height: float, places: dict[str, int] | None = None) -> list[Page]:
    """Lay `items` on pages of `height` pt. Always at least one page; `places` gets the page of every anchor, from 1.

    Columns at the end (the evidence) begin a page of their own where that takes no page more and leaves little of a
    page empty: better than a last page of two lines. Tables are divided sooner, and there is less white between blocks,
    where that saves a page.
    """
    items = _first_page_squeezed(items, height)
    best = _best(items, height)
    if len(best.pages) > 1 and _saves(_tightened(items, _TIGHTER[-1]), best, height):
        tighter = (_tightened(items, part) for part in _TIGHTER)
        saving = next((found for found in tighter if _saves(found, best, height)), None)
        best = _best(saving, height) if saving else best
    if places is not None:
        places.update(best.places)
    return [page for page in best.pages if page] or [[]]


def _best(items: Sequence[Item], height: float) -> _Pages:
    """The layout with the fewest pages."""
    best = _either(items, height, _MOST_EMPTY)
    # Dividing tables sooner can only save a page where it does so without a page of the evidence's own.
    if _saves(items, best, height):
        best = _either(items, height, _LEAST_EMPTY)
    return best


def _either(items: Sequence[Item], height: float, empty: float) -> _Pages:
    """The evidence on a page of its own where that costs nothing, else following on."""
    own = _apart(items)
    on = _laid(items, height, empty)
    if own is items:
        return on
    apart = _laid(own, height, empty)
    most = _LEFT_INSTEAD if on.filled <= _HARDLY_FILLED * height else _LEFT_BEFORE
    return apart if len(apart.pages) == len(on.pages) and apart.left <= most * height else on


def _saves(items: Sequence[Item], best: _Pages, height: float) -> bool:
    """Whether the items take fewer pages than the best layout."""
    return len(_laid(items, height, _LEAST_EMPTY).pages) < len(best.pages)


def _tightened(items: Sequence[Item], part: float) -> list[Item]:
    """The items with `part` of the white between them; page 1 stays as it is where it ends by itself."""
    first = next((index for index, item in enumerate(items) if isinstance(item, NewPage)), 0)
    return [
        *items[:first],
        *(
            item if isinstance(item, NewPage) else replace(item, before=item.before * part, after=item.after * part)
            for item in items[first:]
        ),
    ]


def _apart(items: Sequence[Item]) -> Sequence[Item]:
    """The items with a new page before the columns and the heading that is kept with them."""
    at = next((index for index, item in enumerate(items) if isinstance(item, Columns)), 0)
    while at and isinstance(before := items[at - 1], Box) and before.keep:
        at -= 1
    return [*items[:at], NewPage(), *items[at:]] if at else items


def _laid(items: Sequence[Item], height: float, empty: float) -> _Pages:
    """`empty`: the part of a page that may stay empty so that a table is not divided."""
    state = _Pages(height, [[]], {}, empty)
    index = 0
    while index < len(items):
        item = items[index]
        index += 1
        if isinstance(item, NewPage):
            if not state.fresh:
                state.left = state.height - state.y
                state.new()
        elif isinstance(item, Columns):
            following = items[index] if index < len(items) else None
            last = following.before + following.height if isinstance(following, Box) and following.bottom else 0.0
            _place_columns(state, item, last)
        else:
            group = [item]
            while (group[-1].keep or group[-1].together) and index < len(items):
                following = items[index]
                if not isinstance(following, Box):
                    break
                group.append(following)
                index += 1
            over_columns = group[-1].keep and index < len(items) and isinstance(items[index], Columns)
            _place_group(state, group, _UNDER_HEADING if over_columns else 0.0)
    return state


def _first_page_squeezed(items: Sequence[Item], height: float) -> Sequence[Item]:
    """With less white between the boxes before the first page break where they are a little too high for one page."""
    end = next((index for index, item in enumerate(items) if isinstance(item, NewPage)), 0)
    first = [item for item in items[:end] if isinstance(item, Box)]
    white = sum(max(upper.after, lower.before) for upper, lower in pairwise(first))
    over = stacked(first) - height
    if len(first) < end or over <= 0 or not white or over > (1 - _LEAST_WHITE) * white:
        return items
    part = 1 - (over + 0.5) / white
    return [*(replace(box, before=box.before * part, after=box.after * part) for box in first), *items[end:]]


def _place_group(state: _Pages, group: Sequence[Box], below: float) -> None:
    """A group that fits on one page is not torn, unless much of a page would stay empty; then only where it may be.

    `below`: height that what follows needs on the same page.
    """
    total = stacked(group) + below
    room = state.height - state.y - state.gap(group[0].before)
    divided = total > state.height or room > state.empty * state.height
    if total > room + 0.01 and not state.fresh and divided and any(box.together for box in group):
        for part in _undivided(group):
            _place_group(state, [replace(box, together=False) for box in part], 0.0)
        return
    if total > room + 0.01 and not state.fresh and total <= state.height:
        state.new()
    for box in group:
        if not state.fresh and state.y + state.gap(box.before) + box.height > state.height + 0.01:
            state.new()
        state.place(box)


def _undivided(group: Sequence[Box]) -> list[list[Box]]:
    """The parts of a group between which a page may end."""
    parts: list[list[Box]] = [[]]
    for box in group:
        parts[-1].append(box)
        if not box.keep:
            parts.append([])
    return [part for part in parts if part]


def stacked(boxes: Sequence[Box]) -> float:
    """Height of boxes on top of one another, without the white before the first and after the last."""
    gaps = (max(upper.after, lower.before) for upper, lower in pairwise(boxes))
    return sum(box.height for box in boxes) + sum(gaps)


def _place_columns(state: _Pages, columns: Columns, last: float) -> None:
    """`last`: height of what ends the document below; it never stands on a page by itself."""
    rest = list(columns.boxes)
    before = columns.before
    while rest:
        top = state.y + state.gap(before)
        room = state.height - top
        left, right, rest_after = _split_columns(rest, room)
        used = max(stacked(left), stacked(right))
        if last and not rest_after and top + used + max(columns.after, 0.0) + last > state.height:
            left, right, rest_after = _split_columns(rest, used - last)
        if not left and not state.fresh:
            state.new()
            continue
        if not left:
            left, right, rest_after = rest[:1], [], rest[1:]
        bottom = top + max(stacked(left), stacked(right))
        for number, column in enumerate((left, right)):
            if column:
                _place_column(state, column, number * columns.step, top, columns)
        state.y = state.filled = bottom
        state.after = columns.after
        rest, before = rest_after, 0.0
        if rest:
            state.new()


def _place_column(state: _Pages, column: Sequence[Box], x: float, top: float, columns: Columns) -> None:
    y = top
    for index, box in enumerate(column):
        y += max(column[index - 1].after, box.before) if index else 0.0
        state.pages[-1].append((x, y, box.draw))
        y += box.height
    bottom = y
    close = columns.close
    state.pages[-1].append((x, top, lambda pen, left, y0: close(pen, left, y0, y0 + bottom - top)))


def _split_columns(boxes: list[Box], room: float) -> tuple[list[Box], list[Box], list[Box]]:
    """Left column, right column, and what goes on; both even when everything fits."""
    bottoms = _bottoms(boxes)
    low, high = 0.0, room
    if _fill_both(boxes, bottoms, room)[1] == len(boxes):
        for _ in range(12):
            middle = (low + high) / 2
            fits = _fill_both(boxes, bottoms, middle)[1] == len(boxes)
            low, high = (low, middle) if fits else (middle, high)
    left, right = _fill_both(boxes, bottoms, high)
    return boxes[:left], boxes[left:right], boxes[right:]


def _bottoms(boxes: Sequence[Box]) -> list[float]:
    """Where each box would end if all stood on top of one another."""
    gaps = (0.0, *(max(upper.after, lower.before) for upper, lower in pairwise(boxes)))
    return list(accumulate(gap + box.height for gap, box in zip(gaps, boxes, strict=False)))


def _fill_both(boxes: Sequence[Box], bottoms: Sequence[float], room: float) -> tuple[int, int]:
    """Where the left and the right column end."""
    left = _fill(boxes, bottoms, 0, room)
    return left, _fill(boxes, bottoms, left, room)


def _fill(boxes: Sequence[Box], bottoms: Sequence[float], start: int, room: float) -> int:
    """Where a column that begins with box `start` ends; one that is kept with the next does not end it."""
    if start == len(boxes):
        return start
    top = bottoms[start] - boxes[start].height
    end = bisect_right(bottoms, top + room + 0.01, lo=start)
    while start < end < len(boxes) and boxes[end - 1].keep:
        end -= 1
    return end
