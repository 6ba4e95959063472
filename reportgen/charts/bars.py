"""Comparison bars and shares of a provincial target: one bar a row from zero, the value at its end.

Goes in: a Chart of kind bars or share. Comes out: a drawn Sheet. Solid is actual, hatched is a target.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reportgen.charts import rows
from reportgen.charts.sheet import Sheet, new_sheet, text_width
from reportgen.house import House
from reportgen.model import Bar, Chart

ROW = 8.4
SHARE_ROW = 5.4
BAR = 4.2
SHARE_BAR = 3.4
LABEL_PART = 0.36
"""The widest label column, as a part of the drawing."""
VALUE_GAP = 1.4
ASIDE_GAP = 3.0
AXIS_END = 4.0
TICK_ROOM = 7.0
"""mm: right of the axis for half a tick label; between two tick labels."""


def draw_bars(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    """Rows with an axis without ticks (every value is printed); shares with a grid in %."""
    share = chart.kind == "share"
    role = "chart-label" if share else "chart-strong"
    found = rows.labels(chart.bars, chart.width * LABEL_PART, house, fonts, role)
    left = rows.column(found, house, fonts, role) + rows.LABEL_GAP
    heights = rows.row_heights(found, SHARE_ROW if share else ROW)
    notes = (*chart.notes, *((rows.FAR_APART_NOTE,) if rows.far_apart(bar.value for bar in chart.bars) else ()))
    statuses = {bar.status for bar in chart.bars}
    alert = any(bar.alert for bar in chart.bars)
    explained = "target" in statuses or alert
    head = rows.LEGEND if explained else 1.0
    bottom = head + sum(heights)
    foot = (rows.AXIS if share else 0.0) + 1.0
    below = rows.notes_height(notes, chart.width, house, fonts)
    sheet = new_sheet(chart.width, bottom + foot + below, house, fonts)
    if explained:
        rows.legend(sheet, 2.0, actual="actual" in statuses, target="target" in statuses, alert=alert)
    scale = _scale(chart, left, house, fonts)
    middles = rows.stacked(heights, head)
    if share:
        marks = rows.ticks(scale.low, scale.high, max(2, min(4, int(scale.width / TICK_ROOM))), rows.FINE_STEPS)
        rows.grid(sheet, scale, ((tick, f"{tick.normalize():f}%") for tick in marks), head, bottom)
    else:
        for middle, height in zip(middles[:-1], heights[:-1], strict=True):
            y = middle + height / 2
            sheet.line((0, y), (chart.width, y), house.colours.hairline, 0.4)
        rows.zero(sheet, scale, head, bottom)
    for bar, label, middle, height in zip(chart.bars, found, middles, heights, strict=True):
        rows.draw_label(sheet, label, middle, role)
        _bar(sheet, scale, bar, middle, min(SHARE_BAR if share else BAR, height * 0.65), _role(chart, bar))
    rows.draw_notes(sheet, notes, bottom + foot)
    return sheet


def _scale(chart: Chart, left: float, house: House, fonts: Path | None) -> rows.Scale:
    """The widest scale on which every row has room for its bar, its value text and its right-hand text."""
    low = min([Decimal(0), *(bar.value for bar in chart.bars)])
    high = max([Decimal(0), *(bar.value for bar in chart.bars)])
    if chart.kind == "share":
        high = rows.ticks(low, high, 4, rows.FINE_STEPS)[-1]
    reach = high - low or Decimal(1)
    texts = [text_width(_value_text(bar), _role(chart, bar), house, fonts) for bar in chart.bars]
    below = [wide for wide, bar in zip(texts, chart.bars, strict=True) if bar.value < 0]
    start = left + (max(below) + VALUE_GAP if below else 0.0)
    wide = chart.width - start - AXIS_END
    for bar, text in zip(chart.bars, texts, strict=True):
        aside = text_width(bar.aside, "note", house, fonts)
        taken = (text + VALUE_GAP if bar.value >= 0 else 0.0) + (aside + ASIDE_GAP if aside else 0.0)
        part = float((max(bar.value, Decimal(0)) - low) / reach)
        if part:
            wide = min(wide, (chart.width - start - taken) / part)
    return rows.Scale(low, high, start, max(wide, 5.0))


def _role(chart: Chart, bar: Bar) -> str:
    """Shares are computed here, whatever they are shares of, and printed strong like actual values."""
    return "chart-actual" if bar.status == "actual" or chart.kind == "share" else "chart-target"


def _value_text(bar: Bar) -> str:
    return f"{bar.text} ≠" if bar.alert else bar.text


def _bar(sheet: Sheet, scale: rows.Scale, bar: Bar, middle: float, thick: float, role: str) -> None:
    blue = sheet.house.colours.blue
    start, end = sorted((scale.x(Decimal(0)), scale.x(bar.value)))
    if end > start:
        if bar.status == "actual":
            sheet.box(start, middle - thick / 2, end - start, thick, fill=blue)
        else:
            sheet.box(
                start,
                middle - thick / 2,
                end - start,
                thick,
                fill=sheet.colour("white"),
                stroke=blue,
                line=0.8,
                hatch=True,
            )
    line = rows.baseline(middle, sheet.house.role(role).size)
    if bar.value < 0:
        wide = sheet.text_width(_value_text(bar), role)
        x = start - VALUE_GAP - wide
    else:
        x = end + VALUE_GAP
    x += sheet.text(x, line, bar.text, role)
    if bar.alert:
        sheet.text(x + 1.0, line, "≠", "chart-strong", colour=sheet.house.colours.red)
    if bar.aside:
        note_line = rows.baseline(middle, sheet.house.role("note").size)
        wide = sheet.text_width(bar.aside, "note") + 1.0
        # no grid line runs through the text
        sheet.box(sheet.width - wide, middle - thick / 2, wide, thick, fill=sheet.colour("white"))
        sheet.text(sheet.width, note_line, bar.aside, "note", anchor="right")
