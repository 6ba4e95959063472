"""One document from its file to its figures, in one function that never raises.

In: a `Task`, small and plain, so that it can be sent to another process. Out: a `Reading`: an extraction, or a
`Failure` that names stage, document and reason. What goes wrong with one document stays with it.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from reportgen.errors import DocumentError, ReportgenError, unexpected
from reportgen.model import Document, Extraction, Listing
from reportgen.progress import Event, Tell
from reportgen.read.limits import Limits

_NAMED = 5
_WITH_LIMITS = ("read", "clean", "segment", "extract")
"""The stages that settings bound."""
_EXAMPLE = "2023年，全市城镇新增就业1.2万人，同比增长5%。\n"
_STATED = Listing("", area="沈阳市", published="2023-09")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: where it is, the name that it goes by, what a person states about it."""

    path: Path
    name: str
    listing: Listing | None
    limits: Limits
    vocabulary: Path | None
    alone: bool = False
    """Whether it must not share a process with other documents."""
    with_text: bool = True
    """Whether the extraction is to hold the document itself."""

    @property
    def is_plain(self) -> bool:
        """Whether reading it runs no code but ours: no parser of a library sees it."""
        return not self.alone and self.path.suffix.lower() == ".txt"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something was left out. `trace` is for --debug only."""

    stage: str
    where: str
    message: str
    hint: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one document: `extraction`, or `failure`."""

    name: str
    extraction: Extraction | None = None
    failure: Failure | None = None


class StageError(ReportgenError):
    """A fault of the program itself, met in `stage`."""

    def __init__(self, stage: str, where: str, error: BaseException) -> None:
        """Keep the traceback as text: it must survive the way back from another process."""
        self.stage = stage
        self.trace = "".join(traceback.format_exception(error))
        super().__init__(f"internal error in {stage}: {unexpected(error)}", where=where)


@contextmanager
def stage(name: str, where: str) -> Iterator[None]:
    """Turn an unexpected exception into a StageError that names stage and document."""
    try:
        yield
    except ReportgenError as error:
        error.add_note(name)
        raise
    except MemoryError:
        hint = "[limits] max_megabytes" if name in _WITH_LIMITS else ""
        starved = DocumentError("it needs more memory than there is", where=where, hint=hint)
        starved.add_note(name)
        raise starved from None
    except Exception as error:
        raise StageError(name, where, error) from None


def failure(error: ReportgenError, where: str) -> Failure:
    """What is reported of an error that one document or briefing met."""
    if isinstance(error, StageError):
        return Failure(error.stage, where, error.what, trace=error.trace)
    notes = getattr(error, "__notes__", ["pipeline"])
    return Failure(notes[0], error.where or where, error.what, error.hint)


def tell_failures(failures: Iterable[Failure], tell: Tell, lead: str = "left out") -> None:
    """Report failures, those with one reason as one: a night that goes wrong stays within a screen."""
    reasons: dict[tuple[str, str], list[Failure]] = {}
    for item in failures:
        reasons.setdefault((item.message, item.hint), []).append(item)
    for (message, hint), met in reasons.items():
        where = ", ".join(item.where for item in met[:_NAMED])
        more = f" and {len(met) - _NAMED} more" if len(met) > _NAMED else ""
        tell(Event("error", "left out", f"{lead}: {message}", where + more, hint, trace=met[0].trace))


@cache
def load_for(vocabulary_folder: Path | None, suffix: str) -> None:
    """Load and use once what documents of this kind need, so that processes forked from this one need not."""
    from reportgen import clean as cleaning
    from reportgen import extract as extraction
    from reportgen import read as reading
    from reportgen import segment as segmentation
    from reportgen import vocabulary

    reading.load_reader(suffix)
    with suppress(ReportgenError):  # what is wrong with the vocabulary is said of the documents themselves
        words = vocabulary.load(vocabulary_folder)
        document = cleaning.clean(Document("", "", "text/plain", "utf-8", _EXAMPLE, _EXAMPLE))
        extraction.extract(segmentation.segment(document, listing=_STATED, vocabulary=words), words)


def extract_document(task: Task) -> Reading:
    """Read, clean, segment and extract one document."""
    from reportgen import extract as extraction
    from reportgen import segment as segmentation
    from reportgen import vocabulary

    try:
        words = vocabulary.load(task.vocabulary)
        document = clean_document(task)
        with stage("segment", task.name):
            report = segmentation.segment(document, listing=task.listing, vocabulary=words)
        with stage("extract", task.name):
            found = extraction.extract(report, words)
        return Reading(task.name, replace(found, document=document) if task.with_text else found)
    except ReportgenError as error:
        return Reading(task.name, failure=failure(error, task.name))


def clean_document(task: Task) -> Document:
    """The document as cleaning leaves it. Raises ReportgenError."""
    from reportgen import clean as cleaning
    from reportgen import read as reading

    with stage("read", task.name):
        try:
            document = reading.read_document(task.path, name=task.name, limits=task.limits)
        except OSError as error:
            raise DocumentError(f"cannot be opened: {error.strerror}", where=task.name) from None
    with stage("clean", task.name):
        return cleaning.clean(document)
