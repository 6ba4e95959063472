"""Text whose two-byte codes slipped by one byte: 。ㄒ唬┒啻氩⑴e -> (一)多措並舉.

A page in GBK lost one byte, so that every character behind it was read from the second half of one code and the first
half of the next, until a code that ends in an ASCII byte set it right again. Here the places are found where that may
have happened, and a reading is taken only where it is far more likely than what stands there.
Wrong where a text prints such characters on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import gbk
from .edits import Edit
from .lexicon import Lexicon
from .likely import Likelihood, is_common
from .readings import ANNOTATION, LETTERS, characters_by_reading
from .resync import Start, read_run
from .script import is_traditional

_RUN = 26
_SYMBOLS = "。、·ˉˇ¨〃々±×÷∶∧∨∑∏∪∩∈∷√⊥∥∠⌒⊙∫∮≡≌≈∽∝≠≮≯≤≥∞∵∴♂♀°′″℃"
"""First row of GB 2312: half an ideographic blank and the first half of a character look like these."""
# the symbols count at the start of a line alone
_SIGN = re.compile(f"[{_SYMBOLS}?!;！；](?:(?<=[?!;！；])|(?<=\n.)|(?<=\\A.))")
_START = re.compile(
    rf"(?m)^[{_SYMBOLS}](?=[^\x00-\x7f])"
    rf"|(?<=[^\x00-\x7f])\?(?=[{LETTERS}]{{1,6}}\))"
    rf"|(?<=[^\s])!(?=[、，,])"
    rf"|(?<=[^\s])[!;！；](?=[^\x00-\x7f]{{1,{_RUN}}}[@-~(])"
)
_WEDGED = re.compile(rf"\?([{LETTERS}]{{1,6}})\)")
_CLOSING = {"“": "”", "‘": "’", "《": "》"}


def _starts(text: str) -> Iterator[int]:
    """Where a slip may begin; signs are looked for first, for they are fast to find."""
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if _START.match(text, at):
            yield at


def shift_back(text: str) -> Iterator[Edit]:
    """Characters that were read one byte off (GBK) are put together again; what bytes do not tell is marked lossy."""
    starts = list(_starts(text))
    if not any(_is_suspect(text, position) for position in starts):
        return
    likely = Likelihood(_undamaged(text, starts))
    lexicon = Lexicon(likely, ascii_punctuation=text.count(",") > text.count("，"), traditional=is_traditional(text))
    done = 0
    for position in starts:
        if position < done:
            continue
        best = max(_readings(text, position, lexicon), key=lambda found: found[0], default=None)
        if best is not None and best[0] > 0:
            done = best[1].end
            yield best[1]


def _is_suspect(text: str, position: int) -> bool:
    """Whether what stands behind a start looks odd enough to look closer at the whole text."""
    if text[position] == "?":
        return True
    behind = text[position + 1 : position + 7]
    return sum(char > "\x7f" and not is_common(char) for char in behind) > 0


def _undamaged(text: str, starts: list[int]) -> str:
    """The text without what stands behind the suspected starts and without bracketed pinyin: what to learn from."""
    pieces, kept_from = [], 0
    for start in starts:
        if start >= kept_from:
            pieces.append(text[kept_from:start])
            kept_from = start + _RUN
    return ANNOTATION.sub("", "\n".join([*pieces, text[kept_from:]]))


def _readings(text: str, position: int, lexicon: Lexicon) -> Iterator[tuple[float, Edit]]:
    """Each way to read the damage that begins at `position`, with how much more likely it is than the text as found."""
    before, sign = _before(text, position), text[position]
    halves = gbk.code(sign)
    if before == "\n" and halves and sign in _SYMBOLS:
        yield from read_run(text, Start(position, position + 1, "\n", "", halves[1], opens_line=True), lexicon)
    elif sign == "?":
        annotation = _WEDGED.match(text, position)
        halves = gbk.code(before)
        if annotation and halves:
            for char in characters_by_reading().get(annotation[1], ()):
                straddling = gbk.code(char)
                if straddling and straddling[0] == halves[1]:
                    start = Start(position, annotation.end(), before, "", straddling[1])
                    yield from read_run(text, start, lexicon)
    elif text[position + 1] in "、，,":
        yield from _before_closing(text, position, lexicon)
    else:
        start = Start(position, position + 1, before, "。", gbk.full_width(gbk.ascii_form(sign))[1])
        yield from read_run(text, start, lexicon)


def _before(text: str, position: int) -> str:
    """The character before `position`, bracketed pinyin left aside."""
    while position and text[position - 1] in ")）":
        opened = max(text.rfind("(", 0, position), text.rfind("（", 0, position))
        if opened < 0 or not ANNOTATION.fullmatch(text, opened, position):
            break
        position = opened
    return text[position - 1] if position else "\n"


def _before_closing(text: str, position: int, lexicon: Lexicon) -> Iterator[tuple[float, Edit]]:
    """`X!、`: the two outer bytes of a character and a closing mark are gone, their inner bytes read as the `!`."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    opened = max(_CLOSING, key=line.rfind)
    closing = _CLOSING[opened]
    if line.rfind(opened) <= line.rfind(closing):
        return
    before, after = _before(text, position), text[position + 1]
    as_found = lexicon.likely.text(before, "!" + after)
    for char in lexicon.ending_in(0xA3):
        if char in lexicon.likely.followers.get(before, ()):
            gain = lexicon.likely.text(before, char + closing + after) - as_found
            yield gain, Edit(position, position + 1, char + closing, lossy=True)
