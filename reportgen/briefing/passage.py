"""Excerpts of the sources as running text: figures set off, marks behind them, and the time where it must be said.

Excerpts and the material of a briefing go in, spans come out. No word of a source is changed but what only its
speaker can say (`wording`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from reportgen.briefing.evidence import cut, mark
from reportgen.briefing.material import Material
from reportgen.briefing.wording import fitted, impersonal, names_this_year, said_again
from reportgen.model import Excerpt, Figure, Look, Span, Spans
from reportgen.notation import period_text

_INTENDED = re.compile("将|计划|规划|力争|目标|预期|确保|必保|拟|争取|控制在|保持|稳定在")
_DATED = re.compile("[0-9]年|[0-9]月|目前|现在|截至|截止|以来|至今|期间|季度|上半年|一年来|过去")
_YEAR = re.compile("([0-9]{4})年")
_SIDE_BY_SIDE = re.compile("[、和及]第?")
_RELATIVE = re.compile("年[内底末]|[全今明每]年")
"""Times of what is done need a year; 全年 or 年内 is enough for what is planned."""
MOST_LIT = 10
"""Figures set off in one paragraph."""


def passage(
    material: Material,
    excerpts: Sequence[Excerpt],
    tabled: Sequence[str] = (),
    *,
    lit: int = MOST_LIT,
    told: Collection[str] = (),
    standing: str = "",
) -> Spans:
    """Excerpts as running text: figures set off, a mark after each clause, ；and 。between them.

    Set off are all targets, then key figures, then the figures `tabled`, at most `lit`. Clauses that name no time get
    that of their figures where what is done and what is planned, or several years, stand together. What is not of the
    issue's year is never without its own: 目前 of an earlier year's document is not now. `told`: years that the reader
    has been told before; `standing`: a label that stands before the passage (2023年目标) and is not said again in it.
    """
    shown = [material.by_id[i] for excerpt in excerpts for i in excerpt.figure_ids if i in material.by_id]
    looks = _with_parallels(shown, _looks(shown, set(tabled), lit))
    mixed = len({figure.status for figure in shown}) > 1
    years = {figure.period_end[:4] for figure in shown if figure.measure != "baseline"}
    spans: list[Span] = []
    said, bound, latest = "", None, ""
    known_years = set(told)
    before, aimed, planned = ("", ""), False, ("", -1)
    for index, excerpt in enumerate(excerpts):
        figures = [material.by_id[i] for i in excerpt.figure_ids if i in material.by_id]
        text = excerpt.sentence[excerpt.start : excerpt.end]
        sentence = excerpt.doc, excerpt.sentence_start
        if bound not in (None, sentence):
            said = ""
        this_year = _this_year(material, excerpt, figures)
        when, timed = _period(figures), _names_time(text, figures)
        wanted = when and (figures[0].status == "target" or (mixed and len(years) > 1))
        earlier = _earlier(material, figures)
        named = set(_YEAR.findall(text)) | ({this_year} - {""})
        other = _another_year(figures, latest) if timed and not named else ""
        printed = bool(other) or bool(earlier and earlier not in known_years | named)
        lead = ""
        if printed:
            when = when or f"{other or earlier}年"
            lead = _label(text, figures[0], when) if timed else _lead(text, figures[0], when)
            timed = False
        elif (wanted or (earlier and said)) and when and not timed and when != said:
            lead = _lead(text, figures[0], when)
        if printed or (when and not timed):
            named |= set(_YEAR.findall(when))
        lead, skipped = fitted(lead, text)
        if not lead and when and not aimed and planned != sentence and _reads_as_done(text, figures):
            lead, skipped = _aim(text, when, timed)
        # 计划 holds for its whole sentence
        planned = sentence if _INTENDED.search(text) else planned
        if not lead and before == (excerpt.doc, when):
            skipped = said_again(text, latest)
        known_years |= named
        latest, before = max(named, default=latest), (excerpt.doc, when if named else "")
        # A time that a source names holds for its sentence, one that we print until another is printed.
        said, bound = when, sentence if timed else None
        aimed = lead.endswith("目标：") or (aimed and not lead and not timed and figures[0].status == "target")
        if index:
            # what a 目标： says of the next clause too is not parted from it by a full stop
            spans.append(Span("；" if index % 2 or (aimed and not lead) else "。"))
        spans += [Span(lead)] if lead and lead != f"{standing}：" else []
        spans += impersonal(cut(excerpt.sentence, excerpt.start + skipped, excerpt.end, looks, figures), this_year)
        spans.append(mark(figures[0]))
    return (*spans, Span("。")) if spans else ()


def _reads_as_done(text: str, figures: Sequence[Figure]) -> bool:
    """Whether no word of a plan says that it is one."""
    return figures[0].status == "target" and not _INTENDED.search(text)


def _aim(text: str, when: str, timed: bool) -> tuple[str, int]:
    """2023年目标： in the place of 2023年，, before 全年 and before words without a time; else nothing."""
    skipped = said_again(text, when.removesuffix("年"))
    return (f"{when}目标：", skipped) if skipped or not timed or text.startswith("全年") else ("", 0)


def _this_year(material: Material, excerpt: Excerpt, figures: Sequence[Figure]) -> str:
    """The year that 今年 in an excerpt is: that of its document, where figures of it are of that year."""
    source = material.sources.get(excerpt.doc)
    year = f"{source.published.year:04d}" if source else ""
    said = names_this_year(excerpt.sentence[excerpt.start : excerpt.end])
    return year if said and any(year in (f.period[:4], f.period_end[:4]) for f in figures) else ""


def _names_time(text: str, figures: Sequence[Figure]) -> bool:
    """Whether an excerpt's own words say when."""
    planned = any(figure.status == "target" for figure in figures)
    return bool(_DATED.search(text) or (planned and _RELATIVE.search(text)))


def _period(figures: Sequence[Figure]) -> str:
    """The one period of figures of one status, printed; empty where there are several."""
    counted = [figure for figure in figures if figure.measure != "baseline"]
    periods = {period_text(figure.period, figure.status) for figure in counted}
    return periods.pop() if len(periods) == 1 and len({figure.status for figure in counted}) == 1 else ""


def _earlier(material: Material, figures: Sequence[Figure]) -> str:
    """The year of figures that are all of one year before that of the issue; empty where they are not."""
    years = {figure.period_end[:4] for figure in figures if figure.measure != "baseline"}
    year = years.pop() if len(years) == 1 else ""
    return year if year.isdigit() and year < material.month[:4] else ""


def _another_year(figures: Sequence[Figure], latest: str) -> str:
    """The one year of figures where it is not the `latest` that was named: 年内 behind 2022年 is read as of 2022."""
    years = {figure.period_end[:4] for figure in figures if figure.measure != "baseline"}
    year = years.pop() if len(years) == 1 else ""
    return year if latest and year.isdigit() and year != latest else ""


def _label(text: str, figure: Figure, when: str) -> str:
    """2021年1—4月： before words whose own time (目前, 年内) says no year."""
    said = figure.status == "actual" or _INTENDED.search(text)
    return f"{when}：" if said else f"{when}目标："


def _lead(text: str, figure: Figure, when: str) -> str:
    """2023年目标： before a target whose own words could be read as something done, else the period alone."""
    said = figure.status == "actual" or _INTENDED.search(text)
    return when if said else f"{when}目标："


def _looks(figures: Sequence[Figure], tabled: set[str], lit: int) -> dict[str, Look]:
    order = sorted(figures, key=lambda f: (f.status != "target", not f.key, f.id not in tabled))
    chosen = [f for f in order if f.measure != "baseline" and (f.status == "target" or f.key or f.id in tabled)]
    return {figure.id: figure.status for figure in chosen[:lit]}


def _with_parallels(figures: Sequence[Figure], looks: dict[str, Look]) -> dict[str, Look]:
    """Of numbers side by side (下降18%、31.9%) all are set off where one is."""
    for one, other in [*pairwise(figures), *((b, a) for a, b in reversed(list(pairwise(figures))))]:
        first, last = sorted((one, other), key=lambda f: f.mark)
        same = (one.doc, one.sentence_start) == (other.doc, other.sentence_start)
        beside = same and _SIDE_BY_SIDE.fullmatch(one.sentence[first.mark[1] : last.mark[0]])
        if beside and one.id in looks and other.id not in looks and other.measure != "baseline":
            looks[other.id] = other.status
    return looks
