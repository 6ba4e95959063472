"""A new version taken into an edited Word draft, and in words what that did.

In: the sources of an issue. Out: the merge that publishing uses; it reads no clock and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model import Source
from reportgen.publish import Merge, Merged


def merge_into(sources: Sequence[Source]) -> Merge:
    """The merge that publishing uses; its tracked changes are dated by the newest source, never by the clock."""
    date = newest_day(sources)

    def merge(name: str, base: bytes, theirs: bytes, new: bytes) -> Merged:
        from reportgen import drafts

        result = drafts.merge(base, theirs, new, date=date, where=name)
        if result.data is None:
            return Merged(None, result.reason)
        report = result.report
        paragraphs = len(report.updated) + len(report.inserted) + len(report.deleted)
        said = f"{len(report.figures)} figures, {paragraphs} paragraphs, {len(report.conflicts)} conflicts"
        return Merged(result.data, said)

    return merge


def newest_day(sources: Sequence[Source]) -> str:
    """The newest day of publication, YYYY-MM-DD."""
    return max(source.published for source in sources).isoformat()
