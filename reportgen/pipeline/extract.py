"""The verb extract: documents -> tables, written straight into one folder. No issue, no month, no briefing.

A set whose figures can be held at once gets every table. A larger one gets those that are written figure by figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from reportgen.errors import UsageError
from reportgen.pipeline.artifacts import table_files
from reportgen.pipeline.corrections import corrected_documents
from reportgen.pipeline.documents import Reading
from reportgen.pipeline.figures import figures_of, told_apart
from reportgen.pipeline.intake import Survey, read_all, settle, survey, usable
from reportgen.pipeline.large import write_large
from reportgen.pipeline.request import Outcome, Request
from reportgen.progress import Event, Tell
from reportgen.publish import Plan, replace_files

HELD = 40_000
"""Figures that are held at once: a workbook and comparisons of more are of no use, and take more than 500 MB."""


def extract_folder(request: Request, tell: Tell) -> Outcome:
    """Extract every document of `request.seeds` and write the tables into `request.out`, which is another folder."""
    if request.out.resolve() == request.seeds.resolve():
        raise UsageError("is the folder of the documents", where=f"--out {request.out}", hint="a folder for the tables")
    request = request.everywhere()
    found = survey(request)
    readings = _read(request, found, tell)
    held: list[Reading] = []
    count = 0
    for reading in readings:
        held.append(reading)
        count += len(reading.extraction.figures) if reading.extraction else 0
        if count > HELD:
            return write_large(request, found, chain(held, readings), tell)
    return _write_all(request, found, held, tell)


def _read(request: Request, found: Survey, tell: Tell) -> Iterator[Reading]:
    named = corrected_documents(request, found.copies)
    tasks = [replace(task, with_text=task.name in named) for task in found.tasks]
    for done, reading in enumerate(read_all(request, tasks), 1):
        tell(Event("info", "document", f"read {reading.name}", done=done, total=len(tasks)))
        yield reading


def _write_all(request: Request, found: Survey, readings: list[Reading], tell: Tell) -> Outcome:
    from reportgen import compare, vocabulary

    words = vocabulary.load(request.vocabulary)
    intake = usable(settle(request, found, readings, tell), request.seeds)
    extractions = told_apart(intake.extractions, words)
    figures = figures_of(extractions, words)
    sources = [extraction.source for extraction in extractions]
    comparisons = compare.compare(figures, sources, words)
    written = replace_files(table_files(figures, sources, comparisons, words), request.out)
    return Outcome("", Plan(write=written), intake.failures, figures=len(figures))
