"""Cells and CSV bytes: decimals printed exactly, text that a spreadsheet would run as a formula defused.

Goes in: rows of plain values. Comes out: utf-8 bytes, by default with a byte-order mark. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportgen.notation import exact_text
from reportgen.spreadsheet import guarded

Plain = str | int | Decimal | bool | None


def cell_text(value: Plain) -> str:
    """One CSV cell: decimals exact, booleans 1 or 0, None empty, text guarded."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal):
        return exact_text(value)
    return "" if value is None else guarded(value) if isinstance(value, str) else str(value)


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Plain]], encoding: str = "utf-8-sig") -> bytes:
    """A CSV file: `head`, then `rows` in the given order. The byte-order mark tells Excel that it is UTF-8.

    Without a head it is the part of a file that follows another.
    """
    buffer = io.StringIO()
    # CR LF (RFC 4180) also makes the writer quote a cell that holds a lone CR.
    writer = csv.writer(buffer, lineterminator="\r\n")
    if head:
        writer.writerow([guarded(name) for name in head])
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode(encoding if head else "utf-8", "replace")
