"""What a merge did or would do, in words for the run's report; no XML."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both sides changed: what stands there, what we would write, the source behind it."""

    theirs: str
    new: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A linked figure whose value was updated."""

    figure_id: str
    old: str
    new: str


@dataclass(slots=True)
class MergeReport:
    """Counts and places; `kept_deleted` are paragraphs of ours that the person took out and that stay out."""

    figures: list[FigureChange] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    kept_deleted: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many places of the edited file change."""
        return len(self.figures) + len(self.updated) + len(self.inserted) + len(self.deleted) + len(self.conflicts)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged file, or None with the reason why it was not attempted; then the person's file stays as it is."""

    data: bytes | None
    report: MergeReport
    reason: str = ""
