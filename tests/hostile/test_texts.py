"""Texts that would be read wrongly in silence: false digits, invisible characters, turned signs, endless patterns."""

import importlib
import pkgutil
import re
import re._constants as codes
import re._parser as parser
import time
import types
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import TOKENS

import reportgen
from reportgen.model import Figure, Listing
from reportgen.pipeline.documents import Task, extract_document
from reportgen.read.limits import Limits

HEAD = "朝阳市人民政府新闻办公室新闻发布会\n发布日期：2023-09-13\n\n"
PLAIN = "2023年上半年，全市城镇新增就业12549人，同比增长17%。完成投资4.5亿元，下降2.3%。培训技能人才1.2万人次。"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


def figures(folder: Path, text: str) -> tuple[Figure, ...]:
    path = folder / "a.txt"
    path.write_bytes((HEAD + text).encode("utf-8", "surrogatepass"))
    reading = extract_document(Task(path, path.name, Listing("a.txt", "朝阳市", "2023-09-13"), Limits(), None))
    assert reading.failure is None or "internal error" not in reading.failure.message, reading.failure
    return reading.extraction.figures if reading.extraction else ()


def said(found: tuple[Figure, ...]) -> list[tuple[object, ...]]:
    return [(figure.value, figure.unit, figure.measure) for figure in found]


@pytest.mark.parametrize("number", ["٣٤", "²³", "１_000", "1e5", "nan", "inf", "0x1F", "Ⅻ", "①②", "५", "𝟏𝟐"])
def test_what_is_no_number_is_no_figure(folder: Path, number: str) -> None:
    found = figures(folder, f"2023年上半年，全市城镇新增就业{number}人。")
    assert not [figure for figure in found if figure.value is not None and figure.value > 9], said(found)


def test_a_number_of_five_thousand_digits_is_refused_and_its_neighbours_are_read(folder: Path) -> None:
    found = figures(folder, f"2023年上半年，全市城镇新增就业{'9' * 5000}人。{PLAIN}")
    assert {figure.num for figure in found} >= {"12549", "4.5", "1.2"}
    assert all(len(figure.num) <= 30 for figure in found)


@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.sampled_from(INVISIBLE)), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_invisible_characters_change_no_figure(folder: Path, inserted: list[tuple[int, str]]) -> None:
    text = PLAIN
    for place, character in sorted(inserted, reverse=True):
        text = text[:place] + character + text[place:]
    assert said(figures(folder, text)) == said(figures(folder, PLAIN))


def test_a_turned_word_turns_the_sign_of_exactly_one_figure(folder: Path) -> None:
    before, after = (figures(folder, text) for text in (PLAIN, PLAIN.replace("同比增长17%", "同比下降17%")))
    changed = [(old.value, new.value) for old, new in zip(before, after, strict=True) if old.value != new.value]
    assert changed == [(Decimal(17), Decimal(-17))]


def test_a_turned_unit_changes_exactly_one_figure(folder: Path) -> None:
    before, after = (figures(folder, text) for text in (PLAIN, PLAIN.replace("4.5亿元", "4.5万元")))
    changed = [(old.unit, new.unit) for old, new in zip(before, after, strict=True) if said((old,)) != said((new,))]
    assert changed == [("亿元", "万元")]


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_between_two_sentences_ends_in_figures_of_its_own_digits(folder: Path, text: str) -> None:
    for figure in figures(folder, f"{PLAIN}\n{text}\n{PLAIN}"):
        assert figure.value is None or figure.value.is_finite()
        assert Counter(figure.num).total() < 60


# Patterns that never end


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that stands in a module of the program."""
    for info in pkgutil.walk_packages(reportgen.__path__, "reportgen."):
        if info.name.endswith(("__main__", ".build", "house_docx")) and "pipeline" not in info.name:
            continue
        module: types.ModuleType = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for found in value if isinstance(value, (tuple, list)) else (value,):
                if isinstance(found, re.Pattern) and isinstance(found.pattern, str):
                    yield f"{info.name}.{name}", found


def endless(tree: parser.SubPattern) -> bool:
    """Whether an unbounded repeat holds nothing but another one, so that a near miss is tried in 2 ** n ways."""
    for operator, detail in tree:
        if operator in _REPEATS:
            inner = [detail[2]]
            if detail[1] == codes.MAXREPEAT and _only_a_repeat(detail[2]):
                return True
        elif operator is codes.SUBPATTERN:
            inner = [detail[-1]]
        else:
            inner = detail[1] if operator is codes.BRANCH else []
        if any(endless(part) for part in inner):
            return True
    return False


def _only_a_repeat(body: parser.SubPattern) -> bool:
    """Whether every item of `body` may be empty but one, and that one repeats without bound."""
    needed = [(operator, detail) for operator, detail in body if not (operator in _REPEATS and detail[0] == 0)]
    free = [detail for operator, detail in body if operator in _REPEATS and detail[1] == codes.MAXREPEAT]
    if len(needed) == 1 and needed[0][0] is codes.SUBPATTERN:
        return _only_a_repeat(needed[0][1][-1])
    return bool(free) and all(operator in _REPEATS for operator, _ in needed)


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)


@pytest.mark.parametrize("bad", [r"(a+)+b", r"(?:a*)*b", r"((a+))*", r"(?:a+b*)+c"])
def test_endless_patterns_are_recognised(bad: str) -> None:
    assert endless(parser.parse(bad))


def test_no_pattern_repeats_a_repeat() -> None:
    found = dict(patterns())
    assert len(found) > 100
    assert not {
        name: known.pattern for name, known in found.items() if endless(parser.parse(known.pattern, known.flags))
    }


NEAR_MISSES = [token[:4] for token in TOKENS if len(token) > 30]
NEAR_MISSES += [
    "1,",
    "1.",
    "12",
    "２",
    "一百",
    "十",
    "2023年1至",
    "1-",
    "3.9万",
    "%",
    "增长1",
    "分别1、",
    "（1）",
    "第一",
    "<b ",
    "A、",
]


@pytest.mark.parametrize("piece", NEAR_MISSES, ids=repr)
def test_four_times_the_text_takes_no_more_than_some_times_as_long(folder: Path, piece: str) -> None:
    """An endless pattern would double its time with every character; the guard would end it, this names it."""

    def seconds(count: int) -> float:
        text = f"全市城镇新增就业{piece * count}。{PLAIN}"
        begun = time.process_time()
        figures(folder, text)
        return time.process_time() - begun

    small = max(0.05, min(seconds(250), seconds(250)))
    assert seconds(1_000) < 60 * small
