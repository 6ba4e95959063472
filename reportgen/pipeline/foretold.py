"""What a build would do, in words: the lines of `reportgen build --dry-run`.

In: the plan of a publication. Out: a line for each Word draft and each file that would be touched. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.publish import Plan


def foretold(plan: Plan, folder: str) -> Iterator[str]:
    """Every Word draft by what becomes of it, and the other files that would be written or removed in `folder`."""
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
