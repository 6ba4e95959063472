"""Who speaks: the lines by which a transcript hands over from one agency to the next.

A line goes in, a `Turn` comes out where it changes the speaker; the words of agencies come from the vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reportgen.vocabulary import Vocabulary

_POSTS = (
    "(?:局长|主任|厅长|部长|书记|院长|司长|处长|行长|县长|区长|市长|省长|主席|秘书长|总队长|支队长|队长|会长|理事长|署长|关长"
    "|校长|委员|新闻发言人|发言人|负责人)"
)
_POST = f"副?{_POSTS}"
_HAS_POST = re.compile(_POSTS)
_COLON = re.compile("[:：]")
LONGEST_INVITATION, LONGEST_TITLE, LONGEST_NAME = 90, 44, 60
"""Characters of a line that hands over, of one that only names the speaker, of a name before a colon."""
_INVITE = re.compile(
    rf"请(?P<who>.{{2,40}}?{_POST}.{{0,8}}?)(?:同志)?[^。]{{0,12}}?(?:发布|介绍|通报|发言|回答|讲话|致辞)"
)
_TITLE_LINE = re.compile(
    rf"^(?P<who>[^。！？!?:：]{{2,40}}{_POST}[\s　、,，]*(?:新闻发言人)?[\s　]*[一-龥·]{{1,4}}"
    r"(?:[\s　]?[一-龥]{1,3})?)$"
)
_ANSWER = re.compile(rf"^(?P<who>[^。！？!?]{{2,40}}?(?:{_POST})?[^。！？!?:：]{{0,8}}?)(?:答(?:复|问)?)?[:：]")
_REPORTER = re.compile(r"^(?P<who>.{0,20}?(?:记者|新闻网|日报|电视台|广播|网))(?:.{0,6}?(?:提?问))?[:：]")


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of speaker: who, which agency (as printed, without rank), and whether a question or a statement."""

    speaker: str
    agency: str
    kind: Literal["statement", "question", "answer"]


def turn(line: str, vocabulary: Vocabulary) -> Turn | None:
    """The turn that a line makes, or None where it goes on."""
    if "请" in line and len(line) < LONGEST_INVITATION:
        invited = _INVITE.search(line)
        if invited:
            return _as_turn(invited["who"], "statement", vocabulary)
    if len(line) <= LONGEST_TITLE and line[-1:] not in "。！？!?；;：:":
        titled = _TITLE_LINE.match(line) if _HAS_POST.search(line) else None
        if titled:
            return _as_turn(titled["who"], "statement", vocabulary)
    colon = _COLON.search(line, 0, LONGEST_NAME)
    if colon:
        head = line[: colon.end()]
        asked = _REPORTER.match(head)
        if asked:
            return Turn(asked["who"], "", "question")
        answered = _ANSWER.match(head)
        if answered and (_HAS_POST.search(head) or head[:-1].endswith("答")):
            return _as_turn(answered["who"], "answer", vocabulary)
    return None


def agency_in(words: str, vocabulary: Vocabulary) -> str:
    """The first agency that the words name, as printed with its level (市人社局), or empty."""
    found = _agencies(vocabulary).search(words)
    if found is None:
        return ""
    start, end = found.span()
    return words[start - 1 if start and words[start - 1] in "省市县区州旗盟" else start : end]


_AGENCIES: dict[str, re.Pattern[str]] = {}
"""The names of a vocabulary's agencies as one pattern, longest first, by its fingerprint, once per process."""


def _agencies(vocabulary: Vocabulary) -> re.Pattern[str]:
    if vocabulary.fingerprint not in _AGENCIES:
        forms = {form for agency in vocabulary.agencies for form in (agency.short, agency.full) if form}
        _AGENCIES[vocabulary.fingerprint] = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
    return _AGENCIES[vocabulary.fingerprint]


def _as_turn(who: str, kind: Literal["statement", "question", "answer"], vocabulary: Vocabulary) -> Turn:
    return Turn(who.strip(), agency_in(who, vocabulary), kind)
