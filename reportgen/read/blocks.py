"""Source of a web page -> its blocks of text in order, each with the elements around it, its row and cell, its links.

A block is what stands between two block-level tags; text of inline elements runs on, so a number split over spans is
one number. Hidden elements and navigation elements are left out here already.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .markup import Tag, tokens

_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"input", "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "st1", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "ucaps", "v", "var", "wbr"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"}
)
_DROPPED = frozenset({"nav", "footer", "aside", "button", "option", "menu", "audio", "video", "canvas", "map"})
_CONTAINERS = frozenset({"", "html", "body", "div", "section", "article", "main", "td", "form", "center"})
_CLOSED_BY_SIBLING = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option"})
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|side|footer|foot|breadcrumbs?|crumbs?|share|related|recommend|comments?|"
    r"copyright|banner|search|login|hotnews|rank|toolbar|pagination|popup|ads?|qrcode|weixin)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_PUBLISHED = re.compile("pubdate|publishdate|published_time|publish_time|publishtime", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 256


@dataclass(slots=True)
class Block:
    """One run of text. `path` holds the ids of the containers around it, `row` and `cell` its place in a table."""

    path: tuple[int, ...]
    tag: str
    row: int
    cell: int
    aside: bool
    pieces: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0
    plain: str = ""


@dataclass(slots=True)
class Page:
    """The blocks of a page with text, the source span of its <title>, and of a stated date of publication."""

    blocks: list[Block]
    title: Block | None
    published: tuple[str, int] | None


@dataclass(slots=True)
class _Element:
    name: str
    id: int
    dropped: bool
    aside: bool
    row: int
    cell: int
    cells: int = 0


def read_blocks(source: str) -> Page:
    """The page's blocks that hold text."""
    page = Page([], None, None)
    walk = _Walk(source, page)
    for token in tokens(source):
        if isinstance(token, Tag):
            walk.tag(token)
        else:
            walk.text(token.start, token.end)
    for block in [*walk.blocks, *([page.title] if page.title else [])]:
        joined = "".join(source[start:end] for start, end in block.pieces)
        block.plain = _SPACE.sub(" ", html.unescape(joined)).strip()
    page.blocks = [block for block in walk.blocks if block.plain]
    return page


class _Walk:
    """The state of reading a page: the open elements and the block under construction."""

    def __init__(self, source: str, page: Page) -> None:
        self.blocks: list[Block] = []
        self._source = source
        self._page = page
        self._open: list[_Element] = [_Element("", 0, False, False, 0, 0)]
        self._count = 0
        self._links = 0
        self._block: Block | None = None

    def text(self, start: int, end: int) -> None:
        """Text of the innermost open element."""
        inner = self._open[-1]
        if inner.name == "title":
            self._page.title = self._page.title or Block((), "title", 0, 0, False)
            self._page.title.pieces.append((start, end))
            return
        if inner.dropped:
            return
        if self._block is None:
            path = tuple(element.id for element in self._open[:_DEEPEST] if element.name in _CONTAINERS)
            tag = next((e.name for e in reversed(self._open[-8:]) if e.name not in _INLINE), "")
            self._block = Block(path, tag, inner.row, inner.cell, inner.aside)
            self.blocks.append(self._block)
        self._block.pieces.append((start, end))
        if self._links:
            self._block.linked += end - start

    def tag(self, tag: Tag) -> None:
        """An opening or closing tag."""
        if tag.name not in _INLINE:
            self._block = None
        if tag.closing:
            self._close(tag.name)
        elif tag.name == "meta":
            self._meta(tag)
        elif tag.name not in _VOID:
            self._opened(tag)

    def _opened(self, tag: Tag) -> None:
        if tag.name in _CLOSED_BY_SIBLING and self._open[-1].name == tag.name:
            self._close(tag.name)
        parent = self._open[-1]
        self._count += 1
        element = _Element(tag.name, self._count, parent.dropped, parent.aside, parent.row, parent.cell)
        attributes = tag.attributes(self._source)
        style = attributes.get("style", ("", 0))[0]
        if tag.name in _DROPPED or "hidden" in attributes or _HIDDEN.search(style):
            element.dropped = True
        if tag.name not in {"body", "html", *_INLINE}:
            names = attributes.get("class", ("", 0))[0] + " " + attributes.get("id", ("", 0))[0]
            element.aside = parent.aside or _ASIDE.search(names) is not None
        if tag.name == "tr":
            element.row, element.cell = element.id, 0
        elif tag.name in {"td", "th"}:
            parent.cells += 1
            element.cell = parent.cells
        elif tag.name == "a":
            self._links += 1
        self._open.append(element)

    def _close(self, name: str) -> None:
        depth = len(self._open) - 1
        lowest = max(1, depth - _DEEPEST)
        while depth >= lowest and self._open[depth].name != name:
            depth -= 1
        if depth < lowest:
            return
        for element in self._open[depth:]:
            self._links -= element.name == "a"
        del self._open[depth:]

    def _meta(self, tag: Tag) -> None:
        attributes = tag.attributes(self._source)
        name = attributes.get("name") or attributes.get("property") or ("", 0)
        if self._page.published is None and _PUBLISHED.search(name[0]) and "content" in attributes:
            self._page.published = attributes["content"]


def rows_of_data(blocks: list[Block], longest: int = 200) -> Iterator[int]:
    """Ids of the table rows whose cells hold data: two or more, none with a page of text in it."""
    cells: dict[int, dict[int, int]] = {}
    for block in blocks:
        if block.row:
            row = cells.setdefault(block.row, {})
            row[block.cell] = row.get(block.cell, 0) + len(block.plain)
    for row_id, row in cells.items():
        if len(row) > 1 and max(row.values()) <= longest:
            yield row_id
