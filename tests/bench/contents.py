"""One real city briefing, as our blocks and as the plain pieces that any other typesetter can be given.

Goes in: nothing but the seeds. Comes out: the same headings, paragraphs, tables, links and charts for every contestant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from reportgen import house, vocabulary
from reportgen.model import (
    Briefing,
    Cards,
    Chart,
    Drawing,
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Picture,
    Span,
    Table,
    Title,
)
from reportgen.pipeline.briefings import studio_of, write_briefing
from reportgen.pipeline.intake import take_in
from reportgen.pipeline.issue import make_issue
from reportgen.pipeline.request import Request
from reportgen.settings import Settings

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"
DIGITS = "0123456789"
_STRONG = ("strong", "actual", "target", "alert")
FONTS = ROOT / "reportgen" / "fonts"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; with `link` it leads to the piece of that anchor."""

    text: str
    strong: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, a table or a chart; `anchor` is what links lead to."""

    kind: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    chart: Chart | None = None
    anchor: str = ""

    @property
    def text(self) -> str:
        """The words without their looks."""
        return _words(self.runs)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The words of a table."""
        return tuple(tuple(map(_words, row)) for row in self.rows)


def city_briefing(name: str = "朝阳市") -> Briefing:
    """The briefing of a city from the seeds."""
    request = Request(Settings(), ROOT / "seeds", ROOT / "output", TEMPLATES, areas=(name,))
    issue = make_issue(request, take_in(request, lambda event: None), vocabulary.load())
    return write_briefing(request, issue, issue.subjects[0], studio_of(request))


def house_style() -> house.House:
    """The house style that ships."""
    return house.load_house(TEMPLATES / "house.toml")


def another(value: Any, number: int) -> Any:
    """The same with other digits in every text: what a second city would say, so that nothing can be remembered."""
    if isinstance(value, str):
        return value.translate(str.maketrans(DIGITS, DIGITS[number % 10 :] + DIGITS[: number % 10]))
    if isinstance(value, tuple):
        return tuple(another(item, number) for item in value)
    if is_dataclass(value) and not isinstance(value, (type, Drawing)):
        return replace(value, **{field.name: another(getattr(value, field.name), number) for field in fields(value)})
    return value


def pieces(briefing: Briefing) -> tuple[Piece, ...]:
    """The briefing for those who know nothing of our blocks: all its text, its tables, its charts."""
    return tuple(piece for block in briefing.blocks for piece in _pieces(block))


def _pieces(block: Any) -> Iterator[Piece]:
    match block:
        case Heading() | Title():
            yield Piece("heading", (Run(block.text),))
        case Picture():
            yield Piece("paragraph", (Run(f"图{block.number}　{block.chart.title}"), *_runs(block.sources)))
            yield Piece("chart", chart=block.chart)
        case Table():
            yield Piece("paragraph", (Run(block.caption),))
            head = tuple(_runs(tuple(span for line in column.head for span in line)) for column in block.columns)
            rows = [
                tuple(_runs(tuple(span for line in cell.lines for span in line)) for cell in row) for row in block.rows
            ]
            yield Piece("table", rows=(head, *rows))
            yield from (Piece("paragraph", _runs(spans)) for spans in block.notes)
        case Cards():
            for card in block.cards:
                named = (Run(f"{card.name}　"), Run(f"{card.number}{card.unit}", strong=True))
                yield Piece("paragraph", (*named, Run(f"　{card.period}　{card.aside}"), *_runs((card.mark,))))
        case KeyPoints():
            yield from (Piece("paragraph", (Run(label, strong=True), *_runs(spans))) for label, spans in block.points)
        case Evidence():
            yield Piece("heading", _runs(block.heading))
            for entry in block.entries:
                yield Piece("paragraph", (Run(f"[{entry.number}] "), *_runs(entry.spans)), anchor=entry.anchor)
        case Masthead() | EndBlock():
            texts = [getattr(block, field.name) for field in fields(block)]
            yield from (Piece("paragraph", (Run(text),)) for text in texts if isinstance(text, str) and text)
        case PageBreak():
            return
        case _:
            yield Piece("paragraph", _runs(tuple(_spans(block))))


def _runs(spans: tuple[Span, ...]) -> tuple[Run, ...]:
    found = (Run(span.text, span.look in _STRONG, span.link if span.look == "mark" else "") for span in spans)
    return tuple(run for run in found if run.text)


def _words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _spans(getattr(value, field.name))
