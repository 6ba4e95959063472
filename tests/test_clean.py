"""Cleaning, case by case, and what must hold for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.clean import FIXES, clean
from reportgen.clean.edits import Edit, apply_edits
from reportgen.model import Document
from reportgen.read import read_document

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
DAMAGED = next(path for path in SEEDS if path.name.startswith("003"))
TEXTS = st.text(
    alphabet=st.sampled_from("就業业經(jīng)增长3４.． %，,。!?;\n\u3000\u200b(一)ㄒ唬┒啻e“”發展〓打印本页"),
    max_size=80,
)


def toml(name):
    return tomllib.loads((HERE / "cases" / name).read_text(encoding="utf-8"))


def document(text):
    return Document("case.txt", "", "text/plain", "utf-8", text, text)


def cleaned(text):
    return clean(document(text)).text


def params(cases):
    """Cases by their label; one that is not mended yet must go on failing until it is."""
    found = []
    for case in cases:
        marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
        found.append(pytest.param(case, id=str(case.get("label", case.get("offset"))), marks=marks))
    return found


@pytest.mark.parametrize("case", params(toml("clean.toml")["case"]))
def test_case(case):
    assert cleaned(case["before"]) == case["after"]


@pytest.fixture(scope="module")
def damaged():
    return clean(read_document(DAMAGED, name=DAMAGED.name))


@pytest.mark.parametrize("spot", params(toml("clean_shifted.toml")["spot"]))
def test_slipped_bytes(damaged, spot):
    repairs = [repair for repair in damaged.repairs if repair.fix == "shift_back" and repair.start == spot["offset"]]
    assert [(repair.before, repair.after) for repair in repairs] == [(spot["found"], spot["written"])]
    assert repairs[0].lossy == spot["missing"]


def test_no_other_place_is_taken_for_slipped_bytes(damaged):
    spots = {spot["offset"] for spot in toml("clean_shifted.toml")["spot"]}
    assert {repair.start for repair in damaged.repairs if repair.fix == "shift_back"} == spots
    for path in SEEDS:
        if path != DAMAGED:
            repairs = clean(read_document(path, name=path.name)).repairs
            assert not [repair for repair in repairs if repair.fix in {"shift_back", "drop_pinyin", "to_simplified"}]


def test_headings_of_the_damaged_seed_come_back_in_order(damaged):
    numerals = [line[1] for line in damaged.text.split("\n") if line[:1] == "(" and line[2:3] == ")"]
    assert numerals == list("一二三四五六七八九" * 2)


def test_second_copy_goes_with_its_headline():
    path = next(path for path in SEEDS if path.name.startswith("001"))
    text = clean(read_document(path, name=path.name)).text
    sentence = "全市城镇新增就业3.9万人左右"
    assert read_document(path, name=path.name).text.count(sentence) == 2
    assert text.count(sentence) == text.count("发布时间:2023-04-17") == text.count("(第十一场)\n") == 1


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_offsets_lead_back_to_the_source(path):
    before = read_document(path, name=path.name)
    after = clean(before)
    touched = {place for repair in after.repairs for place in range(repair.start, repair.end)}
    places = [after.offsets.raw(offset) for offset in range(len(after.text))]
    assert places == sorted(places)
    assert all(after.raw[place] == char or place in touched for place, char in zip(places, after.text, strict=True))
    assert [after.raw[place] for place, char in zip(places, after.text, strict=True) if char in "0123456789"] == [
        char for char in after.text if char in "0123456789"
    ]
    assert after.raw == before.raw


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_cleaning_again_changes_nothing(path):
    once = clean(read_document(path, name=path.name)).text
    assert cleaned(once) == once


@given(st.lists(st.tuples(st.integers(0, 999), st.sampled_from("\u200b\ufeff\u202e\u2060\x00\u00ad")), max_size=30))
def test_invisible_characters_change_nothing(places):
    text = SEEDS[0].read_text(encoding="utf-8")[2_000:3_000]
    dotted = text
    for place, char in sorted(places, reverse=True):
        dotted = dotted[:place] + char + dotted[place:]
    assert cleaned(dotted) == cleaned(text)


def digits(text):
    return [char for char in text if char in "0123456789"]


@given(TEXTS)
def test_no_digit_is_made_up(text):
    assert len(digits(cleaned(text))) <= sum(char in "0123456789" or "０" <= char <= "９" for char in text)


@given(TEXTS)
def test_every_change_is_recorded(text):
    after = clean(document(text))
    changed = {place for repair in after.repairs for place in range(repair.start, repair.end)}
    kept = [(after.offsets.raw(offset), char) for offset, char in enumerate(after.text)]
    assert all(text[place] == char for place, char in kept if place not in changed)
    gone = set(range(len(text))) - {place for place, _ in kept}
    assert gone <= changed


@given(st.text(max_size=60))
def test_any_text_at_all(text):
    after = clean(document(text)).text
    assert not any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) <= 0xDFFF for char in after)


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits(document("一二三"), "fix", [Edit(0, 2, ""), Edit(1, 3, "")])


def test_pages_move_with_the_text():
    from dataclasses import replace

    pdf = replace(document("第一页\u200b的字\n第二页"), pages=(0, 7))
    assert clean(pdf).text[clean(pdf).pages[1] :] == "第二页"


def test_every_repair_says_by_which_fix_where_and_what(damaged):
    shifted = [repair for repair in damaged.repairs if repair.fix == "shift_back"]
    assert len(shifted) == 36
    first = next(repair for repair in shifted if repair.start == 895)
    assert (first.before, first.after, first.lossy) == ("。ㄒ唬┒啻氩⑴e", "(一)多措并舉", False)
    unknown = [repair for repair in shifted if "〓" in repair.after]
    assert unknown and all(repair.lossy for repair in unknown)
    assert all(fix.__doc__ for fix in FIXES)
