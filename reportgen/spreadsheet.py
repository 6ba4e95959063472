"""Text in cells that Excel, WPS or LibreOffice open: what they would run as a formula is kept as the text it is.

In: text. Out: the same with a quotation mark before it where that is needed, and back; nothing is lost. Numbers stay
as they are.
"""

from __future__ import annotations

import re

# What starts a formula, the full-width forms that an input method turns it into, and such text already marked.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def guarded(text: str) -> str:
    """Text as a spreadsheet may hold it: a leading quotation mark where it would start a formula.

    >>> guarded("=1+1"), guarded("-5.2"), guarded("鞍山市"), guarded("'=1+1")
    ("'=1+1", '-5.2', '鞍山市', "''=1+1")
    """
    return f"'{text}" if starts_formula(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` wrote.

    >>> unguarded("'=1+1"), unguarded("-5.2"), unguarded("'"), unguarded("''=1+1")
    ('=1+1', '-5.2', "'", "'=1+1")
    """
    return text[1:] if text.startswith("'") and starts_formula(text) else text


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula, or for the mark of one."""
    return _FORMULA.match(text) is not None
