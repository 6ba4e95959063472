"""The page around the type area: running head from page 2 on, page number below.

Draws on a pen; the head says what the masthead and the briefing say.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.render.pdf.looks import look, plain
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, baseline
from reportgen.render.pdf.text import Run


def draw_running_head(setting: Setting, pen: Pen, left: str, right: str) -> None:
    """Name, issue and subject on the left, date on the right, a rule below."""
    page = setting.house.page
    x, top = page.margins.left * MM, page.header * MM
    size = setting.house.role("header").size
    base = top + baseline(size, size)
    date = setting.single(plain(setting.house, "header", right))
    name = setting.single(plain(setting.house, "header", left))
    room = setting.width - date.width - 2 * size
    if name.width > room:
        chosen = look(setting.house, "header")
        name = setting.single((Run(left, replace(chosen, size=chosen.size * room / name.width)),))
    pen.line(name, x, base)
    pen.line(date, x + setting.width - date.width, base)
    pen.rule(x, x + setting.width, top + size + 2.2 * MM, 0.5, setting.house.colours.rule)


def draw_page_number(setting: Setting, pen: Pen, number: int) -> None:
    """— n — below the type area, one character in from the outer edge: odd right, even left."""
    page = setting.house.page
    chosen = look(setting.house, "page-number")
    line = setting.single((Run(f"— {number} —", chosen),))
    x = page.margins.left * MM + chosen.size
    if number % 2:
        x = page.margins.left * MM + setting.width - chosen.size - line.width
    top = (page.height - page.margins.bottom + page.page_number) * MM
    pen.line(line, x, top + baseline(chosen.size, chosen.size))
