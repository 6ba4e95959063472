"""All that one briefing is made of, and the passages that every kind shares: runs of text, marks, head and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from reportgen.briefing.evidence import marks
from reportgen.briefing.once import once
from reportgen.briefing.template import numeral
from reportgen.briefing.text import plain, short_name
from reportgen.model import (
    Comparisons,
    Digest,
    EndBlock,
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
from reportgen.notation import (
    AreaOrder,
    area_order,
    is_province,
    is_yearly_mean,
    printed_value,
    short_text,
    status_dot,
)
from reportgen.vocabulary import Sector

_AMONG = re.compile("全国|全省|全市|全区|全县|全州|全盟|全自治区")
BEHIND = 15
"""How much less a plan weighs than what is done."""
MOST_MARKS = 5


@dataclass(frozen=True)
class Material:
    """What a briefing on `subject` is made of. `figures` are only those that it is about."""

    subject: str
    code: str
    """The sector's code where the subject is a sector."""
    figures: tuple[Figure, ...]
    by_id: Mapping[str, Figure]
    """All figures, also those that the briefing is not about."""
    sources: Mapping[str, Source]
    sectors: tuple[Sector, ...]
    homes: Mapping[str, str]
    """Figure id -> the area whose briefing prints it."""
    comparisons: Comparisons = field(default_factory=Comparisons)
    pictures: tuple[Picture, ...] = ()
    summary: Summary = field(default_factory=Summary)
    office: Office = field(default_factory=Office)
    month: str = ""
    """YYYY-MM of the issue."""
    number: int = 1
    names: Mapping[str, str] = field(default_factory=dict)
    """Indicator id -> its canonical name."""
    newest: Mapping[str, int] = field(default_factory=dict)
    """Area -> how long ago its newest document of all came out: the smaller, the newer."""

    def weight(self, figure: Figure) -> int:
        """How soon the figure is printed."""
        return self.summary.weights.get(figure.id, 0)

    def current(self, figures: Sequence[Figure]) -> list[Figure]:
        """Of each area's sector only what its newest document says."""
        newest: dict[tuple[str, str], tuple[int, str]] = {}
        for figure in figures:
            name, when = (self.home(figure), figure.sector), self._when(figure)
            newest[name] = max(newest.get(name, when), when)
        return [f for f in figures if self._when(f) == newest[self.home(f), f.sector]]

    def is_ahead(self, figure: Figure) -> bool:
        """Whether a target's time was not yet over when the newest document came out."""
        end = figure.period_end
        return not end[:1].isdigit() or end >= self._newest[: len(end)]

    @cached_property
    def by_doc(self) -> Mapping[str, Sequence[Figure]]:
        """Document -> those of `figures` that stand in it, in their order."""
        groups: dict[str, list[Figure]] = {}
        for figure in self.figures:
            groups.setdefault(figure.doc, []).append(figure)
        return groups

    @cached_property
    def _newest(self) -> str:
        return max((source.month for source in self.sources.values()), default="")

    def _when(self, figure: Figure) -> tuple[int, str]:
        source = self.sources.get(figure.doc)
        return (source.published.toordinal() if source else 0, figure.doc)

    def home(self, figure: Figure) -> str:
        """The area whose briefing prints the figure: a county's figure in its city's document belongs to the city."""
        return self.homes.get(figure.id, figure.area)

    def part(self, figure: Figure) -> str:
        """The county of a figure that is about a part of the area whose briefing prints it: 滦平县 and a space."""
        home, area = self.home(figure), plain(figure.area)
        return "" if area in ("", home) or plain(figure.indicator).startswith(area[:2]) else f"{area} "

    def name(self, figure: Figure) -> str:
        """The indicator as printed; 新增城镇就业 by its canonical name, which only turns it round: 城镇新增就业."""
        own, known = short_name(figure.indicator), self.names.get(figure.indicator_id, "")
        return known if sorted(known) == sorted(own) else own

    def lead(self, figure: Figure) -> str:
        """What is said before an indicator in tables and cards: its county, and 年均 of a mean."""
        mean = figure.measure != "growth" and is_yearly_mean(figure) and "年均" not in figure.indicator
        return self.part(figure) + ("年均" if mean else "")

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas that figures are about, in the order of all tables and charts."""
        codes = {source.area: source.area_code for source in self.sources.values()}
        own: dict[str, int] = {}
        for figure in self.figures:
            source = self.sources.get(figure.doc)
            when = -source.published.toordinal() if source else 0
            own[self.home(figure)] = min(own.get(self.home(figure), when), when)

        def place(area: str) -> AreaOrder:
            return area_order(area, codes.get(area, ""), self.newest.get(area, own[area]))

        return tuple(sorted(own, key=place))

    def at(self, area: str) -> Sequence[Figure]:
        """The figures of the briefing that are about `area`."""
        return self._by_area.get(area, ())

    @cached_property
    def _by_area(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(self.home(figure), []).append(figure)
        return found

    @cached_property
    def reference(self) -> str:
        """The province that the others are set beside; empty where there is none or more than one."""
        provinces = [area for area in self.areas if is_province(area)]
        return provinces[0] if len(provinces) == 1 and len(self.areas) > 1 else ""


@dataclass(slots=True)
class PictureNumbers:
    """Numbers pictures 图1, 图2, … in the order of printing."""

    by_id: Mapping[str, Figure]
    order: tuple[str, ...]
    """The documents in the order of their numbers."""
    last: int = 0

    def picture(self, picture: Picture) -> Picture:
        """The picture with the next number, its anchor and its sources."""
        self.last += 1
        ids = dict.fromkeys(i for bar in picture.chart.bars for i in bar.figure_ids if i in self.by_id)
        cited = marks([self.by_id[i] for i in ids], order=self.order)
        if len(cited) > MOST_MARKS:
            cited = (
                *marks([self.by_id[i] for i in ids], bare=True, order=self.order)[: 2 * MOST_MARKS],
                Span("等" if len(cited) > 2 * MOST_MARKS else ""),
            )
        sources = (Span("出处"), *(span for span in cited if span.text or span.link)) if cited else ()
        return replace(picture, number=self.last, anchor=f"p-{self.last}", sources=sources)


def sector_of(picture: Picture, by_id: Mapping[str, Figure]) -> str:
    """The sector of most of a chart's figures."""
    sectors = [by_id[i].sector for bar in picture.chart.bars for i in bar.figure_ids if i in by_id]
    return max(sorted(set(sectors)), key=sectors.count) if sectors else ""


def qualified(figure: Figure) -> Spans:
    """A figure as printed, with the word of its qualifier: 约45万人, 1万人以上."""
    before = "约" if figure.qualifier == "approx" else ""
    after = {"ge": "以上", "le": "以内"}.get(figure.qualifier, "")
    value = plain(printed_value(figure))
    if figure.measure == "rank":
        value = short_text(figure)
    spans = (Span(before), Span(value, figure.status, figure.id), Span(after))
    return tuple(span for span in spans if span.text)


def ranked(material: Material, figures: Sequence[Figure]) -> list[Figure]:
    """Key figures first, then by weight, where a plan is behind what is done, then by place in the source."""

    def rank(figure: Figure) -> tuple[bool, int, str, int]:
        behind = BEHIND if figure.status == "target" else 0
        return not figure.key, behind - material.weight(figure), figure.doc, figure.start

    return sorted(figures, key=rank)


def digest(material: Material, area: str, sector: str) -> Digest | None:
    """The digest of one sector of one area."""
    return _digests(material.summary).get((area, sector))


@once
def _digests(summary: Summary) -> Mapping[tuple[str, str], Digest]:
    return {(found.area, found.sector): found for found in reversed(summary.digests)}


def counts(figures: Sequence[Figure]) -> tuple[int, int]:
    """How many are actual, how many are targets."""
    actual = sum(figure.status == "actual" for figure in figures)
    return actual, len(figures) - actual


def counted(figures: Sequence[Figure], of: str = "") -> Spans:
    """共171项数据：实际159项，目标12项; without the parts where all are of one kind."""
    actual, target = counts(figures)
    parts = [(word, part) for word, part in (("实际", actual), ("目标", target)) if part]
    head = (Span(f"{of}数据共" if of else "共", "kai"), Span(str(len(figures)), "number"))
    unit = "项" if of else "项数据"
    if len(parts) < 2:
        return (*head, Span(f"{unit}，均为{parts[0][0]}" if parts and len(figures) > 1 else unit, "kai"))
    (one, first), (other, second) = parts
    return (
        *head,
        Span(f"{unit}：{one}", "kai"),
        Span(str(first), "number"),
        Span(f"项，{other}", "kai"),
        Span(str(second), "number"),
        Span("项", "kai"),
    )


def many(count: int) -> str:
    """A number before 份 or 个, up to 99: 两份, 十二份."""
    return "两" if count == 2 else numeral(count) if count < 100 else str(count)


def number(value: int) -> Span:
    """A counted number, printed as such."""
    return Span(str(value), "number")


def label(sector: Sector) -> str:
    """A sector's name where it has at most four characters, else its short name."""
    return sector.name if len(sector.name) <= 4 else sector.short


def aside(material: Material, figures: Sequence[Figure]) -> Spans:
    """市人社局　数据61项　● 61 ○ 0"""
    actual, target = counts(figures)
    names = Counter(figure.agency for figure in figures if figure.agency)
    agencies = "、".join(short_name(agency) for agency, _ in names.most_common(2))
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
            Span("○ 目标或计划　≥ 以上、超过、不少于　约 左右、近　", "muted"),
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


def phrase(figure: Figure) -> Spans:
    """A figure in one line: 固定资产投资增长15%以上, 接待游客1661.04万人次, 旅客吞吐量全国第3位."""
    return (Span(short_name(figure.indicator) + change_word(figure) + rank_words(figure)), *qualified(figure))


def rank_words(figure: Figure) -> str:
    """全省 of a placing, as its sentence says; empty where it does not, or for any other figure."""
    if figure.measure != "rank":
        return ""
    among = _AMONG.findall(re.split("[；;。]", figure.sentence[: figure.mark[0]])[-1])
    return among[-1] if among else ""


def change_word(figure: Figure) -> str:
    """增长 or 下降 behind the indicator of a change that does not say so itself."""
    if figure.measure != "growth" or figure.indicator.endswith(("增长", "下降", "增速", "增幅")):
        return ""
    return "增长" if figure.value >= 0 else "下降"


def day_text(day: date, month_only: bool = False) -> str:
    """2023年9月13日, or 2023年9月 where the day is not known."""
    return f"{day.year}年{day.month}月" + ("" if month_only else f"{day.day}日")


def month_text(month: str) -> str:
    """2023年9月 of 2023-09."""
    year, _, number_ = month.partition("-")
    return f"{year}年{int(number_)}月"
