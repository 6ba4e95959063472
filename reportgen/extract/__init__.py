"""Report -> Extraction: every number read in its frame, told apart from names and dates, and described field by field.

The slice of the source file at a figure's offsets holds the digits that the figure claims; one that does not is
dropped and reported. Rules read clauses and the vocabulary; none knows a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.extract.cells import read_cell
from reportgen.extract.doubts import doubts
from reportgen.extract.duplicates import without_repeats
from reportgen.extract.exclusions import reason
from reportgen.extract.frame import Frame, frames
from reportgen.extract.grounding import holds
from reportgen.extract.periods import Anchor
from reportgen.extract.quantities import quantities
from reportgen.extract.readings import SentenceReader
from reportgen.extract.rows import from_cell, from_sentence
from reportgen.extract.sectors import SectorReader
from reportgen.extract.status import leans
from reportgen.extract.units import UnitReader
from reportgen.extract.when import CarriedTimes
from reportgen.model import Extraction, Figure, Problem, Rejected, Report, Section, Sentence
from reportgen.vocabulary import Vocabulary

__all__ = ["extract"]

# a number that nothing names says nothing
_NAMED = re.compile("[一-龥A-Za-z]")


def extract(report: Report, vocabulary: Vocabulary) -> Extraction:
    """All figures of a report in the order of the text, the numbers that are none, and what is doubtful."""
    reader = _DocumentReader(report, vocabulary)
    figures = without_repeats(figure for section in report.sections for figure in reader.figures(section))
    problems = (*report.document.problems, *reader.problems, *doubts(figures, vocabulary))
    return Extraction(report.source, figures, tuple(reader.rejected), problems)


class _DocumentReader:
    """Reads one document section by section; gathers beside the figures what is none and what went wrong."""

    def __init__(self, report: Report, vocabulary: Vocabulary) -> None:
        self._report, self._vocabulary = report, vocabulary
        self._units, self._sectors = _readers(vocabulary)
        self._lean_of = leans(report.sections, report.source.published.year)
        self._times = CarriedTimes(report)
        self.rejected: list[Rejected] = []
        self.problems: list[Problem] = []

    def figures(self, section: Section) -> Iterator[Figure]:
        """The section's figures: those of its table cells, or those of its sentences."""
        report, source = self._report, self._report.source
        anchor = Anchor(source.published.year, source.published.month, section.period)
        for cell in section.cells:
            row = read_cell(cell, report.document.text, self._units)
            if row is not None:
                yield from_cell(report, section, row, anchor, self._vocabulary, self._sectors)
        lean, begun = self._lean_of(section), self._times.before(section)
        headed = self._times.of_list(section)
        reader = SentenceReader(source, section, anchor, lean, self._vocabulary, self._sectors, begun, headed)
        for sentence in section.sentences:
            kept = self._counted(sentence)
            for reading in reader.read(sentence, kept):
                figure = from_sentence(report, section, sentence, reading)
                num = reading.frame.quantity.num
                if not _NAMED.search(figure.indicator):
                    self.rejected.append(self._rejected(sentence, reading.frame, "unnamed"))
                    continue
                if holds(figure.num, num):
                    yield figure
                else:
                    self.problems.append(_ungrounded(figure, num))
        self._times.after(section, reader.carried, reader.paragraph)

    def _counted(self, sentence: Sentence) -> tuple[Frame, ...]:
        """The frames of the sentence's numbers that are figures; those that are none no longer part the words."""
        found = quantities(sentence.text, self._units)
        if not found:
            return ()
        framed = frames(sentence.text, found)
        kept = []
        for frame in framed:
            why = reason(frame)
            if why is None:
                kept.append(frame)
            elif frame.quantity.num[0].isascii():
                self.rejected.append(self._rejected(sentence, frame, why))
        if len(kept) == len(framed):
            return framed
        return frames(sentence.text, tuple(frame.quantity for frame in kept)) if kept else ()

    def _rejected(self, sentence: Sentence, frame: Frame, why: str) -> Rejected:
        q, document = frame.quantity, self._report.document
        start, end = document.offsets.raw_span(sentence.start + q.start, sentence.start + q.end)
        return Rejected(self._report.source.doc, start, end, q.num, why)


def _ungrounded(figure: Figure, num: str) -> Problem:
    message = f"the source does not hold {num} here; dropped"
    return Problem("error", "ungrounded", message, figure.doc, figure.start, figure.end)


_READERS: dict[str, tuple[UnitReader, SectorReader]] = {}
"""The readers built from a vocabulary, by its fingerprint, once per process."""


def _readers(vocabulary: Vocabulary) -> tuple[UnitReader, SectorReader]:
    if vocabulary.fingerprint not in _READERS:
        _READERS[vocabulary.fingerprint] = UnitReader(vocabulary), SectorReader(vocabulary)
    return _READERS[vocabulary.fingerprint]
