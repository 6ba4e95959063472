"""The structure tree of a tagged PDF: what is a heading, a paragraph, a cell, and what a chart says in words.

Elements are made while blocks are laid out, in reading order; the pen says what each of them has drawn; `write` puts
the tree into the file. reportlab has no part for this, so the dictionaries are made here (ISO 32000-1, 14.7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content number `mark` of page `page` (both from 0)."""

    page: int
    mark: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation on a page."""

    page: int
    reference: Any


@dataclass(slots=True, eq=False)
class Element:
    """A structure element: its kind (P, H1, TD, Figure ...), what it holds, and the words for a picture.

    `columns`: how many columns a table head spans.
    """

    kind: str
    alt: str = ""
    columns: int = 1
    children: list[Element | Content | Annotation] = field(default_factory=list)

    def add(self, kind: str, alt: str = "") -> Element:
        """A new element at the end of this one."""
        child = Element(kind, alt)
        self.children.append(child)
        return child


@dataclass(slots=True)
class Tags:
    """Which element holds each piece of content: `pages[page][mark]`, and each link in `links`."""

    pages: list[list[Element]]
    links: list[Element] = field(default_factory=list)

    def content(self, page: int, element: Element) -> int:
        """Note that `element` draws on `page`; the number of the marked content."""
        mark = len(self.pages[page])
        self.pages[page].append(element)
        element.children.append(Content(page, mark))
        return mark

    def link(self, element: Element) -> int:
        """The number of a link annotation that belongs to `element`."""
        self.links.append(element)
        return len(self.pages) + len(self.links) - 1


def write(canvas: Any, root: Element, tags: Tags) -> None:
    """Put the tree into the document of `canvas`; to be called when all pages are drawn."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString

    document = canvas._doc
    names: dict[int, str] = {}

    def reference(element: Element) -> Any:
        return PDFObjectReference(names.setdefault(id(element), f"se{len(names)}"))

    def page(number: int) -> Any:
        return document.Reference(document.Pages.pages[number])

    def kid(child: Element | Content | Annotation, home: int | None) -> Any:
        if isinstance(child, Element):
            return reference(child)
        if isinstance(child, Content):
            if child.page == home:
                return child.mark
            return _flat({"Type": PDFName("MCR"), "Pg": page(child.page), "MCID": child.mark})
        return _flat({"Type": PDFName("OBJR"), "Pg": page(child.page), "Obj": child.reference})

    def _flat(entries: dict[str, Any]) -> Any:
        made = PDFDictionary(entries)
        made.multiline = False
        return made

    def put(element: Element, parent: Any) -> None:
        element.children = [child for child in element.children if not _empty(child)]
        home = next((child.page for child in element.children if isinstance(child, Content)), None)
        entries: dict[str, Any] = {"S": PDFName(element.kind), "P": parent}
        if home is not None:
            entries["Pg"] = page(home)
        kids = [kid(child, home) for child in element.children]
        if kids:
            entries["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
        if element.alt:
            entries["Alt"] = PDFString(element.alt)
        if element.kind == "TH":
            spans = {"ColSpan": element.columns} if element.columns > 1 else {}
            entries["A"] = _flat({"O": PDFName("Table"), "Scope": PDFName("Column"), **spans})
        own = reference(element)
        document.Reference(_flat(entries), names[id(element)])
        for child in element.children:
            if isinstance(child, Element):
                put(child, own)

    top = PDFObjectReference("seTop")
    put(root, top)
    numbers: list[Any] = []
    for number, holders in enumerate(tags.pages):
        numbers += [number, PDFArray([reference(element) for element in holders])]
    for number, element in enumerate(tags.links, start=len(tags.pages)):
        numbers += [number, reference(element)]
    tree = {"Type": PDFName("StructTreeRoot"), "K": reference(root), "ParentTree": _flat({"Nums": PDFArray(numbers)})}
    document.Reference(_flat(tree), "seTop")
    document.Catalog.StructTreeRoot = top
    document.Catalog.MarkInfo = _flat({"Marked": "true"})
    for number, made in enumerate(document.Pages.pages):
        # The page class of reportlab does not know these two keys.
        made.__NoDefault__ = [*made.__NoDefault__, "StructParents", "Tabs"]
        made.StructParents, made.Tabs = number, PDFName("S")


def _empty(child: Element | Content | Annotation) -> bool:
    """Whether nothing was drawn for an element; empty cells stay, for a row needs all of its cells."""
    return (
        isinstance(child, Element) and child.kind not in ("TD", "TH") and all(_empty(inner) for inner in child.children)
    )
