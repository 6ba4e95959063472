"""One briefing: what its template may insert, the template run, its blocks with numbered evidence, its digits proved.

Values go in, a Briefing comes out. Nothing is read but the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from reportgen.briefing import city, monthly, sector
from reportgen.briefing.blocks import read_blocks
from reportgen.briefing.context import Slots, checked, empty_slots
from reportgen.briefing.digits import check_digits, spans_of
from reportgen.briefing.evidence import number as number_evidence
from reportgen.briefing.evidence import place
from reportgen.briefing.ground import Ground, ground
from reportgen.briefing.kinds import Each, Kind
from reportgen.briefing.material import Material, month_text
from reportgen.briefing.template import render
from reportgen.errors import TemplateError, UsageError
from reportgen.model import Briefing, Comparisons, Figure, Office, Picture, Source, Span, Summary
from reportgen.vocabulary import Sector

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
    names: Mapping[str, str] | None = None,
) -> Briefing:
    """The briefing of one kind on `subject`: an area's name, a sector's code, or the month for a monthly issue.

    `figures` are all that is known by the end of `month` (YYYY-MM), with `key` set; `pictures` those drawn for this
    briefing, `number` the issue, `names` the canonical names of indicators by id. Raises TemplateError, and
    RefusedError where a digit has no source.
    """
    material = gather(kind, subject, ground(figures, sources), sectors)
    material = replace(
        material,
        comparisons=comparisons,
        pictures=tuple(pictures),
        summary=summary,
        office=office,
        month=month,
        number=number,
        names=names or {},
    )
    return compose(kind, material, templates)


def compose(kind: Kind, material: Material, templates: Path) -> Briefing:
    """The briefing of one kind from its material."""
    slots = empty_slots()
    values = insertable(kind, material, slots)
    rendered = render(templates, kind.template, checked(values))
    blocks = read_blocks(rendered.text, slots, str(templates / rendered.file))
    if any(span.look == "mark" and span.link for block in blocks for span in spans_of(block)) and place() not in blocks:
        file = str(templates / rendered.file)
        raise TemplateError("marks of evidence lead nowhere", where=file, hint="add a line {{ evidence }}")
    order = tuple(material.sources)
    done = number_evidence(blocks, material.by_id, material.sources, order, every_document=kind.each == "month")
    name = kind.path(material.subject).rpartition("/")[2]
    monthly_issue = kind.each == "month"
    head = material.office.monthly_name if monthly_issue else material.office.briefing_name
    day = monthly.last_day(material.month) if monthly_issue or not material.sources else _newest(material)
    briefing = Briefing(
        _KINDS[kind.each],
        name,
        str(values["title"]),
        material.subject,
        material.office.unit,
        day,
        f"{head}　第{material.number}期　{material.subject}",
        done,
        tuple(f.id for f in material.figures),
    )
    check_digits(briefing, material.by_id, material.sources, material.comparisons, fixed=rendered.fixed)
    return briefing


def insertable(kind: Kind, material: Material, slots: Slots) -> dict[str, Any]:
    """Everything that a template of this kind may insert, by name."""
    return {
        **_CONTEXTS[kind.each](material, slots),
        "office": material.office.unit,
        "evidence_note": slots.spans((Span("原文照录，标点统一为全角；加粗为本期引用的数字", "muted"),)),
        "quoted_aside": slots.spans((Span("原文摘编", "muted"),)),
    }


def _newest(material: Material) -> date:
    return max(source.published for source in material.sources.values())


def gather(kind: Kind, subject: str, known: Ground, sectors: Sequence[Sector]) -> Material:
    """What the briefing is about: the area's, the sector's, or all figures, with the documents that print them."""
    own: Iterable[Figure] = known.by_id.values()
    name = subject
    if kind.each == "area":
        own = known.by_home.get(subject, ())
    elif kind.each == "sector":
        own = known.by_sector.get(subject, ())
        name = next((s.name for s in sectors if s.code == subject), subject)
    else:
        name = month_text(subject)
    docs = set(known.sources) if kind.each == "month" else {figure.doc for figure in own}
    if kind.each == "area":
        docs |= set(known.documents.get(subject, ()))
    if not docs and kind.each != "month":
        raise UsageError(f"nothing is known about {subject}", hint="compare the name with tables/figures.csv")
    kept = {doc: known.sources[doc] for doc in docs}
    material = Material(
        subject=name,
        code=subject if kind.each == "sector" else "",
        figures=tuple(sorted(own, key=lambda f: (f.doc, f.start))),
        by_id=known.by_id,
        sources=kept,
        sectors=tuple(sectors),
        homes=known.homes,
        newest=known.newest,
    )
    return replace(material, sources=_ordered(kept, material.areas))


def _ordered(sources: Mapping[str, Source], areas: Sequence[str]) -> dict[str, Source]:
    """Documents in the order of their areas, oldest first within an area: what comes in renumbers no evidence of it."""
    place = {area: index for index, area in enumerate(areas)}
    order = sorted(sources.values(), key=lambda s: (place.get(s.area, len(place)), s.published, s.doc))
    return {source.doc: source for source in order}
