"""A Word file as merging sees it: its package, its paragraphs in order, its tables, its pictures by hash.

`open_draft` reads the bytes of a base, an edited or a new file alike. It raises ReportgenError for what is not a sound
Word file; it changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from reportgen.drafts.lines import Line, read_line
from reportgen.errors import ReportgenError
from reportgen.ooxml import BASE, RELS, parse, qn, read_package

CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DECLINED: Final = "declined"
NUMBERED: Final = "numbered"
"""Attributes of the base copy in a merged file."""
DOCUMENT: Final = "word/document.xml"
LINKS: Final = "word/_rels/document.xml.rels"
_PROPERTIES: Final = "docProps/custom.xml"
_OPAQUE: Final = frozenset({qn("drawing"), qn("pict"), qn("object"), qn("txbxContent")})


@dataclass(slots=True)
class Draft:
    """An opened Word file. `styles` maps style ids to names; `media` relationship ids to hashes of pictures."""

    parts: dict[str, bytes]
    root: etree._Element
    lines: list[Line]
    styles: Mapping[str, str]
    media: Mapping[str, str]
    name: str
    kind: str
    date: str
    version: int
    imprint: str
    """Digest of the base copy inside: files that were made from one version share it. Empty where an editor lost it."""
    written: Mapping[str, str]
    """Bookmark of a figure -> what we printed there, by the base copy inside."""
    declined: frozenset[str]
    """Digests of what a person did not want of ours (declined.py), as the last merge noted them."""
    numbered: Mapping[str, tuple[str, ...]]
    """Bookmark of an entry of the evidence -> numbers that we gave it before (numbers.py), noted likewise."""
    alive: tuple[etree._Element, ...]
    """Every element: lxml forgets an element's identity when nobody holds it."""

    @property
    def body(self) -> etree._Element:
        """w:body."""
        found = self.root.find(qn("body"))
        assert found is not None
        return found

    def style_name(self, line: Line) -> str:
        """The name of a paragraph's style, lower case."""
        return self.styles.get(line.style, "").lower()


def open_draft(data: bytes, *, where: str) -> Draft:
    """The Word file. Raises ReportgenError when it is damaged, protected, not Word or carries macros."""
    parts = read_package(data, where=where)
    root = _root(parts, where)
    media = media_of(parts, where)
    styles = _styles(parts, where)
    # The table of contents is Word's own: it is rebuilt there on demand and is nobody's text.
    lines = [read_line(paragraph, media) for paragraph in paragraphs(root)]
    lines = [line for line in lines if not styles.get(line.style, "").lower().startswith("toc ")]
    return Draft(parts, root, lines, styles, media, *_identity(parts, where), tuple(root.iter()))


def _root(parts: Mapping[str, bytes], where: str) -> etree._Element:
    if DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        raise ReportgenError("is no Word file of ours", where=where, hint="a draft that reportgen wrote")
    if b"macroEnabled" in parts["[Content_Types].xml"] or any("vbaProject" in name for name in parts):
        raise ReportgenError("carries macros", where=where, hint="save it as a plain .docx")
    root = parse(parts[DOCUMENT], where=f"{where}:{DOCUMENT}")
    if root.find(qn("body")) is None:
        raise ReportgenError("holds no text", where=where, hint="a draft that reportgen wrote")
    return root


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs in order; text boxes and other opaque things are left alone."""
    for child in root:
        if child.tag == qn("p"):
            yield child
        elif child.tag not in _OPAQUE:
            yield from paragraphs(child)


def relationships(parts: Mapping[str, bytes], where: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> (kind, target) of the document part."""
    if LINKS not in parts:
        return {}
    root = parse(parts[LINKS], where=where)
    return {
        link.get("Id") or "": ((link.get("Type") or "").rsplit("/", 1)[-1], link.get("Target") or "")
        for link in root.iter(f"{{{RELS}}}Relationship")
    }


def media_of(parts: Mapping[str, bytes], where: str) -> dict[str, str]:
    """Relationship id -> hash of the picture or chart behind it."""
    found = {}
    for ident, (kind, target) in relationships(parts, where).items():
        path = part_at(target)
        if kind in _DRAWN and path in parts:
            found[ident] = _DRAWN[kind](parts[path], f"{where}:{path}")
    return found


def part_at(target: str) -> str:
    """The name of the part that a relationship of the document points to."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))


def _of_picture(content: bytes, where: str) -> str:
    return hashlib.sha256(content).hexdigest()


def _of_chart(content: bytes, where: str) -> str:
    """By what it says: editors write the same chart in many ways."""
    said = [element.text or "" for element in parse(content, where=where).iter(f"{{{CHART}}}v", _CHART_TEXT)]
    return hashlib.sha256("\n".join(map(_plain_number, said)).encode()).hexdigest()


def _plain_number(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return text


_DRAWN: Final[Mapping[str, Callable[[bytes, str], str]]] = {"image": _of_picture, "chart": _of_chart}


def _styles(parts: Mapping[str, bytes], where: str) -> dict[str, str]:
    if "word/styles.xml" not in parts:
        return {}
    names = {}
    for style in parse(parts["word/styles.xml"], where=where).iter(qn("style")):
        named = style.find(qn("name"))
        names[style.get(qn("styleId")) or ""] = "" if named is None else named.get(qn("val")) or ""
    return names


def _identity(
    parts: Mapping[str, bytes], where: str
) -> tuple[str, str, str, int, str, Mapping[str, str], frozenset[str], Mapping[str, tuple[str, ...]]]:
    """Name, kind, date and version of the base copy, its digest, its figures, and what the last merge noted beside it.

    Where an editor lost it: what the properties still say.
    """
    for part in sorted(parts):
        if part.startswith("customXml/item") and BASE.encode() in parts[part]:
            root = parse(parts[part], where=where)
            if root.tag == f"{{{BASE}}}base":
                try:
                    noted = (root.get(DECLINED) or "").split(), (root.get(NUMBERED) or "").split()
                    numbered = (entry.partition("=") for entry in noted[1])
                    numbers = {anchor: tuple(some.split(",")) for anchor, _, some in numbered}
                    return *_base_copy(root.text or ""), frozenset(noted[0]), numbers
                except (ValueError, KeyError, TypeError, IndexError):
                    break
    return *_properties(parts, where), 0, "", {}, frozenset(), {}


def _base_copy(text: str) -> tuple[str, str, str, int, str, Mapping[str, str]]:
    content = json.loads(text)
    written = {
        str(name): str(unit["text"])[start:end] for unit in content["units"] for _, name, start, end in unit["figures"]
    }
    imprint = hashlib.sha256(text.encode()).hexdigest()
    return str(content["name"]), str(content["kind"]), str(content["date"]), int(content["version"]), imprint, written


def _properties(parts: Mapping[str, bytes], where: str) -> tuple[str, str, str]:
    """Name, kind and date by the file's own properties, which editors keep when they drop the base copy."""
    if _PROPERTIES not in parts:
        return "", "", ""
    said = {
        entry.get("name") or "": "".join(str(text) for text in entry.itertext())
        for entry in parse(parts[_PROPERTIES], where=where)
    }
    return said.get("reportgen.name", ""), said.get("reportgen.kind", ""), said.get("reportgen.date", "")


def ancestor(element: etree._Element, tag: str) -> etree._Element | None:
    """The nearest ancestor with this wordprocessing tag."""
    return next(element.iterancestors(qn(tag)), None)
