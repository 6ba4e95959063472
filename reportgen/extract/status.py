"""Has it happened or is it planned: cue words in the clause, then earlier in the sentence, then the section's word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.extract.frame import Frame
from reportgen.extract.periods import Anchor, Time
from reportgen.model import Status

_PLAN_VERB = "(?:^|(?<=[,，。;；:：、年市省县区局将还也共前日底月内们期划]))计划(?!生育|》|”)(?=[一-龥\\d]{2})"
_TARGET = re.compile(
    f"(?<![即必])将(?!军|近|士|于|领)|{_PLAN_VERB}|(?<![模比])拟(?!定)|力争|预期(?!寿命)|必保|下一步|下步|不少于|不低于|目标(?:是|为|值)|确保"
    "|要(?:完成|实现|达到|建|新|在|力争|确保|突破|争取)|(?:承担|负责)的|规划(?=新|建|改|投|资)|努力(?:实现|达到)|力求|争取(?:达到|实现|完成|突破|在|年)|任务(?:是|为)|有望"
)
_FIRM_ACTUAL = re.compile(
    "已(?!知)|截[至止]|目前|同比|[比较](?:上年|去年|年初|上月|改革前|同期)|上年同期|年初以来|今年以来|[0-9一-龥]年以来|现有|现在|去年|过去|超额完成|实有|登记在册"
)
_SOFT_ACTUAL = re.compile("累计|了(?=[^解])|先后|获(?!取)|荣|曾|成功|共有|实现了|完成了|首次突破|创历史|居全|排名")
_OWN_FUTURE = re.compile("(?<![即必])将(?!军|近|士|于|领)|(?<![模比])拟(?!定)|力争|必保|计划(?=[到用在今明投总完])")
_OWN_PAST = re.compile("已(?!知)|去年|截[至止]|目前|累计完成|完成了|过去")


def status(frame: Frame, time: Time | None, context: Status | None, lean: Status, anchor: Anchor) -> Status:
    """actual or target. `context` is the section's word, `lean` what the document mostly speaks of."""
    words = frame.before if frame.bracket < 0 else frame.sentence[frame.bracket : frame.quantity.start]
    if _against_plan(frame):
        return "actual"
    if re.match("(?:的)?(?:半?年度?|全年|年|总)?(?:任务|目标)(?![一-龥]{0,4}\\d)", frame.after):
        return "target"
    future = time is not None and _beyond(time.period, anchor)
    target, firm = _last(_TARGET, words), _last(_FIRM_ACTUAL, words)
    if context == "actual":
        return "target" if firm < 0 and (future or bool(_OWN_FUTURE.search(words))) else "actual"
    if context == "target":
        return "actual" if firm > target and not future and _OWN_PAST.search(words) else "target"
    if future and firm < 0:
        return "target"
    if max(target, firm) >= 0:
        return "target" if target > firm else "actual"
    if time is not None and _gone(time.period, anchor):
        return "actual"
    carried = _carried(frame.sentence[: frame.clause])
    if carried is not None:
        return carried
    if _SOFT_ACTUAL.search(words):
        return "actual"
    if time is not None and time.whole_year and anchor.month <= 10:
        return "target"
    return lean


def lean(sentences: Iterable[str]) -> Status:
    """What a document (or speech) mostly speaks of: plans or results."""
    plans = results = 0
    for sentence in sentences:
        plans += len(_TARGET.findall(sentence))
        results += len(_FIRM_ACTUAL.findall(sentence)) + len(_SOFT_ACTUAL.findall(sentence))
    return "target" if plans > results else "actual"


def _carried(earlier: str) -> Status | None:
    """What the last cue earlier in the sentence says for the rest of it."""
    target, firm = _last(_TARGET, earlier), _last(_FIRM_ACTUAL, earlier)
    if max(target, firm) < 0:
        return None
    return "target" if target > firm else "actual"


def _last(pattern: re.Pattern[str], words: str) -> int:
    last = -1
    for match in pattern.finditer(words):
        last = match.start()
    return last


def _beyond(period: str, anchor: Anchor) -> bool:
    """Whether a period ends after the month of publication (a bare year: after its year)."""
    end = period.rpartition("/")[2]
    if not end[:4].isdigit():
        return False
    year, month = int(end[:4]), int(end[5:7]) if len(end) > 4 else 0
    return year > anchor.year or (year == anchor.year and month > anchor.month)


def _gone(period: str, anchor: Anchor) -> bool:
    """Whether a period lies wholly before the month of publication, or runs up to it."""
    end = period.rpartition("/")[2]
    if not end[:4].isdigit() or period.startswith(".."):
        return False
    year, month = int(end[:4]), int(end[5:7]) if len(end) > 4 else 12
    return (year, month) <= (anchor.year, anchor.month)


def _against_plan(frame: Frame) -> bool:
    """完成全年任务目标134%, 占年度计划的56%: a completion rate is a result."""
    if frame.quantity.base_unit != "%":
        return False
    return bool(
        re.search("完成[^,，。;；]{0,16}(?:目标|任务|计划|预算)[^,，。;；]{0,4}$|占[^,，。;；]{0,8}(?:计划|目标|任务)[^,，。;；]{0,4}$", frame.before)
    )
