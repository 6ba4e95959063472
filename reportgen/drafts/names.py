"""Bookmarks of the edited file get the names of the new version, so that the next merge finds them again."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reportgen.drafts.align import Found
from reportgen.drafts.document import Draft
from reportgen.drafts.lines import Line
from reportgen.drafts.links import Links
from reportgen.drafts.tracked import Stamp
from reportgen.ooxml import R, qn

_OURS = ("p_", "f_", "a_")
_ID = f"{{{R}}}id"


def rename(
    base: Draft,
    theirs: Draft,
    new: Draft,
    pairs: dict[int, int],
    found: Found,
    links: Links,
    stamp: Stamp,
    kept: Mapping[str, str],
) -> None:
    """Renames bookmarks, link targets and control aliases in the tree of `theirs`; texts stay.

    `kept` are names in what a person kept of ours though the base has it no more, and what they are now.
    """
    names = {**kept, **links.marks}
    for one, other in pairs.items():
        names[base.lines[one].key] = new.lines[other].key
    for line in base.lines:
        for slot in line.slots:
            newer = links.newer.get(id(slot))
            if slot.kind == "figure" and newer is not None:
                names[slot.name] = newer.name
    done: set[int] = set()
    for line in theirs.lines:
        for slot in line.slots:
            old = links.base.get(id(slot))
            newer = links.current(old) if old else None
            if newer is None or slot.element is None:
                continue
            done.add(id(slot.element))
            if slot.kind == "mark":
                slot.element.set(qn("anchor"), newer.id)
            else:
                for name in ("alias", "tag"):
                    element = slot.element.find(f"{qn('sdtPr')}/{qn(name)}")
                    if element is not None:
                        element.set(qn("val"), newer.id)
    _bookmarks(theirs, new, names)
    _restore(base, theirs, new, pairs, found, stamp)
    for one, other in found.lines.items():
        if one in pairs:
            _point(theirs.lines[other], _desk(base.lines[one]), _desk(new.lines[pairs[one]]))
    for link in theirs.root.iter(qn("hyperlink")):
        target = link.get(qn("anchor")) or ""
        if id(link) not in done and target in names:
            link.set(qn("anchor"), names[target])


def _desk(line: Line) -> str:
    """The figure to which a paragraph of ours leads on the evidence page."""
    links = (link for link in line.element.iter(qn("hyperlink")) if link.get(_ID))
    return next((link.get(qn("anchor")) or "" for link in links), "")


def _point(line: Line, old: str, new: str) -> None:
    """Lets the link to the evidence page lead to the figure's present name; LibreOffice writes it as a field."""
    if not old or not new or old == new:
        return
    for link in line.element.iter(qn("hyperlink")):
        if link.get(_ID) and link.get(qn("anchor")) == old:
            link.set(qn("anchor"), new)
    for code in line.element.iter(qn("instrText")):
        code.text = (code.text or "").replace(f'"{old}"', f'"{new}"')


def _bookmarks(theirs: Draft, new: Draft, names: dict[str, str]) -> None:
    wanted = {mark.get(qn("name")) or "" for mark in new.root.iter(qn("bookmarkStart"))}
    used: set[str] = set()
    spare: list[etree._Element] = []
    for mark in theirs.root.iter(qn("bookmarkStart")):
        name = mark.get(qn("name")) or ""
        if not name.startswith(_OURS):
            continue
        renamed = names.get(name)
        if renamed and renamed not in used:
            mark.set(qn("name"), renamed)
            used.add(renamed)
        elif name in wanted:
            spare.append(mark)
    taken = {mark.get(qn("name")) or "" for mark in theirs.root.iter(qn("bookmarkStart"))}
    number = 0
    for mark in spare:
        # A name that the new version uses for something else.
        while f"x_{number}" in taken:
            number += 1
        mark.set(qn("name"), f"x_{number}")
        taken.add(f"x_{number}")


def _restore(base: Draft, theirs: Draft, new: Draft, pairs: dict[int, int], found: Found, stamp: Stamp) -> None:
    """Gives a paragraph whose bookmark an editor dropped its key again."""
    taken = {mark.get(qn("name")) for mark in theirs.root.iter(qn("bookmarkStart"))}
    for one, other in found.lines.items():
        line = theirs.lines[other]
        key = new.lines[pairs[one]].key if one in pairs else base.lines[one].key
        if line.keys or not key or key in taken:
            continue
        start, end = stamp.bookmark(key)
        line.element.insert(1 if line.element.find(qn("pPr")) is not None else 0, start)
        line.element.append(end)
        taken.add(key)
