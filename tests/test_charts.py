"""Charts: findings, faithful display lists, any text, any size, the same bytes every time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from gold_rows import SOURCES, gold_figures, province_figures
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reportgen import charts
from reportgen.charts.sheet import hatching
from reportgen.compare import compare
from reportgen.errors import ReportgenError
from reportgen.fonts import drawable
from reportgen.house import load_house
from reportgen.model import Bar, Chart, Drawing, PathOp, Series, SeriesPoint, TextOp
from reportgen.vocabulary import load

HOUSE = load_house(Path(__file__).parent.parent / "templates" / "house.toml")
FIGURES = gold_figures()
FOUND = compare(FIGURES, SOURCES.values(), load())
KINDS = ("bars", "share", "progress", "growth", "series", "coverage")


def bar(label: str, value: str, text: str = "", **more: object) -> Bar:
    return replace(Bar(label, "2023年", Decimal(value), text or value, "actual", ()), **more)  # type: ignore[arg-type]


def chart(kind: str, *bars: Bar, width: float = 156.0) -> Chart:
    columns = ("就业社保", "教育") if kind == "coverage" else ()
    rows = tuple(replace(row, cells=(3, 40)) for row in bars) if columns else bars
    return Chart("1", kind, "标题", "", "%", rows, columns=columns, width=width)  # type: ignore[arg-type]


def texts(drawing: Drawing) -> list[str]:
    return [op.text for op in drawing.ops if isinstance(op, TextOp)]


def charts_of_the_seeds() -> list[Chart]:
    found = [
        *(charts.describe_comparison(row) for row in FOUND.between_areas),
        charts.describe_progress([pair for pair in FOUND.progress if pair.area == "承德市"]),
        charts.describe_growth([figure for figure in FIGURES if figure.area == "朝阳市"]),
        charts.describe_coverage(FIGURES, list(SOURCES.values()), load().sectors),
    ]
    return [one for one in found if one is not None]


def test_titles_state_the_finding() -> None:
    titles = {one.title for one in charts_of_the_seeds()}
    assert "朝阳市公布增速的6项指标全部增长，其中4项增幅超过100%" in titles
    assert any(re.fullmatch(r"承德市12项目标的进度：.*1项慢于时序", title) for title in titles)


def test_shares_of_the_province_are_sorted_and_show_both_numbers() -> None:
    found = compare([*gold_figures("001"), *province_figures()], SOURCES.values(), load()).province_shares
    one = charts.describe_shares([share for share in found if share.area.sector == "employment"])
    assert one is not None
    assert one.title == "鞍山市9项目标占全省目标4.5%—11.9%"
    assert [row.text for row in one.bars] == ["11.9%", "10.5%", "9.0%", "9.0%", "8.7%", "8.0%", "6.1%", "6.0%", "4.5%"]
    assert one.bars[0].aside == "≥5万 ÷ ≥42万个"
    assert one.bars[5].label.endswith("（到2025年）")


def test_nothing_is_ranked_that_is_not_comparable() -> None:
    for row in FOUND.between_areas:
        described = charts.describe_comparison(row)
        assert described is not None
        ranks = re.search("最高|最多|最大|高于|多于|大于", described.title)
        assert bool(ranks) == row.comparable
        if not row.comparable:
            assert any(one.alert for one in described.bars)


def test_every_number_of_a_chart_is_that_of_its_figure() -> None:
    by_id = {figure.id: figure for figure in FIGURES}
    for row in FOUND.between_areas:
        described = charts.describe_comparison(row)
        assert described is not None
        assert [one.value for one in described.bars] == [by_id[one.figure_ids[0]].value for one in described.bars]


def test_the_province_is_a_reference_and_no_bar() -> None:
    city, province = gold_figures("001")[4], province_figures()[0]
    other = replace(city, id="other", area="吉林市", value=Decimal(42000), num="4.2")
    rows = compare([city, other, province], SOURCES.values(), load()).between_areas
    described = [charts.describe_comparison(row) for row in rows]
    assert [[one.label for one in found.bars] for found in described if found] == [["吉林市", "鞍山市"]]
    assert any("参照：辽宁省2023年目标为约45万人" in note for found in described if found for note in found.notes)


def test_amounts_of_a_county_are_no_bars_beside_those_of_provinces_and_falls_are_ranked_by_their_size() -> None:
    figure = province_figures()[0]
    areas = [("辽宁省", 450000), ("吉林省", 300000), ("海城市", 900)]
    amounts = [replace(figure, id=a, area=a, value=Decimal(n), num=str(n), unit="人") for a, n in areas]
    (found,) = compare(amounts, SOURCES.values(), load()).between_areas
    described = charts.describe_comparison(found)
    assert described is not None
    assert [one.label for one in described.bars] == ["辽宁省", "吉林省"]
    assert "≠" not in described.subtitle
    falls = [
        replace(row, measure="growth", base_unit="%", unit="%", value=Decimal(n), num=str(-n), qualifier="eq")
        for row, n in zip(amounts[:2], (-30, -50), strict=True)
    ]
    (found,) = compare(falls, SOURCES.values(), load()).between_areas
    described = charts.describe_comparison(found)
    assert described is not None
    assert described.title.endswith("降幅目标：吉林省50%，大于辽宁省（30%）")


def test_rates_over_several_years_stand_on_no_axis_with_those_of_one() -> None:
    rise = next(figure for figure in FIGURES if figure.measure == "growth" and not figure.key)
    yearly = [replace(rise, id=str(n), indicator=f"指标{n}", value=Decimal(n)) for n in range(1, 4)]
    longer = replace(rise, id="five", indicator="黄金产量", value=Decimal(544), period="2021/2025", period_end="2025")
    found, few = charts.describe_growth([*yearly, longer]), charts.describe_growth([*yearly[:2], longer])
    assert found is not None and few is not None
    assert "黄金产量" not in [one.label for one in found.bars] and "不含跨年度增速" in found.subtitle
    assert "黄金产量" in [one.label for one in few.bars]


@pytest.mark.parametrize(("planned", "beside"), [("5.5", True), ("6", True), ("40", False)])
def test_texts_of_two_dots_never_run_into_each_other(planned: str, beside: bool) -> None:
    rise = next(figure for figure in FIGURES if figure.measure == "growth" and figure.base_unit == "%")
    rise = replace(rise, value=Decimal("5.5"), num="5.5", qualifier="eq")
    target = replace(rise, id="t", status="target", value=Decimal(planned), num=planned)
    far = replace(rise, id="far", indicator="远", value=Decimal(50), num="50")
    found = charts.describe_growth([rise, target, far])
    assert found is not None
    drawn = {op.text: op for op in charts.draw(found, HOUSE).ops if isinstance(op, TextOp)}
    assert (f"目标+{planned}%" in drawn) is beside
    if beside:
        assert drawn[f"目标+{planned}%"].y == drawn["+5.5%"].y


def test_declines_are_not_what_a_full_chart_leaves_out() -> None:
    rise = next(figure for figure in FIGURES if figure.measure == "growth" and not figure.key)
    figures = [replace(rise, id=str(n), indicator=f"指标{n}", value=Decimal(n)) for n in range(1, 30)]
    figures.append(replace(rise, id="d", indicator="投诉率", value=Decimal(-40)))
    found = charts.describe_growth(figures)
    assert found is not None
    assert found.bars[-1].label == "投诉率"
    assert "29增1降" in found.title
    assert found.notes == ("另有20项未画出，见表。",)


def test_nothing_to_draw_is_none_and_an_empty_chart_an_error() -> None:
    assert charts.describe_shares([]) is None
    assert charts.describe_progress([]) is None
    assert charts.describe_growth([]) is None
    assert charts.describe_series([]) is None
    assert charts.describe_outlooks([]) is None
    assert charts.describe_coverage([], [], load().sectors) is None
    with pytest.raises(ReportgenError, match="nothing to draw"):
        charts.draw(chart("bars"), HOUSE)


def test_a_bar_is_as_long_as_its_value() -> None:
    drawing = charts.draw(chart("bars", bar("甲市", "100"), bar("乙市", "25"), bar("丙市", "-50")), HOUSE)
    boxes = [op for op in drawing.ops if isinstance(op, PathOp) and op.fill == HOUSE.colours.blue]
    widths = [
        max(x for _, (x, *_) in xs) - min(x for _, (x, *_) in xs)
        for xs in ([s for s in op.path if s[1]] for op in boxes)
    ]
    heights = {round(max(y) - min(y), 1) for y in ([s[1][1] for s in op.path if s[1]] for op in boxes)}
    assert heights == {round(4.2 / 25.4 * 72, 1)}
    lengths = sorted(width for width in widths)
    assert [round(length / lengths[0], 2) for length in lengths] == [1, 2, 4]


def test_labels_are_text_and_stay_on_the_sheet() -> None:
    for one in charts_of_the_seeds():
        drawing = charts.draw(one, HOUSE)
        drawn = "".join(texts(drawing))
        assert all(row.text in drawn for row in one.bars)
        for op in drawing.ops:
            numbers = [(op.x, op.y)] if isinstance(op, TextOp) else [n[-2:] for _, n in op.path if n]
            for x, y in numbers:
                assert -1 <= x <= drawing.width + 1, one.title
                assert -1 <= y <= drawing.height + 1, one.title


@settings(max_examples=40, deadline=None)
@given(
    label=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    kind=st.sampled_from(KINDS),
    value=st.decimals(-(10**12), 10**12, places=2),
)
def test_any_label_and_any_value_is_drawn_as_it_is(label: str, kind: str, value: Decimal) -> None:
    drawing = charts.draw(chart(kind, bar(label, str(value)), bar("乙市", "1")), HOUSE)
    joined = "".join(texts(drawing))
    for character in label:
        if character.isalnum() and ord(character) in drawable() and character in "$&<>甲a1":
            assert character in joined
    ElementTree.fromstring(
        charts.svg(drawing, label.replace("\x00", "")) if label.isprintable() else charts.svg(drawing)
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", ["$\\frac$ 5", 'a & <b> "c"', "😀市", "一" * 40])
def test_hostile_labels_reach_the_png_without_warning(kind: str, label: str) -> None:
    one = chart(kind, bar(label, "5"), bar("乙市", "-3"))
    drawn = "".join(texts(charts.draw(one, HOUSE)))
    assert label.replace("😀", "〓") in drawn
    assert charts.png(one, HOUSE).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 40])
def test_one_row_or_forty_fit_a_page(kind: str, count: int) -> None:
    one = chart(kind, *(bar(f"第{number}项指标", str(number + 1)) for number in range(count)))
    drawing = charts.draw(one, HOUSE)
    assert drawing.height / 72 * 25.4 < 243.5
    labels = "".join(texts(drawing))
    assert all(f"第{number}项指标" in labels for number in range(count))


def test_values_a_million_times_apart_are_named_and_drawn_true() -> None:
    drawing = charts.draw(chart("bars", bar("甲市", "1000000", "100万人"), bar("乙市", "1", "1人")), HOUSE)
    assert any("数值相差悬殊" in text for text in texts(drawing))
    assert {"100万人", "1人"} <= set(texts(drawing))


def test_hatch_lines_stay_in_their_box() -> None:
    for width, height in ((30.0, 4.2), (0.5, 4.2), (4.0, 40.0)):
        for line in hatching(10, 20, width, height):
            for x, y in line:
                assert 10 - 1e-9 <= x <= 10 + width + 1e-9
                assert 20 - 1e-9 <= y <= 20 + height + 1e-9
            (x, y), (x_end, y_end) = line
            assert x_end - x == pytest.approx(y - y_end)


def test_the_same_chart_gives_the_same_bytes_and_no_metadata() -> None:
    one = charts_of_the_seeds()[0]
    first = charts.png(one, HOUSE)
    assert first == charts.png(one, HOUSE)
    assert charts.draw(one, HOUSE) == charts.draw(one, HOUSE)
    image = Image.open(io.BytesIO(first))
    assert not [key for key in image.info if key not in ("dpi", "pypng")]
    assert round(image.width / 200 * 25.4) == 156


def test_svg_holds_text_and_refers_to_nothing() -> None:
    drawing = charts.draw(chart("bars", bar("甲<市>&", "3"), bar("乙市", "1")), HOUSE)
    root = ElementTree.fromstring(charts.svg(drawing, "标题 & <1>"))
    found = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "甲<市>&" in found
    assert not [name for element in root.iter() for name in element.attrib if "href" in name]


def test_matplotlib_is_loaded_only_to_draw_and_pyplot_never() -> None:
    code = (
        "import sys, reportgen.charts as c; assert 'matplotlib' not in sys.modules\n"
        "from reportgen.charts.recorder import record; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def _over_time(*ends: str, stated: Decimal | None = None) -> Chart:
    level = next(figure for figure in FIGURES if figure.measure == "level" and figure.status == "actual")
    figures = [
        replace(level, id=end, period=end, period_end=end, value=Decimal(n), num=str(n), unit=level.base_unit)
        for n, end in enumerate(ends, 1)
    ]
    points = tuple(SeriesPoint(figure, stated, None) for figure in figures)
    found = charts.describe_series([Series("x", level.indicator, level.area, level.base_unit, points)])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("ends", "apart"),
    [
        (("2013", "2014", "2018"), [1, 4]),
        (("2022", "2023", "2024"), [1, 1]),
        (("2022-06", "2022-12", "2023-12"), [1, 2]),
        (("2015", "2020"), [1]),
    ],
)
def test_points_of_a_series_are_as_far_apart_as_their_time(ends: tuple[str, ...], apart: list[int]) -> None:
    found = _over_time(*ends)
    drawn = [op for op in charts.draw(found, HOUSE).ops if isinstance(op, TextOp) and op.text in {"1", "2", "3"}]
    steps = [later.x - earlier.x for earlier, later in pairwise(sorted(drawn, key=lambda op: op.x))]
    assert [round(step / steps[0], 1) for step in steps] == apart
    assert found.notes == ()
    assert "虚线" not in found.subtitle  # there is no target


@pytest.mark.parametrize(
    ("ends", "says"), [(("2022", "2023"), True), (("2014", "2018"), False), (("2022-08", "2023-08"), True)]
)
def test_a_stated_growth_is_set_beside_the_year_before_alone(ends: tuple[str, ...], says: bool) -> None:
    found = _over_time(*ends, stated=Decimal("6.9"))
    assert ("材料称+6.9%" in found.title) is says
    assert found.subtitle.startswith("纵轴从0起")


def test_a_series_too_long_to_be_true_to_time_marks_its_gaps() -> None:
    found = _over_time("2023-01", "2023-02", "2024-02")
    assert [bar.after_gap for bar in found.bars] == [False, False, True]
    assert any("//" in note for note in found.notes)
    strokes = [op for op in charts.draw(found, HOUSE).ops if isinstance(op, PathOp) and len(op.path) == 2]
    slanted = [op for op in strokes if op.width == 0.8]
    assert len([op for op in slanted if op.path[0][1][1] != op.path[1][1][1]]) == 2
