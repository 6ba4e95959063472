"""Briefings as PDF: blocks are set by the house style and drawn with reportlab.

`render` gives the bytes of one file: all fonts embedded, links inside the document and to the evidence page only, no
date of the day, so that the same briefing always gives the same bytes. Nothing in a text is ever read as markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportgen import fonts as font_files
from reportgen.house import House
from reportgen.model import (
    Block,
    Briefing,
    Cards,
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Span,
    Table,
    Title,
)
from reportgen.render.pdf.body import end_boxes, heading_boxes, paragraph_boxes, picture_boxes
from reportgen.render.pdf.cards import card_boxes
from reportgen.render.pdf.contents import FEWEST_PAGES, ContentsPlace, Entry, with_contents
from reportgen.render.pdf.evidence import evidence_items
from reportgen.render.pdf.faces import load_faces
from reportgen.render.pdf.flow import Box, Item, NewPage, Page, paginate
from reportgen.render.pdf.head import key_points_boxes, masthead_boxes, title_boxes
from reportgen.render.pdf.metadata import describe
from reportgen.render.pdf.pack import pack
from reportgen.render.pdf.page import draw_page_number, draw_running_head
from reportgen.render.pdf.pen import Pen
from reportgen.render.pdf.setting import MM, Setting, tagged
from reportgen.render.pdf.table import table_boxes
from reportgen.render.pdf.tags import Tags
from reportgen.render.pdf.tags import write as write_tags


def load() -> None:
    """Load what rendering needs, so that processes forked from this one need not."""
    import reportlab.lib.utils
    import reportlab.pdfbase.ttfonts
    import reportlab.pdfgen.canvas  # noqa: F401


def render(briefing: Briefing, house: House, *, fonts: Path | None = None, desk: str = "") -> bytes:
    """`briefing` as a PDF file. `fonts` is an office's own font folder, `desk` the address of the evidence page.

    Raises UsageError for an unusable font.
    """
    page = house.page
    setting = Setting(house, load_faces(fonts), page.type_width * MM)
    pages = _pages(setting, briefing.blocks, page.type_height * MM)
    out = io.BytesIO()
    canvas = _canvas(out, briefing, house, setting)
    pen = Pen(canvas, page.height * MM, _targets(briefing), Tags([[] for _ in pages]), desk)
    date = next((block.date for block in briefing.blocks if isinstance(block, Masthead)), _date(briefing))
    for number, content in enumerate(pages, start=1):
        pen.page = number - 1
        if number > 1:
            draw_running_head(setting, pen, briefing.running_head, date)
        for x, y, draw in content:
            draw(pen, page.margins.left * MM + x, page.margins.top * MM + y)
        draw_page_number(setting, pen, number)
        canvas.showPage()
    pen.finish()
    write_tags(canvas, setting.root, pen.tags)
    canvas.save()
    return pack(out.getvalue())


def _pages(setting: Setting, blocks: tuple[Block, ...], height: float) -> list[Page]:
    """The pages; those of a longer briefing with contents on the second one."""
    items = list(_items(setting, blocks))
    places: dict[str, int] = {}
    pages = paginate(with_contents(items, setting, (), places), height)
    if len(pages) < FEWEST_PAGES:
        return pages
    entries = [
        Entry(block.text, block.anchor or f"heading:{index}")
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    return paginate(with_contents(items, setting, entries, places), height, places)


def missing_glyphs(briefing: Briefing, *, fonts: Path | None = None) -> tuple[str, ...]:
    """The characters of `briefing` that no face can draw (printed as 〓), in order of their code points."""
    text = "".join(filter(str.isprintable, set("".join(_texts(briefing)))))
    return tuple(sorted(font_files.missing(text, folder=fonts)))


def _canvas(out: io.BytesIO, briefing: Briefing, house: House, setting: Setting) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Binary streams: a fifth smaller than the text coding that reportlab would put around them.
    rl_config.useA85 = 0
    # Only the logo is ever opened, a local file: reportlab must not follow an address.
    rl_config.trustedSchemes, rl_config.trustedHosts = ["file"], ["none.invalid"]
    options: dict[str, Any] = {"initialFontName": setting.faces.chains["song"][0].name, "lang": "zh-CN"}
    canvas = Canvas(
        out,
        pagesize=(house.page.width * MM, house.page.height * MM),
        pageCompression=1,
        invariant=1,
        **options,
    )
    describe(canvas, briefing)
    return canvas


def _date(briefing: Briefing) -> str:
    return f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日"


def _items(setting: Setting, blocks: tuple[Block, ...]) -> Iterator[Item | ContentsPlace]:
    numbered = enumerate(blocks)
    depths = _depths(blocks)
    first_break = next((index for index, block in enumerate(blocks) if isinstance(block, PageBreak)), -1)
    for is_evidence, group in groupby(numbered, lambda entry: isinstance(entry[1], Evidence)):
        if is_evidence:
            yield from evidence_items(setting, [block for _, block in group if isinstance(block, Evidence)])
        else:
            for index, block in group:
                items = _block_items(setting, block, index, depths.get(index, 1))
                following = blocks[index + 1] if index + 1 < len(blocks) else None
                yield from _tied(items) if _belongs_to(block, following) else items
                if index == first_break:
                    yield ContentsPlace(setting.root.add("TOC"))


def _depths(blocks: tuple[Block, ...]) -> dict[int, int]:
    """Index of a heading -> its level in the structure, where none is skipped; the title is level 1.

    Without a title the name in the masthead is it; otherwise that has level 0: no heading.
    """
    titled = any(isinstance(block, Title) for block in blocks)
    depths, last = {}, 0
    for index, block in enumerate(blocks):
        if isinstance(block, Masthead):
            depths[index] = 0 if titled else 1
            last = max(last, depths[index])
        elif isinstance(block, Title):
            depths[index] = last = 1
        elif isinstance(block, Heading):
            depths[index] = last = min(max(block.level, 1) + 1, last + 1, 6)
    return depths


def _belongs_to(block: Block, following: Block | None) -> bool:
    """A note over a table or chart explains it and stands on its page."""
    return isinstance(block, Paragraph) and block.look == "note" and isinstance(following, Table | Picture)


def _tied(items: Sequence[Item]) -> list[Item]:
    return [replace(item, keep=True) if isinstance(item, Box) else item for item in items]


def _block_items(setting: Setting, block: Block, index: int, depth: int) -> Sequence[Item]:
    boxes: Sequence[Item]
    match block:
        case PageBreak():
            boxes = [NewPage()]
        case Masthead():
            boxes = masthead_boxes(setting, block, f"H{depth}" if depth else "P")
        case Title():
            boxes = title_boxes(setting, block)
        case KeyPoints():
            boxes = key_points_boxes(setting, block)
        case Cards():
            boxes = card_boxes(setting, block)
        case Heading():
            boxes = heading_boxes(setting, block, block.anchor or f"heading:{index}", depth)
        case Paragraph():
            boxes = tagged(paragraph_boxes(setting, block), setting.root.add("P"))
        case Table():
            boxes = table_boxes(setting, block, block.anchor)
        case Picture():
            boxes = picture_boxes(setting, block, block.anchor)
        case EndBlock():
            boxes = tagged(end_boxes(setting, block), setting.root.add("P"))
        case _:
            raise AssertionError(block)
    return boxes


def _targets(briefing: Briefing) -> dict[str, str]:
    """Anchor -> name in the file. Only anchors that exist, and only ways back that begin somewhere."""
    anchors: dict[str, None] = {}
    for index, block in enumerate(briefing.blocks):
        if isinstance(block, Heading):
            anchors[block.anchor or f"heading:{index}"] = None
        elif isinstance(block, Table | Picture) and block.anchor:
            anchors[block.anchor] = None
        elif isinstance(block, Evidence):
            anchors.update((entry.anchor, None) for entry in block.entries if entry.anchor)
    linked = (span.link for span in _spans(briefing.blocks) if span.link and span.text.strip())
    anchors.update((f"back:{link}", None) for link in linked if link in anchors)
    return {anchor: f"a{number}" for number, anchor in enumerate(anchors, start=1)}


def _spans(value: object) -> Iterator[Span]:
    return (found for found in _leaves(value) if isinstance(found, Span))


def _texts(value: object) -> Iterator[str]:
    for found in _leaves(value):
        if isinstance(found, str):
            yield found
        elif isinstance(found, Span):
            yield found.text


def _leaves(value: Any) -> Iterator[object]:
    """Every span and everything that is neither a tuple nor a value with fields, in order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        kind: Any = type(value)
        if kind is tuple:
            waiting += value[::-1]
        elif kind is not Span and (names := _names(kind)):
            waiting += [getattr(value, name) for name in names]
        else:
            yield value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a value to be looked into, last first."""
    return tuple(item.name for item in fields(kind))[::-1] if is_dataclass(kind) else ()
