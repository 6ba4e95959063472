"""Corrections made to extractions: later ones win, whatever cannot be followed is a Problem, the rest is applied.

In: extractions and corrections. Out: extractions in the same order, with corrected figures, figures that a person
marked as missed, and without those that a person said are none; and a `Change` for each correction that was applied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.corrections.fields import (
    MARKS,
    NO_INDICATOR,
    SETTERS,
    WrongValueError,
    corrected,
    says_yes,
    stated,
    text_of,
    tried,
)
from reportgen.corrections.lines import complaint
from reportgen.corrections.locate import located
from reportgen.corrections.missed import figure_id, missed_figure
from reportgen.model import Change, Correction, Extraction, Figure, Problem, Rejected
from reportgen.vocabulary import Vocabulary

REJECTED = "corrected"
"""The rule of numbers that a person said are no figures."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of the corrections."""

    extractions: tuple[Extraction, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Work:
    """The figures of all documents while they are being corrected."""

    vocabulary: Vocabulary
    extractions: dict[str, Extraction]
    figures: dict[str, Figure] = field(default_factory=dict)
    added: dict[str, Correction] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def complain(self, correction: Correction, reason: str, *ids: str, grave: bool = True) -> None:
        self.problems.append((correction.line, complaint(correction.line, reason, ids, grave=grave)))


def apply(
    extractions: Sequence[Extraction],
    corrections: Iterable[Correction],
    vocabulary: Vocabulary,
    copies: Mapping[str, str] | None = None,
) -> Applied:
    """All corrections applied. `copies`: name of a document that was not read twice -> name of the one that was."""
    work = _Work(vocabulary, {extraction.source.doc: extraction for extraction in extractions})
    work.figures = {figure.id: figure for extraction in extractions for figure in extraction.figures}
    names = copies or {}
    asked = [replace(correction, doc=names.get(correction.doc, correction.doc)) for correction in corrections]
    wanted: dict[str, list[Correction]] = defaultdict(list)
    for correction in asked:
        if correction.field == "missed":
            for target, part in _missed(work, correction):
                wanted[target].append(part)
    for correction in asked:
        if correction.field != "missed" and (target := _target(work, correction)):
            wanted[target].append(correction)
    for target in sorted(wanted, key=lambda target: min(part.line for part in wanted[target])):
        _correct(work, target, wanted[target])
    for target, correction in work.added.items():
        figure = work.figures[target]
        if not figure.indicator:
            work.complain(correction, NO_INDICATOR)
            work.removed.add(target)
        else:
            after = f"{figure.indicator} {figure.num}{figure.unit}"
            work.changes.append(Change(target, figure.doc, "missed", "", after, correction))
    done = tuple(_extraction(work, extraction) for extraction in extractions)
    order = sorted(work.changes, key=lambda change: (change.correction.line, change.field))
    problems = tuple(problem for _, problem in sorted(work.problems, key=lambda found: found[0]))
    return Applied(done, tuple(order), problems)


def _target(work: _Work, correction: Correction) -> str:
    """The id of the figure that a correction means; empty, and a Problem, where there is none."""
    figure = work.figures.get(correction.figure_id)
    if figure is None and correction.doc and correction.quote:
        figure = _quoted(work, correction)
        if figure is None:
            return ""
    if figure is None:
        work.complain(correction, f"没有编号为“{correction.figure_id[:20]}”的数据；写上 doc 和 quote 就能再找到它")
        return ""
    if correction.figure_id == figure.id and correction.num and not _same_number(figure, correction.num):
        work.complain(correction, f"编号 {figure.id} 的数是“{figure.num}”，不是“{correction.num[:20]}”", figure.id)
        return ""
    return figure.id


def _same_number(figure: Figure, num: str) -> bool:
    """Whether `num` is the number of the figure, as the source or as the cleaned text prints it."""
    marked = figure.sentence[figure.mark[0] :]
    bare = "".join(num.split())
    return "".join(figure.num.split()) == bare or "".join(marked.split()).startswith(bare)


def _quoted(work: _Work, correction: Correction) -> Figure | None:
    span = _place(work, correction)
    if span is None:
        return None
    document = work.extractions[correction.doc].document
    assert document is not None
    raw_start = document.offsets.raw(span[0])
    found = work.figures.get(figure_id(document, raw_start))
    if found is None:
        found = next(
            (
                figure
                for figure in work.figures.values()
                if figure.doc == correction.doc and span[0] <= document.offsets.text(figure.start) < span[1]
            ),
            None,
        )
    if found is None:
        work.complain(correction, "这个数没有被读作数据；要补上它，field 写 missed")
    return found


def _place(work: _Work, correction: Correction) -> tuple[int, int] | None:
    """The text span of the number that a quote means; None, and a Problem, where it is not found."""
    extraction = work.extractions.get(correction.doc)
    if extraction is None or extraction.document is None:
        work.complain(correction, f"没有材料“{correction.doc[:60]}”")
        return None
    span = located(extraction.document, correction.quote, correction.num)
    if span.why:
        work.complain(correction, f"{correction.doc}：{span.why}（“{correction.quote[:40]}”）")
        return None
    return span.start, span.end


def _missed(work: _Work, correction: Correction) -> list[tuple[str, Correction]]:
    """The figure that a person marked is added, unless it is there; what its line states are corrections of it."""
    if not (correction.doc and correction.quote):
        work.complain(correction, "missed 要写 doc 和 quote")
        return []
    span = _place(work, correction)
    if span is None:
        return []
    try:
        parts = stated(correction.value)
    except WrongValueError as error:
        work.complain(correction, str(error))
        return []
    extraction = work.extractions[correction.doc]
    assert extraction.document is not None
    target = figure_id(extraction.document, extraction.document.offsets.raw(span[0]))
    if target not in work.figures:
        figure = missed_figure(extraction, extraction.document, *span, work.vocabulary)
        if figure is None:
            work.complain(correction, f"“{extraction.document.text[span[0] : span[1]]}”不是阿拉伯数字，读不出值")
            return []
        work.figures[target] = figure
        work.added[target] = correction
    elif target not in work.added:
        work.complain(correction, "这个数现在已被读出，missed 不再需要；所写字段作为更正", target, grave=False)
    return [(target, replace(correction, field=name, value=value)) for name, value in parts.items()]


def _correct(work: _Work, target: str, corrections: list[Correction]) -> None:
    """Everything said of one figure: of what disagrees the latest counts."""
    chosen: dict[str, Correction] = {}
    for correction in sorted(corrections, key=lambda correction: (correction.date, correction.line)):
        known = chosen.get(correction.field)
        if known is not None and known.value != correction.value:
            values = f"{correction.field}：{known.value[:20]}、{correction.value[:20]}"
            work.complain(
                correction,
                f"与第{known.line}行不一致（{values}），取日期在后的",
                target,
                grave=known.who != correction.who,
            )
        chosen[correction.field] = correction
    chosen = {name: item for name, item in chosen.items() if _can_be(work, target, item)}
    none = chosen.pop("not_a_figure", None)
    if none is not None and says_yes(none.value):
        others = [item for name, item in chosen.items() if name not in MARKS]
        latest = max(others, key=lambda item: (item.date, item.line), default=none)
        kept = (latest.date, latest.line) > (none.date, none.line)
        if others:
            word = "按后者保留" if kept else "按前者不作数据"
            work.complain(none, f"说它不是数据，第{latest.line}行又更正它；{word}", target)
        if not kept:
            work.removed.add(target)
            work.changes.append(Change(target, work.figures[target].doc, none.field, "", "", none))
            return
    for name in (*SETTERS, *(name for name in chosen if name not in SETTERS)):
        if name in chosen:
            _set(work, target, chosen[name])


def _can_be(work: _Work, target: str, correction: Correction) -> bool:
    """Whether the figure can take what a correction says; a Problem where it cannot."""
    try:
        tried(work.figures[target], correction.field, correction.value, work.vocabulary)
    except WrongValueError as error:
        work.complain(correction, str(error), target)
        return False
    return True


def _set(work: _Work, target: str, correction: Correction) -> None:
    figure = work.figures[target]
    if correction.field == "confirmed":
        if says_yes(correction.value):
            work.changes.append(Change(target, figure.doc, "confirmed", "", "", correction))
        return
    changed = corrected(figure, correction.field, correction.value, work.vocabulary)
    work.figures[target] = changed
    if target not in work.added:
        before, after = text_of(figure, correction.field), text_of(changed, correction.field)
        work.changes.append(Change(target, figure.doc, correction.field, before, after, correction))


def _extraction(work: _Work, extraction: Extraction) -> Extraction:
    """An extraction with its figures as they are now; as it was where nothing of it changed."""
    doc = extraction.source.doc
    figures = [work.figures[figure.id] for figure in extraction.figures]
    for target in work.added:
        figure = work.figures[target]
        if figure.doc == doc:
            place = next((i for i, known in enumerate(figures) if known.start > figure.start), len(figures))
            figures.insert(place, figure)
    kept = tuple(figure for figure in figures if figure.id not in work.removed)
    if kept == extraction.figures:
        return extraction
    read = {figure.start for figure in kept}
    refused = [
        Rejected(doc, figure.start, figure.end, figure.num, REJECTED)
        for figure in extraction.figures
        if figure.id in work.removed
    ]
    rejected = [item for item in extraction.rejected if item.start not in read] + refused
    return replace(extraction, figures=kept, rejected=tuple(sorted(rejected, key=lambda item: (item.start, item.end))))
