"""A PDF as reportlab writes it -> the same document with its small objects in compressed object streams (PDF 1.5).

The structure tree is many small dictionaries, which a plain file holds as text. Streams (pages, fonts, images) are
taken over byte for byte; nothing is read but the cross-reference table.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_PER_STREAM = 200
_LEVEL = 3
"""How hard zlib tries: small objects are so alike that more of it gains next to nothing."""


@dataclass(frozen=True, slots=True)
class _Plain:
    """A file with a cross-reference table, taken apart: object number -> content, and three trailer entries."""

    objects: dict[int, bytes]
    root: bytes
    info: bytes
    identity: bytes


def pack(data: bytes) -> bytes:
    """The same document, smaller. The input must be one that reportlab has just written."""
    plain = _take_apart(data)
    large = {number: body for number, body in plain.objects.items() if body.endswith(b"endstream")}
    small = [(number, body) for number, body in sorted(plain.objects.items()) if number not in large]
    out = bytearray(b"%PDF-1.5\n%\x93\x8c\x8b\x9e\n")
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, body in sorted(large.items()):
        entries[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    following = max(plain.objects) + 1
    for start in range(0, len(small), _PER_STREAM):
        group = small[start : start + _PER_STREAM]
        entries[following] = (1, len(out), 0)
        entries.update((number, (2, following, index)) for index, (number, _) in enumerate(group))
        out += _object_stream(following, group)
        following += 1
    place = len(out)
    entries[following] = (1, place, 0)
    out += _reference_stream(following, entries, plain)
    out += b"startxref\n%d\n%%%%EOF\n" % place
    return bytes(out)


def _take_apart(data: bytes) -> _Plain:
    place = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    end = data.index(b"trailer", place)
    lines = data[place:end].split(b"\n")[2:]
    offsets = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
    order = sorted(offsets.items(), key=lambda item: item[1])
    ends = [offset for _, offset in order[1:]] + [place]
    objects = {}
    for (number, offset), after in zip(order, ends, strict=True):
        objects[number] = data[data.index(b"obj", offset) + 3 : data.rindex(b"endobj", offset, after)].strip()
    trailer = data[end:]
    root, info, identity = (
        re.search(pattern, trailer, re.DOTALL)
        for pattern in (rb"/Root (\d+ 0 R)", rb"/Info (\d+ 0 R)", rb"/ID\s*(\[.*?\])")
    )
    assert root and info and identity
    return _Plain(objects, root[1], info[1], identity[1])


def _object_stream(number: int, group: list[tuple[int, bytes]]) -> bytes:
    heads, bodies, offset = [], [], 0
    for inner, body in group:
        heads.append(b"%d %d" % (inner, offset))
        bodies.append(body)
        offset += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = zlib.compress(head + b"\n".join(bodies), _LEVEL)
    entries = b"/Type /ObjStm /N %d /First %d" % (len(group), len(head))
    return _stream(number, entries, content)


def _reference_stream(number: int, entries: dict[int, tuple[int, int, int]], plain: _Plain) -> bytes:
    size = number + 1
    free = (0, 0, 65535)
    rows = (entries.get(index, free) for index in range(size))
    table = b"".join(
        bytes([kind]) + first.to_bytes(4, "big") + second.to_bytes(2, "big") for kind, first, second in rows
    )
    trailer = b"/Root %b /Info %b /ID %b" % (plain.root, plain.info, plain.identity)
    head = b"/Type /XRef /Size %d /W [1 4 2] %b" % (size, trailer)
    return _stream(number, head, zlib.compress(table, _LEVEL))


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    length = len(content)
    return b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        entries,
        length,
        content,
    )
