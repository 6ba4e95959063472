"""Where figures are printed: briefings, the tables and charts in them, and their evidence numbers.

Goes in: briefings as blocks. Comes out: for each figure its places, for each briefing its numbered sentences and its
own charts and tables, as plain lists; nothing is computed anew, so the page says what the briefing says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reportgen.evidence.desk import Desk
from reportgen.model import (
    Block,
    Briefing,
    Cards,
    Evidence,
    Heading,
    KeyPoints,
    Paragraph,
    Picture,
    Span,
    Spans,
    Table,
)


@dataclass(frozen=True, slots=True)
class Printing:
    """`briefings` for the page; `places`: figure id -> [briefing's index, where, evidence number]."""

    briefings: tuple[dict[str, Any], ...]
    places: Mapping[str, list[list[Any]]]


def printing(desk: Desk, index_of: Mapping[str, int]) -> Printing:
    """All places of all briefings; figures by their index on the page."""
    briefings: list[dict[str, Any]] = []
    places: dict[str, list[list[Any]]] = defaultdict(list)
    for path, briefing in desk.briefings.items():
        numbers = _numbers(briefing)
        for figure_id, where in _where(briefing).items():
            if figure_id in index_of:
                places[figure_id].append([len(briefings), "、".join(where), numbers.get(figure_id, "")])
        entries: dict[str, list[int]] = defaultdict(list)
        for figure_id, number in numbers.items():
            if figure_id in index_of:
                entries[number].append(index_of[figure_id])
        briefings.append(
            {
                "path": path,
                "title": briefing.title,
                "files": list(desk.files.get(path, ())),
                "entries": [[number, sorted(found)] for number, found in sorted(entries.items(), key=_by_number)],
                "shown": list(_shown(briefing, desk.charts, index_of)),
            }
        )
    return Printing(tuple(briefings), places)


def _by_number(entry: tuple[str, list[int]]) -> tuple[int, ...]:
    return tuple(int(part) for part in entry[0].split("-") if part.isdigit())


def _numbers(briefing: Briefing) -> dict[str, str]:
    """Figure id -> the number of the evidence entry that holds its sentence."""
    numbers: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for block in briefing.blocks:
        if isinstance(block, Evidence):
            for entry in block.entries:
                anchors[entry.anchor] = entry.number
                numbers.update((span.figure_id, entry.number) for span in entry.spans if span.figure_id)
    for span in _spans(briefing.blocks):
        if span.look == "mark" and span.figure_id and span.link in anchors:
            numbers.setdefault(span.figure_id, anchors[span.link])
    return numbers


def _where(briefing: Briefing) -> dict[str, dict[str, None]]:
    """Figure id -> the places in one briefing where it is printed, in their order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    section = ""
    for block in briefing.blocks:
        if isinstance(block, Heading):
            section = block.text
        place = _place(block, section)
        if isinstance(block, Cards):
            for card in block.cards:
                found[card.figure_id][place] = None
        elif isinstance(block, Picture):
            for bar in block.chart.bars:
                for figure_id in bar.figure_ids:
                    found[figure_id][place] = None
        elif not isinstance(block, Evidence):
            for span in _spans(block):
                if span.figure_id and span.look != "mark":
                    found[span.figure_id][place] = None
    return found


def _place(block: Block, section: str) -> str:
    match block:
        case Cards():
            return "卡片"
        case KeyPoints():
            return block.heading
        case Picture():
            return f"图{block.number}"
        case Table():
            return f"表{block.number}" if block.number else f"表（{section}）" if section else "表"
        case Paragraph() | _:
            return f"正文（{section}）" if section else "正文"


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value) and not isinstance(value, Picture):
        for item in fields(value):
            yield from _spans(getattr(value, item.name))


def _shown(briefing: Briefing, charts: Mapping[str, str], index_of: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The charts and tables of a briefing in their order."""
    section = ""
    for block in briefing.blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Picture) and block.chart.id in charts:
            ids = dict.fromkeys(index_of[i] for bar in block.chart.bars for i in bar.figure_ids if i in index_of)
            yield {
                "kind": "chart",
                "caption": f"图{block.number}　{block.chart.title}",
                "chart": block.chart.id,
                "figures": list(ids),
            }
        elif isinstance(block, Table):
            caption = f"表{block.number}　{block.caption}" if block.number else block.caption or section
            yield {
                "kind": "table",
                "caption": caption,
                "head": ["\n".join(_text(line) for line in column.head) for column in block.columns],
                "joined": [int(column.joined) for column in block.columns],
                "rows": [[[_pieces(line, index_of) for line in cell.lines] for cell in row] for row in block.rows],
                "notes": [_text(note) for note in block.notes],
            }


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _pieces(spans: Spans, index_of: Mapping[str, int]) -> list[Any]:
    """A line of a cell: text, or [text, figure's index]."""
    return [[span.text, index_of[span.figure_id]] if span.figure_id in index_of else span.text for span in spans]
