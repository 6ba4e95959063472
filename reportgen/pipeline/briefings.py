"""The briefings of an issue, each by itself: one that fails is left out and named, the others go on.

In: an issue. Out: every briefing as blocks and as files, or why there is none. A mistake in a template stops the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.errors import ReportgenError, UsageError
from reportgen.executors import Outcome, outcomes
from reportgen.house import load_house
from reportgen.model import Briefing, Chart, Picture
from reportgen.pipeline.documents import StageError, failure, stage
from reportgen.pipeline.drawing import draw_all
from reportgen.pipeline.issue import Issue, Subject
from reportgen.pipeline.pictures import Studio, charts_of
from reportgen.pipeline.printing import HOUSE, Printed, broken, print_briefing, print_task, raise_misuse
from reportgen.pipeline.recipe import Recipe
from reportgen.pipeline.request import Request
from reportgen.pipeline.standing import Standing, look_of, made_of, standing
from reportgen.progress import Event, Tell
from reportgen.publish import check_name


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one subject: its briefing, if it could be written, and what that was printed to."""

    printed: Printed
    briefing: Briefing | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A subject to write and print, its pictures, and what the files that stand of it were made of."""

    subject: Subject
    pictures: tuple[Picture, ...]
    stands: str = ""


def make_briefings(request: Request, recipe: Recipe, issue: Issue, tell: Tell) -> tuple[Made, ...]:
    """Every briefing of the issue, written, and printed unless it stands, in the order of its subjects.

    Each chart is drawn once, however many briefings print it. Raises UsageError where the office's own files are wrong.
    """
    made: dict[str, Made] = {}
    orders = []
    look = look_of(request, recipe)
    stands = standing(request, issue.subjects, issue.month)
    for subject, pictures in _illustrated(request, issue, look):
        if isinstance(pictures, ReportgenError):
            made[subject.path] = Made(Printed(subject.path, failure=failure(pictures, subject.path)))
        else:
            orders.append(Order(subject, pictures, stands.get(subject.path, Standing()).made_of))
    for order, outcome in zip(orders, outcomes(request.jobs, make_briefing, orders, request, issue, look), strict=True):
        path = order.subject.path
        done = outcome.value or Made(broken(path, outcome.error))
        raise_misuse(done.printed)
        if done.printed.kept:
            done = replace(done, printed=replace(done.printed, files=stands[path].files))
        made[path] = done
        tell(Event("info", "briefing", f"make {path}", done=len(made), total=len(issue.subjects)))
    return tuple(made[subject.path] for subject in issue.subjects)


def make_briefing(order: Order, request: Request, issue: Issue, look: str) -> Made:
    """One briefing written, and printed unless it stands, in whatever process. Never raises a ReportgenError."""
    path = order.subject.path
    try:
        with stage("briefing", path):
            written = _build(request, issue, order.subject, order.pictures)
    except ReportgenError as error:
        return Made(Printed(path, failure=failure(error, path), misuse=isinstance(error, UsageError)))
    digest = made_of(written, path, look)
    if digest == order.stands:
        return Made(Printed(path, made_of=digest, kept=True), written)
    printed = print_briefing(print_task(request, path, written))
    # what is doubtful about a page is said again every night: such a page is printed again
    return Made(printed if printed.problems else replace(printed, made_of=digest), written)


def _illustrated(
    request: Request, issue: Issue, look: str
) -> Iterator[tuple[Subject, tuple[Picture, ...] | ReportgenError]]:
    """Every subject with its pictures, or with the reason why it has none."""
    wanted: dict[str, tuple[Chart, ...] | ReportgenError] = {}
    for subject in issue.subjects:
        try:
            check_name(subject.label)
            with stage("charts", subject.path):
                wanted[subject.path] = charts_of(issue, subject)
        except UsageError:
            raise
        except ReportgenError as error:
            wanted[subject.path] = error
    charts = {repr(chart): chart for found in wanted.values() if isinstance(found, tuple) for chart in found}
    drawn = draw_all(request, charts, look)
    for subject in issue.subjects:
        found = wanted[subject.path]
        yield subject, found if isinstance(found, ReportgenError) else _pictures(found, drawn, subject)


def _pictures(
    charts: Sequence[Chart], drawn: Mapping[str, Outcome[Picture]], subject: Subject
) -> tuple[Picture, ...] | ReportgenError:
    found = []
    for chart in charts:
        outcome = drawn[repr(chart)]
        if outcome.value is None:
            error = outcome.error or RuntimeError()
            return error if isinstance(error, ReportgenError) else StageError("charts", subject.path, error)
        found.append(outcome.value)
    return tuple(found)


def studio_of(request: Request) -> Studio:
    """Where the charts of a run are drawn. Raises UsageError for a mistake in the house style."""
    return Studio(load_house(request.templates / HOUSE), request.fonts)


def write_briefing(request: Request, issue: Issue, subject: Subject, studio: Studio) -> Briefing:
    """One briefing as blocks. Raises ReportgenError, a TemplateError among them."""
    check_name(subject.label)
    with stage("charts", subject.path):
        drawn = [studio.picture(chart) for chart in charts_of(issue, subject)]
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
