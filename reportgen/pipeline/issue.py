"""One month's issue as values: what it knows, what is new in it, what stands side by side, which briefings it has.

In: the extractions of all documents and what was asked for. Out: an `Issue`. A name that the issue does not have is a
UsageError that lists those it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.errors import UsageError
from reportgen.model import Comparisons, Figure, Source, Summary
from reportgen.pipeline.figures import figures_of, headlines
from reportgen.pipeline.month import issue_month, known_at, known_months, new_in
from reportgen.pipeline.request import Intake, Request
from reportgen.vocabulary import Sector, Vocabulary

MONTHLY = "月报"


@dataclass(frozen=True, slots=True)
class Subject:
    """One briefing of an issue: its kind, what it is about, its path in the output folder without suffix."""

    kind: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A month's issue. `newest` is the newest publication month of all documents; `number` counts within the year."""

    month: str
    newest: str
    number: int
    sources: tuple[Source, ...]
    new: tuple[Source, ...]
    figures: tuple[Figure, ...]
    comparisons: Comparisons
    summary: Summary
    sectors: tuple[Sector, ...]
    subjects: tuple[Subject, ...]


def make_issue(request: Request, intake: Intake, vocabulary: Vocabulary) -> Issue:
    """The issue of the month that was asked for, else of the newest month of publication."""
    from reportgen.compare import compare
    from reportgen.summary import summarise

    month = issue_month(intake.extractions, request.month)
    known = known_at(intake.extractions, month)
    new = tuple(extraction.source for extraction in new_in(intake.extractions, month))
    sources = tuple(extraction.source for extraction in known)
    figures = figures_of(known, vocabulary)
    reported = {figure.sector for figure in figures}
    sectors = tuple(sector for sector in vocabulary.sectors if sector.code in reported)
    return Issue(
        month=month,
        newest=known_months(intake.extractions)[-1],
        number=int(month[-2:]),
        sources=sources,
        new=new,
        figures=figures,
        comparisons=compare(figures, sources, vocabulary),
        summary=summarise(figures, headlines(vocabulary)),
        sectors=sectors,
        subjects=_subjects(request, sources, sectors, news=bool(new)),
    )


def _subjects(
    request: Request, sources: Sequence[Source], sectors: Sequence[Sector], *, news: bool
) -> tuple[Subject, ...]:
    areas = list(dict.fromkeys(source.area for source in sorted(sources, key=lambda source: source.area_code)))
    wanted_areas = _wanted("--area", request.areas, {area: area for area in areas})
    codes = {name: sector.code for sector in sectors for name in (sector.code, sector.name)}
    wanted_sectors = _wanted("--sector", request.sectors, codes)
    monthly = Subject("monthly", "", MONTHLY)
    if request.complete and not news:
        return (monthly,)
    if request.complete:
        wanted_areas, wanted_sectors = areas, [sector.code for sector in sectors]
    names = {sector.code: sector.name for sector in sectors}
    return (
        *(Subject("city", area, f"cities/{area}") for area in wanted_areas),
        *(Subject("sector", code, f"sectors/{names[code]}") for code in wanted_sectors),
        *((monthly,) if request.complete else ()),
    )


def _wanted(option: str, given: Sequence[str], known: dict[str, str]) -> list[str]:
    for name in given:
        if name not in known:
            listed = "、".join(dict.fromkeys(known))
            raise UsageError(f"nothing is known of {name!r}", where=option, hint=listed)
    return list(dict.fromkeys(known[name] for name in given))
