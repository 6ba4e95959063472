"""Figures, comparisons, charts and excerpts -> a Briefing: a flat list of blocks, in the order a template gives.

A template says order and wording; this stage computes what it may insert, numbers the evidence and proves the digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from reportgen.briefing import city, monthly, sector
from reportgen.briefing.blocks import read_blocks
from reportgen.briefing.context import Slots, checked, empty_slots
from reportgen.briefing.digits import check_digits
from reportgen.briefing.evidence import number as number_evidence
from reportgen.briefing.kinds import Each, Kind, kinds
from reportgen.briefing.material import Material, homes
from reportgen.briefing.sample import check_templates
from reportgen.briefing.template import render
from reportgen.errors import UsageError
from reportgen.model import Briefing, Comparisons, Figure, Office, Picture, Source, Span, Summary
from reportgen.vocabulary import Sector

__all__ = ["Kind", "build", "check_digits", "check_templates", "kinds"]

_CONTEXTS: Mapping[Each, Callable[[Material, Slots], Mapping[str, Any]]] = {
    "area": city.context,
    "sector": sector.context,
    "month": monthly.context,
}
_KINDS: Mapping[Each, Literal["city", "sector", "monthly"]] = {"area": "city", "sector": "sector", "month": "monthly"}


def build(
    kind: Kind,
    subject: str,
    *,
    figures: Sequence[Figure],
    sources: Sequence[Source],
    comparisons: Comparisons,
    pictures: Sequence[Picture],
    summary: Summary,
    office: Office,
    sectors: Sequence[Sector],
    templates: Path,
    month: str,
    number: int,
) -> Briefing:
    """The briefing of one kind on `subject`: an area's name, a sector's code, or the month for a monthly issue.

    `figures` are all that is known by the end of `month` (YYYY-MM), with `key` set; `pictures` those drawn for this
    briefing, `number` the issue. Raises TemplateError, and RefusedError where a digit has no source.
    """
    material = _material(
        kind,
        subject,
        figures,
        {source.doc: source for source in sources},
        comparisons,
        tuple(pictures),
        summary,
        office,
        tuple(sectors),
        month,
        number,
    )
    slots = empty_slots()
    values = dict(_CONTEXTS[kind.each](material, slots))
    values |= {
        "office": office.unit,
        "evidence_note": slots.spans((Span("原文照录，标点统一为全角；加粗为本期引用的数字", "muted"),)),
        "quoted_aside": slots.spans((Span("原文摘编", "muted"),)),
    }
    rendered = render(templates, kind.template, checked(values))
    blocks = read_blocks(rendered.text, slots, str(templates / rendered.file))
    done = number_evidence(blocks, material.by_id, material.sources, tuple(material.sources))
    name = kind.path(material.subject).rpartition("/")[2]
    monthly_issue = kind.each == "month"
    head = office.monthly_name if monthly_issue else office.briefing_name
    day = monthly.last_day(month) if monthly_issue or not material.sources else _newest(material)
    briefing = Briefing(
        _KINDS[kind.each],
        name,
        str(values["title"]),
        material.subject,
        office.unit,
        day,
        f"{head}　第{number}期　{material.subject}",
        done,
        tuple(f.id for f in material.figures),
    )
    check_digits(briefing, material.by_id, material.sources, comparisons, fixed=rendered.fixed)
    return briefing


def _newest(material: Material) -> date:
    return max(source.published for source in material.sources.values())


def _material(
    kind: Kind,
    subject: str,
    figures: Sequence[Figure],
    sources: Mapping[str, Source],
    comparisons: Comparisons,
    pictures: tuple[Picture, ...],
    summary: Summary,
    office: Office,
    sectors: tuple[Sector, ...],
    month: str,
    number: int,
) -> Material:
    """What the briefing is about: the area's, the sector's, or all figures, with the documents that print them."""
    home = homes(figures, sources)
    about: Callable[[Figure], bool] = lambda figure: True  # noqa: E731
    name = subject
    if kind.each == "area":
        about = lambda figure: home[figure.id] == subject  # noqa: E731
    elif kind.each == "sector":
        about = lambda figure: figure.sector == subject  # noqa: E731
        name = next((s.name for s in sectors if s.code == subject), subject)
    own = [figure for figure in figures if about(figure)]
    docs = {figure.doc for figure in own} if kind.each != "month" else set(sources)
    if not own and kind.each != "month":
        raise UsageError(f"no figures about {subject}", hint="compare the name with tables/figures.csv")
    kept = {doc: sources[doc] for doc in docs}
    material = Material(
        name,
        subject if kind.each == "sector" else "",
        tuple(sorted(own, key=lambda f: (f.doc, f.start))),
        {figure.id: figure for figure in figures},
        kept,
        comparisons,
        pictures,
        summary,
        office,
        sectors,
        month,
        number,
        home,
    )
    return replace(material, sources=_ordered(kept, material.areas))


def _ordered(sources: Mapping[str, Source], areas: Sequence[str]) -> dict[str, Source]:
    """Documents in the order of their areas, newest first within an area."""
    place = {area: index for index, area in enumerate(areas)}
    order = sorted(sources.values(), key=lambda s: (place.get(s.area, len(place)), -s.published.toordinal(), s.doc))
    return {source.doc: source for source in order}
