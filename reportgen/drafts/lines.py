"""A Word paragraph as text with places: characters, linked figures, evidence marks.

The text is what a reader sees with every tracked change accepted. Word, WPS and LibreOffice cut runs as they like; the
atoms here do not care. Anything in a run that is not text (picture, footnote) is one object character.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from lxml import etree

from reportgen.ooxml import R, qn

OBJECT: Final = "￼"
AUTHOR: Final = "reportgen"
GONE: Final = frozenset({qn("del"), qn("moveFrom")})
INSERTED: Final = frozenset({qn("ins"), qn("moveTo")})
_SILENT: Final = frozenset(
    qn(name)
    for name in (
        *("rPr", "fldChar", "instrText", "delText", "delInstrText", "lastRenderedPageBreak", "commentReference"),
        *("annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "softHyphen", "fldData"),
    )
)
_SIGNS: Final = {qn("tab"): "\t", qn("br"): "\n", qn("cr"): "\n", qn("noBreakHyphen"): "‑", qn("ptab"): "\t"}
_EMBED: Final = (f"{{{R}}}embed", f"{{{R}}}id", f"{{{R}}}link")
_TOKEN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)


class Atom(NamedTuple):
    """One shown character: its node (w:t and offset, or a whole element) and its run."""

    char: str
    node: etree._Element
    offset: int
    run: etree._Element
    digest: str = ""


_atom: Final = tuple.__new__


@dataclass(slots=True)
class Slot:
    """A linked place in a paragraph: a figure (id = figure id) or a mark (id = bookmark it points to)."""

    kind: Literal["figure", "mark"]
    id: str
    name: str
    start: int
    end: int
    element: etree._Element | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, or a whole slot."""

    text: str
    start: int
    end: int
    slot: Slot | None
    digest: str = ""


@dataclass(slots=True)
class Line:
    """One paragraph: element, keys (its own first), style id, shown text, places; `anchors` are link targets."""

    element: etree._Element
    keys: tuple[str, ...]
    style: str
    text: str
    atoms: list[Atom]
    slots: list[Slot]
    anchors: tuple[str, ...] = ()
    _tokens: list[Token] | None = None

    @property
    def tokens(self) -> list[Token]:
        """The words of the text, made when first asked for: most paragraphs are only read."""
        if self._tokens is None:
            self._tokens = _tokens(self)
        return self._tokens

    def forget_tokens(self) -> None:
        """To be called when places were added."""
        self._tokens = None

    @property
    def key(self) -> str:
        """The paragraph's own key, or nothing."""
        return self.keys[0] if self.keys else ""

    @property
    def skeleton(self) -> str:
        """The text with numbers and slots as #: what stays the same when only values change."""
        parts = ["#" if token.slot or token.text[0].isdigit() else token.text for token in self.tokens]
        return "".join(parts)


@dataclass(slots=True)
class _Scan:
    """What is open while a paragraph is read."""

    atoms: list[Atom] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    bookmarks: dict[str, Slot] = field(default_factory=dict)


def read_line(element: etree._Element, media: Mapping[str, str]) -> Line:
    """The paragraph as a Line; `media` gives the hash of the part behind a relationship id."""
    scan = _Scan()
    _walk(element, scan, media, None)
    for slot in scan.bookmarks.values():
        slot.end = len(scan.atoms)
    text = "".join(atom.char for atom in scan.atoms)
    style = element.find(f"{qn('pPr')}/{qn('pStyle')}")
    slots = _settled(scan.slots, text)
    return Line(
        element,
        tuple(scan.keys),
        "" if style is None else style.get(qn("val")) or "",
        text,
        scan.atoms,
        slots,
        tuple(scan.anchors),
    )


def _walk(parent: etree._Element, scan: _Scan, media: Mapping[str, str], run: etree._Element | None) -> None:
    for child in parent:
        tag = child.tag
        if tag in GONE or tag == qn("pPr") or not isinstance(tag, str):
            continue
        if tag == qn("bookmarkStart"):
            _open_bookmark(child, scan)
        elif tag == qn("bookmarkEnd"):
            _close_bookmark(child, scan)
        elif tag == qn("sdt"):
            _control(child, scan, media)
        elif tag == qn("hyperlink"):
            _link(child, scan, media)
        elif tag == qn("r"):
            _run(child, scan, media)
        elif tag != qn("sdtPr"):
            _walk(child, scan, media, run)


def _run(run: etree._Element, scan: _Scan, media: Mapping[str, str]) -> None:
    for node in run:
        if node.tag == qn("t"):
            # Made as tuples, in two thirds of the time: there is one for every character of a draft.
            scan.atoms.extend(
                [_atom(Atom, (char, node, offset, run, "")) for offset, char in enumerate(node.text or "")]
            )
        elif node.tag == qn("br") and node.get(qn("type")) in {"page", "column"}:
            continue  # layout: LibreOffice ends a paragraph with it where ours begins a page
        elif node.tag in _SIGNS:
            scan.atoms.append(Atom(_SIGNS[node.tag], node, 0, run))
        elif node.tag not in _SILENT and isinstance(node.tag, str):
            scan.atoms.append(Atom(OBJECT, node, 0, run, _digest(node, media)))


def _digest(node: etree._Element, media: Mapping[str, str]) -> str:
    """What an object is: the picture behind it, else its markup."""
    pictures = [media.get(element.get(name) or "", "") for element in node.iter() for name in _EMBED]
    found = "".join(picture for picture in pictures if picture)
    return found or hashlib.sha256(etree.tostring(node, method="c14n")).hexdigest()


def _open_bookmark(element: etree._Element, scan: _Scan) -> None:
    name = element.get(qn("name")) or ""
    if name.startswith("p_"):
        scan.keys.append(name)
    elif name.startswith("a_"):
        scan.anchors.append(name)
    elif name.startswith("f_"):
        slot = Slot("figure", "", name, len(scan.atoms), -1, None)
        scan.bookmarks[element.get(qn("id")) or ""] = slot
        scan.slots.append(slot)


def _close_bookmark(element: etree._Element, scan: _Scan) -> None:
    slot = scan.bookmarks.pop(element.get(qn("id")) or "", None)
    if slot is not None:
        slot.end = len(scan.atoms)


def _control(element: etree._Element, scan: _Scan, media: Mapping[str, str]) -> None:
    alias = element.find(f"{qn('sdtPr')}/{qn('alias')}")
    tag = element.find(f"{qn('sdtPr')}/{qn('tag')}")
    named = alias if alias is not None else tag
    start, known = len(scan.atoms), len(scan.slots)
    content = element.find(qn("sdtContent"))
    if content is not None:
        _walk(content, scan, media, None)
    # The control wins over the bookmark around it, or inside it where LibreOffice puts it; text typed between the two
    # is not the figure's. LibreOffice may have emptied the control's properties: then the bookmark names it.
    inside = [slot for slot in scan.slots[known:] if slot.kind == "figure" and slot.element is None]
    around = [slot for slot in scan.bookmarks.values() if slot.element is None]
    bookmark = inside[0] if inside else around[-1] if around else None
    if bookmark is None and named is None:
        return
    if bookmark is not None:
        scan.slots.remove(bookmark)
        for key in [key for key, slot in scan.bookmarks.items() if slot is bookmark]:
            del scan.bookmarks[key]
    ident = "" if named is None else named.get(qn("val")) or ""
    name = "" if bookmark is None else bookmark.name
    end = len(scan.atoms)
    if inside and inside[0].end >= 0:
        # LibreOffice runs a control and the next one together: where the bookmark ends inside, it is the figure.
        start, end = inside[0].start, inside[0].end
    scan.slots.append(Slot("figure", ident, name, start, end, element))


def _link(element: etree._Element, scan: _Scan, media: Mapping[str, str]) -> None:
    start = len(scan.atoms)
    _walk(element, scan, media, None)
    anchor = element.get(qn("anchor")) or ""
    text = "".join(atom.char for atom in scan.atoms[start:])
    if anchor.startswith("a_") and "\t" not in text:
        scan.slots.append(Slot("mark", anchor, anchor, start, len(scan.atoms), element))


def _settled(slots: list[Slot], text: str) -> list[Slot]:
    """Slots in order, without empty and overlapping ones, with their text."""
    out: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.start, -slot.end)):
        slot.text = text[slot.start : slot.end]
        if slot.text and (not out or slot.start >= out[-1].end):
            out.append(slot)
    return out


def _tokens(line: Line) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    for slot in [*line.slots, None]:
        end = slot.start if slot else len(line.text)
        for match in _TOKEN.finditer(line.text, position, end):
            tokens.append(Token(match[0], match.start(), match.end(), None, line.atoms[match.start()].digest))
        if slot:
            tokens.append(Token(slot.text, slot.start, slot.end, slot))
            position = slot.end
    return tokens
