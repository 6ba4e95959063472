"""`run.json`: what became of every document and briefing, how long it took, what is doubtful. For people and monitors.

In: what the run did. Out: one plain mapping. The only output with times in it; never the text of a document.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from reportgen.model import Problem
from reportgen.pipeline.documents import Failure
from reportgen.pipeline.issue import Issue
from reportgen.pipeline.printing import Printed
from reportgen.pipeline.request import Intake

_MOST_PROBLEMS = 1000


@dataclass(slots=True)
class Journal:
    """How long each stage of a run took."""

    started: datetime = field(default_factory=lambda: datetime.now(ZoneInfo("Asia/Shanghai")))
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the time of a `with` towards `stage`."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - begun, 3)

    def record(self, intake: Intake, issue: Issue, printed: Sequence[Printed], exit_code: int) -> dict[str, Any]:
        """The whole record; publishing adds what became of the files."""
        problems = [
            *(problem for extraction in intake.extractions for problem in extraction.problems),
            *intake.problems,
            *issue.comparisons.problems,
            *(problem for item in printed for problem in item.problems),
        ]
        return {
            "month": issue.month,
            "exit_code": exit_code,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": self.seconds,
            "documents": [*_documents(intake, issue), *(_left_out("doc", failure) for failure in intake.failures)],
            "copies": dict(intake.copies),
            "briefings": [_briefing(item) for item in printed],
            "briefings_made": sum(item.failure is None and not item.kept for item in printed),
            "briefings_kept": sum(item.kept for item in printed),
            "problems": [_problem(problem) for problem in problems[:_MOST_PROBLEMS]],
            "problem_count": len(problems),
        }


def _documents(intake: Intake, issue: Issue) -> Iterator[Mapping[str, Any]]:
    known = {source.doc for source in issue.sources}
    for extraction in intake.extractions:
        source = extraction.source
        yield {
            "doc": source.doc,
            "status": "read" if source.doc in known else "published later",
            "area": source.area,
            "published": source.published.isoformat(),
            "figures": len(extraction.figures),
            "rejected": len(extraction.rejected),
            "problems": len(extraction.problems),
        }


def _left_out(name: str, failure: Failure) -> Mapping[str, Any]:
    return {name: failure.where, "status": "left out", **_reason(failure)}


def _briefing(printed: Printed) -> Mapping[str, Any]:
    if printed.failure is not None:
        return {"briefing": printed.path, "status": "left out", **_reason(printed.failure)}
    status = "kept" if printed.kept else "made"
    return {"briefing": printed.path, "status": status, "files": sorted(printed.files)}


def _reason(failure: Failure) -> Mapping[str, str]:
    return {"stage": failure.stage, "reason": failure.message, "hint": failure.hint}


def _problem(problem: Problem) -> Mapping[str, Any]:
    return {name: value for name, value in asdict(problem).items() if value not in ("", None, ())}
