"""Rules for numbers that belong to the name of a project, a measure, a circle, a list."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import core, is_generic, is_verb_only, starts_with_verb

_QUOTES = (("“", "”"), ("《", "》"), ("「", "」"), ("‘", "’"), ('"', '"'))
_OPENING = re.compile('[“《「‘"]')
_REACH = 40
LONGEST_NAME = 22
"""Characters between quotation marks that can still be a name; longer ones are quoted speech."""
_INTRODUCES = re.compile("[一-龥]{1,18}分别(?:是|为|位于|在|来自)")
_TALKING_POINT = re.compile(
    "“?(?:新|大|重要|主要)?(?:突破|亮点|方面|领域|特点|内容|名片|台阶|万亿级|千亿级|百亿级|环节|层面|维度|抓手|坚持|聚焦|关键词|字)"
    "(?![一-龥]*\\d)"
)
_MEASURES = re.compile("(?:硬)?(?:措施|举措|政策|意见|规定|要求|禁令|标准)")
_OBEYED = re.compile("落实|贯彻|执行|按照|对照|严守")
_ISSUED = re.compile("出台|制定|推出|印发")
_SIZE_UNITS = frozenset({"吨级", "千伏", "伏", "kV", "KV", "蒸吨"})
_SIZE_KINDS = frozenset({"energy", "mass", "volume", "area", "other"})
# 中广核10万千瓦光伏发电等200个项目
_LISTED_PROJECT = re.compile(r"[一-龥“”]{0,12}?等(?:\d|一批|重点|重大)", re.ASCII)
_PROJECT = re.compile(r"(?:级)?[一-龥“”A-Za-z]{0,16}?(?:项目|工程|生产线|基地|变电站|电站|机组|改造)(?!\d)", re.ASCII)
_WORD = re.compile("[一-龥]{2}")
_LONGEST_OWNER = 6
# 发电量, 装机规模: nouns of quantity name what is measured, not who owns it
_QUANTITY_NOUN = "量额数率值积力模高重"
# 可建设550万千瓦大型风电场, 日处理8.5万吨的污水处理能力: a capacity that is told, not a name
_CAPABLE = re.compile("(?:可建设?|可开发|可利用|具备|形成|达到|拥有|新增)(?:了|约|近|年产|日处理)*$")
_CAPACITY = re.compile("的?[一-龥]{0,12}?(?:能力|产能)(?![强高])")
# 18吨大功率消防车, 300米超高层供水车: the size of a model
_MODEL = re.compile(
    r"[一-龥]{0,14}?(?:车(?!间|站|位|辆|道|程|次|流)|船|舰|艇|起重机|挖掘机|盾构机|塔吊|水炮|钻机|机床)", re.ASCII
)
_COUNTED_UNITS = frozenset("个家所座套栋幢处台辆架艘部条口眼间户枚块")
_MODEL_KINDS = frozenset({"mass", "length", "volume", "energy"})
_RADIUS = re.compile("[一-龥]{0,10}圈|范围|半径|见[绿园]")


def introduced(frame: Frame) -> bool:
    """10个幼儿园项目分别是…: a count that only introduces the list it heads. Wrong where the list is not given."""
    q = frame.quantity
    return "分别" in frame.sentence and bool(_INTRODUCES.match(frame.sentence, q.tail))


def abstract(frame: Frame) -> bool:
    """5个新突破, 6项内容, 4张名片: counts of talking points. Wrong for fields that are counted (覆盖5个领域)."""
    return bool(_TALKING_POINT.match(frame.right))


def named_measure(frame: Frame) -> bool:
    """落实安全生产15条硬措施: the measures' own name, where nothing is said to be issued.

    Wrong for measures of one's own that are said to be carried out (落实惠企政策20条).
    """
    if frame.quantity.base_unit not in ("条", "项") or not _MEASURES.match(frame.right):
        return False
    before = frame.before[-24:]
    return bool(_OBEYED.search(before)) and not _ISSUED.search(before)


def capacity_name(frame: Frame) -> bool:
    """中广核10万千瓦光伏发电等200个项目, 大唐700万吨露天矿, 500千伏变电站: a size inside a project's name.

    Wrong for what a short-named owner produced (华能100万吨煤炭).
    """
    q = frame.quantity
    if q.base_unit in _SIZE_UNITS:
        return True
    if q.kind not in _SIZE_KINDS:
        return False
    if _LISTED_PROJECT.match(frame.sentence, q.tail):
        return True
    if q.kind == "area" or frame.left.endswith(("和", "与", "及")):
        return False
    if _CAPABLE.search(frame.left) or _CAPACITY.match(frame.right):
        return False
    own = core(frame.left)
    if not own or is_verb_only(own) or is_generic(own):
        return False
    if _PROJECT.match(frame.right):
        return True
    owner = len(own) <= _LONGEST_OWNER and own[-1] not in _QUANTITY_NOUN and q.base_unit != "斤"
    return owner and not starts_with_verb(frame.right)


def model_size(frame: Frame) -> bool:
    """18吨大功率消防车, 2台300米超高层供水消防车, 1所200张床位的敬老院: the size of a model or of what is counted.

    Wrong for a load that a vehicle carries (运送5吨冷藏车辆配件).
    """
    q, before = frame.quantity, frame.previous
    if before is not None and before.tail == q.start and before.base_unit in _COUNTED_UNITS:
        sized = q.kind in _MODEL_KINDS or q.kind == "area" or frame.after.startswith("以上的")
        if sized and _WORD.match(frame.right):
            return True
    return q.kind in _MODEL_KINDS and bool(_MODEL.match(frame.right)) and not starts_with_verb(frame.right)


def quoted(frame: Frame) -> bool:
    """Inside a short quotation, a book title or a slogan: “4个100%”, 《…若干措施15条》.

    Wrong for a figure that is quoted by itself (“35%”的目标).
    """
    q, sentence = frame.quantity, frame.sentence
    if not _OPENING.search(sentence, max(0, q.start - _REACH), q.start):
        return False
    for opening, closing in _QUOTES:
        start = sentence.rfind(opening, max(0, q.start - _REACH), q.start)
        if start < 0 or sentence.find(closing, start + 1, q.start) >= 0:
            continue
        end = sentence.find(closing, q.end, q.end + _REACH)
        if end >= 0 and (opening == "《" or end - start <= LONGEST_NAME):
            return True
    return False


def circle(frame: Frame) -> bool:
    """15分钟生活圈, 半小时经济圈, 10公里范围: a radius in a name. Wrong for a measured length before 范围."""
    return frame.quantity.kind in ("time", "length") and bool(_RADIUS.match(frame.after))
