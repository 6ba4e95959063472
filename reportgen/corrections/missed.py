"""A number that extraction passed over, marked by a person -> a figure with the context of its neighbours.

What the person does not state is inherited from the figure before it in the document, else from the document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal

from reportgen.corrections.units import numbers_of, unit_at, unit_of
from reportgen.model import Document, Extraction, Figure
from reportgen.vocabulary import Vocabulary

_END = re.compile("[。！？!?\n]")


def figure_id(document: Document, raw_start: int) -> str:
    """The id of the figure whose number stands at `raw_start`."""
    return "f" + hashlib.sha256(f"{document.sha256}:{raw_start}".encode()).hexdigest()[:12]


def missed_figure(
    extraction: Extraction, document: Document, start: int, end: int, vocabulary: Vocabulary
) -> Figure | None:
    """The number at text [start, end) as a figure without indicator; None where it is not written in digits."""
    raw_start, raw_end = document.offsets.raw_span(start, end)
    token = document.text[start:end]
    numbers = numbers_of(token)
    unit = unit_at(document.text, end, vocabulary)
    base, factor = unit_of(unit, vocabulary) or ("", Decimal(1))
    if numbers is None:
        return None
    near = _neighbour(extraction.figures, raw_start)
    published = extraction.source.published
    sentence, sentence_start = _sentence(extraction.figures, document, start, end)
    begun = start - sentence_start
    return Figure(
        id=figure_id(document, raw_start),
        doc=extraction.source.doc,
        start=raw_start,
        end=raw_end,
        num=document.raw[raw_start:raw_end],
        unit=unit,
        value=numbers[0] * factor,
        base_unit=base,
        value_high=None if numbers[1] is None else numbers[1] * factor,
        qualifier="eq",
        measure="share" if base == "%" else "level",
        status=near.status if near else "actual",
        period=near.period if near else f"{published.year}",
        period_end=near.period_end if near else f"{published.year}",
        area=near.area if near else extraction.source.area,
        sector=near.sector if near else vocabulary.sectors[0].code,
        indicator="",
        indicator_id="",
        key=False,
        agency=near.agency if near else "",
        section=near.section if near else "",
        sentence=sentence,
        sentence_start=document.offsets.raw(sentence_start),
        mark=(begun, min(begun + end - start + len(unit), len(sentence))),
        known={
            "value": "literal" if document.raw[raw_start:raw_end] == token else "repaired",
            **dict.fromkeys(("status", "period", "area", "sector"), "inherited"),
        },
        page=sum(1 for page in document.pages if page <= start) if document.pages else None,
    )


def _neighbour(figures: Sequence[Figure], raw_start: int) -> Figure | None:
    """The last figure before a place, else the first one."""
    before = [figure for figure in figures if figure.start <= raw_start]
    return max(before, key=lambda figure: figure.start) if before else next(iter(figures), None)


def _sentence(figures: Sequence[Figure], document: Document, start: int, end: int) -> tuple[str, int]:
    """The sentence around [start, end) and where it begins: the one that other figures stand in, if any does."""
    for figure in figures:
        begun = document.offsets.text(figure.sentence_start)
        inside = begun <= start and end <= begun + len(figure.sentence)
        if inside and document.text.startswith(figure.sentence, begun):
            return figure.sentence, begun
    ends = [match.end() for match in _END.finditer(document.text, 0, start)]
    begun = ends[-1] if ends else 0
    stop = _END.search(document.text, end)
    sentence = document.text[begun : stop.end() if stop else len(document.text)]
    lead = len(sentence) - len(sentence.lstrip())
    return sentence.strip(), begun + lead
