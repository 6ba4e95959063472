"""The briefings of an issue, each by itself: one that fails is left out and named, the others go on.

In: an issue. Out: every briefing as blocks and as files, or why there is none. A mistake in a template stops the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.errors import ReportgenError, UsageError
from reportgen.executors import is_serial, outcomes
from reportgen.house import load_house
from reportgen.model import Briefing, Chart, Picture
from reportgen.pipeline.documents import Failure, failure, stage
from reportgen.pipeline.drawing import Drawn, draw_all
from reportgen.pipeline.issue import Issue, Subject
from reportgen.pipeline.pictures import Studio, charts_of
from reportgen.pipeline.printing import (
    HOUSE,
    Printed,
    broken,
    print_briefing,
    print_task,
    printed_each,
    raise_misuse,
)
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

    @property
    def unprinted(self) -> Briefing | None:
        """What is written and does not stand."""
        return None if self.printed.kept else self.briefing


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
    look = look_of(recipe)
    stands = standing(request, issue.subjects, issue.month)
    for subject, pictures in _illustrated(request, issue, look):
        if isinstance(pictures, Failure):
            made[subject.path] = Made(Printed(subject.path, failure=pictures))
        else:
            orders.append(Order(subject, pictures, stands.get(subject.path, Standing()).made_of))
    for done in _made(request, issue, look, orders):
        path = done.printed.path
        raise_misuse(done.printed)
        if done.printed.kept:
            done = replace(done, printed=replace(done.printed, files=stands[path].files))
        made[path] = done
        tell(Event("info", "briefing", f"make {path}", done=len(made), total=len(issue.subjects)))
    return tuple(made[subject.path] for subject in issue.subjects)


def _made(request: Request, issue: Issue, look: str, orders: Sequence[Order]) -> Iterator[Made]:
    """What becomes of each of `orders`: in workers, or written here and printed in a child."""
    if not is_serial(request.jobs):
        found = outcomes(request.jobs, make_briefing, orders, request, issue, look)
        for order, outcome in zip(orders, found, strict=True):
            yield outcome.value or Made(broken(order.subject.path, outcome.error))
        return
    written = [write_order(order, request, issue, look) for order in orders]
    tasks = [print_task(request, made.printed.path, made.unprinted) for made in written if made.unprinted]
    printed = printed_each(request.jobs, tasks)
    for made in written:
        yield _with(made, next(printed)) if made.unprinted else made


def make_briefing(order: Order, request: Request, issue: Issue, look: str) -> Made:
    """One briefing written, and printed unless it stands, in whatever process. Never raises a ReportgenError."""
    made = write_order(order, request, issue, look)
    if made.unprinted is None:
        return made
    return _with(made, print_briefing(print_task(request, made.printed.path, made.unprinted)))


def write_order(order: Order, request: Request, issue: Issue, look: str) -> Made:
    """One briefing written, and whether it stands."""
    path = order.subject.path
    try:
        with stage("briefing", path):
            written = _build(request, issue, order.subject, order.pictures)
    except ReportgenError as error:
        return Made(Printed(path, failure=failure(error, path), misuse=isinstance(error, UsageError)))
    digest = made_of(print_task(request, path, written), look)
    return Made(Printed(path, made_of=digest, kept=digest == order.stands), written)


def _with(made: Made, printed: Printed) -> Made:
    """With its files. What is doubtful about a page is said again every night: such a page is printed again."""
    return replace(made, printed=replace(printed, made_of="" if printed.problems else made.printed.made_of))


def _illustrated(request: Request, issue: Issue, look: str) -> Iterator[tuple[Subject, tuple[Picture, ...] | Failure]]:
    """Every subject with its pictures, or with the reason why it has none."""
    wanted: dict[str, tuple[Chart, ...] | Failure] = {}
    for subject in issue.subjects:
        try:
            check_name(subject.label)
            with stage("charts", subject.path):
                wanted[subject.path] = charts_of(issue, subject)
        except UsageError:
            raise
        except ReportgenError as error:
            wanted[subject.path] = failure(error, subject.path)
    charts = {repr(chart): chart for found in wanted.values() if isinstance(found, tuple) for chart in found}
    drawn = draw_all(request, charts, look)
    for subject in issue.subjects:
        found = wanted[subject.path]
        yield subject, found if isinstance(found, Failure) else _pictures(found, drawn, subject)


def _pictures(charts: Sequence[Chart], drawn: Mapping[str, Drawn], subject: Subject) -> tuple[Picture, ...] | Failure:
    found = []
    for chart in charts:
        done = drawn[repr(chart)]
        if done.picture is None:
            return replace(done.failure or Failure("charts", "", "it was not drawn"), where=subject.path)
        found.append(done.picture)
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
