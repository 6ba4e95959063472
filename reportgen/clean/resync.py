"""One damaged run of slipped two-byte codes -> its likeliest readings, as edits with their gain over the text as found.

Codes that stand for nothing were dropped from such runs. There a reading may put in characters whose outer bytes fit
and that the rest of the text uses; it is then lossy, and where several fit about as well 〓 stands for the unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import gbk
from .edits import Edit
from .lexicon import Lexicon
from .likely import NUMERALS
from .readings import ANNOTATION, TONED, characters_by_reading, is_read

_UNKNOWN = "〓"
_LONGEST = 40
_LONGEST_LINE = 1_000
_FIRST_TRAIL, _LAST_ASCII = 0x40, 0x7F
_AFTER_LOSS = frozenset("，。、；：！？”》）,;:!?)")
_BEAM = 12
_GAP = -2.5
_NEEDED = 6.0
"""By so much (natural logarithm) must a reading beat the text as found."""
_CLOSE = 1.0
"""Readings of a gap that are this close are both possible."""
_AGREES = 5.0
"""What it counts that a character has the reading printed behind it, or that a heading's bracket holds a numeral."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run begins: offset of the edit and of the first slipped character, what stands before, the first byte.

    `known` is text that the damage took away for certain; a run that `opens_line` may be a heading, or the whole line.
    """

    begin: int
    resume: int
    before: str
    known: str
    byte: int
    opens_line: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    """What may stand at one place: the one character that the bytes spell, or guesses where bytes were dropped."""

    spelt: str
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Path:
    """The text read so far as tokens, the slots that they were chosen from, and its likelihood."""

    score: float
    tokens: tuple[str, ...] = ()
    slots: tuple[_Slot, ...] = ()

    def last(self, start: Start) -> str:
        return self.tokens[-1][-1] if self.tokens else start.before


def read_run(text: str, start: Start, lexicon: Lexicon) -> Iterator[tuple[float, Edit]]:
    """Readings of the run at `start`, one for each place where it may end, with the gain less what is needed."""
    pending = start.byte
    paths = [_Path(0.0)]
    if start.known:
        known = lexicon.likely.text(start.before, start.known)
        paths = [_Path(known, (start.known,), (_Slot(start.known),))]
    for position in range(
        start.resume, min(len(text), start.resume + (_LONGEST_LINE if start.opens_line else _LONGEST))
    ):
        char = text[position]
        annotation = ANNOTATION.match(text, position)
        if annotation:
            yield from _ended(paths, _annotated(pending, annotation[1]), text, start, position, lexicon)
            return
        if "@" <= char <= "~":
            yield from _ended(paths, _slot(pending, ord(char), lexicon), text, start, position + 1, lexicon)
        code = gbk.full_width(char) if "!" <= char <= "~" and not char.isdigit() else gbk.code(char)
        if code is None:
            if start.opens_line and char in " \n0123456789":
                yield from _ended(paths, _cut_off(pending, ord(char), lexicon), text, start, position, lexicon)
            return
        if char in _AFTER_LOSS:
            yield from _ended(paths, _cut_off(pending, code[0], lexicon), text, start, position, lexicon)
        paths = _extended(paths, _slot(pending, code[0], lexicon), start, lexicon)
        if not paths:
            return
        pending = code[1]


def _slot(lead: int, trail: int, lexicon: Lexicon) -> _Slot:
    """Between a pending lead byte and the next trail byte: one character, or several across dropped codes."""
    return _Slot(lexicon.plain(gbk.character(lead, trail)), tuple(lexicon.across_gap(lead, trail)))


def _cut_off(lead: int, following: int, lexicon: Lexicon) -> _Slot:
    """A last character that lost its trail byte before the sound byte `following`."""
    codes = ((char, gbk.code(char)) for char in lexicon.beginning_with(lead))
    if following < _FIRST_TRAIL:
        return _Slot("", tuple(char for char, code in codes if code and code[1] > _LAST_ASCII))
    return _Slot("", tuple(char for char, code in codes if code and gbk.is_dropped(code[1], following)))


def _annotated(lead: int, reading: str) -> _Slot:
    """A last character that lost its trail byte but has its reading printed behind it."""
    codes = ((char, gbk.code(char)) for char in sorted(characters_by_reading().get(reading, ())))
    fitting = tuple(char for char, code in codes if code and code[0] == lead)
    return _Slot(fitting[0]) if len(fitting) == 1 else _Slot("", fitting)


def _extended(paths: list[_Path], slot: _Slot, start: Start, lexicon: Lexicon) -> list[_Path]:
    """The best paths one slot further, one for each last character."""
    best: dict[str, _Path] = {}
    for path in paths:
        before = path.last(start)
        for token in (*((slot.spelt,) if slot.spelt else ()), *slot.guesses):
            score = path.score + lexicon.likely.text(before, token)
            if token != slot.spelt:
                score += _GAP
            elif lexicon.is_alien(token):
                score -= _AGREES
            if start.opens_line and _is_numbered(path.tokens, token):
                score += 2 * _AGREES
            if token[-1] not in best or best[token[-1]].score < score:
                best[token[-1]] = _Path(score, (*path.tokens, token), (*path.slots, slot))
    return sorted(best.values(), key=lambda path: path.score, reverse=True)[:_BEAM]


def _is_numbered(tokens: tuple[str, ...], token: str) -> bool:
    """Whether `token` goes on after `(` as a heading does: a numeral, then its closing bracket if anything."""
    return len(tokens) == 1 and token[0] in NUMERALS and token[1:2] in {"", ")", "）"}


def _ended(
    paths: list[_Path], slot: _Slot, text: str, start: Start, end: int, lexicon: Lexicon
) -> Iterator[tuple[float, Edit]]:
    """The best reading that ends at `end` with a token of `slot`."""
    annotation = ANNOTATION.match(text, end)
    after = text[annotation.end() if annotation else end :][:1] or "\n"
    finished: list[_Path] = []
    for path in _extended(paths, slot, start, lexicon):
        score = path.score + lexicon.likely.pair(path.last(start), after)
        if annotation and TONED.search(annotation[1]):
            score += _AGREES if is_read(path.last(start), annotation[1]) else -_AGREES
        finished.append(_Path(score, path.tokens, path.slots))
    if not finished:
        return
    best = max(finished, key=lambda path: path.score)
    as_found = lexicon.likely.text(start.before, ANNOTATION.sub("", text[start.begin : end]) + after)
    if annotation and TONED.search(annotation[1]) and not is_read(text[end - 1], annotation[1]):
        as_found -= _AGREES
    reading, lossy = _without_guesses(best, start, after, lexicon)
    yield best.score - as_found - _NEEDED, Edit(start.begin, end, reading, lossy)


def _without_guesses(path: _Path, start: Start, after: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The text of `path`, with 〓 for guessed characters that could about as well be others; whether it is lossy."""
    tokens, lossy = list(path.tokens), lexicon.is_small
    for index, (token, slot) in enumerate(zip(path.tokens, path.slots, strict=True)):
        if token == slot.spelt or (start.opens_line and _is_numbered(path.tokens[:index], token)):
            continue  # spelt by its bytes; a lead byte belongs to one numeral only
        lossy = True
        before = path.tokens[index - 1][-1] if index else start.before
        behind = path.tokens[index + 1][0] if index + 1 < len(path.tokens) else after
        scores = {
            guess: lexicon.likely.text(before, guess + behind) for guess in slot.guesses if len(guess) == len(token)
        }
        rivals = [guess for guess, score in scores.items() if score > scores[token] - _CLOSE]
        tokens[index] = "".join(
            char if all(guess[place] == char for guess in rivals) else _UNKNOWN for place, char in enumerate(token)
        )
    return "".join(tokens), lossy
