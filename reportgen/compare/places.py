"""Where and when a figure belongs: its GB/T 2260 division, that division's province, its document's publication date.

Goes in: sources and the vocabulary's divisions. Comes out: answers about single figures. A name that could be two
places is read in the light of the document's own area, else it stays unknown: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reportgen.model import Figure, Source
from reportgen.notation import AreaOrder, area_order
from reportgen.vocabulary import Division, Vocabulary


class Places:
    """Lookups over one run's sources; answers are remembered, nothing else changes after construction."""

    def __init__(self, sources: Iterable[Source], vocabulary: Vocabulary) -> None:
        """`sources` are the documents that the figures come from."""
        self._sources = {source.doc: source for source in sources}
        self._divisions = vocabulary.divisions
        self._known: dict[tuple[str, str], Division | None] = {}
        self._newest: dict[str, int] = {}
        for source in self._sources.values():
            where, when = source.area_code or source.area, -source.published.toordinal()
            self._newest[where] = min(self._newest.get(where, when), when)

    def division(self, figure: Figure) -> Division | None:
        """The division that the figure's area names; None for several areas or an unknown one."""
        source = self._sources.get(figure.doc)
        asked = (figure.area, source.area_code if source else "")
        if asked not in self._known:
            self._known[asked] = self._divisions.find(*asked)
        return self._known[asked]

    def key(self, figure: Figure) -> str:
        """The division's code, or the printed area where there is none."""
        division = self.division(figure)
        return division.code if division else figure.area

    def level(self, figure: Figure) -> str:
        """province, prefecture, county, or nothing."""
        division = self.division(figure)
        return division.level if division else ""

    def province(self, figure: Figure) -> Division | None:
        """The province in which the area lies; None for a province itself and for unknown areas."""
        division = self.division(figure)
        return None if division is None or division.level == "province" else self._divisions.province_of(division)

    def prefectures(self, province: Figure) -> frozenset[str]:
        """The codes of the prefectures of the province that a figure is about."""
        division = self.division(province)
        return frozenset(child.code for child in self._divisions.children(division)) if division else frozenset()

    def in_order(self, figure: Figure) -> AreaOrder:
        """Sort key: areas in the order of all tables and charts."""
        division = self.division(figure)
        newest = self._newest.get(self.key(figure), -self.published(figure).toordinal())
        return area_order(figure.area, division.code if division else "", newest)

    def published(self, figure: Figure) -> date:
        """Publication date of the figure's document; the earliest date where the document is unknown."""
        source = self._sources.get(figure.doc)
        return source.published if source else date.min

    def newest_first(self, figure: Figure) -> tuple[int, str, int, int]:
        """Sort key: the document published last, then the first mention in it."""
        return (-self.published(figure).toordinal(), figure.doc, figure.start, figure.end)
