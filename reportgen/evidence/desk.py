"""What the evidence page shows, before it is turned into JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.model import Briefing, Change, Extraction, Figure, Problem
from reportgen.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Desk:
    """An issue as the desk sees it: `figures` are those of `extractions` with the key ones marked.

    `briefings` and `files` tell where figures are printed: path -> briefing, path -> the names of its files in the
    issue's folder. `charts` holds the briefings' own charts as SVG, by the chart's id.
    """

    month: str
    extractions: tuple[Extraction, ...]
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    briefings: Mapping[str, Briefing]
    files: Mapping[str, tuple[str, ...]]
    vocabulary: Vocabulary
    charts: Mapping[str, str] = field(default_factory=dict)
