"""One month's issue as values: what it knows, what is new in it, what stands side by side, which briefings it has.

In: the extractions of all documents and what was asked for. Out: an `Issue`. A name that the issue does not have is a
UsageError that lists those it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import UsageError
from reportgen.model import Comparisons, Figure, Source, Summary
from reportgen.pipeline.figures import figures_of, headlines, told_apart
from reportgen.pipeline.month import issue_month, known_at, known_months, new_in
from reportgen.pipeline.request import Intake, Request
from reportgen.vocabulary import Sector, Vocabulary

if TYPE_CHECKING:
    from reportgen.briefing import Kind


@dataclass(frozen=True, slots=True)
class Subject:
    """One briefing of an issue: its kind, what it is about, its path in the issue's folder without suffix.

    `name` is an area, a sector's code or a month; `label` is how the path calls it.
    """

    kind: Kind
    name: str
    label: str
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Issue:
    """A month's issue. `newest` is the newest month in which a document came in; `number` counts within the year.

    It is equal to itself alone, so that what is worked out of it can be remembered.
    """

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
    indicators: Mapping[str, str]
    """Indicator id -> its canonical name."""


def make_issue(request: Request, intake: Intake, vocabulary: Vocabulary) -> Issue:
    """The issue of the month that was asked for, else of the newest month of publication."""
    from reportgen.compare import compare
    from reportgen.summary import summarise

    month = issue_month(intake.extractions, request.month)
    known = told_apart(known_at(intake.extractions, month), vocabulary)
    came_in = {extraction.source.doc for extraction in new_in(intake.extractions, month)}
    new = tuple(extraction.source for extraction in known if extraction.source.doc in came_in)
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
        comparisons=compare(figures, sources, vocabulary, month=month, fresh=[source.doc for source in new]),
        summary=summarise(figures, headlines(vocabulary)),
        sectors=sectors,
        subjects=_subjects(request, month, sources, sectors, news=bool(new)),
        indicators={indicator.id: indicator.name for indicator in vocabulary.indicators},
    )


def _subjects(
    request: Request, month: str, sources: Sequence[Source], sectors: Sequence[Sector], *, news: bool
) -> tuple[Subject, ...]:
    """One subject per template and area, sector or month; a month without news has its monthly issue alone."""
    from reportgen.briefing import kinds

    areas = list(dict.fromkeys(source.area for source in sorted(sources, key=lambda source: source.area_code)))
    names = {sector.code: sector.name for sector in sectors}
    subjects = {
        "area": _wanted("--area", request.areas, {area: area for area in areas}),
        "sector": _wanted("--sector", request.sectors, {key: code for code in names for key in (code, names[code])}),
        "month": [],
    }
    if not request.areas and not request.sectors:
        subjects = {"area": areas if news else [], "sector": list(names) if news else [], "month": [month]}
    return tuple(
        Subject(kind, name, names.get(name, name), kind.path(names.get(name, name)))
        for kind in kinds(request.templates)
        for name in subjects[kind.each]
    )


def _wanted(option: str, given: Sequence[str], known: dict[str, str]) -> list[str]:
    """The subjects that an option names, each once. `known`: every way to say one -> the subject."""
    for name in given:
        if name not in known:
            listed = "、".join(dict.fromkeys(known))
            raise UsageError(f"nothing is known of {name!r}", where=option, hint=listed)
    return list(dict.fromkeys(known[name] for name in given))
