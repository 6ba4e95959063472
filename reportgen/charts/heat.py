"""The coverage map: areas down, sectors across, the number of figures in every cell, shaded in five classes.

Goes in: a Chart of kind coverage. Comes out: a drawn Sheet. Every count is printed; none is —.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.charts import rows
from reportgen.charts.sheet import Sheet, new_sheet, text_width
from reportgen.house import House
from reportgen.model import Chart

CLASSES = (1, 6, 16, 31)
"""The least count of each class after none."""
CLASS_NAMES = ("无", "1—5", "6—15", "16—30", "31项及以上")
WHITE_TEXT_FROM = 3
"""Class from which the count is printed in white."""
ROW = 6.0
TALLEST = 200.0
"""mm that all rows may take."""
HEAD_LINE = 3.2
TOTAL = 9.0
LEGEND_TOP = 2.2
LEGEND_HEIGHT = 6.0


def heat_class(count: int) -> int:
    """The class of a count, 0 (none) to 4.

    >>> [heat_class(count) for count in (0, 1, 5, 6, 15, 16, 30, 31)]
    [0, 1, 1, 2, 2, 3, 3, 4]
    """
    return sum(count >= least for least in CLASSES)


def draw_heat(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    """One row an area, with its total at the right."""
    names = max(text_width(bar.label, "chart-strong", house, fonts) for bar in chart.bars)
    periods = max(text_width(bar.sublabel, "chart-period", house, fonts) for bar in chart.bars)
    left = names + (2.0 + periods if periods else 0.0) + 3.0
    cell = (chart.width - left - TOTAL) / max(len(chart.columns), 1)
    heads = [_head(name, cell, house, fonts) for name in chart.columns]
    top = HEAD_LINE * max(len(head) for head in heads) + 1.6
    row = min(ROW, TALLEST / len(chart.bars))
    bottom = top + row * len(chart.bars)
    below = rows.notes_height(chart.notes, chart.width, house, fonts)
    sheet = new_sheet(chart.width, bottom + LEGEND_TOP + LEGEND_HEIGHT + below, house, fonts)
    for number, head in enumerate(heads):
        for above, text in enumerate(reversed(head)):
            y = top - 1.4 - HEAD_LINE * above
            sheet.text(left + cell * (number + 0.5), y, text, "chart-label", anchor="centre", size=7.6)
    sheet.text(chart.width - TOTAL / 2, top - 1.4, "合计", "chart-strong", anchor="centre", size=7.6)
    for number, bar in enumerate(chart.bars):
        y = top + row * number
        line = rows.baseline(y + row / 2, house.role("chart-strong").size)
        wide = sheet.text(0, line, bar.label, "chart-strong")
        sheet.text(max(wide, names) + 2.0, line, bar.sublabel, "chart-period")
        for place, count in enumerate(bar.cells):
            _cell(sheet, left + cell * place, y, cell, row, count)
        sheet.text(chart.width - TOTAL / 2, line, bar.text, "chart-actual", anchor="centre")
    _legend(sheet, left, bottom + LEGEND_TOP)
    rows.draw_notes(sheet, chart.notes, bottom + LEGEND_TOP + LEGEND_HEIGHT)
    return sheet


def _head(name: str, cell: float, house: House, fonts: Path | None) -> tuple[str, ...]:
    """A column head in two lines where it is wider than the column: 经济运行 -> 经济 / 运行."""
    if text_width(name, "chart-label", house, fonts, 7.6) <= cell - 0.6:
        return (name,)
    half = (len(name) + 1) // 2
    return name[:half], name[half:]


def _cell(sheet: Sheet, x: float, y: float, wide: float, high: float, count: int) -> None:
    heat = heat_class(count)
    colours = sheet.house.colours
    sheet.box(x, y, wide, high, fill=colours.heat[heat], stroke=colours.hairline, line=0.5)
    line = rows.baseline(y + high / 2, sheet.house.role("chart-label").size)
    if not count:
        sheet.text(x + wide / 2, line, "—", "chart-label", anchor="centre", colour=colours.rule)
        return
    white = heat >= WHITE_TEXT_FROM
    role = "chart-strong" if white else "chart-label"
    colour = sheet.colour("white") if white else colours.black
    sheet.text(x + wide / 2, line, str(count), role, anchor="centre", colour=colour)


def _legend(sheet: Sheet, x: float, y: float) -> None:
    colours = sheet.house.colours
    line = rows.baseline(y + 1.4, sheet.house.role("note").size)
    for heat, name in enumerate(CLASS_NAMES):
        sheet.box(x, y, 4.2, 2.8, fill=colours.heat[heat], stroke=colours.rule, line=0.5)
        x += 5.2 + sheet.text(x + 5.2, line, name, "note") + 3.0
