"""Pinyin in brackets behind a character, as some sites print it by the thousand: 現(xiàn)在 -> 現在.

Taken out where the table knows the reading for that character, and any syllable in a text that is full of them.
Wrong for a text that teaches pinyin. A bracket with anything else, such as (阜新) or (GDP), is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit
from .readings import ANNOTATION, TONED, is_read

_ENOUGH = 8
"""So many bracketed syllables with a tone mark are no accident."""
_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuüüüü")
_SYLLABLE = re.compile(r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[iuü]?[aoeiuü][ior]?n?g?")


def drop_pinyin(text: str) -> Iterator[Edit]:
    """Pinyin printed in brackets behind a character is taken out."""
    if "(" not in text and "（" not in text:
        return
    found = [match for match in ANNOTATION.finditer(text) if match.start() and text[match.start() - 1] > "@"]
    full_of_it = sum(1 for match in found if TONED.search(match[1])) >= _ENOUGH
    for match in found:
        if not TONED.search(match[1]):
            continue
        syllable = _SYLLABLE.fullmatch(match[1].translate(_PLAIN))
        if (full_of_it and syllable) or is_read(text[match.start() - 1], match[1]):
            yield Edit(match.start(), match.end(), "")
