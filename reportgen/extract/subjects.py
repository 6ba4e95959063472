"""Whose 投资 or 面积 it is: the words around a figure that name what it goes with, nearest first."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.naming import Naming
from reportgen.extract.phrases import core, is_generic, is_verb_only, without_light_verb

_CLAUSES = re.compile("[,，;；:：。]")
_NUMBERS = re.compile(
    r"\d{1,2}月\d{1,2}日|第?(?<![\d.])\d+(?:\.\d+)?[万亿余多]*(?:个百分点|(?:[%个家户人名件场次套座所处条亩吨栋公里元米平方]|项(?!目)){0,3})"
    r"(?![\d.]*[万亿元]{0,2}以[上下])",
    re.ASCII,
)
_MONEY = re.compile("[一-龥]{0,4}(?:投资|投入|资金|补助|补贴|筹[措集]|统筹|整合|争取|拨付|下达|落实|安排|兑现)")
_RAISED = re.compile(
    "(?:筹措|筹集|统筹|整合|争取|拨付|下达|落实|安排|兑现|投入|投放|全年|累计|各级|[省市县]级|财政|专项){1,4}(?:资金)?"
)
_DIGIT = re.compile(r"\d", re.ASCII)
_SUM_GOES_ON = re.compile("以上|左右|[、和与及（(]|[增减]|下降|提高|上升")
_DOING = re.compile(
    "^(?:(?:支持|推进|推动|保障|确保|抓好|办好|开展|实施|建设|新建|改造|完成|用于|启动|改善|进行|购置|补助|扩建|改扩建|为|的)了?)+"
    "|(?:进行|开展|实施|给予|予以).{0,6}$|投入使用$|通车$"
)
# 整改隐患: a verb and a noun that say too little alone
_THIN = re.compile(
    "(?P<verb>整改|化解|查处|解决|办理|排查|处置|治理|消除|清理|发现|受理|处理)(?:各类|重点)?"
    "(?P<noun>隐患|问题|案件|事项|矛盾|纠纷|线索|厕所|楼盘|诉求)$"
)
# 这30个项目中: points back, names nothing
_PARTITIVE = re.compile("(?:据介绍)?[这该此上前][些批述]?[一-龥]{0,8}[中里]?")
# 主体封顶: how far a work is
_STATE = re.compile("(?:主体|室内|室外|内外|基础|土建|全部|基本|工程|外墙)*(?:封顶|完工|竣工|开工|施工|装修)")
# 剔除一次性因素后, ●扩大投资力度加大: what was left out, headings
_NO_SUBJECT = ("剔除", "扣除", "不含", "考虑", "●", "■", "◆", "▲", "★", "○")
_SHORTEST = 4
"""A shorter phrase names nothing by itself."""
_LONGEST = 18
_LONGEST_LIST = 22


def subject(frame: Frame, topic: str, before: Naming) -> str:
    """The clause between, the figure before, the clause before, the paragraph, the topic: the first that names one."""
    if frame.previous is not None and (before.subject or before.name):
        return intermediate(frame) or before.subject or before.name
    return context(frame, "") or before.subject or topic


def intermediate(frame: Frame) -> str:
    """A clause of words alone between the figure before and this one: 提高可回收物利用率,达到25%."""
    if frame.previous is None:
        return ""
    tail = frame.previous.tail
    for part in reversed(_CLAUSES.split(frame.sentence[tail : max(frame.clause - 1, tail)])[1:]):
        phrase = core(part)
        if _names(phrase) and not _DIGIT.search(phrase):
            return without_light_verb(phrase)
    return ""


def context(frame: Frame, topic: str) -> str:
    """The nearest clause before that names something, numbers left out; else the topic."""
    for part in reversed(_CLAUSES.split(frame.sentence[: max(frame.clause - 1, 0)])):
        phrase = core(_NUMBERS.sub("", part))
        if _names(phrase):
            plain = without_light_verb(phrase)
            return plain.split("、")[-1][-16:] if len(plain) > _LONGEST else plain
    return topic


def _names(phrase: str) -> bool:
    if len(phrase) < _SHORTEST or is_generic(phrase) or is_verb_only(phrase):
        return False
    return not _PARTITIVE.fullmatch(phrase) and not _STATE.fullmatch(phrase) and not phrase.startswith(_NO_SUBJECT)


def is_sum(own: str) -> bool:
    """Whether the words left of a sum say only that it was raised or given: 筹集, 安排资金."""
    return not own or bool(_RAISED.fullmatch(own))


def spent_on(frame: Frame, own: str) -> str:
    """What 投入…元 is for: 的 and a noun, words right of the sum, or the clause that follows; empty if none says.

    Wrong where the next clause starts another subject without saying so.
    """
    if own and not _MONEY.fullmatch(own):
        return ""
    sentence, tail = frame.sentence, frame.quantity.tail
    stop = _CLAUSES.search(sentence, tail)
    rest = sentence[tail : stop.start() if stop else len(sentence)]
    if rest.strip() and not _SUM_GOES_ON.match(rest):
        return _object(rest)
    goes_on = frame.previous is not None and sentence[frame.clause - 1 : frame.clause] not in (";", "；")
    given = own or _RAISED.fullmatch(frame.left.strip(" ,，、"))  # 安排 is stripped as if it stood behind a name
    if not given or goes_on or stop is None or stop[0] not in ",，":
        return ""
    end = _CLAUSES.search(sentence, stop.end())
    return _first(_object(sentence[stop.end() : end.start() if end else len(sentence)]))


def _first(listed: str) -> str:
    """The first things of a long list, as many as stand in a name."""
    if len(listed) <= _LONGEST_LIST or "、" not in listed[1:_LONGEST_LIST]:
        return listed
    return listed[: listed.rindex("、", 0, _LONGEST_LIST)] + "等"


def _object(words: str) -> str:
    phrase = core(without_numbers(words.removeprefix("的").removeprefix("用于").removeprefix("对")))
    phrase = core(_DOING.sub("", phrase))
    return phrase if len(phrase) >= 3 and not is_verb_only(phrase) and not is_generic(phrase) else ""


def sharpened(frame: Frame, own: str) -> str:
    """整改隐患 after 校园安全隐患大排查…: the bare noun as one of the two clauses before names it, then the verb."""
    thin = _THIN.match(own)
    if not thin:
        return own
    for part in reversed(_CLAUSES.split(frame.sentence[: max(frame.clause - 1, 0)])[-2:]):
        phrase = without_light_verb(core(part))
        at = phrase.find(thin["noun"])
        if at >= 2:
            return phrase[: at + len(thin["noun"])] + thin["verb"]
    return own


def without_numbers(words: str) -> str:
    """The words without numbers and their units."""
    return _NUMBERS.sub("", words)
