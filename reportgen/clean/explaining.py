"""What cleaning did to a document, as lines for people: which fix, where in the source file, what became what."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping

from ..model import Document, Repair

_EXCERPT = 40
_ALIKE = 5
"""So many repairs of one fix are shown in full; of fixes that fire by the thousand the rest is counted."""


def report(document: Document, purposes: Mapping[str, str], *, every: bool) -> str:
    """One line for each repair of a cleaned document; `purposes` says of each fix what it does."""
    return "\n".join(_lines(document, purposes, every)) + "\n"


def _lines(document: Document, purposes: Mapping[str, str], every: bool) -> Iterator[str]:
    counts = Counter(repair.fix for repair in document.repairs)
    yield f"{document.name}: {document.media_type}, {document.encoding}, {len(document.raw)} characters"
    for problem in document.problems:
        yield f"  {problem.severity}: {problem.message}"
    if not counts:
        yield "  nothing to repair"
    line_starts = [0, *(index + 1 for index, char in enumerate(document.raw) if char == "\n")]
    for name, count in counts.items():
        yield f"  {name}: {count} place{'s' if count > 1 else ''}. {purposes.get(name, '')}".rstrip()
        repairs = [repair for repair in document.repairs if repair.fix == name]
        shown = repairs if every or count <= 4 * _ALIKE or any(r.lossy for r in repairs) else repairs[:_ALIKE]
        for repair in shown:
            yield f"    {_place(repair, line_starts)}: {_shown(repair.before)} -> {_shown(repair.after)}{_note(repair)}"
        if len(shown) < count:
            yield f"    and {count - len(shown)} more"


def _place(repair: Repair, line_starts: list[int]) -> str:
    line = bisect_right(line_starts, repair.start)
    return f"line {line}, column {repair.start - line_starts[line - 1] + 1} (offset {repair.start})"


def _shown(text: str) -> str:
    """`text` in quotes with invisible characters spelt out, long text cut in the middle."""
    if not text:
        return "nothing"
    if len(text) > _EXCERPT:
        text = f"{text[: _EXCERPT // 2]}…{text[-_EXCERPT // 4 :]}"
    return "'" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text) + "'"


def _note(repair: Repair) -> str:
    if "〓" in repair.after:
        return "  [lossy: 〓 stands for a character that the file does not tell]"
    return "  [lossy: bytes are missing; read from what the document says elsewhere]" if repair.lossy else ""
