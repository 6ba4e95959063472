"""Bytes of a text file -> its characters and the name of its encoding. Strict: what is not surely text is refused.

Byte-order mark, then UTF-8, then whichever of GB18030, UTF-16 and Big5 reads as Chinese. A last character that the end
of the file cuts through is left out and reported; UTF-8 is never taken for another encoding because of it.
"""

from __future__ import annotations

import codecs
from itertools import islice

from ..errors import DocumentError
from ..model import Problem
from .plausible import everyday_share, is_plausible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_OTHERS = ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
_SAMPLE = 8_192
_LONGEST_CODE = 4
_OTHER_FILES = (
    (b"PK\x03\x04", "a zip or Office file"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or WPS file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"Rar!", "a rar file"),
    (b"7z\xbc\xaf", "a 7z file"),
)
_SHORTEST_PROOF = 20
_GARBLED = 0.3
"""UTF-8 read as GBK has fewer everyday characters than this."""
_HINT = "open it in an editor and save it as UTF-8"


def decode(data: bytes, *, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Text with line ends as \\n and without byte-order mark, the encoding's name, and what was doubtful about it."""
    for magic, kind in _OTHER_FILES:
        if data.startswith(magic):
            raise DocumentError(f"this is {kind}, not text", where=name, hint="give the file its right ending")
    text, encoding, cut = _decoded(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError("the file is empty", where=name, hint="check that the copy of the file is complete")
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\f\x0b\x1a")
    if controls * 20 > len(text):
        raise DocumentError("this is no text but binary data", where=name, hint="check the file's type")
    if not cut:
        return text, encoding, ()
    message = "the file ends in the middle of a character; that character is left out, text may be missing"
    return text, encoding, (Problem("warning", "truncated", message, name, len(text) - 1, len(text)),)


def _decoded(data: bytes, name: str) -> tuple[str, str, bool]:
    for mark, encoding, codec in _MARKS:
        if data.startswith(mark):
            found = _strict(data[len(mark) :], codec)
            if found is None:
                raise DocumentError(f"the file says it is {encoding} but is not", where=name, hint=_HINT)
            return found[0], encoding, found[1]
    found = _strict(data, "utf-8")
    if found and (not found[1] or not found[0].isascii()):
        text = found[0]
        if _is_mojibake(text):
            raise DocumentError("the characters are garbled: UTF-8 once read as GBK", where=name, hint=_HINT)
        if "\x00" not in text[:_SAMPLE]:
            return text, "utf-8", found[1]
    if found and not found[0]:
        raise DocumentError("the file is a piece of one character", where=name, hint="check that the copy is complete")
    likely = sorted(_candidates(data), reverse=True)
    for _, encoding in likely:
        found = _strict(data, encoding)
        if found and is_plausible(found[0]):
            return found[0], encoding, found[1]
    raise DocumentError("cannot tell how the characters of this file are encoded", where=name, hint=_HINT)


def _candidates(data: bytes) -> list[tuple[float, str]]:
    """Encodings that fit the beginning of the file, with the share of everyday characters that they give."""
    found = []
    for encoding in _OTHERS:
        sample = _strict(data[:_SAMPLE], encoding)
        if sample and sample[0] and is_plausible(sample[0]) and not (sample[0].isascii() and "\x00" in sample[0]):
            found.append((everyday_share(sample[0]), encoding))
    return found


def _strict(data: bytes, encoding: str) -> tuple[str, bool] | None:
    """The text and whether its last character was cut off; None where the bytes are not of this encoding."""
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError as error:
        if len(data) - error.start >= _LONGEST_CODE or ("incomplete" not in error.reason and not _ends(error)):
            return None
        try:
            return data[: error.start].decode(encoding), True
        except UnicodeDecodeError:
            return None


def _ends(error: UnicodeDecodeError) -> bool:
    return error.reason in {"unexpected end of data", "truncated data"}


def _is_mojibake(text: str) -> bool:
    """Whether the text is UTF-8 that was read as GBK and saved again."""
    sample = "".join(islice((char for char in text if char > "\x7f"), 2_000))
    if len(sample) < _SHORTEST_PROOF or everyday_share(sample) > _GARBLED:
        return False
    back = sample.encode("gb18030", "ignore").decode("utf-8", "ignore")
    return len(back) * 3 > len(sample) and everyday_share(back) > 2 * _GARBLED
