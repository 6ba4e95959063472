"""Objects of a PDF file that are written as they stand: reportlab's own parts for them take most of its time.

A reportlab document and text go in; objects with numbers come out, whose text may be set until the file is saved.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _text_class() -> Any:
    from reportlab.pdfbase.pdfdoc import PDFObject

    class Text(PDFObject):
        __RefOnly__ = 1

        def __init__(self, text: bytes) -> None:
            self.text = text

        def format(self, document: Any) -> bytes:
            return self.text

    return Text


def as_written(text: bytes = b"") -> Any:
    """An object of the file with this text, or with the `text` that it is given later."""
    return _text_class()(text)


def reserve(document: Any) -> tuple[int, Any]:
    """A new object of the file, its content to be set later, and its number."""
    made = as_written()
    return object_number(document, document.Reference(made)), made


def object_number(document: Any, reference: Any) -> int:
    """The number in the file of what `reference` refers to."""
    return int(document.idToObjectNumberAndVersion[reference.name][0])


def string(text: str) -> str:
    """A text as PDF writes it.

    >>> string("[1-2]"), string("甲")
    ('<5B312D325D>', '<FEFF7532>')
    """
    if text.isascii():
        return f"<{text.encode('ascii').hex().upper()}>"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
