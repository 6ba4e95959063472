"""One briefing in every format that was asked for, in one function that never raises but for the office's own mistakes.

In: a `PrintTask`, plain enough for another process. Out: `Printed`: files as bytes, or a `Failure` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.errors import ReportgenError, UsageError
from reportgen.executors import is_serial, outcomes
from reportgen.model import Briefing, Problem
from reportgen.pipeline.child import Lost, answers
from reportgen.pipeline.documents import Failure, StageError, failure, stage
from reportgen.pipeline.request import Request
from reportgen.workers import Bounds

HOUSE = "house.toml"
WORD_TEMPLATE = "house.docx"
DESK = "evidence.html"
"""The evidence page of an issue."""
BOUNDS = Bounds()
"""What a briefing, or a chart, may take when it is made one after the other; workers have the same bounds."""
_NAMED = 20


@dataclass(frozen=True, slots=True)
class PrintTask:
    """A briefing, the path that its files get, without suffix, and what is needed to print it."""

    briefing: Briefing
    path: str
    formats: tuple[str, ...]
    templates: Path
    fonts: Path | None
    native_charts: bool = False
    desk: str = ""
    """Address of the issue's evidence page, as seen from the files; empty where they must not lead there."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one briefing; `misuse` is an office's own mistake, which stops the run."""

    path: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    failure: Failure | None = None
    misuse: bool = False
    made_of: str = ""
    """A digest of all that the files depend on; empty where they are not to be taken for made again."""
    kept: bool = False
    """Whether an earlier run has printed the same."""


def printed_each(jobs: str, tasks: Sequence[PrintTask]) -> Iterator[Printed]:
    """What becomes of each of `tasks`. One that takes too long or too much memory is ended and named."""
    if is_serial(jobs):
        found = answers(tasks, print_briefing, Printed, BOUNDS, fits=_is_of, prepare=_load)
        for task, answer in zip(tasks, found, strict=True):
            yield Printed(task.path, failure=lost(task.path, answer)) if isinstance(answer, Lost) else answer
        return
    for task, outcome in zip(tasks, outcomes(jobs, print_briefing, tasks), strict=True):
        yield outcome.value or broken(task.path, outcome.error)


def print_task(request: Request, path: str, briefing: Briefing) -> PrintTask:
    """How `request` wants a briefing printed."""
    desk = "../" * path.count("/") + DESK
    formats, native = request.formats, request.native_charts
    return PrintTask(briefing, path, formats, request.templates, request.fonts, native, desk)


def printed_here(task: PrintTask) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of one briefing and what is doubtful about them. Raises ReportgenError where it cannot be printed."""
    made = print_briefing(task)
    raise_misuse(made)
    if made.failure is not None:
        raise ReportgenError(made.failure.message, where=made.failure.where, hint=made.failure.hint)
    return made.files, made.problems


def raise_misuse(made: Printed) -> None:
    """Raise a mistake in the office's own files as the UsageError that it is."""
    if made.failure is not None and made.misuse:
        raise UsageError(made.failure.message, where=made.failure.where, hint=made.failure.hint)


def print_briefing(task: PrintTask) -> Printed:
    """Render one briefing in each of its formats."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        for name in task.formats:
            with stage(f"render {name}", task.path):
                files[f"{task.path}.{name}"] = _RENDERERS[name](task, problems)
    except UsageError as error:
        return Printed(task.path, failure=failure(error, task.path), misuse=True)
    except ReportgenError as error:
        return Printed(task.path, failure=failure(error, task.path))
    return Printed(task.path, files, tuple(problems))


def lost(where: str, answer: Lost) -> Failure:
    """What is reported of a briefing or a chart whose process was ended."""
    return Failure("limits", where, answer.why)


def _is_of(task: PrintTask, printed: Printed) -> bool:
    return printed.path == task.path


def _load(task: PrintTask) -> None:
    from importlib import import_module

    for name in task.formats:
        import_module(f"reportgen.render.{name}")


def broken(path: str, error: BaseException | None) -> Printed:
    """What is reported of a briefing that was lost with its process."""
    known = error if isinstance(error, ReportgenError) else StageError("render", path, error or RuntimeError())
    return Printed(path, failure=failure(known, path))


def _docx(task: PrintTask, problems: list[Problem]) -> bytes:
    from reportgen.house import load_house
    from reportgen.render import docx

    house = load_house(task.templates / HOUSE)
    template = task.templates / WORD_TEMPLATE
    native = task.native_charts
    return docx.render(task.briefing, house, template=template, problems=problems, native_charts=native, desk=task.desk)


def _pdf(task: PrintTask, problems: list[Problem]) -> bytes:
    from reportgen.house import load_house
    from reportgen.render import pdf

    missing = pdf.missing_glyphs(task.briefing, fonts=task.fonts)
    if missing:
        codes = ", ".join(f"U+{ord(character):04X}" for character in missing[:_NAMED])
        problems.append(Problem("warning", "missing glyph", f"{task.path}: no face can draw {codes}; printed as 〓"))
    return pdf.render(task.briefing, load_house(task.templates / HOUSE), fonts=task.fonts, desk=task.desk)


def _html(task: PrintTask, problems: list[Problem]) -> bytes:
    from reportgen.house import load_house
    from reportgen.render import html

    return html.render(task.briefing, load_house(task.templates / HOUSE), task.desk)


_RENDERERS: dict[str, Callable[[PrintTask, list[Problem]], bytes]] = {"pdf": _pdf, "docx": _docx, "html": _html}
