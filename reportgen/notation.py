"""How numbers, units, periods and statuses are printed in Chinese: a figure in, a text out.

Cards, tables and charts print the short form (at most four significant digits, 万 and 亿), running text the form of
the source, tables the exact value. Nothing here prints a number more precisely than its source does, and unknown is
printed as — or, in tables, left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from reportgen.model import Figure, Qualifier, Source, Status

NONE = "—"
DERIVED = "推算"
_QUALIFIERS: dict[Qualifier, str] = {"eq": "", "ge": "≥", "le": "≤", "approx": "约"}
_WIDE_TO_ASCII = str.maketrans("０１２３４５６７８９．，％－—–", "0123456789.,%---")
_ONE = Decimal(1)
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_MULTIPLIERS: tuple[tuple[Decimal, str], ...] = ((_ONE, ""), (_WAN, "万"), (_YI, "亿"), (_WAN * _YI, "万亿"))
_WAN_FROM = Decimal(100_000)
_UNSCALED = frozenset({"%", "‰", "个百分点", "百分点", "倍", "位", "℃"})

AreaOrder = tuple[bool, int, str, str]
"""Province or not, how long ago the newest document came out, division code, name."""
_PROVINCE_CODE, _PROVINCE_NAMES = 2, ("省", "自治区")
_NO_CODE = "~"
"""Sorts behind all digits."""

_MEAN = re.compile("年均(?![衡等])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def status_word(status: Status) -> str:
    """实际 or 目标.

    >>> status_word("target")
    '目标'
    """
    return "实际" if status == "actual" else "目标"


def status_dot(status: Status) -> str:
    """● for actual, ○ for target.

    >>> status_dot("actual")
    '●'
    """
    return "●" if status == "actual" else "○"


def qualifier_prefix(qualifier: Qualifier) -> str:
    """What stands before a qualified number.

    >>> qualifier_prefix("approx")
    '约'
    """
    return _QUALIFIERS[qualifier]


def period_text(period: str | None, status: Status = "actual") -> str:
    """A period (ISO 8601 style, docs/figures.md) in Chinese; a form that is not known is printed as it stands.

    >>> period_text("2023-01/2023-09")
    '2023年1—9月'
    >>> period_text("../2025", "target"), period_text("../2023-08")
    ('到2025年', '截至2023年8月')
    >>> period_text("2023/2025"), period_text("P1Y"), period_text("")
    ('2023—2025年', '每年', '—')
    """
    if not period:
        return NONE
    if period == "P1Y":
        return "每年"
    start, slash, end = period.partition("/")
    if not slash:
        return _moment(period)
    if start == "..":
        return ("到" if status == "target" else "截至") + _moment(end)
    if end == "..":
        return _moment(start) + "以来"
    if start == end:
        return _moment(start)
    return _span(start, end)


def _moment(text: str) -> str:
    if day := _DAY.fullmatch(text):
        return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
    if month := _MONTH.fullmatch(text):
        return f"{month[1]}年{int(month[2])}月"
    return f"{text}年" if text.isdigit() else text


def _span(start: str, end: str) -> str:
    first, last = _MONTH.fullmatch(start), _MONTH.fullmatch(end)
    if first and last and first[1] == last[1]:
        return f"{first[1]}年{int(first[2])}—{int(last[2])}月"
    if start.isdigit() and end.isdigit():
        return f"{start}—{end}年"
    return f"{_moment(start)}—{_moment(end)}"


def exact_text(value: Decimal | None) -> str:
    """A value for tables and programs: exact, without exponent and without trailing zeros; None is empty.

    >>> [exact_text(Decimal(text)) for text in ("3.90", "1.5E+9", "-0", "100")]
    ['3.9', '1500000000', '0', '100']
    """
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def printed_value(figure: Figure | None) -> str:
    """Number and unit as the source prints them.

    For running text and evidence; no figure is —.
    """
    return NONE if figure is None else figure.num + figure.unit


def source_unit(figure: Figure) -> tuple[Decimal, str]:
    """What the source's unit is worth in the base unit, and its name: (10000, "万人") of 3.9万人.

    It is the base unit where the multiplier is none of 万, 亿 and 万亿.
    """
    factor = _printed_multiplier(figure)
    if figure.measure == "rank" or factor not in {known for known, _ in _MULTIPLIERS}:
        factor = _ONE
    return factor, _factor_word(factor) + figure.base_unit


def short_value(figure: Figure | None, multiplier: Decimal | None = None) -> tuple[str, str]:
    """Number (with its qualifier) and unit in the short form, e.g. ("≥2.1", "万人"); no figure: ("—", "").

    `multiplier` (1, 10000, 10**8 or 10**12) fixes 万 or 亿 where several numbers share one, as in a chart.
    """
    if figure is None:
        return NONE, ""
    prefix = qualifier_prefix(figure.qualifier)
    if figure.measure == "rank":
        return f"{prefix}第{_plain(figure.value)}", "位"
    step = printed_step(figure)
    low, factor = _shorten(figure.value, figure.base_unit, step, _printed_multiplier(figure), multiplier)
    number, factor_word = low, _factor_word(factor)
    if figure.value_high is not None:
        above, printed = _upper_step(figure), _printed_multiplier(figure)
        high, high_factor = _shorten(figure.value_high, figure.base_unit, above, printed, multiplier)
        if high_factor != factor:
            low, _ = _shorten(figure.value, figure.base_unit, step, _ONE, high_factor)
        number, factor_word = f"{low}—{high}", _factor_word(high_factor)
    return prefix + number, factor_word + figure.base_unit


def short_text(figure: Figure | None) -> str:
    """The short form as one text, e.g. 约3.9万人."""
    return "".join(short_value(figure))


def worded_text(figure: Figure) -> str:
    """The short form for a sentence, with its qualifier in words: 1万人以上, 约45万人; growth without a sign.

    A decline keeps its sign.
    """
    text = short_text(figure).removeprefix("≥").removeprefix("≤")
    return text + {"ge": "以上", "le": "以内"}.get(figure.qualifier, "")


def places_text(count: int) -> str:
    """How many places, in a sentence.

    >>> places_text(2), places_text(5), places_text(13)
    ('两地', '五地', '13地')
    """
    return ("一两三四五六七八九十"[count - 1] if 1 <= count <= 10 else str(count)) + "地"


def order_words(areas: Iterable[str]) -> str:
    """In which order tables and charts have areas that are not ranked by value.

    >>> order_words(["朝阳市", "承德市"]), order_words(["朝阳市", "辽宁省"])
    ('地区按发布先后排列，新的在前', '地区按发布先后排列，新的在前，省在最后')
    """
    provinces = {is_province(area) for area in areas}
    return "地区按发布先后排列，新的在前" + ("，省在最后" if len(provinces) > 1 else "")


def newest_first(sources: Iterable[Source]) -> dict[str, int]:
    """Area -> how long ago its newest document came out: the smaller, the newer, and the sooner in `order_words`."""
    found: dict[str, int] = {}
    for source in sources:
        when = -source.published.toordinal()
        found[source.area] = min(found.get(source.area, when), when)
    return found


def area_order(area: str, code: str, newest: int) -> AreaOrder:
    """Sort key of an area in all tables, charts and lists that are not ranked by value, as `order_words` says.

    Provinces stand last, before that the area whose newest document came out last; of one day by division code, then
    those that have none. `newest` is of `newest_first`.

    >>> sorted([area_order("辽宁省", "21", -9), area_order("承德市", "1308", -5), area_order("朝阳市", "2113", -7)])
    [(False, -7, '2113', '朝阳市'), (False, -5, '1308', '承德市'), (True, -9, '21', '辽宁省')]
    """
    return is_province(area, code), newest, code or _NO_CODE, area


def is_province(area: str, code: str = "") -> bool:
    """Whether an area is a province: by its division code, or where that is not known by its name."""
    return len(code) == _PROVINCE_CODE or area.endswith(_PROVINCE_NAMES)


def is_yearly_mean(figure: Figure) -> bool:
    """Whether the clause says 年均 before the number: a mean over its period, no total."""
    start = max(figure.sentence.rfind(stop, 0, figure.mark[0]) for stop in "，,；;。") + 1
    return bool(_MEAN.search(figure.sentence, start, figure.mark[0]))


def cell_text(figure: Figure | None) -> str:
    """The short form with its multiplier but without its unit, for cells whose unit stands in the row head."""
    number, unit = short_value(figure)
    return number if figure is None or figure.measure == "rank" else number + unit.removesuffix(figure.base_unit)


def common_multiplier(figures: Iterable[Figure]) -> Decimal:
    """The one multiplier for numbers drawn side by side: that of the largest in its short form; 1 without figures."""
    figures = [figure for figure in figures if figure.measure != "rank"]
    if not figures:
        return _ONE
    largest = max(figures, key=lambda figure: abs(figure.value))
    printed = _printed_multiplier(largest)
    return _shorten(largest.value, largest.base_unit, printed_step(largest), printed, None)[1]


def change_text(figure: Figure | None) -> str:
    """A change with its sign; ≥, ≤ and 约 stand in place of +: +145.8%, −31.9%, ≥15%, +15个点, 降≥30%."""
    if figure is None:
        return NONE
    size, factor = _shorten(
        abs(figure.value), figure.base_unit, printed_step(figure), _printed_multiplier(figure), None
    )
    if figure.value_high is not None:
        high, factor = _shorten(abs(figure.value_high), figure.base_unit, _upper_step(figure), factor, factor)
        size = f"{size}—{high}"
    unit = _factor_word(factor) + ("个点" if figure.base_unit in ("个百分点", "百分点") else figure.base_unit)
    prefix = qualifier_prefix(figure.qualifier)
    if figure.value >= 0:
        sign = prefix or ("+" if figure.value else "")
    else:
        sign = {"": "−", "约": "约−"}.get(prefix, f"降{prefix}")
    return sign + size + unit


def derived_text(value: Decimal | None, unit: str = "%") -> str:
    """A number computed here, with one decimal; whoever prints it adds （推算）.

    >>> derived_text(Decimal("8.6666")), derived_text(None)
    ('8.7%', '—')
    """
    return NONE if value is None else _round(value, Decimal("0.1")).replace("-", "−") + unit


def signed_text(value: Decimal | None, unit: str = "%") -> str:
    """A change computed here, signed, with one decimal.

    >>> signed_text(Decimal("-3.14159")), signed_text(Decimal("2"), "个点")
    ('−3.1%', '+2.0个点')
    """
    if value is None:
        return NONE
    text = derived_text(value, unit)
    return f"+{text}" if value > 0 else text


def printed_step(figure: Figure) -> Decimal:
    """The size of the last printed digit in the base unit: 1661.04万人次 is known to 100人次."""
    number = _arabic(figure.num)
    if number is None or _is_set_right(figure):
        exponent = figure.value.normalize().as_tuple().exponent
        return _ONE.scaleb(min(int(exponent), 0))
    decimals = -int(number.as_tuple().exponent)
    return _printed_multiplier(figure).scaleb(-decimals)


def _upper_step(figure: Figure) -> Decimal:
    """As `printed_step`, of the upper end of a range: 5%—5.5% is known to 0.1 there."""
    numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"[,\s]", "", figure.num.translate(_WIDE_TO_ASCII)))
    if len(numbers) < 2 or _is_set_right(figure):
        return printed_step(figure)
    return _printed_multiplier(figure).scaleb(int(Decimal(numbers[-1]).as_tuple().exponent))


def _printed_multiplier(figure: Figure) -> Decimal:
    """What one printed unit is worth in the base unit, read from the figure itself; 1 where that is not possible."""
    number = _arabic(figure.num)
    if not number or not figure.value or _is_set_right(figure):
        return _ONE
    with localcontext(prec=50):
        factor = abs(figure.value / number).normalize()
    return factor if factor * abs(number) == abs(figure.value) else _ONE


def _is_set_right(figure: Figure) -> bool:
    """Whether a person gave a value that is not the printed number in its printed unit."""
    number = _arabic(figure.num)
    if figure.known.get("value") != "corrected" or not number:
        return False
    return abs(figure.value).normalize().as_tuple().digits != number.normalize().as_tuple().digits


@lru_cache(maxsize=1 << 13)
def _arabic(token: str) -> Decimal | None:
    """The first number of a printed token with Arabic digits, commas and blanks allowed; None for Chinese numerals."""
    match = re.match(r"\d+(?:\.\d+)?", re.sub(r"[,\s]", "", token.translate(_WIDE_TO_ASCII)).lstrip("+-−"))
    return Decimal(match[0]) if match else None


def _shorten(value: Decimal, unit: str, step: Decimal, printed: Decimal, wanted: Decimal | None) -> tuple[str, Decimal]:
    """The digits of the short form and the multiplier that belongs to them."""
    size = abs(value)
    factor = wanted or (_ONE if unit in _UNSCALED else _factor(size, step, printed))
    text = _digits(value, factor, step, printed)
    # 9999.96万 rounds up to 10000万: then it is 1亿.
    larger = [known for known, _ in _MULTIPLIERS if known > factor >= _WAN]
    if wanted is None and larger and abs(Decimal(text.replace("−", "-"))) * factor >= larger[0]:
        factor = larger[0]
        text = _digits(value, factor, step, printed)
    return text, factor


def _factor(size: Decimal, step: Decimal, printed: Decimal) -> Decimal:
    if size >= _WAN_FROM:
        return max(factor for factor, _ in _MULTIPLIERS if factor <= size)
    # 1.8万 stays: 18000 would claim to be exact.
    known = [factor for factor, _ in _MULTIPLIERS if factor == printed]
    return known[0] if known and step > 1 else _ONE


def _digits(value: Decimal, factor: Decimal, step: Decimal, printed: Decimal) -> str:
    with localcontext(prec=50):
        number = value / factor
        finest = _power_of_ten(step / factor)
        place = finest
        if number:
            four = Decimal(1).scaleb(number.adjusted() - 3)
            place = max(min(four, _ONE), finest)
        text = _round(number, place)
        if place < 1 and Decimal(text).adjusted() > number.adjusted():  # 9.9996 has become 10.000: a digit too many
            text = _round(number, place.scaleb(1))
        if Decimal(text) == number and factor != printed:
            text = _plain(Decimal(text))
    return text.replace("-", "−")


def _power_of_ten(step: Decimal) -> Decimal:
    """The smallest power of ten not below `step`, so that rounding to it never adds precision."""
    power = _ONE.scaleb(step.adjusted())
    return power if power == step else power.scaleb(1)


def _round(value: Decimal, place: Decimal) -> str:
    rounded = value.quantize(place, ROUND_HALF_UP)
    return f"{rounded:f}" if rounded else f"{abs(rounded):f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace("-", "−")


def _factor_word(factor: Decimal) -> str:
    return next((word for known, word in _MULTIPLIERS if known == factor), "")
