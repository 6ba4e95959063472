"""Text put together from pieces of a source, with the way back: where in the source each character stood."""

from __future__ import annotations

from ..model import OffsetMap


class Pieces:
    """A text under construction and its offset map."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.length = 0
        self.last = ""
        """The last character so far."""
        self._parts: list[str] = []
        self._text_starts: list[int] = []
        self._raw_starts: list[int] = []

    def add(self, text: str, raw_start: int) -> None:
        """Add `text`, which stands in the source from `raw_start` on, character by character."""
        if not text:
            return
        if not self._text_starts or self._raw_starts[-1] + self.length - self._text_starts[-1] != raw_start:
            self._text_starts.append(self.length)
            self._raw_starts.append(raw_start)
        self._parts.append(text)
        self.length += len(text)
        self.last = text[-1]

    def put(self, text: str, raw_start: int) -> None:
        """Add `text` that stands for what is at `raw_start` but is not spelt so there (an entity, a line break)."""
        for char in text:
            self.add(char, raw_start)

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def offsets(self) -> OffsetMap:
        """Its offset map."""
        return OffsetMap(tuple(self._text_starts) or (0,), tuple(self._raw_starts) or (0,))
