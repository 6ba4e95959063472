"""Choosing: what a briefing says first, in the words of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of whole clauses of one source sentence: [start, end) of `sentence`, and the figures printed in it."""

    doc: str
    sentence_start: int
    sentence: str
    start: int
    end: int
    figure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One sector of one area: `sentences` for its summary, `points` for 本期要点 (at most two lines)."""

    area: str
    sector: str
    sentences: tuple[Excerpt, ...]
    points: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All digests, and every figure's weight: the larger, the sooner it is printed on page 1."""

    digests: tuple[Digest, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
