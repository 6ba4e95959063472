"""Bringing our new content over into the edited file: styles by name, pictures by content, links by where they lead.

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
_EMBED, _ID = f"{{{R}}}embed", f"{{{R}}}id"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
            if child.tag == qn("hyperlink") and child.get(_ID):
                child.set(_ID, self._outside(child.get(_ID) or ""))
            if child.tag == _CHART:
                child.set(_ID, self._chart(child.get(_ID) or ""))
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
        self._type("Default", "Extension", "png", "image/png")
        return made

    def _outside(self, ident: str) -> str:
        """A link to another file: the evidence page."""
        made = f"rIdReportgen{ident}"
        add_relationship(self._parts, made, "hyperlink", self._links[ident][1], outside=True)
        return made

    def _chart(self, ident: str) -> str:
        """A chart that Word draws, with its relationships and its workbook."""
        digest = self._new.media[ident][:16]
        path = posixpath.normpath(posixpath.join("word", self._links[ident][1]))
        folder, _, file = path.rpartition("/")
        links = f"{folder}/_rels/{file}.rels"
        target = next(iter(parse(self._new.parts[links], where=links))).get("Target") or ""
        workbook = posixpath.normpath(posixpath.join(folder, target))
        self._parts[f"word/charts/reportgen_{digest}.xml"] = self._new.parts[path]
        self._parts[f"word/embeddings/reportgen_{digest}.xlsx"] = self._new.parts[workbook]
        renamed = self._new.parts[links].replace(target.encode(), f"../embeddings/reportgen_{digest}.xlsx".encode())
        self._parts[f"word/charts/_rels/reportgen_{digest}.xml.rels"] = renamed
        made = f"rIdReportgen{digest}"
        add_relationship(self._parts, made, "chart", f"charts/reportgen_{digest}.xml")
        self._type("Default", "Extension", "xlsx", _SHEET_TYPE)
        self._type("Override", "PartName", f"/word/charts/reportgen_{digest}.xml", _CHART_TYPE)
        return made

    def _type(self, element: str, key: str, name: str, content: str) -> None:
        """Say in the package what kind of file a part is, where it is not said yet."""
        types = parse(self._parts["[Content_Types].xml"], where="[Content_Types].xml")
        if not any(entry.get(key) == name for entry in types):
            entry = etree.Element(f"{{{TYPES}}}{element}")
            entry.set(key, name)
            entry.set("ContentType", content)
            types.insert(0 if element == "Default" else len(types), entry)
            self._parts["[Content_Types].xml"] = serialise(types)
