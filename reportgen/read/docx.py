"""Bytes of a Word file -> its text as the reader sees it: paragraphs and tables in order, numbers rebuilt.

Read from the XML, so that text in content controls and in tracked insertions is there and deleted text is not. A table
row is a line with tabs between cells. Headers, footers and comments are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..errors import DocumentError
from .limits import Limits
from .numbering import Numbering, W
from .package import parse, read_parts

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr")})
_PRINTED = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DOCUMENT = "word/document.xml"


def docx_text(data: bytes, *, name: str, limits: Limits) -> str:
    """The text of a .docx file. Raises DocumentError."""
    parts = read_parts(data, name=name, limits=limits)
    if _DOCUMENT not in parts:
        raise DocumentError("this is no Word document", where=name, hint="save it as .docx in Word or WPS")
    roots = {part: parse(parts[part], name=name) for part in parts if part.startswith("word/") and part[5:] in _READ}
    body = roots[_DOCUMENT].find(f"{W}body")
    if body is None:
        raise DocumentError("the Word file has no text", where=name, hint="open it in Word and save it again")
    numbering = Numbering(roots.get("word/numbering.xml"), roots.get("word/styles.xml"))
    text = "\n".join(_blocks(body, numbering))
    if not text.strip():
        raise DocumentError("the Word file has no text", where=name, hint="pictures of text cannot be read")
    return text


_READ = frozenset({"document.xml", "numbering.xml", "styles.xml"})


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The lines of the paragraphs and tables in `parent`, in order."""
    for element in parent:
        if element.tag == f"{W}p":
            yield numbering.label(element) + "".join(_runs(element))
            yield from _boxes(element, numbering)
        elif element.tag == f"{W}tbl":
            yield from _rows(element, numbering)
        elif element.tag not in _GONE and isinstance(element.tag, str):
            yield from _blocks(element, numbering)


def _rows(table: etree._Element, numbering: Numbering) -> Iterator[str]:
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
        yield "\t".join(" ".join(" ".join(_blocks(cell, numbering)).split()) for cell in cells)


def _runs(element: etree._Element) -> Iterator[str]:
    """The visible text inside a paragraph."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _PRINTED:
            yield _PRINTED[str(child.tag)]
        elif child.tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif child.tag not in _GONE and child.tag not in {f"{W}txbxContent", f"{_MC}Fallback"}:
            yield from _runs(child)


def _boxes(paragraph: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Text boxes that hang on a paragraph; the copy for old programs (Fallback) is left out."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(ancestor.tag in _GONE | {f"{_MC}Fallback"} for ancestor in box.iterancestors()):
            yield from _blocks(box, numbering)
