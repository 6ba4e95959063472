"""The verb build: documents -> a month's issue, published whole. The stages in their order: the table of contents.

In: a request. Out: an `Outcome`. A document or a briefing that fails is left out and named; a mistake of the office
(settings, templates, vocabulary) stops the run before a file is touched. One run at a time holds the output folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reportgen import publish, vocabulary
from reportgen.executors import beside
from reportgen.model import Briefing
from reportgen.pipeline import cache
from reportgen.pipeline.artifacts import chart_files, table_files
from reportgen.pipeline.briefings import make_briefings
from reportgen.pipeline.documents import Failure, tell_failures
from reportgen.pipeline.evidence import print_desk
from reportgen.pipeline.intake import take_in, usable
from reportgen.pipeline.issue import Issue, make_issue
from reportgen.pipeline.journal import Journal
from reportgen.pipeline.merging import merge_into
from reportgen.pipeline.printing import Printed
from reportgen.pipeline.recipe import Recipe, published_already, recipe
from reportgen.pipeline.request import Intake, Outcome, Request
from reportgen.progress import Tell


def build(request: Request, tell: Tell) -> Outcome:
    """Make and publish the issue that `request` asks for; nothing when nothing is new."""
    request = request.everywhere()
    made_of = recipe(request)
    if request.dry_run:
        return _build(request, made_of, tell)
    with publish.hold(request.out):
        return (None if request.force else _nothing_new(request, made_of, tell)) or _build(request, made_of, tell)


def _nothing_new(request: Request, made_of: Recipe, tell: Tell) -> Outcome | None:
    found = published_already(request, made_of)
    if found is None:
        return None
    month, manifest = found
    if request.retry and manifest["left_out"]:
        return None
    failures = tuple(Failure(**entry) for entry in manifest["left_out"])
    tell_failures(failures, tell, "still left out")
    return Outcome(month, publish.Plan(), failures, news=False)


def _build(request: Request, made_of: Recipe, tell: Tell) -> Outcome:
    kept = request.out / cache.FOLDER
    # matplotlib writes a font list on import; under cron there may be no home to hold it
    if not request.dry_run:
        os.environ.setdefault("MPLCONFIGDIR", str(kept / "matplotlib"))
    with beside(request.jobs, "reportgen.pipeline.loaded") as aside:
        return _issue(request, made_of, tell, kept, aside)


def _issue(request: Request, made_of: Recipe, tell: Tell, kept: Path, aside: Executor) -> Outcome:
    from reportgen.briefing import kinds

    journal = Journal()
    kinds(request.templates)  # what is wrong with the folder is said before the documents are read
    words = vocabulary.load(request.vocabulary)
    with journal.timed("read"):
        intake = usable(take_in(request, tell, None if request.dry_run else kept), request.seeds)
    with journal.timed("compare"):
        issue = make_issue(request, intake, words)
    tabulate = journal.timed("tables")(table_files)
    tables = aside.submit(tabulate, issue.figures, issue.sources, issue.comparisons, words)
    with journal.timed("briefings"):
        made = make_briefings(request, made_of, issue, tell)
        briefings = {item.printed.path: item.briefing for item in made if item.briefing}
        printed = tuple(item.printed for item in made)
    with journal.timed("charts"):
        charts = chart_files(briefings.values())
    if request.complete:
        with journal.timed("evidence"):
            printed = (*printed, print_desk(intake, issue, briefings, printed, words))
    ready = _Ready(issue, intake, printed, briefings, _artifacts(tables.result(), charts, printed))
    tell_failures(ready.unmade, tell)
    if request.dry_run:
        plan = publish.preview(ready.artifacts, request.out / issue.month, **_terms(request, ready))
        return Outcome(issue.month, plan, ready.failures)
    plan = _publish(request, made_of, ready, journal)
    return Outcome(issue.month, plan, ready.failures, figures=len(issue.figures))


@dataclass(frozen=True, slots=True)
class _Ready:
    """An issue, ready to be published."""

    issue: Issue
    intake: Intake
    printed: tuple[Printed, ...]
    briefings: Mapping[str, Briefing]
    artifacts: Mapping[str, bytes]

    @property
    def unmade(self) -> tuple[Failure, ...]:
        """Why briefings are missing."""
        return tuple(item.failure for item in self.printed if item.failure is not None)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why documents and briefings are missing."""
        return (*self.intake.failures, *self.unmade)


def _artifacts(
    tables: Mapping[str, bytes], charts: Mapping[str, bytes], printed: Iterable[Printed]
) -> dict[str, bytes]:
    """Every file of the issue by its name below the issue's folder."""
    return {
        **{f"tables/{name}": data for name, data in tables.items()},
        **{f"charts/{name}": data for name, data in charts.items()},
        **{name: data for item in printed for name, data in item.files.items()},
    }


def _terms(request: Request, ready: _Ready) -> dict[str, Any]:
    """What a preview and a publication are told alike."""
    failed = tuple(item.path for item in ready.printed if item.failure is not None)
    return {"complete": request.complete, "failed": failed, "merge": merge_into(ready.issue.sources)}


def _publish(request: Request, made_of: Recipe, ready: _Ready, journal: Journal) -> publish.Plan:
    issue, printed = ready.issue, ready.printed
    outcome = Outcome(issue.month, publish.Plan(write=tuple(ready.artifacts)), ready.failures)
    return publish.publish(
        ready.artifacts,
        request.out / issue.month,
        manifest={
            "format": 1,
            "month": issue.month,
            "newest": issue.newest,
            "key": made_of.key,
            "inputs": dict(made_of.inputs),
            "versions": dict(made_of.versions),
            "options": dict(made_of.options),
            "left_out": [{**asdict(failure), "trace": ""} for failure in ready.failures],
        },
        run=journal.record(ready.intake, issue, printed, outcome.exit_code),
        figures={
            name: ready.briefings[item.path].figure_ids
            for item in printed
            for name in item.files
            if item.path in ready.briefings
        },
        made_of={name: item.made_of for item in printed for name in item.files if item.made_of},
        **_terms(request, ready),
    )
