"""Characters that nobody sees: control, zero-width, bidi and variation characters go, odd blanks become plain ones.

Line separators become line ends. Wrong where a joiner changes a shape (emoji, some Indic scripts): not in these texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_BLANKS = "\t\x0b\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0c\x1c-\x1e\x85\u2028\u2029"
_GONE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff"
)
_HIDDEN = re.compile(f"[{_GONE}{_LINE_ENDS}{_BLANKS[1:]}]")
"""One class alone is looked for much faster than three groups."""
_ANY = re.compile(f"([{_GONE}]+)|([{_LINE_ENDS}])|([{_BLANKS[1:]}])")


def drop_invisible(text: str) -> Iterator[Edit]:
    """Invisible characters are taken out; odd blanks and line separators become plain ones."""
    if not _HIDDEN.search(text):
        return
    for match in _ANY.finditer(text):
        yield Edit(match.start(), match.end(), "" if match[1] else "\n" if match[2] else " ")
