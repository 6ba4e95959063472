"""A body printed twice (a page's desktop and mobile copy): the first copy stays, the second goes with its headline.

Paragraphs are compared whole, blanks aside. Only a long run of paragraphs that all stood before, in the same order,
is taken out; a formula that comes back in one place (谢谢大家!) never is.
Wrong for a document that prints the same long passage twice on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_PARAGRAPH = re.compile(r"[^\n]+")
_LONG = 12
"""A paragraph shorter than this proves nothing by coming back."""
_RUN_PARAGRAPHS = 3
_RUN_CHARACTERS = 200
_HEADLINES = 4


def drop_second_copy(text: str) -> Iterator[Edit]:
    """A long run of paragraphs that already stood earlier in the document is taken out."""
    spans = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]
    plain = ["".join(text[start:end].split()) for start, end in spans]
    first: dict[str, int] = {}
    keys = [first.setdefault(paragraph, index) for index, paragraph in enumerate(plain)]
    index = done = 0
    while index < len(keys):
        earlier = keys[index]
        stop = index + 1
        if earlier < index:
            while stop < len(keys) and stop - index + earlier < index and keys[stop] == keys[earlier + stop - index]:
                stop += 1
            if _is_body(plain[index:stop]):
                begin = _headline(plain, earlier, index, done)
                yield Edit(spans[begin][0], spans[stop - 1][1], "")
                done = stop
        index = stop


def _is_body(run: list[str]) -> bool:
    long = [paragraph for paragraph in run if len(paragraph) >= _LONG]
    return len(long) >= _RUN_PARAGRAPHS and sum(map(len, long)) >= _RUN_CHARACTERS


def _headline(plain: list[str], earlier: int, begin: int, after: int) -> int:
    """First paragraph of the second copy's headline: lines that the first copy's headline holds, however broken."""
    headline = "".join(plain[max(0, earlier - 2 * _HEADLINES) : earlier])
    lowest = max(after, earlier + 1, begin - _HEADLINES)
    while begin > lowest and plain[begin - 1] in headline:
        begin -= 1
    return begin
