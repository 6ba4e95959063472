"""Progress bullets: a hollow box is the target, the solid bar in it what has been reached, a red line the time gone.

Goes in: a Chart of kind progress (values and markers in %). Comes out: a drawn Sheet.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reportgen.charts import rows
from reportgen.charts.sheet import Sheet, new_sheet, text_width
from reportgen.house import House
from reportgen.model import Bar, Chart

ROW = 5.4
BOX = 3.9
BAR = 2.0
HEAD = 5.4
MARK_LINE = 3.4
FULL = Decimal(100)
WIDEST = Decimal(150)
"""The axis ends here at the latest; the number says the rest."""
CUT_NOTE = "完成率超过150%的只画到150%，以所标数字为准。"
DASH = (3.0, 2.0)
LABEL_PART = 0.3


def draw_bullets(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    """One bullet a row: label, completion, box with bar, and the two numbers at the right."""
    found = rows.labels(chart.bars, chart.width * LABEL_PART, house, fonts, "chart-label")
    percents = max(text_width(bar.text, "chart-actual", house, fonts) for bar in chart.bars)
    left = rows.column(found, house, fonts, "chart-label") + rows.LABEL_GAP + percents + 1.5
    aside = max(text_width(bar.aside, "note", house, fonts) for bar in chart.bars)
    high = max([FULL, *(min(bar.value, WIDEST) for bar in chart.bars)])
    notes = (*chart.notes, *((CUT_NOTE,) if any(bar.value > WIDEST for bar in chart.bars) else ()))
    heights = rows.row_heights(found, ROW)
    markers = {bar.marker for bar in chart.bars}
    single = markers.pop() if len(markers) == 1 else None
    top = HEAD + (MARK_LINE if single is not None else 1.0)
    bottom = top + sum(heights)
    below = rows.notes_height(notes, chart.width, house, fonts)
    sheet = new_sheet(chart.width, bottom + rows.AXIS + 1.0 + below, house, fonts)
    scale = rows.Scale(Decimal(0), high, left, chart.width - left - (aside + 2.0 if aside else 0.0))
    _legend(sheet, several_times=single is None and any(bar.marker is not None for bar in chart.bars))
    for tick in (Decimal(0), FULL / 2, FULL):
        sheet.text(scale.x(tick), bottom + 3.8, f"{tick:f}%", "chart-axis", anchor="centre")
    for bar, label, middle in zip(chart.bars, found, rows.stacked(heights, top), strict=True):
        rows.draw_label(sheet, label, middle, "chart-label")
        _bullet(sheet, scale, bar, middle)
        if single is None and bar.marker is not None:
            x = scale.x(bar.marker)
            sheet.line((x, middle - ROW / 2), (x, middle + ROW / 2), house.colours.red, 0.9, DASH)
    if single is not None:
        x = scale.x(single)
        sheet.line((x, top - 1.0), (x, bottom + 0.6), house.colours.red, 0.9, DASH)
        place = min(max(x, left + 6), chart.width - 6)
        sheet.text(place, top - 1.8, f"时序{single:.0f}%", "note", anchor="centre", colour=house.colours.red)
    rows.draw_notes(sheet, notes, bottom + rows.AXIS + 1.0)
    return sheet


def _legend(sheet: Sheet, *, several_times: bool) -> None:
    colours = sheet.house.colours
    line = rows.baseline(2.0, sheet.house.role("note").size)
    sheet.box(0, 1.2, 4.2, 1.6, fill=colours.blue)
    x = 5.2 + sheet.text(5.2, line, "实际", "note") + 3
    sheet.box(x, 0.7, 4.2, 2.6, stroke=colours.blue, line=0.8)
    x += 5.2 + sheet.text(x + 5.2, line, "目标＝100%", "note") + 3
    if several_times:
        sheet.line((x + 2, 0.4), (x + 2, 3.6), colours.red, 0.9, DASH)
        sheet.text(x + 4, line, "时序", "note")


def _bullet(sheet: Sheet, scale: rows.Scale, bar: Bar, middle: float) -> None:
    blue = sheet.house.colours.blue
    zero, full = scale.x(Decimal(0)), scale.x(FULL)
    sheet.box(zero, middle - BOX / 2, full - zero, BOX, stroke=blue, line=0.8)
    reached = scale.x(max(min(bar.value, scale.high), Decimal(0)))
    if reached > zero:
        sheet.box(zero, middle - BAR / 2, reached - zero, BAR, fill=blue)
    line = rows.baseline(middle, sheet.house.role("chart-actual").size)
    sheet.text(zero - 1.5, line, bar.text, "chart-actual", anchor="right")
    if bar.aside:
        note_line = rows.baseline(middle, sheet.house.role("note").size)
        x = max(full, reached) + 1.5 if scale.high > FULL else full + 1.5
        sheet.text(max(x, scale.x(scale.high) + 1.5), note_line, bar.aside, "note")
