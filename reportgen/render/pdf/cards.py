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
from reportgen.render.pdf.tags import Element
from reportgen.render.pdf.text import Line, Run, set_lines

_NAME_BASE, _PERIOD_BASE = 15.5, 66.5
_GUTTER, _HEIGHT, _SHORT = 3 * MM, 25.5 * MM, 16.5 * MM


def card_boxes(setting: Setting, block: Cards) -> list[Box]:
    """Rows of cards; a row without periods (counts) is lower."""
    per_row = max(1, block.per_row)
    width = (setting.width - _GUTTER * (per_row - 1)) / per_row
    rows = [block.cards[at : at + per_row] for at in range(0, len(block.cards), per_row)]
    boxes = []
    for row in rows:
        height = _HEIGHT if any(card.period for card in row) else _SHORT
        parts = [setting.root.add("P") for _ in row]

        def draw(
            pen: Pen,
            x: float,
            top: float,
            row: tuple[Card, ...] = row,
            height: float = height,
            parts: list[Element] = parts,
        ) -> None:
            for index, (card, part) in enumerate(zip(row, parts, strict=True)):
                with pen.part(part):
                    _draw(setting, pen, card, x + index * (width + _GUTTER), top, width, height)

        boxes.append(Box(height, draw, before=3.5 * MM, after=3.5 * MM))
    return boxes


def _draw(setting: Setting, pen: Pen, card: Card, x: float, top: float, width: float, height: float) -> None:
    house = setting.house
    actual = card.status == "actual"
    dash = () if actual else (3.0, 1.6)
    pen.rule(x, x + width, top, 2.25 if actual else 1.5, house.colours.blue, dash)
    mark = setting.single((Run(card.mark.text, look(house, "card-source"), card.mark.link),))
    # Drawn in the order in which it is read, which is that of the other formats.
    _draw_name(setting, pen, card.name, x, top, width - mark.width - 4)
    pen.line(mark, x + width - mark.width, top + _NAME_BASE)
    short = height == _SHORT
    taken = _draw_number(setting, pen, card, x, top + (38.0 if short else 46.0), width, short)
    if not short:
        words = f"{status_dot(card.status)} {status_word(card.status)}　{card.period}"
        pen.line(_squeezed(setting, "card-period", words, width - taken - 4), x, top + _PERIOD_BASE)
    pen.rule(x, x + width, top + height, 0.5, house.colours.rule)


def _draw_name(setting: Setting, pen: Pen, name: str, x: float, top: float, room: float) -> None:
    """The name on one line, a long one smaller on two."""
    line = _squeezed(setting, "card-name", name, room)
    if line.size >= 0.8 * look(setting.house, "card-name").size:
        pen.line(line, x, top + _NAME_BASE)
        return
    size = 8.0
    while len(lines := set_lines(_sized(setting, "card-name", name, size), room, setting.faces)) > 2 and size > 3:
        size -= 0.5
    runs = _sized(setting, "card-name", name, size)
    while room > 0.5 * line.width and len(even := set_lines(runs, room - 4, setting.faces)) == len(lines):
        lines, room = even, room - 4  # no single character on the second line
    for index, line in enumerate(lines):
        pen.line(line, x, top + 11.0 + index * 9.0)


def _draw_number(setting: Setting, pen: Pen, card: Card, x: float, base: float, width: float, short: bool) -> float:
    """Number and unit on the left, the change or share on the right; the width taken from the line of the period.

    A number that has no room beside it takes the whole line; what stood on the right goes down to the period.
    """
    house = setting.house
    label = setting.single(plain(house, "card-aside-label", card.aside_label))
    aside = setting.single(plain(house, "card-aside-label" if short else "card-aside", card.aside))
    unit = setting.single(plain(house, "card-unit", card.unit))
    role = "card-actual" if card.status == "actual" else "card-target"
    gap = 1.2 * MM
    # The label stands at the height of the number, above the unit; what it explains stands behind the unit.
    clear = 4.0 if card.aside else 0.0
    room = width - max(label.width, aside.width + unit.width + gap) - clear
    full = setting.single(plain(house, role, card.number))
    label_x, label_base, aside_base, taken = x + width - label.width, base - 13.5, base, 0.0
    if not short and room < 0.6 * full.width:
        part = 0.24 * width
        label, aside = (_squeezed(setting, "card-period", text, part) for text in (card.aside_label, card.aside))
        label_base = aside_base = base - 46.0 + _PERIOD_BASE
        taken = label.width + aside.width + gap
        label_x = x + width - taken
        room = width - unit.width - gap
    if room < 0.3 * full.width:
        unit = _squeezed(setting, "card-unit", card.unit, 0.4 * width)
        room = max(room, 0.55 * width)
    number = _squeezed(setting, role, card.number, room)
    pen.line(label, label_x, label_base)
    pen.line(number, x, base)
    pen.line(unit, x + number.width + gap, base)
    pen.line(aside, x + width - aside.width, aside_base)
    return taken


def _sized(setting: Setting, role: str, text: str, size: float) -> tuple[Run, ...]:
    return (Run(text, replace(look(setting.house, role), size=size)),)


def _squeezed(setting: Setting, role: str, text: str, room: float) -> Line:
    """`text` on one line of `room` pt, in smaller type where it needs that; never cut, for it may be a number."""
    line = setting.single(plain(setting.house, role, text))
    if line.width <= room or room <= 0:
        return line
    return setting.single(_sized(setting, role, text, look(setting.house, role).size * room / line.width))
