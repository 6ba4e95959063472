"""The verb extract: documents -> tables, written straight into one folder. No issue, no month, no briefing."""

from __future__ import annotations

from reportgen.errors import ReportgenError
from reportgen.pipeline.artifacts import table_files
from reportgen.pipeline.figures import figures_of, told_apart
from reportgen.pipeline.intake import take_in
from reportgen.pipeline.request import Outcome, Request
from reportgen.progress import Tell
from reportgen.publish import Plan, replace_files


def extract_folder(request: Request, tell: Tell) -> Outcome:
    """Extract every document of `request.seeds` and write the tables into `request.out`."""
    from reportgen import compare, vocabulary

    words = vocabulary.load(request.vocabulary)
    intake = take_in(request, tell)
    if not intake.extractions:
        raise ReportgenError("not one document could be used", where=str(request.seeds), hint="reportgen check")
    extractions = told_apart(intake.extractions, words)
    figures = figures_of(extractions, words)
    sources = [extraction.source for extraction in extractions]
    comparisons = compare.compare(figures, sources, words)
    written = replace_files(table_files(figures, sources, comparisons, words), request.out)
    return Outcome("", Plan(write=written), intake.failures, figures=len(figures))
