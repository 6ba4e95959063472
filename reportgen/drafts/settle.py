"""Accepting or rejecting tracked changes of one author, or of all: what a file says after every answer.

Works on a copy. Merging proves itself with it: our changes rejected must leave the person's file word for word.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from lxml import etree

from reportgen.drafts.lines import GONE, INSERTED
from reportgen.ooxml import detach, parent_of, qn


def settled(root: etree._Element, *, accept: bool, author: str | None = None) -> etree._Element:
    """A copy of the tree with the changes of `author` (None: everybody) accepted or rejected."""
    root = copy.deepcopy(root)
    dropped, kept = (GONE, INSERTED) if accept else (INSERTED, GONE)

    def ours(element: etree._Element) -> bool:
        return author is None or element.get(qn("author")) == author

    _rows(root, "del" if accept else "ins", "ins" if accept else "del", ours)
    for element in list(root.iter(*dropped)):
        if ours(element) and parent_of(element).tag != qn("rPr"):
            detach(element)
    _marks(root, "del" if accept else "ins", "ins" if accept else "del", ours)
    for element in list(root.iter(*kept)):
        if ours(element):
            _unwrap(element)
    for text in list(root.iter(qn("delText"))):
        if next(text.iterancestors(*GONE), None) is None:
            text.tag = qn("t")
    return root


def _unwrap(element: etree._Element) -> None:
    parent = parent_of(element)
    position = parent.index(element)
    for child in list(element):
        parent.insert(position, child)
        position += 1
    parent.remove(element)


def _rows(root: etree._Element, dropping: str, keeping: str, ours: Callable[[etree._Element], bool]) -> None:
    for row in list(root.iter(qn("tr"))):
        mark = row.find(f"{qn('trPr')}/{qn(dropping)}")
        if mark is not None and ours(mark):
            detach(row)
            continue
        mark = row.find(f"{qn('trPr')}/{qn(keeping)}")
        if mark is not None and ours(mark):
            detach(mark)
    for table in list(root.iter(qn("tbl"))):
        if table.find(qn("tr")) is None:
            detach(table)


def _marks(root: etree._Element, dropping: str, keeping: str, ours: Callable[[etree._Element], bool]) -> None:
    """Paragraph marks: one that goes joins its paragraph to the next."""
    for paragraph in list(root.iter(qn("p"))):
        mark = paragraph.find(f"{qn('pPr')}/{qn('rPr')}/{qn(keeping)}")
        if mark is not None and ours(mark):
            detach(mark)
    for paragraph in list(root.iter(qn("p"))):
        mark = paragraph.find(f"{qn('pPr')}/{qn('rPr')}/{qn(dropping)}")
        if mark is None or not ours(mark):
            continue
        following = paragraph.getnext()
        if following is None or following.tag != qn("p"):
            # The sign of a comment is no word.
            words = (run for run in paragraph.iter(qn("r")) if run.find(qn("commentReference")) is None)
            if next(words, None) is None and _spare(paragraph):
                detach(paragraph)
            else:
                detach(mark)
            continue
        place = 1 if following.find(qn("pPr")) is not None else 0
        for child in list(paragraph):
            if child.tag != qn("pPr"):
                following.insert(place, child)
                place += 1
        detach(paragraph)


def _spare(paragraph: etree._Element) -> bool:
    """False for the only paragraph of a cell or body, which must stay."""
    parent = parent_of(paragraph)
    return len(parent.findall(qn("p"))) > 1
