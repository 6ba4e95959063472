"""The verb explain: what cleaning did to a document and where, its cleaned text, and one figure's whole story.

In: a file or a figure's id. Out: lines for a person to read. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportgen.errors import DocumentError, ReportgenError, UsageError
from reportgen.model import Document, Figure, Repair
from reportgen.notation import exact_text
from reportgen.pipeline.documents import clean_document
from reportgen.pipeline.figures import figures_of
from reportgen.pipeline.intake import take_in, task_for
from reportgen.pipeline.request import Request
from reportgen.progress import Tell, one_line

_SHOWN = 40


def cleaned(request: Request, path: Path) -> str:
    """The cleaned text of the document at `path`."""
    return _document(request, path).text


def repairs(request: Request, path: Path) -> Iterator[str]:
    """The document's encoding, the fixes that fired in their order, then every repair with its line in the source."""
    from reportgen.clean import FIXES

    document = _document(request, path)
    yield f"{document.name}: {document.media_type}, {document.encoding}, {len(document.raw)} characters read"
    yield f"{len(document.text)} characters after cleaning, {len(document.repairs)} repairs"
    for fix in FIXES:
        fired = [repair for repair in document.repairs if repair.fix == fix.__name__]
        if fired:
            yield f"\n{fix.__name__} ({len(fired)}): {_first_line(fix.__doc__)}"
            yield from (_repair_line(document, repair) for repair in fired)
    for problem in document.problems:
        yield f"{problem.severity}: {one_line(problem.message)}"


def figure_story(request: Request, subject: str, tell: Tell) -> Iterator[str]:
    """Every field of the figure whose id begins with `subject`, how each is known, its sentence and its place."""
    from reportgen import vocabulary

    known = figures_of(take_in(request, tell).extractions, vocabulary.load(request.vocabulary))
    figures = [figure for figure in known if figure.id.startswith(subject)]
    if len(figures) != 1:
        what = f"{len(figures)} figures have an id that begins so" if figures else "no such file and no such figure"
        raise UsageError(what, where=subject, hint="an id from tables/figures.csv, or the path of a document")
    yield from _story(figures[0])


def _document(request: Request, path: Path) -> Document:
    """The cleaned document at `path`. Here nothing goes on without it: what is wrong with it fails the run."""
    if not path.is_file():
        raise UsageError("is no file", where=str(path), hint="the path of a document")
    try:
        return clean_document(task_for(request, path))
    except DocumentError as error:
        raise ReportgenError(error.what, where=str(path), hint=error.hint) from None


def _story(figure: Figure) -> Iterator[str]:
    fields = {
        "value": " to ".join(filter(None, (exact_text(figure.value), exact_text(figure.value_high)))),
        "base_unit": figure.base_unit or "(none)",
        "num": figure.num,
        "unit": figure.unit or "(none)",
        "qualifier": figure.qualifier,
        "measure": figure.measure,
        "status": figure.status,
        "period": figure.period,
        "period_end": figure.period_end,
        "area": figure.area,
        "sector": figure.sector,
        "indicator": figure.indicator,
        "indicator_id": figure.indicator_id or "(none)",
        "agency": figure.agency or "(none)",
        "section": figure.section or "(none)",
        "key": "yes" if figure.key else "no",
    }
    yield f"{figure.id}"
    for name, value in fields.items():
        known = figure.known.get(name)
        yield f"  {name:<13} {one_line(value)}" + (f"   [{known}]" if known else "")
    place = f"characters {figure.start} to {figure.end}" + (f", page {figure.page}" if figure.page else "")
    yield f"  source        {figure.doc}, {place}; its sentence begins at {figure.sentence_start}"
    start, end = figure.mark
    yield f"  sentence      {one_line(figure.sentence[:start])}【{one_line(figure.sentence[start:end])}】" + one_line(
        figure.sentence[end:]
    )


def _repair_line(document: Document, repair: Repair) -> str:
    line = document.raw.count("\n", 0, repair.start) + 1
    lost = "  (something is lost)" if repair.lossy else ""
    return f"  line {line}, {repair.start}-{repair.end}: {_short(repair.before)} -> {_short(repair.after)}{lost}"


def _short(text: str) -> str:
    shown = one_line(text)
    return repr(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}… ({len(text)} characters)")


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n", maxsplit=1)[0]
