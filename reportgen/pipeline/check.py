"""The verb check: every mistake in what an office owns, each with file and line, before a night run meets it.

In: a request. Out: the mistakes found, as errors. Templates are checked by writing the briefings, without printing or
publishing them: that is what finds a misspelt name in a branch that a parser would pass. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.errors import DocumentError, ReportgenError, UsageError
from reportgen.pipeline.briefings import studio_of, write_briefing
from reportgen.pipeline.intake import take_in
from reportgen.pipeline.issue import make_issue
from reportgen.pipeline.printing import HOUSE, WORD_TEMPLATE
from reportgen.pipeline.request import Request
from reportgen.progress import Event
from reportgen.read import LISTING, read_listings


def check(request: Request) -> list[ReportgenError]:
    """Every mistake found, in the order of the work, each once."""
    found = [error for part in (_house, _word_template, _fonts, _listings) if (error := _trapped(part, request))]
    try:
        found += _templates(request)
        named = {error.where for error in found if error.where}
        # what is wrong at a line of a template is wrong again in every briefing that it makes
        found += (error for error in _documents_and_templates(request) if error.where not in named)
    except ReportgenError as error:
        found.append(error)
    return list({str(error): error for error in found}.values())


def _trapped(part: Callable[[Request], object], request: Request) -> ReportgenError | None:
    try:
        part(request)
    except ReportgenError as error:
        return error
    return None


def _house(request: Request) -> None:
    from reportgen.house import load_house

    load_house(request.templates / HOUSE)


def _word_template(request: Request) -> None:
    from reportgen.render.docx import check_template

    check_template(request.templates / WORD_TEMPLATE)


def _fonts(request: Request) -> None:
    from reportgen import fonts

    for face in fonts.FACES:
        fonts.face_path(face, request.fonts)


def _listings(request: Request) -> None:
    read_listings(request.seeds / LISTING)


def _templates(request: Request) -> tuple[ReportgenError, ...]:
    """Every template against an invented issue, so that those that no document needs today are tried too."""
    from reportgen.briefing import check_templates

    return check_templates(request.templates)


def _documents_and_templates(request: Request) -> Iterator[ReportgenError]:
    from reportgen import vocabulary

    words = vocabulary.load(request.vocabulary)
    intake = take_in(request, _unheard)
    for failure in intake.failures:
        yield DocumentError(failure.message, where=failure.where, hint=failure.hint)
    for problem in intake.problems:
        yield DocumentError(problem.message, where=str(request.seeds))
    if not intake.extractions:
        return
    issue = make_issue(request, intake, words)
    seen = set()
    studio = studio_of(request)
    for subject in issue.subjects:
        try:
            write_briefing(request, issue, subject, studio)
        except UsageError as error:
            if subject.kind.name not in seen:
                yield error
            seen.add(subject.kind.name)
        except ReportgenError as error:
            yield error


def _unheard(event: Event) -> None:
    """Check prints its findings itself."""
