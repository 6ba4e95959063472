"""Growth lollipops: a stem from zero, a solid dot for the actual growth, a hollow one for the target on the same line.

Goes in: a Chart of kind growth. Comes out: a drawn Sheet. Declines run to the left of zero.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reportgen.charts import rows
from reportgen.charts.sheet import Sheet, new_sheet, text_width
from reportgen.house import House
from reportgen.model import Bar, Chart

ROW = 7.2
STEM = 1.3
DOT = 6.2
GAP = 2.0
RING = 0.6
"""mm between two dots that would cover each other."""
TICK_ROOM = 11.0
"""mm between two tick labels."""
LABEL_PART = 0.36


def draw_lollipops(chart: Chart, house: House, fonts: Path | None) -> Sheet:
    """One lollipop a row, ticks in the chart's unit."""
    found = rows.labels(chart.bars, chart.width * LABEL_PART, house, fonts, "chart-label")
    left = rows.column(found, house, fonts, "chart-label") + rows.LABEL_GAP
    heights = rows.row_heights(found, ROW)
    both = any(bar.reference is not None for bar in chart.bars) or len({bar.status for bar in chart.bars}) > 1
    head = rows.LEGEND if both else 1.0
    top = head + (1.6 if both else 0.0)
    bottom = top + sum(heights)
    notes = (*chart.notes, *((rows.FAR_APART_NOTE,) if rows.far_apart(bar.value for bar in chart.bars) else ()))
    below = rows.notes_height(notes, chart.width, house, fonts)
    sheet = new_sheet(chart.width, bottom + rows.AXIS + 1.0 + below, house, fonts)
    if both:
        _legend(sheet)
    scale = _scale(chart, left, house, fonts)
    shown = [
        tick
        for tick in rows.ticks(scale.low, scale.high, max(2, min(4, int(scale.width / TICK_ROOM))))
        if scale.low <= tick <= scale.high
    ]
    rows.grid(sheet, scale, ((tick, _tick_text(tick, chart.unit)) for tick in shown), top, bottom)
    for bar, label, middle in zip(chart.bars, found, rows.stacked(heights, top), strict=True):
        rows.draw_label(sheet, label, middle, "chart-label")
        _lollipop(sheet, scale, bar, middle)
    rows.draw_notes(sheet, notes, bottom + rows.AXIS + 1.0)
    return sheet


def _scale(chart: Chart, left: float, house: House, fonts: Path | None) -> rows.Scale:
    values = [bar.value for bar in chart.bars] + [bar.reference for bar in chart.bars if bar.reference is not None]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    widest = max(
        max(text_width(text, "chart-actual", house, fonts) for text in (bar.text, bar.reference_text))
        for bar in chart.bars
    )
    start = left + (widest + GAP if low < 0 else 0.0)
    return rows.Scale(low, high, start, max(chart.width - start - widest - GAP, 5.0))


def _tick_text(tick: Decimal, unit: str) -> str:
    if not tick:
        return "0"
    return f"{'+' if tick > 0 else '−'}{abs(tick):f}{unit}"


def _legend(sheet: Sheet) -> None:
    blue = sheet.house.colours.blue
    line = rows.baseline(2.0, sheet.house.role("note").size)
    sheet.dot(1.1, 2.0, DOT, blue)
    x = 3.0 + sheet.text(3.0, line, "实际", "note") + 3
    sheet.dot(x + 1.1, 2.0, DOT, blue, hollow=True)
    sheet.text(x + 3.0, line, "目标或计划", "note")


def _lollipop(sheet: Sheet, scale: rows.Scale, bar: Bar, middle: float) -> None:
    """Stem, dots and their texts; with two dots the actual value stands above its dot, away from the other."""
    blue = sheet.house.colours.blue
    ends = [bar.value] if bar.reference is None else [bar.value, bar.reference]
    reach = [scale.x(Decimal(0)), *(scale.x(value) for value in ends)]
    sheet.line((min(reach), middle), (max(reach), middle), blue, STEM)
    role = "chart-actual" if bar.status == "actual" else "chart-target"
    if bar.reference is None:
        sheet.dot(scale.x(bar.value), middle, DOT, blue, hollow=bar.status == "target")
        _beside(sheet, scale.x(bar.value), middle, bar.text, role, left=bar.value < 0)
        return
    apart = abs(scale.x(bar.value) - scale.x(bar.reference))
    # A target that has been met to the point is a ring around the dot.
    sheet.dot(scale.x(bar.reference), middle, DOT if apart > RING else DOT * 1.5, blue, hollow=True)
    sheet.dot(scale.x(bar.value), middle, DOT, blue)
    if _side_by_side(sheet, scale, bar, middle, role):
        return
    outer = max(bar.value, bar.reference) if max(ends) > 0 else min(ends)
    target_outside = bar.reference == outer
    inner, text, look = (
        (bar.value, bar.text, role) if target_outside else (bar.reference, bar.reference_text, "chart-target")
    )
    wide = sheet.text_width(text, look)
    zero = scale.x(Decimal(0))
    # The zero line runs through no text.
    x = max(scale.x(inner) - wide / 2, zero + 0.6) if inner >= 0 else min(scale.x(inner) - wide / 2, zero - wide - 0.6)
    x = max(x, scale.x(scale.low) + 0.6)
    sheet.text(x, middle - 1.5, text, look)
    outside = (bar.reference_text, "chart-target") if target_outside else (bar.text, role)
    _beside(sheet, scale.x(outer), middle, *outside, left=outer < 0)


def _side_by_side(sheet: Sheet, scale: rows.Scale, bar: Bar, middle: float, role: str) -> bool:
    """Both texts behind the outer dot, where above the inner one they would run into each other and there is room."""
    if bar.reference is None or min(bar.value, bar.reference) < 0:
        return False
    aim = f"目标{bar.reference_text}"
    wide, more = sheet.text_width(bar.text, role), sheet.text_width(aim, "chart-target")
    inner, outer = sorted((scale.x(bar.value), scale.x(bar.reference)))
    start = outer + GAP
    if outer - inner > wide or start + wide + GAP + more > sheet.width:
        return False
    _beside(sheet, outer, middle, bar.text, role, left=False)
    _beside(sheet, start + wide, middle, aim, "chart-target", left=False)
    return True


def _beside(sheet: Sheet, x: float, middle: float, text: str, role: str, *, left: bool) -> None:
    line = rows.baseline(middle, sheet.house.role(role).size)
    sheet.text(x - GAP if left else x + GAP, line, text, role, anchor="right" if left else "left")
