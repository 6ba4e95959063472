"""A folder of documents -> extractions: each document by itself, those that have not changed from the cache.

In: a request. Out: an `Intake` in the order of document names, whatever order the work was done in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import tee
from pathlib import Path

from reportgen import versions
from reportgen.errors import ReportgenError
from reportgen.executors import outcomes
from reportgen.model import Extraction, Listing
from reportgen.pipeline import cache, inputs
from reportgen.pipeline.corrections import corrected
from reportgen.pipeline.documents import Reading, StageError, Task, failure, tell_failures
from reportgen.pipeline.guard import extract_guarded
from reportgen.pipeline.request import Intake, Request
from reportgen.progress import Event, Tell
from reportgen.read import LISTING, read_listings

_CACHE_MEGABYTES = 200
_BATCH_BYTES = 200_000
_BATCH_DOCUMENTS = 32


@dataclass(frozen=True, slots=True)
class Survey:
    """The documents of a folder before any is read: one task each, copies and what is stated of absent ones apart."""

    tasks: tuple[Task, ...]
    sha256: Mapping[str, str]
    copies: Mapping[str, str]
    """Name -> name of the first document with the same bytes."""
    absent: tuple[str, ...]


def survey(request: Request) -> Survey:
    """Look over the request's folder. Raises UsageError when it holds no documents."""
    paths = inputs.documents(request.seeds)
    listings = read_listings(request.seeds / LISTING)
    sha256 = {path.name: inputs.fingerprint(path) for path in paths}
    copies = _copies(sha256)
    tasks = tuple(task_for(request, path, listings.get(path.name)) for path in paths if path.name not in copies)
    return Survey(tasks, sha256, copies, tuple(sorted(listings.keys() - sha256.keys())))


def take_in(request: Request, tell: Tell, cache_folder: Path | None = None) -> Intake:
    """Extract every document in the request's folder. Raises UsageError when there is none."""
    found = survey(request)
    readings = _readings(request, found.tasks, _keys(request, found.tasks, found.sha256), tell, cache_folder)
    return settle(request, found, readings, tell)


def settle(request: Request, found: Survey, readings: Iterable[Reading], tell: Tell) -> Intake:
    """Tell what is wrong with the documents, and correct what they yielded."""
    readings = tuple(readings)
    extractions = tuple(reading.extraction for reading in readings if reading.extraction is not None)
    failures = tuple(reading.failure for reading in readings if reading.failure is not None)
    tell_survey(request, found, tell)
    tell_failures(failures, tell)
    applied = corrected(request, extractions, found.copies, tell)
    return Intake(applied.extractions, failures, found.copies, applied.problems, applied.changes)


def usable(intake: Intake, seeds: Path) -> Intake:
    """The intake itself. Raises ReportgenError when not one document of the folder `seeds` could be used."""
    if not intake.extractions:
        raise ReportgenError("not one document could be used", where=str(seeds), hint="reportgen check")
    return intake


def tell_survey(request: Request, found: Survey, tell: Tell) -> None:
    """Tell which documents are copies, and which are stated and not there."""
    for name, original in found.copies.items():
        tell(Event("warning", "copy", f"the same document as {original}; read once", name))
    for name in found.absent:
        tell(Event("warning", "listing", f"{LISTING} states {name}, which is not there", str(request.seeds)))


def task_for(request: Request, path: Path, listing: Listing | None = None) -> Task:
    """The task of one document."""
    return Task(path, path.name, listing, request.settings.limits, request.vocabulary)


def _copies(sha256: dict[str, str]) -> dict[str, str]:
    """Name -> name of the first document with the same bytes."""
    first: dict[str, str] = {}
    copies = {}
    for name, digest in sha256.items():
        original = first.setdefault(digest, name)
        if original != name and inputs.is_digest(digest):
            copies[name] = original
    return copies


def _readings(
    request: Request, tasks: Sequence[Task], keys: dict[str, str], tell: Tell, cache_folder: Path | None
) -> list[Reading]:
    readings: dict[str, Reading] = {}
    for task in tasks:
        kept = cache.recall(cache_folder, keys[task.name], Extraction) if cache_folder and not request.force else None
        if kept is not None:
            readings[task.name] = Reading(task.name, kept)
    fresh = [task for task in tasks if task.name not in readings]
    for reading in read_all(request, fresh):
        readings[reading.name] = reading
        if cache_folder and reading.extraction is not None:
            cache.keep(cache_folder, keys[reading.name], reading.extraction)
        tell(Event("info", "document", f"read {reading.name}", done=len(readings), total=len(tasks)))
    if cache_folder:
        cache.trim(cache_folder, frozenset(keys.values()), _CACHE_MEGABYTES)
    return [readings[task.name] for task in tasks]


def read_all(request: Request, tasks: Iterable[Task]) -> Iterator[Reading]:
    """What becomes of each document, in their order. A batch that was lost is read again, each document alone."""
    batches, sent = tee(_batches(tasks))
    for batch, outcome in zip(batches, outcomes(request.jobs, extract_guarded, sent), strict=True):
        if outcome.value is not None:
            yield from outcome.value
        elif len(batch) > 1:
            yield from read_all(request, [replace(task, alone=True) for task in batch])
        else:
            yield _broken(batch[0], outcome.error)


def _batches(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    """Documents that may share a process, as many as are read in about a third of a second."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        own = _size(task.path)
        fits = size + own <= _BATCH_BYTES and len(batch) < _BATCH_DOCUMENTS
        if batch and not (fits and task.is_plain and batch[-1].is_plain):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(task)
        size += own
    if batch:
        yield tuple(batch)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _broken(task: Task, error: BaseException | None) -> Reading:
    known = error if isinstance(error, ReportgenError) else StageError("extract", task.name, error or RuntimeError())
    return Reading(task.name, failure=failure(known, task.name))


def _keys(request: Request, tasks: Sequence[Task], sha256: Mapping[str, str]) -> dict[str, str]:
    """Document name -> a digest of everything that its extraction depends on."""
    shared = {
        "program": versions.program(),
        "vocabulary": inputs.combined(inputs.fingerprints(request.vocabulary)),
        "limits": repr(request.settings.limits),
    }
    return {
        task.name: inputs.combined(
            shared | {"name": task.name, "document": sha256[task.name], "stated": repr(task.listing)}
        )
        for task in tasks
    }
