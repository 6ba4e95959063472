"""Time expressions of a sentence, and the period that a quantity takes from them.

Expressions are anchored at the publication month; what is compared with (比上年, 较2020年) is no period of the figure.
Periods are written as docs/figures.md says: 2023, 2023-01/2023-08, 2021-04, ../2025, 2023/2025, P1Y.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPANS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLANS = {"十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}

_NAMES = ("from", "upto", "half", "nine", "firstn", "quarter", "month", "fine", "tonow")
_PARTS = (("0", ("close0", *(name + "0" for name in _NAMES))), ("1", tuple(name + "1" for name in _NAMES)))


def _part(suffix: str, *, close: bool) -> str:
    """Pattern of a part of a year; group names end in `suffix` so that it can stand twice in one expression."""
    pattern = (
        r"(?:(?P<from_>\d{1,2})\s?[-—–~至到]\s?(?P<upto_>\d{1,2})月份?|(?P<half_>[上下])半年|(?P<nine_>前三个?季度)|前(?P<firstn_>\d{1,2}|[二三四五六七八九十]|十一)个月"
        r"|(?:第)?(?P<quarter_>[一二三四1-4])季度"
        r"|(?P<month_>\d{1,2})月(?P<fine_>(?:\d{1,2}日|份|底|末|初|中旬|上旬|下旬){0,2})(?P<tonow_>至今)?"
    )
    pattern += r"|(?P<close_>年?[底末])(?!线))" if close else ")"
    return pattern.replace("_>", suffix + ">")


# one of these stands in every expression
_SAYS_WHEN = re.compile("年|月|季|五|昨|今|前|现(?=[在已])")
# the first character of an expression and what may follow: the whole of it is tried there alone, not everywhere
_BEGIN = re.compile(
    "[截至到0-9今本当去上明下前第一二三四五六七八九十两年开目迄现全“未接过近最这每半昨力计用]"
    r"(?:(?<=[0-9])(?<![0-9.].)(?=[0-9]{0,3}\s?[年月季至到和、~–—-])"
    "|(?<=[到至])|(?<![0-9到至])(?=[年月日天季度半个底末初内均前今后在已至止来下去近争划一二三四五六七八九十两1-9]))",
    re.ASCII,
)
EXPRESSION = re.compile(
    r"(?P<until>截[至止]到?|截止至|到|至)?(?:"
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})年?\s?[-—–~至到和、]\s?(?P<year2>(?:19|20)\d{2})年"
    r"|(?:(?<![\d.])(?P<year3>(?:19|20)\d{2})年(?!以前)|(?P<this>今年)|(?P<last>去年|上一?年(?!同期))|(?P<next>明年))度?(?:全年)?"
    rf"{_part('0', close=True)}?(?P<since>以来|来(?![自华访宾临到])|至今)?"
    rf"|(?<![\d.年]){_part('1', close=False)}"
    r"|(?P<sixmonths>(?<![上下大多近小])半年)(?=\d|任务|目标)"
    r"|(?P<thismonth>本月|昨[日天](?=[，,])|今[日天](?=[，,]))|(?P<lastmonth>上个?月)"
    r"|(?P<sofar>年初以来|年初至今|今年以来|开年以来|(?<!题)目前|至今|截至[目当]前|到[目当]前|迄今|(?<!实)现在|现已)"
    r"|(?P<whole>全年|年内|年度(?!考核)|年底|年末|本年度?)"
    r"|“?(?P<plan>十[一二三四五六]五|(?<=“)十五(?=”))”?(?P<planend>末|期末|时期末)?"
    r"|(?:未来|今后|接下来|力争(?:用|在)?|计划用|用)(?P<ahead>[两二三四五六七八九十])年(?!多)|^(?P<later>[三四五六七八九十])年后|(?P<gone>过去)?(?:近|最近|这|(?<=过去))(?P<back>[两二三四五六七八九十])年"
    r"|(?<![\d十])(?P<past>[三四五六七八九十])年[来间]"
    r"|(?P<pastyear>过去(?:的)?一年|一年来)|(?P<yearly>每年|年均)"
    r")",
    re.ASCII,
)
_COMPARED = re.compile(r"[比较同与继]\s?$|相比|[比较](?:上|前|“)?$|高于$|低于$|超过$|(?<![整高低升降变加少改])为$|占$")
_PLAN_PART = re.compile("(?P<opening>开局之年)|(?P<closing>收官之年)|前(?P<first>[两三四])年")
_PLAN_PERIOD = re.compile("期间|时期|以来|五年|规划期|[,，]|的?目标|收官")
_COMPARED_AFTER = re.compile(r"同期|[”\"]?(?:时期)?的[\d.]+倍|[^,，。]{0,4}相比|水平")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative time words count from: publication year and month, and the chapter's period if it has one."""

    year: int
    month: int
    chapter: str = ""
    told: int = 0
    """The past year that the text spoke of last, 0 for none."""
    in_months: bool = False
    """Whether it spoke of months of that year."""

    @property
    def chapter_year(self) -> int:
        """The year that 全年 and 年末 mean."""
        return int(self.chapter) if self.chapter.isdigit() else self.told or self.year

    def year_of_month(self, month: int) -> int:
        """The year that a bare month means: the chapter's; the one told of, if in months or not come yet this year."""
        if self.chapter.isdigit() or not self.told:
            return int(self.chapter) if self.chapter.isdigit() else self.year
        return self.told if self.in_months or month > self.month else self.year


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """A time expression at [start, end) of the sentence and the period it means."""

    start: int
    end: int
    period: str
    strong: bool = True
    """False for 目前, 全年 and the like, which an explicit expression overrules."""
    origin: bool = False
    """从2013年的…: where a change starts, 用三年: how long it takes; it counts for the first number after it only."""
    whole_year: bool = False
    """全年, 年内: said of what is to be done until the year ends."""


_FOUNDING = re.compile("(?:新中国成立|建国)(?:之?初期?|伊始|时|前夕?)")
_FEASTS = {"元旦": "01", "清明": "04", "五一": "05", "端午": "06", "国庆": "10", "十一": "10"}
_MOVABLE = {"春节": ("01", "02"), "中秋": ("09", "10")}
_FEAST = re.compile(
    "“?(?P<feast>元旦|春节|清明|五一|端午|中秋|国庆|(?<=“)十一(?=”))”?节?(?:小?长假|黄金周|假期|假日|期间|当[天日]){1,3}"
)
_FEAST_HINTS = ("期间", "假", "黄金周", "当天", "当日")


def times(sentence: str, anchor: Anchor) -> tuple[Time, ...]:
    """The time expressions of a sentence that can be a figure's period, from left to right."""
    found = _calendar_times(sentence, anchor)
    if any(hint in sentence for hint in _FEAST_HINTS):
        found.extend(_feasts(sentence, anchor, found))
        found.sort()
    if "国成立" in sentence or "建国" in sentence:
        found.extend(Time(*match.span(), "1949") for match in _FOUNDING.finditer(sentence))
        found.sort()
    return tuple(found)


def _feasts(sentence: str, anchor: Anchor, found: list[Time]) -> Iterator[Time]:
    """Holidays, in the year named right before them, else in the last one that has come."""
    for match in _FEAST.finditer(sentence):
        first, last = _MOVABLE.get(match["feast"]) or (_FEASTS[match["feast"]],) * 2
        year = int(anchor.chapter) if anchor.chapter.isdigit() else anchor.year
        year -= year == anchor.year and int(first) > anchor.month
        for time in found:
            if time.end == match.start() and time.period[:4].isdigit():
                year = int(time.period[:4])
        yield Time(match.start(), match.end(), f"{year}-{first}" + (f"/{year}-{last}" if last != first else ""))


def expressions(sentence: str) -> Iterator[re.Match[str]]:
    """The time expressions of a sentence, from left to right, none overlapping another."""
    if not _SAYS_WHEN.search(sentence):
        return
    done = 0
    for begin in _BEGIN.finditer(sentence):
        at = begin.start()
        match = EXPRESSION.match(sentence, at) if at >= done else None
        if match:
            done = match.end()
            yield match


def _calendar_times(sentence: str, anchor: Anchor) -> list[Time]:
    found = []
    for match in expressions(sentence):
        before = sentence[max(0, match.start() - 6) : match.start()]
        if _COMPARED.search(before) and not match["until"]:
            continue
        if _COMPARED_AFTER.match(sentence, match.end()) or _too_long_ago(match, anchor):
            continue
        if match["whole"] and before.endswith("完成") and sentence.startswith(_AIMS, match.end()):
            continue  # 完成全年任务的60%: whose task, not when
        part = _PLAN_PART.match(sentence, match.end()) if match["plan"] else None
        if match["plan"] and not match["planend"] and not part and not _PLAN_PERIOD.match(sentence, match.end()):
            continue
        period = _part_of_plan(_PLANS[match["plan"]], part) if part else _period(match, anchor)
        if period:
            strong = not (match["sofar"] or match["whole"] or match["yearly"] == "年均")
            carried_over = match["last"] and sentence.startswith(_CARRIED_OVER, match.end())
            once = bool(match["ahead"]) and match[0][0] in "力计用"
            origin = once or bool(carried_over) or (before.endswith(("从", "由", "自")) and not match["since"])
            found.append(Time(match.start(), match.end(), period, strong, origin, bool(match["whole"])))
    return found


_AIMS = ("任务", "目标", "计划", "预算")
_CARRIED_OVER = ("结余", "结转")
# 创十年来|新高
_RECORD_HIGH = re.compile("的?(?:同期)?(?:新[高低]|最[高低大小多少好快])")
# 自2007年夏季以来第一次, 1951年以来最…: how far back a record reaches
_RECORD = re.compile("(?:[^,，。;；、]{0,4}以来)(?:的|历史)?(?:第|首|最|新高|新低|单|同期)")


LONG_AGO = 12
"""Years after which a year is mostly how far back something reaches; 1949年，… tells of that year."""
_OPENS = frozenset("，,。；;：:、（(从由")
_FOUNDED = ("建", "成立", "创", "始", "出", "入", "毕", "生", "来", "以")
_GOES_ON = ("，", ",", "底", "末", "初", "的", "全", "我", "仅")


def _too_long_ago(match: re.Match[str], anchor: Anchor) -> bool:
    """1951年以来最…: a record's reach, not the figure's period."""
    if match["past"]:
        return bool(_RECORD_HIGH.match(match.string, match.end()))
    if not match["year3"]:
        return False
    if int(match["year3"]) >= anchor.year - LONG_AGO:
        return bool(_RECORD.match(match.string, match.end("year3") + 1))
    at = match.start()
    begins = not at or match.string[at - 1] in "。；;\n"
    goes_on = match.string.startswith(_GOES_ON, match.end())
    told = (begins and not match.string.startswith(_FOUNDED, match.end())) or (
        goes_on and match.string[at - 1] in _OPENS
    )
    return bool(match["since"]) or not told


def period_end(period: str) -> str:
    """The end of a period, YYYY or YYYY-MM (P1Y for every year).

    >>> period_end("2023-01/2023-08"), period_end("../2025"), period_end("P1Y"), period_end("2023")
    ('2023-08', '2025', 'P1Y', '2023')
    """
    return period.rpartition("/")[2]


def is_past(period: str, anchor: Anchor) -> bool:
    """Whether a period ends by the month of publication; a bare year: before its year is over."""
    end = period_end(period)
    if not end[:4].isdigit():
        return False
    month = int(end[5:7]) if len(end) > 4 else 12
    return (int(end[:4]), month) <= (anchor.year, anchor.month)


def so_far(anchor: Anchor) -> str:
    """January of the publication year to the month of publication; the year itself where that is December."""
    if anchor.month == 12:
        return str(anchor.year)
    return f"{anchor.year}-01/{anchor.year}-{anchor.month:02}" if anchor.month > 1 else f"{anchor.year}-01"


def _period(match: re.Match[str], anchor: Anchor) -> str:
    if match["year2"]:
        return f"{match['year']}/{match['year2']}"
    if match["sofar"]:
        return so_far(anchor)
    if match["yearly"]:
        return anchor.chapter if match["yearly"] == "年均" and "/" in anchor.chapter else "P1Y"
    if match["thismonth"]:
        return f"{anchor.year}-{anchor.month:02}"
    if match["lastmonth"]:
        return f"{anchor.year}-{anchor.month - 1:02}" if anchor.month > 1 else f"{anchor.year - 1}-12"
    if match["sixmonths"]:
        return f"{anchor.chapter_year}-01/{anchor.chapter_year}-06"
    if match["plan"]:
        last = _PLANS[match["plan"]]
        return f"../{last}" if match["planend"] else f"{last - 4}/{last}"
    if match["pastyear"]:
        return str(anchor.chapter_year if anchor.chapter else anchor.year - 1)
    if match["later"]:
        return f"../{anchor.year + _SPANS[match['later']] - 1}"
    if match["ahead"]:
        return f"{anchor.year}/{anchor.year + _SPANS[match['ahead']] - 1}"
    if match["back"] or match["past"]:
        span = _SPANS[match["back"] or match["past"]]
        # 过去五年 are over, 近五年 may reach to the day
        last = anchor.year - 1 if anchor.month <= (6 if match["gone"] else 4) else anchor.year
        return f"{last - span + 1}/{last}"
    if match["whole"]:
        return str(anchor.chapter_year)
    return _calendar(match, anchor)


def _part_of_plan(last: int, part: re.Match[str]) -> str:
    """The years of a five-year plan ending in `last` that a part of it means."""
    if part["first"]:
        return f"{last - 4}/{last - 5 + _SPANS[part['first']]}"
    return str(last - 4 if part["opening"] else last)


def _calendar(match: re.Match[str], anchor: Anchor) -> str:
    if match["year3"]:
        year = int(match["year3"])
    elif match["last"]:
        year = anchor.year - 1
    elif match["next"]:
        year = anchor.year + 1
    elif match["this"]:
        year = anchor.year
    else:
        year = anchor.year_of_month(_last_month(match))
    until = bool(match["until"])
    part = _first_part(match)
    if part is None:
        if match["since"]:
            return f"{year}-01/{anchor.year}-{anchor.month:02}"
        return f"../{year}" if until else str(year)
    if match["half" + part]:
        return f"{year}-01/{year}-06" if match["half" + part] == "上" else f"{year}-07/{year}-12"
    if match["nine" + part]:
        return f"{year}-01/{year}-09"
    if match["firstn" + part]:
        last = _months(match["firstn" + part])
        return f"{year}-01/{year}-{last:02}" if 1 < last < 12 else ""
    if match["quarter" + part]:
        quarter = _QUARTERS[match["quarter" + part]]
        return f"{year}-{quarter * 3 - 2:02}/{year}-{quarter * 3:02}"
    if match["upto" + part]:
        first, last = int(match["from" + part]), int(match["upto" + part])
        return f"{year}-{first:02}/{year}-{last:02}" if 1 <= first < last <= 12 else ""
    if match["month" + part]:
        return _month(match, part, year, anchor, until)
    return f"../{year}"


def _month(match: re.Match[str], part: str, year: int, anchor: Anchor, until: bool) -> str:
    number = int(match["month" + part])
    if not 1 <= number <= 12:
        return ""
    month = f"{year}-{number:02}"
    if match["tonow" + part] or match["since"]:
        return f"{month}/{anchor.year}-{anchor.month:02}"
    return f"../{month}" if until or match["fine" + part][:1] in ("底", "末") else month


def _months(number: str) -> int:
    """前七个月, 前11个月: how many."""
    return int(number) if number.isdigit() else _SPANS.get(number, 11)


def _last_month(match: re.Match[str]) -> int:
    """The month in which a part of a year ends, 12 where it is not read from the words."""
    if match["half1"]:
        return 6 if match["half1"] == "上" else 12
    if match["quarter1"]:
        return 3 * _QUARTERS[match["quarter1"]]
    if match["nine1"]:
        return 9
    if match["firstn1"]:
        return _months(match["firstn1"])
    return int(match["upto1"] or match["month1"] or 12)


def _first_part(match: re.Match[str]) -> str | None:
    for suffix, names in _PARTS:
        if any(group is not None for group in match.group(*names)):
            return suffix
    return None
