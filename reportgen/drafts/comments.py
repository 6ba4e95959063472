"""Comments in a Word file: added beside those of people, never instead of them."""

from __future__ import annotations

from lxml import etree

from reportgen.drafts.document import DOCUMENT, LINKS, relationships
from reportgen.drafts.lines import AUTHOR
from reportgen.ooxml import RELS, TYPES, R, W, parse, qn, serialise

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def add_comments(parts: dict[str, bytes], notes: list[tuple[etree._Element, str]], date: str) -> None:
    """Puts one comment on each paragraph of `notes`; changes `parts` (not the document part, whose tree is given)."""
    if not notes:
        return
    name, root = _comments(parts)
    number = max([int(comment.get(qn("id")) or 0) for comment in root.iter(qn("comment"))], default=-1)
    for paragraph, text in notes:
        number += 1
        root.append(_comment(number, text, date))
        _mark(paragraph, number)
    parts[name] = serialise(root)


def _comment(number: int, text: str, date: str) -> etree._Element:
    comment = etree.Element(qn("comment"))
    for key, value in (("id", str(number)), ("author", AUTHOR), ("date", date), ("initials", "rg")):
        comment.set(qn(key), value)
    for line in text.split("\n"):
        paragraph = etree.SubElement(comment, qn("p"))
        run = etree.SubElement(paragraph, qn("r"))
        content = etree.SubElement(run, qn("t"))
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        content.text = line
    return comment


def _mark(paragraph: etree._Element, number: int) -> None:
    start, end = etree.Element(qn("commentRangeStart")), etree.Element(qn("commentRangeEnd"))
    run = etree.Element(qn("r"))
    reference = etree.SubElement(run, qn("commentReference"))
    for element in (start, end, reference):
        element.set(qn("id"), str(number))
    paragraph.insert(1 if paragraph.find(qn("pPr")) is not None else 0, start)
    paragraph.extend([end, run])


def _comments(parts: dict[str, bytes]) -> tuple[str, etree._Element]:
    """Name and tree of the comments part; made and registered where there is none."""
    for kind, target in relationships(parts, DOCUMENT).values():
        name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
        if kind == "comments" and name in parts:
            return name, parse(parts[name], where=name)
    name = "word/comments.xml"
    add_relationship(parts, "rIdReportgenComments", "comments", "comments.xml")
    types = parse(parts["[Content_Types].xml"], where="[Content_Types].xml")
    override = etree.SubElement(types, f"{{{TYPES}}}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", _TYPE)
    parts["[Content_Types].xml"] = serialise(types)
    return name, etree.Element(qn("comments"), nsmap={"w": W})


def add_relationship(parts: dict[str, bytes], ident: str, kind: str, target: str, *, outside: bool = False) -> None:
    """A relationship of the document part, `outside` to another file; nothing happens when it is there already."""
    if ident in relationships(parts, DOCUMENT):
        return
    root = parse(parts[LINKS], where=LINKS)
    link = etree.SubElement(root, f"{{{RELS}}}Relationship")
    link.set("Id", ident)
    link.set("Type", f"{R}/{kind}")
    link.set("Target", target)
    if outside:
        link.set("TargetMode", "External")
    parts[LINKS] = serialise(root)
