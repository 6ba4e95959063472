"""Briefings: a flat list of blocks, escaped nowhere but in the renderers. Names follow GB/T 9704 for pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.model.charts import Chart, Drawing
from reportgen.model.documents import Status

Look = Literal["plain", "strong", "actual", "target", "number", "mark", "muted", "alert", "kai"]


@dataclass(frozen=True, slots=True)
class Office:
    """Who publishes: names and addressees as the office wants them printed."""

    unit: str = "〔编发单位全称〕"
    briefing_name: str = "政务发布简报"
    monthly_name: str = "政务发布月报"
    classification: str = "内部参阅"
    report_to: str = "〔上级机关〕"
    send_to: str = "〔平级单位〕"
    issue_to: str = "〔下级单位〕"
    copies: str = "共印〔　〕份"


@dataclass(frozen=True, slots=True)
class Span:
    """Running text of one look. `figure_id` ties a number to its figure, `link` points to an anchor."""

    text: str
    look: Look = "plain"
    figure_id: str = ""
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head: classification, name, issue line, unit and date over the red rules."""

    classification: str
    name: str
    issue: str
    unit: str
    date: str


@dataclass(frozen=True, slots=True)
class Title:
    """The centred title and the provenance line below it."""

    text: str
    provenance: Spans = ()


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """本期要点: labelled points in a shaded box."""

    heading: str
    points: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: name, printed number and unit, what stands beside it, status and period, evidence mark."""

    name: str
    number: str
    unit: str
    status: Status
    period: str
    figure_id: str
    mark: Span
    aside_label: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Key-figure cards, three a row (counts: four a row)."""

    cards: tuple[Card, ...]
    per_row: int = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 3, with an optional right-hand note; `anchor` is its bookmark."""

    level: int
    text: str
    aside: Spans = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `look` body is indented and justified, note is small and grey, legend is the 读法 line."""

    spans: Spans
    look: Literal["body", "note", "legend", "list"] = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; more than one line where `lines` has more than one entry."""

    lines: tuple[Spans, ...]
    shade: int = 0
    """0 none; 1 to 4 the heat classes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: head, width in mm, alignment; `joined` draws its head over this and the next column."""

    head: tuple[Spans, ...]
    width: float
    align: Literal["left", "right", "centre"] = "left"
    joined: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A three-rule table with its caption above and notes below. `caption` is empty for uncaptioned tables."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    number: int = 0
    subline: Spans = ()
    sources: Spans = ()
    notes: tuple[Spans, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption above; drawing for vector output, png for Word, chart for native Word charts."""

    chart: Chart
    drawing: Drawing
    png: bytes
    number: int
    sources: Spans = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A numbered source sentence; `anchor` is what evidence marks link to."""

    number: str
    anchor: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Evidence:
    """附 出处: one document's cited sentences, two columns."""

    heading: Spans
    entries: tuple[EvidenceEntry, ...]


@dataclass(frozen=True, slots=True)
class EndBlock:
    """报送发 and the printing note, between rules at the end."""

    recipients: Spans
    unit: str
    copies: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Whatever follows begins a page."""


Block = Masthead | Title | KeyPoints | Cards | Heading | Paragraph | Table | Picture | Evidence | EndBlock | PageBreak


@dataclass(frozen=True, slots=True)
class Briefing:
    """One publication as blocks, with what its file metadata and running head say."""

    kind: Literal["city", "sector", "monthly"]
    name: str
    """File name without suffix, e.g. 朝阳市."""
    title: str
    subject: str
    author: str
    date: date
    running_head: str
    blocks: tuple[Block, ...]
    figure_ids: tuple[str, ...]
