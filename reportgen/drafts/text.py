"""What an edited draft says: its paragraphs as a reader sees them, with the figures linked in them.

Reads the XML itself: text in content controls and tracked insertions counts, struck-out text does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import OBJECT


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One paragraph: its key (empty where a person wrote it), style name, text, (figure id, text) of its figures."""

    key: str
    style: str
    text: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft's paragraphs in order, and which briefing and issue it is of (empty where an editor lost that).

    Files that were made from one version share an `imprint`.
    """

    name: str
    kind: str
    date: str
    imprint: str
    lines: tuple[DraftLine, ...]

    @property
    def text(self) -> str:
        """All words, one paragraph a line."""
        return "\n".join(line.text for line in self.lines if line.text)


def read_draft(data: bytes, *, where: str = "draft") -> DraftText:
    """The words of a draft. Raises ReportgenError for a file that is no sound Word file."""
    draft = open_draft(data, where=where)
    lines = tuple(
        DraftLine(
            line.key,
            draft.styles.get(line.style, ""),
            line.text.replace(OBJECT, ""),
            tuple((slot.id, slot.text) for slot in line.slots if slot.kind == "figure"),
        )
        for line in draft.lines
    )
    return DraftText(draft.name, draft.kind, draft.date, draft.imprint, lines)
