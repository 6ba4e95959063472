"""Offsets as the page needs them: from the source file to the cleaned text, from code points to UTF-16.

Goes in: a document. Comes out: `Places`, which answers for spans of the file where they stand in the text on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from reportgen.model import Document

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Places:
    """Where things of the source file stand in the cleaned text, counted as JavaScript counts."""

    def __init__(self, document: Document) -> None:
        """Find the characters that JavaScript counts twice."""
        self._offsets = document.offsets
        self._length = len(document.text)
        self._beyond = [match.start() for match in _BEYOND.finditer(document.text)]

    def number(self, start: int, length: int) -> tuple[int, int]:
        """The text span that begins with the character at raw `start` and is `length` code points long."""
        first = min(self._offsets.text(start), self._length)
        return self.units(first), self.units(min(first + length, self._length))

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The text span, empty where nothing was kept, of what stood at raw [start, end)."""
        return self.units(self._before(start)), self.units(self._before(end))

    def units(self, offset: int) -> int:
        """A text offset in UTF-16 units."""
        return offset + bisect_left(self._beyond, offset) if self._beyond else offset

    def _before(self, raw: int) -> int:
        """How many characters of the text stood before `raw`."""
        texts, raws = self._offsets.text_starts, self._offsets.raw_starts
        run = bisect_left(raws, raw) - 1
        if run < 0:
            return 0
        end = texts[run + 1] if run + 1 < len(texts) else self._length
        return min(texts[run] + raw - raws[run], end)
