"""Briefings: goldens of their blocks, page one, and what may never happen to names, marks and digits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from block_text import shape_of, text_of
from gold_briefings import ALL_SECTORS, FIGURES, TEMPLATES, briefing_of, few_comparisons, figure_of
from gold_rows import SOURCES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.briefing import check_digits, kinds
from reportgen.briefing.build import compose
from reportgen.briefing.digits import spans_of
from reportgen.briefing.front import cards, width
from reportgen.briefing.material import Material
from reportgen.briefing.news import _pair
from reportgen.briefing.sample import SECTORS, sample_material
from reportgen.briefing.sector import CARD_ROW, room_on_page_one
from reportgen.briefing.tables import _progress_cell
from reportgen.briefing.text import plain
from reportgen.charts import describe_comparison, describe_coverage
from reportgen.compare import compare
from reportgen.errors import RefusedError
from reportgen.model import (
    Briefing,
    Cards,
    Comparisons,
    Evidence,
    Heading,
    KeyPoints,
    PageBreak,
    Paragraph,
    Progress,
    Span,
    Table,
    Title,
)
from reportgen.summary import mark_key
from reportgen.vocabulary import load

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def briefings() -> dict[str, Briefing]:
    return {
        "city": briefing_of("city", "朝阳市"),
        "sector": briefing_of("sector", "employment"),
        "monthly": briefing_of("monthly", "2023-09"),
        "alone": briefing_of("sector", "civil"),
        "quiet": briefing_of("monthly", "2023-10", month="2023-10"),
    }


@pytest.mark.parametrize("name", ["city", "sector", "monthly", "alone", "quiet"])
def test_golden(name: str, briefings: dict[str, Briefing]) -> None:
    path = GOLDEN / f"briefing_{name}.txt"
    text = text_of(briefings[name].blocks)
    if os.environ.get("REPORTGEN_UPDATE_GOLDEN"):
        assert not os.environ.get("CI"), "goldens are not rewritten by the machine that checks them"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_page_one_is_what_the_house_says(briefings: dict[str, Briefing]) -> None:
    for name in ("city", "sector", "alone"):
        first = [type(block).__name__ for block in briefings[name].blocks]
        # what is not compared fits one page where it is short
        page = first[: first.index("Heading" if name == "alone" else "PageBreak")]
        assert page == ["Masthead", "Title", "KeyPoints", "Cards", "Paragraph"]
        title = next(block for block in briefings[name].blocks if isinstance(block, Title))
        assert width((Span(title.text),)) <= 22


def test_points_of_one_line_leave_room_for_cards_on_page_one() -> None:
    short = KeyPoints("本期要点", (("甲市", (Span("新增就业5人。"),)),) * 6)
    long = KeyPoints("本期要点", (("甲市", (Span("新" * 45),)),) * 6)
    assert room_on_page_one(short, None) - room_on_page_one(long, None) > CARD_ROW


def test_one_area_does_not_pretend_to_compare(briefings: dict[str, Briefing]) -> None:
    text = text_of(briefings["alone"].blocks)
    assert "一地公布" in text
    assert "对照" not in text
    assert not [block for block in briefings["alone"].blocks if isinstance(block, Table) and block.caption]


def test_a_quiet_month_is_one_page(briefings: dict[str, Briefing]) -> None:
    assert not [block for block in briefings["quiet"].blocks if isinstance(block, (PageBreak, Table, Evidence))]
    assert "没有收到新发布的材料" in text_of(briefings["quiet"].blocks)


def test_every_mark_leads_to_its_sentence(briefings: dict[str, Briefing]) -> None:
    by_id = {figure.id: figure for figure in FIGURES}
    for briefing in briefings.values():
        entries = {e.anchor: e for block in briefing.blocks if isinstance(block, Evidence) for e in block.entries}
        for span in _spans(briefing):
            if span.look == "mark" and span.link:
                said = "".join(part.text for part in entries[span.link].spans)
                assert plain(by_id[span.figure_id].num) in said


def test_every_figure_in_print_is_covered_by_evidence(briefings: dict[str, Briefing]) -> None:
    for briefing in briefings.values():
        covered = {s.figure_id for b in briefing.blocks if isinstance(b, Evidence) for s in spans_of(b)}
        uncovered = {span.figure_id for span in _spans(briefing) if span.figure_id} - covered
        assert not uncovered


def test_evidence_says_no_sentence_twice(briefings: dict[str, Briefing]) -> None:
    for briefing in briefings.values():
        for block in briefing.blocks:
            if isinstance(block, Evidence):
                said = ["".join(span.text for span in entry.spans) for entry in block.entries]
                assert len(said) == len(set(said))
                assert all(len(text) <= 160 for text in said)


def test_no_clause_is_printed_twice_on_page_one_or_in_the_body(briefings: dict[str, Briefing]) -> None:
    for briefing in briefings.values():
        points = [spans for block in briefing.blocks if isinstance(block, KeyPoints) for _, spans in block.points]
        body = [block.spans for block in briefing.blocks if isinstance(block, Paragraph)]
        for passages in (points, body):
            printed_ids = [span.figure_id for spans in passages for span in spans if span.look in ("actual", "target")]
            printed_ids = [i for i in printed_ids if i]
            assert len(printed_ids) == len(set(printed_ids))


def test_a_digit_without_source_is_refused(briefings: dict[str, Briefing]) -> None:
    by_id = {figure.id: figure for figure in FIGURES}
    briefing = briefings["city"]
    check_digits(briefing, by_id, SOURCES, few_comparisons(), fixed="10%")
    at, paragraph = next((i, b) for i, b in enumerate(briefing.blocks) if isinstance(b, Paragraph) and b.look == "body")
    for forged in (Span("98765"), Span("12550人", "actual", "000-3489"), Span("[9-99]", "mark", "", "e-9-99")):
        blocks = list(briefing.blocks)
        blocks[at] = replace(paragraph, spans=(*paragraph.spans, forged))
        with pytest.raises(RefusedError, match=r"number|mark"):
            check_digits(replace(briefing, blocks=tuple(blocks)), by_id, SOURCES, few_comparisons(), fixed="10%")


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40))
@example("# 标题")
@example("{% x %}{{ 7 * 7 }}")
@example("[a](b)\n\n- 一\n---\n")
@example("| a | b |\n|---|---|")
@example("\ue0000\ue001")
@example("**&amp;<b>$^_~`\\")
def test_no_name_changes_the_shape(name: str) -> None:
    kind = next(k for k in kinds(TEMPLATES) if k.name == "city")
    material = sample_material(kind, "甲市", "2023-03")
    sectors = tuple(replace(sector, name=name, short=name) for sector in SECTORS)
    figures = tuple(replace(f, indicator=name, agency=name) for f in material.figures)
    digests = tuple(replace(d, area=name) for d in material.summary.digests if d.area == "甲市")
    summary = replace(material.summary, digests=digests)
    named = replace(material, subject=name, sectors=sectors, figures=figures, summary=summary)
    assert shape_of(compose(kind, named, TEMPLATES).blocks) == shape_of(compose(kind, material, TEMPLATES).blocks)


def test_a_name_is_printed_as_it_is() -> None:
    kind = next(k for k in kinds(TEMPLATES) if k.name == "city")
    name = "# 甲*市* {{ 7 }} <b>&amp;</b> [a](b)"
    sectors = tuple(replace(sector, name=name) for sector in SECTORS)
    blocks = compose(kind, replace(sample_material(kind, "甲市", "2023-03"), sectors=sectors), TEMPLATES).blocks
    assert next(block.text for block in blocks if isinstance(block, Heading)) == f"一、{name}"


def test_a_target_whose_time_is_over_is_no_next_step(briefings: dict[str, Briefing]) -> None:
    tables = [block for block in briefings["city"].blocks if isinstance(block, Table)]
    periods = {span.text for row in tables[-1].rows for cell in row for spans in cell.lines for span in spans}
    assert "到2025年" in periods
    assert "2023年1—6月" not in periods


@pytest.mark.parametrize("count", [1, 2, 8])
def test_an_area_with_few_figures_has_no_empty_parts(count: int) -> None:
    figures = mark_key([figure for figure in FIGURES if figure.sector == "health" and figure.area == "朝阳市"][:count])
    briefing = briefing_of("city", "朝阳市", figures=figures)
    assert not [block for block in briefing.blocks if isinstance(block, Table) and not block.rows]
    assert all(block.spans for block in briefing.blocks if isinstance(block, Paragraph))
    assert sum(len(block.cards) for block in briefing.blocks if isinstance(block, Cards)) <= count


def test_a_place_without_figures_gets_a_page_that_says_so() -> None:
    text = text_of(briefing_of("city", "阜新市").blocks)
    assert "没有提取到" in text
    assert "EVIDENCE" not in text


def test_areas_stand_in_one_order_in_table_and_chart() -> None:
    sources = tuple(SOURCES.values())
    found = compare(FIGURES, sources, load())
    briefing = briefing_of("sector", "employment", comparisons=found)
    table = next(block for block in briefing.blocks if isinstance(block, Table) and block.caption)
    heads = [column.head[0][0].text for column in table.columns[1:-1]]
    assert heads == ["朝阳市", "鞍山市", "承德市"]  # who published last stands first
    unranked = [row for row in found.between_areas if row.sector == "employment" and not row.comparable]
    assert unranked
    for row in unranked:
        drawn = describe_comparison(row)
        assert drawn is not None
        assert [bar.label for bar in drawn.bars] == [area for area in heads if area in {b.label for b in drawn.bars}]
    coverage = describe_coverage(FIGURES, sources, ALL_SECTORS)
    assert coverage is not None
    assert [bar.label for bar in coverage.bars] == heads
    # the numbers of its sources rise from left to right
    for line in table.rows:
        numbers = [span.text for span in line[-1].lines[0]]
        assert numbers == sorted(numbers)


def test_what_a_card_says_beside_its_target_has_no_card_of_its_own() -> None:
    (pair,) = few_comparisons().progress
    pair = replace(pair, target=replace(pair.target, indicator="年内开工项目"))
    own = (pair.target, pair.actual, figure_of("朝阳市", "新增就业"))
    sources = {own[0].doc: SOURCES[own[0].doc]}
    found = Comparisons(progress=(pair,))
    front = cards(Material("朝阳市", "", own, {f.id: f for f in own}, sources, ALL_SECTORS, {}, found))
    assert front is not None
    assert {card.figure_id for card in front.cards} == {pair.target.id, own[2].id}


def test_of_a_rate_no_part_is_done_and_it_is_not_taken_for_the_amount_above() -> None:
    level = next(f for f in FIGURES if f.status == "actual" and f.measure == "level")
    material = Material("甲市", "", (), {}, {}, (), {})
    for measure, unit, name, share in (("level", "元", "生产总值", "82.7%"), ("growth", "%", "生产总值增速", "—")):
        actual = replace(level, measure=measure, base_unit=unit, unit=unit, indicator="生产总值")
        target = replace(actual, id="t", status="target")
        pair = Progress(
            "gdp", "甲市", target, actual, Decimal("82.7"), Decimal(100), "behind", "生产总值", "期满未达到"
        )
        row = _pair(material, pair)
        assert "".join(span.text for span in row[0].lines[0]).endswith(f"　{name}")
        assert row[3].lines[0][0].text == share
        cell = "".join(span.text for span in _progress_cell(pair))
        assert ("■" in cell) is (measure == "level") and ("期满未达到" in cell) is (measure == "growth")


def _spans(briefing: Briefing) -> Iterator[Span]:
    for block in briefing.blocks:
        if not isinstance(block, Evidence):
            yield from spans_of(block)
