"""Which issue is made, and what it knows: a month knows what had come in up to its end; new is what came in it.

A document comes in when it is published, or when it is received (sources.csv) if that is later: an issue that was made
before stays as it was. In: the sources of all documents, the month asked for. Out: months as YYYY-MM. Reads no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportgen.errors import UsageError
from reportgen.model import Extraction, Source
from reportgen.read import LISTING

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_RECEIVED = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(-[0-9]{2})?", re.ASCII)


def check_month(month: str, where: str = "--month") -> str:
    """`month` itself when it is written YYYY-MM; UsageError otherwise."""
    if not _MONTH.fullmatch(month):
        raise UsageError(f"{month!r} is no month", where=where, hint="YYYY-MM, such as 2023-09")
    return month


def issue_month(extractions: Sequence[Extraction], asked: str = "") -> str:
    """The month of the issue: the one asked for, else the newest in which something came in.

    A later month than the newest is an issue without news; before the first there is nothing to say.
    """
    months = known_months(extractions)
    if not asked:
        return months[-1]
    if asked < months[0]:
        known = ", ".join(months[-12:])
        raise UsageError(f"nothing was published up to {asked}", where="--month", hint=known)
    return asked


def known_months(extractions: Iterable[Extraction]) -> tuple[str, ...]:
    """The months in which documents came in, oldest first."""
    return tuple(sorted({arrived(extraction.source) for extraction in extractions}))


def arrived(source: Source) -> str:
    """The month in which a document came in: that of its publication, or of its receipt if that is later."""
    if not source.received:
        return source.month
    stated = _RECEIVED.fullmatch(source.received)
    if not stated:
        raise UsageError(
            f"{source.received!r} is no date", where=f"{LISTING}: {source.doc}: received", hint="YYYY-MM-DD"
        )
    return max(source.month, stated[1])


def known_at(extractions: Iterable[Extraction], month: str) -> tuple[Extraction, ...]:
    """What the issue of `month` knows, oldest publication first."""
    known = (extraction for extraction in extractions if arrived(extraction.source) <= month)
    return tuple(sorted(known, key=lambda extraction: (extraction.source.published, extraction.source.doc)))


def new_in(extractions: Iterable[Extraction], month: str) -> tuple[Extraction, ...]:
    """What came in in `month`: published in it, or published before and received in it."""
    return tuple(extraction for extraction in known_at(extractions, month) if arrived(extraction.source) == month)
