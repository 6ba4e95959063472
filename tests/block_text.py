"""Blocks as readable text, one line a block or row: for goldens and for comparing shapes."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model import (
    Block,
    Cards,
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    Paragraph,
    Picture,
    Spans,
    Table,
    Title,
)

LOOKS = {
    "plain": "{}",
    "strong": "**{}**",
    "actual": "<{}>",
    "target": "_{}_",
    "number": "#{}#",
    "mark": "{}",
    "muted": "~{}~",
    "alert": "!{}!",
    "kai": "/{}/",
}


def spans_text(spans: Spans) -> str:
    return "".join(LOOKS[span.look].format(span.text) for span in spans)


def block_lines(block: Block) -> list[str]:
    match block:
        case Masthead():
            return [f"MASTHEAD {block.classification} | {block.name} | {block.issue} | {block.unit} | {block.date}"]
        case Title():
            return [f"TITLE {block.text}", f"  {spans_text(block.provenance)}"]
        case KeyPoints():
            return [f"POINTS {block.heading}", *(f"  {label}: {spans_text(spans)}" for label, spans in block.points)]
        case Cards():
            return [f"CARDS {block.per_row} a row"] + [
                f"  {c.name} | {c.number} {c.unit} | {c.status} {c.period} | {c.mark.text} | {c.aside_label} {c.aside}"
                for c in block.cards
            ]
        case Heading():
            return [f"H{block.level} {block.text} | {spans_text(block.aside)} #{block.anchor}"]
        case Paragraph():
            return [f"{block.look.upper()} {spans_text(block.spans)}"]
        case Table():
            heads = " | ".join("/".join(spans_text(line) for line in column.head) for column in block.columns)
            rows = [
                " | ".join("/".join(spans_text(line) for line in cell.lines) + "^" * cell.shade for cell in row)
                for row in block.rows
            ]
            notes = [f"  NOTE {spans_text(note)}" for note in block.notes]
            return [f"TABLE {block.number} {block.caption}", f"  {heads}", *(f"  {row}" for row in rows), *notes]
        case Picture():
            return [f"PICTURE {block.number} {block.chart.title} | {spans_text(block.sources)}"]
        case Evidence():
            entries = [f"  {entry.number} {spans_text(entry.spans)}" for entry in block.entries]
            return [f"EVIDENCE {spans_text(block.heading)}", *entries]
        case EndBlock():
            return [f"END {spans_text(block.recipients)} | {block.unit} | {block.copies}"]
        case _:
            return [type(block).__name__.upper()]


def text_of(blocks: Iterable[Block]) -> str:
    return "\n".join(line for block in blocks for line in block_lines(block)) + "\n"


def shape_of(blocks: Iterable[Block]) -> list[tuple[object, ...]]:
    """Kind, level, look and size of each block: what no name may change."""
    shape: list[tuple[object, ...]] = []
    for block in blocks:
        size: object = None
        if isinstance(block, Table):
            size = len(block.columns), len(block.rows)
        elif isinstance(block, Heading):
            size = block.level
        elif isinstance(block, Paragraph):
            size = block.look
        elif isinstance(block, KeyPoints):
            size = len(block.points)
        shape.append((type(block).__name__, size))
    return shape
