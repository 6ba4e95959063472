"""What charts of rows share: the label column, the scale, ticks, legend and notes.

Goes in: bars of a chart and a sheet. Comes out: measured columns and drawn furniture. Knows no chart kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from reportgen.charts.sheet import MM, Sheet, text_width
from reportgen.house import House
from reportgen.model import Bar

LABEL_GAP = 2.0
"""mm between the label column and the axis."""
LABEL_LINE = 4.1
PERIOD_LINE = 3.4
PERIOD_GAP = 1.2
LEGEND = 6.0
NOTE_LINE = 4.2
AXIS = 5.0
"""mm: a label line, the period under it or after it, the legend, a note, the tick labels."""
TALLEST = 205.0
"""mm that the rows of a chart may take: more would not fit on a page with caption and notes."""
FINE_STEPS = (1, 2, 4, 5, 10)
FAR_APART = 1000
FAR_APART_NOTE = "数值相差悬殊，最短的条几乎看不出长短，以所标数字为准。"


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label broken into lines of at most the column's width; its period stands below or `beside` the last."""

    lines: tuple[str, ...]
    period: str
    beside: bool = False

    @property
    def height(self) -> float:
        """mm."""
        return LABEL_LINE * len(self.lines) + (PERIOD_LINE if self.period and not self.beside else 0.0)


def broken(text: str, role: str, limit: float, house: House, fonts: Path | None) -> tuple[str, ...]:
    """`text` in lines of at most `limit` mm; Chinese may break anywhere but before a closing mark."""
    lines, line = [], ""
    for character in text:
        if (
            line
            and character not in "，。；：、！？）》”％%"
            and text_width(line + character, role, house, fonts) > limit
        ):
            lines.append(line)
            line = ""
        line += character
    return (*lines, line)


def labels(bars: Sequence[Bar], limit: float, house: House, fonts: Path | None, role: str) -> tuple[Label, ...]:
    """The labels of all rows, each broken at `limit` mm; periods move beside where they would not fit below."""
    found = tuple(Label(broken(bar.label, role, limit, house, fonts), bar.sublabel) for bar in bars)
    if sum(label.height for label in found) <= TALLEST:
        return found
    return tuple(replace(label, beside=True) for label in found)


def column(rows: Iterable[Label], house: House, fonts: Path | None, role: str) -> float:
    """Width in mm of the widest label or period."""
    widths = [0.0]
    for label in rows:
        lines = [text_width(line, role, house, fonts) for line in label.lines]
        period = text_width(label.period, "chart-period", house, fonts)
        widths += [*lines, lines[-1] + PERIOD_GAP + period if label.beside else period]
    return max(widths)


def row_heights(found: Sequence[Label], row: float) -> list[float]:
    """Row heights in mm: `row` or what the label needs; less air where the rows would not fit on a page."""
    wanted = [max(row, label.height + 0.8) for label in found]
    least = [min(label.height, height) for label, height in zip(found, wanted, strict=True)]
    spare, over = sum(wanted) - sum(least), sum(wanted) - TALLEST
    if over <= 0 or spare <= 0:
        return wanted
    part = min(over / spare, 1.0)
    return [height - (height - tight) * part for height, tight in zip(wanted, least, strict=True)]


def draw_label(sheet: Sheet, label: Label, middle: float, role: str) -> None:
    """A label with its period below, centred on the height `middle`."""
    y = middle - label.height / 2
    wide = 0.0
    for line in label.lines:
        wide = sheet.text(0, y + LABEL_LINE * 0.76, line, role)
        y += LABEL_LINE
    if label.beside:
        sheet.text(wide + PERIOD_GAP, y - LABEL_LINE * 0.24, label.period, "chart-period")
    elif label.period:
        sheet.text(0, y + PERIOD_LINE * 0.72, label.period, "chart-period")


def baseline(middle: float, size: float) -> float:
    """The baseline in mm of a line of type, `size` in pt, whose digits are centred on `middle`."""
    return middle + size * 0.36 / MM


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on `width` mm that begin at `left`."""

    low: Decimal
    high: Decimal
    left: float
    width: float

    def x(self, value: Decimal) -> float:
        """Position of a value in mm."""
        reach = self.high - self.low
        return self.left + (float((value - self.low) / reach) if reach else 0.0) * self.width


def ticks(low: Decimal, high: Decimal, count: int = 4, steps: tuple[int, ...] = (1, 2, 5, 10)) -> tuple[Decimal, ...]:
    """Round values at most `count` steps apart that cover `low` (at most 0) to `high` (at least 0), 0 among them.

    >>> [str(tick) for tick in ticks(Decimal(0), Decimal("11.9"), 4, FINE_STEPS)]
    ['0', '4', '8', '12']
    """
    reach = high - low
    if reach <= 0:
        return (Decimal(0),)
    power = Decimal(1).scaleb((reach / count).adjusted())
    step = next(power * factor for factor in steps if reach / (power * factor) <= count)
    first = int((low / step).to_integral_value("ROUND_FLOOR"))
    last = int((high / step).to_integral_value("ROUND_CEILING"))
    return tuple(step * number for number in range(first, last + 1))


def grid(sheet: Sheet, scale: Scale, marks: Iterable[tuple[Decimal, str]], top: float, bottom: float) -> None:
    """Vertical grid lines with their tick labels below, and the black zero line."""
    house = sheet.house
    for value, text in marks:
        x = scale.x(value)
        if value:
            sheet.line((x, top), (x, bottom), house.colours.grid, 0.5)
        sheet.text(x, bottom + 3.8, text, "chart-axis", anchor="centre")
    zero(sheet, scale, top, bottom)


def zero(sheet: Sheet, scale: Scale, top: float, bottom: float) -> None:
    """The zero line."""
    x = scale.x(Decimal(0))
    sheet.line((x, top), (x, bottom), sheet.house.colours.black, 0.8)


def legend(sheet: Sheet, y: float, *, actual: bool, target: bool, alert: bool = False) -> None:
    """The legend line at height y (its middle): what solid, hatched and ≠ mean."""
    x = 0.0
    blue = sheet.house.colours.blue
    role = "note"
    line = baseline(y, sheet.house.role(role).size)
    if actual:
        sheet.box(x, y - 1.1, 4.2, 2.2, fill=blue)
        x += 5.2 + sheet.text(x + 5.2, line, "实际", role) + 3
    if target:
        sheet.box(x, y - 1.1, 4.2, 2.2, stroke=blue, line=0.8, hatch=True)
        x += 5.2 + sheet.text(x + 5.2, line, "目标或计划", role) + 3
    if alert:
        x += sheet.text(x, line, "≠", "chart-strong", colour=sheet.house.colours.red) + 0.8
        sheet.text(x, line, "不可直接比较", role)


def notes_height(notes: Sequence[str], width: float, house: House, fonts: Path | None) -> float:
    """Height in mm of the notes below a drawing."""
    return sum(NOTE_LINE * len(broken(note, "note", width, house, fonts)) for note in notes)


def draw_notes(sheet: Sheet, notes: Sequence[str], top: float) -> None:
    """The notes, one below the other, a leading ≠ in red."""
    y = top
    for note in notes:
        for line in broken(note, "note", sheet.width, sheet.house, sheet.fonts):
            x = 0.0
            if line.startswith("≠"):
                x = sheet.text(0, y + 3.1, "≠", "note", colour=sheet.house.colours.red)
                line = line[1:]
            sheet.text(x, y + 3.1, line, "note")
            y += NOTE_LINE


def far_apart(values: Iterable[Decimal]) -> bool:
    """Whether the smallest bar is under a thousandth of the largest."""
    sizes = sorted(abs(value) for value in values if value)
    return bool(sizes) and sizes[-1] > FAR_APART * sizes[0]


def stacked(heights: Iterable[float], top: float) -> tuple[float, ...]:
    """The middles of rows of the given heights that follow each other from `top`."""
    edges = [top]
    for height in heights:
        edges.append(edges[-1] + height)
    return tuple((above + below) / 2 for above, below in pairwise(edges))
