"""The structure tree of a tagged PDF: what is a heading, a paragraph, a cell, and what a chart says in words.

Elements are made while blocks are laid out, in reading order; the pen says what each of them has drawn; `write` puts
the tree into the file. reportlab has no part for this, so the dictionaries are made here (ISO 32000-1, 14.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportgen.render.pdf.objects import as_written, object_number, reserve, string


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
    from reportlab.pdfbase.pdfdoc import PDFName

    document = canvas._doc
    made = document.Pages.pages
    pages = [object_number(document, document.Reference(page)) for page in made]
    elements = list(_drawn(root))
    numbers = {id(element): reserve(document) for element, _ in elements}
    top = reserve(document)

    def kid(child: Element | Content | Annotation, home: int | None) -> str:
        if isinstance(child, Element):
            return f"{numbers[id(child)][0]} 0 R"
        if isinstance(child, Content):
            mark = child.mark
            return str(mark) if child.page == home else f"<</Type/MCR/Pg {pages[child.page]} 0 R/MCID {mark}>>"
        place = object_number(document, child.reference)
        return f"<</Type/OBJR/Pg {pages[child.page]} 0 R/Obj {place} 0 R>>"

    for element, parent in elements:
        above = numbers[id(parent)][0] if parent else top[0]
        home = next((child.page for child in element.children if isinstance(child, Content)), None)
        parts = [f"<</S/{element.kind}/P {above} 0 R"]
        if home is not None:
            parts.append(f"/Pg {pages[home]} 0 R")
        kids = [
            kid(child, home) for child in element.children if id(child) in numbers or not isinstance(child, Element)
        ]
        parts.append(f"/K [{' '.join(kids)}]" if kids else "")
        if element.kind == "TH":
            parts.append(f"/A<</O/Table/Scope/Column/ColSpan {element.columns}>>")
        parts.append(f"/Alt {string(element.alt)}" if element.alt else "")
        numbers[id(element)][1].text = f"{''.join(parts)}>>".encode("ascii")
    held = [
        f"{page} [{' '.join(f'{numbers[id(owner)][0]} 0 R' for owner in owners)}]"
        for page, owners in enumerate(tags.pages)
    ]
    held += [f"{at} {numbers[id(owner)][0]} 0 R" for at, owner in enumerate(tags.links, start=len(tags.pages))]
    start = numbers[id(root)][0] if elements else 0
    kids_of_top = f"/K {start} 0 R" if elements else ""
    top[1].text = f"<</Type/StructTreeRoot{kids_of_top}/ParentTree<</Nums [{' '.join(held)}]>>>>".encode("ascii")
    document.Catalog.StructTreeRoot = top[1]
    document.Catalog.MarkInfo = as_written(b"<</Marked true>>")
    for number, page in enumerate(made):
        # The page class of reportlab does not know these two keys.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, PDFName("S")


def _drawn(element: Element, parent: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """Every element with its parent; those that drew nothing are left out."""
    if _empty(element):
        return
    yield element, parent
    for child in element.children:
        if isinstance(child, Element):
            yield from _drawn(child, element)


def _empty(element: Element) -> bool:
    """Whether nothing was drawn for an element; empty cells stay, for a row needs all of its cells."""
    if element.kind in ("TD", "TH"):
        return False
    return all(isinstance(child, Element) and _empty(child) for child in element.children)
