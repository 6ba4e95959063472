"""Source of a web page -> a flat list of tags and text with their places in the source. Linear time, any input.

No tree is built and nothing is fetched. Script, style and the like are passed over; comments and declarations too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RAW_TEXT = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "object", "math"}
)
_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_DELIMITER = re.compile("[>\"']")
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][\w:-]{0,40})\s{0,8}=\s{0,8}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'>]{1,4000}))"""
)


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag at [start, end)."""

    name: str
    closing: bool
    start: int
    end: int

    def attributes(self, source: str) -> dict[str, tuple[str, int]]:
        """Attribute name in lower case -> its value as written and where that begins."""
        found: dict[str, tuple[str, int]] = {}
        for match in _ATTRIBUTE.finditer(source, self.start, self.end):
            group = match.lastindex or 1
            found.setdefault(match[1].lower(), (match[group], match.start(group)))
        return found


@dataclass(frozen=True, slots=True)
class Text:
    """Text [start, end) between tags, entities not yet decoded."""

    start: int
    end: int


def tokens(source: str) -> Iterator[Tag | Text]:
    """The tags and texts of `source` from left to right."""
    position, length = 0, len(source)
    quotes_left = {'"', "'"}
    while position < length:
        opened = source.find("<", position)
        if opened < 0:
            opened = length
        if opened > position:
            yield Text(position, opened)
        if opened == length:
            return
        position = _after_markup(source, opened)
        if position > opened:
            continue
        closing = source.startswith("/", opened + 1)
        name = _NAME.match(source, opened + 1 + closing)
        if not name:
            yield Text(opened, opened + 1)
            position = opened + 1
            continue
        position = _tag_end(source, name.end(), quotes_left)
        tag = Tag(name[0].lower(), closing, opened, position)
        if tag.name in _RAW_TEXT and not closing and source[position - 2 : position] != "/>":
            ending = re.compile(f"</{tag.name}", re.IGNORECASE).search(source, position)
            position = _tag_end(source, ending.end(), quotes_left) if ending else length
            continue
        yield tag


def _after_markup(source: str, opened: int) -> int:
    """End of the comment, declaration or instruction at `opened`; `opened` itself where there is none."""
    if source.startswith("<!--", opened):
        end = source.find("-->", opened + 4)
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?"), opened):
        end = source.find(">", opened)
        return len(source) if end < 0 else end + 1
    return opened


def _tag_end(source: str, position: int, quotes_left: set[str]) -> int:
    """End of the tag whose name ends at `position`: behind its `>`, one in quotes not counted.

    `quotes_left` remembers which quotes still occur further on, so that broken pages cost no more than whole ones.
    """
    while True:
        found = _DELIMITER.search(source, position)
        if not found:
            return len(source)
        position = found.end()
        if found[0] == ">":
            return position
        if found[0] in quotes_left:
            closed = source.find(found[0], position)
            if closed < 0:
                quotes_left.discard(found[0])
            else:
                position = closed + 1
