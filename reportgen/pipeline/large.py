"""A set of documents too large to be held: its figures are written document by document, and nothing else is kept.

In: readings in the order of document names. Out: figures.csv, figures.sdmx.csv and its codes, the same bytes as for a
small set. What sets figures side by side (sector tables, comparisons, the workbook) is left out, and that is said.
Documents that only the whole set can settle are kept: those corrected by a person, those of a place whose name has
several places. They are put in where they belong at the end.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO

from reportgen.model import Comparisons, Extraction
from reportgen.pipeline.artifacts import table_files
from reportgen.pipeline.corrections import corrected, mentioned
from reportgen.pipeline.documents import Reading, tell_failures
from reportgen.pipeline.figures import figures_of, told_apart
from reportgen.pipeline.intake import Survey, tell_survey
from reportgen.pipeline.request import Outcome, Request
from reportgen.progress import Event, Tell
from reportgen.publish import Plan, replacing
from reportgen.vocabulary import Vocabulary

FIGURES, SDMX, CODES = "figures.csv", "figures.sdmx.csv", "figures.sdmx.codes.csv"


@dataclass(slots=True)
class _Lines:
    """The lines of both tables so far, without heads, on the disk."""

    vocabulary: Vocabulary
    files: tuple[BinaryIO, BinaryIO]
    codes: set[tuple[str, str, str]] = field(default_factory=set)
    count: int = 0

    def add(self, extraction: Extraction) -> None:
        for file, lines in zip(self.files, self.lines(extraction), strict=True):
            file.write(lines)

    def lines(self, extraction: Extraction) -> tuple[bytes, bytes]:
        """A document's lines in both tables; its codes are noted."""
        from reportgen import tables

        figures, sources = figures_of([extraction], self.vocabulary), [extraction.source]
        self.codes |= tables.sdmx_codes(figures, sources, self.vocabulary)
        self.count += len(figures)
        return tables.figures_csv(figures, head=False), tables.sdmx_csv(figures, sources, self.vocabulary, head=False)

    def at(self) -> tuple[int, int]:
        return self.files[0].tell(), self.files[1].tell()


def write_large(request: Request, found: Survey, readings: Iterable[Reading], tell: Tell) -> Outcome:
    """Write the tables of `readings` into `request.out`, in memory that does not grow with their number."""
    from reportgen import tables, vocabulary

    words = vocabulary.load(request.vocabulary)
    said = mentioned(request, found.copies)
    kept: list[tuple[tuple[int, int], Extraction]] = []
    codes: dict[str, set[str]] = defaultdict(set)
    failures = []
    with replacing(request.out) as folder, ExitStack() as opened:
        # beside the tables, where there is room for them, and without a name, so that nothing is left of a killed run
        spools = [opened.enter_context(TemporaryFile(dir=request.out)) for _ in (FIGURES, SDMX)]
        lines = _Lines(words, (spools[0], spools[1]))
        for reading in readings:
            extraction = reading.extraction
            if extraction is None:
                failures += [reading.failure] if reading.failure else []
                continue
            source = extraction.source
            codes[source.area].add(source.area_code)
            if said(extraction) or len(words.divisions.names.get(source.area, ())) > 1:
                kept.append((lines.at(), extraction))
            else:
                lines.add(extraction)
        tell_survey(request, found, tell)
        tell_failures(failures, tell)
        settled = corrected(request, [extraction for _, extraction in kept], found.copies, tell).extractions
        late = [lines.lines(extraction) for extraction in told_apart(settled, words, codes)]
        heads = tables.figures_csv(()), tables.sdmx_csv((), (), words)
        for column, (name, spool) in enumerate(zip((FIGURES, SDMX), spools, strict=True)):
            with folder.staging(name) as file:
                file.write(heads[column])
                places = [place[column] for place, _ in kept]
                _weave(spool, zip(places, (pair[column] for pair in late), strict=True), file)
        folder.stage(CODES, tables.codes_csv(lines.codes))
        for name in _side_by_side(words):
            folder.remove(name)
    left_out = f"{lines.count} figures are too many for one workbook: sector tables and comparisons are left out"
    tell(Event("warning", "large", left_out, str(request.seeds), "reportgen build, which makes them month by month"))
    return Outcome("", Plan(write=(CODES, FIGURES, SDMX)), tuple(failures), figures=lines.count)


def _weave(spool: BinaryIO, late: Iterable[tuple[int, bytes]], file: BinaryIO) -> None:
    """Copy `spool` into `file`, with the late lines where their documents stand."""
    spool.seek(0)
    for place, lines in late:
        while (left := place - spool.tell()) > 0:
            file.write(spool.read(min(left, 1 << 20)))
        file.write(lines)
    shutil.copyfileobj(spool, file, 1 << 20)


def _side_by_side(words: Vocabulary) -> list[str]:
    """The tables that an earlier run on a smaller set may have left."""
    usual = table_files((), (), Comparisons(), words).keys() - {FIGURES, SDMX, CODES}
    return sorted(usual | {f"sectors/{sector.name}.csv" for sector in words.sectors})
