"""The evidence desk of an issue: one page beside the briefings, made when the whole issue is.

In: the issue, its briefings as blocks and the files they became. Out: a `Printed`, like that of any briefing; a fault
leaves the page out and is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.errors import ReportgenError
from reportgen.model import Briefing, Picture, Problem
from reportgen.pipeline.documents import failure, stage
from reportgen.pipeline.issue import Issue
from reportgen.pipeline.month import known_at
from reportgen.pipeline.printing import DESK, Printed
from reportgen.pipeline.request import Intake
from reportgen.vocabulary import Vocabulary


def print_desk(
    intake: Intake,
    issue: Issue,
    briefings: Mapping[str, Briefing],
    printed: Sequence[Printed],
    vocabulary: Vocabulary,
) -> Printed:
    """The page of the issue."""
    from reportgen import evidence

    extractions = known_at(intake.extractions, issue.month)
    docs = {extraction.source.doc for extraction in extractions}
    desk = evidence.Desk(
        month=issue.month,
        extractions=extractions,
        figures=issue.figures,
        problems=_problems(intake, issue, printed, docs),
        changes=tuple(change for change in intake.changes if change.doc in docs),
        briefings={path: briefing for path, briefing in briefings.items() if path in {item.path for item in printed}},
        files={item.path: tuple(sorted(item.files)) for item in printed},
        vocabulary=vocabulary,
        charts=_charts(briefings.values()),
    )
    try:
        with stage("evidence", DESK):
            return Printed("evidence", {DESK: evidence.render(desk)})
    except ReportgenError as error:
        return Printed("evidence", failure=failure(error, DESK))


def _problems(intake: Intake, issue: Issue, printed: Sequence[Printed], docs: set[str]) -> tuple[Problem, ...]:
    """What is doubtful in the issue; what touches documents that it does not know is left to their own."""
    found = [problem for item in intake.extractions if item.source.doc in docs for problem in item.problems]
    found += issue.comparisons.problems
    found += intake.problems
    return (*found, *(problem for item in printed for problem in item.problems))


def _charts(briefings: Iterable[Briefing]) -> dict[str, str]:
    """The briefings' charts as SVG, by id."""
    from reportgen import charts

    pictures = (block for briefing in briefings for block in briefing.blocks if isinstance(block, Picture))
    return {picture.chart.id: charts.svg(picture.drawing, picture.chart.title) for picture in pictures}
