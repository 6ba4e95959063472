"""All figures of some extractions, with the key ones marked: what every table, comparison and briefing starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reportgen.model import Extraction, Figure
from reportgen.vocabulary import Vocabulary


def figures_of(extractions: Iterable[Extraction], vocabulary: Vocabulary) -> tuple[Figure, ...]:
    """The figures of `extractions` in their order, `key` set."""
    from reportgen.summary import mark_key

    figures = [figure for extraction in extractions for figure in extraction.figures]
    return mark_key(figures, headlines(vocabulary))


def told_apart(
    extractions: Sequence[Extraction], vocabulary: Vocabulary, others: Mapping[str, set[str]] | None = None
) -> tuple[Extraction, ...]:
    """The same, places of one name with their parent's before it: 北京市朝阳区 and 长春市朝阳区 are not one place.

    `others`: area -> division codes of further documents of the set.
    """
    codes: dict[str, set[str]] = defaultdict(set, others or {})
    for extraction in extractions:
        codes[extraction.source.area].add(extraction.source.area_code)
    return tuple(
        _with_parent(extraction, vocabulary) if len(codes[extraction.source.area]) > 1 else extraction
        for extraction in extractions
    )


def _with_parent(extraction: Extraction, vocabulary: Vocabulary) -> Extraction:
    source = extraction.source
    division = vocabulary.divisions.by_code.get(source.area_code)
    parent = vocabulary.divisions.parent(division) if division else None
    if parent is None:
        return extraction
    full = parent.name + source.area
    figures = (replace(f, area=full) if f.area == source.area else f for f in extraction.figures)
    return replace(extraction, source=replace(source, area=full), figures=tuple(figures))


def headlines(vocabulary: Vocabulary) -> frozenset[str]:
    """The indicators that the vocabulary says are printed first."""
    return frozenset(indicator.id for indicator in vocabulary.indicators if indicator.headline)
