"""The tables of a briefing: a sector's indicators, targets with their progress. Figures in, Tables out.

A growth stands in its level's row, an old value behind its indicator; missing is —, never 0 or blank.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.briefing.evidence import marks
from reportgen.briefing.material import Material, rank_words, ranked
from reportgen.briefing.telling import telling_words
from reportgen.briefing.text import plain
from reportgen.model import Cell, Column, Figure, Look, Progress, Span, Spans, Table
from reportgen.notation import (
    cell_text,
    change_text,
    derived_text,
    period_text,
    printed_value,
    short_text,
    short_value,
    status_dot,
    status_word,
)

NONE = Span("—", "muted")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STAGES = ("开工", "建成", "完工", "竣工", "签约", "招标")
MOST_ROWS = 11
MOST_TARGETS = 18
LONGEST_DONE = 7
"""Characters of a value with its unit that the cell of progress has room for."""
ONE_YEAR, LONG_PERIOD = 11, 9.0
"""Characters of 2023年10—12月; mm that 2021年1月—2023年3月 needs more."""
USUAL_PERIOD, WIDE_PERIOD = 8, 4.0
"""Characters of a target's period (到2025年); mm that 2021—2025年 needs more."""
PLAIN_TARGETS = (79.5, 20.0, 19.5, 22.0, 15.0)
_AGAINST = re.compile(
    r"(?<![同环占])([较比]((?!分别)[^，,；;。]{1,18}?))(?:提高|提升|增长|增加|上升|下降|减少|降低|压减|缩短)"
)
_GOES_ON = re.compile(
    "(?:累计|年均|实际|名义|同口径)?(?:提高|提升|增长|增加|上升|下降|减少|降低|增幅|增速)(?:到|为|达|了|超)*"
)
"""A clause of nothing but a change: what changes stands in the clause before."""
_LAST_YEAR = re.compile("上年|去年|同期|同比|年初|上季|上月")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: its figure, its growth and its old value."""

    figure: Figure
    growth: Figure | None = None
    baseline: Figure | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all its figures."""
        return tuple(f.id for f in (self.figure, self.growth, self.baseline) if f)


def rows(figures: Sequence[Figure]) -> list[Row]:
    """Rows in source order; growths and old values join the first level of the same indicator and status."""
    found = [Row(figure) for figure in figures if figure.measure in ("level", "share", "rank")]
    alike: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        alike[_kind(figure, figure.measure)].append(figure)
    joined: set[str] = set()
    # A placing takes only a change that no level takes, and only one of its own sentence.
    for index, row in sorted(enumerate(found), key=lambda item: item[1].figure.measure == "rank"):
        growth = _companion(row.figure, alike[_kind(row.figure, "growth")], joined)
        baseline = _companion(row.figure, alike[_kind(row.figure, "baseline")], joined)
        joined |= {f.id for f in (growth, baseline) if f}
        found[index] = Row(row.figure, growth, baseline)
    said = {(f.doc, f.sentence_start, f.indicator) for f in figures if f.id in joined and f.measure == "growth"}
    # 增加4374亿元，增长33.6%: one change, said twice
    alone = [
        Row(f)
        for f in figures
        if f.measure == "growth" and f.id not in joined and (f.doc, f.sentence_start, f.indicator) not in said
    ]
    return sorted([*found, *alone], key=lambda row: (row.figure.doc, row.figure.start))


def _kind(figure: Figure, measure: str) -> tuple[str, ...]:
    return measure, figure.doc, figure.area, figure.sector, figure.indicator, figure.status


def _companion(level: Figure, alike: Sequence[Figure], joined: set[str]) -> Figure | None:
    same = [
        f
        for f in alike
        if f.id not in joined
        and (f.measure == "baseline" or f.period_end == level.period_end)
        and (level.measure != "rank" or f.sentence_start == level.sentence_start)
    ]
    return min(
        same, key=lambda f: (f.sentence_start != level.sentence_start, f.base_unit != "%", f.start), default=None
    )


def sector_rows(material: Material, figures: Sequence[Figure]) -> list[Row]:
    """The rows of a sector's table: the weightiest, actual before target, in source order; none for a tiny sector."""
    every = rows(figures)
    if len(figures) < 3 or len(every) < 2:
        return []
    actual = [row for row in every if row.figure.status == "actual"]
    pool = actual if len(actual) >= 4 else every
    room = min(MOST_ROWS, 5 + max(0, len(figures) - 5) // 6)
    order = {figure.id: place for place, figure in enumerate(ranked(material, [row.figure for row in pool]))}
    best = sorted(pool, key=lambda row: order[row.figure.id])[:room]
    return [row for row in pool if row in best]


def sector_table(material: Material, chosen: Sequence[Row]) -> Table | None:
    """指标|数值|同比|目标/实际|时期|出处."""
    if not chosen:
        return None
    usual = Counter(row.figure.period for row in chosen).most_common(1)[0][0]
    reasons: list[str] = []
    told = telling_words([row.figure for row in chosen])
    body = tuple(_sector_row(material, row, usual, reasons, told.get(row.figure.id, "")) for row in chosen)
    longest = max(len(period_text(row.figure.period, row.figure.status)) for row in chosen)
    wider = LONG_PERIOD if longest > ONE_YEAR else 0.0
    columns = (
        Column((_head("指标"),), 48.5 - wider),
        Column((_head("数值"),), 15.5, "right", joined=True),
        Column((_head(""),), 15),
        Column((_head("同比"),), 21, "right"),
        Column((_head("目标/实际"),), 20.5),
        Column((_head("时期"),), 23.5 + wider),
        Column((_head("出处"),), 12, "right"),
    )
    return Table(columns, body, notes=tuple(_not_yearly(index, reason) for index, reason in enumerate(reasons)))


def _not_yearly(index: int, reason: str) -> Spans:
    text = f"是“{plain(reason)}”的变化，不是同比，不与其他“同比”数比较。"
    return (Span(f"≠{CIRCLED[min(index, len(CIRCLED) - 1)]} ", "alert"), Span(text))


def _sector_row(material: Material, row: Row, usual: str, reasons: list[str], told: str) -> tuple[Cell, ...]:
    figure = row.figure
    name: list[Span] = [Span(material.lead(figure) + material.name(figure)), *_told(told or rank_words(figure))]
    if row.baseline:
        name.append(Span(f"（原{printed_value(row.baseline)}）", "muted", row.baseline.id))
    if figure.measure == "growth":
        number, unit = NONE, Span("")
        growth = _growth_cell(figure, reasons)
    else:
        value, unit_text = short_value(figure)
        number, unit = Span(value, value_look(figure), figure.id), Span(unit_text)
        growth = _growth_cell(row.growth, reasons)
    return (
        Cell((tuple(name),)),
        Cell(((number,),)),
        Cell(((unit,),)),
        Cell((growth,)),
        Cell((status_spans(figure),)),
        Cell(((Span(period_text(figure.period, figure.status), "muted" if figure.period == usual else "plain"),),)),
        Cell((_row_marks(row),)),
    )


def _told(words: str) -> Spans:
    return (Span(f"（{words}）", "muted"),) if words else ()


def _row_marks(row: Row) -> Spans:
    """The marks of a row; without brackets where there are several, so that they fit."""
    figures = [f for f in (row.figure, row.growth, row.baseline) if f]
    found = marks(figures)
    return found if len(found) == 1 else marks(figures, bare=True)


def value_look(figure: Figure) -> Look:
    """Key actual figures are bold, all others light."""
    return "actual" if figure.key and figure.status == "actual" else "number"


def status_spans(figure: Figure) -> Spans:
    """● 实际."""
    dot: Look = "actual" if figure.status == "actual" else "muted"
    return (Span(status_dot(figure.status), dot), Span(f" {status_word(figure.status)}"))


def _growth_cell(growth: Figure | None, reasons: list[str]) -> Spans:
    """The change; ≠n where it is none against the year before, one n for each of `reasons`."""
    if growth is None:
        return (NONE,)
    spans = [Span(change_text(growth), value_look(growth), growth.id)]
    against = against_what(growth)
    if against:
        if against not in reasons:
            reasons.append(against)
        spans.append(Span(f" ≠{CIRCLED[min(reasons.index(against), len(CIRCLED) - 1)]}", "alert"))
    return tuple(spans)


def against_what(growth: Figure) -> str:
    """What a change is measured against where that is not the year before (较改革前, 年均); empty otherwise.

    A change over several years is none against the year before: then its period.
    """
    before, said = growth.sentence[: growth.mark[0]], growth.sentence[slice(*growth.mark)]
    clause = re.split("[，,；;。]", before)[-1]
    if "年均" in (clause + said)[-12:]:
        return "年均"
    if _GOES_ON.fullmatch(clause):
        # 较“十三五”末增加4374亿元，增长33.6%: what changes and against what was said before
        clause = re.split("[；;。]", before)[-1]
    found = _AGAINST.search(clause + said)
    if found and found[2].strip():
        return "" if _LAST_YEAR.search(found[2]) else found[1].partition("的")[0]
    start, _, end = growth.period.partition("/")
    return period_text(growth.period, growth.status) if start[:4].isdigit() and end and start[:4] != end[:4] else ""


def target_rows(
    material: Material, printed_ids: set[str], only: set[str] | None = None
) -> list[tuple[Row, Progress | None]]:
    """Targets for 下一步目标: those with progress first, then those not yet printed, the weightiest of them.

    `only` keeps those that one of these documents sets.
    """
    progress = {p.target.id: p for p in material.comparisons.progress if p.actual.doc in material.sources}
    every = rows([f for f in material.figures if f.status == "target" and material.is_ahead(f)])
    every = [row for row in every if only is None or row.figure.doc in only]
    known = [(row, progress[row.figure.id]) for row in every if row.figure.id in progress]
    others = [row for row in every if row.figure.id not in progress and row.figure.id not in printed_ids]
    order = ranked(material, [row.figure for row in others])[: max(0, MOST_TARGETS - len(known))]
    return [*known, *((row, None) for row in others if row.figure in order)]


def target_table(
    material: Material, chosen: Sequence[tuple[Row, Progress | None]], *, with_area: bool = False
) -> Table | None:
    """目标事项|目标值|期限|目前进度（推算）|出处."""
    if not chosen:
        return None
    usual = Counter(row.figure.period for row, _ in chosen).most_common(1)[0][0]
    with_progress = any(progress for _, progress in chosen)
    told = telling_words([row.figure for row, _ in chosen])
    body = []
    for row, progress in chosen:
        figure = row.figure
        value, unit = (change_text(figure), "") if figure.measure == "growth" else short_value(figure)
        place = (Span(f"{material.home(figure)}　", "muted"),) if with_area else ()
        name = material.lead(figure) + material.name(figure)
        cells = [
            Cell(((Span("○ ", "muted"), *place, Span(name), *_told(told.get(figure.id, ""))),)),
            Cell(((Span(value, "number", figure.id),),)),
            Cell(((Span(unit),),)),
            Cell(((Span(period_text(figure.period, "target"), "muted" if figure.period == usual else "plain"),),)),
        ]
        if with_progress:
            cells.append(Cell((_progress_cell(progress),)))
        cited = [figure, *((progress.actual,) if progress else ())]
        cells.append(Cell((marks(cited, bare=len(marks(cited)) > 1),)))
        body.append(tuple(cells))
    longest = max(len(period_text(row.figure.period, "target")) for row, _ in chosen)
    wider = WIDE_PERIOD if longest > USUAL_PERIOD else 0.0
    names, values, units, times, *rest = (44.0, 13.5, 14.5, 18.5, 51.0, 14.5) if with_progress else PLAIN_TARGETS
    widths = (names - wider, values, units, times + wider, *rest)
    heads = ["目标事项", "目标值", "", "期限", *(["目前进度（推算）"] if with_progress else []), "出处"]
    columns = tuple(
        Column((_head(head),), width, "right" if index in (1, len(heads) - 1) else "left", joined=index == 1)
        for index, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    rule = (Span("进度＝实际÷目标，每格10%；没有同口径实际数的记“—”。", "muted"),)
    return Table(columns, tuple(body), subline=rule if with_progress else ())


def _progress_cell(progress: Progress | None) -> Spans:
    if progress is None:
        return (NONE,)
    actual = progress.actual
    if not is_gradual(progress):
        text = change_text(actual) if actual.measure == "growth" else short_text(actual)
        return Span(text, "plain", actual.id), Span(f"，{progress.verdict_text}" if progress.verdict_text else "")
    full = min(10, int(progress.completion / 10))
    return (
        Span("■" * full, "actual"),
        Span("□" * (10 - full), "muted"),
        Span("  " + done_word(progress).removeprefix("已").replace("完成", "")),
        # a unit that would not fit stands in its own column already
        Span(short_text(actual) if len(short_text(actual)) <= LONGEST_DONE else cell_text(actual), "plain", actual.id),
        Span("，"),
        Span(percent(progress.completion), "number", progress.target.id),
    )


def is_gradual(progress: Progress) -> bool:
    """Whether a target is reached bit by bit, as an amount is; of a rate no part is done."""
    return progress.target.measure == "level"


def done_word(progress: Progress) -> str:
    """已完成, or what has been done so far where the source says a stage: 已开工, 已建成."""
    said = progress.indicator.removeprefix(progress.target.indicator) if progress.indicator else ""
    stage = next((word for word in STAGES if word in said and word not in progress.target.indicator), "完成")
    return f"已{stage}"


def percent(value: Decimal) -> str:
    """A computed share, one decimal."""
    return derived_text(value)


def _head(text: str) -> Spans:
    return (Span(text, "strong"),) if text else ()
