"""Numbers that are no figures: dates, names, thresholds, streaks, ordinals. One small rule each, in a visible list.

A rule looks at a frame and answers yes or no; the first yes names the reason, shown by `explain` and the evidence page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import core, is_generic, is_verb_only, starts_with_verb

Rule = Callable[[Frame], bool]

_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUOTES = (("“", "”"), ("《", "》"), ("「", "」"), ("‘", "’"), ('"', '"'))
_LONGEST_NAME = 22
_RANKED = re.compile(
    r"(?:全国|全省|全市|全区|全县|全球|世界|东北|西部|中部|省内|国内|同类|地区|城市|县|市|区|州|均?为|[居列]|位|名列|排名?在?|排|升至|升到|上升到|跃居|跃升至?|稳居|保持|蝉联|荣获|获得?|达到|总分|考评|考核|测评|评比|提升到|前移到|前移至|晋升到|[到至为]|[率量数额值度速幅])(?:的)?$"
)
_LISTED_PROJECT = re.compile(r"[一-龥“”]{0,12}?等(?:\d|一批|重点|重大)")
_PROJECT = re.compile(r"(?:级)?[一-龥“”A-Za-z]{0,16}?(?:项目|工程|生产线|基地|变电站|电站|机组|改造)(?!\d)")
_MEETING = re.compile("届|场|次|批|季|期|轮")
_NAMED_ORDINAL = re.compile("[代时方产阶梯个条章节款项中人党小高污附医幼二三四五六七八九十]")
_RANK_ENDS = re.compile("[,，。;；、!！?？)）的和与并且:：“]|提升|上升|跃升|升至|跃居|前移|下降|降至|到|创|持续|连续|水平|高")
_RANK_BEFORE = re.compile(r"第[\d一二三四五六七八九十]+[名位]?[、和]$")
_POPULATION = re.compile(
    r"(?:及)?以[上下]?(?:的|及)?(?:老年|老人|人口|青年|儿童|中青年|未成年|适龄|妇女|人群|群众|居民|劳动|职工|幼儿|女性|男性|公民|常住)"
)
_THRESHOLD_KINDS = frozenset({"money", "length", "area", "mass", "volume", "energy", "time", "other", "ratio"})
_HANZI_SLOGAN_UNITS = frozenset(
    "个 项 大 种 类 方面 级 位 次 批 体 条 期 步 手 把 道 口 片 点 面 线 度 元 年 日 天 分 重 层 本 头 门 场 家 处 号 地 带 区 县 市 镇 村 乡 省 套 件 代 岁 角 环 化 网 站 链 化 员 双 对 组 块 起 名 人 户 张 股 行 小时 周 月 个月 分钟 成 倍 篇 部 支 座 台 孔 眼 间 轮 堂 课 款 所 室 院 厅 馆 场次 米 里 尺 寸 斤 两 吨 方 台次 人次 例 盏 路".split()
)
_ENACT = re.compile(
    r"(?:新建|建成|建设|完成|新增|共|总共|累计|审议|制定|出台|修订|颁布|发布|举办|召开|开展|实施|培育|引进|获批|获评|打造|开工|竣工|投产|成立|组建|设立|建立|达|达到|超过|增加|减少|有|近|约|超|逾|起草|提请|办理|创建|推出|落户|落地|签约|评选|获|夺得|荣获|摘得)(?:了)?$"
)


def reason(frame: Frame) -> str | None:
    """The name of the first rule that says the quantity is no figure, or None."""
    for rule in RULES:
        if rule(frame):
            return rule.__name__.strip("_")
    return None


def no_unit(frame: Frame) -> bool:
    """A bare number: a year, a code, a list number; a ratio such as 收入比3.27 stays."""
    q = frame.quantity
    if not q.unit and "." in q.num and re.search("(?:收入比|比值|指数|系数|之比)(?:由|从|为|达|至|缩小|下降|降|到)*$", frame.before):
        return False
    if not q.unit and "." in q.num and frame.previous is not None and re.search("^[^,，。]{0,3}[到至为]$", frame.sentence[frame.previous.tail : q.start]) and frame.previous.unit == "" and "." in frame.previous.num:
        return False
    return q.kind == "none" and (not q.unit or not _bare_amount(frame))


def _bare_amount(frame: Frame) -> bool:
    """万/亿 without unit: an amount where a verb or a noun of quantity stands before it or people follow."""
    return bool(frame.left.strip() or frame.before.strip()) or bool(frame.right)


def date(frame: Frame) -> bool:
    """2023年, 9月, 13日, 1951年以来, 2021—2030年; but 30年 and 15年 are durations, left to their own rules."""
    q = frame.quantity
    if q.unit in ("年", "年度", "年份", "年级", "年代"):
        return bool(_YEAR.fullmatch(q.num[:4])) or q.unit != "年" or q.form == "hanzi" or q.high is not None
    if q.unit in ("月", "月份", "日", "号", "时", "点", "月底", "点钟"):
        return not (q.unit == "日" and q.form == "digits" and frame.left.endswith(("均", "数")))
    if _YEAR.fullmatch(q.num) and not q.unit.strip("个"):
        return True
    before = frame.sentence[max(0, q.start - 3) : q.start]
    return bool(re.search(r"\d[-—./月]$", before, re.ASCII)) and q.unit in ("日", "月", "年")


def duration(frame: Frame) -> bool:
    """三年行动, 15年免费教育, 48小时内, 连续365天: how long, not how much; 天数 and 工作日 that are counted stay."""
    q = frame.quantity
    if q.kind != "time":
        return False
    if q.base_unit in ("工作日", "个工作日", "岁"):
        return q.base_unit == "岁" and not re.search("寿命|年龄", frame.before)
    if re.search(
        "天数|时间|时长|周期|寿命|用时|期限|时限|平均|缩短|压缩|压减|提速|提前|减少|控制在|优良|达标|日数|天$",
        frame.before,
    ):
        return bool(re.match("以?内|之?内|[前后]", frame.after)) and not re.search(
            "压缩|缩短|压减|控制|平均", frame.before
        )
    return True


def age(frame: Frame) -> bool:
    """65岁及以上老年人, 18至45岁中青年."""
    return frame.quantity.base_unit == "岁" and not re.search("寿命|平均年龄", frame.before)


def quoted(frame: Frame) -> bool:
    """Inside a short quotation, a book title or a slogan: “4个100%”, 《…若干措施15条》."""
    q = frame.quantity
    for opening, closing in _QUOTES:
        start = frame.sentence.rfind(opening, max(0, q.start - 40), q.start)
        if start < 0 or frame.sentence.find(closing, start + 1, q.start) >= 0:
            continue
        end = frame.sentence.find(closing, q.end, q.end + 40)
        if end >= 0 and (opening == "《" or end - start <= _LONGEST_NAME):
            return True
    return False


def ordinal(frame: Frame) -> bool:
    """第十四届, 第三场, 第一方阵: a place in a row that ranks nothing."""
    q = frame.quantity
    if q.form != "rank":
        return False
    if q.num == "首":
        return not re.search("[居列位]|排名|蝉联|保持|获", frame.before[-14:])
    after = frame.after
    before = frame.sentence[max(0, q.start - 12) : q.start - 1]
    if _MEETING.match(after) or (_NAMED_ORDINAL.match(after) and not q.num.isascii()):
        return True
    if after and not _RANK_ENDS.match(after) and not frame.sentence.startswith(("名", "位"), q.end):
        return True
    return not _RANKED.search(before) and not _RANK_BEFORE.search(before)


def streak(frame: Frame) -> bool:
    """连续4年, 第三次, 首批."""
    return (
        bool(re.search("连续$|已连续$|蝉联$", frame.sentence[: frame.quantity.start]))
        and frame.quantity.kind != "money"
    )


def model_name(frame: Frame) -> bool:
    """5G, CR450, 3.0版, 5A级, 101国道, 12345热线: letters or a name's tail against the number."""
    q = frame.quantity
    s = frame.sentence
    if q.num.endswith(".0") and re.match("版|行动|时代|工程|升级|计划|阶段|模式", s[q.end :]):
        return True
    if q.start and re.match("[A-Za-z]", s[q.start - 1]) and not re.match("[A-Z]{2,4}", q.unit):
        return True
    if not q.unit and re.match("[A-Za-z]", s[q.end : q.end + 1]):
        return True
    return (
        bool(
            re.match(
                "版|号线|号(?!召)|路(?!段|灯|口)|国道|省道|专线|热线|平台|政务|联盟|A|G(?!W)|D|级|型|强|会|计划|战略|行动|工程(?!项目)|体系|试点$",
                s[q.end : q.end + 3],
            )
        )
        and not q.unit
    )


def threshold(frame: Frame) -> bool:
    """投资5000万元以上项目200个, 2.4米以上道路, 30分钟以内: the number only delimits what is counted."""
    q = frame.quantity
    after = frame.after
    if re.search("(?:家庭|年|人均)[一-龥]{0,6}收入$", frame.before) and re.match("的(?:家庭|群体|户|人)", after):
        return True
    bound = re.match("(?:及|或|含)?(?:以上|以下|以内|及以上|及以下)(?:的)?", after)
    if bound:
        rest = after[bound.end() :]
        if bound[0].endswith("的") and rest and q.kind in _THRESHOLD_KINDS and q.kind != "ratio":
            return True
        if rest.startswith("且") and q.kind in ("money", "count"):
            return True
        if not rest or rest[0] in ",，。;；、!！?？)）:：和与及并且" or not re.match("[一-龥“A-Za-z]", rest[0]):
            return False
        if q.kind in _THRESHOLD_KINDS and not (q.base_unit == "%" or q.kind == "ratio"):
            return True
        return bool(_POPULATION.match(after))
    if q.kind in ("time",) and re.match("以?内|之内", after):
        return True
    if re.match("(?:级|规模)?(?:以下|以上)", after) and q.kind == "money":
        return True
    if re.match("以[上下](?:的|且)", after):
        return q.kind in _THRESHOLD_KINDS and q.kind != "ratio"
    return bool(re.search("(?:超过|不足|高于|低于|大于|小于|满|达到)$", frame.before)) and bool(
        re.match(
            "的(?:项目|企业|村|户|单位|地区|县|小区|道路|家庭|建筑|产品|工程|设备|人员|对象|基地|园区|乡镇)", after
        )
        or re.match("的[一-龥]{1,6}\\d", frame.sentence[q.tail : q.tail + 10])
    )


def leading_group(frame: Frame) -> bool:
    """前三名, 后两位, 前10强: the first or last so many of a ranking."""
    return frame.sentence[: frame.quantity.start].endswith(("前", "后", "前列第")) and frame.quantity.base_unit in ("名", "位", "强", "家", "")


def phase(frame: Frame) -> bool:
    """二期工程, 华融2期: the stage of a project."""
    return frame.quantity.unit == "期" and not re.search("(?:举办|开展|编发|印发|组织|刊发|推出|培训|发布|播出|共|累计|开设|开办)(?:了)?[一-龥]{0,10}$", frame.left)


def slogan(frame: Frame) -> bool:
    """三方面工作, 十大工程, 两个覆盖率, 四不窗口: small Chinese numerals before a noun are names, unless enacted."""
    q = frame.quantity
    left = frame.sentence[max(0, q.start - 14) : q.start]
    if q.form != "hanzi":
        return False
    if q.num in ("十", "百", "千") and not q.more:
        return not re.search("[近超逾过破达上]$", frame.left) or q.unit in ("字", "方") or bool(re.match("级|台阶|大关", frame.right))
    if re.match("级|台阶", frame.right) or q.unit == "字":
        return True
    if q.base_unit == "倍":
        return not re.search("[增长涨了高加大到达至的]$", left)
    if q.more or q.unit[:1] in "万亿":
        return False
    at_end = not frame.right.strip() or bool(re.match("[)）]", frame.right))
    if q.kind in ("money", "mass", "area", "length", "volume", "energy") and q.value >= 10:
        return False
    if at_end and re.search("[一-龥”]$", left) and q.value >= 2:
        return bool(
            re.search("(?:这|那|以下|如下|下列|上述|分为|包括|[为在于成的是第以及和与等])$", left)
        ) or q.unit in ("个", "年", "大", "位", "级")
    if not _ENACT.search(left):
        return True
    return (
        q.value < 10
        and q.unit
        in (
            "个",
            "项",
            "大",
            "种",
            "类",
            "方面",
            "级",
            "位",
            "批",
            "体",
            "条",
            "期",
            "步",
            "次",
            "点",
            "重",
            "层",
            "线",
            "区",
            "片",
        )
        or q.unit == ""
    )


def introduced(frame: Frame) -> bool:
    """10个幼儿园项目分别是…: a count that only introduces the list it heads."""
    return bool(re.match("[一-龥]{1,18}分别(?:是|为|位于|在|来自)", frame.sentence[frame.quantity.tail :]))


def abstract(frame: Frame) -> bool:
    """5个新突破, 6项内容, 4张名片: counts of talking points."""
    return bool(re.match("(?:新|大|重要|主要)?(?:突破|亮点|方面|领域|特点|内容|名片|台阶|万亿级|千亿级|百亿级|环节|层面|维度|抓手|坚持|聚焦|关键词|字)(?![一-龥]*\\d)", frame.right))


def named_measure(frame: Frame) -> bool:
    """落实安全生产15条硬措施: the measures' own name, where nothing is said to be issued."""
    if not re.match("(?:硬)?(?:措施|举措|政策|意见|规定|要求|禁令|标准)", frame.right) or frame.quantity.base_unit not in ("条", "项"):
        return False
    return bool(re.search("落实|贯彻|执行|按照|对照|严守", frame.before[-24:])) and not re.search("出台|制定|推出|印发", frame.before[-24:])


def capacity_name(frame: Frame) -> bool:
    """中广核10万千瓦光伏发电等200个项目, 大唐700万吨露天矿, 500千伏变电站: a size inside a project's name."""
    q = frame.quantity
    if q.base_unit in ("千伏", "伏", "kV", "KV", "蒸吨"):
        return True
    if q.kind not in ("energy", "mass", "volume", "area", "other"):
        return False
    if _LISTED_PROJECT.match(frame.sentence, q.tail):
        return True
    own = "" if frame.left.endswith(("和", "与", "及")) else core(frame.left)
    named = bool(own) and not is_verb_only(own) and not is_generic(own)
    if q.kind == "area" or not named:
        return False
    return bool(_PROJECT.match(frame.right)) or (
        len(own) <= 6 and own[-1] not in "量额数率值积力模高重" and not starts_with_verb(frame.right) and q.base_unit != "斤"
    )


def list_number(frame: Frame) -> bool:
    """1. 2、 (3) at the head of a paragraph or item."""
    q = frame.quantity
    if q.unit or q.form != "digits":
        return False
    return frame.sentence[q.end : q.end + 1] in ".．、)）" and (q.start == 0 or frame.sentence[q.start - 1] in "(（ ")


def long_code(frame: Frame) -> bool:
    """Telephone numbers, postcodes, document numbers: long digits without unit, or after 电话/邮编/文号."""
    q = frame.quantity
    if re.search(
        "(?:电话|热线|邮编|传真|网址|文号|编号|国道|省道|县道|〔|字第)[:：\\s]{0,2}$", frame.sentence[: q.start]
    ):
        return True
    if frame.sentence[q.start - 1 : q.start] in ("路", "街", "弄", "巷", "号") and q.base_unit in _ADDRESS_UNITS:
        return True
    return not q.unit and len(q.num) >= 5 and q.num.isdigit()


def circle(frame: Frame) -> bool:
    """15分钟生活圈, 半小时经济圈, 10公里范围: a radius in a name."""
    return bool(re.match("[一-龥]{0,10}圈|范围|半径|见[绿园]", frame.after)) and frame.quantity.kind in (
        "time",
        "length",
    )


def grade(frame: Frame) -> bool:
    """二级以上医疗机构, 三甲医院, 5A级景区, 一等奖: a class of the thing counted."""
    q = frame.quantity
    return q.unit in ("级", "等", "甲", "星", "类", "型") or bool(
        re.match("星级|A级|等奖|等功|级", frame.sentence[q.end : q.end + 2])
    )


_ADDRESS_UNITS = frozenset({"支", "弄", "号", "灶", "组", "室", "单元", "甲", ""})

RULES: tuple[Rule, ...] = (
    introduced, abstract, named_measure, capacity_name, quoted, list_number, date, age, model_name, long_code, circle, grade, no_unit, ordinal, streak, threshold, duration, leading_group, phase, slogan,
)  # fmt: skip
