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
# one class of all is looked for much faster than three groups; which it was is seen behind it
_HIDDEN = re.compile(
    f"[{_GONE}{_LINE_ENDS}{_BLANKS[1:]}](?:(?<=[{_GONE}])(?P<gone>[{_GONE}]*)|(?<=[{_LINE_ENDS}])(?P<line_end>))?"
)


def drop_invisible(text: str) -> Iterator[Edit]:
    """Invisible characters are taken out; odd blanks and line separators become plain ones."""
    for match in _HIDDEN.finditer(text):
        plain = "" if match["gone"] is not None else " " if match["line_end"] is None else "\n"
        yield Edit(match.start(), match.end(), plain)
