"""Every template tried on invented material: mistakes are found before a real issue is built.

A templates folder goes in, its mistakes come out. The material reaches the branches that templates usually have: many
areas and one, many figures and few, a month with documents and one without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from reportgen.briefing.build import compose, gather, insertable
from reportgen.briefing.context import empty_slots
from reportgen.briefing.ground import ground
from reportgen.briefing.kinds import Kind, kinds
from reportgen.briefing.material import Material
from reportgen.briefing.template import SUFFIX, unknown_names
from reportgen.errors import ReportgenError, TemplateError
from reportgen.model import (
    Comparison,
    Comparisons,
    Digest,
    Excerpt,
    Figure,
    Progress,
    Source,
    Status,
    Summary,
)
from reportgen.vocabulary import Sector

_AREAS = ("甲市", "乙市", "丙省")
SECTORS = (Sector("employment", "就业社保", "就业", {}), Sector("education", "教育", "教育", {}))
_MONTH, _QUIET_MONTH = "2023-03", "2023-04"


def check_templates(folder: Path) -> tuple[TemplateError, ...]:
    """The mistakes in the templates of `folder`, at most one for each template and sample; none where all is well."""
    try:
        found = kinds(folder)
    except TemplateError as wrong:
        return (wrong,)
    if not found:
        return (TemplateError("no templates", where=str(folder), hint=f"put *{SUFFIX} files there"),)
    errors: dict[str, TemplateError] = {}
    for kind in found:
        for mistake in _mistakes(folder, kind):
            errors.setdefault(str(mistake), mistake)
    return tuple(errors.values())


def _mistakes(folder: Path, kind: Kind) -> list[TemplateError]:
    """Unknown names anywhere in the template, and what goes wrong when it is rendered with each sample."""
    subjects: dict[str, Sequence[tuple[str, str]]] = {
        "area": (("甲市", _MONTH), ("乙市", _MONTH)),
        "sector": (("employment", _MONTH), ("education", _MONTH)),
        "month": ((_MONTH, _MONTH), (_QUIET_MONTH, _QUIET_MONTH)),
    }
    errors: list[TemplateError] = []
    for subject, month in subjects[kind.each]:
        material = sample_material(kind, subject, month)
        unknown = unknown_names(folder, kind.template, frozenset(insertable(kind, material, empty_slots())))
        errors += unknown
        try:
            compose(kind, material, folder)
        except TemplateError as error:
            errors += () if unknown else (error,)
        except ReportgenError as error:
            errors.append(TemplateError(error.what, where=str(folder / kind.template), hint=error.hint))
    return errors


def sample_material(kind: Kind, subject: str, month: str) -> Material:
    """Invented material for one briefing: 甲市 has most, 教育 is reported by 甲市 alone, nothing is of April."""
    figures = _figures()
    compared = tuple(f for f in figures if f.indicator == "新增就业" and f.status == "actual" and f.measure == "level")
    return replace(
        gather(kind, subject, ground(figures, tuple(map(_source, _AREAS))), SECTORS),
        comparisons=Comparisons(
            (Comparison("", "新增就业", "employment", "level", "人", compared, comparable=True),),
            progress=(Progress("", "甲市", figures[1], figures[0], Decimal(50), Decimal(25), "ahead"),),
        ),
        summary=_summary(figures),
        month=month,
    )


def _source(area: str) -> Source:
    return Source(f"{area}.txt", area, f"{area}新闻发布会", area, "", date(2023, 3, 31), "literal", "literal")


def _figures() -> tuple[Figure, ...]:
    """Jobs in every area, as actual and as target; schools in one area only."""
    found = []
    for area in _AREAS:
        found.append(_figure(area, 0, "新增就业", "employment", "actual", f"{area}新增就业100人。", "100", "人"))
        found.append(_figure(area, 40, "新增就业", "employment", "target", f"{area}今年新增就业200人。", "200", "人"))
    growth = _figure("甲市", 80, "新增就业", "employment", "actual", "新增就业增长5%。", "5", "%")
    found.append(replace(growth, measure="growth", base_unit="%"))
    found += [
        _figure("甲市", 120 + 40 * n, name, "education", "actual", f"新建{name}12所。", "12", "所")
        for n, name in enumerate(("学校", "幼儿园", "教学点"))
    ]
    return tuple(found)


def _figure(
    area: str, start: int, indicator: str, sector: str, status: Status, sentence: str, num: str, unit: str
) -> Figure:
    at = sentence.index(num)
    return Figure(
        id=f"{area}-{start}",
        doc=f"{area}.txt",
        start=start + at,
        end=start + at + len(num),
        num=num,
        unit=unit,
        value=Decimal(num),
        base_unit=unit,
        value_high=None,
        qualifier="eq",
        measure="level",
        status=status,
        period="2023-01/2023-03" if status == "actual" else "2023",
        period_end="2023-03" if status == "actual" else "2023",
        area=area,
        sector=sector,
        indicator=indicator,
        indicator_id="",
        key=start == 0,
        agency="市人社局",
        section="",
        sentence=sentence,
        sentence_start=start,
        mark=(at, at + len(num + unit)),
    )


def _summary(figures: Sequence[Figure]) -> Summary:
    digests = []
    for area, sector in sorted({(f.area, f.sector) for f in figures}):
        excerpts = tuple(
            Excerpt(f.doc, f.sentence_start, f.sentence, 0, len(f.sentence) - 1, (f.id,))
            for f in figures
            if (f.area, f.sector) == (area, sector)
        )
        digests.append(Digest(area, sector, excerpts[:3], excerpts[:1]))
    return Summary(tuple(digests), {f.id: 10 for f in figures})
