"""What a figure measures: the shortest noun phrase from its clause, completed by what its neighbours say.

Tried in order: a list that goes with 分别; what the measure says (growth and ranks go on from the name before); a part
of a whole; the noun counted to the right; the phrase to the left; nothing of its own, where the name goes on.
"""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.left import Place, first_items, left_phrase
from reportgen.extract.naming import TASK_RATE, Naming, completed, joined, regraded
from reportgen.extract.phrases import (
    core,
    counted_noun,
    is_generic,
    is_verb_only,
    shortened,
    starts_with_verb,
    unit_noun,
    verb_tail,
)
from reportgen.extract.respective import ratio_part, respective_names
from reportgen.extract.subjects import context, intermediate, is_sum, sharpened, spent_on, subject, without_numbers
from reportgen.vocabulary.grammar import alternatives

__all__ = ["Naming", "Place", "name"]

_GRADE = re.compile("(?:国家|自治区|[省市县区乡镇村部厅])级?")
# 减少为30个, 提高到第3: the same thing after its change
_CONTINUED = re.compile(
    f"{alternatives('changed_to')}[至到为成]了?(?:(?:去年|今年|目前|现在|(?:19|20)\\d{{2}}年)[底末]?的?)?第?", re.ASCII
)
_REMAINDER = re.compile("其余|剩余|另外?|还有|另有|其他")
_THE_REST = ("其余", "剩余")
_PART = re.compile("其中|其余|含|包括|包含")
# 其中大型|活动: a sort, which the whole's name completes
_SORT = re.compile("[大中小新重主优特][^收]|(?:国家|[省市县区])级|首")
# 新开工棚改项目10.82万套，基本建成3.53万套: another stage of the same things
_STAGE = re.compile("(?:基本)?(?:建成|竣工|完工|开工|新开工|投用|投产|通车)(?=[了达到共]{0,2}$)")
_STAGED = re.compile("^(?:基本|新|已)?(?:建成|竣工|完工|开工|投用|投产|通车)")
_DRIVES = re.compile("拉动|带动|贡献")
_AIM = re.compile("的?[半全年度]{0,2}(?:任务|目标|指标)")
_AIM_TIME = re.compile("半?年度?|全年")
# 在第9届亚冬会上为中国代表团: the competition names the medals
_EVENT = re.compile(
    "[一-龥\\d]{1,24}(?:运动会|运会|冬会|残会|奥会|锦标赛|大赛|比赛|联赛)(?:[一-龥]{0,6}组)?(?:[一-龥]{1,6}比赛)?",
    re.ASCII,
)
_EDITION = re.compile("^.*(?:在|参加)|第?[\\d一二三四五六七八九十]+届?", re.ASCII)
_WINNERS = re.compile("(?:共?获|运动员|选手|健儿)+$")
# 施工队…完成了|小区: what was done before says nothing of the thing
_DONE = re.compile("^.*(?:[完建形]成|实施|启动|新增)了")
_LEADING_VERB = re.compile("对接|新增|引进|新建|改造|帮扶|培育|推荐|检查|排查|巡查|走访")
_OWN_VERB = re.compile("(新建|改建|新增|改造|培育|引进|新开工|招聘|培训|帮扶|维修改造)(?:了)?$")
_AMOUNTS = ("总值", "总额", "余额", "收入", "产值", "增加值", "量", "投资", "支出", "利润", "消费")
_BUDGETED = frozenset({"支出", "预算支出", "收入总计", "支出总计", "收入合计", "支出合计"})
# 城镇709亿元，乡村102亿元: of the whole told before
_HALVES = frozenset({"城镇", "乡村", "农村", "城市", "男性", "女性"})
_STAFF = frozenset({"专任教师", "教职工", "在校生", "在校学生", "招生", "毕业生", "床位", "卫生技术人员", "从业人员"})
_INSTITUTIONS = ("学校", "院校", "高校", "小学", "中学", "初中", "高中", "医院", "卫生院", "服务中心", "养老机构")
_OUTPUT = re.compile("业(增加值|总产值|产值|投资)$")
# 分别|完成全年任务56%、83%
_LIST_OF_AIM = re.compile("分别完成[^,，。;；\\d]{0,6}(?:任务|计划|目标)", re.ASCII)
# 给予8000元的|建设补助: what a sum is given as
_GIVEN = re.compile("(?:给予|发放|提供|奖励|予以)[^,，。;；]{0,4}$")
_GRANT = re.compile("的?(?P<what>[一-龥]{0,8}(?:补助|补贴|奖补|奖励|奖金|津贴|资助|贷款|救助金|优惠券|消费券))")
_MEDALS = frozenset({"金", "银", "铜"})
_COUNTED_KINDS = frozenset({"count", "person", "energy", "area", "length", "mass", "volume", "other", "none"})
# 占外贸总值的57%, 分别占31.3%
_SHARE_OF = re.compile(
    "(?<![抢侵挤乱])占(?!比|有|地(?!方|区))(?:到|了)?(?P<whole>[^,，、占]{0,16}?)的?(?:比重|比例)?(?:达到?|为|近|约|超过?|均|长期|始终|一直|持续|稳定|保持|维持|在)*$"
)
# 完成年初预算的96%, 为预算的103.64%
_OF_PLAN = re.compile(
    "^[\\s,，]*(?:完成|为|占|达到?)(?P<plan>(?:年初|年度|全年|调整|变动|汇总)?(?:预算|计划任务|计划|任务目标|目标任务|任务|目标))数?(?:[\\d.]+[万亿千]?[元人户亩套个家吨]{1,2})?的?$"
)
# 预算收入|完成年初预算的54.4%
_DONE_OF_PLAN = re.compile(
    "^(?P<what>[^,，;；占]{4,24}?)完成(?P<plan>(?:年初|年度|全年|调整|变动)(?:预算|计划任务|计划|目标任务|任务目标|任务|目标))数?的?$"
)
_SHORTEST_PART = 3
_DOINGS = frozenset({"培训", "招聘", "接待", "惠及", "转移", "服务", "投资", "流转", "安置"})
# 30%自然村未通公路, 98%以上的面积是高山: what a share of them has or is
_SHARE_HAS = re.compile(
    "(?:以上)?的?(?P<who>[一-龥]{2,8}?)(?P<doing>(?:未|不|没有|尚无|能够?|可以?|实现|完成|建立|开展|享受|均?为|是|属)[一-龥]{2,12})"
)
# 4个县均为深度贫困县, 26个属直过区: what they are is what is counted
_ARE = re.compile("(?:[一-龥]{1,4}(?:（[一-龥]）)?)?(?:均|都|全部)?(?:为|是|属于?)[“]?(?P<kind>[一-龥]{3,14})[”]?")
# 2万个以上的岗位: the noun stands behind the bound
_BOUND_OF = re.compile("^(?:以上|以内|左右|多)的?(?=[一-龥]{2})")
_PLAIN = frozenset({"项目", "企业", "人员", "活动"})
_LONGEST_COUNTED = 22


def name(frame: Frame, measure: str, topic: str, places: tuple[Place, ...], before: Naming) -> tuple[str, Naming]:
    """The figure's indicator, and what it leaves to the next figure.

    `topic` is the heading's thing, `places` are the spans of place names in the sentence.
    """
    own = left_phrase(frame, places)
    found = shortened(_name(frame, own, measure, topic, before)) or topic or before.name or before.subject
    clause = frame.before.lstrip()
    part = frame.bracket >= 0 or bool(_PART.match(clause)) or clause.startswith("占") or found.endswith("任务目标")
    keeps_subject = part or bool(before.name and (not own or is_generic(own)))
    if not own and found != before.name and (_family(frame), found) in before.by_unit:
        keeps_subject = False  # 围场县2所: the text turns back to what is counted so
    unit = _family(frame) if measure == "level" and own else ""
    return found, before.after(found, keeps_subject=keeps_subject, measure=measure, unit=unit)


def _name(frame: Frame, own: str, measure: str, topic: str, before: Naming) -> str:
    listed = respective_names(frame, before.levels)
    q = frame.quantity
    if listed:
        aimed = q.base_unit == "%" and _LIST_OF_AIM.search(frame.before)
        return joined(listed, TASK_RATE) if aimed else listed
    if q.base_unit in _MEDALS:
        return _medal(frame, own, topic, before)
    if before.name and frame.previous is not None and frame.previous.tail == q.start and not frame.right.strip():
        return joined(before.name, unit_noun(q.base_unit))  # 巡回医疗队962支|4781人: the same counted another way
    if q.form == "ratio":
        return ratio_part(frame) or own or before.name
    if before.name and (not own or is_verb_only(own)) and _is_changed_value(frame):
        return before.name
    if measure == "growth" and not own:
        last = before.amount if before.shared and q.base_unit != "个百分点" else before.name
        return intermediate(frame) or last or before.name or context(frame, topic)
    drives = _DRIVES.match(own) if measure == "growth" else None
    if drives and before.subject and q.base_unit != "%":
        return joined(before.subject, own)
    own = own[drives.end() :] if drives else own
    if measure == "rank":
        return (own if own and not is_generic(own) else before.name) or own or context(frame, topic)
    if own and (before.name or before.subject) and _GRADE.fullmatch(own):
        return regraded(own, before.name or before.subject)
    rest = counted_noun(frame.right) if _REMAINDER.match(own) else ""
    if own in _THE_REST or (rest and is_generic(rest)):
        return before.subject or topic
    return (
        _part_of_whole(frame, own, topic, before)
        or _counted(frame, own, topic, before)
        or _own(frame, own, measure, topic, before)
    )


def _is_changed_value(frame: Frame) -> bool:
    """Whether the number before was this one's old value: 82个减少为30个."""
    previous = frame.previous
    return previous is not None and bool(_CONTINUED.fullmatch(frame.sentence, previous.tail, frame.quantity.start))


def _medal(frame: Frame, own: str, topic: str, before: Naming) -> str:
    """10金、5银、12铜: the competition and the metal."""
    metal = unit_noun(frame.quantity.base_unit)
    if before.name.endswith("牌") and not own:
        return before.name[:-2] + metal
    event = _EVENT.search(frame.before)
    if event:
        return _EDITION.sub("", event[0]) + metal
    own = _WINNERS.sub("", own)
    return joined(own if len(own) >= 4 and not is_verb_only(own) else context(frame, topic), metal)


def _part_of_whole(frame: Frame, own: str, topic: str, before: Naming) -> str:
    """完成全年任务的80%, 占全省的6.5%, 投入3亿元用于…: named by the whole it is a part of; else empty."""
    q = frame.quantity
    if _AIM.match(frame.right):
        aim = own.rpartition("的")[2]
        if is_generic(aim) or len(aim) <= 3:
            aim = joined(before.subject or before.name or topic, _AIM_TIME.sub("", aim))
        return joined(aim, "任务目标")
    if q.base_unit == "%":
        done = _DONE_OF_PLAN.search(frame.before) if "完成" in frame.before else None
        if done and not is_verb_only(core(done["what"])):
            return joined(core(done["what"]), done["plan"] + "完成率")
        plan = _OF_PLAN.search(frame.before)
        if plan:
            return joined(before.amount or before.subject or topic, plan["plan"] + "完成率")
        whole = _SHARE_OF.search(frame.before)
        if whole:
            return _share_of(frame, whole, topic, before)
    granted = _GRANT.match(frame.right) if q.kind == "money" else None
    if granted and _GIVEN.search(frame.left):
        return granted["what"]
    if q.kind == "money" and (is_sum(own) or is_generic(own)):
        spent = spent_on(frame, own)
        plain = own and (is_generic(own) or own.endswith("投入"))
        amount = own if plain else "" if spent.endswith(_AMOUNTS) else "资金"
        return joined(spent, amount) if spent else ""
    return ""


def _share_of(frame: Frame, whole: re.Match[str], topic: str, before: Naming) -> str:
    """民营企业占外贸总值的37.5%: the part, 占, the whole; the part is named left of 占 or is the figure before."""
    part = without_numbers(core(frame.before[: whole.start()]))
    if len(part) < _SHORTEST_PART or is_generic(part):
        inside = frame.previous is not None and frame.previous.start >= frame.clause  # 占2447个村总数的99%
        part = ("" if inside else before.amount) or before.subject or before.name or context(frame, topic)
    thing = core(whole["whole"])
    return f"{part}占{thing}比重" if part and thing else joined(part, "占比")


def _counted(frame: Frame, own: str, topic: str, before: Naming) -> str:
    """The noun after the number, with its verb where it alone says little, with its owner where one is named."""
    q, right = frame.quantity, frame.right
    if q.base_unit == "%" and (not own or is_verb_only(own)):
        of = _SHARE_HAS.fullmatch(right.strip())
        if of:
            return core(of["doing"] or "") + of["who"] + "占比"
        if right.startswith("的"):
            return right.removeprefix("的").strip()
        noun = counted_noun(right) if _BOUND_OF.match(right) else ""
        if noun:
            return noun + "占比"
    if q.kind not in _COUNTED_KINDS or starts_with_verb(_BOUND_OF.sub("", right)):
        return ""
    counted = counted_noun(right)
    if not counted:
        return ""
    are = _ARE.fullmatch(right.strip())
    if are:
        return are["kind"]
    listed = frame.sentence[max(0, q.start - 8) : q.start].rstrip().endswith(("等", "等共", "等重点"))
    if is_generic(counted):
        return _generic_counted(frame, counted, listed, topic, before)
    owner = own and not is_verb_only(own) and not is_generic(own) and not _belongs_before(frame)
    if owner and not listed and len(own) + len(counted) <= _LONGEST_COUNTED:
        return _DONE.sub("", own).rpartition("的")[2] + counted
    verb = _OWN_VERB.search(own)
    return (verb[1] if verb else "") + counted


def _belongs_before(frame: Frame) -> bool:
    """7000米地下管网和1.3万平方米硬化: the words to the left are what the number before counts."""
    previous = frame.previous
    return previous is not None and frame.item == previous.tail and frame.left.rstrip().endswith(("和", "与", "及"))


def _generic_counted(frame: Frame, counted: str, listed: bool, topic: str, before: Naming) -> str:
    """项目, 企业, 活动: by what is done with them, by the list they close, else by their subject."""
    tail = verb_tail(frame.right, counted)
    if tail:
        return joined("" if listed or not topic else topic, tail + counted)
    if listed:
        clause = core(frame.before)
        if "、" in clause:
            return first_items(clause.removesuffix("等")) + "等" + counted
        return joined(topic, counted)
    return joined(topic or subject(frame, topic, before), counted)


def _own(frame: Frame, own: str, measure: str, topic: str, before: Naming) -> str:
    """The phrase to the left, completed where it is generic, one half of a whole, or stands in a bracket."""
    if own in _BUDGETED and before.budget:
        return before.budget + own.removeprefix("预算")
    if own in _STAFF:
        return joined(_institution(frame, before), own)
    if own in _HALVES and before.subject:
        return joined(own, before.subject[2:] if before.subject[:2] in _HALVES else before.subject)
    if own and frame.bracket >= 0 and before.subject and len(own) <= 8:
        return completed(before.subject, own)
    if own in _PLAIN and frame.item > frame.clause and frame.previous:
        verb = next(filter(None, map(_LEADING_VERB.match, reversed(before.levels))), None)
        if verb:
            return verb[0] + own
    if own and is_generic(own):
        return completed(subject(frame, topic, before), own)
    if measure == "growth" and own.endswith("业"):
        return own + _output_of(before.name)
    if own and not is_verb_only(own):
        return _part_of_subject(frame, sharpened(frame, own), before)
    return _bare(frame, own, measure, topic, before)


def _institution(frame: Frame, before: Naming) -> str:
    """普通中学365所，专任教师3.17万人，|在校生40万人: whose, where the same part of the sentence counts it."""
    sentence, start = frame.sentence, frame.quantity.start
    begin = max(sentence.rfind(mark, 0, start) for mark in ";；")
    found = (name for name in reversed(before.levels) if name.endswith(_INSTITUTIONS))
    return next((name for name in found if sentence.find(name, begin + 1, start) >= 0), "")


def _output_of(name: str) -> str:
    """采矿业|增加值 grew by so much, 制造业 by so much: what else is told of the next industry."""
    found = _OUTPUT.search(name)
    return found[1] if found else ""


def _part_of_subject(frame: Frame, own: str, before: Naming) -> str:
    """其中大型活动30项 after 266项文旅体节庆活动: the short part takes the whole's modifier."""
    whole, head = before.subject, own[-2:]
    shorter = len(own) <= 5 and len(whole) > len(own) and own != whole and whole.endswith(head)
    if shorter and frame.previous is not None and _SORT.match(own) and _PART.match(frame.sentence, frame.clause):
        return own[:-2] + whole
    return own


def _bare(frame: Frame, own: str, measure: str, topic: str, before: Naming) -> str:
    """No name of its own: the clause between, the paragraph's name for such a unit, the name before, the subject."""
    between = intermediate(frame)
    if between:
        return between
    q = frame.quantity
    known = dict(before.by_unit).get(_family(frame), "")
    if known and not own and q.kind in ("count", "person") and q.base_unit not in ("个", "项"):
        return known
    if own in _DOINGS:
        return joined(before.subject if frame.previous is None else context(frame, topic), own)
    if measure != "level" and before.name:
        return before.name
    stage = _STAGE.search(frame.left.rstrip())
    if stage and before.subject:
        return stage[0] + _STAGED.sub("", before.subject)
    whose = subject(frame, topic, before)
    return whose if whose.endswith(_AMOUNTS) else joined(whose, unit_noun(q.base_unit))


def _family(frame: Frame) -> str:
    """The unit, people counted alike."""
    return "人" if frame.quantity.kind == "person" else frame.quantity.base_unit
