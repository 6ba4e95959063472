"""What makes two figures alike: indicator, measure, unit, status, period; and how exactly a value was printed.

Goes in: figures. Comes out: keys to group by and yes/no answers. Never decides from the size of a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reportgen.compare.period import Span, span_of
from reportgen.model import Figure, Measure, Status
from reportgen.notation import is_yearly_mean, printed_step

ONE_PLACE = Decimal("0.1")
APPROXIMATELY = Decimal("0.1")
"""A value called 左右 or 约 stands for the value plus or minus this part of it."""

# Units that count the same thing. 人次 is not 人: one person may come twice.
_UNITS = {
    "名": "人",
    "位": "人",
    "场次": "场",
    "场(次)": "场",
    "次": "场",
    "家次": "家",
    "栋楼": "栋",
    "百分点": "个百分点",
}
# Classifiers of one indicator: 10所 planned, 10个 begun. They count alike only for the same thing in the same place.
_CLASSIFIERS = {"所", "家", "座", "处", "项"}

# Words around the thing that is measured; without them two names of one thing become equal.
_FRAME = re.compile(
    r"^(?:全市|全省|全县|全区|全年|累计|共计|计划|预计|实现|完成|新增(?=新增))|全社会|(?:人数|数量|总数|数|总量|情况|(?<=投资)额)$|[的、“”\"（）()\s]"
)
# Words that narrow what is counted: 专场招聘 is a part of 各类招聘活动.
_NARROWING = re.compile("专场|线上|线下|大型|国家级|省级|市级|县级")
YEARLY_MEAN = "年均"
STAGES = ("基本建成", "主体完工", "新开工", "开工", "完工", "建成", "竣工", "招标", "前期手续", "前期")
BEGUN_OR_DONE = frozenset({"开工", "建成", "完工", "竣工"})
_STAGE = re.compile("|".join(STAGES))
_STAGE_NAMES = {"新开工": "开工", "基本建成": "建成", "主体完工": "完工", "前期手续": "前期"}
_PLANNING = re.compile(r"新建|改扩建|扩建|建设|计划|规划|完成|任务目标|任务|目标|项目|工程|跑办|进度|主体|已")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Equal meanings are said of the same thing in the same time: place, indicator, measure, unit, status, period."""

    place: str
    indicator: str
    measure: Measure
    unit: str
    status: Status
    period: str


def scope_of(figure: Figure) -> frozenset[str]:
    """The words that narrow what a figure counts, 年均 among them; figures of one scope count the same."""
    words = frozenset(_NARROWING.findall(figure.indicator))
    return words | {YEARLY_MEAN} if is_yearly_mean(figure) else words


def unit_of(figure: Figure) -> str:
    """The base unit with its synonyms folded."""
    unit = figure.base_unit.replace("（", "(").replace("）", ")")
    return _UNITS.get(unit, unit)


def counting_unit_of(figure: Figure) -> str:
    """As `unit_of`, with plain classifiers folded too: only for figures of one area and one indicator."""
    unit = unit_of(figure)
    return "个" if unit in _CLASSIFIERS else unit


@lru_cache(maxsize=50_000)
def words_of(name: str) -> str:
    """An indicator's words without the frame around them.

    >>> words_of("全市城镇新增就业人数"), words_of("创业带头人带动的就业")
    ('城镇新增就业', '创业带头人带动就业')
    """
    previous = ""
    while name != previous:
        previous, name = name, _FRAME.sub("", name)
    return name


def identity_of(figure: Figure) -> str:
    """The canonical indicator id; where there is none, the indicator's own words."""
    return figure.indicator_id or words_of(figure.indicator)


def stage_in(text: str, *, last: bool) -> str:
    """The last or first building stage that a text names, or nothing."""
    found = _STAGE.findall(text)
    if not found:
        return ""
    word = str(found[-1 if last else 0])
    return _STAGE_NAMES.get(word, word)


def stage_of(figure: Figure) -> str:
    """The building stage that the indicator names (开工, 建成, 完工 …), or nothing."""
    return stage_in(figure.indicator, last=False)


def stem_of(figure: Figure) -> str:
    """What is built or done, without its stage and the words of planning; may be empty.

    A target and its actual value use different verbs for the same thing: 新开工棚户区改造回迁安置房 is planned,
    棚户区改造开工回迁安置房 is reported.
    """
    return _PLANNING.sub("", _STAGE.sub("", words_of(figure.indicator)))


def span(figure: Figure) -> Span | None:
    """The months of the figure's period."""
    return span_of(figure.period)


def meaning_of(figure: Figure, place: str) -> Meaning:
    """The key under which two figures claim to say the same; `place` is the key of the figure's place."""
    months = span(figure)
    period = figure.period if months is None else f"{months.first}/{months.last}/{months.every_year}"
    period += YEARLY_MEAN if is_yearly_mean(figure) else ""
    return Meaning(place, identity_of(figure), figure.measure, unit_of(figure), figure.status, period)


def bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The values that the printed figure allows; None is unbounded."""
    half = printed_step(figure) / 2
    if figure.value_high is not None:
        return figure.value, figure.value_high
    if figure.qualifier == "approx":
        half = max(half, abs(figure.value) * APPROXIMATELY)
    low = None if figure.qualifier == "le" else figure.value - half
    high = None if figure.qualifier == "ge" else figure.value + half
    return low, high


def agree(one: Figure, other: Figure) -> bool:
    """Whether both figures can be true of the same thing."""
    (low, high), (low_other, high_other) = bounds(one), bounds(other)
    return not (
        (high is not None and low_other is not None and high < low_other)
        or (high_other is not None and low is not None and high_other < low)
    )


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in %, one decimal, rounded half up as the statistics offices do."""
    return (100 * part / whole).quantize(ONE_PLACE, ROUND_HALF_UP)
