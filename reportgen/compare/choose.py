"""One figure for each meaning: where several documents or sentences say it, which one is compared.

The rule, as Problems state it: the document published last; within a document the first mention. All stay in the
tables. Values of one document that differ under the same words, without an id, are named too coarsely to be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.compare.alike import Meaning, agree, meaning_of
from reportgen.compare.pairing import context_stage
from reportgen.compare.places import Places
from reportgen.model import Figure, Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """`compared`: one figure a meaning; `answers`: those and the ones that their words alone cannot tell apart."""

    compared: tuple[Figure, ...]
    answers: tuple[Figure, ...]
    problems: tuple[Problem, ...]


def choose(figures: Iterable[Figure], places: Places) -> Choice:
    """The figures to compare in the order of first appearance, and a doubt for each contradiction."""
    groups: dict[Meaning, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[meaning_of(figure, places.key(figure))].append(figure)
    compared: list[Figure] = []
    answers: list[Figure] = []
    problems = []
    for group in groups.values():
        ranked = sorted(group, key=places.newest_first)
        first = ranked[0]
        against = [figure for figure in ranked[1:] if not agree(first, figure)]
        coarse = [figure for figure in against if _coarsely_named(first, figure)]
        answers += [first, *coarse]
        if not coarse:
            compared.append(first)
        contradicting = [figure for figure in against if figure not in coarse]
        if contradicting:
            problems.append(contradiction(first, contradicting))
    return Choice(tuple(compared), tuple(answers), tuple(problems))


def _coarsely_named(one: Figure, other: Figure) -> bool:
    """Whether two values of one document differ because their name is short, not because the document errs."""
    same_said_again = one.indicator_id and one.sentence_start != other.sentence_start
    return one.doc == other.doc and not (same_said_again and context_stage(one) == context_stage(other))


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
