"""Has it happened or is it planned: cue words in the clause, then earlier in the sentence, then the section's word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

from reportgen.extract.frame import Frame
from reportgen.extract.periods import Anchor, Time
from reportgen.model import Section, Status
from reportgen.vocabulary.grammar import alternatives

# 计划新建 plans, 年度计划 and 计划生育 are nouns
_PLAN_VERB = (
    "计划(?:(?<=^计划)|(?<=[\n,，。;；:：、年市省县区局将还也共前日底月内们期划时]计划)"
    "|(?=新[建增]|[改扩]建|改造|维修|投[资入]|培[育训]|引进|招[聘募]|种植|储|创建|打造|总投资)(?<!原计划))(?!生育|投资额|总投资额|》|”|的)(?=[一-龥\\d]{2})"
)
# 将政策用漫画进行展示: 将 stands for 把 before a thing, nothing is announced
_DISPOSES = (
    f"(?!(?<=将)(?!{alternatives('verbs', 'before_name')})[^,，。;；、\\d]{{2,24}}?"
    "(?:[摆放]在|作为|纳入|列[入为]|置于|融入|贯穿|视为|分为|转化为|进行|结合|用(?![地电水工户能气于途])))"
)
_PLANNED = re.compile(alternatives("planned", more=_PLAN_VERB) + _DISPOSES, re.ASCII)
_HAPPENED = re.compile(alternatives("happened", more="年以来(?<=[0-9一-龥]年以来)"))
_LIKELY = re.compile(
    alternatives("happened_likely", more=f"了(?=[^解])|共(?<!公共)(?<!总共)(?={alternatives('doings')})")
)
# 共出动警力4599人，|清查点位223个: what was begun goes on
_BEGUN = re.compile(f"共(?<!公共)(?<!总共)(?={alternatives('doings')})|行动期间|累计|先后")
# 总建筑面积9800平方米，|主体已完工: what stands behind says how far it is
_DONE_AFTER = re.compile(
    "已(?!知)|主体(?:完工|竣工|封顶)|正在(?:施工|装修|建设|进行|安装|招标)|竣工|完工|投入使用|封顶"
)
_PLANNED_HERE = re.compile(alternatives("planned_here") + _DISPOSES, re.ASCII)
_HAPPENED_HERE = re.compile(alternatives("happened_here"))
_AIM_AFTER = re.compile(r"(?:的)?(?:半?年度?|全年|年|总)?(?:任务|目标)(?![一-龥]{0,4}\d)", re.ASCII)
_AIM_OF_RATE = re.compile("(?:年度|全年|年)(?:目标|任务|计划)(?:任务)?[（(]?$")
_AIM_LOOK = 10
_RATE_OF_AIM = ("的", "）的", ")的")
_AGAINST_PLAN = re.compile(
    "完成[^,，。;；]{0,16}(?:目标|任务|计划|预算)[^,，。;；]{0,12}"
    r"(?:[\d.]+%[、和与及])*$|占[^,，。;；]{0,8}(?:计划|目标|任务)[^,，。;；]{0,4}$",
    re.ASCII,
)
_ONLY_COMPARED = re.compile("(?:同比|环比|[比较](?:上年|去年|上月|年初)(?:同期)?)[一-龥]{0,4}$")
_BY_YEAR = re.compile(r"到((?:19|20)\d{2})年", re.ASCII)
_YEAR_STILL_RUNS = 10
"""Until this month 全年 is said of what is to come, later of what is nearly done."""
# 记者日前获悉: news tell of what has happened
_TOLD = re.compile("近日|日前|记者|获悉|据悉|据了解|据介绍|昨日|昨天|近年来")
_MOST_TOLD = 2
Lean = Callable[[], Status]
LONG_SPEECH = 8
"""Sentences from which on a speech has a tendency of its own."""


def status(
    frame: Frame, time: Time | None, context: Status | None, lean: Lean, anchor: Anchor, before: Status | None = None
) -> Status:
    """actual or target. `context` is the section's word, `lean` tells what the speech mostly speaks of.

    `before` is the status of the figure before in the sentence.
    """
    if before == "target" and _ONLY_COMPARED.match(frame.before):
        return before  # 力争实现1250亿元，同比增长6%
    if frame.quantity.base_unit == "%" and _AGAINST_PLAN.search(frame.before):
        return "actual"  # 完成全年任务目标134%: a completion rate is a result
    if frame.quantity.base_unit == "%" and frame.left.strip("，, 、") == "完成" and context != "target":
        return "actual"  # 计划投资232亿元，完成63.5%
    start = frame.quantity.start
    if frame.after.startswith(_RATE_OF_AIM) and _AIM_OF_RATE.search(frame.sentence, max(0, start - _AIM_LOOK), start):
        return "target"  # 占年度目标（400公里）的47%
    if _AIM_AFTER.match(frame.after):
        return "target"
    words = frame.before if frame.bracket < 0 else frame.sentence[frame.bracket : frame.quantity.start]
    future = time is not None and _beyond(time.period, anchor) and not _running(time.period, anchor)
    happened = _last(_HAPPENED, words)
    if context == "actual":
        return "target" if happened < 0 and (future or bool(_PLANNED_HERE.search(words))) else "actual"
    planned = _plans(words)
    if context == "target":
        return "actual" if happened > planned and not future and _HAPPENED_HERE.search(words) else "target"
    if future and happened < 0:
        return "target"
    if max(planned, happened) >= 0:
        return "target" if planned > happened else "actual"
    if time is not None and _gone(time.period, anchor):
        return "actual"
    carried = _carried(frame.sentence[: frame.clause])
    if carried is not None:
        return carried
    to_come = time is not None and time.whole_year and anchor.month <= _YEAR_STILL_RUNS
    if not to_come and lean() == "actual":
        return "actual"
    if _BEGUN.search(frame.sentence, 0, frame.clause):
        return "actual"
    if _LIKELY.search(words) or (words.startswith("其中") and _LIKELY.search(frame.sentence, 0, frame.clause)):
        return "actual"
    done = not to_come and _DONE_AFTER.search(frame.sentence, frame.quantity.tail)
    return "actual" if done and not _PLANNED.search(frame.sentence) else "target"


def leans(sections: tuple[Section, ...], year: int) -> Callable[[Section], Lean]:
    """Section -> what its speech mostly speaks of, counted when first asked for; a short speech goes with the document.

    Read from the sections that do not say themselves. `year` is that of publication.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    for section in sections:
        own = texts.setdefault((section.agency, section.speaker), [])
        if section.status is None:
            own.extend(sentence.text for sentence in section.sentences)

    @cache
    def whole() -> Status:
        return lean((text for own in texts.values() for text in own), year)

    @cache
    def speech(agency: str, speaker: str) -> Status:
        own = texts[agency, speaker]
        return lean(own, year) if len(own) >= LONG_SPEECH else whole()

    return lambda section: partial(speech, section.agency, section.speaker)


def lean(sentences: Iterable[str], year: int) -> Status:
    """What sentences mostly speak of, plans or results; years after that of publication are a plan's."""
    text = "\n".join(sentences)
    to_come = sum(int(end) > year for end in _BY_YEAR.findall(text))
    planned = len(_PLANNED.findall(text)) + (to_come if to_come > 1 else 0)
    happened = len(_HAPPENED.findall(text)) + len(_LIKELY.findall(text))
    return "target" if planned > happened + min(len(_TOLD.findall(text)), _MOST_TOLD) else "actual"


def _carried(earlier: str) -> Status | None:
    """What the last cue earlier in the sentence says for the rest of it."""
    planned, happened = _last(_PLANNED, earlier), _last(_HAPPENED, earlier)
    if max(planned, happened) < 0:
        return None
    return "target" if planned > happened else "actual"


def _plans(words: str) -> int:
    """Where the last cue of a plan stands, -1 for none; 完成“三修”计划投资 tells how much of one is done."""
    planned = _last(_PLANNED, words)
    return -1 if planned > 0 and words.startswith("计划", planned) and "完成" in words[:planned] else planned


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


def _running(period: str, anchor: Anchor) -> bool:
    """Whether a span of years has begun: of “十四五” results are reported while it lasts."""
    start = period.partition("/")[0]
    return "/" in period and start.isdigit() and int(start) < anchor.year


def _gone(period: str, anchor: Anchor) -> bool:
    """Whether a period lies wholly before the month of publication, or runs up to it."""
    end = period.rpartition("/")[2]
    if not end[:4].isdigit() or period.startswith(".."):
        return False
    year, month = int(end[:4]), int(end[5:7]) if len(end) > 4 else 12
    return (year, month) <= (anchor.year, anchor.month)
