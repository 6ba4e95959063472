"""The corrections of an office, applied to what its documents yielded, before anything is built on it.

In: a request, extractions. Out: the extractions as people corrected them. A line that cannot be followed is told,
kept as a Problem, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen.corrections import FILE, Applied, apply, read_corrections
from reportgen.model import Extraction
from reportgen.pipeline.request import Request
from reportgen.progress import Event, Tell

_TOLD = 20


def corrected_documents(request: Request, copies: Mapping[str, str]) -> frozenset[str]:
    """The documents that corrections name; their text is needed to follow them."""
    lines, _ = read_corrections(request.seeds / FILE)
    return frozenset(copies.get(line.doc, line.doc) for line in lines if line.doc)


def mentioned(request: Request, copies: Mapping[str, str]) -> Callable[[Extraction], bool]:
    """Whether a correction names a document, or one of its figures."""
    lines, _ = read_corrections(request.seeds / FILE)
    ids = {line.figure_id for line in lines}
    docs = corrected_documents(request, copies)
    return lambda extraction: extraction.source.doc in docs or any(figure.id in ids for figure in extraction.figures)


def corrected(request: Request, extractions: Sequence[Extraction], copies: Mapping[str, str], tell: Tell) -> Applied:
    """`extractions` with the corrections of the request's folder applied; as they are where it has none."""
    path = request.seeds / FILE
    if not path.exists():
        return Applied(tuple(extractions), (), ())
    from reportgen import vocabulary

    corrections, problems = read_corrections(path)
    applied = apply(extractions, corrections, vocabulary.load(request.vocabulary), copies)
    found = (*problems, *applied.problems)
    for problem in found[:_TOLD]:
        tell(Event("warning", "correction", problem.message, str(request.seeds)))
    if len(found) > _TOLD:
        tell(Event("warning", "correction", f"and {len(found) - _TOLD} more, in run.json", str(path)))
    return Applied(applied.extractions, applied.changes, found)
