"""Key-figure cards: a table of cards with narrow gutters between them and a low row between the rows.

A card is a cell: name and mark, what stands beside, number and unit, status and period. A target has a dashed rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model import Card, Cards
from reportgen.render.docx.markup import border, twips, w
from reportgen.render.docx.text import Writer

FULL_WIDTH = 156.0
GUTTER = 3.0
HEIGHT = 24.5
"""Of a row with something beside the number and a period; rows without are lower."""
LABEL_HEIGHT = 3.5
PERIOD_HEIGHT = 5.5


def cards(writer: Writer, block: Cards) -> list[str]:
    """The cards, `per_row` in a row."""
    writer.anchors.scope = "cards"
    per_row = max(block.per_row, 1)
    width = (FULL_WIDTH - GUTTER * (per_row - 1)) / per_row
    widths = [twips(GUTTER if number % 2 else width) for number in range(per_row * 2 - 1)]
    rows: list[str] = []
    for start in range(0, len(block.cards), per_row):
        if start:
            rows.append(_gap_row(writer, widths))
        rows.append(_card_row(writer, block.cards[start : start + per_row], widths, width))
    properties = w(
        "tblPr",
        w("tblStyle", val=writer.template.style("卡片")),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0400"),
    )
    return [w("tbl", properties, w("tblGrid", *(w("gridCol", w=part) for part in widths)), *rows)]


def _gap_row(writer: Writer, widths: Sequence[int]) -> str:
    gap = w("p", w("pPr", w("pStyle", val=writer.template.style("窄间隔")), w("keepNext")))
    height = w("trHeight", val=twips(3.0), hRule="exact")
    cells = [w("tc", w("tcPr", w("tcW", w=width, type="dxa")), gap) for width in widths]
    return w("tr", w("trPr", w("cantSplit"), height), *cells)


def _card_row(writer: Writer, row: Sequence[Card], widths: Sequence[int], width: float) -> str:
    gap = w("p", w("pPr", w("pStyle", val=writer.template.style("窄间隔"))))
    cells = []
    for position, twip in enumerate(widths):
        size = w("tcW", w=twip, type="dxa")
        number = position // 2
        if position % 2 or number >= len(row):
            cells.append(w("tc", w("tcPr", size), gap))
        else:
            labelled = any(card.aside_label for card in row)
            cells.append(_card(writer, row[number], size, width, labelled=labelled))
    height = w("trHeight", val=twips(row_height(row)), hRule="atLeast")
    return w("tr", w("trPr", w("cantSplit"), height), *cells)


def row_height(row: Sequence[Card]) -> float:
    """Height of a row of cards in mm."""
    label = LABEL_HEIGHT if any(card.aside_label for card in row) else 0
    period = PERIOD_HEIGHT if any(card.period for card in row) else 0
    return HEIGHT - LABEL_HEIGHT - PERIOD_HEIGHT + label + period


def _card(writer: Writer, card: Card, size: str, width: float, *, labelled: bool) -> str:
    colours = writer.house.colours
    top = ("single", 2.25) if card.status == "actual" else ("dashed", 1.5)
    borders = w("tcBorders", border("top", *top, colours.blue), border("bottom", "single", 0.5, colours.rule))
    stop = (
        ""
        if abs(width - 50) < 0.01
        else w("tabs", w("tab", val="clear", pos=twips(50)), w("tab", val="right", pos=twips(width)))
    )
    key = writer.begin(f"name/{card.name}")
    runs = writer.run(card.name) + (writer.tab() + writer.spans((card.mark,), "cell") if card.mark.text else "")
    lines = [writer.paragraph("卡片名称", key, runs, extra=stop)]
    if card.aside_label:
        key = writer.begin(f"label/{card.name}")
        lines.append(writer.paragraph("卡片旁注", key, writer.run(card.aside_label)))
    key = writer.begin(f"number/{card.name}")
    # In a row with labels a card without one starts its number as far down as the others.
    style = "卡片数字" if labelled and not card.aside_label else "卡片数字续"
    lines.append(writer.paragraph(style, key, _number(writer, card), extra=stop))
    if card.period:
        key = writer.begin(f"period/{card.name}")
        word = "● 实际" if card.status == "actual" else "○ 目标"
        lines.append(writer.paragraph("卡片时期", key, writer.run(f"{word}　{card.period}")))
    return w("tc", w("tcPr", size, borders), *lines)


def _number(writer: Writer, card: Card) -> str:
    style = "" if card.status == "actual" else "卡片目标"
    if card.figure_id:
        shown = writer.styled(card.number, style)
        runs = writer.anchors.figure(card.figure_id, card.number, shown)
    else:
        runs = writer.run(card.number, style)
    if card.unit:
        runs += writer.run(f" {card.unit}", "卡片单位")
    if card.aside:
        runs += writer.tab() + writer.run(card.aside, "卡片对照" if card.aside_label else "卡片出处")
    return runs
