"""The briefings of an issue as blocks, each by itself: one that fails is left out and named, the others go on.

In: an issue. Out: path -> `Briefing`, and the failures. A mistake in a template stops the run.
"""

from __future__ import annotations

from reportgen.errors import ReportgenError, UsageError
from reportgen.model import Briefing
from reportgen.pipeline.documents import failure, stage
from reportgen.pipeline.issue import Issue, Subject
from reportgen.pipeline.printing import Printed
from reportgen.pipeline.request import Request
from reportgen.progress import Event, Tell
from reportgen.publish import check_name


def write_briefings(request: Request, issue: Issue, tell: Tell) -> tuple[dict[str, Briefing], tuple[Printed, ...]]:
    """Path -> briefing for every subject of the issue that works, and what became of the rest."""
    written: dict[str, Briefing] = {}
    unwritten = []
    for done, subject in enumerate(issue.subjects, 1):
        tell(Event("info", "briefing", f"write {subject.path}", done=done, total=len(issue.subjects)))
        try:
            written[subject.path] = write_briefing(request, issue, subject)
        except UsageError:
            raise
        except ReportgenError as error:
            unwritten.append(Printed(subject.path, failure=failure(error, subject.path)))
    return written, tuple(unwritten)


def write_briefing(request: Request, issue: Issue, subject: Subject) -> Briefing:
    """One briefing as blocks. Raises ReportgenError, a TemplateError among them."""
    check_name(subject.path.rpartition("/")[2])
    with stage("briefing", subject.path):
        return _build(request, issue, subject)


def _build(request: Request, issue: Issue, subject: Subject) -> Briefing:
    from reportgen import briefing

    return briefing.build(
        subject.kind,
        subject.name,
        figures=issue.figures,
        sources=issue.sources,
        comparisons=issue.comparisons,
        pictures=(),
        summary=issue.summary,
        office=request.settings.office,
        sectors=issue.sectors,
        templates=request.templates,
        month=issue.month,
        number=issue.number,
    )
