"""The comparison table: indicators down, areas across, the reference area last and shaded.

Comparisons go in, tables of at most six areas come out. Actual and target of one indicator are two rows; what is not
like the others carries ≠n and a note that names the reason; missing is —.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.briefing.evidence import marks
from reportgen.briefing.material import Material
from reportgen.briefing.tables import CIRCLED, NONE
from reportgen.briefing.text import plain, short_name
from reportgen.model import Cell, Column, Comparison, Figure, Look, Measure, Span, Spans, Status, Table
from reportgen.notation import cell_text, change_text, order_words, period_text, status_dot, status_word

MOST_AREAS, FEWER_AREAS = 6, 5
"""Areas in one table; fewer where a head says 2021—2025年, which needs its room."""
MOST_ROWS = 24
WIDTH = 156.0
SOURCES_WIDTH = 18.5
NARROWEST_NAME = 35.0
HAN, SMALL_HAN = 3.3, 2.8
"""Width in mm of a character of the cell's text and of its grey part."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an indicator in one status and kind of period, a figure for some of the areas."""

    indicator: str
    unit: str
    figures: Mapping[str, Figure]
    notes: Mapping[str, str] = field(default_factory=dict)
    split: bool = False
    """Whether the indicator has another row, of the other status or over another time."""


def comparison_table(
    material: Material, comparisons: Sequence[Comparison]
) -> tuple[tuple[Table, ...], tuple[int, int]]:
    """Tables (more than one from seven areas on) and the numbers of areas and of indicators in them."""
    lines = _lines(material, comparisons)
    areas = [area for area in material.areas if any(area in line.figures for line in lines)]
    reference = [area for area in areas if area == material.reference]
    long = any(_several_years(figure) for line in lines for figure in line.figures.values())
    most = (FEWER_AREAS if long else MOST_AREAS) - len(reference)
    groups = _groups([area for area in areas if area not in reference], reference, most)
    indicators = len({(line.indicator, line.unit) for line in lines})
    tables = tuple(_table(material, lines, group, index + 1) for index, group in enumerate(groups))
    return tables, (len(areas), indicators)


def _several_years(figure: Figure) -> bool:
    start, _, end = figure.period.partition("/")
    return start[:4].isdigit() and end[:4].isdigit() and start[:4] != end[:4]


def _groups(areas: Sequence[str], reference: Sequence[str], most: int) -> list[list[str]]:
    """Which areas stand in one table: at most `most`, tables as even as can be, the reference in each of them.

    >>> [len(group) for group in _groups("甲乙丙丁戊己庚", [], 6)], _groups("甲", ["省"], 5)
    ([4, 3], [['甲', '省']])
    """
    tables = -(-len(areas) // most)
    size = -(-len(areas) // max(1, tables))
    return [[*areas[at : at + size], *reference] for at in range(0, len(areas), max(1, size))] or [[*reference]]


def _lines(material: Material, comparisons: Sequence[Comparison]) -> list[Line]:
    """The indicators that most areas report, then the weightiest; actual before target, one year before several."""
    indicators: dict[tuple[str, Measure, str], dict[tuple[bool, str], dict[str, Figure]]] = {}
    notes: dict[str, str] = {}
    for comparison in comparisons:
        notes |= comparison.notes
        rows = indicators.setdefault((comparison.indicator, comparison.measure, comparison.base_unit), {})
        for figure in sorted(comparison.figures, key=lambda f: f.period_end):
            rows.setdefault((_long(figure), figure.status), {})[material.home(figure)] = figure
    order = sorted(indicators, key=lambda name: _importance(material, indicators[name]))
    lines: list[Line] = []
    for name in order:
        rows = _merged(indicators[name])
        if len({area for figures in rows.values() for area in figures}) < 2 or len(lines) + len(rows) > MOST_ROWS:
            continue
        indicator, measure, unit = name
        printed = indicator + ("增长" if measure == "growth" else "")
        lines += [Line(printed, unit, rows[key], notes, split=len(rows) > 1) for key in sorted(rows)]
    return lines


def _merged(rows: Mapping[tuple[bool, str], dict[str, Figure]]) -> dict[tuple[bool, str], dict[str, Figure]]:
    """Rows of which no area has two values are one: dot and period in the cell tell them apart."""
    merged = dict(rows)
    for first, second in (
        ((False, "actual"), (True, "actual")),
        ((False, "target"), (True, "target")),
        ((False, "actual"), (False, "target")),
    ):
        one, other = merged.get(first, {}), merged.get(second, {})
        if one and other and not one.keys() & other.keys():
            merged[first] = one | other
            del merged[second]
    return merged


def _importance(material: Material, rows: Mapping[tuple[bool, str], Mapping[str, Figure]]) -> tuple[int, int]:
    """Sort key: many areas in one row first, then the greatest weight."""
    weight = max(material.weight(figure) for figures in rows.values() for figure in figures.values())
    return -max(len(figures) for figures in rows.values()), -weight


def _long(figure: Figure) -> bool:
    """Over more than one year: 到2025年, 2023—2025年."""
    start, _, end = figure.period.partition("/")
    return bool(end) and ((start == ".." and figure.status == "target") or start[:4] != end[:4])


def _table(material: Material, lines: Sequence[Line], areas: Sequence[str], number: int) -> Table:
    lines = [line for line in lines if any(area in line.figures for area in areas)]
    usual = _usual(lines, areas)
    notes: list[str] = []
    docs = tuple(material.sources)
    width = min(30.0, (WIDTH - SOURCES_WIDTH - NARROWEST_NAME) / len(areas))
    name_width = WIDTH - SOURCES_WIDTH - width * len(areas)
    rows = tuple(_row(line, areas, usual, notes, name_width, docs) for line in lines)
    columns = (
        Column(((Span("指标", "strong"),),), round(name_width, 1)),
        *(Column(_head(area, usual), width, shaded=area == material.reference) for area in areas),
        Column(((Span("出处", "strong"),),), SOURCES_WIDTH, "right"),
    )
    return Table(
        columns,
        rows,
        caption=f"{material.subject}主要指标",
        number=number,
        subline=(Span(f"列头为该地通常的时期和性质：● 实际 ○ 目标；另有时期的写在数值下方；{order_words(areas)}"),),
        notes=tuple(
            (Span(f"≠{CIRCLED[index]} ", "alert"), Span(note)) for index, note in enumerate(notes[: len(CIRCLED)])
        ),
        anchor=f"t-{number}",
    )


def _usual(lines: Sequence[Line], areas: Sequence[str]) -> dict[tuple[str, str], str]:
    """(area, status) -> the period of most of its cells."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for line in lines:
        for area in areas:
            if area in line.figures:
                figure = line.figures[area]
                seen.setdefault((area, figure.status), Counter())[figure.period] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in seen.items()}


def _head(area: str, usual: Mapping[tuple[str, str], str]) -> tuple[Spans, ...]:
    lines: list[Spans] = [(Span(area, "strong"),)]
    statuses: tuple[Status, ...] = ("actual", "target")
    for status in statuses:
        if (area, status) in usual:
            text = period_text(usual[area, status], status)
            lines.append((Span(f"{status_dot(status)} {text}", "muted"),))
    return tuple(lines)


def _row(
    line: Line,
    areas: Sequence[str],
    usual: Mapping[tuple[str, str], str],
    notes: list[str],
    name_width: float,
    docs: Sequence[str],
) -> tuple[Cell, ...]:
    shown = [line.figures[area] for area in areas if area in line.figures]
    statuses = {figure.status for figure in shown}
    aside = "，".join(
        part for part in (line.unit, status_word(shown[0].status) if line.split and len(statuses) == 1 else "") if part
    )
    name, small = Span(short_name(line.indicator)), Span(f"　{aside}", "muted")
    fits = HAN * len(line.indicator) + SMALL_HAN * (len(aside) + 1) <= name_width
    lines: tuple[Spans, ...] = ((name, small),) if fits else ((name,), (small,))
    cells = [_cell(area, line.figures.get(area), usual, line.notes, notes) for area in areas]
    return (Cell(lines), *cells, Cell((marks(shown, bare=True, order=docs),)))


def scope_note(comparison: Comparison, figure: Figure) -> str:
    """Why a figure counts something else than the others; empty where it does not."""
    return _scope(comparison.notes.get(figure.id, ""))


def _scope(reason: str) -> str:
    """What a reader cannot see in the table itself: status, period and level stand in row, head and cell."""
    parts = [part for part in reason.split("；") if part.startswith("口径")]
    return "；".join(plain(part.removeprefix("口径：")) for part in parts)


def _cell(
    area: str, figure: Figure | None, usual: Mapping[tuple[str, str], str], reasons: Mapping[str, str], notes: list[str]
) -> Cell:
    if figure is None:
        return Cell(((NONE,),))
    look: Look = "actual" if figure.status == "actual" else "number"
    text = change_text(figure) if figure.measure == "growth" else cell_text(figure)
    spans = [
        Span(f"{status_dot(figure.status)} ", "actual" if figure.status == "actual" else "muted"),
        Span(text, look, figure.id),
    ]
    reason = _scope(reasons.get(figure.id, ""))
    if reason:
        reason = f"{area}{reason}"
        if reason not in notes:
            notes.append(reason)
        spans.append(Span(f" ≠{CIRCLED[min(notes.index(reason), len(CIRCLED) - 1)]}", "alert"))
    if figure.period == usual.get((area, figure.status), ""):
        return Cell((tuple(spans),))
    return Cell((tuple(spans), (Span(period_text(figure.period, figure.status), "muted"),)))
