"""Blocks as html elements. Every text is escaped in `spans`; nothing here takes markup from a block."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model import (
    Block,
    Card,
    Cards,
    Cell,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Spans,
    Table,
    Title,
)
from reportgen.notation import status_dot, status_word
from reportgen.render.html.spans import Names, spans, text, with_signs
from reportgen.render.html.svg import svg

_PX_PER_MM = 4.2
_USUAL_CARDS = 3
"""Cards in a row of a wide screen; a block that asks for more gets four."""


def block_html(block: Block, known: Names) -> str:
    """One block."""
    match block:
        case Masthead():
            return _masthead(block)
        case Title():
            provenance = f'<p class="provenance flush">{spans(block.provenance, known)}</p>' if block.provenance else ""
            return f"<h1>{text(block.text)}</h1>{provenance}"
        case KeyPoints():
            points = "".join(f"<dt>{text(label)}</dt><dd>{spans(words, known)}</dd>" for label, words in block.points)
            return f'<section class="key"><h2>{text(block.heading)}</h2><dl>{points}</dl></section>'
        case Cards():
            kind = "cards four" if block.per_row > _USUAL_CARDS else "cards"
            return f'<ul class="{kind}">{"".join(_card(card, known) for card in block.cards)}</ul>'
        case Heading():
            level = min(max(block.level, 1), 3) + 1
            aside = f'<span class="aside">{spans(block.aside, known)}</span>' if block.aside else ""
            return f"<h{level}{known.anchor(block.anchor)}><span>{text(block.text)}</span>{aside}</h{level}>"
        case Paragraph():
            return _paragraph(block, known)
        case Table():
            return _table(block, known)
        case Picture():
            return _picture(block, known)
        case Evidence():
            return _evidence(block, known)
        case EndBlock():
            ends = f'<div class="row"><span>{text(block.unit)}</span><span>{text(block.copies)}</span></div>'
            return f'<footer class="end"><div>{spans(block.recipients, known)}</div>{ends}</footer>'
        case PageBreak():
            return '<div class="new-page"></div>'


def _masthead(block: Masthead) -> str:
    return (
        f'<header><div class="masthead"><div class="class">{text(block.classification)}</div>'
        f'<div class="name">{text(block.name)}</div><div class="issue">{text(block.issue)}</div>'
        f'<div class="row"><span>{text(block.unit)}</span><span>{text(block.date)}</span></div></div>'
        f'<div class="second"></div></header>'
    )


def _card(card: Card, known: Names) -> str:
    label = f'<small class="label">{text(card.aside_label)}</small>' if card.aside_label else ""
    beside = f'<span class="beside">{text(card.aside)}</span>' if card.aside else ""
    words = f"{status_dot(card.status)} {status_word(card.status)}　{card.period}"
    period = f"<small>{with_signs(words)}</small>"
    return (
        f'<li class="card{"" if card.status == "actual" else " t"}" data-figure="{text(card.figure_id)}">'
        f'<div class="row"><span class="name">{text(card.name)}</span>{spans((card.mark,), known)}</div>'
        f'{label}<div class="row"><span><span class="big">{text(card.number)}</span> '
        f'<span class="unit">{text(card.unit)}</span></span>{beside}</div>{period if card.period else ""}</li>'
    )


def _paragraph(block: Paragraph, known: Names) -> str:
    flush = bool(block.spans) and block.spans[0].look == "strong"
    kind = ("flush" if flush else "") if block.look == "body" else block.look
    attribute = f' class="{kind}"' if kind else ""
    return f"<p{attribute}>{spans(block.spans, known)}</p>"


def _caption(word: str, number: int, words: str, sub: str, sources: str) -> Iterator[str]:
    head = f"<b>{word}{number}</b>" if number else ""
    if head or words:
        yield f'<p class="caption">{head}{text(words)}</p>'
    if sub or sources:
        yield f'<div class="sub row"><span>{sub}</span><span>{sources}</span></div>'


def _picture(block: Picture, known: Names) -> str:
    caption = _caption("图", block.number, block.chart.title, text(block.chart.subtitle), spans(block.sources, known))
    drawing = svg(block.drawing, block.chart.title)
    head = f"<figcaption>{''.join(caption)}</figcaption>"
    return f'<figure{known.anchor(block.anchor)}>{head}<div class="scroll">{drawing}</div></figure>'


def _table(block: Table, known: Names) -> str:
    caption = _caption("表", block.number, block.caption, spans(block.subline, known), spans(block.sources, known))
    total = sum(column.width for column in block.columns) or 1
    widths = "".join(f'<col style="width:{100 * column.width / total:.1f}%">' for column in block.columns)
    rows = "".join(f"<tr>{_row(block, row, known)}</tr>" for row in block.rows)
    notes = "".join(f'<div class="notes">{spans(note, known)}</div>' for note in block.notes)
    # On a phone a table keeps a readable width and is moved sideways.
    table = f'<div class="scroll"><table style="min-width:{_PX_PER_MM * total:.0f}px"><colgroup>{widths}</colgroup>'
    head = f"<thead><tr>{_head(block, known)}</tr></thead>"
    return (
        f'<div class="table"{known.anchor(block.anchor)}>{"".join(caption)}{table}{head}'
        f"<tbody>{rows}</tbody></table></div>{notes}</div>"
    )


def _head(block: Table, known: Names) -> str:
    cells = []
    covered = False
    for index, column in enumerate(block.columns):
        if covered:
            covered = False
            continue
        covered = column.joined and index + 1 < len(block.columns)
        kind = _classes("centre" if covered else column.align, column.shaded)
        words = "<br>".join(spans(line, known) for line in column.head)
        cells.append(f'<th scope="col"{kind}{" colspan=2" if covered else ""}>{words}</th>')
    return "".join(cells)


def _row(block: Table, row: tuple[Cell, ...], known: Names) -> str:
    cells = []
    for column, cell in zip(block.columns, row, strict=False):
        kind = _classes(column.align, column.shaded, f"h{min(cell.shade, 4)}" if cell.shade else "")
        lines = "<br>".join(_cell_line(line, known) for line in cell.lines)
        cells.append(f"<td{kind}>{lines}</td>")
    return "".join(cells)


def _cell_line(line: Spans, known: Names) -> str:
    """A line of a cell; one that is a phrase, not a number alone, underlines its targets as running text does."""
    words = spans(line, known)
    phrase = any(span.look == "plain" and len(span.text.strip()) > 1 for span in line)
    return f'<span class="running">{words}</span>' if phrase and any(span.look == "target" for span in line) else words


def _classes(align: str, shaded: bool, heat: str = "") -> str:
    kinds = [*([align] if align != "left" else []), *(["shaded"] if shaded else []), *([heat] if heat else [])]
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _evidence(block: Evidence, known: Names) -> str:
    entries = "".join(_entry(entry, known) for entry in block.entries)
    heading = f"<h3><span>{spans(block.heading, known)}</span></h3>" if block.heading else ""
    return f'<section class="evidence">{heading}<ol>{entries}</ol></section>'


def _entry(entry: EvidenceEntry, known: Names) -> str:
    number = f"[{text(entry.number)}]"
    lead = f'<a href="#b-{known.ids[entry.anchor]}">{number}</a>' if entry.anchor in known.first else f"<b>{number}</b>"
    cited = next((span.figure_id for span in entry.spans if span.figure_id), "") if known.desk else ""
    source = f' <a class="source" href="{text(known.desk)}#{text(cited)}">原文</a>' if cited else ""
    return f"<li{known.anchor(entry.anchor)}>{lead}{spans(entry.spans, known)}{source}</li>"
