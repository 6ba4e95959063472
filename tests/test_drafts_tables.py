"""Edited tables, rows and key figures: none is mixed with another, none comes back, values follow."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from pathlib import Path

from draft_edits import Person
from draft_promises import DATE, cells, texts
from draft_versions import base, edited, faults, merged, updated, word
from lxml import etree
from word_sample import BLOCKS, ROWS, actual, cell, s, sector_table

from reportgen.drafts import merge
from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import AUTHOR
from reportgen.model import Block, Card, Cards, Column, Heading, KeyPoints, Span, Table
from reportgen.ooxml import qn


def test_a_figure_copied_out_of_a_table_does_not_become_that_of_a_later_period() -> None:
    def table(month: int, value: str, figure: str) -> bytes:
        columns = tuple(Column((s(head),), 40.0) for head in ("指标", "数值", "时期"))
        row = (cell("接待游客"), cell(actual(value, figure)), cell(f"1—{month}月"))
        return word(Table(columns, (row,)), *BLOCKS)

    old = table(8, "1661", "v-8")
    person = Person(old, random.Random(0))
    made = etree.Element(qn("p"))
    etree.SubElement(etree.SubElement(made, qn("r")), qn("t")).text = "1—8月，接待游客（万人次）"
    made.append(copy.deepcopy(next(person.root.iter(qn("sdt")))))
    person.paragraphs()[0].addnext(made)
    shown = texts(merged(merge(old, person.data(), table(9, "1902", "v-9"), date=DATE)), accept=True)
    assert "1—8月，接待游客（万人次）1661" in shown
    assert "1902" in shown


def test_a_row_and_a_card_that_both_sides_changed_are_not_mixed() -> None:
    def months(last: int, value: str, figure: str) -> bytes:
        columns = tuple(Column((s(head),), 40.0) for head in ("指标", "数值", "时期"))
        row = (cell("接待游客"), cell(actual(value, figure)), cell(f"1—{last}月"))
        card = Card("旅游收入", value, "亿元", "actual", f"2023年1—{last}月", figure, Span(""), "", "")
        return word(Cards((card, card), 2), Table(columns, (row,)), *BLOCKS)

    old, new = months(8, "1661", "v-8"), months(9, "1902", "v-9")
    theirs = edited(">1—8月<", ">暑期结束前<", edited("2023年1—8月<", "暑期结束前<", old))
    data = merged(merge(old, theirs, new, date=DATE))
    found = cells(data)
    assert found[2][1:] == [["接待游客", "1661", "暑期结束前"], ["接待游客", "1902", "1—9月"]]
    assert found[0][0][0] == "旅游收入\n1661 亿元\n● 实际　暑期结束前"
    assert found[1][0][0] == "旅游收入\n1902 亿元\n● 实际　2023年1—9月"


def test_a_table_with_other_columns_is_exchanged_or_left_alone(tmp_path: Path) -> None:
    old = next(block for block in BLOCKS if isinstance(block, Table))
    narrow = Table(old.columns[:3], tuple(row[:3] for row in old.rows), notes=old.notes)
    fresh = updated(old, narrow)
    data = merged(merge(base(), edited("；扶持创业", "；大力扶持创业"), fresh, date=DATE))
    assert faults(data, tmp_path) == []
    theirs = edited(">引进高校毕业生<", ">引进大学生<")
    result = merge(base(), theirs, fresh, date=DATE)
    data = merged(result)
    rows = [
        row
        for row in open_draft(data, where="").root.iter(qn("tr"))
        if row.find(f"{qn('trPr')}/{qn('del')}") is not None
    ]
    assert rows == []
    shown = texts(data, accept=True)
    assert len(result.report.conflicts) == 1
    # Theirs first and whole, ours right behind it.
    assert shown.index("引进大学生") < shown.index("引进高校毕业生")


def test_a_ranking_that_turned_takes_its_new_order_but_not_over_a_persons() -> None:
    old = next(block for block in BLOCKS if isinstance(block, Table))
    turned = updated(old, replace(old, rows=(*old.rows[3:], *old.rows[:3])))
    data = merged(merge(base(), edited("；扶持创业", "；大力扶持创业"), turned, date=DATE))
    shown = texts(data, accept=True)
    assert shown.index("社会保险各类待遇发放") < shown.index("农村劳动力转移就业")
    person = Person(base(), random.Random(0))
    rows = next(row.getparent() for row in person.rows() if "引进高校毕业生" in "".join(row.itertext())).findall(
        qn("tr")
    )
    rows[1].addprevious(rows[7])
    theirs = person.data()
    data = merged(merge(base(), theirs, turned, date=DATE))
    assert texts(data, accept=True) == texts(theirs, accept=True)


def test_a_table_whose_columns_a_person_changed_keeps_them_and_gets_new_values(tmp_path: Path) -> None:
    person = Person(base(), random.Random(0))
    table = next(row.getparent() for row in person.rows() if "引进高校毕业生" in "".join(row.itertext()))
    for row in table.findall(qn("tr")):
        row.remove(row.findall(qn("tc"))[-1])
    table.find(qn("tblGrid")).remove(table.find(qn("tblGrid"))[-1])
    theirs = person.data()
    rows = tuple(("新增就业", "12600", *row[2:]) if row[0] == "新增就业" else row for row in ROWS)
    old = next(block for block in BLOCKS if isinstance(block, Table))
    more = updated(old, sector_table((*rows, ("新建场馆", "8", "个", "", "1-12", "fig-77"))))
    result = merge(base(), theirs, more, date=DATE)
    data = merged(result)
    shown = texts(data, accept=True)
    assert "12600" in shown and "新建场馆" not in shown
    assert any("新建场馆 8 个" in conflict.new for conflict in result.report.conflicts)
    assert texts(data, accept=False, author=AUTHOR) == texts(theirs, accept=False, author=AUTHOR)
    assert faults(data, tmp_path) == []


def test_of_two_rows_of_one_name_the_one_that_says_the_same_is_the_same() -> None:
    old = next(block for block in BLOCKS if isinstance(block, Table))
    more = updated(old, sector_table((("扶持创业带头人", "31", "人", "", "1-12", "fig-77"), *ROWS)))
    report = merge(base(), edited("；扶持创业", "；大力扶持创业"), more, date=DATE).report
    assert [text[:10] for text in report.inserted] == ["扶持创业带头人 31"]
    assert not report.figures and not report.deleted


def test_a_table_that_a_person_took_out_stays_out_with_other_columns() -> None:
    person = Person(base(), random.Random(0))
    table = next(row.getparent() for row in person.rows() if "引进高校毕业生" in "".join(row.itertext()))
    table.getparent().remove(table)
    old = next(block for block in BLOCKS if isinstance(block, Table))
    narrow = Table(old.columns[:4], tuple(row[:4] for row in old.rows), notes=old.notes)
    data = merged(merge(base(), person.data(), updated(old, narrow), date=DATE))
    assert "引进高校毕业生" not in texts(data, accept=True)


def test_an_edited_table_under_another_heading_is_still_that_table() -> None:
    theirs = edited(">引进高校毕业生<", ">引进大学生<")
    at = next(i for i, block in enumerate(BLOCKS) if isinstance(block, Table))
    new = word(*BLOCKS[:at], Heading(1, "另起一章"), *BLOCKS[at:])
    result = merge(base(), theirs, new, date=DATE)
    assert texts(merged(result), accept=True).count("养老保险参保人数") == texts(theirs, accept=True).count(
        "养老保险参保人数"
    )
    assert not result.report.conflicts


def test_a_table_with_a_column_of_a_persons_stays_beside_one_with_other_heads() -> None:
    person = Person(base(), random.Random(0))
    person.add_column()
    old = next(block for block in BLOCKS if isinstance(block, Table))
    heads = tuple(replace(column, head=(s(f"新{n}"),)) if n else column for n, column in enumerate(old.columns))
    data = merged(merge(base(), person.data(), word(*(with_heads(block, heads) for block in BLOCKS)), date=DATE))
    shown = texts(data, accept=True)
    assert "新6" in shown and all(word in "".join(shown) for word in person.words)
    assert shown.count("12549") >= texts(base(), accept=True).count("12549")


def with_heads(block: Block, heads: tuple[Column, ...]) -> Block:
    return replace(block, columns=heads) if isinstance(block, Table) else block


def test_the_box_of_key_points_with_other_words_is_still_that_box() -> None:
    old = next(block for block in BLOCKS if isinstance(block, KeyPoints))
    first, *others = old.points
    new = updated(old, replace(old, points=(("就业社保", s("全市就业形势稳定。")), *others)))
    shown = texts(merged(merge(base(), edited("；扶持创业", "；大力扶持创业"), new, date=DATE)), accept=True)
    assert shown.count("本期要点") == 1 and first[0] == "就业社保"
