"""Reading -> Figure: a number's description joined with its place in the source, its section and its sentence."""

from __future__ import annotations

import hashlib

from reportgen.extract.cells import CellReading
from reportgen.extract.periods import Anchor, period_end, so_far
from reportgen.extract.readings import Reading
from reportgen.extract.sectors import SectorReader
from reportgen.model import Document, Figure, Known, Report, Section, Sentence
from reportgen.vocabulary import Vocabulary


def from_sentence(report: Report, section: Section, sentence: Sentence, reading: Reading) -> Figure:
    """A figure of running text."""
    document, q = report.document, reading.frame.quantity
    start, end = document.offsets.raw_span(sentence.start + q.start, sentence.start + q.end)
    num = document.raw[start:end]
    return Figure(
        id=_id(document, start),
        doc=report.source.doc,
        start=start,
        end=end,
        num=num,
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
        known={**reading.known, "value": "literal" if num == q.num else "repaired"},
        page=_page(document.pages, sentence.start + q.start),
    )


def from_cell(
    report: Report, section: Section, row: CellReading, anchor: Anchor, vocabulary: Vocabulary, sectors: SectorReader
) -> Figure:
    """A figure from a table of the source; its sentence is the row as one reads it: label, head, number."""
    document, cell = report.document, row.cell
    offset = document.text.find(row.num, cell.start, cell.end)
    start, end = document.offsets.raw_span(offset, offset + len(row.num))
    sentence = f"{cell.label} {cell.head} {document.text[cell.start : cell.end]}"
    period = section.period or so_far(anchor)
    context = sectors.context((), section.headings, section.agency)
    titled = sectors.sentence(sectors.words(cell.title), context)
    matched = vocabulary.match_indicator(row.indicator, row.base_unit, row.measure)
    head = sectors.words(cell.head)
    sector, sure = (matched.sector, True) if matched else sectors.sector(row.indicator, head, titled)
    known: dict[str, Known] = {"sentence": "implied", "sector": "literal" if sure else "implied", "value": "literal"}
    return Figure(
        id=_id(document, start),
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
        status=section.status or "actual",
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
        mark=(len(sentence) - (cell.end - cell.start), len(sentence)),
        known=known,
        page=_page(document.pages, cell.start),
    )


def _id(document: Document, start: int) -> str:
    """Stable as long as the document's bytes are: the id is of the content and the place in it."""
    return "f" + hashlib.sha256(f"{document.sha256}:{start}".encode()).hexdigest()[:12]


def _page(pages: tuple[int, ...], offset: int) -> int | None:
    return sum(1 for start in pages if start <= offset) if pages else None
