"""The parts of an Office (zip) file, read into memory within limits and refused where they look like an attack.

Nothing is ever unpacked to disk. Sizes are checked as stated and again on the bytes really inflated.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise

from lxml import etree

from ..errors import DocumentError
from ..ooxml import BROKEN, PACKINGS
from .limits import Limits

_SMALL = 2**20
"""Parts below this size may be compressed as well as they like."""
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_HINT = "open it in Word or WPS and save it again as .docx"


def read_parts(data: bytes, *, name: str, limits: Limits) -> Mapping[str, bytes]:
    """Part name -> its bytes, of all XML parts of the package. Raises DocumentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _refuse_oddities(members, name, limits)
            parts: dict[str, bytes] = {}
            left = limits.max_inflated
            for member in members:
                if not member.filename.lower().endswith((".xml", ".rels")):
                    continue
                with package.open(member) as stream:
                    part = stream.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise DocumentError("the file unpacks to too much data", where=name, hint=_HINT)
                if b"<!DOCTYPE" in part.replace(b"\x00", b""):
                    raise DocumentError(f"{member.filename} declares a document type", where=name, hint=_HINT)
                parts[member.filename] = part
            return parts
    except BROKEN as error:
        raise DocumentError("this is not a whole Word file", where=name, hint=_HINT) from error


def _refuse_oddities(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    names = [member.filename for member in members]
    if len(members) > limits.max_members:
        raise DocumentError(f"the file has {len(members)} parts", where=name, hint=_HINT)
    if len(set(names)) < len(names):
        raise DocumentError("the file has two parts of one name", where=name, hint=_HINT)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise DocumentError("the file is encrypted", where=name, hint="save it without a password")
    if any(member.compress_type not in PACKINGS for member in members):
        raise DocumentError("the file is packed as Word packs none", where=name, hint=_HINT)
    if sum(member.file_size for member in members) > limits.max_inflated:
        raise DocumentError("the file unpacks to too much data", where=name, hint=_HINT)
    for member in members:
        if member.file_size > max(_SMALL, limits.max_ratio * member.compress_size):
            raise DocumentError(f"{member.filename} is compressed beyond reason", where=name, hint=_HINT)
    placed = sorted((member.header_offset, member.compress_size) for member in members)
    for (start, size), (following, _) in pairwise(placed):
        if start + _LOCAL_HEADER + size > following:
            raise DocumentError("parts of the file overlap", where=name, hint=_HINT)


def parse(part: bytes, *, name: str) -> etree._Element:
    """Root element of an XML part; entities are not expanded, nothing is loaded. Raises DocumentError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("a part of the Word file is damaged", where=name, hint=_HINT) from error
