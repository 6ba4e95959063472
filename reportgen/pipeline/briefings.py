"""The briefings of an issue as blocks, each by itself: one that fails is left out and named, the others go on.

In: an issue. Out: path -> `Briefing`, and the failures. A mistake in a template stops the run.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.errors import ReportgenError, UsageError
from reportgen.house import load_house
from reportgen.model import Briefing, Picture
from reportgen.pipeline.documents import failure, stage
from reportgen.pipeline.issue import Issue, Subject
from reportgen.pipeline.pictures import Studio, pictures
from reportgen.pipeline.printing import HOUSE, Printed
from reportgen.pipeline.request import Request
from reportgen.progress import Event, Tell
from reportgen.publish import check_name


def write_briefings(request: Request, issue: Issue, tell: Tell) -> tuple[dict[str, Briefing], tuple[Printed, ...]]:
    """Path -> briefing for every subject of the issue that works, and what became of the rest."""
    written: dict[str, Briefing] = {}
    studio = studio_of(request)
    unwritten = []
    for done, subject in enumerate(issue.subjects, 1):
        tell(Event("info", "briefing", f"write {subject.path}", done=done, total=len(issue.subjects)))
        try:
            written[subject.path] = write_briefing(request, issue, subject, studio)
        except UsageError:
            raise
        except ReportgenError as error:
            unwritten.append(Printed(subject.path, failure=failure(error, subject.path)))
    return written, tuple(unwritten)


def studio_of(request: Request) -> Studio:
    """Where the charts of a run are drawn. Raises UsageError for a mistake in the house style."""
    return Studio(load_house(request.templates / HOUSE), request.fonts)


def write_briefing(request: Request, issue: Issue, subject: Subject, studio: Studio) -> Briefing:
    """One briefing as blocks. Raises ReportgenError, a TemplateError among them."""
    check_name(subject.label)
    with stage("charts", subject.path):
        drawn = pictures(issue, subject, studio)
    with stage("briefing", subject.path):
        return _build(request, issue, subject, drawn)


def _build(request: Request, issue: Issue, subject: Subject, drawn: Sequence[Picture]) -> Briefing:
    from reportgen import briefing

    return briefing.build(
        subject.kind,
        subject.name,
        figures=issue.figures,
        sources=issue.sources,
        comparisons=issue.comparisons,
        pictures=drawn,
        summary=issue.summary,
        office=request.settings.office,
        sectors=issue.sectors,
        templates=request.templates,
        month=issue.month,
        number=issue.number,
        names=issue.indicators,
    )
