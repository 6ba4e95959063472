"""Figures, comparisons, charts and excerpts -> a Briefing: a flat list of blocks, in the order a template gives.

A template says order and wording; this stage computes what it may insert, numbers the evidence and proves the digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.briefing import city
from reportgen.briefing.blocks import read_blocks
from reportgen.briefing.context import Slots, checked, empty_slots
from reportgen.briefing.evidence import number as number_evidence
from reportgen.briefing.material import Material, day_text
from reportgen.briefing.template import render
from reportgen.model import Briefing, Comparisons, Figure, Office, Picture, Source, Span, Summary
from reportgen.vocabulary import Sector

__all__ = ["build"]

_CONTEXTS: Mapping[str, Callable[[Material, Slots], Mapping[str, Any]]] = {"city": city.context}


def build(
    kind: str,
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
    """The briefing on `subject` (area name, sector code or month) by its template. Raises TemplateError."""
    by_doc = {source.doc: source for source in sources}
    own = [f for f in figures if f.area == subject or by_doc[f.doc].area == subject]
    own.sort(key=lambda f: (f.doc, f.start))
    material = Material(
        subject,
        tuple(own),
        {f.id: f for f in figures},
        {doc: by_doc[doc] for doc in dict.fromkeys(f.doc for f in own)},
        comparisons,
        tuple(pictures),
        summary,
        office,
        tuple(sectors),
        month,
        number,
        tuple(figures),
    )
    slots = empty_slots()
    values = dict(_CONTEXTS[kind](material, slots))
    values["evidence_note"] = slots.spans((Span("原文照录，标点统一为全角；加粗为本期引用的数字", "muted"),))
    rendered = render(templates, f"{kind}.md.j2", checked(values))
    blocks = read_blocks(rendered.text, slots, str(templates / rendered.file))
    order = [s.doc for s in sorted(by_doc.values(), key=lambda s: (-s.published.toordinal(), s.doc))]
    done = number_evidence(blocks, material.by_id, by_doc, order)
    newest = max(material.sources.values(), key=lambda source: source.published)
    day = day_text(newest.published, newest.month_only)
    return Briefing(
        "city",
        subject,
        values["title"],
        subject,
        office.unit,
        newest.published,
        f"{office.briefing_name}　第{number}期　{subject}\t{day}",
        done,
        tuple(f.id for f in own),
    )
