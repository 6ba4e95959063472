"""Has it happened or is it planned: cue words in the clause, then earlier in the sentence, then the section's word."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.periods import Time
from reportgen.model import Status

_TARGET = re.compile(
    "将(?=[^军近于要在]|要|在)|计划(?!开工|新开工|生育|单列)|拟|力争|争取(?=[^到了]{0,12}(?:达|完成|实现|新|建|突破|在))|预期|目标(?:是|为|任务)?|确保|必保|规划(?=[新改建投资])|要(?=[^素求点件])|下一步|下步|继续"
    "|不少于|不低于|不超过|不高于|任务(?!目标\\d)|承担|有望|努力|全力|推动|力求|应当|须|预算安排|安排预算|谋划|瞄准|到时"
)
_STRONG_TARGET = re.compile(
    "(?<![即必])将(?!军|近|士|于|领)|计划(?!开工|新开工|生育|单列|》|”)|拟(?!定)|力争|预期(?:目标)?|必保|下一步|下步|不少于|不低于|目标(?:是|为|任务(?!\\d)|值)|确保|要(?:完成|实现|达到|建|新|在|力争|确保|突破|争取)|承担的|规划(?=新|建|改|投|资)|努力(?:实现|达到)|力求|争取(?:达到|实现|完成|突破|在|年)"
)
_STRONG_ACTUAL = re.compile(
    "已(?!知)|累计|截[至止]|目前|同比|比上年|较上年|比去年|较去年|上年同期|年初以来|今年以来|现有|共有|完成了|实现了|达到了|建成了|了(?=[^解])|先后|获(?!取)|荣|曾|去年|过去|超额完成|较改革前|成功|实有|登记在册|首次突破"
)
_WEAK_TARGET = re.compile("年内|全年(?!完成|实现|共|累计)|年底前|推进|实施|开展|新建|加快|确保")
_PROMISE = re.compile("任务目标|目标任务|年度目标|力争目标")
_FUTURE_ONLY = re.compile("(?<![即必])将(?!军|近|士|于|领)|拟(?!定)|力争|必保|计划(?=[到用在今明投总完])")


def status(
    frame: Frame, time: Time | None, context: Status | None, lean: Status, year: int, carried: Status | None
) -> Status:
    """actual or target. `context` is the section's word, `lean` the document's, `carried` the sentence's last strong cue."""
    words = frame.before if frame.bracket < 0 else frame.sentence[frame.bracket : frame.quantity.start]
    future = time is not None and _after(time.period, year)
    target, actual = _last(_STRONG_TARGET, words), _last(_STRONG_ACTUAL, words)
    if _done_against_plan(frame):
        return "actual"
    if re.match("(?:的)?(?:半?年度?|全年|年)?(?:任务|目标|投资任务)", frame.after) and not re.match(
        "(?:的)?(?:任务|目标)[^,，。;；]{0,4}[\\d]", frame.after
    ):
        return "target"
    if context == "actual":
        if target > actual and (future or _FUTURE_ONLY.search(words)):
            return "target"
        return "target" if future and actual < 0 else "actual"
    if context == "target":
        return (
            "actual"
            if actual > target and not future and re.search("已(?!知)|去年|截[至止]|目前|累计完成|完成了", words)
            else "target"
        )
    if target > actual:
        return "target"
    if actual >= 0:
        return "actual"
    if future:
        return "target"
    return carried or lean


def cue(words: str) -> Status | None:
    """The status that the last strong cue of the words sets for what follows in the sentence."""
    target, actual = _last(_STRONG_TARGET, words), _last(_STRONG_ACTUAL, words)
    if target < 0 and actual < 0:
        return None
    return "target" if target > actual else "actual"


def lean(sentences: tuple[str, ...]) -> Status:
    """What a document (or speech) mostly speaks of: plans or results."""
    plans = sum(len(_STRONG_TARGET.findall(s)) for s in sentences)
    results = sum(len(_STRONG_ACTUAL.findall(s)) for s in sentences)
    return "target" if plans > results else "actual"


def _last(pattern: re.Pattern[str], words: str) -> int:
    last = -1
    for match in pattern.finditer(words):
        last = match.start()
    return last


def _after(period: str, year: int) -> bool:
    end = period.rpartition("/")[2]
    return end[:4].isdigit() and int(end[:4]) > year


def _done_against_plan(frame: Frame) -> bool:
    """完成全年任务目标134%, 占年度计划的56%: a completion rate is a result."""
    return frame.quantity.base_unit == "%" and bool(
        re.search(
            "完成[^,，。;；]{0,16}(?:目标|任务|计划|预算)[^,，。;；]{0,4}$|占[^,，。;；]{0,8}(?:计划|目标|任务)[^,，。;；]{0,4}$",
            frame.before,
        )
    )
