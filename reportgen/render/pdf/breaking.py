"""Where a line of Chinese text may end (GB/T 15834), and where it may be spread or squeezed.

Pure functions of neighbouring characters; widths and drawing are elsewhere.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CLOSING = frozenset("/，。、；：！？”’》）】〕〉」』］｝…％%‰℃,.;:!?)]}·")
OPENING = frozenset("/“‘《（【〔〈「『［｛([{●○")
# Full-width marks with half an em of white on one side.
WHITE_RIGHT = frozenset("，。、；：！？》）】〕〉」』］｝")
WHITE_LEFT = frozenset("《（【〔〈「『［｛")
_WORD_MARKS = frozenset(".,:/%‰+-−–~_&@#'°=<>")
_UNITS = frozenset("个人名家项所件次场户年月日时分元万亿千百倍吨亩里米套座条张期号位届级岁℃%％‰")


@lru_cache(maxsize=1 << 16)
def may_break(before: str, after: str, earlier: str = "") -> bool:
    """Whether a line may end between two neighbouring characters of running text; `earlier` stands before them.

    >>> may_break("业", "，"), may_break("（", "同"), may_break("1", "7"), may_break("7", "%"), may_break("增", "长")
    (False, False, False, False, True)
    >>> may_break("—", "9", "1"), may_break("月", "—"), may_break("—", "2", "月")
    (False, False, True)
    """
    if after in CLOSING or before in OPENING or after == " " or unicodedata.combining(after) or after == "\u200d":
        return False
    if before == " ":
        return True
    if after == "—" or before == after == "…":
        return False
    if before.isdigit() and after in _UNITS:
        return False
    if before == "—" and after.isdigit() and earlier.isdigit():
        return False
    return not (is_word(before) and is_word(after))


def is_word(character: str) -> bool:
    """Whether the character belongs to a number or a Latin word, which stay whole."""
    return character in _WORD_MARKS or (
        ord(character) < 0x2E80 and character.isalnum() and character not in "①②③④⑤⑥⑦⑧⑨⑩"
    )


@lru_cache(maxsize=1 << 16)
def may_spread(before: str, after: str) -> bool:
    """Whether white may be added between two characters to fill a line."""
    if before in " \u3000" or after in " \u3000":
        return True
    return not (is_word(before) and is_word(after)) and not before == after == "—" and before not in "●○"


def squeeze(before: str, after: str) -> float:
    """White in em that is always taken out between two full-width marks: of 》（ or ）。 one half is enough."""
    if after in WHITE_LEFT and (before in WHITE_RIGHT or before in WHITE_LEFT or before in "”’"):
        return 0.5
    return 0.5 if before in WHITE_RIGHT and after in WHITE_RIGHT else 0.0


@lru_cache(maxsize=1 << 16)
def between(before: str, after: str) -> tuple[bool, bool, float]:
    """`may_break`, `may_spread` and `squeeze` of two neighbouring characters."""
    return may_break(before, after), may_spread(before, after), squeeze(before, after)
