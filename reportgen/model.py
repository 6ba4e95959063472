"""The values that pass between the stages: plain, frozen, without methods that touch files.

Documents go in, figures come out, blocks are printed. Offsets are half-open and count characters;
`raw` offsets refer to the decoded source file, `text` offsets to the cleaned text.
Names follow SDMX for observations, GB/T 2260 for areas, GB/T 9704 for pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Status = Literal["actual", "target"]
Measure = Literal["level", "growth", "share", "rank", "baseline"]
Qualifier = Literal["eq", "ge", "le", "approx"]
Known = Literal["literal", "repaired", "inherited", "implied", "corrected"]
Look = Literal["plain", "strong", "actual", "target", "number", "mark", "muted", "alert", "kai"]
Severity = Literal["error", "warning", "doubt"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding that does not stop the run: what is doubtful, where, and which figures it touches."""

    severity: Severity
    code: str
    message: str
    doc: str = ""
    start: int | None = None
    end: int | None = None
    figure_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the cleaned text stood in the source: runs of constant distance.

    `text_starts` rises strictly from 0; run i maps text offset t to raw `raw_starts[i] + t - text_starts[i]`.
    """

    text_starts: tuple[int, ...] = (0,)
    raw_starts: tuple[int, ...] = (0,)

    def raw(self, offset: int) -> int:
        """Raw offset of the character at text `offset`."""
        run = bisect_right(self.text_starts, offset) - 1
        return self.raw_starts[run] + offset - self.text_starts[run]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw half-open span of the non-empty text span [start, end)."""
        return self.raw(start), self.raw(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Repair:
    """One place where cleaning changed the text: raw span, what stood there, what we read, by which named fix."""

    fix: str
    start: int
    end: int
    before: str
    after: str
    lossy: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source file: `raw` as decoded, `text` as cleaned so far, and the way back from one to the other."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    raw: str
    text: str
    offsets: OffsetMap = OffsetMap()
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] = ()
    """Text offsets at which pages begin (pdf only)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of seeds/sources.csv: what a person states about a document; empty means not stated."""

    doc: str
    area: str = ""
    published: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    received: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about a document as a publication."""

    doc: str
    sha256: str
    title: str
    area: str
    area_code: str
    published: date
    published_known: Known
    area_known: Known
    publisher: str = ""
    url: str = ""
    genre: str = ""
    received: str = ""
    month_only: bool = False
    """True where only the month of publication is known; `published` is then its last day."""

    @property
    def month(self) -> str:
        """Publication month, YYYY-MM."""
        return f"{self.published:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the cleaned text, [start, end), with the context that it inherits."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A number in a table of the source: text offsets of the number, its row label, column head, row group and title."""

    start: int
    end: int
    label: str
    head: str
    group: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of sentences under one heading path, speaker and agency, with the context they share."""

    headings: tuple[str, ...]
    agency: str
    speaker: str
    area: str
    sector: str
    period: str
    status: Status | None
    sentences: tuple[Sentence, ...]
    cells: tuple[GridCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A segmented document: who says what about which place, and when."""

    source: Source
    document: Document
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported number, field by field as docs/figures.md defines it (SDMX: one observation)."""

    id: str
    doc: str
    start: int
    end: int
    num: str
    unit: str
    value: Decimal
    base_unit: str
    value_high: Decimal | None
    qualifier: Qualifier
    measure: Measure
    status: Status
    period: str
    period_end: str
    area: str
    sector: str
    indicator: str
    indicator_id: str
    key: bool
    agency: str
    section: str
    sentence: str
    sentence_start: int
    """Raw offset of the sentence."""
    mark: tuple[int, int]
    """The number with its unit inside `sentence`."""
    known: Mapping[str, Known] = field(default_factory=dict)
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that is not a figure, and the rule that said so."""

    doc: str
    start: int
    end: int
    num: str
    rule: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields."""

    source: Source
    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...] = ()
    problems: tuple[Problem, ...] = ()


# Comparison: like with like, and what stands beside it


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator, measure and base unit over areas; `comparable` when status, period length and end agree too."""

    indicator_id: str
    indicator: str
    sector: str
    measure: Measure
    base_unit: str
    figures: tuple[Figure, ...]
    comparable: bool
    notes: Mapping[str, str] = field(default_factory=dict)
    """figure id -> why it is not like the others."""
    references: tuple[str, ...] = ()
    """Ids of the provincial figures among `figures`: what the others are seen against, never one of them."""


@dataclass(frozen=True, slots=True)
class ProvinceShare:
    """An area's part of its province's value of the same indicator, status and period (a percentage, computed)."""

    indicator_id: str
    indicator: str
    share: Decimal
    province: Figure
    area: Figure


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and the actual set against it: completion in %, the part of the year gone in %, a verdict."""

    indicator_id: str
    area: str
    target: Figure
    actual: Figure
    completion: Decimal
    year_elapsed: Decimal
    verdict: Literal["met", "ahead", "on course", "behind", "unknown"]
    indicator: str = ""
    """What the actual value says is done, e.g. 老旧小区改造（开工）."""
    verdict_text: str = ""
    """The verdict as it is printed, e.g. 慢于时序."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of a series: the figure, the growth that a source states, the growth computed from the series."""

    figure: Figure
    growth_stated: Decimal | None
    growth_computed: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """The same area and indicator over several periods, oldest first."""

    indicator_id: str
    indicator: str
    area: str
    base_unit: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class ProvinceSum:
    """The known values of a province's prefectures added up beside the province's own.

    `reaches` is unknown while prefectures are missing and the known ones do not reach the province's value alone.
    """

    indicator_id: str
    indicator: str
    province: Figure
    areas: tuple[Figure, ...]
    total: Decimal
    share: Decimal
    reaches: Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """An area's last actual value and its target for a later period, of one indicator, measure and unit."""

    indicator_id: str
    indicator: str
    area: str
    actual: Figure
    target: Figure


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Everything that can be set side by side."""

    between_areas: tuple[Comparison, ...] = ()
    province_shares: tuple[ProvinceShare, ...] = ()
    progress: tuple[Progress, ...] = ()
    series: tuple[Series, ...] = ()
    problems: tuple[Problem, ...] = ()
    province_sums: tuple[ProvinceSum, ...] = ()
    outlooks: tuple[Outlook, ...] = ()


# Choosing: what a briefing says first, in the words of the sources


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of whole clauses of one source sentence: [start, end) of `sentence`, and the figures printed in it."""

    doc: str
    sentence_start: int
    sentence: str
    start: int
    end: int
    figure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One sector of one area: `sentences` for its summary, `points` for 本期要点 (at most two lines)."""

    area: str
    sector: str
    sentences: tuple[Excerpt, ...]
    points: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All digests, and every figure's weight: the larger, the sooner it is printed on page 1."""

    digests: tuple[Digest, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)


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


# Charts: a description first, then a drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: label over period, a value with its printed form, target or actual."""

    label: str
    sublabel: str
    value: Decimal
    text: str
    status: Status
    figure_ids: tuple[str, ...]
    note: str = ""
    reference: Decimal | None = None
    """Second value of the row: the target of a progress bar or beside an actual growth."""
    reference_text: str = ""
    aside: str = ""
    """Right-hand text of the row: 560／1000名; in a series the unit of its panel."""
    alert: bool = False
    """Not to be compared with the other rows: marked ≠."""
    marker: Decimal | None = None
    """Part of the time gone, in %, of a progress bar."""
    cells: tuple[int, ...] = ()
    """Counts of a coverage row, one for each of the chart's columns."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows, before it is drawn. `title` states the finding and is the alternative text."""

    id: str
    kind: Literal["bars", "progress", "share", "growth", "series", "coverage"]
    title: str
    subtitle: str
    unit: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()
    """Printed below the drawing."""
    columns: tuple[str, ...] = ()
    """Column heads of a coverage map."""
    width: float = 156.0
    """mm: the type area, or 75.5 for half of it."""


@dataclass(frozen=True, slots=True)
class PathOp:
    """A path in points, origin bottom left: ("M"|"L"|"C"|"Z", coordinates); colours as #RRGGBB or empty."""

    path: tuple[tuple[str, tuple[float, ...]], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TextOp:
    """A line of text at its left base point, in points."""

    x: float
    y: float
    text: str
    face: str
    size: float
    colour: str
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart as a display list, `width` x `height` points; every renderer replays the same operations."""

    width: float
    height: float
    ops: tuple[PathOp | TextOp, ...]


# Briefings: a flat list of blocks, escaped nowhere but in the renderers


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
