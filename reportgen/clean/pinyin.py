"""Pinyin in brackets behind a character, as some sites print it by the thousand: 現(xiàn)在 -> 現在.

Taken out only in a text that is full of it. Wrong for a text that teaches pinyin, and for a bracket that happens to
hold one latin syllable; brackets with anything else, such as (阜新) or (GDP), are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüê"
_INSERTION = re.compile(rf"(?<=[^\x00-\x40])[(（]([{LETTERS}]{{1,6}})[)）]")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_ENOUGH = 8
"""So many bracketed syllables with a tone mark are no accident."""
_SYLLABLE = re.compile("(?:[bpmf]?[aoeiu]|[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:i|u|ü|v)?(?:a|o|e|ê)?(?:i|o|u|n|ng|r)?")
_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuüüüü")


def annotated(text: str) -> bool:
    """Whether `text` is full of bracketed pinyin."""
    if "(" not in text and "（" not in text:
        return False
    found = 0
    for match in _INSERTION.finditer(text):
        found += bool(_TONE.search(match[1]))
        if found >= _ENOUGH:
            return True
    return False


def drop_pinyin(text: str) -> Iterator[Edit]:
    """Pinyin in brackets behind a character is taken out (only in a text full of it)."""
    if not annotated(text):
        return
    for match in _INSERTION.finditer(text):
        if _SYLLABLE.fullmatch(match[1].translate(_PLAIN)):
            yield Edit(match.start(), match.end(), "")
