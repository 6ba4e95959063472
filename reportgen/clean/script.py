"""Traditional characters -> simplified, character by character (OpenCC `tw2s`); only for a text that is traditional.

Length and offsets stay. Wrong for a simplified text that quotes traditional names, which is therefore left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .edits import Edit

if TYPE_CHECKING:
    from opencc import OpenCC

_COMMON = re.compile("[這國個們來時會說學對發後經過產業務為實現與關開應進動設區萬電體長東車門問間數據網點]")
_COMMON_SIMPLIFIED = re.compile("[这国个们来时会说学对发后经过产业务为实现与关开应进动设区万电体长东车门问间数据网点]")
_RUN = re.compile("[\u3400-\u9fff]+")


def is_traditional(text: str) -> bool:
    """Whether `text` is written in traditional characters: more common ones of theirs than simplified ones."""
    seen = len(_COMMON.findall(text))
    return seen >= 2 and seen > len(_COMMON_SIMPLIFIED.findall(text))


def to_simplified(text: str) -> Iterator[Edit]:
    """Traditional characters are written simplified, one for one (only in a traditional text)."""
    if not is_traditional(text):
        return
    converter = _converter("tw2s")
    for line in _RUN.finditer(text):
        before = line[0]
        after = converter.convert(before)
        if after == before:
            continue
        if len(after) != len(before):
            after = "".join(_one(converter, char) for char in before)
        yield from _differences(before, after, line.start())


def _differences(before: str, after: str, base: int) -> Iterator[Edit]:
    """One edit for each run of characters that differ."""
    start = -1
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and start < 0:
            start = index
        elif old == new and start >= 0:
            yield Edit(base + start, base + index, after[start:index])
            start = -1
    if start >= 0:
        yield Edit(base + start, base + len(before), after[start:])


def _one(converter: OpenCC, char: str) -> str:
    converted: str = converter.convert(char)
    return converted if len(converted) == 1 else char


def is_simplified(char: str) -> bool:
    """Whether traditional writing has another form for `char`."""
    converted: str = _converter("s2t").convert(char)
    return converted != char


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC  # loaded when a traditional text turns up: most are not

    return OpenCC(config)
