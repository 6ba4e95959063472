"""Bringing our new content over into the edited file: styles by name, pictures by content.

Word and LibreOffice rename style ids and media files; what they are called in the two files is not relied on.
"""

from __future__ import annotations

import copy
import posixpath

from lxml import etree

from reportgen.drafts.comments import add_relationship
from reportgen.drafts.document import DOCUMENT, Draft, relationships
from reportgen.ooxml import TYPES, R, parse, qn, serialise

_STYLED = (qn("pStyle"), qn("rStyle"), qn("tblStyle"))
_PICTURE_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EMBED = f"{{{R}}}embed"


class Carrier:
    """Copies elements of `new` so that they mean the same in `theirs`; what that adds goes into `parts`."""

    def __init__(self, new: Draft, theirs: Draft, parts: dict[str, bytes]) -> None:
        """`parts` is the package of the edited file, which is added to."""
        self._new, self._parts = new, parts
        self._ids = {name.lower(): ident for ident, name in theirs.styles.items()}
        self._links = relationships(new.parts, DOCUMENT)
        named = [int(element.get("id") or 0) for element in theirs.root.iter(_PICTURE_NAME)]
        self._pictures = max(named, default=0)

    def __call__(self, element: etree._Element) -> etree._Element:
        """The element itself, its style ids and picture links rewritten."""
        for child in element.iter(*_STYLED):
            child.set(qn("val"), self._style(child.get(qn("val")) or ""))
        for child in element.iter():
            if child.tag == _PICTURE_NAME:
                self._pictures += 1
                child.set("id", str(self._pictures))
            if child.get(_EMBED):
                child.set(_EMBED, self._picture(child.get(_EMBED) or ""))
        return element

    def _style(self, ident: str) -> str:
        name = self._new.styles.get(ident, "")
        if name.lower() not in self._ids:
            self._import_style(ident)
            self._ids[name.lower()] = ident
        return self._ids[name.lower()]

    def _import_style(self, ident: str) -> None:
        ours = parse(self._new.parts["word/styles.xml"], where="word/styles.xml")
        root = parse(self._parts["word/styles.xml"], where="word/styles.xml")
        for style in ours.iter(qn("style")):
            if style.get(qn("styleId")) == ident:
                root.append(copy.deepcopy(style))
        self._parts["word/styles.xml"] = serialise(root)

    def _picture(self, ident: str) -> str:
        target = self._links[ident][1]
        content = self._new.parts[posixpath.normpath(posixpath.join("word", target))]
        name = f"media/reportgen_{self._new.media[ident][:16]}.png"
        made = f"rIdReportgen{self._new.media[ident][:16]}"
        self._parts[f"word/{name}"] = content
        add_relationship(self._parts, made, "image", name)
        types = parse(self._parts["[Content_Types].xml"], where="[Content_Types].xml")
        if not any(entry.get("Extension") == "png" for entry in types):
            entry = etree.Element(f"{{{TYPES}}}Default")
            entry.set("Extension", "png")
            entry.set("ContentType", "image/png")
            types.insert(0, entry)
            self._parts["[Content_Types].xml"] = serialise(types)
        return made
