"""Report -> Extraction: every number read in its frame, told apart from names and dates, and described field by field.

The slice of the source file at a figure's offsets holds the digits that the figure claims; one that does not is
dropped and reported. Rules read clauses and the vocabulary; none knows a document.
"""

from __future__ import annotations

import hashlib

from reportgen.extract.cells import CellReading, read_cell
from reportgen.extract.duplicates import without_repeats
from reportgen.extract.exclusions import reason
from reportgen.extract.frame import frames
from reportgen.extract.grounding import holds
from reportgen.extract.periods import Anchor, period_end, so_far
from reportgen.extract.quantities import quantities
from reportgen.extract.readings import Reading, SentenceReader
from reportgen.extract.sectors import SectorReader
from reportgen.extract.status import lean
from reportgen.extract.units import UnitReader
from reportgen.model import Extraction, Figure, Known, Problem, Rejected, Report, Section, Sentence, Status
from reportgen.vocabulary import Vocabulary

LONG_SPEECH = 8
"""Sentences from which on a speech has a tendency of its own."""


def extract(report: Report, vocabulary: Vocabulary) -> Extraction:
    """All figures of a report in the order of the text, the numbers that are none, and what is doubtful."""
    units, sectors = _readers(vocabulary)
    document, source = report.document, report.source
    figures: list[Figure] = []
    rejected: list[Rejected] = []
    problems: list[Problem] = []
    lean_of = _leans(report.sections)
    anchor_year, anchor_month = source.published.year, source.published.month
    for section in report.sections:
        anchor = Anchor(anchor_year, anchor_month, section.period)
        reader = SentenceReader(source, section, anchor, lean_of[section.agency, section.speaker], vocabulary, sectors)
        for cell in section.cells:
            row = read_cell(cell, document.text, units)
            if row is not None:
                figures.append(_from_cell(report, section, row, anchor, vocabulary, sectors))
        for sentence in section.sentences:
            found = quantities(sentence.text, units)
            kept = []
            for frame in frames(sentence.text, found):
                why = reason(frame)
                if why is None:
                    kept.append(frame.quantity)
                elif frame.quantity.num[0].isascii():
                    start, end = _raw(report, sentence, frame.quantity.start, frame.quantity.end)
                    rejected.append(Rejected(source.doc, start, end, frame.quantity.num, why))
            for reading in reader.read(sentence, frames(sentence.text, tuple(kept))):
                figure = _figure(report, section, sentence, reading)
                if holds(document.raw[figure.start : figure.end], reading.frame.quantity.num):
                    figures.append(figure)
                else:
                    problems.append(
                        Problem(
                            "error",
                            "ungrounded",
                            f"the source does not hold {reading.frame.quantity.num} here; dropped",
                            source.doc,
                            figure.start,
                            figure.end,
                        )  # fmt: skip
                    )
    return Extraction(source, without_repeats(figures), tuple(rejected), (*document.problems, *problems))


_READERS: dict[str, tuple[UnitReader, SectorReader]] = {}


def _readers(vocabulary: Vocabulary) -> tuple[UnitReader, SectorReader]:
    """The readers built from a vocabulary, once per process."""
    if vocabulary.fingerprint not in _READERS:
        _READERS[vocabulary.fingerprint] = UnitReader(vocabulary), SectorReader(vocabulary)
    return _READERS[vocabulary.fingerprint]


def _leans(sections: tuple[Section, ...]) -> dict[tuple[str, str], Status]:
    """What each speech mostly speaks of, read from its sections that do not say; a short speech goes with the document."""
    texts: dict[tuple[str, str], list[str]] = {}
    for section in sections:
        own = texts.setdefault((section.agency, section.speaker), [])
        if section.status is None:
            own.extend(sentence.text for sentence in section.sentences)
    whole = lean(text for own in texts.values() for text in own)
    return {key: lean(own) if len(own) >= LONG_SPEECH else whole for key, own in texts.items()}


def _raw(report: Report, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    return report.document.offsets.raw_span(sentence.start + start, sentence.start + end)


def _figure(report: Report, section: Section, sentence: Sentence, reading: Reading) -> Figure:
    q = reading.frame.quantity
    start, end = _raw(report, sentence, q.start, q.end)
    document = report.document
    digest = hashlib.sha256(f"{document.sha256}:{start}".encode()).hexdigest()
    known: dict[str, Known] = dict(reading.known)
    known["value"] = "literal" if document.raw[start:end] == q.num else "repaired"
    return Figure(
        id="f" + digest[:12],
        doc=report.source.doc,
        start=start,
        end=end,
        num=document.raw[start:end],
        unit=q.unit,
        value=reading.value,
        base_unit=reading.base_unit,
        value_high=q.high,
        qualifier=reading.qualifier,
        measure=reading.measure,
        status=reading.status,
        period=reading.period,
        period_end=reading.period_end,
        area=reading.area,
        sector=reading.sector,
        indicator=reading.indicator,
        indicator_id=reading.indicator_id,
        key=False,
        agency=section.agency,
        section=" / ".join(section.headings),
        sentence=sentence.text,
        sentence_start=document.offsets.raw(sentence.start),
        mark=(q.start, q.tail),
        known=known,
        page=_page(document.pages, sentence.start + q.start),
    )


def _from_cell(
    report: Report, section: Section, row: CellReading, anchor: Anchor, vocabulary: Vocabulary, sectors: SectorReader
) -> Figure:
    """A figure from a table of the source; its sentence is the row as one reads it: label, head, number."""
    document, cell = report.document, row.cell
    offset = document.text.find(row.num, cell.start, cell.end)
    start, end = document.offsets.raw_span(offset, offset + len(row.num))
    sentence = f"{cell.label} {cell.head} {document.text[cell.start : cell.end]}"
    mark = len(sentence) - (cell.end - cell.start)
    status = section.status or "actual"
    period = section.period or so_far(anchor)
    sector, sure = sectors.sector(row.indicator, cell.head, cell.title, sectors.context("", section.headings, section.agency))
    matched = vocabulary.match_indicator(row.indicator, row.base_unit, row.measure)
    return Figure(
        id="f" + hashlib.sha256(f"{document.sha256}:{start}".encode()).hexdigest()[:12],
        doc=report.source.doc,
        start=start,
        end=end,
        num=document.raw[start:end],
        unit=row.unit,
        value=row.value,
        base_unit=row.base_unit,
        value_high=None,
        qualifier="eq",
        measure=row.measure,
        status=status,
        period=period,
        period_end=period_end(period),
        area=report.source.area,
        sector=sector,
        indicator=row.indicator,
        indicator_id=matched.id if matched else "",
        key=False,
        agency=section.agency,
        section=" / ".join(section.headings),
        sentence=sentence,
        sentence_start=document.offsets.raw(cell.start),
        mark=(mark, len(sentence)),
        known={"sentence": "implied", "sector": "literal" if sure else "implied", "value": "literal"},
        page=_page(document.pages, cell.start),
    )


def _page(pages: tuple[int, ...], offset: int) -> int | None:
    return sum(1 for start in pages if start <= offset) if pages else None
