"""Segmenting: title, date and place of a document, its sections with their shared context, its sentences and tables."""

import tomllib
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.clean import clean
from reportgen.errors import DocumentError
from reportgen.model import Document, Listing, Report
from reportgen.read import read_document
from reportgen.segment import segment
from reportgen.segment.grids import Line, grids
from reportgen.segment.place import place
from reportgen.segment.publication import publication, stated
from reportgen.segment.sentences import LONGEST, sentence_spans
from reportgen.segment.titles import genre, title
from reportgen.vocabulary import load

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases" / "segment.toml").read_text(encoding="utf-8"))
SEEDS = {path.name[:3]: path for path in sorted((HERE.parent / "seeds").glob("*.txt"))}
WORDS = load()


def cases(kind: str) -> list[object]:
    return [pytest.param(case, id=case["label"]) for case in CASES[kind]]


def read(text: str, listing: Listing | None = None) -> Report:
    document = clean(Document("case.txt", "0" * 64, "text/plain", "utf-8", text, text))
    return segment(document, listing=listing or Listing("case.txt", "阜新市", "2023-09-13"), vocabulary=WORDS)


@pytest.mark.parametrize("case", cases("title"))
def test_title_and_genre(case: dict[str, str]) -> None:
    assert title(case["text"], "阜新市", 2023) == case["title"]
    assert genre(case["text"]) == case["genre"]


@pytest.mark.parametrize("case", cases("published"))
def test_date_of_publication(case: dict[str, object]) -> None:
    found = publication(case["text"], "case.txt")
    assert found is not None
    assert (f"{found.day}", found.known) == (case["day"], case["known"])
    assert found.month_only == case.get("month_only", False)


@pytest.mark.parametrize("case", cases("place"))
def test_place(case: dict[str, str]) -> None:
    found = place(case["text"], "case.txt", WORDS)
    assert found is not None
    assert found.name == case["area"]


@pytest.mark.parametrize("case", cases("section"))
def test_sections_and_what_they_inherit(case: dict[str, object]) -> None:
    rows = [
        f"{' / '.join(section.headings)} | {section.period} | {section.status} | {section.agency}".strip()
        for section in read(case["text"]).sections
    ]
    assert [row for row, _ in groupby(rows)] == [row.strip() for row in case["rows"]]


@pytest.mark.parametrize(
    ("stem", "area", "published", "name"),
    [
        ("000", "朝阳市", "2023-09-13", "“贯彻党的二十大精神——实施全面振兴新突破三年行动”主题系列新闻发布会(第三场)"),
        ("002", "辽宁省", "2023-03-31", "增进民生福祉共享发展成果——“实施全面振兴新突破三年行动”主题系列新闻发布会⑪"),
        ("003", "阜新市", "2023-01-03", "2023年阜新市政府工作报告"),
        ("004", "承德市", "2021-04-30", "“承德市2021年民生工程推进工作”新闻发布会"),
    ],
)
def test_the_seeds_are_placed_and_dated_by_their_own_words(stem: str, area: str, published: str, name: str) -> None:
    document = clean(read_document(SEEDS[stem], name="case.txt"))
    source = segment(document, listing=None, vocabulary=WORDS).source
    assert (source.area, f"{source.published}", source.title) == (area, published, name)


def test_what_a_person_lists_wins() -> None:
    listing = Listing("case.txt", "喀左县", "2020-05", title="通报")
    source = read("鞍山市通报\n发布时间:2023-04-17\n", listing).source
    assert (source.area, source.area_code, source.title) == ("喀喇沁左翼蒙古族自治县", "211324", "通报")
    assert (f"{source.published}", source.month_only, source.area_known) == ("2020-05-31", True, "literal")


@pytest.mark.parametrize(
    ("listing", "what"),
    [
        (Listing("case.txt", "", "2023-01"), "which area"),
        (Listing("case.txt", "朝阳市", ""), "when the document was published"),
        (Listing("case.txt", "朝阳市", "四月"), "not YYYY-MM-DD"),
        (Listing("case.txt", "朝阳市", "2023-13"), "not YYYY-MM-DD"),
        (Listing("case.txt", "朝阳市", "23"), "not YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_told_is_asked_for(listing: Listing, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as error:
        read("工作顺利。", listing)
    assert "2023-04-17" in str(error.value) or "sources.csv" in str(error.value)


def test_stated_dates() -> None:
    assert [stated(words) is None for words in ("2023-04-17", "2023-04", "2023", "2023-02-30", "x-y", "")] == [
        False,
        False,
        False,
        True,
        True,
        True,
    ]


@given(st.text(alphabet="就业。！\n ，、1a.%", max_size=2000))
def test_sentences_are_in_order_bounded_and_leave_out_blanks_only(text: str) -> None:
    spans = list(sentence_spans(text, 0, len(text)))
    assert all(0 < end - start <= LONGEST for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    left_out = text[: spans[0][0]] if spans else text
    left_out += "".join(text[first[1] : second[0]] for first, second in pairwise(spans))
    # blanks, and runs of digits longer than any number
    assert not left_out.strip() or len(left_out) > 60


def test_a_number_is_never_cut() -> None:
    text = "就" * 590 + "12345.678万元" + "业" * 300
    pieces = [text[start:end] for start, end in sentence_spans(text, 0, len(text))]
    assert [piece for piece in pieces if "12345.678" in piece]
    endless = "就" * 500 + "7" * 5000 + "人。"
    assert [endless[start:end] for start, end in sentence_spans(endless, 0, len(endless))] == [
        "就" * 500,
        "人。",
    ]


def lines(text: str) -> tuple[Line, ...]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(at, at + len(line), line))
        at += len(line) + 1
    return tuple(found)


def test_tables_of_tabs_and_of_lines() -> None:
    tabbed = "产量表\n指标\t完成\t增长（%）\n粮食\t12\t3.5\n蔬菜\t…\t-1"
    found = grids(lines(tabbed))
    cells = [(tabbed[cell.start : cell.end], cell.label, cell.head, cell.title) for cell in found[0].cells]
    assert cells == [
        ("12", "粮食", "完成", "产量表"),
        ("3.5", "粮食", "增长（%）", "产量表"),
        ("-1", "蔬菜", "增长（%）", "产量表"),
    ]
    flat = "指标\n完成\n增长\n粮食\n12\n3.5\n蔬菜\n8\n-1\n水果\n5\n2"
    cells = [(flat[cell.start : cell.end], cell.label, cell.head) for cell in grids(lines(flat))[0].cells]
    assert cells == [
        ("12", "粮食", "完成"),
        ("3.5", "粮食", "增长"),
        ("8", "蔬菜", "完成"),
        ("-1", "蔬菜", "增长"),
        ("5", "水果", "完成"),
        ("2", "水果", "增长"),
    ]


def test_prose_is_no_table() -> None:
    assert grids(lines("新增就业。\n2023\n年。\n3\n万人。")) == ()


@given(st.text(alphabet="一二、(（)）是请局长介绍。：:\n12记者答下步,回顾年", max_size=200))
def test_any_text_is_cut_into_sections_without_loss_of_order(text: str) -> None:
    report = read(text)
    starts = [sentence.start for section in report.sections for sentence in section.sentences]
    assert starts == sorted(starts)
    cleaned = report.document.text
    for section in report.sections:
        assert all(cleaned[sentence.start : sentence.end] == sentence.text for sentence in section.sentences)
