"""Figures, problems and corrections as JSON values: short rows, with texts that repeat kept once.

Goes in: a desk. Comes out: lists in the order of documents and places in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.evidence.places import Places
from reportgen.model import Change, Extraction, Figure, Problem
from reportgen.notation import exact_text, period_text, short_text

TEXTS = (
    "unit",
    "base_unit",
    "qualifier",
    "measure",
    "status",
    "period",
    "period_end",
    "area",
    "sector",
    "indicator",
    "indicator_id",
    "agency",
    "section",
)
"""Fields kept as places in the list of texts."""
FIRST_FIELDS = ("id", "doc", "start", "end", "tail", "raw", "num", "value", "value_high", "key", "page")
FIELDS = (*FIRST_FIELDS, *TEXTS, "period_text", "known", "short", "places")


class Texts:
    """Texts by number, each once."""

    def __init__(self) -> None:
        """Begin with the empty text, so that 0 is empty."""
        self._numbers = {"": 0}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        """All texts in the order of their numbers."""
        return list(self._numbers)


def in_order(figures: Sequence[Figure], extractions: Sequence[Extraction]) -> tuple[Figure, ...]:
    """Figures by document, then by place in it."""
    place = {extraction.source.doc: index for index, extraction in enumerate(extractions)}
    return tuple(sorted(figures, key=lambda figure: (place[figure.doc], figure.start, figure.end, figure.id)))


def figure_values(
    figures: Sequence[Figure],
    extractions: Sequence[Extraction],
    places: Mapping[str, Sequence[Any]],
    texts: Texts,
) -> list[list[Any]]:
    """A row of FIELDS for each figure."""
    documents = {extraction.source.doc: (i, extraction.document) for i, extraction in enumerate(extractions)}
    on_page = {name: Places(document) for name, (_, document) in documents.items() if document is not None}
    rows = []
    for figure in figures:
        index, document = documents[figure.doc]
        span = on_page[figure.doc] if document is not None else None
        start, end = span.number(figure.start, _length(figure)) if span else (0, 0)
        tail = span.number(figure.start, max(figure.mark[1] - figure.mark[0], 1))[1] if span else 0
        rows.append(
            [
                figure.id,
                index,
                start,
                end,
                max(end, tail),
                figure.start,
                figure.num,
                exact_text(figure.value),
                exact_text(figure.value_high),
                int(figure.key),
                figure.page,
                *(texts.number(getattr(figure, name)) for name in TEXTS),
                texts.number(period_text(figure.period, figure.status)),
                texts.number(";".join(f"{name}={how}" for name, how in sorted(figure.known.items()))),
                texts.number(short_text(figure) if figure.known.get("value") == "corrected" else ""),
                places.get(figure.id, []),
            ]
        )
    return rows


def _length(figure: Figure) -> int:
    """How many characters of the cleaned text are the number itself, without its unit."""
    marked = figure.sentence[figure.mark[0] : figure.mark[1]]
    unit = len(figure.unit) if figure.unit and marked.endswith(figure.unit) else 0
    return max(len(marked) - unit, 1)


def problem_values(
    problems: Sequence[Problem], extractions: Sequence[Extraction], index_of: Mapping[str, int]
) -> list[list[Any]]:
    """[severity, code, message, document or -1, text start, text end, figures]; the gravest first."""
    documents = {extraction.source.doc: (i, extraction.document) for i, extraction in enumerate(extractions)}
    rows = []
    for problem in sorted(problems, key=lambda problem: ("error", "warning", "doubt").index(problem.severity)):
        index, document = documents.get(problem.doc, (-1, None))
        start, end = -1, -1
        if document is not None and problem.start is not None:
            start, end = Places(document).stretch(problem.start, problem.end or problem.start + 1)
        touched = [index_of[figure_id] for figure_id in problem.figure_ids if figure_id in index_of]
        rows.append([problem.severity, problem.code, problem.message, index, start, end, touched])
    return rows


def change_values(changes: Sequence[Change], index_of: Mapping[str, int]) -> list[list[Any]]:
    """[figure or -1, document, field, before, after, reason, who, date, line] in the order of the file."""
    return [
        [
            index_of.get(change.figure_id, -1),
            change.doc,
            change.field,
            change.before,
            change.after,
            change.correction.reason,
            change.correction.who,
            change.correction.date,
            change.correction.line,
        ]
        for change in sorted(changes, key=lambda change: change.correction.line)
    ]
