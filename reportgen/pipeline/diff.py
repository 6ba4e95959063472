"""The verb diff: what a person changed in a Word draft, what the program would change there, what both changed.

In: a request and the path of a draft in the output folder. Out: lines for a person to read. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.pipeline.draft import current, find_draft, word_now
from reportgen.pipeline.request import Request
from reportgen.progress import Tell, one_line

if TYPE_CHECKING:
    from reportgen.drafts import FigureChange, MergeReport

_SHOWN = 60


def diff(request: Request, path: Path, tell: Tell) -> Iterator[str]:
    """The differences, one a line; an empty draft of differences is said in one line."""
    from reportgen import drafts

    draft = find_draft(request, path)
    now = current(request, draft, tell)
    new = word_now(request, draft, now)
    result = drafts.merge(draft.base, draft.data, new, date=now.date, where=str(path))
    if result.data is None:
        yield f"cannot be merged: {result.reason}"
    lines = list(told(result.report))
    yield from lines
    if not lines and result.data is not None:
        yield "no differences"


def told(report: MergeReport) -> Iterator[str]:
    """What a merge would do, one difference a line."""
    # What stands elsewhere now is struck out there and put in here: one difference to a reader.
    moved = Counter(report.inserted) & Counter(report.deleted)
    said = {
        "you changed": report.edited,
        "you added": report.added,
        "you took out": report.kept_deleted,
        "new value": list(_values(report.figures)),
        "would be updated": report.updated,
        "would be moved": list(moved.elements()),
        "would be added": list((Counter(report.inserted) - moved).elements()),
        "would be taken out": list((Counter(report.deleted) - moved).elements()),
    }
    for what, texts in said.items():
        yield from (f"{what}: {_short(text)}" for text in texts)
    for conflict in report.conflicts:
        yield f"both changed: yours stays: {_short(conflict.theirs)}; new: {_short(conflict.new)}"


def _values(changes: Sequence[FigureChange]) -> Iterator[str]:
    """Every change of a value once, and at how many places."""
    for change, places in Counter(changes).items():
        at = f", {places} places" if places > 1 else ""
        yield f"{change.old} -> {change.new} ({change.figure_id}{at})"


def _short(text: str) -> str:
    shown = one_line(text.replace("\t", " "))
    return repr(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
