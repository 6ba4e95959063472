"""sources.csv beside the documents -> what a person states about them. Every error names its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ..errors import DocumentError, UsageError
from ..model import Listing
from .decoding import decode

LISTING = "sources.csv"
_COLUMNS = ("doc", "area", "published", "title", "publisher", "url", "received")
_LARGEST = 16 * 2**20


def read_listings(path: Path) -> dict[str, Listing]:
    """Document name -> its line of sources.csv; no file, no listings. Raises UsageError."""
    if not path.exists():
        return {}
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError("the list of sources is too large", where=path.name, hint="one line a document")
        text, _, _ = decode(data, name=path.name)
    except OSError as error:
        raise UsageError(
            f"cannot read the list of sources: {error.strerror}", where=path.name, hint="put the file itself there"
        ) from error
    except DocumentError as error:
        raise UsageError(error.what, where=path.name, hint=error.hint) from error
    return _listings(text, path.name)


def _listings(text: str, name: str) -> dict[str, Listing]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, Listing] = {}
    try:
        columns = [column.strip() for column in next(rows, [])]
        unknown = [column for column in columns if column and column not in _COLUMNS]
        if "doc" not in columns or unknown:
            what = f"unknown column {unknown[0]!r}" if unknown else "no column `doc`"
            raise UsageError(what, where=f"{name}:1", hint=f"columns are {', '.join(_COLUMNS)}")
        for row in rows:
            where = f"{name}:{rows.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns):
                raise UsageError("more cells than columns", where=where, hint="put text with commas in quotes")
            cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if column}
            doc = cells["doc"]
            if not doc or doc in found:
                raise UsageError(f"document {doc!r} is listed twice" if doc else "no document named", where=where)
            found[doc] = Listing(**cells)
    except csv.Error as error:
        raise UsageError(
            f"not valid CSV: {error}", where=f"{name}:{rows.line_num}", hint="save as CSV UTF-8"
        ) from error
    return found
