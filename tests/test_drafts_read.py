"""Drafts read back: the same blocks from an unedited file, all words of an edited one, and findings that are right."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from draft_edits import EDITS, Person
from word_sample import BLOCKS, CARDS, TEMPLATE, briefing, house, with_number

from reportgen.drafts import check_draft, draft_to_briefing, merge, read_draft
from reportgen.model import Block, Cards, Heading, PageBreak, Paragraph, Picture, Span
from reportgen.ooxml import qn, read_package, write_package
from reportgen.render.docx import render
from reportgen.render.docx.anchors import bookmark_name

BASE = render(briefing(), house(), template=TEMPLATE)


def word(*blocks: Block) -> bytes:
    return render(briefing(*blocks), house(), template=TEMPLATE)


def edited(old: str, new: str, data: bytes = BASE) -> bytes:
    parts = read_package(data, where="test")
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new, 1).encode()
    return write_package(parts)


def comparable(value: Any) -> Any:
    """The value with link targets as bookmarks and without looks that Word prints alike."""
    if isinstance(value, tuple):
        return tuple(comparable(item) for item in value)
    if isinstance(value, Picture):
        return (value.chart.title, value.number, value.sources, comparable(value.drawing))
    if not is_dataclass(value):
        return value
    made = {field.name: comparable(getattr(value, field.name)) for field in fields(value)}
    for name in ("link", "anchor"):
        if made.get(name) and not made[name].startswith("a_"):
            made[name] = bookmark_name("a_", made[name])
    return (type(value).__name__, tuple(sorted(made.items(), key=lambda item: item[0])))


def words_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(words_of(item) for item in value)
    return "".join(words_of(getattr(value, field.name)) for field in fields(value)) if is_dataclass(value) else ""


def test_two_cards_in_one_cell_keep_their_own_numbers() -> None:
    person = Person(BASE, random.Random(0))
    name = next(p for p in person.root.iter(qn("p")) if "".join(p.itertext()).startswith("社会保险待遇发放"))
    cells = name.getparent().getparent().findall(qn("tc"))
    for paragraph in name.getparent().findall(qn("p")):
        cells[0].append(paragraph)
    back, _ = draft_to_briefing(person.data(), briefing(), house())
    cards = next(block for block in back.blocks if isinstance(block, Cards)).cards
    assert {(card.name, card.number, card.unit) for card in cards} == {(c.name, c.number, c.unit) for c in CARDS.cards}


def test_an_unedited_draft_gives_the_blocks_it_was_made_from() -> None:
    back, problems = draft_to_briefing(BASE, briefing(), house())
    assert problems == ()
    wanted = [replace(b, sources=()) if isinstance(b, Picture) else b for b in BLOCKS]
    got = [replace(b, sources=()) if isinstance(b, Picture) else b for b in back.blocks]
    for one, other in zip(wanted, got, strict=True):
        if isinstance(one, Picture):
            assert isinstance(other, Picture)
            assert (one.chart.title, one.drawing) == (other.chart.title, other.drawing)
        else:
            assert comparable(one) == comparable(other)


@pytest.mark.parametrize("seed", range(10))
def test_every_word_of_a_person_gets_into_the_pdf(seed: int) -> None:
    chance = random.Random(seed)
    person = Person(BASE, chance)
    for _ in range(8):
        chance.choice(EDITS)(person)
    data = person.data()
    back, _ = draft_to_briefing(data, briefing(), house())
    said, printed = read_draft(data).text, "".join(words_of(block) for block in back.blocks)
    for typed in person.words:
        assert typed not in said or typed in printed


def test_a_page_break_at_the_end_of_a_paragraph_stands_behind_it() -> None:
    data = edited("不是同比。</w:t></w:r>", '不是同比。</w:t></w:r><w:r><w:br w:type="page"/></w:r>')
    back, _ = draft_to_briefing(data, briefing(), house())
    at = next(i for i, block in enumerate(back.blocks) if isinstance(block, Heading) and block.text == "二、卫生健康")
    assert isinstance(back.blocks[at - 1], PageBreak)
    assert [type(b) for b in back.blocks].count(PageBreak) == 3


def test_a_picture_put_in_by_hand_is_reported() -> None:
    blocks = [block for block in BLOCKS if isinstance(block, Picture)]
    _, problems = draft_to_briefing(word(*blocks), briefing(Heading(1, "一、别的")), house())
    assert [problem.code for problem in problems] == ["picture"]


CASES = {
    "nothing": ("", "", None, []),
    "a number without a source": ("；扶持创业", "；完成投资9876万元，扶持创业", None, ["unbacked"]),
    "a number of a source sentence": ("；扶持创业", "；发放贷款2.3亿元，扶持创业", None, []),
    "a date": ("；扶持创业", "；截至2024年11月30日，扶持创业", None, []),
    "a figure changed": (">12549人<", ">13000人<", None, ["by hand"]),
    "a newer value": ("", "", "12600人", ["stale", "stale"]),
    "their own newer value": (">12549人<", ">12600人<", "12600人", ["stale"]),
}


@pytest.mark.parametrize("case", CASES)
def test_findings(case: str) -> None:
    old, new, value, kinds = CASES[case]
    newer = word(*(with_number(block, "fig-10", value) for block in BLOCKS)) if value else None
    found = check_draft(edited(old, new) if old else BASE, BASE, newer)
    assert [finding.kind for finding in found] == kinds
    assert all(finding.sentence and str(finding) for finding in found)


def test_a_lost_link_is_found() -> None:
    person = Person(BASE, random.Random(0))
    control = next(c for c in person.root.iter(qn("sdt")) if "562人" in "".join(c.itertext()))
    for neighbour in (control.getprevious(), control.getnext()):
        control.getparent().remove(neighbour)
    control.getparent().replace(control, control.find(f"{qn('sdtContent')}/{qn('r')}"))
    findings = check_draft(person.data(), BASE)
    assert [(finding.kind, finding.text) for finding in findings] == [("unlinked", "562人")]


def test_changes_of_ours_that_nobody_answered_are_found() -> None:
    newer = word(*(with_number(block, "fig-10", "12600人") for block in BLOCKS))
    result = merge(BASE, edited("；扶持创业", "；大力扶持创业"), newer, date="2023-09-13")
    assert result.data is not None
    assert {finding.kind for finding in check_draft(result.data, newer)} == {"pending"}


def test_text_in_controls_and_insertions_is_read() -> None:
    data = edited("；扶持创业", '；</w:t></w:r><w:ins w:id="7777" w:author="x"><w:r><w:t>扶持创业')
    data = edited("带头人</w:t></w:r>", "带头人</w:t></w:r></w:ins>", data)
    assert "；扶持创业带头人562人" in read_draft(data).text
    assert ("fig-11", "562人") in [figure for line in read_draft(data).lines for figure in line.figures]


def test_a_control_that_libreoffice_ran_together_with_the_next_ends_where_its_bookmark_ends() -> None:
    figure = (
        '<w:sdt><w:sdtPr/><w:sdtContent><w:bookmarkStart w:id="9105" w:name="f_fig_11_1"/><w:r><w:t>562</w:t></w:r>'
        '<w:r><w:t>人</w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:bookmarkStart w:id="9106" w:name="f_fig_11_2"/>'
        '<w:bookmarkEnd w:id="9105"/><w:r/></w:sdtContent></w:sdt><w:hyperlink w:anchor="a_s_1_11"><w:r>'
        '<w:t>[1-11]</w:t></w:r></w:hyperlink></w:sdtContent></w:sdt><w:bookmarkEnd w:id="9106"/>'
    )
    data = edited("，带动就业</w:t></w:r>", f"，带动就业</w:t></w:r>{figure}")
    line = next(line for line in read_draft(data).lines if "带动就业562人[1-11]" in line.text)
    assert ("", "562人") in line.figures


def test_spans_keep_figure_and_look() -> None:
    back, _ = draft_to_briefing(edited("；扶持创业", "；大力扶持创业"), briefing(), house())
    paragraph = next(b for b in back.blocks if isinstance(b, Paragraph) and "大力" in words_of(b))
    assert Span("12549人", "actual", "fig-10") in paragraph.spans
