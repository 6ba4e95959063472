"""Figures side by side: between areas, with the province, against the target, over time; like with like only.

Goes in: figures of any number of documents with their sources and the vocabulary. Comes out: `Comparisons`, with a
Problem for whatever cannot be true together. Nothing is ranked or divided unless it is alike; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.compare.areas import between_areas
from reportgen.compare.choose import choose
from reportgen.compare.differences import differences
from reportgen.compare.doubts import doubts
from reportgen.compare.news import month_news
from reportgen.compare.places import Places
from reportgen.compare.progress import RULE, progress
from reportgen.compare.provinces import partial_shares, province_shares, province_sums
from reportgen.compare.series import outlooks, series
from reportgen.model import Comparisons, Figure, Source
from reportgen.vocabulary import Vocabulary

__all__ = ["RULE", "compare", "differences"]


def compare(
    figures: Iterable[Figure],
    sources: Iterable[Source],
    vocabulary: Vocabulary,
    *,
    month: str = "",
    fresh: Iterable[str] = (),
) -> Comparisons:
    """Everything that can be set side by side. The order of `figures` and `sources` does not matter.

    With a `month` also its news: what the documents `fresh` bring beside what was known without them.
    """
    ordered = sorted(figures, key=lambda figure: (figure.doc, figure.start, figure.end, figure.id))
    places = Places(sources, vocabulary)
    choice = choose(ordered, places)
    kept = choice.compared
    compared = between_areas(kept, places, vocabulary)
    shares = province_shares(kept, places, vocabulary)
    pairs = progress(choice.answers, places, vocabulary)
    lines, mismatches = series(kept, places, vocabulary)
    return Comparisons(
        between_areas=compared,
        province_shares=shares,
        progress=pairs,
        series=lines,
        problems=(*choice.problems, *mismatches, *doubts(ordered, compared, lines)),
        province_sums=province_sums(shares, places),
        outlooks=outlooks(kept, places, vocabulary),
        partial_shares=partial_shares(kept, shares, places, vocabulary),
        progress_rule=RULE,
        news=month_news(month, frozenset(fresh), ordered, pairs, places, vocabulary) if month else None,
    )
