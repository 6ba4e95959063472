"""Bookmarks of the edited file get the names of the new version, so that the next merge finds them again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reportgen.drafts.align import Found
from reportgen.drafts.document import DOCUMENT, LINKS, Draft, relationships
from reportgen.drafts.lines import Line
from reportgen.drafts.links import Links
from reportgen.drafts.tracked import Stamp
from reportgen.ooxml import R, parse, qn, serialise

_OURS = ("p_", "f_", "a_")
_NOWHERE = "a_gone"
"""Where a link leads whose entry is no longer made. Not to the struck entry: an editor may hand on its bookmark."""
_ID = f"{{{R}}}id"
_FIELD = re.compile(r'\s*HYPERLINK "(?P<path>[^"]*)" \\l "(?P<anchor>[^"]*)"')
_SEPARATOR = re.compile(r"[\\/]+")


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
    for name in _handed_on(base, theirs, found):
        names.pop(name, None)
    wanted = {mark.get(qn("name")) or "" for mark in new.root.iter(qn("bookmarkStart"))}
    _bookmarks(theirs, wanted, names)
    _restore(base, theirs, new, pairs, found, stamp)
    for one, other in found.lines.items():
        if one in pairs:
            _point(theirs.lines[other], _desk(base.lines[one]), _desk(new.lines[pairs[one]]))
    for link in theirs.root.iter(qn("hyperlink")):
        target = link.get(qn("anchor")) or ""
        # A link to what is no longer made must not lead to what is called so now.
        if id(link) not in done and target.startswith(_OURS) and (target in names or target in wanted):
            link.set(qn("anchor"), names.get(target, _NOWHERE))


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


def point_to_desk(base: Draft, theirs: Draft, new: Draft, parts: dict[str, bytes]) -> None:
    """Lets the links to the evidence page lead there again: an editor that saves elsewhere writes another path.

    Changes the tree of `theirs` and `parts`. A link of a person is left alone, wherever it leads.
    """
    anchors = {_desk(line) for draft in (base, new) for line in draft.lines} - {""}
    ours = relationships(new.parts, DOCUMENT)
    used = (link.get(_ID) or "" for line in new.lines for link in line.element.iter(qn("hyperlink")))
    page = next((ours[ident][1] for ident in used if ident in ours), "")
    if not page or not anchors:
        return
    for code in theirs.root.iter(qn("instrText")):
        said = code.text or ""
        found = _FIELD.match(said)
        if found and found["anchor"] in anchors and _file(found["path"]) == _file(page):
            code.text = f"{said[: found.start('path')]}{page}{said[found.end('path') :]}"
    links = parse(parts[LINKS], where=LINKS)
    leading = {link.get(_ID) for link in theirs.root.iter(qn("hyperlink")) if link.get(qn("anchor")) in anchors}
    wrong = [link for link in links if link.get("Id") in leading and link.get("Target") != page]
    for link in wrong:
        if _file(link.get("Target") or "") == _file(page):
            link.set("Target", page)
    if wrong:
        parts[LINKS] = serialise(links)


def _file(path: str) -> str:
    """The name at the end of a path or address."""
    return _SEPARATOR.split(path)[-1]


def _handed_on(base: Draft, theirs: Draft, found: Found) -> set[str]:
    """Link targets of paragraphs that a person took out, now in one of another: an editor may leave a bookmark so."""
    elsewhere = {anchor for line in theirs.lines for anchor in line.anchors}
    out = (line for index, line in enumerate(base.lines) if index not in found.lines and index not in found.joined)
    return {anchor for line in out for anchor in line.anchors} & elsewhere


def _bookmarks(theirs: Draft, wanted: set[str], names: dict[str, str]) -> None:
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
