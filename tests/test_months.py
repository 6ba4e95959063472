"""Month after month: what an issue knows and says is new, the same bytes again, the difference between two issues."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import docx
import openpyxl
import pdfplumber
import pytest
from docx.oxml.ns import qn
from gold_rows import SEEDS, SOURCES, gold_figures
from office import DOCUMENTS, Office, office

from reportgen.model import Difference
from reportgen.pipeline.month import arrived
from reportgen.tables import differences_csv, differences_markdown

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
LATER = "鞍山市_2023-10-09.txt"
LATER_TEXT = """鞍山市政府新闻办公室召开新闻发布会
发布时间：2023-10-09

市人力资源和社会保障局介绍了相关情况。

2023年1至9月，全市城镇新增就业3.2万人。2023年，全市开展各类招聘活动不少于350场。
"""


def add(office: Office, name: str = LATER, text: str = LATER_TEXT, received: str = "") -> None:
    (office.folder / "seeds" / name).write_text(text, encoding="utf-8")
    if received:
        listing = f"doc,area,published,received\n{name},,,{received}\n"
        (office.folder / "seeds" / "sources.csv").write_text(listing, encoding="utf-8")


def said(office: Office, name: str) -> str:
    """The words of a Word briefing, those in tables and content controls too."""
    body = docx.Document(str(office.out / name)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def rows(office: Office, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((office.out / name).read_bytes().decode("utf-8-sig"), newline="")))


def issue(office: Office, month: str) -> dict[str, bytes]:
    return {name: data for name, data in office.tree().items() if name.startswith(month)}


def test_an_earlier_month_built_again_has_the_same_bytes(office: Office) -> None:
    months = []
    for month in ("2023-04", "2023-09", "2023-04"):
        assert office.run("build", "--month", month, "--force")[0] == 0
        months.append(issue(office, month))
    assert months[0] == months[2]
    assert len(months[0]) > 10


def test_a_document_received_late_leaves_earlier_issues_as_they_were(office: Office) -> None:
    office.run("build", "--month", "2023-04")
    before = issue(office, "2023-04")
    add(office, "阜新市_2023-03-01.txt", LATER_TEXT.replace("鞍山", "阜新").replace("10-09", "03-01"), "2023-09-20")
    office.run("build", "--month", "2023-04", "--force")
    after = issue(office, "2023-04")
    assert {name for name in before if before[name] != after[name]} == {"2023-04/manifest.json"}
    assert before.keys() == after.keys()
    office.run("build", "--month", "2023-09")
    words = said(office, "2023-09/月报.docx")
    assert "补 2023年3月1日发布" in words
    assert "新 2023年9月13日发布" in words
    assert "前 2023年4月17日发布" in words
    assert "补录1" in words


@pytest.mark.parametrize(
    ("received", "month"),
    [("", "2023-04"), ("2023-09-20", "2023-09"), ("2023-09", "2023-09"), ("2023-01-05", "2023-04")],
)
def test_a_document_comes_in_when_it_is_published_or_received_if_that_is_later(received: str, month: str) -> None:
    assert arrived(replace(SOURCES[SEEDS["001"].name], received=received)) == month


def test_a_day_of_receipt_that_is_none_is_named(office: Office) -> None:
    add(office, received="昨天")
    code, _, err = office.run("build")
    assert code == 2
    assert "'昨天' is no date" in err and LATER in err


def test_the_issue_says_what_changed_and_how_targets_stand(office: Office) -> None:
    plan = LATER_TEXT.replace("10-09", "05-10").partition("2023年1至9月")[0]
    add(office, "鞍山市_2023-05-10.txt", f"{plan}到2023年底，全市城镇新增就业将达到3.9万人。\n")
    add(office)
    assert office.run("build", "--month", "2023-10")[0] == 0
    changes = {row["indicator"]: row for row in rows(office, "2023-10/tables/changes.csv")}
    assert (changes["招聘活动"]["value_before"], changes["招聘活动"]["value"]) == ("300", "350")
    assert changes["招聘活动"]["kind"] == "revised"
    (pair,) = [row for row in rows(office, "2023-10/tables/progress.csv") if row["area"] == "鞍山市"]
    assert (pair["completion"], pair["year_elapsed"], pair["verdict"]) == ("82.1", "75", "ahead")
    words = said(office, "2023-10/月报.docx")
    assert "前后变化" in words and "更正" in words
    assert "目标进展" in words and "82.1%" in words and "快于时序" in words
    assert "完成率＝实际÷目标" in words, "the rule is printed"
    book = openpyxl.load_workbook(office.out / "2023-10/tables/tables.xlsx")
    assert "本期变化" in book.sheetnames
    assert "完成率＝实际÷目标" in str(book["进度"].cell(book["进度"].max_row, 1).value)


def test_contradicting_documents_are_both_kept_and_the_rule_is_told(office: Office) -> None:
    add(office)
    office.run("build", "--month", "2023-10")
    figures = [row for row in rows(office, "2023-10/tables/figures.csv") if row["indicator_id"] == "job_fairs"]
    assert {"300", "350"} <= {row["num"] for row in figures if row["area"] == "鞍山市"}
    run = office.tree(run=True)["2023-10/run.json"].decode()
    assert "contradictory" not in run, "350 is within 不少于300"
    add(office, text=LATER_TEXT.replace("不少于350", "250").replace("开展各类", "将开展各类"))
    office.run("build", "--month", "2023-10")
    run = office.tree(run=True)["2023-10/run.json"].decode()
    assert "contradictory" in run and "取最后发布的材料" in run


def test_an_issue_without_documents_is_one_page(office: Office) -> None:
    office.run("build", "--month", "2023-06")
    assert "没有收到新发布的材料" in said(office, "2023-06/月报.docx")
    with pdfplumber.open(office.out / "2023-06/月报.pdf") as pages:
        assert len(pages.pages) == 1
    assert rows(office, "2023-06/tables/changes.csv") == []


def test_places_of_one_name_are_never_one_place(office: Office) -> None:
    text = LATER_TEXT.replace("鞍山市", "朝阳区").replace("全市", "全区")
    for doc in ("a.txt", "b.txt"):
        (office.folder / "seeds" / doc).write_text(text if doc == "a.txt" else text + "\n", encoding="utf-8")
    listing = "doc,area\na.txt,北京市朝阳区\nb.txt,长春市朝阳区\n"
    (office.folder / "seeds" / "sources.csv").write_text(listing, encoding="utf-8")
    assert office.run("build", "--month", "2023-10", "--format", "docx")[0] == 0
    made = {name.split("/")[-1] for name in issue(office, "2023-10") if "/cities/" in name and "/.base/" not in name}
    assert {"北京市朝阳区.docx", "长春市朝阳区.docx", "朝阳市.docx"} <= made
    compared = [row for row in rows(office, "2023-10/tables/comparisons.csv") if row["indicator_id"] == "job_fairs"]
    assert {"北京市朝阳区", "长春市朝阳区"} <= {row["area"] for row in compared}
    areas = {row["area"] for row in rows(office, "2023-10/tables/figures.csv")}
    assert "朝阳区" not in areas


def test_diff_prints_and_writes_every_figure_that_differs(office: Office) -> None:
    add(office)
    code, out, _ = office.run("diff", "2023-04", "2023-10")
    assert code == 0
    lines = out.splitlines()
    assert [line for line in lines if line.startswith("~")] == [
        line for line in lines if "300场" in line and "350场" in line
    ]
    table = rows(office, "diff/2023-04_2023-10.csv")
    assert len(table) == sum(line[:2] in ("+ ", "~ ", "- ") for line in lines)
    assert {row["doc"] for row in table} == {CITY, LATER}
    assert {row["change"] for row in table} == {"added", "changed"}
    page = (office.out / "diff/2023-04_2023-10.md").read_text("utf-8")
    assert page.startswith("# 2023年4月与2023年10月两期数据的差别")
    assert page.count("\n| ") == len(table) + 2, "two heads"
    changed = page.partition("## 变化")[2].partition("\n## ")[0].splitlines()
    assert any("| 300场 | 350场 |" in line for line in changed), "before stands left of after"
    code, out, _ = office.run("diff", "2023-10", "2023-04")
    assert code == 0 and f"0 added, 0 changed, {len(table)} dropped" in out
    assert "0 added, 0 changed, 0 dropped" in office.run("diff", "2023-09", "2023-09")[1]


@pytest.mark.parametrize(
    ("months", "what"),
    [
        (("2023-04", "2023-13"), "'2023-13' is no month"),
        (("2022-01", "2023-09"), "nothing was published up to 2022-01"),
        (("2023-04", "2023-05", "2023-06"), "too many arguments"),
    ],
)
def test_diff_names_what_is_no_issue(office: Office, months: tuple[str, ...], what: str) -> None:
    code, _, err = office.run("diff", *months)
    assert code == 2 and what in err
    assert not (office.out / "diff").exists()


def test_names_from_documents_are_no_markup_in_the_page_of_differences() -> None:
    figure = replace(gold_figures("001")[0], indicator="| a | [x](http://y) <b>*\n# 标题", area="=1+1")
    page = differences_markdown([Difference("added", None, figure)], "2023-04", "2023-09").decode()
    assert len(page.splitlines()) == 9
    assert r"\| a \| \[x\](http://y) \<b\>\* \# 标题" in page
    assert b"'=1+1" in differences_csv([Difference("added", None, figure)])
