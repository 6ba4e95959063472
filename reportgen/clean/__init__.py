"""Document -> Document: named fixes in one visible order; every change is recorded and leads back to the source file.

A fix is a pure function from the text to edits; its docstring is what `reportgen explain` prints. Nothing is changed
without a `Repair`, and no digit is ever made up.
"""

from __future__ import annotations

from ..model import Document
from .duplicates import drop_second_copy
from .edits import apply_edits
from .pinyin import drop_pinyin
from .script import to_simplified

FIXES = (drop_pinyin, to_simplified, drop_second_copy)
"""The fixes in the order in which they run."""


def clean(document: Document) -> Document:
    """`document` with every fix applied to its text; `raw` is never touched."""
    for fix in FIXES:
        document = apply_edits(document, fix.__name__, fix(document.text))
    return document
