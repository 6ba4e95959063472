"""What a figure measures: the shortest noun phrase from its clause, completed by what its neighbours say.

Five cases, tried in order: a list that goes with 分别; words that only say how it changed (the previous figure's
name); the noun counted to the right; the phrase to the left; nothing of its own (the name goes on from before).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import core, is_generic, is_verb_only, right_noun, starts_with_verb, unit_noun
from reportgen.extract.shared import respective_names

LONGEST = 26
_COUNTED = frozenset({"count", "person"})
_GRADE = re.compile("^(?:国家|省|市|县|区|乡|镇|村|部|厅|自治区)级?$")
_GRADE_LEAD = re.compile("^(?:国家|省|市|县|区)级")
_CLAUSES = re.compile("[,，;；:：。]")
_PART_OF = re.compile("^[^,，]{0,4}占")


@dataclass(frozen=True, slots=True)
class Naming:
    """What earlier figures of the sentence leave for later ones."""

    name: str = ""
    """The last full name."""
    subject: str = ""
    """What generic words (投资, 面积) go with."""
    levels: tuple[str, ...] = ()
    """Names of the level figures so far, for 分别 that points back."""


def name(frame: Frame, measure: str, topic: str, before: Naming) -> tuple[str, Naming]:
    """The figure's indicator and what it leaves to the next figure of the sentence."""
    found = _name(frame, measure, topic, before)
    found = _short(found) or topic or before.name
    subject = before.subject if is_generic(_left(frame)) and before.subject else found
    levels = before.levels
    if measure in ("level", "share") and found and (not levels or levels[-1] != found):
        levels = (*levels, found)
    return found, Naming(found, subject or found, levels)


def _name(frame: Frame, measure: str, topic: str, before: Naming) -> str:
    listed = respective_names(frame, before.levels)
    if listed:
        return listed
    q = frame.quantity
    left = _left(frame)
    if q.base_unit in ("金", "银", "铜"):
        return _joined(
            before.name if before.name.endswith("牌") is False and False else _context(frame, topic),
            unit_noun(q.base_unit),
        )
    if measure == "growth" and not left:
        return before.name or _context(frame, topic)
    right = frame.right
    if q.kind in _COUNTED and right.strip() and not starts_with_verb(right):
        counted = right_noun(right)
        if counted and (is_verb_only(left) or not left):
            return _counted(frame, left, counted, topic, before)
        if counted and left and len(counted) >= 2:
            return counted if not is_generic(counted) else _joined(left, counted)
    if q.base_unit == "%" and right.startswith("的") and (not left or is_verb_only(left)):
        return right_noun_long(right)
    if left and _GRADE.match(left) and before.name:
        return _regraded(left, before.name)
    if left and not is_verb_only(left):
        if is_generic(left):
            return _joined(_subject(frame, left, topic, before), left)
        return left
    if not left and before.name and frame.previous is not None:
        return _joined(before.subject or before.name, unit_noun(q.base_unit)) if measure == "level" else before.name
    subject = _subject(frame, left, topic, before)
    tail = left if left in ("投资", "投入", "新增", "开工") else ""
    return _joined(subject, tail or unit_noun(q.base_unit))


def right_noun_long(right: str) -> str:
    """The whole phrase after N%的: what has that share."""
    return right.removeprefix("的").strip()[:LONGEST]


def _left(frame: Frame) -> str:
    start = max(frame.clause, frame.previous.tail if frame.previous else 0)
    words = frame.sentence[start : frame.quantity.start]
    if frame.quantity.form == "rank":
        words = re.sub(
            "(?:全国|全省|全市|全区|全县|省内|国内|世界|全球|地级市|[一-龥]{0,6}(?:考评|考核|排名|位次))?(?:的)?第?$",
            "",
            words,
        )
    words = words.split("。")[-1]
    phrase = core(words)
    if "等" in phrase and len(phrase) > 16:
        phrase = phrase.rpartition("等")[2] or phrase[-12:]
    return phrase


def _counted(frame: Frame, left: str, counted: str, topic: str, before: Naming) -> str:
    verb = re.search("(新建|改建|新增|建成|改造|培育|引进|新开工|开工|招聘|培训)(?:了)?$", left)
    if is_generic(counted):
        lead = _subject(frame, "", topic, before)
        return _joined(lead, counted)
    return (verb[1] if verb else "") + counted


def _subject(frame: Frame, left: str, topic: str, before: Naming) -> str:
    """Whose 投资 or 面积 it is: the clause that follows 投入…元, the figure before, the clause before, the topic."""
    own = frame.quantity
    if own.kind == "money" and re.match(
        "^(?:总?投资|投入|投入资金|安排资金|筹[措集]资金|争取资金|拨付|下达|落实)?$", left
    ):
        direct = right_noun(frame.right)
        if len(direct) >= 3:
            return direct
        rest = frame.sentence[frame.right_end : frame.right_end + 40]
        following = _CLAUSES.split(rest.lstrip(",，"))[0] if rest[:1] in (",", "，") else ""
        phrase = re.split(r"\d", core(following))[0]
        if len(phrase) >= 4 and frame.previous is None:
            return re.sub("^(?:实施|建设|新建|改造|开展|用于|完成|推进|支持|启动|改善)", "", phrase)
    if frame.previous is not None and before.subject:
        return before.subject
    return _context(frame, topic)


def _context(frame: Frame, topic: str) -> str:
    earlier = [core(part) for part in _CLAUSES.split(frame.sentence[: max(frame.clause - 1, 0)])]
    for phrase in reversed(earlier):
        plain = re.sub(r"\d+(?:\.\d+)?[万亿]*[一-龥%]?", "", phrase)
        if len(plain) >= 4 and not is_generic(plain) and not is_verb_only(plain):
            return plain[-16:] if len(plain) > 18 else plain
    return topic


def _regraded(grade: str, previous: str) -> str:
    grade = grade if grade.endswith("级") else grade + "级"
    return grade + _GRADE_LEAD.sub("", previous)


def _joined(subject: str, tail: str) -> str:
    if not subject or not tail or subject.endswith(tail):
        return subject or tail
    for size in range(min(len(subject), len(tail)), 1, -1):
        if subject.endswith(tail[:size]):
            return subject + tail[size:]
    return subject + tail


def _short(phrase: str) -> str:
    phrase = phrase.strip(" ,，、;；:：()（）。和与及的")
    if len(phrase) <= LONGEST:
        return phrase
    tail = phrase[-LONGEST:]
    cut = re.search("[的,，、]", tail[:10])
    return tail[cut.end() :] if cut else tail
