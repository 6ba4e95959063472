"""Edits on a document's text, applied in one pass: the text changes, the way back to the source file stays exact.

A fix proposes `Edit` values; `apply_edits` cuts them in, records each as a `Repair` and composes the offset map, in
time linear in the text. Nothing here knows why a text is changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..model import Document, OffsetMap, Repair


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text [start, end) by `after`. `lossy` where the source does not determine what stood there."""

    start: int
    end: int
    after: str
    lossy: bool = False


def apply_edits(document: Document, fix: str, edits: Iterable[Edit]) -> Document:
    """`document` with `edits` (in order, not overlapping, not empty) made to its text and recorded under `fix`."""
    text, offsets = document.text, document.offsets
    runs = _Runs()
    pieces: list[str] = []
    repairs: list[Repair] = []
    kept_from = 0
    walk = _Walk(offsets)
    shifts: list[tuple[int, int]] = []
    for edit in edits:
        if edit.start < kept_from or edit.end <= edit.start or edit.end > len(text):
            raise ValueError(f"{fix}: edit [{edit.start}, {edit.end}) overlaps, is empty or lies outside the text")
        walk.keep(kept_from, edit.start, runs)
        pieces.append(text[kept_from : edit.start])
        raw_start, raw_end = walk.span(edit.start, edit.end)
        if len(edit.after) == edit.end - edit.start:
            walk.keep(edit.start, edit.end, runs)
        else:
            for step in range(len(edit.after)):
                runs.add(min(raw_start + step, raw_end - 1), 1)
        pieces.append(edit.after)
        repairs.append(Repair(fix, raw_start, raw_end, text[edit.start : edit.end], edit.after, edit.lossy))
        kept_from = edit.end
        shifts.append((edit.end, runs.length))
    if not repairs:
        return document
    walk.keep(kept_from, len(text), runs)
    pieces.append(text[kept_from:])
    return replace(
        document,
        text="".join(pieces),
        offsets=runs.offset_map(),
        repairs=document.repairs + tuple(repairs),
        pages=tuple(_moved(document.pages, shifts)),
    )


class _Runs:
    """The runs of an offset map under construction; touching runs of one distance become one."""

    def __init__(self) -> None:
        self.length = 0
        self._text_starts: list[int] = []
        self._raw_starts: list[int] = []

    def add(self, raw_start: int, count: int) -> None:
        """The next `count` characters of the text stand at `raw_start` and after."""
        starts, raws = self._text_starts, self._raw_starts
        if not starts or raws[-1] + self.length - starts[-1] != raw_start:
            starts.append(self.length)
            raws.append(raw_start)
        self.length += count

    def offset_map(self) -> OffsetMap:
        return OffsetMap(tuple(self._text_starts) or (0,), tuple(self._raw_starts) or (0,))


class _Walk:
    """Walks an old offset map from left to right, so that a whole pass over the text stays linear."""

    def __init__(self, offsets: OffsetMap) -> None:
        self._starts = offsets.text_starts
        self._raws = offsets.raw_starts
        self._run = 0

    def _raw(self, offset: int) -> int:
        while self._run + 1 < len(self._starts) and self._starts[self._run + 1] <= offset:
            self._run += 1
        return self._raws[self._run] + offset - self._starts[self._run]

    def keep(self, start: int, end: int, runs: _Runs) -> None:
        """Carry the old runs of [start, end) over to `runs`."""
        while start < end:
            raw_start = self._raw(start)
            last = self._starts[self._run + 1] if self._run + 1 < len(self._starts) else end
            stop = min(last, end)
            runs.add(raw_start, stop - start)
            start = stop

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the non-empty [start, end). Does not move back: `start` is never before an earlier call's."""
        raw_start = self._raw(start)
        run = bisect_right(self._starts, end - 1, self._run) - 1
        return raw_start, self._raws[run] + end - self._starts[run]


def _moved(places: tuple[int, ...], shifts: list[tuple[int, int]]) -> Iterator[int]:
    """Text offsets `places` after the edits; `shifts` pairs the old end of each edit with its new end."""
    ends = [end for end, _ in shifts]
    for place in places:
        index = bisect_right(ends, place) - 1
        yield place if index < 0 else shifts[index][1] + place - shifts[index][0]
