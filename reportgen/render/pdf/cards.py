"""Key-figure cards: name and source, the number with its unit, what stands beside it, status and period.

Blocks in, one box a row out.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.model import Card, Cards
from reportgen.notation import status_dot, status_word
from reportgen.render.pdf.flow import Box
from reportgen.render.pdf.looks import look, plain
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting
from reportgen.render.pdf.text import Line, Run

_GUTTER, _HEIGHT, _SHORT = 3 * MM, 25.5 * MM, 16.5 * MM


def card_boxes(setting: Setting, block: Cards) -> list[Box]:
    """Rows of cards; a row without periods (counts) is lower."""
    per_row = max(1, block.per_row)
    width = (setting.width - _GUTTER * (per_row - 1)) / per_row
    rows = [block.cards[at : at + per_row] for at in range(0, len(block.cards), per_row)]
    boxes = []
    for row in rows:
        height = _HEIGHT if any(card.period for card in row) else _SHORT

        def draw(pen: Pen, x: float, top: float, row: tuple[Card, ...] = row, height: float = height) -> None:
            for index, card in enumerate(row):
                _draw(setting, pen, card, x + index * (width + _GUTTER), top, width, height)

        boxes.append(Box(height, draw, before=3.5 * MM, after=3.5 * MM))
    return boxes


def _draw(setting: Setting, pen: Pen, card: Card, x: float, top: float, width: float, height: float) -> None:
    house = setting.house
    actual = card.status == "actual"
    dash = () if actual else (3.0, 1.6)
    pen.rule(x, x + width, top, 2.25 if actual else 1.5, house.colours.blue, dash)
    mark = setting.single((Run(card.mark.text, look(house, "card-source"), card.mark.link),))
    pen.line(mark, x + width - mark.width, top + 15.5)
    pen.line(_squeezed(setting, "card-name", card.name, width - mark.width - 4), x, top + 15.5)
    short = height == _SHORT
    base = top + (38.0 if short else 46.0)
    _draw_number(setting, pen, card, x, base, width, short)
    if not short:
        words = f"{status_dot(card.status)} {status_word(card.status)}　{card.period}"
        pen.line(_squeezed(setting, "card-period", words, width), x, top + 66.5)
    pen.rule(x, x + width, top + height, 0.5, house.colours.rule)


def _draw_number(setting: Setting, pen: Pen, card: Card, x: float, base: float, width: float, short: bool) -> None:
    """Number and unit on the left, the change or share on the right; the number gives way where they would meet."""
    house = setting.house
    label = setting.single(plain(house, "card-aside-label", card.aside_label))
    aside = setting.single(plain(house, "card-aside-label" if short else "card-aside", card.aside))
    unit = setting.single(plain(house, "card-unit", card.unit))
    # The label stands at the height of the number, above the unit; what it explains stands behind the unit.
    clear = 4.0 if card.aside else 0.0
    room = width - max(label.width, aside.width + unit.width + 1.2 * MM) - clear
    number = _squeezed(setting, "card-actual" if card.status == "actual" else "card-target", card.number, room)
    pen.line(number, x, base)
    pen.line(unit, x + number.width + 1.2 * MM, base)
    pen.line(aside, x + width - aside.width, base)
    pen.line(label, x + width - label.width, base - 13.5)


def _squeezed(setting: Setting, role: str, text: str, room: float) -> Line:
    """`text` on one line of `room` pt: smaller type where needed, and below 60 % of it cut off with …."""
    chosen = look(setting.house, role)
    line = setting.single(plain(setting.house, role, text))
    if line.width <= room:
        return line
    scale = max(0.6, room / line.width)
    small = replace(chosen, size=chosen.size * scale)
    while text and (line := setting.single((Run(text, small),))).width > room:
        text = text.rstrip("…")[:-1] + "…" if len(text) > 1 else ""
    return line
