"""Briefings of the gold figures: `briefing_of(kind, subject)` with the shipped templates and few comparisons.

`figure_of` finds one gold figure by what it says, `few_comparisons` is what three areas and one target give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from gold_rows import SOURCES, gold_figures

from reportgen.briefing import build, kinds
from reportgen.model import Briefing, Comparison, Comparisons, Figure, Office, Picture, Progress, Source
from reportgen.summary import mark_key, summarise
from reportgen.vocabulary import Sector

TEMPLATES = Path(__file__).parent.parent / "templates"
NAMES = {
    "employment": "就业社保",
    "education": "教育",
    "health": "卫生健康",
    "culture": "文化旅游体育",
    "civil": "民政养老",
    "urban": "城乡建设",
    "agriculture": "农业农村",
    "business": "改革开放营商环境",
    "government": "党建政务",
}
ALL_SECTORS = tuple(Sector(code, name, name[:4], {}) for code, name in NAMES.items())
FIGURES = mark_key(gold_figures())


def figure_of(area: str, indicator: str, status: str = "actual", measure: str = "level") -> Figure:
    """The first gold figure that says this."""
    found = (f for f in FIGURES if (f.area, f.indicator, f.status, f.measure) == (area, indicator, status, measure))
    return next(found)


def few_comparisons() -> Comparisons:
    """New jobs and loans of some areas, and one target with its progress."""
    jobs = (
        figure_of("鞍山市", "城镇新增就业", "target"),
        figure_of("承德市", "城镇新增就业"),
        figure_of("朝阳市", "新增就业"),
    )
    loans = (figure_of("朝阳市", "创业担保贷款"), figure_of("承德市", "创业担保贷款"))
    started, planned = figure_of("朝阳市", "开工文旅项目"), figure_of("朝阳市", "开工文旅项目", "target")
    return Comparisons(
        (
            Comparison(
                "x", "城镇新增就业", "employment", "level", "人", jobs, False, {jobs[2].id: "口径：原文为“新增就业”"}
            ),
            Comparison("y", "创业担保贷款", "employment", "level", "元", loans, False),
        ),
        progress=(Progress("z", "朝阳市", planned, started, Decimal("84.848"), Decimal("66.7"), "ahead"),),
    )


def briefing_of(
    kind: str,
    subject: str,
    *,
    figures: Sequence[Figure] = FIGURES,
    sources: Iterable[Source] = SOURCES.values(),
    comparisons: Comparisons | None = None,
    pictures: Sequence[Picture] = (),
    sectors: tuple[Sector, ...] = ALL_SECTORS,
    templates: Path = TEMPLATES,
    month: str = "2023-09",
) -> Briefing:
    """The briefing on `subject` (area, sector or month) with `few_comparisons` if none are given."""
    return build(
        next(found for found in kinds(templates) if found.name == kind),
        subject,
        figures=figures,
        sources=tuple(sources),
        comparisons=few_comparisons() if comparisons is None else comparisons,
        pictures=pictures,
        summary=summarise(figures),
        office=Office(),
        sectors=sectors,
        templates=templates,
        month=month,
        number=9,
    )
