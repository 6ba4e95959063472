"""One figure for each meaning: where several documents or sentences say it, which one is compared.

The rule, as Problems state it: the document published last; within a document the first mention. Both stay in the
tables. Values that cannot both be true raise a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reportgen.compare.alike import Meaning, agree, meaning_of
from reportgen.compare.places import Places
from reportgen.model import Figure, Problem


def chosen(figures: Iterable[Figure], places: Places) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """The figure to compare for each meaning, in the order of first appearance, and a doubt for each contradiction."""
    groups: dict[Meaning, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[meaning_of(figure, places.key(figure))].append(figure)
    kept, problems = [], []
    for group in groups.values():
        ranked = sorted(group, key=places.newest_first)
        kept.append(ranked[0])
        against = [figure for figure in ranked[1:] if not agree(ranked[0], figure)]
        if against:
            problems.append(contradiction(ranked[0], against))
    return tuple(kept), tuple(problems)


def contradiction(kept: Figure, against: list[Figure]) -> Problem:
    """A doubt that names every value said of one thing, and the rule by which one is compared."""
    values = "、".join(f"{figure.num}{figure.unit}（{figure.doc}）" for figure in [kept, *against])
    return Problem(
        "doubt",
        "contradictory",
        f"{kept.area}“{kept.indicator}”{kept.period}有不同的数：{values}。"
        f"对照取最后发布的材料、同一材料取首次出现的数，即{kept.num}{kept.unit}；表中均保留。",
        kept.doc,
        kept.start,
        kept.end,
        (kept.id, *(figure.id for figure in against)),
    )
