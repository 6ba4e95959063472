"""Office Open XML packages: bytes in, parts out, and back, with the same bytes for the same parts.

Reading refuses what no honest writer makes: DOCTYPEs, bombs, doubled, absolute, encrypted or oddly packed members.
It never extracts anything to disk and never follows a link. Renderers and draft merging both stand on it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Final

from lxml import etree

from reportgen.errors import ReportgenError

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
BASE: Final = "urn:reportgen:base"
"""Namespace of the base copy that every Word file of ours carries."""
DESK: Final = "rIdEvidencePage"
"""Relationship of a Word file of ours to the evidence page of its issue."""

PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How Word packs its parts; zipfile would unpack others too, with what they may do."""
BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, OSError, ValueError, RuntimeError),
)
"""What zipfile raises for a package that is none or is damaged."""
MEMBER_LIMIT: Final = 40_000_000
TOTAL_LIMIT: Final = 120_000_000
COUNT_LIMIT: Final = 2_000
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def qn(name: str) -> str:
    """Clark name of a wordprocessing element or attribute: `p` -> `{...main}p`."""
    return f"{{{W}}}{name}"


def printable(text: str) -> str:
    """The text with every character that XML cannot hold replaced by 〓."""
    return text if text.isprintable() else _NOT_XML.sub("〓", text)  # what Unicode calls printable XML can hold


def read_package(data: bytes, *, where: str) -> dict[str, bytes]:
    """All parts of a package by name. Raises ReportgenError naming `where` for anything but a sound package."""
    if data.startswith(_OLE):
        raise ReportgenError("is password-protected or an old .doc", where=where, hint="save it as .docx, no password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, where)
    except BROKEN as error:
        raise ReportgenError("is not a Word file or is damaged", where=where, hint="an earlier copy") from error


def _members(archive: zipfile.ZipFile, where: str) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > COUNT_LIMIT:
        raise ReportgenError(f"holds {len(infos)} parts", where=where, hint="a smaller file")
    parts: dict[str, bytes] = {}
    total = 0
    for info in infos:
        name = info.filename
        strange = info.flag_bits & 1 or info.compress_type not in PACKINGS
        if name in parts or name.startswith("/") or ".." in name.split("/") or strange:
            raise ReportgenError(f"holds an unsafe part {name!r}", where=where, hint="save the file again in Word")
        with archive.open(info) as member:
            content = member.read(MEMBER_LIMIT + 1)
        total += len(content)
        if len(content) > MEMBER_LIMIT or total > TOTAL_LIMIT:
            raise ReportgenError("is too large once unpacked", where=where, hint="smaller pictures")
        parts[name] = content
    return parts


def parse(content: bytes, *, where: str) -> etree._Element:
    """Root element of an XML part. Raises ReportgenError for broken XML and for any DOCTYPE."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReportgenError(f"holds broken XML: {error.msg}", where=where, hint="save it again in Word") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReportgenError("holds a DOCTYPE", where=where, hint="save the file again in Word")
    return root


def parent_of(element: etree._Element) -> etree._Element:
    """The parent of an element that is known to stand in a tree."""
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands alone")
    return parent


def detach(element: etree._Element) -> None:
    """Takes an element out of its tree, where it is in one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def serialise(root: etree._Element) -> bytes:
    """An XML part as bytes, with the declaration that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package; order and times are fixed, so that the same parts give the same bytes."""
    buffer = io.BytesIO()
    first = [name for name in ("[Content_Types].xml", "_rels/.rels") if name in parts]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in [*first, *sorted(set(parts) - set(first))]:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()
