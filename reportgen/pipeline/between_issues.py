"""The verb diff on two months: every figure that one issue knows and the other does not, or knows otherwise.

In: a request and two months. Out: lines for a person to read, and the same as CSV and Markdown in the folder diff of
the output. Both issues are worked out from the documents, as known then; neither needs to have been built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.pipeline import cache
from reportgen.pipeline.figures import figures_of, told_apart
from reportgen.pipeline.intake import take_in, usable
from reportgen.pipeline.month import check_month, issue_month, known_at
from reportgen.pipeline.request import Request
from reportgen.progress import Tell
from reportgen.publish import replace_files

FOLDER = "diff"


def between_issues(request: Request, first: str, second: str, tell: Tell) -> Iterator[str]:
    """The differences, one a line, then how many there are. Raises UsageError for what is no month."""
    from reportgen import compare, tables, vocabulary

    for month in (first, second):
        check_month(month, "diff")
    words = vocabulary.load(request.vocabulary)
    intake = usable(take_in(request, tell, request.out / cache.FOLDER), request.seeds)
    extractions = told_apart(intake.extractions, words)
    before, after = (
        figures_of(known_at(extractions, issue_month(extractions, month)), words) for month in (first, second)
    )
    sources = [extraction.source for extraction in extractions]
    found = compare.differences(before, after, sources, words)
    name = f"{first}_{second}"
    written = replace_files(
        {f"{name}.csv": tables.differences_csv(found), f"{name}.md": tables.differences_markdown(found, first, second)},
        request.out / FOLDER,
    )
    yield from (tables.difference_line(difference) for difference in found)
    counts = Counter(difference.kind for difference in found)
    yield f"{counts['added']} added, {counts['changed']} changed, {counts['dropped']} dropped"
    yield from (f"written: {request.out / FOLDER / path}" for path in written)
