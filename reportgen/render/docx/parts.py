"""The parts of a Word file beside its text: content types, relationships, settings, properties.

Everything is derived from the briefing and the house; no clock, host, user or program default leaks in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportgen.house import House
from reportgen.model import Briefing
from reportgen.ooxml import RELS, TYPES, R
from reportgen.render.docx.markup import DECLARATION, escape, part, w
from reportgen.render.docx.theme import theme

_WML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS: Final = {
    "document": _WML + "document.main+xml",
    "styles": _WML + "styles+xml",
    "settings": _WML + "settings+xml",
    "fontTable": _WML + "fontTable+xml",
    "numbering": _WML + "numbering+xml",
    "header": _WML + "header+xml",
    "footer": _WML + "footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
_NO_START: Final = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
_NO_END: Final = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of the document part: id, kind (last word of its type), target; `outside` is another file's."""

    id: str
    kind: str
    target: str
    outside: bool = False


def fixed_parts(house: House) -> dict[str, bytes]:
    """Parts of the bare template: no headers, no pictures, no base copy."""
    links = [Relationship(f"rId{n}", k, f"{k}.xml") for n, k in enumerate(("styles", "settings", "fontTable"), 1)]
    links.append(Relationship("rId4", "theme", "theme/theme1.xml"))
    return {
        "[Content_Types].xml": content_types(links),
        "_rels/.rels": _relationships([("rId1", f"{R}/officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": document_relationships(links),
        "word/settings.xml": settings(house),
        "word/theme/theme1.xml": theme(house),
    }


def content_types(links: Iterable[Relationship], *, whole: bool = False) -> bytes:
    """[Content_Types].xml for a document with these relationships; `whole` adds properties and the base copy."""
    defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ]
    links = tuple(links)
    if any(link.kind == "chart" for link in links):
        defaults.append(("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
    overrides = [("/word/document.xml", _KINDS["document"])]
    overrides += [(f"/word/{link.target}", _KINDS[link.kind]) for link in links if link.kind in _KINDS]
    if whole:
        office = "application/vnd.openxmlformats-officedocument."
        overrides += [
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("/docProps/app.xml", office + "extended-properties+xml"),
            ("/docProps/custom.xml", office + "custom-properties+xml"),
            ("/customXml/itemProps1.xml", office + "customXmlProperties+xml"),
        ]
    body = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults)
    body += "".join(f'<Override PartName="{escape(n)}" ContentType="{t}"/>' for n, t in overrides)
    return f'{DECLARATION}<Types xmlns="{TYPES}">{body}</Types>'.encode()


def _relationships(entries: Iterable[tuple[str, str, str]]) -> bytes:
    body = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{escape(g)}"/>' for i, t, g in entries)
    return f'{DECLARATION}<Relationships xmlns="{RELS}">{body}</Relationships>'.encode()


def document_relationships(links: Iterable[Relationship]) -> bytes:
    """word/_rels/document.xml.rels."""
    inside = "".join(
        f'<Relationship Id="{link.id}" Type="{R}/{link.kind}" Target="{escape(link.target)}"'
        + (' TargetMode="External"/>' if link.outside else "/>")
        for link in links
    )
    return f'{DECLARATION}<Relationships xmlns="{RELS}">{inside}</Relationships>'.encode()


def settings(house: House) -> bytes:
    """word/settings.xml: Chinese line breaking, odd and even pages, no updating of fields on opening."""
    official = house.style == "gb9704"
    compat = [
        w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    ]
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress" if official else "compressPunctuation"),
        w("noLineBreaksAfter", lang="zh-CN", val=_NO_END),
        w("noLineBreaksBefore", lang="zh-CN", val=_NO_START),
        w("compat", w("useFELayout"), *compat),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def properties(briefing: Briefing) -> dict[str, bytes]:
    """docProps: title, subject, author and dates of the briefing, and which briefing this file is."""
    stamp = f"{briefing.date.isoformat()}T00:00:00Z"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(briefing.title)}</dc:title><dc:subject>{escape(briefing.subject)}</dc:subject>"
        f"<dc:creator>{escape(briefing.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(briefing.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/"
    app = f'<Properties xmlns="{office}extended-properties"><Application>reportgen</Application></Properties>'
    facts = (("reportgen.kind", briefing.kind), ("reportgen.name", briefing.name), ("reportgen.date", stamp[:10]))
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(facts, 2)
    )
    custom = f'<Properties xmlns="{office}custom-properties" xmlns:vt="{office}docPropsVTypes">{entries}</Properties>'
    return {
        "_rels/.rels": _relationships(
            [
                ("rId1", f"{R}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
                ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
                ("rId4", f"{R}/custom-properties", "docProps/custom.xml"),
            ]
        ),
        "docProps/core.xml": (DECLARATION + core).encode(),
        "docProps/app.xml": (DECLARATION + app).encode(),
        "docProps/custom.xml": (DECLARATION + custom).encode(),
    }


def base_parts(content: bytes) -> dict[str, bytes]:
    """The base copy as a custom XML part with its properties."""
    item = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    about = (
        f'<ds:datastoreItem xmlns:ds="{item}" ds:itemID="{{6B0D2D1C-52C4-4F0B-9A53-6F2B1B1F7A01}}">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:reportgen:base"/></ds:schemaRefs></ds:datastoreItem>'
    )
    return {
        "customXml/item1.xml": content,
        "customXml/itemProps1.xml": (DECLARATION + about).encode(),
        "customXml/_rels/item1.xml.rels": _relationships([("rId1", f"{R}/customXmlProps", "itemProps1.xml")]),
    }
