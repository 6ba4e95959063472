"""What a figure measures: the shortest noun phrase from its clause, completed by what its neighbours say.

Tried in order: a list that goes with 分别; a change of what was named before; a part of a whole; the noun counted to
the right; the phrase to the left; nothing of its own, where the name goes on from before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import (
    core,
    counted_noun,
    is_generic,
    is_verb_only,
    shortened,
    starts_with_verb,
    unit_noun,
    verb_tail,
    without_light_verb,
)
from reportgen.extract.respective import ratio_part, respective_names

_MONEY_VERB = re.compile("^(?:[一-龥]{0,4}(?:投资|投入|资金|补助|补贴|筹[措集]|争取|拨付|下达|落实|安排|兑现))$")
_GRADE = re.compile("^(?:国家|省|市|县|区|乡|镇|村|部|厅|自治区)级?$")
_GRADE_LEAD = re.compile("^(?:国家|省|市|县|区)级")
_CLAUSES = re.compile("[,，;；:：。]")
_NUMBERS = re.compile(r"第?\d+(?:\.\d+)?[万亿余多]*(?:个百分点|[%个家户人名项件场次套座所处条亩吨栋公里元米平方]{0,3})")
_CONTINUED = re.compile("(?:减少|增加|提高|提升|上升|下降|降低?|增长?|扩大|压缩|压减|缩减|缩小|调整|整合|优化|合并|精简|缩短|跃升|攀升|拓展|扩展|扩充|升)(?:[至到为成]了?)第?")
_ZONE = re.compile("^[\\s、,，和]*[一-龥]{0,2}(?:高新区|经开区|开发区|新区|保税区)$")
_LEADING_VERB = re.compile("对接|新增|引进|新建|改造|帮扶|培育|推荐")
_THIN = re.compile("(?P<verb>整改|化解|查处|解决|办理|排查|处置|治理|消除|清理|发现|受理|处理)(?:各类|重点)?(?P<noun>隐患|问题|案件|事项|矛盾|纠纷|线索|厕所|楼盘|诉求)$")
_REMAINDER = re.compile("^(?:其余|剩余|另外?|还有|另有|其他)")
_RANKED = re.compile(
    "(?:(?:全国|全省|全市|全区|全县|省内|国内|世界|全球|东北|西部|中部|地级市|同类城市|[市州县区省])(?:的)?|考评|考核|排名|位次|位居|位列|居|列|为|均|跃|升至|排|名列|获|分列|取得|稳居|荣获)*第?$"
)
_PART = re.compile("(?:其中|其余|含|包括|包含)")
_MEDALS = frozenset({"金", "银", "铜"})
_DIRECT_KINDS = frozenset({"count", "person", "energy", "area", "length", "mass", "volume", "other", "none"})


_BEFORE_PLACE = re.compile(r"(?:[\s、,，和与及:：]|其中|在|分别是|分别为|分别|包括|全市|我市|\d{4}年|今年|截至目前|目前)*")
Place = tuple[int, int]


class Naming(NamedTuple):
    """What earlier figures leave for later ones of the sentence, and of the paragraph."""

    name: str = ""
    """The last full name of the sentence."""
    subject: str = ""
    """What generic words (投资, 面积) go with."""
    levels: tuple[str, ...] = ()
    """Names of the sentence's level figures, for 分别 that points back."""
    by_unit: tuple[tuple[str, str], ...] = ()
    """The paragraph's last name per unit of count, for a bare 4433套."""

    def next_sentence(self) -> Naming:
        """What the next sentence of the same paragraph still knows."""
        return self._replace(name="", levels=())


def name(frame: Frame, measure: str, topic: str, places: tuple[Place, ...], before: Naming) -> tuple[str, Naming]:
    """The figure's indicator and what it leaves to the next figure; `places` are spans of place names in the sentence."""
    own = _left(frame, places)
    found = shortened(_name(frame, own, measure, topic, before)) or topic or before.name or before.subject
    generic = is_generic(own) or not own
    part = frame.bracket >= 0 or bool(_PART.match(frame.before.lstrip())) or found.endswith("任务目标")
    part = part or frame.before.lstrip().startswith("占")
    keeps = before.subject if before.subject and ((before.name and generic) or part) else found
    levels = before.levels
    if measure in ("level", "share") and found and (not levels or levels[-1] != found):
        levels = (*levels, found)
    by_unit = before.by_unit
    unit = _family(frame)
    if measure == "level" and found and own and unit:
        by_unit = (*(pair for pair in by_unit if pair[0] != unit), (unit, found))
    return found, Naming(found, keeps, levels, by_unit)


def _name(frame: Frame, own: str, measure: str, topic: str, before: Naming) -> str:
    listed = respective_names(frame, before.levels)
    if listed:
        return listed
    q = frame.quantity
    if not own and frame.previous and _CONTINUED.fullmatch(frame.sentence[frame.previous.tail : q.start]) and before.name:
        return before.name
    if q.base_unit in _MEDALS:
        if before.name.endswith("牌") and not own:
            return before.name[:-2] + unit_noun(q.base_unit)
        own = re.sub("(?:共?获|运动员|选手|健儿)+$", "", own)
        return _joined(own if len(own) >= 4 and not is_verb_only(own) else _context(frame, topic), unit_noun(q.base_unit))
    if q.form == "ratio":
        return ratio_part(frame, own) or own or before.name
    if measure == "growth" and re.match("拉动|带动|贡献", own) and before.subject:
        return _joined(before.subject, own)
    if measure == "growth" and not own:
        return _intermediate(frame) or before.name or _context(frame, topic)
    if measure == "rank":
        return own or before.name or _context(frame, topic)
    if own and _GRADE.match(own) and (before.name or before.subject):
        return _regraded(own, before.name or before.subject)
    if _REMAINDER.match(own):
        return before.subject or topic
    right = frame.right
    if re.match("(?:的)?(?:[半全年度]{0,2})(?:任务|目标|指标)", right):
        aim = own.rpartition("的")[2]
        if is_generic(aim) or len(aim) <= 3:
            aim = _joined(before.subject or before.name or topic, re.sub("半?年度?|全年", "", aim))
        return _joined(aim, "任务目标")
    if q.base_unit == "%" and frame.before.strip().startswith("占") and (before.subject or before.name):
        return _joined(before.subject or before.name, "占比")
    if q.kind == "money" and (not own or is_generic(own)):
        spent = _spent_on(frame, own)
        if spent:
            return _joined(spent, own if is_generic(own) and own else "资金")
    if q.kind in _DIRECT_KINDS and right.strip() and not starts_with_verb(right):
        counted = counted_noun(right)
        if counted:
            return _counted(frame, own, counted, topic, before)
    if q.base_unit == "%" and right.startswith("的") and (not own or is_verb_only(own)):
        return right.removeprefix("的").strip()
    if own and frame.bracket >= 0 and before.subject and len(own) <= 8:
        return _completed(before.subject, own)
    verb = _LEADING_VERB.match(before.name)
    if verb and own in ("项目", "企业", "人员", "活动") and frame.item > frame.clause and frame.previous:
        return verb[0] + own
    if own and is_generic(own):
        return _completed(_subject(frame, topic, before), own)
    if own and not is_verb_only(own):
        return _part_of_subject(frame, _sharpened(frame, own), before)
    return _bare(frame, own, measure, topic, before)


def _bare(frame: Frame, own: str, measure: str, topic: str, before: Naming) -> str:
    q = frame.quantity
    between = _intermediate(frame)
    if between:
        return between
    known = dict(before.by_unit).get(_family(frame), "")
    if known and q.kind in ("count", "person") and q.base_unit not in ("个", "项") and not own:
        return known
    if own in ("培训", "招聘", "接待", "惠及", "转移", "服务", "投资", "流转", "安置"):
        return _joined(before.subject if frame.previous is None else _context(frame, topic), own)
    if measure != "level" and before.name:
        return before.name
    return _joined(_subject(frame, topic, before), unit_noun(q.base_unit))


def _left(frame: Frame, places: tuple[Place, ...]) -> str:
    start = frame.item if frame.previous and frame.previous.tail > frame.clause else frame.clause
    stop = frame.quantity.start
    for begin, end in places:
        if start <= begin and end <= stop and _BEFORE_PLACE.fullmatch(frame.sentence[start:begin]):
            start = end
    for begin, end in reversed(places):
        if start < begin and end == stop:
            stop = begin
        elif begin >= stop:
            continue
        elif start < begin and frame.sentence[end:stop] in ("、", "和", "与"):
            stop = begin
    words = _NUMBERS.sub("", frame.sentence[start:stop]) if stop < frame.quantity.start else frame.sentence[start:stop]
    words = re.sub("(?:分别)?(?:是|为)$", "", words) if stop < frame.quantity.start else _ZONE.sub("", words)
    if frame.quantity.kind == "rank":
        words = _RANKED.sub("", words)
    phrase = core(words)
    if len(phrase) > 14 and "等" in phrase[8:-1]:
        head, _, tail = phrase.rpartition("等")
        phrase = tail if not is_generic(tail) or len(tail) > 4 else _first_items(head) + "等" + tail
    return without_light_verb(phrase)


def _first_items(listed: str) -> str:
    """The first items of a list, as many as stand in 14 characters."""
    plain = without_light_verb(re.sub("^.{0,4}(?:举办|承办|开展|实施|推进|推动|建设|发放)了?", "", listed))
    while len(plain) > 14 and "、" in plain:
        plain = plain.rpartition("、")[0]
    return plain[:18]


def _counted(frame: Frame, own: str, counted: str, topic: str, before: Naming) -> str:
    """The noun after the number: with its verb where the noun alone says little, with its owner where one is named."""
    listed = frame.sentence[: frame.quantity.start].rstrip().endswith(("等", "等共", "等重点"))
    if is_generic(counted):
        tail = verb_tail(frame.right, counted)
        if tail:
            return _joined("" if listed or not topic else topic, tail + counted)
        if listed:
            clause = core(frame.before)
            return _first_items(clause.removesuffix("等")) + "等" + counted if "、" in clause else _joined(topic, counted)
        return _joined(topic or _subject(frame, topic, before), counted)
    verb = re.search("(新建|改建|新增|改造|培育|引进|新开工|招聘|培训|帮扶|维修改造)(?:了)?$", own)
    if own and not is_verb_only(own) and not listed and not is_generic(own) and len(own) + len(counted) <= 22:
        return own.rpartition("的")[2] + counted if "的" in own else own + counted
    return (verb[1] if verb else "") + counted


def _spent_on(frame: Frame, own: str) -> str:
    """What 投入…元 is for: 的 and a noun, words right of the sum, or the clause that follows."""
    if own and not _MONEY_VERB.match(own):
        return ""
    sentence, tail = frame.sentence, frame.quantity.tail
    stop = _CLAUSES.search(sentence, tail)
    rest = sentence[tail : stop.start() if stop else len(sentence)]
    if rest.strip() and not re.match("以上|左右|[、和与及（(]", rest):
        return _object(rest)
    if not own or frame.previous is not None or stop is None or sentence[stop.start()] not in ",，":
        return ""
    end = _CLAUSES.search(sentence, stop.end())
    return _object(sentence[stop.end() : end.start() if end else len(sentence)])


def _object(words: str) -> str:
    phrase = core(_NUMBERS.sub("", words.removeprefix("的").removeprefix("用于").removeprefix("对")))
    phrase = re.sub(
        "^(?:(?:支持|推进|开展|实施|建设|新建|改造|完成|用于|启动|改善|进行|购置|补助|扩建|改扩建|为|的)了?)+|(?:进行|开展|实施|给予|予以).{0,6}$|投入使用$|通车$",
        "", phrase,
    )  # fmt: skip
    return phrase if len(phrase) >= 3 and not is_verb_only(phrase) and not is_generic(phrase) else ""


def _family(frame: Frame) -> str:
    """The unit, people counted alike."""
    return "人" if frame.quantity.kind == "person" else frame.quantity.base_unit


def _sharpened(frame: Frame, own: str) -> str:
    """整改隐患 after 校园安全隐患大排查…: the bare noun as the clause before names it, then the verb."""
    thin = _THIN.match(own)
    if not thin:
        return own
    for part in reversed(_CLAUSES.split(frame.sentence[: max(frame.clause - 1, 0)])[-2:]):
        phrase = without_light_verb(core(part))
        at = phrase.find(thin["noun"])
        if at >= 2:
            return phrase[: at + len(thin["noun"])] + thin["verb"]
    return own


def _intermediate(frame: Frame) -> str:
    """A clause of words alone between the figure before and this one: 提高可回收物利用率,达到25%."""
    if frame.previous is None:
        return ""
    words = frame.sentence[frame.previous.tail : max(frame.clause - 1, frame.previous.tail)]
    parts = [core(part) for part in _CLAUSES.split(words)[1:]]
    for phrase in reversed(parts):
        if len(phrase) >= 4 and not is_verb_only(phrase) and not is_generic(phrase):
            return without_light_verb(phrase)
    return ""


def _subject(frame: Frame, topic: str, before: Naming) -> str:
    """Whose 投资 or 面积 it is: the clause between, the figure before, the clause before, the paragraph, the topic."""
    if frame.previous is not None and (before.subject or before.name):
        return _intermediate(frame) or before.subject or before.name
    context = _context(frame, "")
    return context or before.subject or topic


def _context(frame: Frame, topic: str) -> str:
    for part in reversed(_CLAUSES.split(frame.sentence[: max(frame.clause - 1, 0)])):
        phrase = core(_NUMBERS.sub("", part))
        if 4 <= len(phrase) and not is_generic(phrase) and not is_verb_only(phrase):
            plain = without_light_verb(phrase)
            return plain.split("、")[-1][-16:] if len(plain) > 18 else plain
    return topic


def _part_of_subject(frame: Frame, own: str, before: Naming) -> str:
    """其中大型活动30项 after 266项文旅体节庆活动: the short part takes the whole's modifier."""
    whole = before.subject
    head = own[-2:]
    if frame.previous is not None and len(own) <= 5 and len(whole) > len(own) and whole.endswith(head) and own != whole:
        if _PART.match(frame.sentence[frame.clause :]):
            return own[:-2] + whole
    return own


def _completed(subject: str, own: str) -> str:
    """The subject in front of generic words, its own trailing quantity noun dropped: 老旧小区改造面积 + 投资."""
    trimmed = re.sub("^(?:新建|改扩建|改建|扩建|新增|新开工|[、和及])+", "", subject)
    trimmed = re.sub("(?:面积|投资|资金|数量|人数|户数|总投资|里程|占比|占地面积|建筑面积|规划资金|套数)$", "", trimmed)
    return _joined(trimmed if len(trimmed) >= 3 else subject, own)


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
