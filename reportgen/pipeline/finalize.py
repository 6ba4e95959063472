"""The verb finalize: an edited Word draft -> a PDF in the house style, with their words, after a look at its numbers.

In: a request and the path of a draft. Out: a `Final`: what to look at, and the PDF, written in one piece. The draft
is only read. In strict mode a draft with findings becomes no PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ReportgenError, UsageError
from reportgen.house import load_house
from reportgen.pipeline.documents import stage
from reportgen.pipeline.draft import Draft, current, find_draft
from reportgen.pipeline.printing import HOUSE, PrintTask, print_briefing
from reportgen.pipeline.request import Request
from reportgen.progress import Event, Tell
from reportgen.publish import is_open, read_manifest, write_file

_FINAL = "定稿"


@dataclass(frozen=True, slots=True)
class Final:
    """Findings in reading order, a line each, in Chinese; the PDF, or None when it was refused."""

    findings: tuple[str, ...]
    pdf: Path | None


def finalize(request: Request, path: Path, target: Path | None, tell: Tell, *, strict: bool) -> Final:
    """Check the draft and set it; `target` is the PDF, by default 朝阳市.定稿.pdf beside 朝阳市.docx."""
    from reportgen import drafts

    draft = find_draft(request, path)
    if is_open(path):
        raise ReportgenError(
            "is open in Word, WPS or LibreOffice, so that its newest words may not be in it",
            where=str(path),
            hint="save and close it; delete a lock file that nobody holds",
        )
    pdf = _target(draft, target)
    tell(Event("info", "briefing", f"read {path.name}", done=1, total=3))
    now = current(request, draft, tell)
    task = PrintTask(now.briefing, now.path, ("docx",), request.templates, request.fonts)
    new = _files(task)[0][f"{now.path}.docx"]
    with stage("finalize", str(path)):
        found = drafts.check_draft(draft.data, draft.base, new, where=str(path))
        house = load_house(request.templates / HOUSE)
        briefing, problems = drafts.draft_to_briefing(draft.data, now.briefing, house, where=str(path))
    findings = [*map(str, found), *(problem.message for problem in problems)]
    if strict and findings:
        return Final(tuple(findings), None)
    tell(Event("info", "briefing", f"print {pdf.name}", done=2, total=3))
    files, glyphs = _files(PrintTask(briefing, pdf.stem, ("pdf",), request.templates, request.fonts))
    findings += glyphs
    if strict and findings:
        return Final(tuple(findings), None)
    write_file(pdf, files[f"{pdf.stem}.pdf"])
    return Final(tuple(findings), pdf)


def _target(draft: Draft, target: Path | None) -> Path:
    """Where the PDF goes: never over a file that the next build writes."""
    if target is None:
        return draft.path.with_name(f"{draft.path.stem}.{_FINAL}.pdf")
    if target.suffix.lower() != ".pdf":
        raise UsageError("is no name of a PDF", where=f"--out {target}", hint=f"{draft.path.stem}.{_FINAL}.pdf")
    whole = target.resolve()
    for folder in whole.parents:
        written = read_manifest(folder).get("outputs", {})
        if whole.relative_to(folder).as_posix() in written:
            raise UsageError(
                "is a file of the issue, which the next build writes over",
                where=f"--out {target}",
                hint=f"{draft.path.stem}.{_FINAL}.pdf",
            )
    return target


def _files(task: PrintTask) -> tuple[dict[str, bytes], list[str]]:
    made = print_briefing(task)
    if made.failure is not None:
        error = UsageError if made.misuse else ReportgenError
        raise error(made.failure.message, where=made.failure.where, hint=made.failure.hint)
    return made.files, [problem.message for problem in made.problems]
