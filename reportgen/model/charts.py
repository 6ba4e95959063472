"""Charts: a description first, then a drawing that every renderer replays."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportgen.model.documents import Status


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: label over period, a value with its printed form, target or actual."""

    label: str
    sublabel: str
    value: Decimal
    text: str
    status: Status
    figure_ids: tuple[str, ...]
    note: str = ""
    reference: Decimal | None = None
    """Second value of the row: the target of a progress bar or beside an actual growth."""
    reference_text: str = ""
    aside: str = ""
    """Right-hand text of the row: 560／1000名; in a series the unit of its panel."""
    alert: bool = False
    """Not to be compared with the other rows: marked ≠."""
    marker: Decimal | None = None
    """Part of the time gone, in %, of a progress bar."""
    cells: tuple[int, ...] = ()
    """Counts of a coverage row, one for each of the chart's columns."""
    place: Decimal | None = None
    """Of a point in a series: where it stands in time, in steps of the closest two points of its series; from 0."""
    after_gap: bool = False
    """Of a point in a series that is not true to time: more time than one step lies before it, marked on the axis."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows, before it is drawn. `title` states the finding and is the alternative text."""

    id: str
    kind: Literal["bars", "progress", "share", "growth", "series", "coverage"]
    title: str
    subtitle: str
    unit: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()
    """Printed below the drawing."""
    columns: tuple[str, ...] = ()
    """Column heads of a coverage map."""
    width: float = 156.0
    """mm: the type area, or 75.5 for half of it."""


@dataclass(frozen=True, slots=True)
class PathOp:
    """A path in points, origin bottom left: ("M"|"L"|"C"|"Z", coordinates); colours as #RRGGBB or empty."""

    path: tuple[tuple[str, tuple[float, ...]], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TextOp:
    """A line of text at its left base point, in points."""

    x: float
    y: float
    text: str
    face: str
    size: float
    colour: str
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart as a display list, `width` x `height` points; every renderer replays the same operations."""

    width: float
    height: float
    ops: tuple[PathOp | TextOp, ...]
