"""Leftovers of a web page or of a program in a text: tags, entities, escaped line ends and quotes.

Only tags that html knows count, so that a `<` between numbers stays a less-than sign; an entity that would make up a
digit stays as it is. Wrong for a text about html.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .edits import Edit

_LINES = "p|div|br|tr|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|thead|hr|section|article|blockquote|center|pre|form|title"
_CELLS = "td|th"
_WORDS = (
    "span|strong|em|font|img|sup|sub|small|big|label|input|button|iframe|link|meta|html|head|body|video|source|svg|path"
    "|script|style|o:p|st1:[a-z]+|[abius]"
)
_ATTRIBUTES = r"(?:\s+[a-z_:-]+\s*=[^<>]*|\s+nowrap)?"
# begins with one of three signs, by which a search finds it fast; which it was is seen behind it
_MARKUP = re.compile(
    r"[<&\\](?:(?<=<)(?:!--[^<>]*-->|!doctype[^<>]*>"
    rf"|(?P<code>script|style){_ATTRIBUTES}\s*>[^<]*<\\?/(?P=code)>"
    rf"|(?P<end>\\?/)?(?:(?P<line>{_LINES})|(?P<cell>{_CELLS})|(?:{_WORDS})){_ATTRIBUTES}\s*/?>)"
    r"|(?<=&)(?P<entity>(?:amp;)?(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});)"
    # "…\n" + and the quote that opens the next line of such a program
    r"|(?<=\\)(?P<escaped>[rn](?![a-z])(?:\\[rn](?![a-z]))*(?:\"[ \t]*[+;,]?[ \t]*(?:\r?\n[ \t]*\"?|$))?)"
    r"|(?<=\\)(?P<quote>\"))",
    re.ASCII | re.IGNORECASE,
)
_SIGNS = ("<", "&", "\\")
"""Without one of these there is nothing to look for."""


def drop_markup(text: str) -> Iterator[Edit]:
    """Tags and escaped line ends that were left in a plain text are taken out, entities become what they stand for."""
    if not any(sign in text for sign in _SIGNS):
        return
    for match in _MARKUP.finditer(text):
        after = _written(match)
        if after != match[0]:
            yield Edit(match.start(), match.end(), after)


def _written(match: re.Match[str]) -> str:
    """What a reader of the page saw in this place."""
    if match["entity"]:
        return _sign(match[0])
    if match["quote"]:
        return '"'
    if match["line"] or match["escaped"]:
        return "\n"
    return "\t" if match["cell"] and match["end"] else ""


def _sign(entity: str) -> str:
    """The character of an entity; the entity itself where it is none or would be a digit."""
    plain = html.unescape(entity)
    if plain != entity and plain.startswith("&") and len(plain) > 1:
        plain = html.unescape(plain)  # &amp;nbsp;
    return entity if len(plain) > 2 or any(char.isnumeric() for char in plain) else plain
