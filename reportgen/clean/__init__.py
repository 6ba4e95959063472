"""Document -> Document: named fixes in one visible order; every change is recorded and leads back to the source file.

A fix is a pure function from the text to edits; its docstring is what `reportgen explain` prints. Nothing is changed
without a `Repair`, and no digit is ever made up.
"""

from __future__ import annotations

from ..model import Document
from .blanks import close_up
from .duplicates import drop_second_copy
from .edits import apply_edits
from .furniture import drop_furniture
from .invisible import drop_invisible
from .markup import drop_markup
from .pinyin import drop_pinyin
from .script import to_simplified
from .shifted import shift_back
from .width import fold_width
from .wrapped import join_wrapped

__all__ = ["FIXES", "clean"]

FIXES = (
    drop_markup,
    drop_invisible,
    shift_back,
    drop_pinyin,
    to_simplified,
    fold_width,
    close_up,
    join_wrapped,
    drop_furniture,
    drop_second_copy,
)
"""The fixes in the order in which they run: markup and damaged bytes first, for later fixes would destroy the signs."""


def clean(document: Document) -> Document:
    """`document` with every fix applied to its text; `raw` is never touched."""
    for fix in FIXES:
        document = apply_edits(document, fix.__name__, fix(document.text))
    return document
