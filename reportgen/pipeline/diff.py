"""The verb diff: what a person changed in a Word draft, what the program would change there, what both changed.

In: a request and the path of a draft in the output folder. Out: lines for a person to read. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.pipeline.draft import Draft, current, find_draft
from reportgen.pipeline.printing import print_all
from reportgen.pipeline.request import Request
from reportgen.progress import Tell, one_line

if TYPE_CHECKING:
    from reportgen.drafts import FigureChange, MergeReport

_SHOWN = 60


def diff(request: Request, path: Path, tell: Tell) -> Iterator[str]:
    """The differences, one a line; an empty draft of differences is said in one line."""
    from reportgen import drafts

    draft = find_draft(request, path)
    new, date = _new_version(request, draft, tell)
    result = drafts.merge(draft.base, draft.data, new, date=date, where=str(path))
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


def _new_version(request: Request, draft: Draft, tell: Tell) -> tuple[bytes, str]:
    """What the program would write now in place of the draft, and the date of the newest source."""
    now = current(request, draft, tell)
    asked = replace(request, formats=("docx",), native_charts=draft.native_charts)
    for made in print_all(asked, {now.path: now.briefing}, tell):
        if made.failure is not None:
            raise ReportgenError(made.failure.message, where=made.failure.where, hint=made.failure.hint)
        return made.files[draft.name], now.date
    raise AssertionError("one briefing is printed")


def _values(changes: Sequence[FigureChange]) -> Iterator[str]:
    """Every change of a value once, and at how many places."""
    for change, places in Counter(changes).items():
        at = f", {places} places" if places > 1 else ""
        yield f"{change.old} -> {change.new} ({change.figure_id}{at})"


def _short(text: str) -> str:
    shown = one_line(text.replace("\t", " "))
    return repr(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
