"""What every briefing of an issue stands on: all figures by id, by home, by sector, by document.

Goes in: figures and sources of the issue. Comes out: a `Ground`, worked out once for all briefings of the issue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.briefing.once import once
from reportgen.model import Figure, Source
from reportgen.notation import newest_first


@dataclass(frozen=True, slots=True)
class Ground:
    """All figures and documents of an issue; groups keep the order of the figures."""

    by_id: Mapping[str, Figure]
    sources: Mapping[str, Source]
    homes: Mapping[str, str]
    """Figure id -> the area whose briefing prints it."""
    by_home: Mapping[str, Sequence[Figure]]
    by_sector: Mapping[str, Sequence[Figure]]
    documents: Mapping[str, Sequence[str]]
    """Area -> its documents."""
    newest: Mapping[str, int]
    """Area -> how long ago its newest document came out: the smaller, the newer."""


@once
def ground(figures: Sequence[Figure], sources: Sequence[Source]) -> Ground:
    """What the briefings about `figures` have in common."""
    given = {source.doc: source for source in sources}
    home = homes(figures, given)
    return Ground(
        {figure.id: figure for figure in figures},
        given,
        home,
        _grouped(figures, lambda figure: home[figure.id]),
        _grouped(figures, lambda figure: figure.sector),
        _documents(sources),
        newest_first(sources),
    )


def homes(figures: Sequence[Figure], sources: Mapping[str, Source]) -> dict[str, str]:
    """Figure id -> area: the figure's own where a document of that area is known, else that of its document."""
    known = {source.area for source in sources.values()}
    return {f.id: f.area if f.area in known or f.doc not in sources else sources[f.doc].area for f in figures}


def _grouped(figures: Sequence[Figure], key: Callable[[Figure], str]) -> dict[str, list[Figure]]:
    groups: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    return dict(groups)


def _documents(sources: Sequence[Source]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source in sources:
        found[source.area].append(source.doc)
    return dict(found)
