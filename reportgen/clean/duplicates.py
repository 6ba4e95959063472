"""A body printed twice (a page's desktop and mobile copy): the first copy stays.

Paragraphs are compared without blanks and digits' neighbours kept, as whole strings. Only a long run of paragraphs that
all stood before, in the same order, is taken out; a formula repeated in one place (谢谢大家!) never is.
Wrong for a document that prints the same long passage twice on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
_BLANK = re.compile(r"\s+")
_LONG = 12
"""A paragraph shorter than this proves nothing by coming back."""
_RUN_PARAGRAPHS = 3
_RUN_CHARACTERS = 200


def drop_second_copy(text: str) -> Iterator[Edit]:
    """A long run of paragraphs that already stood earlier in the document is taken out."""
    paragraphs = [(m.start(), m.end(), _BLANK.sub("", m[0])) for m in _PARAGRAPH.finditer(text)]
    first: dict[str, int] = {}
    keys: list[int] = []
    for index, (_, _, plain) in enumerate(paragraphs):
        keys.append(first.setdefault(plain, index))
    index = 0
    while index < len(paragraphs):
        earlier = keys[index]
        if earlier == index:
            index += 1
            continue
        stop = index + 1
        while stop < len(paragraphs) and stop - index + earlier < index and _same(keys, stop, earlier + stop - index):
            stop += 1
        if _enough(paragraphs[index:stop]):
            yield Edit(paragraphs[index][0], paragraphs[stop - 1][1], "")
        index = stop


def _same(keys: list[int], left: int, right: int) -> bool:
    return keys[left] == keys[right]


def _enough(run: list[tuple[int, int, str]]) -> bool:
    long = [plain for _, _, plain in run if len(plain) >= _LONG]
    return len(long) >= _RUN_PARAGRAPHS and sum(map(len, long)) >= _RUN_CHARACTERS
