"""Source of a web page -> its main text, one line a block, with the way back into the source.

Navigation, sidebars and lists of links are left out; title and publication lines are kept. Table rows become lines with
tabs between cells. A second (mobile) copy of the article stays: `clean` knows repeated bodies.
"""

from __future__ import annotations

import html
import re

from ..model import OffsetMap
from .blocks import Block, Page, read_blocks, rows_of_data
from .pieces import Pieces

_SPACE = re.compile(r"[ \t\n\r\f]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_TOKEN = re.compile(rf"{_SPACE.pattern}|{_ENTITY.pattern}")
_SENTENCE = re.compile("[，。；,;]")
_DATED = re.compile("发布|来源|时间|日期|發布|來源")
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_DATE_ALONE = re.compile(rf"[(（]?{_DATE.pattern}日?[ T]?[\d:]{{0,8}}[)）]?")
_TODAY = re.compile("今天是|星期[一二三四五六日天]")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")
_MAIN_SHARE = 0.7
_SHORT_LINE = 80
_NEAR = 40
"""So many blocks before the main text may hold its title and its publication line."""


def main_text(source: str) -> tuple[str, OffsetMap]:
    """The text that a reader of the page came for, and where each character stood in `source`."""
    page = read_blocks(source)
    kept = _kept(page)
    pieces = Pieces()
    if page.published and not any(_states_date(block) for block in kept):
        value, start = page.published
        pieces.put("发布时间：", start)
        pieces.add(value, start)
        pieces.put("\n", start)
    data = set(rows_of_data(kept))
    before: Block | None = None
    for block in kept:
        if before:
            pieces.put(_separator(before, block, data), block.pieces[0][0])
        _write(pieces, source, block)
        before = block
    return pieces.text(), pieces.offsets()


def _kept(page: Page) -> list[Block]:
    """The blocks of the main text in order, with the title before and the publication lines around it."""
    blocks = [block for block in page.blocks if not block.aside]
    if 2 * sum(map(_prose, blocks)) < sum(map(_prose, page.blocks)):
        blocks = page.blocks  # class names mislead: most of the text would be gone
    main = _main_element(blocks)
    inside = [index for index, block in enumerate(blocks) if main in block.path]
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if inside and inside[0] <= index <= inside[-1]:
            if main in block.path and not _is_link_list(block):
                kept.append(block)
        elif inside and inside[0] - _NEAR <= index <= inside[-1] + _NEAR and _is_head(block, page, index < inside[0]):
            kept.append(block)
    if page.title and not any(block.plain[:_SHORT_LINE] in page.title.plain for block in kept[:12]):
        kept.insert(0, page.title)
    return kept


def _states_date(block: Block) -> bool:
    """Whether the block is a line that says when the page was published."""
    if len(block.plain) > _SHORT_LINE:
        return False
    return bool(_DATE.search(block.plain) and _DATED.search(block.plain)) or bool(_DATE_ALONE.fullmatch(block.plain))


def _prose(block: Block) -> int:
    """How much running text a block holds, in characters."""
    if 2 * block.linked > len(block.plain):
        return 0
    return len(block.plain) if _SENTENCE.search(block.plain) else len(block.plain) // 4


def _main_element(blocks: list[Block]) -> int:
    """Id of the innermost element that holds most of the running text."""
    weights: dict[int, int] = {}
    for block in blocks:
        prose = _prose(block)
        if prose:
            for element in block.path:
                weights[element] = weights.get(element, 0) + prose
    main, enough = 0, _MAIN_SHARE * weights.get(0, 0)
    for element in max((b.path for b in blocks), key=lambda path: sum(weights.get(e, 0) for e in path), default=()):
        if weights.get(element, 0) >= enough:
            main = element
    return main


def _is_link_list(block: Block) -> bool:
    short = len(block.plain) < _NEAR or not _SENTENCE.search(block.plain)
    return short and 10 * block.linked > 6 * sum(end - start for start, end in block.pieces)


def _is_head(block: Block, page: Page, before: bool) -> bool:
    """Whether a block outside the main text is its title or says when and by whom it was published."""
    if len(block.plain) > _SHORT_LINE or _TODAY.search(block.plain) or 2 * block.linked > len(block.plain):
        return False
    if _DATED.search(block.plain) and (before or _DATE.search(block.plain)):
        return True
    if not before:
        return False
    in_title = page.title is not None and len(block.plain) > 5 and block.plain in page.title.plain
    return in_title or block.tag == "h1" or _DATE.match(block.plain) is not None


def _separator(before: Block, block: Block, data: set[int]) -> str:
    if block.row not in data or before.row != block.row:
        return "\n"
    return "\t" * (block.cell - before.cell) or " "


def _write(pieces: Pieces, source: str, block: Block) -> None:
    """Add the text of `block`: entities decoded, runs of white space as one blank, none between Chinese characters."""
    first, blank = True, -1
    for start, end in block.pieces:
        position = start
        while position < end:
            match = _TOKEN.search(source, position, end)
            stop = match.start() if match else end
            if stop > position:
                if blank >= 0 and not first and not _joins(source, blank, pieces.last, source[position]):
                    pieces.put(" ", blank)
                pieces.add(source[position:stop], position)
                first, blank = False, -1
            if not match:
                break
            position = match.end()
            if match[0][0] != "&":
                blank = match.start() if blank < 0 else blank
                continue
            if blank >= 0 and not first:
                pieces.put(" ", blank)
            pieces.put(html.unescape(match[0]).replace("\r", " ").replace("\n", " "), match.start())
            first, blank = False, -1


def _joins(source: str, blank: int, before: str, after: str) -> bool:
    """Whether white space is only the source's own line break beside a Chinese character."""
    return source[blank] in "\r\n" and bool(_WIDE.match(before) or _WIDE.match(after))
