"""Figures as SDMX-CSV 2.0 with a code list beside it: what a statistics office's tools load.

Goes in: figures, their sources, the vocabulary. Comes out: utf-8 bytes without a byte-order mark, as readers expect it.
Codes are GB/T 2260 (areas), indicator ids and SDMX's own; a name without a code gets one made from its sha256, so the
same name has the same code in every run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reportgen.model import Figure, Source
from reportgen.tables.frame import in_order
from reportgen.tables.plain import Plain, csv_bytes
from reportgen.vocabulary import Vocabulary

Code = tuple[str, str, str]
"""Code list, code, Chinese name."""
STRUCTURE_ID = "REPORTGEN:DF_FIGURES(1.0)"
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z|[0-9]{2,6}\Z")
_POINT = re.compile(r"[0-9]{4}(-[0-9]{2})?\Z")
_UNITS = {
    "%": "PT",
    "个百分点": "PP",
    "人": "PS",
    "元": "CNY",
    "": "PN",
    "公里": "KM",
    "吨": "T",
    "平方米": "M2",
    "亩": "MU",
}
_STATUS = {"eq": "A", "approx": "E", "ge": "A", "le": "A"}
_FREQUENCIES = {"A": "年度", "M": "月度", "_O": "其他（累计、期间）"}
_STATUS_NAMES = {"A": "正常值", "E": "约数"}
_KINDS = {"actual": "实际", "target": "目标"}
_MEASURES = {"level": "数量", "growth": "增速或增减", "share": "占比、比率", "rank": "位次", "baseline": "原有数"}


def made_code(name: str, prefix: str) -> str:
    """The name itself where it is an SDMX code, else `prefix` and eight hexadecimal digits of its sha256."""
    if _CODE.match(name):
        return name
    return prefix + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8].upper()


def time_of(period: str, published_year: str) -> tuple[str, str]:
    """FREQ and TIME_PERIOD of a period: a year, a month, an ISO 8601 start with its length, or the end point.

    >>> time_of("2023-01/2023-09", ""), time_of("../2025", ""), time_of("P1Y", "2023")
    (('_O', '2023-01-01/P9M'), ('_O', '2025'), ('A', '2023'))
    """
    if period == "P1Y":
        return "A", published_year
    if _POINT.match(period):
        return ("M" if "-" in period else "A"), period
    start, _, end = period.partition("/")
    if not _POINT.match(start) or not _POINT.match(end):
        return "_O", end
    first, last = (int(text[:4]) * 12 + int(text[5:] or default) for text, default in ((start, 1), (end, 12)))
    months = last - first + 1
    length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    return "_O", f"{start[:4]}-{start[5:] or '01'}-01/{length}"


@dataclass(frozen=True, slots=True)
class _Codes:
    """How the codes of one run are made."""

    sources: Mapping[str, Source]
    vocabulary: Vocabulary

    def area(self, figure: Figure) -> str:
        source = self.sources.get(figure.doc)
        division = self.vocabulary.divisions.find(figure.area, source.area_code if source else "")
        return division.code if division else made_code(figure.area, "X")

    def indicator(self, figure: Figure) -> str:
        return made_code(figure.indicator_id or figure.indicator, "I")

    def indicator_name(self, figure: Figure) -> str:
        known = self.vocabulary.indicator_by_id.get(figure.indicator_id)
        return known.name if known else figure.indicator

    def sector_name(self, figure: Figure) -> str:
        known = self.vocabulary.sector_by_code.get(figure.sector)
        return known.name if known else figure.sector

    def unit(self, figure: Figure) -> str:
        return _UNITS.get(figure.base_unit) or made_code(figure.base_unit, "U")

    def time(self, figure: Figure) -> tuple[str, str]:
        source = self.sources.get(figure.doc)
        return time_of(figure.period, str(source.published.year) if source else "")


_COLUMNS: Mapping[str, Callable[[_Codes, Figure], Plain]] = {
    "STRUCTURE": lambda codes, figure: "dataflow",
    "STRUCTURE_ID": lambda codes, figure: STRUCTURE_ID,
    "ACTION": lambda codes, figure: "I",
    "REF_AREA": _Codes.area,
    "INDICATOR": _Codes.indicator,
    "SECTOR": lambda codes, figure: figure.sector,
    "MEASURE": lambda codes, figure: figure.measure,
    "OBS_KIND": lambda codes, figure: figure.status,
    "FREQ": lambda codes, figure: codes.time(figure)[0],
    "FIGURE_ID": lambda codes, figure: figure.id,
    "TIME_PERIOD": lambda codes, figure: codes.time(figure)[1],
    "OBS_VALUE": lambda codes, figure: figure.value,
    "OBS_VALUE_HIGH": lambda codes, figure: figure.value_high,
    "UNIT_MEASURE": _Codes.unit,
    "UNIT_MULT": lambda codes, figure: 0,
    "OBS_STATUS": lambda codes, figure: _STATUS[figure.qualifier],
    "QUALIFIER": lambda codes, figure: figure.qualifier,
    "PERIOD": lambda codes, figure: figure.period,
    "SOURCE": lambda codes, figure: figure.doc,
    "COMMENT_OBS": lambda codes, figure: figure.sentence,
}


def sdmx_csv(
    figures: Iterable[Figure], sources: Iterable[Source], vocabulary: Vocabulary, *, head: bool = True
) -> bytes:
    """`tables/figures.sdmx.csv`: one observation a figure. FIGURE_ID is a dimension, so that no two have one key.

    P1Y is written as the year of publication, "by the end of" as its end point; PERIOD keeps the original. Without its
    `head` it continues that of the documents before.
    """
    codes = _Codes({source.doc: source for source in sources}, vocabulary)
    rows = ([write(codes, figure) for write in _COLUMNS.values()] for figure in in_order(figures))
    return csv_bytes(tuple(_COLUMNS) if head else (), rows, encoding="utf-8")


def sdmx_codes_csv(figures: Iterable[Figure], sources: Iterable[Source], vocabulary: Vocabulary) -> bytes:
    """The code list of `sdmx_csv`: codelist, code, Chinese name; only codes in use, sorted."""
    return codes_csv(sdmx_codes(figures, sources, vocabulary))


def sdmx_codes(figures: Iterable[Figure], sources: Iterable[Source], vocabulary: Vocabulary) -> set[Code]:
    """The codes that the figures use."""
    codes = _Codes({source.doc: source for source in sources}, vocabulary)
    known: set[Code] = set()
    for figure in figures:
        known |= {
            ("CL_AREA", codes.area(figure), figure.area),
            ("CL_INDICATOR", codes.indicator(figure), codes.indicator_name(figure)),
            ("CL_SECTOR", figure.sector, codes.sector_name(figure)),
            ("CL_UNIT", codes.unit(figure), figure.base_unit or "（无单位）"),
        }
    return known


def codes_csv(used: Iterable[Code]) -> bytes:
    """The codes of any number of documents, with those that every file uses."""
    known = {
        *used,
        *(("CL_MEASURE", code, name) for code, name in _MEASURES.items()),
        *(("CL_OBS_KIND", code, name) for code, name in _KINDS.items()),
        *(("CL_FREQ", code, name) for code, name in _FREQUENCIES.items()),
        *(("CL_OBS_STATUS", code, name) for code, name in _STATUS_NAMES.items()),
    }
    names: dict[tuple[str, str], str] = {}
    for codelist, code, name in sorted(known):
        names.setdefault((codelist, code), name)
    return csv_bytes(("CODELIST", "CODE", "NAME"), ((*key, name) for key, name in names.items()), encoding="utf-8")
