"""Source text as it is printed: punctuation full width, stray spaces gone, digits untouched, places kept.

A text and places in it go in; the printed text and the same places in it come out. No word is ever changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_HAN = re.compile(r"[㐀-鿿〇豈-﫿]")
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_RANGE_END = re.compile(r"\d{1,4}(?:\.\d+)?\s*[年月日号岁个家名人所项条场万亿%％]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
MISSING = "〓"
IN_NUMBERS = "0123456789.,"
_NUMBER_AT_END = re.compile(r"[0-9][0-9.,]*$")
LONGEST_NAME = 60


def printed(text: str, places: Sequence[int] = ()) -> tuple[str, tuple[int, ...]]:
    """`text` with full-width punctuation, and where each of `places` (offsets into `text`) stands in it.

    >>> printed("1-8月(累计)接待 1661.04 万人次,增长1,234;")[0]
    '1—8月（累计）接待1661.04万人次，增长1,234；'
    """
    out: list[str] = []
    positions: list[int] = []
    for at, char in enumerate(text):
        positions.append(len(out))
        before = text[at - 1] if at else ""
        if char in " \u3000\t\n\r" and not _keeps_space(out[-1] if out else "", text, at):
            continue
        out.append(_wide(char, before, text, at))
    positions.append(len(out))
    return _PRIVATE.sub(MISSING, _quotes("".join(out))), tuple(positions[place] for place in places)


def _keeps_space(last: str, text: str, at: int) -> bool:
    """A space stays only between two Latin words."""
    following = text[at + 1 : at + 2]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalpha()


def _wide(char: str, before: str, text: str, at: int) -> str:
    after = text[at + 1 : at + 2]
    if char in "-~～－–" and before.isdigit() and _RANGE_END.match(text, at + 1):
        return "—"
    if char not in _WIDE:
        return char
    if char in ",:" and before.isdigit() and after.isdigit():
        return char
    near = _HAN.search(text[max(0, at - 12) : at + 13])
    return _WIDE[char] if near else char


def _quotes(text: str) -> str:
    """Straight double quotes in pairs become “ and ”."""
    if text.count('"') % 2:
        return text
    opening = True
    out = []
    for char in text:
        if char == '"':
            out.append("“" if opening else "”")
            opening = not opening
        else:
            out.append(char)
    return "".join(out)


def short_name(text: str) -> str:
    """A name as printed in tables and cards: one that is no name any more is cut."""
    return shortened(plain(text), LONGEST_NAME)


def shortened(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, never cut inside a number: 202… would say what no source says.

    >>> shortened("承办2023年活动", 5), shortened("承办2023年活动", 8), shortened("承办", 2)
    ('承办…', '承办2023年…', '承办')
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    return (_NUMBER_AT_END.sub("", kept) if text[longest - 1] in IN_NUMBERS else kept) + "…"


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """`text` printed, without places."""
    return printed(text)[0]
