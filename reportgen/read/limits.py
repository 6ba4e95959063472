"""How much one source document may cost: sizes that `read` refuses to go beyond, lowered in tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one document, in bytes, characters and counts. `members`, `inflated` and `ratio` are about docx (zip)."""

    max_bytes: int = 64 * 2**20
    max_chars: int = 20_000_000
    max_members: int = 2_000
    max_inflated: int = 256 * 2**20
    max_ratio: int = 200
    max_pages: int = 2_000
