"""The proof that no digit of a briefing is invented: each belongs to a figure, a date, a count or its source sentence.

A finished briefing goes in; a digit without origin is a RefusedError, never a warning.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from reportgen.briefing.ground import homes
from reportgen.briefing.once import once
from reportgen.briefing.text import plain
from reportgen.errors import RefusedError
from reportgen.model import (
    Block,
    Briefing,
    Cards,
    Comparisons,
    Drawing,
    Evidence,
    Figure,
    Picture,
    Source,
    Span,
)
from reportgen.notation import (
    cell_text,
    change_text,
    derived_text,
    period_text,
    printed_value,
    short_text,
    short_value,
    signed_text,
)

_TOKEN = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)*")
"""A comma joins digits by threes; any other parts two numbers."""
_NO_NUMBER = 30
"""More digits than this are no number of anything."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Texts that may be printed: of figures by id, numbers in running words, counts, evidence anchors."""

    of_figure: Callable[[str], frozenset[str]]
    words: frozenset[str]
    counts: frozenset[str]
    anchors: frozenset[str]


def check_digits(
    briefing: Briefing,
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
    comparisons: Comparisons,
    *,
    fixed: str = "",
) -> None:
    """Raise RefusedError where a digit is neither a figure's, a date's, a count's nor of a cited sentence.

    `fixed` is the wording of the template: an office answers for its own words.
    """
    printed = [(block, span) for block in briefing.blocks for span in (*spans_of(block), *_card_spans(block))]
    printed = [(block, span) for block, span in printed if any(char.isdigit() for char in span.text)]
    allowed = _allowed(briefing, [span for _, span in printed], figures, sources, comparisons, fixed)
    for block, span in printed:
        problem = _problem(span, allowed)
        if problem:
            where = f"{briefing.name}, {type(block).__name__}"
            raise RefusedError(problem, where=where, hint="report this; the number has no source")


def spans_of(value: Any) -> Iterator[Span]:
    """Every span in a block; a card's texts count as spans of its figure."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value) and not isinstance(value, (type, Drawing)):
        if isinstance(value, Picture):
            yield from spans_of(value.sources)
            return
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))


def _card_spans(block: Block) -> Iterator[Span]:
    """What cards print, as spans: the number of the figure, and the number beside it."""
    for card in block.cards if isinstance(block, Cards) else ():
        if card.figure_id:
            yield Span(card.number, "number", card.figure_id)
            yield Span(card.aside)
            yield Span(card.aside_label)
            yield Span(card.period)


def _problem(span: Span, allowed: Allowed) -> str:
    if span.look == "mark":
        return "" if span.link in allowed.anchors else "an evidence mark without its entry"
    if span.figure_id:
        known = allowed.of_figure(span.figure_id)
        digits = span.text.strip("（）原")
        return "" if digits in known or span.text in known else "a number that its figure does not say"
    tokens = _TOKEN.findall(span.text)
    if all(token in allowed.words or token in allowed.counts for token in tokens):
        return ""
    return "a number without a source"


def _allowed(
    briefing: Briefing,
    printed: Iterable[Span],
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
    comparisons: Comparisons,
    fixed: str,
) -> Allowed:
    """What `printed` is measured by. Only what is printed is looked for: an issue may know thousands of figures."""
    derived, compared_with = _derived(comparisons), _compared_with(comparisons)

    @cache
    def of_figure(name: str) -> frozenset[str]:
        own = _texts(figures[name]) if name in figures else set()
        return frozenset(own.union(derived.get(name, ())))

    entries = [entry for block in briefing.blocks if isinstance(block, Evidence) for entry in block.entries]
    own = [figures[i] for i in briefing.figure_ids if i in figures]
    compared = len({place for name in briefing.figure_ids for place in compared_with.get(name, ())})
    found = _counts(own, len(sources), len(entries), compared) | _counts_by_home(own, sources)
    counts = frozenset(str(count) for count in found)
    running = [span.text for span in printed if not span.figure_id and span.look != "mark"]
    words = {token for text in running for token in _TOKEN.findall(text)} - counts
    return Allowed(
        of_figure,
        frozenset(_found(words, _words(briefing, figures, sources, comparisons, fixed))),
        counts,
        frozenset(entry.anchor for entry in entries),
    )


@once
def _derived(comparisons: Comparisons) -> Mapping[str, set[str]]:
    """Figure id -> what is printed beside it that was computed of it."""
    derived: defaultdict[str, set[str]] = defaultdict(set)
    for progress in comparisons.progress:
        derived[progress.target.id] |= {derived_text(progress.completion), derived_text(progress.year_elapsed)}
    for share in comparisons.province_shares:
        derived[share.area.id].add(derived_text(share.share))
    for series in comparisons.series:
        for point in series.points:
            derived[point.figure.id].add(signed_text(point.growth_computed))
    for change in comparisons.news.changes if comparisons.news else ():
        derived[change.after.id].add(signed_text(change.growth))
    return dict(derived)


@once
def _compared_with(comparisons: Comparisons) -> Mapping[str, list[int]]:
    """Figure id -> the comparisons between areas that it stands in."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, comparison in enumerate(comparisons.between_areas):
        for figure in comparison.figures:
            found[figure.id].append(place)
    return dict(found)


def _found(tokens: set[str], texts: Iterable[str]) -> set[str]:
    """Those of `tokens` that stand in one of `texts`, which are read no further than that takes."""
    missing, unread = set(tokens), iter(texts)
    # a run of digits that is no number is cut like any long text
    cut = {token for token in tokens if len(token) > _NO_NUMBER}
    while missing and (text := next(unread, None)) is not None:
        said = _TOKEN.findall(text)
        missing.difference_update(said)
        if cut:
            missing -= {token for token in cut if any(whole.startswith(token) for whole in said)}
    return tokens - missing


def _texts(figure: Figure) -> set[str]:
    """All forms in which a figure may be printed."""
    printed = plain(printed_value(figure))
    cut = plain(figure.sentence[figure.mark[0] : figure.mark[1]])
    number, unit = short_value(figure)
    change = change_text(figure)
    return {
        change.removesuffix(unit),
        change.removesuffix("个点"),
        printed,
        cut,
        plain(figure.num),
        number,
        short_text(figure),
        cell_text(figure),
        change_text(figure),
    }


def _words(
    briefing: Briefing,
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
    comparisons: Comparisons,
    fixed: str,
) -> Iterator[str]:
    """Texts whose numbers may stand in running words: sentences, names and titles of the sources, dates, the template.

    The likeliest come first.
    """
    day = briefing.date
    yield from (fixed, "[1-12]", briefing.running_head, comparisons.progress_rule, f"{day.year} {day.month} {day.day}")
    for place, source in enumerate(sources.values(), 1):
        yield from (plain(source.title), plain(source.doc), plain(source.area), str(place))
        yield f"{source.published.year} {source.published.month} {source.published.day}"
    own = [figures[name] for name in briefing.figure_ids if name in figures]
    yield from _said(own)
    near = [figure for doc in sources for figure in _by_document(figures).get(doc, ())]
    yield from _said(near)
    yield from (text for figure in (*own, *near) for text in _running(figure))
    for progress in comparisons.progress:
        yield derived_text(progress.completion)
    for comparison in comparisons.between_areas:
        yield from (comparison.indicator, *comparison.notes.values())
    for figure in figures.values():
        if figure.doc not in sources:
            yield from _running(figure)


@once
def _by_document(figures: Mapping[str, Figure]) -> Mapping[str, list[Figure]]:
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        found[figure.doc].append(figure)
    return dict(found)


def _said(figures: Iterable[Figure]) -> Iterator[str]:
    """Sentences and names of the sources, each once."""
    texts = (text for f in figures for text in (f.sentence, f.indicator, f.area, f.agency))
    return (plain(text) for text in dict.fromkeys(texts))


def _running(figure: Figure) -> Iterator[str]:
    """How a figure of any document may be said in running words."""
    yield period_text(figure.period, figure.status)
    yield short_text(figure)
    if figure.measure == "growth":
        yield change_text(figure)


def _counts(figures: list[Figure], documents: int, entries: int, compared: int) -> set[int]:
    """Every number of figures that a briefing may state: all, and by status, sector, area, document and key.

    Of the comparisons it may state any part.
    """
    found = {len(figures), documents, entries, sum(figure.key for figure in figures)}
    for names in (("status",), ("sector",), ("area",), ("doc",), ("agency",)):
        for extra in ((), ("status",), ("sector",), ("area",)):
            counter = Counter(tuple(getattr(figure, name) for name in (*names, *extra)) for figure in figures)
            found.update(counter.values())
    return found | set(range(max(20, compared) + 1))


def _counts_by_home(figures: list[Figure], sources: Mapping[str, Source]) -> set[int]:
    """How many figures an area's documents print: a county's count for its city, however many documents there are."""
    home = homes(figures, sources)
    by_area = Counter(home[figure.id] for figure in figures)
    return {*by_area.values(), *Counter((home[figure.id], figure.sector) for figure in figures).values()}
