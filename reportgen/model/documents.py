"""Documents and their parts: what is read, how it was cleaned, which context a sentence stands in.

Offsets are half-open and count characters; `raw` offsets refer to the decoded source file, `text` offsets to the
cleaned text. Also the `Problem` that every stage may find. Names of areas follow GB/T 2260.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["actual", "target"]
Known = Literal["literal", "repaired", "inherited", "implied", "corrected"]
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

    def text(self, raw: int) -> int:
        """Text offset of the character that stood at `raw`, of the nearest one before it where that was left out."""
        run = max(bisect_right(self.raw_starts, raw) - 1, 0)
        offset = self.text_starts[run] + max(raw - self.raw_starts[run], 0)
        return min(offset, self.text_starts[run + 1] - 1) if run + 1 < len(self.text_starts) else offset


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
    """A number in a table of the source: text offsets of the number, row label, column head, row group and title."""

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
