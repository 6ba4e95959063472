"""The tables of a month's news: what changed against the last known value, how targets stand that it reports on.

Goes in: the material of a monthly issue. Comes out: Tables, or None where there is nothing to say. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.briefing.evidence import marks
from reportgen.briefing.material import Material, change_word
from reportgen.briefing.tables import NONE, is_gradual, percent
from reportgen.briefing.text import short_name
from reportgen.model import Cell, Column, Figure, Look, Progress, Source, Span, Spans, Table, ValueChange
from reportgen.notation import change_text, period_text, short_text, signed_text, status_dot

MOST_CHANGES = 15
MOST_REPORTED = 20
VERDICT_LOOKS: dict[str, Look] = {"met": "actual", "behind": "alert"}


def origin(material: Material, source: Source) -> Span:
    """新 published in the month, 补 published before and received in it, 前 known before."""
    if source.month == material.month:
        return Span("新", "alert")
    return Span("补" if is_late(material, source) else "前", "muted")


def is_late(material: Material, source: Source) -> bool:
    """Whether a document was published before the month and received in it."""
    return source.month < material.month and source.received.startswith(material.month)


def changes(material: Material) -> Table | None:
    """指标|上次|本期|变化（推算）|出处: revised values first, then the weightiest."""
    news = material.comparisons.news
    if news is None or not news.changes:
        return None
    order = sorted(news.changes, key=lambda change: (change.kind != "revised", -material.weight(change.after)))
    body = tuple(_changed(material, change) for change in order[:MOST_CHANGES])
    heads = (("指标", 56.0), ("上次", 32.0), ("本期", 32.0), ("变化（推算）", 20.0), ("出处", 16.0))
    columns = tuple(Column(_head(head), width, "left" if head == "指标" else "right") for head, width in heads)
    rest = len(news.changes) - len(body)
    notes = ((Span(f"另有{rest}项见 tables.xlsx“本期变化”。", "muted"),),) if rest else ()
    return Table(columns, body, notes=notes)


def _changed(material: Material, change: ValueChange) -> tuple[Cell, ...]:
    revised = (Span(" 更正", "alert"),) if change.kind == "revised" else ()
    growth = Span(signed_text(change.growth), "number", change.after.id) if change.growth is not None else NONE
    cited = [change.before, change.after]
    return (
        Cell(
            (
                (
                    Span(f"{material.home(change.after)}　", "muted"),
                    Span(_name(change.indicator, change.after)),
                    *revised,
                ),
            )
        ),
        _valued(change.before),
        _valued(change.after),
        Cell(((growth,),)),
        Cell((marks(cited, bare=len(marks(cited)) > 1),)),
    )


def _name(indicator: str, figure: Figure) -> str:
    """地区生产总值增速 where a rate stands in the row, so that it is not taken for the amount of the row above."""
    return short_name(indicator) + ("增速" if change_word(figure) else "")


def _valued(figure: Figure) -> Cell:
    text = change_text(figure) if figure.measure == "growth" else short_text(figure)
    look: Look = "actual" if figure.key and figure.status == "actual" else "number"
    return Cell(
        (
            (Span(text, look, figure.id),),
            (Span(f"{status_dot(figure.status)} {period_text(figure.period, figure.status)}", "muted"),),
        )
    )


def reported(material: Material) -> Table | None:
    """目标事项|目标|实际|完成率（推算）|时序|判断|出处: behind first, then met, then the rest."""
    news = material.comparisons.news
    pairs = [pair for pair in news.reported if pair.verdict != "unknown"] if news else []
    if not pairs:
        return None
    order = {"behind": 0, "met": 1, "ahead": 2, "on course": 3}
    pairs.sort(key=lambda pair: (order[pair.verdict], -material.weight(pair.target)))
    heads = (
        *(("目标事项", 42.5), ("目标", 24.0), ("实际", 27.5), ("完成率（推算）", 15.0)),
        *(("时序", 12.0), ("判断", 19.0), ("出处", 16.0)),
    )
    left = ("目标事项", "判断")
    columns = tuple(Column(_head(head), width, "left" if head in left else "right") for head, width in heads)
    return Table(columns, tuple(_pair(material, pair) for pair in pairs[:MOST_REPORTED]), notes=_rule(material, pairs))


def _rule(material: Material, pairs: Sequence[Progress]) -> tuple[Spans, ...]:
    rest = len(pairs) - MOST_REPORTED
    more = f"另有{rest}项见 tables.xlsx“进度”。" if rest > 0 else ""
    return ((Span(f"{more}{material.comparisons.progress_rule}", "muted"),),)


def _pair(material: Material, pair: Progress) -> tuple[Cell, ...]:
    cited = [pair.target, pair.actual]
    return (
        Cell(
            (
                (
                    Span(f"{material.home(pair.target)}　", "muted"),
                    Span(_name(pair.indicator, pair.target)),
                ),
            )
        ),
        _valued(pair.target),
        _valued(pair.actual),
        Cell(((Span(percent(pair.completion), "number", pair.target.id) if is_gradual(pair) else NONE,),)),
        Cell(((Span(percent(pair.year_elapsed), "muted", pair.target.id),),)),
        Cell(((Span(pair.verdict_text, VERDICT_LOOKS.get(pair.verdict, "plain")),),)),
        Cell((marks(cited, bare=len(marks(cited)) > 1),)),
    )


def _head(text: str) -> tuple[Spans, ...]:
    return ((Span(text, "strong"),),)
