"""Small multiples over time: one panel an indicator, its own axis from zero, every point labelled.

Goes in: a Chart of kind series, whose bars are points: `label` names the panel, `aside` its unit, `sublabel` the
period, `place` where it stands in time. Comes out: a drawn Sheet. Solid line and dot are actual, dashed line and hollow
dot a target.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from pathlib import Path

from reportgen.charts import rows
from reportgen.charts.sheet import Sheet, new_sheet
from reportgen.house import House
from reportgen.model import Bar, Chart

GUTTER = 4.0
POINT_ROOM = 10.5
"""mm that a point with its label and period needs."""
NARROWEST = 21.0
TITLE = 4.6
PLOT = 12.0
ABOVE = 4.6
BELOW = 4.6
GAP = 3.0
DOT = 6.2
LINE = 1.3
DASH = (3.6, 2.4)


def draw_panels(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    """Panels in rows, as many side by side as their points leave room for."""
    panels = [tuple(group) for _, group in groupby(chart.bars, key=lambda bar: (bar.label, bar.aside))]
    need = max(NARROWEST, POINT_ROOM * max(_steps(panel) for panel in panels))
    across = max(1, min(len(panels), int((chart.width + GUTTER) // (need + GUTTER))))
    wide = (chart.width - GUTTER * (across - 1)) / across
    titles = [rows.broken(panel[0].label + _unit(panel), "chart-strong", wide, house, fonts) for panel in panels]
    title_height = TITLE * max(len(title) for title in titles)
    height = title_height + ABOVE + PLOT + BELOW
    lines = -(-len(panels) // across)
    statuses = {bar.status for bar in chart.bars}
    top = rows.LEGEND if len(statuses) > 1 else 1.0
    body = lines * height + (lines - 1) * GAP
    below = rows.notes_height(chart.notes, chart.width, house, fonts)
    sheet = new_sheet(chart.width, top + body + 1.0 + below, house, fonts)
    if len(statuses) > 1:
        _legend(sheet)
    for number, panel in enumerate(panels):
        x = (number % across) * (wide + GUTTER)
        y = top + (number // across) * (height + GAP)
        _title(sheet, panel, titles[number], x, y)
        _panel(sheet, panel, x, y + title_height, wide)
    rows.draw_notes(sheet, chart.notes, top + body + 1.0)
    return sheet


def _places(panel: Sequence[Bar]) -> list[float]:
    """Where the points stand in time, in steps from the first; one step apart where that is not said."""
    if any(bar.place is None for bar in panel):
        return [float(number) for number in range(len(panel))]
    return [float(bar.place or 0) for bar in panel]


def _steps(panel: Sequence[Bar]) -> float:
    """How many points the panel has room for."""
    return _places(panel)[-1] + 1


def _unit(panel: Sequence[Bar]) -> str:
    return f" {panel[0].aside}" if panel[0].aside else ""


def _legend(sheet: Sheet) -> None:
    blue = sheet.house.colours.blue
    line = rows.baseline(2.0, sheet.house.role("note").size)
    sheet.dot(1.1, 2.0, DOT, blue)
    x = 3.0 + sheet.text(3.0, line, "实际", "note") + 3
    sheet.dot(x + 1.1, 2.0, DOT, blue, hollow=True)
    sheet.text(x + 3.0, line, "目标或计划", "note")


def _title(sheet: Sheet, panel: Sequence[Bar], title: Sequence[str], x: float, y: float) -> None:
    """The panel's name in bold, its unit in grey after it where both stand on one line."""
    unit = _unit(panel)
    if len(title) == 1 and unit:
        wide = sheet.text(x, y + 3.4, panel[0].label, "chart-strong")
        sheet.text(x + wide + 0.8, y + 3.4, panel[0].aside, "chart-period")
        return
    for number, line in enumerate(title):
        sheet.text(x, y + 3.4 + TITLE * number, line, "chart-strong")


def _panel(sheet: Sheet, panel: Sequence[Bar], x: float, y: float, wide: float) -> None:
    blue = sheet.house.colours.blue
    low = min([Decimal(0), *(bar.value for bar in panel)])
    high = max([Decimal(0), *(bar.value for bar in panel)])
    reach = high - low or Decimal(1)
    floor = y + ABOVE + PLOT
    step = wide / _steps(panel)
    points = [
        (x + step * (place + 0.5), floor - float((bar.value - low) / reach) * (PLOT - 1.0))
        for place, bar in zip(_places(panel), panel, strict=True)
    ]
    zero = floor - float(-low / reach) * (PLOT - 1.0)
    sheet.line((x, zero), (x + wide, zero), sheet.house.colours.black, 0.8)
    for number in range(int(_steps(panel)) if _steps(panel) > len(panel) else 0):
        _tick(sheet, x + step * (number + 0.5), zero)
    for (before, _), (after, _), bar in zip(points, points[1:], panel[1:], strict=False):
        if bar.after_gap:
            _break(sheet, (before + after) / 2, zero)
    for (start, end), bar in zip(pairwise(points), panel[1:], strict=False):
        sheet.line(start, end, blue, LINE, () if bar.status == "actual" else DASH)
    for (left, height), bar in zip(points, panel, strict=True):
        sheet.dot(left, height, DOT, blue, hollow=bar.status == "target")
        role = "chart-actual" if bar.status == "actual" else "chart-target"
        sheet.text(left, height - 1.9, bar.text, role, anchor="centre")
        sheet.text(left, floor + 3.6, bar.sublabel, "chart-period", anchor="centre")


def _tick(sheet: Sheet, x: float, zero: float) -> None:
    """A step of time on the axis, also where the series has no point."""
    sheet.line((x, zero), (x, zero + 0.8), sheet.house.colours.black, 0.5)


def _break(sheet: Sheet, x: float, zero: float) -> None:
    """Two strokes through the axis: time is left out here."""
    sheet.box(x - 0.5, zero - 0.6, 1.0, 1.2, fill=sheet.colour("white"))
    for left in (x - 0.9, x + 0.1):
        sheet.line((left, zero + 1.0), (left + 0.8, zero - 1.0), sheet.house.colours.black, 0.8)
