"""How much one source document may cost: sizes that `read` refuses to go beyond, time and memory of its process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one document, in bytes, characters and counts. `members`, `inflated` and `ratio` are about docx (zip).

    Seconds and megabytes are for everything that is done with the document alone, to its figures.
    """

    max_bytes: int = 64 * 2**20
    max_chars: int = 20_000_000
    max_members: int = 2_000
    max_inflated: int = 256 * 2**20
    max_ratio: int = 200
    max_pages: int = 2_000
    max_seconds: int = 240
    max_megabytes: int = 1_024
