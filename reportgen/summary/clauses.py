"""A sentence and its figures -> the runs of whole clauses that may stand alone, as half-open ranges of the sentence.

Cuts fall only at ；。 and at commas where what follows says by itself what its figures measure. Text inside brackets
and quotation marks is never cut. Nothing is rewritten: a range of the source sentence is all that ever leaves here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.model import Figure

OPEN = "（(“《〈【[「"
CLOSE = "）)”》〉】]」"
COMMAS = "，,"
HARD = "；;。！!？?\n"

OPENERS = re.compile(
    r"(?:[一二三四五六七八九十]+(?:是|要)|第[一二三四五六七八九十]+[，,]|(?:同时|此外|另外|下一步|目前看)[，,]?"
    r"|[^，,；;：:]{0,16}[答问][:：]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．](?!\d)"
    r"|[^，,；;：:。]{0,20}(?:预期|奋斗|发展|工作)目标[是为]?[:：，,])\s*"
)
"""Words that only number, link or announce a sentence or name its speaker: a clause says the same without them."""

SELF = re.compile("我局|我委|我们|我厅|我代表|各位|发布会|记者|负责同志|牵头负责")
"""Words of a speaker about himself: such a clause is no summary."""

DEPENDENT = re.compile(
    "其中|同比|比上年|比去年|较上年|较去年|分别|占|增长|下降|提高|减少|增幅|增速|达到|超过|超额|带动|惠及|覆盖|总投资|面积"
    "|预计投资|计划投资|完成投资|总额|达|并|且|也|均|全部|其余|排名|位居|居|列|涉及|实现了|较|比|以上|使|为|共计|合计|完成[^，]{0,4}目标"
    "|(?:下拨|拨付|投入|争取|安排|带动)[^，]{0,8}(?:资金|补助|补贴|经费)"
)
"""Beginnings of clauses that say something about the clause before them."""

OCCASION = re.compile("[^，,；;]{1,10}(?:期间|假期|黄金周|小长假)")
"""A time within the year that a clause begins with."""

FOLLOWS = re.compile("同比|比上年|比去年|较上年|较去年|分别|其中")
"""Beginnings that belong to the clause before, even over a semicolon."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of whole clauses of a sentence and the figures printed in it, in order."""

    start: int
    end: int
    figures: tuple[Figure, ...]


def clauses(sentence: str, figures: Sequence[Figure]) -> tuple[Clause, ...]:
    """The shortest self-contained clause runs of `sentence` that together print all its `figures`.

    A run that cannot stand alone is joined to the one before; `figures` are those whose `mark` lies in the sentence.
    """
    runs: list[Clause] = []
    for start, end, hard in _pieces(sentence):
        inside = tuple(f for f in figures if start <= f.mark[0] < end)
        previous = runs[-1] if runs else None
        if previous and _belongs(sentence, previous, start, end, inside, hard):
            runs[-1] = Clause(previous.start, end, previous.figures + inside)
            # 分别增长145%和131%: of both runs before
            while len(runs) > 1 and "分别" in sentence[start:end] and _reaches_back(sentence, runs[-1], inside):
                last = runs.pop()
                runs[-1] = Clause(runs[-1].start, end, runs[-1].figures + last.figures)
        else:
            runs.append(Clause(start, end, inside))
    trimmed = (_trim(sentence, run) for run in _with_time(sentence, runs) if run.figures)
    return tuple(run for run in trimmed if _quotable(sentence[run.start : run.end]))


def _quotable(text: str) -> bool:
    """Whether a run may stand in print: brackets closed, not about the speaker."""
    closed = all(text.count(left) == text.count(right) for left, right in ("()", "（）", "“”", "《》"))
    return closed and not text.endswith(("：", ":")) and not SELF.search(text) and not FOLLOWS.match(text)


def _pieces(sentence: str) -> list[tuple[int, int, bool]]:
    """Stretches between commas and stops outside brackets; True where a full stop or semicolon stands before."""
    pieces: list[tuple[int, int, bool]] = []
    depth, start, hard = 0, 0, True
    for at, char in enumerate(sentence):
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in COMMAS + HARD and not _inside_number(sentence, at):
            if at > start:
                pieces.append((start, at, hard))
                hard = False
            hard = hard or char in HARD
            start = at + 1
    if start < len(sentence):
        pieces.append((start, len(sentence), hard))
    return pieces


def _inside_number(sentence: str, at: int) -> bool:
    """True for the comma of 1,234."""
    return sentence[at] == "," and sentence[at - 1 : at].isdigit() and sentence[at + 1 : at + 4].isdigit()


def _belongs(sentence: str, previous: Clause, start: int, end: int, inside: Sequence[Figure], hard: bool) -> bool:
    """Whether a piece is kept with the run before it: it cannot stand alone, or it says what the run measures."""
    piece = sentence[start:end].strip()
    if hard:
        return bool(FOLLOWS.match(piece) and previous.figures and inside)
    if not _stands_alone(piece, inside):
        return True
    before = sentence[previous.start : start]
    joined = sentence[previous.start : end]
    return any(not named(before, f.indicator) and named(joined, f.indicator) for f in _naming(previous.figures))


def _reaches_back(sentence: str, run: Clause, figures: Sequence[Figure]) -> bool:
    """Whether a run does not name what one of its `figures` measures."""
    return any(not named(sentence[run.start : run.end], figure.indicator) for figure in figures)


def _naming(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures whose indicators a text must name."""
    return tuple(figure for figure in figures if figure.measure in ("level", "share", "rank"))


def _stands_alone(piece: str, figures: Sequence[Figure]) -> bool:
    """Whether the piece names what its figures measure: their indicators' characters are (nearly) all in it."""
    text = piece.strip()
    if DEPENDENT.match(text):
        return False
    return all(named(text, figure.indicator) for figure in _naming(figures))


def named(text: str, indicator: str) -> bool:
    """Whether `text` contains three quarters of the indicator's distinct characters, with its last two together."""
    letters = set(re.sub(r"[\W_的]", "", indicator))
    return not letters or len(letters & set(text)) * 4 >= len(letters) * 3


def _with_time(sentence: str, runs: Sequence[Clause]) -> list[Clause]:
    """A run of only a time, a place or a lead-in (no figure, at most 14 characters) is kept with what it introduces.

    So is a longer one that begins with an occasion (“十一”期间…): what follows holds for that time only.
    """
    kept: list[Clause] = []
    for run in runs:
        lead = kept[-1] if kept else None
        said = sentence[lead.start : lead.end] if lead and not lead.figures else ""
        if lead and said and ((len(said) <= 14 and _is_time(said)) or (len(said) <= 30 and OCCASION.match(said))):
            kept[-1] = Clause(lead.start, run.end, run.figures)
        else:
            kept.append(run)
    return kept


def _is_time(text: str) -> bool:
    return bool(re.search(r"年|月|目前|今年|以来|至今|期间|季度|日$", text)) or len(text) <= 5


def _trim(sentence: str, run: Clause) -> Clause:
    """Without spaces, openers and closing stops at the edges."""
    start, end = run.start, run.end
    first = run.figures[0].mark[0]
    while True:
        while start < end and (sentence[start].isspace() or sentence[start] in COMMAS):
            start += 1
        opener = OPENERS.match(sentence, start, end)
        if not opener or opener.end() > first or opener.end() == start:
            break
        start = opener.end()
    while end > start and (sentence[end - 1].isspace() or sentence[end - 1] in COMMAS + HARD):
        end -= 1
    return Clause(start, end, run.figures)
