"""What one run is asked to do, and what came of it: the values between the command line and the stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.errors import EXIT_FAILED, EXIT_OK, EXIT_PARTIAL
from reportgen.executors import is_elsewhere
from reportgen.model import Change, Extraction, Problem
from reportgen.pipeline.documents import Failure
from reportgen.publish import Plan
from reportgen.settings import Settings

USUAL_FORMATS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class Request:
    """One run: folders and choices, the command line already set over the settings. Empty choices mean all."""

    settings: Settings
    seeds: Path
    out: Path
    templates: Path
    vocabulary: Path | None = None
    fonts: Path | None = None
    month: str = ""
    areas: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    formats: tuple[str, ...] = USUAL_FORMATS
    native_charts: bool = False
    """Charts in Word files are drawn by Word where it can."""
    jobs: str = "serial"
    force: bool = False
    retry: bool = False
    dry_run: bool = False

    def everywhere(self) -> Request:
        """The same, its folders named so that other machines find them where the work may run there."""
        if not is_elsewhere(self.jobs):
            return self
        return replace(
            self,
            seeds=self.seeds.absolute(),
            templates=self.templates.absolute(),
            vocabulary=self.vocabulary and self.vocabulary.absolute(),
            fonts=self.fonts and self.fonts.absolute(),
        )

    @property
    def complete(self) -> bool:
        """Whether the run makes the whole issue, so that what it does not make is no longer part of it."""
        return not self.areas and not self.sectors and set(USUAL_FORMATS) <= set(self.formats)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a folder of documents yielded, by document name, and what was left out and why."""

    extractions: tuple[Extraction, ...]
    failures: tuple[Failure, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    """Document name -> name of the document that it repeats."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the folder's corrections.csv."""
    changes: tuple[Change, ...] = ()
    """The corrections that were applied."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the month, what was published, what was left out; `news` is False when nothing was new."""

    month: str
    plan: Plan
    failures: tuple[Failure, ...] = ()
    news: bool = True
    figures: int = 0

    @property
    def exit_code(self) -> int:
        """0 all is well, 3 something was left out, 1 nothing came of it."""
        if not self.failures:
            return EXIT_OK
        return EXIT_PARTIAL if self.plan.write or self.plan.same or not self.news else EXIT_FAILED
