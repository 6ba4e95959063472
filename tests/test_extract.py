"""Extraction: docs/figures.md point by point (tests/cases/extract), and what must hold for any text."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.clean import clean
from reportgen.extract import extract
from reportgen.extract.doubts import MOST
from reportgen.extract.exclusions import RULES
from reportgen.extract.grounding import holds
from reportgen.extract.numbers import MAX_DIGITS, hanzi_value
from reportgen.extract.periods import EXPRESSION, expressions
from reportgen.extract.quantities import quantities
from reportgen.extract.sectors import SectorReader
from reportgen.extract.units import UnitReader
from reportgen.model import Document, Extraction, Listing
from reportgen.segment import segment
from reportgen.vocabulary import load
from reportgen.vocabulary.grammar import parsed, words

CASES = Path(__file__).parent / "cases" / "extract"
WORDS = load()
PIECES = """
2023年 1-8月 截至4月底 到2025年 全市 喀左县 新增就业 城镇 增长 下降 由 减少为 提高到 分别
达到 其中 占 第 居全省 百分之 分之 翻 番 成
3 12549 3.9 1,661.04 - % 万 亿 元 人 个 家 名 平方米 个百分点 倍 元/月 以上 左右 不少于 约 余 多 一 二 三 十 百 两 零
、 ， 。 ； （ ） ( ) “ ” 《 》 : ： . 第三 首位 5G 12345热线 65岁及以上老年人 计划 将 力争 已
"""
SENTENCES = st.lists(st.sampled_from([*PIECES.split(), "\n", "\t", "\u200b"]), max_size=40).map("".join)


def read(text: str, *, area: str = "朝阳市", published: str = "2023-09-13") -> Extraction:
    document = clean(Document("case.txt", "0" * 64, "text/plain", "utf-8", text, text))
    report = segment(document, listing=Listing("case.txt", area, published), vocabulary=WORDS)
    return extract(report, WORDS)


def cases() -> list[object]:
    """Every case under its file and label; one that is not right yet must go on failing until it is."""
    found: list[object] = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['label']}", marks=marks))
    return found


def plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else "" if value is None else str(value)


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, object]) -> None:
    found = read(case["text"], **{key: case[key] for key in ("area", "published") if key in case})
    tokens = [row.partition(": ")[0] for row in case["figures"]]
    assert [figure.num for figure in found.figures] == tokens
    for figure, row in zip(found.figures, case["figures"], strict=True):
        stated = dict(pair.split("=", 1) for pair in row.partition(": ")[2].split())
        expected = {name: plain(Decimal(text)) if name.startswith("value") else text for name, text in stated.items()}
        assert {name: plain(getattr(figure, name)) for name in expected} == expected
    rejected = [f"{number.num} {number.rule}" for number in found.rejected]
    assert [row for row in case.get("rejected", []) if row not in rejected] == []


def test_every_rule_of_exclusion_has_a_case_and_says_when_it_is_wrong() -> None:
    texts = [case["text"] for path in CASES.glob("*.toml") for case in tomllib.loads(path.read_text("utf-8"))["case"]]
    fired = {number.rule for text in texts for number in read(text).rejected}
    hanzi_only = {"slogan"}  # its numbers are Chinese numerals, which are not reported
    assert {rule.__name__ for rule in RULES} - fired - hanzi_only == set()
    assert [rule.__name__ for rule in RULES if "Wrong" not in (rule.__doc__ or "")] == []


# What must hold for any text


@settings(max_examples=150, deadline=None)
@given(st.one_of(SENTENCES, st.text(max_size=60)))
@example("第" * 30 + "三")
@example("百分之" * 20)
@example("（" * 50 + "3个" + "）" * 20)
@example("“" * 20 + "3个")
@example("3:" * 30 + "3")
@example("1/0、0/0、三分之四")
def test_any_text_gives_grounded_figures_and_no_exception(text: str) -> None:
    for figure in read(text).figures:
        assert holds(text[figure.start : figure.end], figure.num)
        assert figure.sentence[slice(*figure.mark)]
        assert figure.indicator_id == "" or figure.indicator_id in WORDS.indicator_by_id
        assert figure.sector in WORDS.sector_by_code
        assert figure.period_end == "P1Y" or re.match(r"\d{4}", figure.period_end)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.data())
def test_invisible_characters_change_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    hidden = text[:at] + "\u200b" + text[at:]
    assert fields(read(hidden)) == fields(read(text))


def fields(found: Extraction) -> list[tuple[object, ...]]:
    return [
        (f.value, f.base_unit, f.measure, f.qualifier, f.status, f.period, f.area, f.sector, f.indicator)
        for f in found.figures
    ]


TIME_WORDS = (
    "截至 截止 到 至 2023 20 1 2 12 . 年 月 季度 份 底 末 初 以来 来 - — 、 今年 本年度 当年 去年 上年 上一年 明年 度"
    " 上半年 下半年 半年 前三季度 前三个季度 第 一 二 三 十 一季度 本月 昨日 今天 ， 上月 上个月 年初 开年 目前 至今"
    " 当前 迄今 现在 现已 全年 年内 “ ” 十四五 十五 期末 未来 今后 接下来 力争 力争在 计划用 用 两年 五年 年后"
    " 过去 近 最近 这 年来 年间 过去的一年 一年来 每年 年均 旬 日 项"
)


@given(st.lists(st.sampled_from(TIME_WORDS.split()), max_size=12).map("".join))
@settings(max_examples=400)
def test_times_are_found_wherever_they_begin(sentence: str) -> None:
    """Times are tried where one may begin alone; a search for them finds no more."""
    assert [m.span() for m in expressions(sentence)] == [m.span() for m in EXPRESSION.finditer(sentence)]


@given(st.integers(1, 99), st.sampled_from(["新增就业", "信访总量", "财政收入"]))
def test_rising_and_falling_differ_in_one_sign(number: int, name: str) -> None:
    text = "2022年，{}3万人，比上年{}{}%，办理事项5件。"
    up = read(text.format(name, "增长", number)).figures
    down = read(text.format(name, "下降", number)).figures
    assert [figure.value for figure in down] == [up[0].value, -up[1].value, up[2].value]


@given(st.integers(1, 9999), st.sampled_from(["元", "人", "吨", "平方米"]))
def test_wan_and_yi_differ_by_ten_thousand(number: int, unit: str) -> None:
    small, large = (read(f"全市完成{number}{multiplier}{unit}。").figures[0] for multiplier in "万亿")
    assert large.value == small.value * 10**4
    assert large.base_unit == small.base_unit


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read_as_they_are_written(number: int) -> None:
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    written = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        written += digits[digit] + places[place] if digit else "零"
    written = re.sub("零+", "零", written).strip("零")
    assert hanzi_value(written) == number


# Bounded work for hostile text


@pytest.mark.parametrize("unit", ["7", "(", "（3个", "、", "3个、", "“3", "分别3、", "3:", "百分之", "3万", "第", "一"])
def test_work_grows_with_the_text_alone(unit: str) -> None:
    """Sentences are bounded, so that twice the text is twice the work: counted in characters that rules are given."""
    for size in (3_000, 6_000):
        text = unit * (size // len(unit))
        document = clean(Document("case.txt", "0" * 64, "text/plain", "utf-8", text, text))
        report = segment(document, listing=Listing("case.txt", "朝阳市", "2023-09-13"), vocabulary=WORDS)
        sentences = [sentence for section in report.sections for sentence in section.sentences]
        assert max((len(sentence.text) for sentence in sentences), default=0) <= 600
        assert sum(len(sentence.text) for sentence in sentences) <= len(text)
        assert len(extract(report, WORDS).problems) <= 3 * MOST


def test_digits_beyond_any_number_give_no_figure() -> None:
    units = UnitReader(WORDS)
    for length in (MAX_DIGITS + 1, 700, 5_000):
        assert read(f"新增就业{'7' * length}人，培训{'3' * length}.5万人次。").figures == ()
    assert [q.num for q in quantities(f"就业{'7' * MAX_DIGITS}人", units)] == ["7" * MAX_DIGITS]


# Parts


def test_a_word_list_knows_the_longer_words_in_which_a_word_does_not_count() -> None:
    will = parsed("将/将军/即将")
    assert [will.counts(text, text.index("将")) for text in ("将完成", "将军", "即将", "")[:3]] == [True, False, False]
    assert re.search(will.pattern, "即将军") is None
    assert words("before_name").after_start("其中，全市累计完成投资") == "完成投资"
    assert words("after_name").before_end("城镇新增就业已达到") == "城镇新增就业"


def test_an_indicator_has_one_sector_whatever_stands_around_it() -> None:
    for chapter in ("一、教育工作", "二、交通运输", "三、党的建设"):
        found = read(f"{chapter}\n全市城镇新增就业3.9万人。").figures
        assert [(figure.indicator_id, figure.sector) for figure in found] == [("urban_new_jobs", "employment")]


def test_sector_words_are_counted_longest_first_without_overlap() -> None:
    reader = SectorReader(WORDS)
    found = [text for text in ("农村公路", "公路") for word in reader.words(text) for text in [text[word[0] : word[1]]]]
    assert found == ["农村公路", "公路"]


def test_doubts_name_their_figures() -> None:
    text = "全市共排查燃气隐患30处，其中喀左县20处、凌源市15处。"
    text += "2022年，全市培训网格化管理人员30人。2022年，全市培训网格化管理人员40人。"
    found = read(text)
    by_code = {problem.code: problem for problem in found.problems}
    figures = {figure.id: figure for figure in found.figures}
    assert [figures[each].num for each in by_code["sum"].figure_ids] == ["30", "20", "15"]
    assert [figures[each].num for each in by_code["conflict"].figure_ids] == ["30", "40"]
    assert all(problem.severity == "doubt" and problem.start is not None for problem in found.problems)


def test_doubts_are_bounded() -> None:
    text = "".join(f"全市城镇新增就业{number}人。" for number in range(100, 160))
    assert len([problem for problem in read(text).problems if problem.code == "guessed"]) == MOST


def test_a_figure_printed_twice_is_one_row_at_its_first_place() -> None:
    text = "2023年，全市城镇新增就业3.9万人。\n其他。\n2023年，全市城镇新增就业3.9万人。"
    assert [figure.start for figure in read(text).figures] == [text.index("3.9")]


def test_the_id_of_a_figure_is_that_of_its_place_and_document() -> None:
    first, again = read("新增就业3人。").figures[0], read("新增就业3人。增长5%。").figures[0]
    assert first.id == again.id
