"""File names that are safe on every system an office uses: an allow-list, never a repair.

In: relative names of files to write. Out: nothing, or a ReportgenError before a single byte is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from reportgen.errors import ReportgenError

_LONGEST = 200
_PUNCTUATION = frozenset("._-—()（）、·〔〕")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)


def check_names(names: Iterable[str]) -> None:
    """Refuse names that leave the folder, that Windows cannot hold, or that two files would share."""
    taken: dict[str, str] = {}
    for name in names:
        for part in name.split("/"):
            check_name(part)
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in taken:
            raise ReportgenError(f"two outputs would share one file: {taken[folded]!r} and {name!r}")
        taken[folded] = name


def check_name(part: str) -> None:
    """Refuse one path component that is not plainly a file name.

    >>> check_name("朝阳市.docx")
    >>> check_name("../朝阳市")
    Traceback (most recent call last):
    reportgen.errors.ReportgenError: '../朝阳市' is no file name: it holds '/'
    """
    fault = _fault(part)
    if fault:
        raise ReportgenError(f"{part[:80]!r} is no file name: {fault}")


def _fault(part: str) -> str:
    strange = next((c for c in part if not (c.isalnum() or c in _PUNCTUATION)), None)
    if strange is not None:
        return f"it holds {strange!r}"
    if not part or part[0] in ".-" or part[-1] == ".":
        return "it is empty, or begins or ends with a mark"
    if part != unicodedata.normalize("NFC", part):
        return "it is not in Unicode form NFC"
    if len(part.encode()) > _LONGEST:
        return f"it is longer than {_LONGEST} bytes"
    if part.split(".")[0].casefold() in _RESERVED:
        return "Windows reserves it"
    return ""
