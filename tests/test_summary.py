"""Key figures by stated rules, and summaries that are nothing but slices of the sources."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gold_rows import gold_figures, make_figure

from reportgen.model import Excerpt, Figure
from reportgen.summary import mark_key, summarise
from reportgen.summary.choose import POINT_LENGTH
from reportgen.summary.clauses import clauses
from reportgen.summary.order import HOLIDAY, LEAD, RETROSPECT, in_print

CASES = tomllib.loads((Path(__file__).parent / "cases" / "clauses.toml").read_text("utf-8"))["case"]
GOLD = gold_figures()


def test_key_figures_agree_with_the_gold_choice() -> None:
    gold = {figure.id for figure in GOLD if figure.key}
    chosen = {figure.id for figure in mark_key(GOLD) if figure.key}
    assert len(gold & chosen) / len(chosen) >= 0.65
    assert len(gold & chosen) / len(gold) >= 0.65


def test_at_most_15_percent_of_a_document_are_key() -> None:
    marked = mark_key(GOLD)
    for doc in {figure.doc for figure in marked}:
        own = [figure for figure in marked if figure.doc == doc]
        assert 0 < sum(figure.key for figure in own) <= 0.15 * len(own)


def test_a_short_document_has_more_than_two_key_figures() -> None:
    doc = GOLD[0].doc
    few = [figure for figure in GOLD if figure.doc == doc][:18]
    for size, wanted in ((1, 1), (6, 1), (18, 5)):
        assert sum(figure.key for figure in mark_key(few[:size])) == wanted


def test_order_does_not_choose() -> None:
    shuffled = list(GOLD)
    random.Random(7).shuffle(shuffled)
    assert {f.id for f in mark_key(shuffled) if f.key} == {f.id for f in mark_key(GOLD) if f.key}


def test_a_headline_indicator_of_the_vocabulary_is_key_wherever_it_stands() -> None:
    plain = [replace(figure, indicator_id="") for figure in GOLD if figure.doc.startswith("000")]
    last = next(figure for figure in reversed(plain) if figure.measure == "level")
    named = [replace(f, indicator_id="health.x") if f is last else f for f in plain]
    assert not next(f for f in mark_key(plain) if f.id == last.id).key
    assert next(f for f in mark_key(named, frozenset({"health.x"})) if f.id == last.id).key


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_clauses(case: dict[str, Any]) -> None:
    sentence: str = case["sentence"]
    figures = [_figure(sentence, *entry) for entry in case["figures"]]
    assert [sentence[c.start : c.end] for c in clauses(sentence, figures)] == case["expect"]


def test_summaries_are_whole_clauses_of_the_sources() -> None:
    figures = mark_key(GOLD)
    by_id = {figure.id: figure for figure in figures}
    digests = summarise(figures).digests
    assert {(d.area, d.sector) for d in digests} == {(f.area, f.sector) for f in figures}
    for digest in digests:
        assert len(digest.sentences) <= 4
        printed = "".join(e.sentence[e.start : e.end] for e in digest.points)
        assert sum(0.5 if char.isascii() else 1 for char in printed) <= POINT_LENGTH + 2
        for excerpts in (digest.sentences, digest.points):
            _no_overlap(excerpts)
            for excerpt in excerpts:
                _is_slice(excerpt, by_id)


def test_key_figures_come_first() -> None:
    figures = mark_key(GOLD)
    for digest in summarise(figures).digests:
        own = {f.id for f in figures if (f.area, f.sector) == (digest.area, digest.sector) and f.key}
        printed = {i for excerpt in digest.sentences for i in excerpt.figure_ids}
        if own and digest.sentences:
            assert own & printed


def test_gross_product_leads_and_the_last_year_goes_before_several_years() -> None:
    """What is key stays the same: only what is printed first is decided here."""

    def row(name: str, **changes: Any) -> Figure:
        return replace(_figure("指标5", "5", "指标"), id=name, start=ord(name), **changes)

    figures = [
        row("a", indicator_id="gdp", period="2021/2025"),
        row("b", indicator_id="gdp", period="2025", measure="growth"),
        row("c", indicator_id="gdp", period="2025", area="乙县"),
        row("d", indicator_id="jobs", period="2021/2025"),
        row("e", indicator_id="jobs", period="2025"),
        row("f", indicator_id="roads", period="2021/2025"),
        row("g", indicator_id="visitors", period="2025-10"),
        row("h", period="2025"),
        row("i", indicator_id="homes", period="../2030", status="target"),
        row("j", indicator_id="homes", period="2026", status="target"),
    ]
    more = {name: points - 10 for name, points in in_print(figures, dict.fromkeys("abcdefghij", 10)).items()}
    less = {"a": -RETROSPECT, "d": -RETROSPECT, "g": -HOLIDAY, "i": -RETROSPECT}
    assert {name: points for name, points in more.items() if points} == {"b": LEAD, **less}


def _is_slice(excerpt: Excerpt, by_id: dict[str, Figure]) -> None:
    text = excerpt.sentence[excerpt.start : excerpt.end]
    assert text == text.strip(" ，,；;。") and text
    before = excerpt.sentence[: excerpt.start].rstrip()
    assert not before or before[-1] in "，,；;。：:、）)是" or not before[-1].isdigit()
    after = excerpt.sentence[excerpt.end :].lstrip()
    assert not after or after[0] in "，,；;。!！?？\n"
    for figure_id in excerpt.figure_ids:
        mark = by_id[figure_id].mark
        assert excerpt.start <= mark[0] < mark[1] <= excerpt.end


def _no_overlap(excerpts: tuple[Excerpt, ...]) -> None:
    for index, excerpt in enumerate(excerpts):
        for other in excerpts[index + 1 :]:
            if (excerpt.doc, excerpt.sentence_start) == (other.doc, other.sentence_start):
                assert excerpt.end <= other.start or other.end <= excerpt.start


def _figure(sentence: str, printed: str, indicator: str, measure: str = "level") -> Figure:
    at = sentence.index(printed)
    row = {"doc": "case", "start": at, "end": at + len(printed), "num": printed, "unit": ""}
    row |= {"value": 1, "base_unit": "", "qualifier": "eq", "measure": measure, "status": "actual"}
    row |= {
        "period": "2023",
        "period_end": "2023",
        "area": "甲市",
        "sector": "employment",
        "indicator": indicator,
        "key": 0,
        "sentence": sentence,
    }
    return replace(make_figure(row), mark=(at, at + len(printed)), value=Decimal(1))
