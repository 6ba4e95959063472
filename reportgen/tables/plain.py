"""Cells and CSV bytes: decimals printed exactly, text that a spreadsheet would run as a formula defused.

Goes in: rows of plain values. Comes out: utf-8 bytes, by default with a byte-order mark. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

Plain = str | int | Decimal | bool | None

# What starts a formula in Excel, WPS or LibreOffice, and the full-width forms that an input method turns into them.
TRIGGERS = "=+-@\t\r\n＝＋－＠"
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")


def decimal_text(value: Decimal | None) -> str:
    """The exact value without exponent and without trailing zeros; None is empty.

    >>> [decimal_text(Decimal(text)) for text in ("3.90", "1.5E+9", "-0", "100")]
    ['3.9', '1500000000', '0', '100']
    """
    if value is None:
        return ""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def guarded(text: str) -> str:
    """Text as a spreadsheet may hold it: a leading quote where the first character would start a formula.

    >>> guarded("=1+1"), guarded("-5.2"), guarded("鞍山市")
    ("'=1+1", '-5.2', '鞍山市')
    """
    return f"'{text}" if text[:1] in tuple(TRIGGERS) and not NUMBER.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` wrote.

    >>> unguarded("'=1+1"), unguarded("-5.2"), unguarded("'")
    ('=1+1', '-5.2', "'")
    """
    return text[1:] if text[:1] == "'" and text[1:2] in tuple(TRIGGERS) and len(text) > 1 else text


def cell_text(value: Plain) -> str:
    """One CSV cell: decimals exact, booleans 1 or 0, None empty, text guarded."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal):
        return decimal_text(value)
    return "" if value is None else guarded(value) if isinstance(value, str) else str(value)


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Plain]], encoding: str = "utf-8-sig") -> bytes:
    """A CSV file: `head`, then `rows` in the given order. The byte-order mark tells Excel that it is UTF-8.

    Without a head it is the part of a file that follows another.
    """
    buffer = io.StringIO()
    # CR LF (RFC 4180) also makes the writer quote a cell that holds a lone CR.
    writer = csv.writer(buffer, lineterminator="\r\n")
    if head:
        writer.writerow(head)
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode(encoding if head else "utf-8", "replace")
