"""All that one briefing is made of, and the passages that every kind shares: runs of text, marks, head and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.briefing.evidence import cut, mark
from reportgen.briefing.text import plain
from reportgen.model import (
    Comparisons,
    Digest,
    EndBlock,
    Excerpt,
    Figure,
    Masthead,
    Office,
    Paragraph,
    Picture,
    Source,
    Span,
    Spans,
    Summary,
)
from reportgen.notation import status_dot
from reportgen.vocabulary import Sector

MOST_LIT = 10
"""Figures set off in one paragraph."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a briefing on `subject` is made of. `figures` are only those that it is about."""

    subject: str
    figures: tuple[Figure, ...]
    by_id: Mapping[str, Figure]
    sources: Mapping[str, Source]
    comparisons: Comparisons
    pictures: tuple[Picture, ...]
    summary: Summary
    office: Office
    sectors: tuple[Sector, ...]
    month: str
    number: int
    everything: tuple[Figure, ...]

    def weight(self, figure: Figure) -> int:
        """How soon the figure is printed."""
        return self.summary.weights.get(figure.id, 0)


def ranked(material: Material, figures: Sequence[Figure]) -> list[Figure]:
    """Key figures first, then by weight, then by place in the source."""
    return sorted(figures, key=lambda f: (not f.key, -material.weight(f), f.doc, f.start))


def digest(material: Material, area: str, sector: str) -> Digest | None:
    """The digest of one sector of one area."""
    found = (d for d in material.summary.digests if d.area == area and d.sector == sector)
    return next(found, None)


def counts(figures: Sequence[Figure]) -> tuple[int, int]:
    """How many are actual, how many are targets."""
    actual = sum(figure.status == "actual" for figure in figures)
    return actual, len(figures) - actual


def number(value: int) -> Span:
    """A counted number, printed as such."""
    return Span(str(value), "number")


def passage(
    material: Material, excerpts: Sequence[Excerpt], tabled: Sequence[str] = (), *, lit: int = MOST_LIT
) -> Spans:
    """Excerpts as running text: figures set off, a mark after each clause, ；and 。between them.

    Set off are all targets, then key figures, then the figures `tabled`, at most `lit`.
    """
    shown = [material.by_id[i] for excerpt in excerpts for i in excerpt.figure_ids if i in material.by_id]
    looks = _looks(shown, set(tabled), lit)
    spans: list[Span] = []
    for index, excerpt in enumerate(excerpts):
        figures = [material.by_id[i] for i in excerpt.figure_ids if i in material.by_id]
        spans += cut(excerpt.sentence, excerpt.start, excerpt.end, looks, figures)
        spans.append(mark(figures[0]))
        last = index + 1 == len(excerpts)
        spans.append(Span("。" if last or index % 2 else "；"))
    return tuple(spans)


def _looks(figures: Sequence[Figure], tabled: set[str], lit: int) -> dict[str, str]:
    order = sorted(figures, key=lambda f: (f.status != "target", not f.key, f.id not in tabled))
    chosen = [f for f in order if f.measure != "baseline" and (f.status == "target" or f.key or f.id in tabled)]
    return {figure.id: figure.status for figure in chosen[:lit]}


def aside(material: Material, figures: Sequence[Figure]) -> Spans:
    """市人社局　数据61项　● 61 ○ 0"""
    actual, target = counts(figures)
    names = Counter(figure.agency for figure in figures if figure.agency)
    agencies = "、".join(plain(name) for name, _ in names.most_common(2))
    lead = f"{agencies}　数据" if agencies else "数据"
    return (
        Span(lead, "muted"),
        number(len(figures)),
        Span(f"项　{status_dot('actual')} ", "muted"),
        number(actual),
        Span(f" {status_dot('target')} ", "muted"),
        number(target),
    )


def masthead(material: Material, name: str, issue: str, day: str) -> Masthead:
    """The red head."""
    return Masthead(material.office.classification, name, issue, material.office.unit, day)


def legend() -> Paragraph:
    """读法: what the signs mean."""
    return Paragraph(
        (
            Span("读法", "strong"),
            Span("　● ", "actual"),
            Span("实际　", "muted"),
            Span("○ 目标或计划　≥ 以上、超过、不少于　≤ 以内、不超过　约 左右、近　", "muted"),
            Span("≠", "alert"),
            Span(" 不可直接比较　— 材料未公布　[1-12] 出处编号", "muted"),
        ),
        "legend",
    )


def end_block(office: Office) -> EndBlock:
    """报送发."""
    pairs = (("报：", office.report_to), ("送：", office.send_to), ("发：", office.issue_to))
    text = "　　".join(head + name for head, name in pairs if name)
    return EndBlock((Span(text),), office.unit, office.copies)


def day_text(day: date, month_only: bool = False) -> str:
    """2023年9月13日, or 2023年9月 where the day is not known."""
    return f"{day.year}年{day.month}月" + ("" if month_only else f"{day.day}日")


def month_text(month: str) -> str:
    """2023年9月 of 2023-09."""
    year, _, number_ = month.partition("-")
    return f"{year}年{int(number_)}月"
