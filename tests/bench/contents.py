"""One real city briefing, as our blocks and as the plain pieces that any other typesetter can be given.

Goes in: nothing but the seeds. Comes out: the same headings, paragraphs, tables and charts for every contestant.
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
FONTS = ROOT / "reportgen" / "fonts"


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, a table of texts or a chart."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None


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
            yield Piece("heading", block.text)
        case Picture():
            yield Piece("paragraph", f"图{block.number}　{block.chart.title}")
            yield Piece("chart", chart=block.chart)
        case Table():
            yield Piece("paragraph", block.caption)
            head = tuple(" ".join(map(_joined, column.head)) for column in block.columns)
            rows = [tuple("\n".join(map(_joined, cell.lines)) for cell in row) for row in block.rows]
            yield Piece("table", rows=(head, *rows))
        case Cards():
            named = (f"{card.name}　{card.number}{card.unit}　{card.period}　{card.aside}" for card in block.cards)
            yield from (Piece("paragraph", text) for text in named)
        case KeyPoints():
            yield from (Piece("paragraph", label + _joined(spans)) for label, spans in block.points)
        case Evidence():
            yield Piece("heading", _joined(block.heading))
            yield from (Piece("paragraph", f"{entry.number} {_joined(entry.spans)}") for entry in block.entries)
        case Masthead() | EndBlock():
            texts = [getattr(block, field.name) for field in fields(block)]
            yield from (Piece("paragraph", text) for text in texts if isinstance(text, str) and text)
        case PageBreak():
            return
        case _:
            yield Piece("paragraph", "".join(_texts(block)))


def _joined(spans: Any) -> str:
    return "".join(span.text for span in spans)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Span):
        yield value.text
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
