"""Page set-up: sections, running heads, page numbers, and the order of the blocks on the pages.

Evidence stands in two columns, in a continuous section of its own. The running head begins on page 2; page numbers
stand right on odd pages and left on even ones.
"""

from __future__ import annotations

from typing import Final

from reportgen.house import House
from reportgen.model import Block, Briefing, Evidence, Masthead
from reportgen.render.docx.markup import escape, part, text_of, twips, w
from reportgen.render.docx.parts import Relationship
from reportgen.render.docx.template import Template

RUNNING: Final = (
    ("header", "default", "header1.xml"),
    ("header", "even", "header2.xml"),
    ("header", "first", "header3.xml"),
    ("footer", "default", "footer1.xml"),
    ("footer", "even", "footer2.xml"),
    ("footer", "first", "footer3.xml"),
)
COLUMN_GAP: Final = 5.0


def running_relationships() -> list[Relationship]:
    """Relationships of the running heads and feet."""
    return [Relationship(f"rIdRunning{n}", kind, target) for n, (kind, _, target) in enumerate(RUNNING, 1)]


def running_parts(briefing: Briefing, template: Template) -> dict[str, bytes]:
    """The six running heads and feet; the first page has a page number only."""
    date = _printed_date(briefing)
    head = w("r", text_of(briefing.running_head)) + w("r", w("tab")) + w("r", text_of(date))
    texts = {
        ("header", "default"): _line(template, "header", head),
        ("header", "even"): _line(template, "header", head),
        ("header", "first"): w("p", w("pPr", w("pStyle", val=template.style("窄间隔")))),
        ("footer", "default"): _line(template, "页码单", _page_number()),
        ("footer", "even"): _line(template, "页码双", _page_number()),
        ("footer", "first"): _line(template, "页码单", _page_number()),
    }
    return {
        f"word/{target}": part("hdr" if kind == "header" else "ftr", texts[kind, which])
        for kind, which, target in RUNNING
    }


def _printed_date(briefing: Briefing) -> str:
    for block in briefing.blocks:
        if isinstance(block, Masthead) and block.date:
            return block.date
    return f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日"


def _line(template: Template, style: str, runs: str) -> str:
    return w("p", w("pPr", w("pStyle", val=template.style(style))), runs)


def _page_number() -> str:
    return "".join(
        (
            w("r", text_of("— ")),
            w("r", w("fldChar", fldCharType="begin")),
            w("r", '<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            w("r", w("fldChar", fldCharType="separate")),
            w("r", text_of("1")),
            w("r", w("fldChar", fldCharType="end")),
            w("r", text_of(" —")),
        )
    )


def section(house: House, *, first: bool = False, continuous: bool = False, columns: int = 1) -> str:
    """Section properties; the first section names the running heads, later ones inherit them."""
    page = house.page
    below = page.margins.bottom - page.page_number - house.role("page-number").word_size / 72 * 25.4
    references = [
        f'<w:{kind}Reference w:type="{which}" r:id="{escape(f"rIdRunning{number}")}"/>'
        for number, (kind, which, _) in enumerate(RUNNING, 1)
    ]
    return w(
        "sectPr",
        *(references if first else []),
        w("type", val="continuous") if continuous else "",
        w("pgSz", w=twips(page.width), h=twips(page.height)),
        w(
            "pgMar",
            top=twips(page.margins.top),
            right=twips(page.margins.right),
            bottom=twips(page.margins.bottom),
            left=twips(page.margins.left),
            header=twips(page.header),
            footer=twips(max(below, 5)),
            gutter=0,
        ),
        w("cols", num=columns if columns > 1 else None, space=twips(COLUMN_GAP)),
        w("titlePg") if first else "",
    )


def with_section(paragraph: str, properties: str) -> str:
    """The paragraph as the last one of a section."""
    return paragraph.replace("</w:pPr>", f"{properties}</w:pPr>", 1)


def evidence_groups(blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    """Runs of neighbouring Evidence blocks as half-open index spans."""
    groups: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        if not isinstance(block, Evidence):
            continue
        if groups and groups[-1][1] == number:
            groups[-1] = (groups[-1][0], number + 1)
        else:
            groups.append((number, number + 1))
    return groups
