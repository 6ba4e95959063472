"""Comparisons: cases in cases/compare.toml, the pairs of the seeds, and properties of shares."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gold_rows import SOURCES, gold_figures, make_figure, province_figures
from hypothesis import given
from hypothesis import strategies as st

from reportgen.compare import compare, differences
from reportgen.model import Figure, Source
from reportgen.vocabulary import load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "compare.toml").read_text("utf-8"))
DOCUMENTS = {
    "city-1": ("鞍山市", "2103", date(2023, 4, 17)),
    "city-2": ("朝阳市", "2113", date(2023, 9, 13)),
    "city-3": ("鞍山市", "2103", date(2023, 10, 9)),
    "province": ("辽宁省", "21", date(2023, 3, 31)),
    "old": ("鞍山市", "2103", date(2022, 4, 1)),
    "north": ("吉林市", "2202", date(2023, 5, 1)),
    "chengde-1": ("承德市", "1308", date(2017, 1, 10)),
    "chengde-2": ("承德市", "1308", date(2018, 1, 10)),
    "beijing": ("朝阳区", "110105", date(2023, 1, 10)),
    "changchun": ("朝阳区", "220104", date(2024, 1, 10)),
    "river-1": ("海拉尔区", "150702", date(2014, 1, 10)),
    "river-2": ("海拉尔区", "150702", date(2015, 1, 10)),
    "river-3": ("海拉尔区", "150702", date(2019, 1, 10)),
}
LISTED = [
    Source(doc, doc, doc, area, code, published, "literal", "literal")
    for doc, (area, code, published) in DOCUMENTS.items()
]


def parsed(line: str, place: int) -> Figure:
    """A figure from a line of the cases."""
    doc, area, indicator, number, qualifier, measure, status, period, *ids = (part.strip() for part in line.split("|"))
    num, unit, value, base_unit = number.split()
    end = period.rpartition("/")[2]
    row = {
        "id": f"{doc}-{place}", "doc": doc, "start": place * 100, "end": place * 100 + len(num), "num": num,
        "unit": unit, "value": value, "base_unit": base_unit, "qualifier": qualifier, "measure": measure,
        "status": status, "period": period, "period_end": end, "area": area, "sector": "employment",
        "indicator": indicator, "indicator_id": ids[0] if ids else "", "key": 0, "sentence": "",
    }  # fmt: skip
    return make_figure(row)


def figures_of(case: dict[str, Any]) -> list[Figure]:
    ids = f" | {case['ids']}" if "ids" in case else ""
    return [parsed(line + ids, place) for place, line in enumerate(case["figures"])]


def labelled(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["label"])


@labelled("between")
def test_between_areas(case: dict[str, Any]) -> None:
    found = compare(figures_of(case), LISTED, load()).between_areas
    rows = [
        f"{figure.area} {int(row.comparable and figure.id not in row.notes)}" for row in found for figure in row.figures
    ]
    assert rows == case["rows"]
    assert case.get("note", "") in "".join(note for row in found for note in row.notes.values())


@labelled("progress")
def test_progress(case: dict[str, Any]) -> None:
    found = compare(figures_of(case), LISTED, load()).progress
    assert [f"{pair.completion} {pair.year_elapsed} {pair.verdict}" for pair in found] == case["pairs"]


@labelled("series")
def test_series(case: dict[str, Any]) -> None:
    found = compare(figures_of(case), LISTED, load())

    def text(value: Decimal | None) -> str:
        return "-" if value is None else f"{value.quantize(Decimal(1))}"

    assert [
        f"{point.figure.period_end} {text(point.growth_stated)} {text(point.growth_computed)}"
        for row in found.series
        for point in row.points
    ] == case["points"]
    assert [problem.code for problem in found.problems] == case["problems"]


@labelled("conflict")
def test_the_document_published_last_is_compared_and_contradictions_are_named(case: dict[str, Any]) -> None:
    first, last = figures_of(case)
    province = replace(first, id="p", doc="province", area="辽宁省", value=Decimal(450000), num="45", unit="万人")
    found = compare([first, last, province], LISTED, load())
    assert [problem.code for problem in found.problems] == case["problems"]
    assert [share.area.id for share in found.province_shares] == [last.id]


def test_every_pair_of_province_and_city_in_the_seeds() -> None:
    found = compare([*gold_figures("001"), *province_figures()], SOURCES.values(), load())
    assert {(share.area.num + share.area.unit, str(share.share)) for share in found.province_shares} == {
        ("11万人", "8.0"),
        ("3.9万人", "8.7"),
        ("5万个", "11.9"),
        ("20万个", "6.1"),
        ("2.1万人", "6.0"),
        ("6300人", "10.5"),
        ("900人", "9.0"),
        ("5400人", "9.0"),
        ("15场次", "4.5"),
        ("200张", "6.7"),
        ("25个", "2.1"),
        ("357栋", "3.0"),
        ("140.13万平", "2.9"),
        ("2.29万户", "3.2"),
        ("44841.6万元", "3.1"),
    }
    assert {sums.reaches for sums in found.province_sums} == {"unknown"}, "one city of fourteen decides nothing"


PAIRS = {
    ("10所", "10个"): "100.0",
    ("1.91万平方米", "1.91万平方米"): "100.0",
    ("10所", "7个"): "70.0",
    ("9.91万平方米", "6.42万平方米"): "64.8",
    ("1033套", "513套"): "49.7",
    ("17个", "17个"): "100.0",
    ("4500套", "4433套"): "98.5",
    ("169个", "5个"): "3.0",
    ("10座", "4座"): "40.0",
    ("1000名", "560名"): "56.0",
    ("100支", "43支"): "43.0",
    ("25场(次)", "9场(次)"): "36.0",
    ("33个", "28个"): "84.8",
    ("13亿元", "4.8亿元"): "36.9",
    ("6亿元", "4.8亿元"): "80.0",
}

# Names as short as a sentence without its heading gives them: stage and place in the text must tell them apart.
SHORT_NAMES = {
    1208: "项目进度项目", 1214: "项目进度项目", 1336: "项目进度开工项目", 1341: "开工项目面积", 1368: "主体完工项目",
    1373: "主体完工项目面积", 1641: "棚户区改造回迁安置房", 1654: "回迁安置房改造项目", 1666: "回迁安置房",
    1680: "棚户区改造项目", 1686: "棚户区改造项目", 1696: "棚户区改造项目", 1701: "棚户区改造项目",
}  # fmt: skip


@labelled("per_head")
def test_per_head(case: dict[str, Any]) -> None:
    found = compare(figures_of(case), LISTED, load()).between_areas
    heads = [head for row in found for head in row.per_head]
    assert [f"{head.figure.area} {head.value} {head.unit} {head.formula}" for head in heads] == case["heads"]
    assert all(head.source and head.year == 2020 for head in heads)


@labelled("news")
def test_what_a_month_brings(case: dict[str, Any]) -> None:
    figures = figures_of(case)
    news = compare(figures[::-1], LISTED, load(), month="2023-10", fresh=case["fresh"]).news
    assert news is not None
    assert [
        f"{change.kind} {change.indicator} {change.before.value} {change.after.value} {change.difference}"
        f" {'-' if change.growth is None else change.growth}"
        for change in news.changes
    ] == case["changes"]
    assert [figure.num + figure.unit for figure in news.announced] == case["announced"]


def test_a_share_of_several_years_or_of_a_narrower_count_is_a_hint_and_never_added_up() -> None:
    lines = [
        "city-1 | 鞍山市 | 老旧管网改造 | 300 公里 300 公里 | eq | level | target | 2023",
        "province | 辽宁省 | 老旧管网改造 | 1.6 万公里 16000 公里 | eq | level | target | ../2025",
        "city-1 | 鞍山市 | 招聘活动 | 300 场 300 场 | ge | level | target | 2023 | job_fairs",
        "province | 辽宁省 | 专场招聘 | 1000 场 1000 场 | ge | level | target | 2023 | job_fairs",
    ]
    found = compare([parsed(line, place) for place, line in enumerate(lines)], LISTED, load())
    assert not found.province_shares and not found.province_sums
    hints = {str(share.share): share.note for share in found.partial_shares}
    assert hints.keys() == {"1.9", "30.0"}
    assert "期限不同：鞍山市为2023年，辽宁省为到2025年" in hints["1.9"]
    assert "口径不同" in hints["30.0"] and "专场招聘" in hints["30.0"]


def test_what_differs_between_two_issues() -> None:
    lines = [
        "city-1 | 鞍山市 | 城镇新增就业 | 3.9 万人 39000 人 | eq | level | target | 2023",
        "city-1 | 鞍山市 | 养老床位 | 200 张 200 张 | eq | level | target | 2023",
        "city-3 | 鞍山市 | 城镇新增就业 | 4.1 万人 41000 人 | eq | level | target | 2023",
        "city-3 | 鞍山市 | 口袋公园 | 150 个 150 个 | eq | level | target | 2023",
    ]
    figures = [parsed(line, place) for place, line in enumerate(lines)]

    def said(before: list[Figure], after: list[Figure]) -> list[str]:
        return [
            f"{found.kind} {found.before.num if found.before else '-'} {found.after.num if found.after else '-'}"
            for found in differences(before, after, LISTED, load())
        ]

    assert said(figures[:2], figures) == ["added - 150", "changed 3.9 4.1"]
    assert said(figures, figures[:2]) == ["dropped 4.1 -", "dropped 150 -"]
    assert said(figures, figures) == []
    corrected = replace(figures[1], value=Decimal(2000), num="2000")
    assert said(figures, [figures[0], corrected, *figures[2:]]) == ["changed 200 2000"]


def test_a_target_is_no_share_of_an_actual_value() -> None:
    city, *_ = figures_of(CASES["between"][1])
    province = replace(city, id="p", doc="province", area="辽宁省", value=Decimal(450000), status="actual")
    assert not compare([city, province], LISTED, load()).province_shares


@pytest.mark.parametrize(("city", "reaches"), [("39000", "unknown"), ("450000", "yes")])
def test_the_sum_of_the_cities_reaches_the_province_or_is_not_known(city: str, reaches: str) -> None:
    one, whole = figures_of(CASES["between"][1])
    (found,) = compare([replace(one, value=Decimal(city)), whole], LISTED, load()).province_sums
    assert (found.reaches, found.total) == (reaches, Decimal(city))


@pytest.mark.parametrize("names", [{}, SHORT_NAMES], ids=["full names", "short names"])
def test_targets_and_actuals_of_the_seeds(names: dict[int, str]) -> None:
    figures = [
        replace(figure, indicator=names[figure.start]) if figure.doc[:3] == "004" and figure.start in names else figure
        for figure in gold_figures()
    ]
    found = compare(figures, SOURCES.values(), load())
    pairs = {(p.target.num + p.target.unit, p.actual.num + p.actual.unit): str(p.completion) for p in found.progress}
    assert pairs == PAIRS
    assert not found.problems


def test_the_order_of_figures_changes_nothing() -> None:
    figures = [*gold_figures(), *province_figures()]
    assert compare(figures, SOURCES.values(), load()) == compare(figures[::-1], SOURCES.values(), load())


def test_parts_beyond_their_total_are_doubted() -> None:
    total = parsed("city-1 | 鞍山市 | 管网改造 | 300 公里 300 公里 | eq | level | target | 2023", 0)
    sentence = "改造管网300公里,其中燃气178公里、排水170公里。"
    figures = [
        replace(total, id=num, num=num, value=Decimal(num), sentence=sentence, mark=(at, at + 5), indicator=name)
        for at, num, name in ((4, "300", "管网"), (14, "178", "燃气管网"), (22, "170", "排水管网"))
    ]
    assert [problem.code for problem in compare(figures, LISTED, load()).problems] == ["parts-exceed-total"]
    figures[2] = replace(figures[2], num="122", value=Decimal(122))
    assert not compare(figures, LISTED, load()).problems


@given(part=st.integers(1, 10**12), whole=st.integers(1, 10**12))
def test_a_share_is_the_quotient_rounded_half_up(part: int, whole: int) -> None:
    city = parsed(f"city-1 | 鞍山市 | 城镇新增就业 | {part} 人 {part} 人 | eq | level | target | 2023", 0)
    province = parsed(f"province | 辽宁省 | 城镇新增就业 | {whole} 人 {whole} 人 | eq | level | target | 2023", 1)
    (share,) = compare([city, province], LISTED, load()).province_shares
    assert abs(share.share * whole - 100 * part) <= Decimal("0.05") * whole
    assert share.share.as_tuple().exponent == -1


def test_a_yearly_mean_is_not_ranked_with_a_total() -> None:
    total = parsed("city-1 | 鞍山市 | 城镇新增就业 | 52 万人 520000 人 | eq | level | actual | 2021/2025", 0)
    mean = parsed("city-2 | 朝阳市 | 城镇新增就业 | 3 万人 30000 人 | eq | level | actual | 2021/2025", 1)
    said = "五年来，年均城镇新增就业3万人、输转劳动力50万人。"
    mean = replace(mean, sentence=said, mark=(said.index("3"), said.index("3") + 3))
    (row,) = compare([total, mean], LISTED, load()).between_areas
    assert not row.comparable and row.notes == {mean.id: "口径：是年均数"}
    alike = replace(mean, sentence=said.replace("年均", ""))
    assert compare([total, alike], LISTED, load()).between_areas[0].comparable
