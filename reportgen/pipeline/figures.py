"""All figures of some extractions, with the key ones marked: what every table, comparison and briefing starts from."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model import Extraction, Figure
from reportgen.vocabulary import Vocabulary


def figures_of(extractions: Iterable[Extraction], vocabulary: Vocabulary) -> tuple[Figure, ...]:
    """The figures of `extractions` in their order, `key` set."""
    from reportgen.summary import mark_key

    figures = [figure for extraction in extractions for figure in extraction.figures]
    return mark_key(figures, headlines(vocabulary))


def headlines(vocabulary: Vocabulary) -> frozenset[str]:
    """The indicators that the vocabulary says are printed first."""
    return frozenset(indicator.id for indicator in vocabulary.indicators if indicator.headline)
