"""Which issue is made, and what it knows: a month knows what was published up to its end; new is what came in it.

In: the sources of all documents, the month asked for. Out: months as YYYY-MM. Reads no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportgen.errors import UsageError
from reportgen.model import Extraction

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)


def check_month(month: str) -> str:
    """`month` itself when it is written YYYY-MM; UsageError otherwise."""
    if not _MONTH.fullmatch(month):
        raise UsageError(f"{month!r} is no month", where="--month", hint="YYYY-MM, such as 2023-09")
    return month


def issue_month(extractions: Sequence[Extraction], asked: str = "") -> str:
    """The month of the issue: the one asked for, else the newest in which something was published.

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
    """The months in which documents were published, oldest first."""
    return tuple(sorted({extraction.source.month for extraction in extractions}))


def known_at(extractions: Iterable[Extraction], month: str) -> tuple[Extraction, ...]:
    """What the issue of `month` knows, oldest publication first."""
    known = (extraction for extraction in extractions if extraction.source.month <= month)
    return tuple(sorted(known, key=lambda extraction: (extraction.source.published, extraction.source.doc)))


def new_in(extractions: Iterable[Extraction], month: str) -> tuple[Extraction, ...]:
    """What was published in `month`."""
    return tuple(extraction for extraction in known_at(extractions, month) if extraction.source.month == month)
