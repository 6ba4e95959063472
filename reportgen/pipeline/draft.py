"""Which briefing of which issue a Word file is a draft of, wherever it lies and whatever it is called.

In: a path. Out: a `Draft` with its bytes and the version that it was made from. A file that is no draft of ours
or belongs to another issue is a ReportgenError that says so. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.errors import ReportgenError, UsageError
from reportgen.model import Briefing
from reportgen.ooxml import read_package
from reportgen.pipeline import cache
from reportgen.pipeline.briefings import studio_of, write_briefing
from reportgen.pipeline.intake import take_in, usable
from reportgen.pipeline.issue import make_issue
from reportgen.pipeline.merging import newest_day
from reportgen.pipeline.printing import print_task, printed_here
from reportgen.pipeline.request import Request
from reportgen.progress import Tell
from reportgen.publish import base_of, is_issue, issue_folders, read_manifest

_NOT_FOUND = "no issue in the output folder has the briefing that it was made from"


@dataclass(frozen=True, slots=True)
class Draft:
    """An edited file: its path and bytes, its issue, the name of its briefing there, what it was last made from."""

    path: Path
    data: bytes
    out: Path
    month: str
    name: str
    base: bytes

    @property
    def native_charts(self) -> bool:
        """Whether its charts are drawn by Word."""
        return any(name.startswith("word/charts/") for name in read_package(self.base, where=self.name))


@dataclass(frozen=True, slots=True)
class Current:
    """The briefing that a build would make now, and the day of the newest source, YYYY-MM-DD."""

    briefing: Briefing
    path: str
    date: str


def find_draft(request: Request, path: Path) -> Draft:
    """The draft at `path`, in the output folder by its place, else by what it carries inside.

    Raises UsageError for a path that is no Word file, ReportgenError for a file that cannot be taken for a draft.
    """
    from reportgen import drafts

    data = _read(path)
    said = drafts.read_draft(data, where=str(path))
    out, place = _place(request, path)
    if place:
        month, name = place
        base = base_of(out / month, name)
        if base is not None:
            reason = drafts.foreign(data, base)
            if reason:
                raise ReportgenError(reason, where=str(path), hint="the draft that belongs here, or another folder")
            return Draft(path, data, out, month, _name_of(name, said.name), base)
    if not said.name:
        raise ReportgenError("is no draft of ours", where=str(path), hint="a Word file that reportgen wrote")
    found = [
        Draft(path, data, out, month, name, base)
        for month, name, base in _bases(out, said.name, place[0] if place else "")
        if not drafts.foreign(data, base)
    ]
    if not found:
        raise ReportgenError(_NOT_FOUND, where=str(path), hint=f"reportgen build for {said.name}, {said.date}")
    same = [draft for draft in found if drafts.read_draft(draft.base).imprint == said.imprint]
    return (same or found)[0]


def current(request: Request, draft: Draft, tell: Tell) -> Current:
    """What the issue of the draft says now, as blocks. Raises UsageError when it has no such briefing any more."""
    from reportgen import vocabulary

    asked = replace(request, month=draft.month, out=draft.out)
    intake = usable(take_in(asked, tell, draft.out / cache.FOLDER), asked.seeds)
    issue = make_issue(asked, intake, vocabulary.load(asked.vocabulary))
    for subject in issue.subjects:
        if f"{subject.path}.docx" == draft.name:
            made = write_briefing(asked, issue, subject, studio_of(asked))
            return Current(made, subject.path, newest_day(issue.sources))
    raise UsageError("the issue has no such briefing", where=draft.name, hint="reportgen build --dry-run")


def word_now(request: Request, draft: Draft, now: Current) -> bytes:
    """The Word file that a build would write now in place of the draft, its charts drawn as they are there."""
    asked = replace(request, formats=("docx",), native_charts=draft.native_charts)
    files, _ = printed_here(print_task(asked, now.path, now.briefing))
    return files[f"{now.path}.docx"]


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError("no such file", where=str(path), hint="the path of a Word draft")
    if path.suffix.lower() != ".docx" or path.name.startswith(("~$", ".~lock")):
        raise UsageError("is no Word draft", where=str(path), hint="a .docx that reportgen wrote")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReportgenError(f"cannot be read: {error.strerror}", where=str(path)) from None


def _place(request: Request, path: Path) -> tuple[Path, tuple[str, str] | None]:
    """The output folder, and month and name of a file in it. A folder with a manifest above the file is an issue."""
    whole = path.resolve()
    for folder in whole.parents:
        if is_issue(folder) and read_manifest(folder):
            return folder.parent, (folder.name, whole.relative_to(folder).as_posix())
    return request.out, None


def _name_of(name: str, said: str) -> str:
    """The briefing's own name in the issue: 朝阳市.新稿.docx is one of 朝阳市.docx."""
    folder, slash, _ = name.rpartition("/")
    return f"{folder}{slash}{said}.docx" if said else name


def _bases(out: Path, said: str, month: str) -> Iterator[tuple[str, str, bytes]]:
    """Month, name and last version of every briefing called `said`, newest issue first."""
    for folder in issue_folders(out):
        if month not in ("", folder.name):
            continue
        outputs = read_manifest(folder).get("outputs")
        for name in sorted(outputs if isinstance(outputs, dict) else ()):
            base = base_of(folder, name) if name.rpartition("/")[2] == f"{said}.docx" else None
            if base is not None:
                yield folder.name, name, base
