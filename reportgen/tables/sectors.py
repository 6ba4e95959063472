"""Sector tables: indicators down, areas across; status, period and unit of every row visible.

Goes in: figures and the vocabulary. Comes out: plain rows or CSV bytes, one table a sector. Every figure of the sector
stands in exactly one cell; a second figure of the same meaning gets a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.model import Figure
from reportgen.notation import period_text, status_word
from reportgen.tables.frame import in_order
from reportgen.tables.plain import csv_bytes
from reportgen.vocabulary import Vocabulary

HEAD = ("指标", "口径", "单位", "目标/实际", "时期")
MEASURE_WORDS = {"level": "数量", "growth": "增减", "share": "比率", "rank": "位次", "baseline": "原有数"}


@dataclass(frozen=True, slots=True)
class SectorTable:
    """One sector: its area columns in fixed order, and rows of five head texts with a figure or None for each area."""

    code: str
    name: str
    areas: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Figure | None, ...]], ...]


def tables_by_sector(figures: Iterable[Figure], vocabulary: Vocabulary) -> tuple[SectorTable, ...]:
    """The sectors that have figures, in the order of the vocabulary; unknown codes last."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in in_order(figures):
        groups[figure.sector].append(figure)
    order = [sector.code for sector in vocabulary.sectors]
    codes = sorted(groups, key=lambda code: (order.index(code) if code in order else len(order), code))
    return tuple(_table(code, groups[code], vocabulary) for code in codes)


def _table(code: str, figures: Sequence[Figure], vocabulary: Vocabulary) -> SectorTable:
    areas = area_order({figure.area for figure in figures}, vocabulary)
    rows: dict[tuple[str, ...], list[dict[str, Figure]]] = {}
    for figure in figures:
        cells = rows.setdefault(_head(figure, vocabulary), [])
        free = next((row for row in cells if figure.area not in row), None)
        if free is None:
            cells.append(free := {})
        free[figure.area] = figure
    known = vocabulary.sector_by_code.get(code)
    return SectorTable(
        code,
        known.name if known else code,
        areas,
        tuple((head, tuple(row.get(area) for area in areas)) for head, cells in rows.items() for row in cells),
    )


def area_order(areas: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Areas by division code with provinces last; several areas in one and unknown ones after those, by name."""

    def place(area: str) -> tuple[int, str, str]:
        division = vocabulary.divisions.find(area)
        if division is None:
            return 2, "", area
        return int(division.level == "province"), division.code, area

    return tuple(sorted(areas, key=place))


def _head(figure: Figure, vocabulary: Vocabulary) -> tuple[str, ...]:
    known = vocabulary.indicator_by_id.get(figure.indicator_id)
    return (
        known.name if known else figure.indicator,
        MEASURE_WORDS[figure.measure],
        figure.base_unit,
        status_word(figure.status),
        period_text(figure.period, figure.status),
    )


def sector_csvs(figures: Iterable[Figure], vocabulary: Vocabulary) -> Mapping[str, bytes]:
    """Chinese sector name -> CSV bytes of `tables/sectors/<name>.csv`; an empty cell: not reported."""
    return {
        table.name: csv_bytes(
            (*HEAD, *table.areas),
            ((*head, *(figure.value if figure else None for figure in row)) for head, row in table.rows),
        )
        for table in tables_by_sector(figures, vocabulary)
    }
