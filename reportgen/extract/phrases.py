"""Words around a number -> noun phrase: what to strip at either end so that the thing measured remains.

Pure string rules; the word lists are grammar.toml, which an office can read and correct.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.vocabulary.grammar import alternatives, words

LONGEST = 26
"""Characters of a name that still fit a table cell."""
_MEMORY = 4096

_BEFORE, _AFTER, _LIGHT = words("before_name"), words("after_name"), words("light_verbs")
_UNIT_NOUNS = words("unit_nouns").same

# 比上年同期, 高于全国平均水平: what the figure is compared with, no part of what it measures
_COMPARED = re.compile(
    "[按以](?:可比|不变)价格?计算?|按?(?:可比|同)口径|可比增长|名义增长|扣除[^,，]{0,16}因素"
    "|同比(?:去年|上年)(?:同期)?|(?:高于|快于|慢于|低于|好于|优于|劣于|高出|分别?高于|比|较|同|与)(?:[^,，。;；比较]{0,8}?"
    "(?:上年|去年|前一年|年初|年前|同期|季度|上月|前[一-龥]月|改革前|全国|全省|全市|全区|规划|计划|目标值?|预期|[\\d一二三四五前]年))"
    "(?:同期|末|底|年末|度|的?平均水平|水平|平均)?(?:相比)?|[与同和较比][^,，。;；]{1,10}相比"
)
_COMPARES = re.compile("[按以可名扣高快慢好优劣低分比较同与]")
# 比三季度|加快, 较目标值|低: compared with a thing of the clause's own
_AGAINST = re.compile(
    "(?:^|(?<=[,，、])|(?<=增[速幅])|(?<=降幅))(?:比|较)[^,，。;；]{1,12}?"
    "(?=加快|提高|回落|上升|上涨|下降|下跌|增长|提升|增加|减少|扩大|收窄|放缓|回升|[高低快慢多少])"
)
# 高出全省外贸整体增速: a comparison that runs to the number
_EXCEEDS = re.compile("^(?:分别)?(?:高于|高出|快于|低于|慢于|好于|优于)[^,，]{1,18}$")
_STREAK = re.compile(
    "已?连续[\\d一二三四五六七八九十多]+[年次届个月]{1,2}、?(?:[\\d一二三四五六七八九十]+年)?(?:位?居|保持|蝉联)?"
)
# 地区生产总值[2]
_FOOTNOTE = re.compile(r"\[\d{1,2}\]", re.ASCII)
# 地区生产总值(GDP): the abbreviation repeats the name
_ABBREVIATION = re.compile("[（(][A-Za-z0-9.]{1,8}[）)]?$")
_QUOTES = re.compile('[“”"‘’《》〈〉「」『』]')
# 到2025年底, 1-8月, “十四五”期间: when, not what
TIME = (
    r"(?:截[至止]到?|到|至)?(?:(?:19|20)\d{2}年?[—\-–~至和]?(?:(?:19|20)\d{2}年)?(?:度|底|末|以来)?"
    r"(?:[1-9]\d?月(?:份|底|末|\d{1,2}日)?)?|\d{1,2}[-—–至]\d{1,2}月份?"
    r"|(?<!\d)\d{1,2}月(?:份|底|末|初|中旬|上旬|下旬)?(?:\d{1,2}日)?|[上下]半年|前三季度|前[\d一二三四五六七八九十]{1,2}个月|(?:第?[一二三四][、和])?第?[一二三四]季度"
    r"|“?十[二三四五六]五”?(?:期间|时期|末)?|过去[一两三五]年|[两三四五]年来|今后[三五]年|未来[三五]年|今年底前?|年底前?|年末"
    r"|本年度?)[,，]?"
)
_TIME = re.compile(TIME, re.ASCII)
_ENOUGH = 5
# 人大三次会议批准的|预算收入
_APPROVED = re.compile("^[一-龥]{4,24}(?:批准|审议通过)的(?=[一-龥]{4})")
_TIMES = re.compile(r"\d|[半五季年]", re.ASCII)
# …深入推进完成|高标准农田: a verb so late in the phrase that its object alone is the name
_LATE_VERB = re.compile("(?:实现(?<=[一-龥]{6}实现)(?!率)|完成(?<=[一-龥]{6}完成)(?!率|投资|额|产值|量))(?:了)?")
# 乡村|实现|消费品零售额, 检查站|共|检查车辆: verbs and adverbs that stand between who and what
_BETWEEN = re.compile(
    "(?<=[一-龥]{2})(?:(?:累计|共)?实现(?!率|利润)(?=[一-龥]{2})"
    f"|(?:累计|当年|(?<![公总])共|已经?|(?<!即)将|(?<!原)计划|拟|正在)(?={alternatives('doings')}))"
)
_BETWEEN_SIGNS = re.compile("实现|累计|当年|共|已|将|计划|拟|正在")
# 粮食产量|再创历史新高: how far back a record reaches
_RECORD = re.compile(
    "(?:再|均|又|屡)?创(?:下|造|出)?(?:历史|近?[一二三四五六七八九十两几]+年来?|同期|有记录)[一-龥]{0,4}新高?$"
)
# 求人倍率（岗位数与求职人数之比）: an explanation
_EXPLANATION = re.compile("[（(][^（()）]{7,80}[)）]")
# 集约化|实施: how it is done
_MANNER = re.compile("[一-龥]{1,2}化(?=实施|推进|建设|开展|运营)")
_WHOLE_PLACE = re.compile(
    "^(?:全市|全省|全县|全区|全州|全国|我市|我省|我县|我区|市区|城区|县域|各地|辖区|市域|省域|其[他余]各?[市县州])(?=.{2})"
)
_EDGES = " ,，、;；:：()（）。和与"
_NAME_EDGES = _EDGES + "的"
_VERB_ONLY = re.compile(rf"(?:[\s,，、]|{alternatives('verbs')})*")
_GENERIC = re.compile(f"{alternatives('generic_before')}*{alternatives('generic')}?")
_ENDS_COUNTED = re.compile(alternatives("ends_counted"))
_NO_NOUN = re.compile(alternatives("no_noun"))
_PLAIN_NOUN = re.compile(f"(?:重点|重大|各类|续建|新建|亿元以上|示范)?{alternatives('plain_nouns')}")
# 这30个项目中
_AMONG = re.compile("(?<=项目|企业|活动|工程|案件|问题|人员|家庭)[中里]$")
_BOUND = re.compile("(?:以上|左右|以下|以内|之多|的|余|多)+")
_ADVERB = re.compile("(?:均|都|全部|已经|已|正在|将|得到|陆续|相继|顺利|成功)+")
# 351人|河北青年报讯: the next report begins
_NEWS = re.compile("[一-龥]{0,8}(?:报|网|社|新闻|晚报|日报)讯|本报讯")
_WHEN = re.compile(r"(?:19|20)\d{2}年|\d{1,2}月|[上下]半年|前三季度", re.ASCII)
# 风电和基地化建设50万千瓦光伏: the next thing and its number
_NEXT_COUNTED = re.compile(r"[和与及][一-龥]{0,8}\d", re.ASCII)
_DIGIT = re.compile(r"\d", re.ASCII)
_JOINT = re.compile("[的,，、]")


@lru_cache(_MEMORY)
def core(text: str) -> str:
    """The phrase without time, comparison and the function words at both ends; may be empty.

    >>> core("2023年,全市城镇新增就业"), core("企业职工平均养老金达到"), core("比上年同期增长")
    ('城镇新增就业', '企业职工平均养老金', '')
    """
    phrase = _STREAK.sub("", text) if "连续" in text else text
    if "比" in phrase or "较" in phrase:
        phrase = _AGAINST.sub("", phrase)
    if _COMPARES.search(phrase):
        phrase = _EXCEEDS.sub("", _COMPARED.sub("", phrase))
    if _TIMES.search(phrase):
        phrase = _TIME.sub("", phrase)
    if "（" in phrase or "(" in phrase:
        phrase = _EXPLANATION.sub("", phrase)
    if " " in phrase:
        phrase = _after_blank(phrase)
    if "[" in phrase:
        phrase = _FOOTNOTE.sub("", phrase)
    phrase = _QUOTES.sub("", _ABBREVIATION.sub("", phrase))
    ended = _AFTER.before_end(phrase)
    phrase = _BEFORE.after_start(ended)
    manner = _MANNER.match(phrase)
    if manner:
        phrase = _BEFORE.after_start(phrase[manner.end() :])
    if phrase != ended:
        phrase = _AFTER.before_end(phrase)  # what stood before a word may have kept it
    if "准的" in phrase or "过的" in phrase:
        phrase = _APPROVED.sub("", phrase)
    if "创" in phrase:
        phrase = _RECORD.sub("", phrase)
    late = _LATE_VERB.search(phrase)
    if late and len(phrase) - late.end() >= 4 and not is_generic(phrase[late.end() :]):
        phrase = phrase[late.end() :]
    if _BETWEEN_SIGNS.search(phrase):
        phrase = _BETWEEN.sub("", phrase)
    return _closed(_WHOLE_PLACE.sub("", phrase).strip(_EDGES))


def _after_blank(phrase: str) -> str:
    """The words behind the last blank, where they are enough for a name: 财政金融 全年一般公共预算收入."""
    last = phrase.rpartition(" ")[2]
    return last if len(last) >= _ENOUGH else phrase


def _closed(phrase: str) -> str:
    """The phrase with its last bracket closed again (县（市）, whose edge was stripped), or without a half one."""
    for opening, closing in ("（）", "()"):
        opened, closed = phrase.count(opening), phrase.count(closing)
        if opened > closed:
            return phrase + closing
        if opened < closed:
            return phrase.partition(closing)[2].removeprefix("的") or phrase
    return phrase


@lru_cache(_MEMORY)
def is_verb_only(phrase: str) -> bool:
    """Whether nothing but verbs and function words is left, so that the counted noun stands elsewhere.

    >>> is_verb_only("新建"), is_verb_only("扶持创业带头人")
    (True, False)
    """
    return _VERB_ONLY.fullmatch(phrase) is not None


@lru_cache(_MEMORY)
def is_generic(phrase: str) -> bool:
    """Whether the phrase needs its subject to mean anything: 完成投资, 总面积, 占比.

    >>> is_generic("完成投资"), is_generic("总投资"), is_generic("文旅项目完成投资")
    (True, True, False)
    """
    return _GENERIC.fullmatch(phrase) is not None


def counted_noun(text: str) -> str:
    """The noun that begins the words to the right of a count, cut where its verb begins; may be empty.

    >>> counted_noun("乡镇中心园建设"), counted_noun("残疾少年儿童全部纳入中小学学籍管理")
    ('乡镇中心园建设', '残疾少年儿童')
    """
    phrase = _QUOTES.sub("", text.strip())
    bound = _BOUND.match(phrase)
    if bound:
        phrase = phrase[bound.end() :]
    if phrase.startswith(("人次", "次")):
        return ""
    cut = _ENDS_COUNTED.search(phrase, 1)
    if cut:
        phrase = phrase[: cut.start()]
    if "讯" in phrase:
        phrase = _NEWS.split(phrase, maxsplit=1)[0]
    phrase = _WHEN.split(phrase, maxsplit=1)[0] or phrase
    following = _NEXT_COUNTED.search(phrase, 2)
    if following:
        phrase = phrase[: following.start()]
    phrase = _AMONG.sub("", _closed(phrase.strip(" 、,，和与()（）的")))
    return phrase if len(phrase) >= 2 or phrase == "村" else ""


def verb_tail(text: str, noun: str) -> str:
    """What a generic counted noun does, to stand before it: 企业实施数字化改造 -> 实施数字化改造.

    >>> verb_tail("项目竣工投产", "项目"), verb_tail("项目", "项目")
    ('竣工投产', '')
    """
    if not _PLAIN_NOUN.fullmatch(noun):
        return ""
    rest = _QUOTES.sub("", text.strip()).removeprefix(noun)
    adverb = _ADVERB.match(rest)
    rest = rest[adverb.end() if adverb else 0 :].strip()
    return rest if 2 <= len(rest) <= 16 and not _DIGIT.search(rest) else ""


def without_light_verb(phrase: str) -> str:
    """The phrase without a leading verb that adds nothing to what is measured, where three characters remain.

    >>> without_light_verb("开展创业活动"), without_light_verb("新增养老床位")
    ('创业活动', '新增养老床位')
    """
    plain = _LIGHT.after_first(phrase).removeprefix("了")
    if len(plain) < 3:
        return phrase
    # 实施了|总投资: what was done is said by what follows
    return plain if not is_generic(plain) or phrase.endswith("了" + plain) else phrase


def shortened(phrase: str) -> str:
    """The phrase within the length of a table cell, cut at a joint from the left."""
    phrase = _closed(phrase.strip(_NAME_EDGES))
    if len(phrase) <= LONGEST:
        return phrase
    tail = phrase[-LONGEST:]
    cut = _JOINT.search(tail, 0, 12)
    return tail[cut.end() :] if cut else tail


def starts_with_verb(text: str) -> bool:
    """Whether the words to the right go on with a verb and not with the thing counted."""
    stripped = text.strip()
    return not stripped or bool(_ENDS_COUNTED.match(stripped)) or bool(_NO_NOUN.match(stripped))


def unit_noun(base_unit: str) -> str:
    """The noun that a unit stands for where nothing else names what is measured: 平方米 -> 面积."""
    return _UNIT_NOUNS.get(base_unit, "")
