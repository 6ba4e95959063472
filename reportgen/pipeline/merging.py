"""A new version taken into an edited Word draft, and in words what that did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.model import Source
from reportgen.publish import Merge, Merged, Plan


def merge_into(sources: Sequence[Source]) -> Merge:
    """The merge that publishing uses; its tracked changes are dated by the newest source, never by the clock."""
    date = newest(sources)

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


def newest(sources: Sequence[Source]) -> str:
    """The newest day of publication, YYYY-MM-DD."""
    return max(source.published for source in sources).isoformat()


def would(plan: Plan, folder: str) -> Iterator[str]:
    """What a build would do: every Word draft by what becomes of it, and the other files that it would touch."""
    for name in plan.merged:
        if name not in plan.same:
            yield f"merge {folder}/{name}: {plan.said[name]}"
    for name, beside in plan.beside.items():
        verb = "locked" if name in plan.locked else "conflict"
        yield f"{verb} {folder}/{name}: {plan.said[name]}; the new version would be {beside}"
    for name in plan.write:
        if name not in plan.merged and name not in plan.beside.values():
            word = "new" if name in plan.new and name.endswith(".docx") else "write"
            yield f"{word} {folder}/{name}"
    drafts = [name for name in plan.same if name not in plan.beside.values()]
    yield from (f"unchanged {folder}/{name}" for name in drafts if name.endswith(".docx"))
    yield from (f"remove {folder}/{name}" for name in plan.remove)
