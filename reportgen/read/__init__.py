"""Path -> Document: text files, web pages, Word and PDF files, strictly decoded and bounded in size.

The only stage that opens source files. A file that cannot be used raises DocumentError; nothing is guessed silently.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from ..errors import DocumentError
from ..model import Document
from .decoding import decode
from .limits import Limits
from .listings import LISTING, read_listings

__all__ = ["LISTING", "SUFFIXES", "Limits", "load_reader", "read_document", "read_listings"]

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
SUFFIXES = tuple(_MEDIA_TYPES)
"""File name endings that can be read."""
_DEFAULTS = Limits()


def read_document(path: Path, *, name: str, limits: Limits = _DEFAULTS) -> Document:
    """The document in the file at `path`, to be known as `name`. Raises DocumentError.

    `raw` is the decoded source: of a text file, web page or Markdown file with all its markup, of a Word or PDF file
    the text that was taken from it.
    """
    suffix = path.suffix.lower()
    if suffix not in _MEDIA_TYPES:
        raise DocumentError(f"cannot read files ending in {suffix!r}", where=name, hint=f"one of {', '.join(SUFFIXES)}")
    document = _document(suffix, _bytes(path, name, limits), name, limits)
    if len(document.raw) > limits.max_chars:
        raise DocumentError(f"the document has {len(document.raw)} characters", where=name, hint="split it")
    if not document.text.strip():
        raise DocumentError("there is no text in this file", where=name, hint="check that it is the right file")
    return document


def load_reader(suffix: str) -> None:
    """Load what reading such a file needs, so that processes forked from this one need not."""
    if suffix.lower() == ".docx":
        from . import docx  # noqa: F401
    elif suffix.lower() == ".pdf":
        import pdfplumber  # noqa: F401


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    """The file's bytes, read once; only of a regular file, never more than the limit."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise DocumentError("this is not a regular file", where=name, hint="copy the document itself here")
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        what = f"cannot open the file: {error.strerror or 'unreadable'}"
        raise DocumentError(what, where=name, hint="check that it exists and may be read") from error
    if len(data) > limits.max_bytes:
        raise DocumentError(f"the file is larger than {limits.max_bytes} bytes", where=name, hint="split it")
    if not data:
        raise DocumentError("the file is empty", where=name, hint="check that the copy of the file is complete")
    return data


def _document(suffix: str, data: bytes, name: str, limits: Limits) -> Document:
    sha256, media_type = hashlib.sha256(data).hexdigest(), _MEDIA_TYPES[suffix]
    if suffix == ".docx":
        from .docx import docx_text

        text = docx_text(data, name=name, limits=limits)
        return Document(name, sha256, media_type, "docx", text, text)
    if suffix == ".pdf":
        from .pdf import pdf_text

        text, pages = pdf_text(data, name=name, limits=limits)
        return Document(name, sha256, media_type, "pdf", text, text, pages=pages)
    raw, encoding, problems = decode(data, name=name)
    if len(raw) > limits.max_chars:
        raise DocumentError(f"the document has {len(raw)} characters", where=name, hint="split it")
    document = Document(name, sha256, media_type, encoding, raw, raw, problems=problems)
    if suffix == ".txt":
        return document
    if suffix == ".md":
        from .markdown import markdown_text as plain_text
    else:
        from .html import main_text as plain_text
    text, offsets = plain_text(raw)
    return Document(name, sha256, media_type, encoding, raw, text, offsets, problems=problems)
