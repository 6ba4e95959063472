"""Bytes of a text file -> its characters and the name of its encoding; refuses what is not text."""

from __future__ import annotations

import codecs

from ..errors import DocumentError
from ..model import Problem


def decode(data: bytes, *, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Text without byte-order mark and with line ends as \\n, the encoding's name, and what was doubtful."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8"), "utf-8-sig", ()
    for encoding in ("utf-8", "gb18030"):
        try:
            return _lines(data.decode(encoding)), encoding, ()
        except UnicodeDecodeError:
            continue
    raise DocumentError("cannot tell the encoding of this text", where=name, hint="save the file as UTF-8")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
