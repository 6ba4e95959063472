"""A briefing as a Word file: real styles, real headings, anchored figures, a base copy inside.

`render` takes the blocks, the house and the office's house.docx and gives the bytes of a .docx. It reads nothing but
the template, writes nothing, and gives the same bytes for the same input.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reportgen.house import House
from reportgen.model import Briefing, Problem
from reportgen.ooxml import DESK, write_package
from reportgen.render.docx.anchors import Anchors
from reportgen.render.docx.body import anchors_of, body
from reportgen.render.docx.markup import part, w
from reportgen.render.docx.native import chart_parts
from reportgen.render.docx.page import running_parts, running_relationships
from reportgen.render.docx.parts import (
    Relationship,
    base_parts,
    content_types,
    document_relationships,
    properties,
    settings,
)
from reportgen.render.docx.template import check_template, load_template
from reportgen.render.docx.text import Writer

__all__ = ["check_template", "render"]


def render(
    briefing: Briefing,
    house: House,
    *,
    template: Path,
    pages: Mapping[str, int] | None = None,
    problems: list[Problem] | None = None,
    native_charts: bool = False,
    desk: str = "",
) -> bytes:
    """The briefing as .docx bytes.

    `template` is the office's house.docx. `pages` gives the page of a heading's anchor for the table of contents, for
    instance from the PDF. `native_charts`: bars are drawn by Word and can be edited there. `desk` is the address of
    the evidence page, to whose sentences the evidence numbers lead. Characters that Word cannot hold are printed as 〓
    and added to `problems`.
    Raises UsageError or TemplateError for a template that is unreadable, unsafe or lacks a style.
    """
    styles = load_template(template, house)
    writer = Writer(house, styles, Anchors(anchors_of(briefing)), native=native_charts, desk=desk)
    content = body(writer, briefing, pages or {})
    links = _relationships(writer)
    parts = dict(styles.parts)
    parts.update(properties(briefing))
    parts.update(running_parts(briefing, styles))
    parts.update(base_parts(writer.anchors.base_copy(briefing)))
    parts.update({f"word/media/image{n}.png": png for n, png in enumerate(writer.pictures, 1)})
    for n, chart in enumerate(writer.charts, 1):
        parts.update(chart_parts(chart, house, n))
    parts["word/settings.xml"] = settings(house)
    parts["word/document.xml"] = part("document", w("body", *content))
    parts["word/_rels/document.xml.rels"] = document_relationships(links)
    parts["[Content_Types].xml"] = content_types(links, whole=True)
    if problems is not None:
        problems.extend(writer.problems)
    return write_package(parts)


def _relationships(writer: Writer) -> list[Relationship]:
    links = [Relationship("rIdSettings", "settings", "settings.xml")]
    for name in sorted(writer.template.parts):
        kind = "theme" if name.startswith("word/theme/") else name.removeprefix("word/").removesuffix(".xml")
        links.append(Relationship(f"rIdTemplate{len(links)}", kind, name.removeprefix("word/")))
    links += running_relationships()
    links += [Relationship(f"rIdImage{n}", "image", f"media/image{n}.png") for n in range(1, len(writer.pictures) + 1)]
    links += [Relationship(f"rIdChart{n}", "chart", f"charts/chart{n}.xml") for n in range(1, len(writer.charts) + 1)]
    links.append(Relationship("rIdBase", "customXml", "../customXml/item1.xml"))
    if writer.desk:
        links.append(Relationship(DESK, "hyperlink", writer.desk, outside=True))
    return links
