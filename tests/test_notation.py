"""The printing rules of the house, case by case, and what must hold for every number."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import notation
from reportgen.model import Figure

CASES = tomllib.loads((Path(__file__).parent / "cases" / "notation.toml").read_text(encoding="utf-8"))
FACTORS = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}


def figure(num: str, value: Decimal, base: str = "人", **fields: object) -> Figure:
    defaults: dict[str, object] = {
        "id": "f",
        "doc": "d.txt",
        "start": 0,
        "end": len(num),
        "unit": base,
        "value_high": None,
        "qualifier": "eq",
        "measure": "level",
        "status": "actual",
        "period": "2023",
        "period_end": "2023",
        "area": "甲市",
        "sector": "economy",
        "indicator": "指标",
        "indicator_id": "",
        "key": False,
        "agency": "",
        "section": "",
        "sentence": num,
        "sentence_start": 0,
        "mark": (0, len(num)),
    }
    return Figure(num=num, value=value, base_unit=base, **(defaults | fields))


def of_case(case: dict, measure: str) -> Figure:
    high = case.get("high")
    return figure(
        case["num"],
        Decimal(case["value"]),
        case["base"],
        measure=case.get("measure", measure),
        qualifier=case.get("qualifier", "eq"),
        value_high=Decimal(high) if high else None,
    )


@pytest.mark.parametrize("case", CASES["short"], ids=lambda case: case["label"])
def test_short_value(case):
    assert notation.short_value(of_case(case, "level")) == tuple(case["expect"])


@pytest.mark.parametrize("case", CASES["change"], ids=lambda case: case["label"])
def test_change_text(case):
    assert notation.change_text(of_case(case, "growth")) == case["expect"]


@pytest.mark.parametrize("case", CASES["period"], ids=lambda case: case["period"] or "empty")
def test_period_text(case):
    assert notation.period_text(case["period"], case.get("status", "actual")) == case["expect"]


def test_unknown_is_a_dash_and_never_zero():
    assert notation.short_value(None) == ("—", "")
    assert {f(None) for f in (notation.printed_value, notation.change_text, notation.cell_text)} == {"—"}
    assert notation.derived_text(None) == notation.signed_text(None) == "—"


def test_numbers_of_one_chart_share_the_multiplier_of_the_largest():
    rows = [figure("12549", Decimal(12549)), figure("3.9", Decimal(39000)), figure("10298", Decimal(10298))]
    factor = notation.common_multiplier(rows)
    assert [notation.short_value(row, factor) for row in rows] == [
        ("1.255", "万人"),
        ("3.9", "万人"),
        ("1.030", "万人"),
    ]


def test_a_cell_keeps_the_multiplier_and_leaves_the_unit_to_the_row_head():
    assert notation.cell_text(figure("2.1", Decimal(21000), qualifier="ge")) == "≥2.1万"
    assert notation.cell_text(figure("三", Decimal(3), "", measure="rank")) == "第3"


@st.composite
def printed(draw) -> Figure:
    """A figure as a source may print it: digits with 0 to 4 decimals and a multiplier."""
    decimals = draw(st.integers(0, 4))
    number = Decimal(draw(st.integers(1, 10**9))).scaleb(-decimals)
    fitting = [factor for factor in sorted(FACTORS.values()) if number * factor < 10**15]
    factor = draw(st.sampled_from(fitting))
    return figure(f"{number:f}", number * factor, draw(st.sampled_from(["人", "元/月", "%", ""])))


@given(printed())
def test_short_form_is_never_finer_than_the_source_and_reads_back_within_rounding(row):
    number, unit = notation.short_value(row)
    factor = FACTORS[unit.removesuffix(row.base_unit)]
    shown = Decimal(number)
    last_place = factor.scaleb(int(shown.as_tuple().exponent))
    exact = shown * factor == row.value
    assert exact or abs(shown * factor - row.value) <= max(last_place, notation.printed_step(row)) / 2
    assert exact or last_place >= notation.printed_step(row)
    if factor > 1 or "." in number:
        assert len(number.replace(".", "").lstrip("0")) <= 4 or shown == Decimal(row.num)


@given(st.decimals(-(10**6), 10**6, places=3))
def test_computed_changes_have_a_sign_and_one_decimal(value):
    text = notation.signed_text(value, "")
    assert text.lstrip("+−").count(".") == 1
    assert abs(Decimal(text.replace("−", "-")) - value) <= Decimal("0.05")
    assert text.startswith("+") == (value > 0)


def test_areas_stand_newest_first_provinces_last_and_those_without_a_code_behind_those_with_one():
    areas = [
        ("某开发区", "", -5),
        ("上海市", "31", -9),
        ("辽宁省", "", -8),
        ("承德市", "1308", -5),
        ("朝阳市", "2113", -7),
    ]
    expected = ["朝阳市", "承德市", "某开发区", "上海市", "辽宁省"]
    assert [area for *_, area in sorted(notation.area_order(*area) for area in areas)] == expected
