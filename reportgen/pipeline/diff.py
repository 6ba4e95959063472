"""The verb diff: what a person changed in a Word draft, what the program would change there, what both changed.

In: a request and the path of a draft in the output folder. Out: lines for a person to read. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reportgen.errors import ReportgenError, UsageError
from reportgen.pipeline import cache
from reportgen.pipeline.briefings import write_briefings
from reportgen.pipeline.intake import take_in
from reportgen.pipeline.issue import make_issue
from reportgen.pipeline.merging import newest
from reportgen.pipeline.printing import print_all
from reportgen.pipeline.request import Request
from reportgen.progress import Tell, one_line
from reportgen.publish import base_of

_SHOWN = 60


def diff(request: Request, path: Path, tell: Tell) -> Iterator[str]:
    """The differences, one a line; an empty draft of differences is said in one line."""
    from reportgen import drafts

    month, name = _place(request, path)
    base = base_of(request.out / month, name)
    if base is None:
        raise UsageError("what the program had written there is not known", where=str(path), hint="reportgen build")
    new, date = _new_version(replace(request, month=month, formats=("docx",)), name, tell)
    result = drafts.merge(base, path.read_bytes(), new, date=date, where=name)
    if result.data is None:
        yield f"cannot be merged: {result.reason}"
    report = result.report
    said = {
        "you changed": report.edited,
        "you added": report.added,
        "you took out": report.kept_deleted,
        "new value": [f"{change.old} -> {change.new} ({change.figure_id})" for change in report.figures],
        "would be updated": report.updated,
        "would be added": report.inserted,
        "would be taken out": report.deleted,
    }
    lines = [f"{what}: {_short(text)}" for what, texts in said.items() for text in texts]
    for conflict in report.conflicts:
        lines.append(f"both changed: yours stays: {_short(conflict.theirs)}; new: {_short(conflict.new)}")
    yield from lines
    if not lines and result.data is not None:
        yield "no differences"


def _place(request: Request, path: Path) -> tuple[str, str]:
    """Month and name of a draft in the output folder."""
    if not path.is_file():
        raise UsageError("no such file", where=str(path), hint="the path of a Word file in the output folder")
    try:
        parts = path.resolve().relative_to(request.out.resolve()).parts
    except ValueError:
        parts = ()
    if len(parts) < 2 or path.suffix != ".docx":
        raise UsageError("is no Word file of the output folder", where=str(path), hint=str(request.out))
    return parts[0], "/".join(parts[1:])


def _new_version(request: Request, name: str, tell: Tell) -> tuple[bytes, str]:
    """What the program would write now under `name`, and the date of the newest source."""
    from reportgen import vocabulary

    intake = take_in(request, tell, request.out / cache.FOLDER)
    issue = make_issue(request, intake, vocabulary.load(request.vocabulary))
    wanted = tuple(subject for subject in issue.subjects if f"{subject.path}.docx" == name)
    briefings, unwritten = write_briefings(request, replace(issue, subjects=wanted), tell)
    for made in (*unwritten, *print_all(request, briefings, tell)):
        if made.failure is not None:
            raise ReportgenError(made.failure.message, where=made.failure.where, hint=made.failure.hint)
        return made.files[name], newest(issue.sources)
    raise UsageError("the issue has no such briefing", where=name, hint="reportgen build --dry-run")


def _short(text: str) -> str:
    shown = one_line(text)
    return repr(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
