"""The verb finalize: an edited Word draft -> a PDF in the house style, with their words, after a look at its numbers.

In: a request and the path of a draft. Out: a `Final`: what to look at, and the PDF, written in one piece. The draft
is only read. In strict mode a draft with findings becomes no PDF.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError, UsageError
from reportgen.house import load_house
from reportgen.pipeline.documents import stage
from reportgen.pipeline.draft import Draft, current, find_draft, word_now
from reportgen.pipeline.printing import DESK, HOUSE, PrintTask, printed_here
from reportgen.pipeline.request import Request
from reportgen.progress import Event, Tell
from reportgen.publish import is_open, read_manifest, write_file
from reportgen.read import Limits

if TYPE_CHECKING:
    from reportgen.drafts import Finding

_FINAL = "定稿"
_BLANKS = re.compile(r"\s+")
_ENOUGH = (12, 6)
"""Characters of a sentence that find it where the end of a line, page or card disturbs the rest."""


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
    new = word_now(request, draft, now)
    with stage("finalize", str(path)):
        found = drafts.check_draft(draft.data, draft.base, new, where=str(path))
        house = load_house(request.templates / HOUSE)
        briefing, problems = drafts.draft_to_briefing(draft.data, now.briefing, house, drawn=new, where=str(path))
    tell(Event("info", "briefing", f"print {pdf.name}", done=2, total=3))
    desk = Path(relpath((draft.out / draft.month / DESK).resolve(), pdf.resolve().parent)).as_posix()
    task = PrintTask(briefing, pdf.stem, ("pdf",), request.templates, request.fonts, desk=desk)
    files, glyphs = printed_here(task)
    data = files[f"{pdf.stem}.pdf"]
    said = (problem.message for problem in (*problems, *glyphs))
    findings = (*map(str, _with_pages(found, data, pdf.name)), *said)
    if strict and findings:
        return Final(findings, None)
    write_file(pdf, data)
    return Final(findings, pdf)


def _with_pages(findings: Sequence[Finding], pdf: bytes, name: str) -> list[Finding]:
    """The findings with the page that their sentence got in the PDF, where the draft itself does not tell its pages."""
    if all(finding.page for finding in findings):
        return list(findings)
    from reportgen.read.pdf import pdf_text

    text, starts = pdf_text(pdf, name=name, limits=Limits())
    pages = [_BLANKS.sub("", text[start:end]) for start, end in pairwise((*starts, len(text)))]
    begins = list(accumulate(map(len, pages), initial=0))
    whole, last = "".join(pages), 0
    placed = []
    for finding in findings:
        sentence = _BLANKS.sub("", finding.sentence)
        places = (whole.find(sentence[:length], start) for length in (None, *_ENOUGH) for start in (last, 0))
        at = next((place for place in places if place >= 0), -1)
        last = max(at, last)
        placed.append(replace(finding, printed=bisect_right(begins, at)) if at >= 0 else finding)
    return placed


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
