"""One field of one figure set right: the text of a correction -> the figure with it, or the reason why not.

What depends on the field follows: a unit recomputes value and base unit from the printed number, a period its end, an
indicator its canonical id. The number as printed and its place in the source are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reportgen.corrections.units import numbers_of, quantity_of, unit_of
from reportgen.model import Figure, Known
from reportgen.notation import exact_text
from reportgen.vocabulary import Vocabulary

LONGEST = 80
NO_INDICATOR = "漏掉的数要写指标：在 value 里写 indicator=…"
MARKS = ("not_a_figure", "confirmed")
"""What is said of a figure as a whole."""
_YES = frozenset({"", "1", "yes", "true", "y", "是"})
_NO = frozenset({"0", "no", "false", "n", "否"})
_MONTH = r"\d{4}(?:-(?:0[1-9]|1[0-2]))?"
_PERIOD = re.compile(rf"P1Y|{_MONTH}|(?:{_MONTH}|\.\.)/{_MONTH}", re.ASCII)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {"actual": "实际", "target": "目标"},
    "measure": {"level": "数值", "growth": "增减", "share": "占比、比率", "rank": "位次", "baseline": "原值"},
    "qualifier": {"eq": "等于", "ge": "以上", "le": "以内", "approx": "左右"},
}


class WrongValueError(ValueError):
    """A value that its field cannot take; the message says what it can."""


def corrected(figure: Figure, field: str, value: str, vocabulary: Vocabulary) -> Figure:
    """`figure` with `field` set to what `value` says. Raises WrongValueError."""
    setter = SETTERS.get(field)
    if setter is None:
        raise WrongValueError(
            f"不认识的字段“{field[:40]}”；可改 {'、'.join(SETTERS)}，或 not_a_figure、missed、confirmed"
        )
    changed = setter(figure, field, value, vocabulary)
    known: dict[str, Known] = {**figure.known, field: "corrected"}
    for name in DEPENDENT.get(field, ()):
        if getattr(changed, name) != getattr(figure, name):
            known[name] = "corrected"
    return replace(changed, known=known)


def tried(figure: Figure, field: str, value: str, vocabulary: Vocabulary) -> None:
    """Nothing, where `field`, a mark among them, can take `value`. Raises WrongValueError."""
    if field not in MARKS:
        corrected(figure, field, value, vocabulary)
    elif value.lower() not in _YES | _NO:
        raise WrongValueError(f"{field} 的 value 写 1 或 0，不是“{value[:20]}”")


def stated(value: str) -> dict[str, str]:
    """The fields that the value of a `missed` line states: name=value, separated by semicolons."""
    found = {}
    for part in value.replace("；", ";").split(";"):
        name, equals, text = (word.strip() for word in part.partition("="))
        if part.strip() and (not equals or name.lower() not in SETTERS):
            raise WrongValueError(f"value 里的“{part.strip()[:30]}”不是 字段=值")
        if part.strip():
            found[name.lower()] = text
    return found


def wrong_with(field: str, value: str, vocabulary: Vocabulary) -> str:
    """Why no figure can take such a correction; empty where one can."""
    try:
        parts = stated(value) if field == "missed" else {field: value}
        if field == "missed" and not parts.get("indicator"):
            raise WrongValueError(NO_INDICATOR)
        for name, text in parts.items():
            tried(_ANY_FIGURE, name, text, vocabulary)
    except WrongValueError as error:
        return str(error)
    return ""


def says_yes(value: str) -> bool:
    """Whether the value of a mark sets it; 0 takes it back."""
    return value.lower() in _YES


def text_of(figure: Figure, field: str) -> str:
    """A field as a correction would write it."""
    value = getattr(figure, field, "")
    return exact_text(value) if isinstance(value, Decimal | None) else str(value)


def _unit(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    unit = unit_of(text, vocabulary)
    numbers = numbers_of(figure.num)
    if unit is None:
        raise WrongValueError(f"不认识的单位“{text[:20]}”")
    if numbers is None:
        old = unit_of(figure.unit, vocabulary)
        if old is None or not old[1]:
            raise WrongValueError(f"“{figure.num}”不能按单位重算，请改 value 和 base_unit")
        numbers = (abs(figure.value) / old[1], figure.value_high and figure.value_high / old[1])
    base, factor = unit
    sign = -1 if figure.value < 0 <= numbers[0] else 1
    start, end = figure.mark[0], figure.mark[1]
    number_end = end - len(figure.unit) if figure.sentence[:end].endswith(figure.unit) else end
    if figure.sentence.startswith(text, number_end):
        end = number_end + len(text)
    return replace(
        figure,
        unit=text,
        base_unit=base,
        value=sign * numbers[0] * factor,
        value_high=None if numbers[1] is None else numbers[1] * factor,
        mark=(start, end),
    )


def _value(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    if field == "value_high" and not text:
        return replace(figure, value_high=None)
    found = quantity_of(text, vocabulary)
    if found is None:
        raise WrongValueError(f"“{text[:20]}”不是数；写 39000 或 3.9万")
    value, base = found
    changes: dict[str, Any] = {field: value}
    if base is not None:
        changes["base_unit"] = base
    return replace(figure, **changes)


def _period(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    if not _PERIOD.fullmatch(text):
        raise WrongValueError(f"“{text[:20]}”不是时期；写 2023、2023-01/2023-08、../2025 或 P1Y")
    start, slash, end = text.partition("/")
    if slash and start != ".." and start[:4] + start[4:] > (end if len(end) > 4 else f"{end}-12"):
        raise WrongValueError(f"时期“{text}”的起点在终点之后")
    return replace(figure, period=text, period_end=end if slash else text)


def _choice(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    known = _WORDS[field]
    code = next((code for code, word in known.items() if text in (code, word, *word.split("、"))), None)
    if code is None:
        raise WrongValueError(f"{field} 只能是 {'、'.join(f'{code}（{word}）' for code, word in known.items())}")
    changes: dict[str, Any] = {field: code}
    return replace(figure, **changes)


def _sector(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    for sector in vocabulary.sectors:
        if text in (sector.code, sector.name, sector.short):
            return replace(figure, sector=sector.code)
    raise WrongValueError(f"没有领域“{text[:20]}”；有 {'、'.join(sector.code for sector in vocabulary.sectors)}")


def _indicator(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    _check_text(text)
    matched = vocabulary.match_indicator(text, figure.base_unit, figure.measure)
    return replace(figure, indicator=text, indicator_id=matched.id if matched else "")


def _indicator_id(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    if text and text not in vocabulary.indicator_by_id:
        raise WrongValueError(f"没有指标编码“{text[:40]}”")
    return replace(figure, indicator_id=text)


def _text(figure: Figure, field: str, text: str, vocabulary: Vocabulary) -> Figure:
    if field != "base_unit":
        _check_text(text)
    changes: dict[str, Any] = {field: text}
    return replace(figure, **changes)


def _check_text(text: str) -> None:
    if not text or len(text) > LONGEST or not text.isprintable():
        raise WrongValueError(f"要写 1 到 {LONGEST} 个字，不含控制字符")


Setter = Callable[[Figure, str, str, Vocabulary], Figure]
SETTERS: Mapping[str, Setter] = {
    "unit": _unit,
    "base_unit": _text,
    "value": _value,
    "value_high": _value,
    "qualifier": _choice,
    "measure": _choice,
    "status": _choice,
    "period": _period,
    "area": _text,
    "sector": _sector,
    "agency": _text,
    "indicator": _indicator,
    "indicator_id": _indicator_id,
}
"""Every field that can be corrected, in the order in which corrections of one figure are made."""
DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "unit": ("value", "value_high", "base_unit"),
    "value": ("base_unit",),
    "value_high": ("base_unit",),
    "period": ("period_end",),
    "indicator": ("indicator_id",),
}

_ANY_FIGURE = Figure(
    id="",
    doc="",
    start=0,
    end=1,
    num="1",
    unit="",
    value=Decimal(1),
    base_unit="",
    value_high=None,
    qualifier="eq",
    measure="level",
    status="actual",
    period="2000",
    period_end="2000",
    area="",
    sector="",
    indicator="",
    indicator_id="",
    key=False,
    agency="",
    section="",
    sentence="1",
    sentence_start=0,
    mark=(0, 1),
)
