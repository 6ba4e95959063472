"""Which figures a one-page briefing prints: each stated rule gives points, the best of a document become key.

Figures of one or more documents go in, the same figures come out with `key` set; at most SHARE of a document is key, of
a short one a third.
Where a figure stands in the document never decides by itself: position only tells a total from its parts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.model import Figure

SHARE = Decimal("0.13")
"""The part of a document's figures that may be key (the house allows 15 %)."""

LEAST, SHARE_OF_FEW = 8, Decimal("0.33")
"""So many of any document may be key, but no larger part: a release of twenty figures has more to say than two."""

PER_SENTENCE = 4
CAP_PER_SECTOR = Decimal("0.5")
LARGE_SECTOR = 5
BEST_OF_SECTOR = 8

FIRST = re.compile(
    "生产总值|新增就业|新增城镇就业|失业率|可支配收入|一般公共预算收入|固定资产投资|社会消费品零售|进出口(?:总[额值])?$|粮食.*产量|接待游客|旅游收入"
)
"""Words of indicators that stand before all others."""

HEADLINE = re.compile(
    "转移就业|再就业|参保人数|待遇|养老金|规模以上|旅游人数|完成投资|粮食|老旧小区|改造小区|棚户区|老旧管网|养老床位|高中学位|普惠性幼儿园"
    "|幼儿园$|中小学$|重点专科|全科医生|医联体|引进高校毕业生|稳定岗位|优良天数|垃圾治理体系覆盖率|重点项目$|窗口$"
)
"""Words of indicators that a leader asks for first, where the vocabulary knows no canonical indicator."""

EMPHASIS = re.compile("首位|第一|历史最好|突破|创新高|超额|跃居|率先|全覆盖|提前")
COVERAGE = re.compile("全覆盖|全部(?!为)|100%")
PART = re.compile("其中|包括|分别为|含")
SMALL_PART = re.compile("第[一二三四五六七八九十]+季度|日均|最高|平均每|人均每")
TOTAL = re.compile("全市|全省|全县|全区|累计|共|总")
MONEY = ("元",)
PEOPLE = ("人", "人次", "户", "万人")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules need to know beside the figure: its companions in the document."""

    growths: frozenset[tuple[str, str, str]]
    """(sector, indicator, status) of which a change is told."""
    baselines: frozenset[tuple[str, str]]
    largest: Mapping[tuple[str, str], tuple[Decimal, ...]]
    order: Mapping[str, int]
    headline: frozenset[str]
    main_area: str
    paired: frozenset[str]


_NO_CONTEXT = Context(frozenset(), frozenset(), {}, {}, frozenset(), "", frozenset())

Rule = Callable[[Figure, Context], int]


def headline(figure: Figure, context: Context) -> int:
    """A canonical headline indicator, or a word that is always asked for."""
    if FIRST.search(figure.indicator):
        return 46
    if figure.indicator_id in context.headline:
        return 30
    return 22 if HEADLINE.search(figure.indicator) else 0


def change(figure: Figure, context: Context) -> int:
    """A level whose change against last year or whose old value is printed beside it."""
    if figure.measure != "level" and figure.measure != "share":
        return 0
    name = (figure.sector, figure.indicator)
    return 14 if (*name, figure.status) in context.growths or name in context.baselines else 0


def size_of_change(figure: Figure, context: Context) -> int:
    """A change rate: only as important as what changes; the larger the better."""
    if figure.measure != "growth":
        return 0
    if abs(figure.value) >= 100:
        return 4
    return 0 if abs(figure.value) >= 10 or FIRST.search(figure.indicator) else -6


def size(figure: Figure, context: Context) -> int:
    """The largest amount of its unit in its sector, then the second and third."""
    if figure.measure != "level":
        return 0
    values = context.largest.get((figure.sector, figure.base_unit), ())
    place = values.index(figure.value) if figure.value in values else 9
    several = 2 if len(values) >= 3 else 1
    return (10, 5, 2)[place] * several // 2 if place < 3 else 0


def money(figure: Figure, context: Context) -> int:
    """Money in 亿; and people by the 万."""
    if figure.measure != "level":
        return 0
    if figure.base_unit in MONEY:
        return 12 if figure.value >= 10**8 else 0
    if figure.base_unit.startswith(PEOPLE):
        return 8 if figure.value >= 10**5 else 4 if figure.value >= 10**4 else 0
    return 0


def rank(figure: Figure, context: Context) -> int:
    """A placing among other places, the better the higher."""
    if figure.measure != "rank":
        return 0
    return 22 if figure.value <= 3 else 4


def share(figure: Figure, context: Context) -> int:
    """A rate reached; 100 % says less than one that is not complete."""
    if figure.measure != "share":
        return 0
    if figure.value == 100:
        return -6
    return 10 if figure.qualifier == "ge" and figure.status == "actual" else 3


def target(figure: Figure, context: Context) -> int:
    """A target with a year, the further the weightier."""
    if figure.status != "target" or figure.measure == "baseline":
        return 0
    return 4 if figure.period.startswith(("../", "20")) else 0


def whole(figure: Figure, context: Context) -> int:
    """A total rather than a part: named first in its sentence, said of the whole place."""
    place = context.order[figure.id]
    before = figure.sentence[: figure.mark[0]]
    points = (12, 3, -2)[min(place, 2)] if figure.measure == "level" else 6
    if place and PART.search(before):
        points -= 10
    if TOTAL.search(before) and place == 0:
        points += 4
    if SMALL_PART.search(before[-12:]):
        points -= 6
    return points


def emphasis(figure: Figure, context: Context) -> int:
    """The source itself stresses it."""
    clause = re.split("[，,；;]", figure.sentence[: figure.mark[0]])[-1] + figure.sentence[figure.mark[0] :][:12]
    return 5 if EMPHASIS.search(clause) else 0


def covers(figure: Figure, context: Context) -> int:
    """It reaches all there are: 全市139所…全部达到, 实现203家…全覆盖."""
    after = figure.sentence[figure.mark[1] :][:40]
    return 8 if figure.measure == "level" and COVERAGE.search(after) else 0


def answers(figure: Figure, context: Context) -> int:
    """A target and what has been reached of it, both in the document."""
    return 8 if figure.id in context.paired else 0


def small(figure: Figure, context: Context) -> int:
    """Single digits and zero seldom make a headline; neither does an old value."""
    if figure.measure == "baseline" or figure.value == 0:
        return -40
    return -6 if figure.measure == "level" and abs(figure.value) < 10 and "." not in figure.num else 0


def place(figure: Figure, context: Context) -> int:
    """Figures of a part of the document's area (a county in a city's report) come after the area's own."""
    return 0 if figure.area == context.main_area else -12


RULES: tuple[Rule, ...] = (
    headline,
    change,
    size_of_change,
    size,
    money,
    rank,
    share,
    target,
    whole,
    emphasis,
    covers,
    answers,
    small,
    place,
)


def weigh(figures: Sequence[Figure], headlines: frozenset[str] = frozenset()) -> dict[str, int]:
    """Figure id -> points by all RULES; figures of several documents are weighed document by document."""
    weights: dict[str, int] = {}
    for document in by_document(figures).values():
        context = _context(document, headlines)
        points = {figure.id: sum(rule(figure, context) for rule in RULES) for figure in document}
        weights |= _with_company(document, points)
    return weights


def _with_company(document: Sequence[Figure], points: dict[str, int]) -> dict[str, int]:
    """A change weighs two thirds of what changes; the weightiest figure of a large sector weighs more."""
    levels = {(f.sector, f.indicator): points[f.id] for f in reversed(document) if f.measure in ("level", "share")}
    for figure in document:
        level = levels.get((figure.sector, figure.indicator))
        if figure.measure == "growth" and level is not None:
            points[figure.id] = level * 2 // 3 + size_of_change(figure, _NO_CONTEXT)
    sectors: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in document:
        sectors[figure.sector].append(figure)
    for members in sectors.values():
        if len(members) >= LARGE_SECTOR:
            points[max(members, key=lambda f: (points[f.id], -f.start)).id] += BEST_OF_SECTOR
    return points


def mark_key(figures: Sequence[Figure], headlines: frozenset[str] = frozenset()) -> tuple[Figure, ...]:
    """The same figures with `key` set for the weightiest of each document (at least one)."""
    weights = weigh(figures, headlines)
    chosen: set[str] = set()
    for document in by_document(figures).values():
        chosen |= _choose(document, weights)
    return tuple(replace(figure, key=figure.id in chosen) for figure in figures)


def by_document(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """Figures grouped by document, in source order."""
    documents: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: (figure.doc, figure.start)):
        documents[figure.doc].append(figure)
    return documents


def _choose(figures: Sequence[Figure], weights: Mapping[str, int]) -> set[str]:
    """The weightiest figures; no sentence and no sector takes them all."""
    budget = max(1, int(len(figures) * SHARE), min(LEAST, int(len(figures) * SHARE_OF_FEW)))
    per_sector = max(3, int(budget * CAP_PER_SECTOR))
    chosen: set[str] = set()
    sentences: Counter[int] = Counter()
    sectors: Counter[str] = Counter()
    for figure in sorted(figures, key=lambda figure: (-weights[figure.id], figure.start)):
        if len(chosen) == budget:
            break
        if sentences[figure.sentence_start] >= PER_SENTENCE or sectors[figure.sector] >= per_sector:
            continue
        chosen.add(figure.id)
        sentences[figure.sentence_start] += 1
        sectors[figure.sector] += 1
    return chosen


def _context(figures: Sequence[Figure], headlines: frozenset[str]) -> Context:
    largest: defaultdict[tuple[str, str], set[Decimal]] = defaultdict(set)
    order: dict[str, int] = {}
    in_sentence: Counter[int] = Counter()
    for figure in figures:
        if figure.measure == "level":
            largest[figure.sector, figure.base_unit].add(figure.value)
        order[figure.id] = in_sentence[figure.sentence_start]
        in_sentence[figure.sentence_start] += 1
    return Context(
        growths=frozenset((f.sector, f.indicator, f.status) for f in figures if f.measure == "growth"),
        baselines=frozenset((f.sector, f.indicator) for f in figures if f.measure == "baseline"),
        largest={name: tuple(sorted(values, reverse=True)) for name, values in largest.items()},
        order=order,
        headline=headlines,
        main_area=Counter(figure.area for figure in figures).most_common(1)[0][0] if figures else "",
        paired=_paired(figures),
    )


def _paired(figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of targets and actuals of one sector and unit whose indicators share at least half of their characters."""
    found: set[str] = set()
    targets = [f for f in figures if f.status == "target" and f.measure == "level"]
    actuals = [f for f in figures if f.status == "actual" and f.measure == "level"]
    for target in targets:
        words = set(target.indicator)
        for actual in actuals:
            if (target.sector, target.base_unit) == (actual.sector, actual.base_unit):
                others = set(actual.indicator)
                if 3 * len(words & others) >= 2 * max(len(words), len(others)):
                    found |= {target.id, actual.id}
    return frozenset(found)
