"""Lines and pages of the PDF: where a line may end, what is never torn, what a page begins and ends with."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
import sample_briefing as sample
from drawn_pdf import characters, drawn, house, render
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.model import (
    Block,
    Cell,
    Column,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
)
from reportgen.render import pdf
from reportgen.render.pdf.breaking import CLOSING
from reportgen.render.pdf.faces import load_faces
from reportgen.render.pdf.text import Line, Look, Run, set_lines

NEVER_FIRST = set("，。、；：！？”’》）】〕%％…")
NEVER_LAST = set("“‘《（【〔")
BODY = Look("song", 12, "#000000", leading=19.5)


def rows(data: bytes, left: float = 0, right: float = 600) -> list[str]:
    """The lines of running text (12 pt song, with the figures in it) as they stand on the pages."""
    found = []
    for page in characters(data):
        body = [char for char in page if left <= char["x0"] <= right and char["size"] > 6.5]
        body.sort(key=lambda char: round(char["bottom"]))
        for _, line in groupby(body, key=lambda char: round(char["bottom"] / 19.5)):
            found.append("".join(char["text"] for char in sorted(line, key=lambda char: char["x0"])).strip())
    return found


def test_running_text_keeps_the_rules_of_line_ends():
    spans = sample.text(
        "全市新增就业*12549人*，比上年同期增长*17%*[10]；扶持创业带头人*562人*（同比增长28%），带动就业*3304人*[11]。“四不”窗口"
        "累计解决各类问题*166件*，办结率100%、满意率99%[22]；《就业促进条例》颁布，1—9月“招不到工”17件。"
    )
    for shift in range(28):
        block = Paragraph((Span("市" * shift), *spans))
        lines = [line for line in rows(render(block)) if line and not line.startswith("—")]
        assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]
        for whole in ("12549人", "17%", "3304人", "166件", "99%", "1—9月", "[1-10]"):
            assert any(whole in line for line in lines), (shift, whole)


def test_full_lines_reach_the_right_margin():
    page = house().page
    edge = (page.width - page.margins.right) * 72 / 25.4
    block = Paragraph(sample.text("企业、机关事业、城乡居民养老保险参保人数达到*217.1万人*，" * 12))
    chars = [char for char in characters(render(block))[0] if char["bottom"] < 760]
    ends: dict[int, float] = {}
    for char in chars:
        line = round(char["bottom"] / 19.5)
        ends[line] = max(ends.get(line, 0.0), char["x1"])
    full = [end for _, end in sorted(ends.items())][:-1]
    assert len(full) > 4
    # A line that ends with a mark may hang half its em into the mark's own white.
    assert all(edge - 0.5 <= end <= edge + 6.5 for end in full)


def test_gb9704_has_22_lines_of_28_characters():
    data = pdf.render(sample.city((Paragraph((Span("汉" * 28 * 30),)),)), house("gb9704"))
    first = [char for char in characters(data)[0] if char["size"] == pytest.approx(15.75)]
    lines = [list(line) for _, line in groupby(first, key=lambda char: round(char["top"], 1))]
    assert len(lines) == 22
    assert [len(line) for line in lines[1:]] == [28] * 21
    assert lines[1][0]["x0"] == pytest.approx(28 * 72 / 25.4, abs=0.5)


def test_a_number_with_its_unit_and_a_short_bracket_are_never_torn():
    spans = (Span("已完成"), Span("4.8亿元", "actual", "f"), Span("（推算"), Span("80.0%", "number", "f"), Span("）。"))
    plain = "全年接待游客1661.04万人次，比上年多173.9万平方米（同比增长28%），占10.0%（推算）；"
    for size in range(9, 24):
        text = Paragraph((Span(plain), *spans, Span(plain)))
        page = characters(
            render(Paragraph((Span("文" * size),)), replace(text, spans=(Span("文" * size), *text.spans)))
        )
        lines = ["".join(c["text"] for c in line) for _, line in groupby(page[0], key=lambda c: round(c["bottom"]))]
        for whole in ("（推算80.0%）", "4.8亿元", "1661.04万人次", "173.9万平方米", "（同比增长28%）", "10.0%（推算）"):
            assert any(whole in line for line in lines), (size, whole, lines)


TEXTS = st.text(
    st.sampled_from("新增就业人数达到，。；：！？“”《》（）、—…1234567890.%万亿元个 abcXYZ/"), min_size=1, max_size=120
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(8, 40), st.booleans())
@example("，" * 30, 10, True)
@example("1" * 90, 10, True)
@example("0000009b“““““““！《", 12, False)
def test_lines_lose_nothing_and_obey_the_rules(words: str, ems: int, justify: bool):
    faces = load_faces()
    lines = set_lines([Run(words, BODY)], 12.0 * ems, faces, justify=justify)
    texts = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert "".join(texts).replace(" ", "") == words.replace(" ", "")
    for line in lines:
        assert line.pieces[-1].x + line.pieces[-1].width <= 12.0 * ems + 6.6
    if not re.search(r"[^新增就业人数达到 ]{6}", words):
        assert not [text for text in texts[1:] if text.lstrip()[:1] in NEVER_FIRST]
        assert not [text for text in texts[:-1] if text.rstrip()[-1:] in NEVER_LAST]


def test_pieces_of_a_line_follow_one_another():
    line: Line = set_lines([Run("新增就业（含1.5万人），同比。", BODY)], 400, load_faces())[0]
    places = [piece.x for piece in line.pieces]
    assert places == sorted(places)
    assert "，" in CLOSING


def test_a_short_table_is_divided_only_where_much_of_a_page_would_stay_empty():
    def table(count: int) -> Table:
        cells = tuple(
            (Cell(((Span(f"第{number}行"),),)), Cell(((Span(str(number), "number"),),))) for number in range(count)
        )
        return Table((Column(((Span("指标名"),),), 80), Column(((Span("数值"),),), 76, "right")), cells)

    def pages_of(words: int, rows: int) -> list[str]:
        data = render(Paragraph((Span("文" * words),)), table(rows))
        return ["".join(char["text"] for char in page) for page in characters(data)]

    first, second = pages_of(1092, 15)
    assert "第0行" in second and "第14行" in second and "指标名" not in first
    first, second = pages_of(886, 15)
    divided = [number for number in range(15) if f"第{number}行" in second]
    assert "指标名" in first and "指标名" in second
    assert 3 <= len(divided) <= 12
    pages = pages_of(900, 90)
    assert len(pages) == 3
    assert all(page.count("指标名") == 1 for page in pages)
    assert all(f"第{number}行" in "".join(pages) for number in range(90))


def test_a_note_never_stands_on_another_page_than_the_end_of_its_table():
    column = Column(((Span("指标名"),),), 80)
    notes = ((Span("注一"),), (Span("注二"),))
    for words in range(36, 36 * 24, 108):
        cells = tuple((Cell(((Span(f"第{number}行"),),)),) for number in range(20))
        pages = characters(render(Paragraph((Span("文" * words),)), Table((column,), cells, notes=notes)))
        texts = ["".join(char["text"] for char in page) for page in pages]
        assert all(("注一" in text) == ("注二" in text) == ("第19行" in text) for text in texts)


def test_a_cell_of_6000_characters_runs_over_pages_complete():
    words = "".join(bytes([0xB0 + number // 94 % 30, 0xA1 + number % 94]).decode("gb2312") for number in range(6000))
    columns = (Column(((Span("事项"),),), 40), Column(((Span("内容"),),), 116))
    data = render(Table(columns, ((Cell(((Span("说明"),),)), Cell(((Span(words),),))),)))
    pages = characters(data)
    assert len(pages) > 1
    content = "".join(
        char["text"]
        for page in pages
        for char in page
        if round(char["size"], 2) == 9 and char["x0"] > 190 and char["bottom"] < 775
    )
    assert content == words
    assert all(char["bottom"] < 775 for page in pages for char in page if round(char["size"], 2) == 9)


def test_a_table_wider_than_the_page_is_scaled_to_it():
    columns = tuple(Column(((Span(f"列{number}"),),), 30) for number in range(12))
    data = render(Table(columns, (tuple(Cell(((Span("数据"),),)) for _ in columns),)))
    page = house().page
    edge = (page.width - page.margins.right) * 72 / 25.4
    assert max(char["x1"] for char in characters(data)[0]) <= edge + 0.5
    assert drawn(data).count("数据") == 12


def test_the_white_of_page_one_gives_way_before_it_overflows():
    lines = (Span("文" * 26 * 25),)
    text = Paragraph(lines)
    heads = [Heading(2, f"小标题{number}") for number in range(7)]
    blocks = [block for head in heads for block in (head, Paragraph((Span("文" * 26 * 3),)))]
    squeezed = characters(render(*blocks, Paragraph((Span("末" * 260),)), PageBreak(), text))
    assert "末" in "".join(char["text"] for char in squeezed[0])
    assert len(squeezed) == 2


def test_a_longer_briefing_has_contents_that_lead_to_its_headings():
    parts = [
        block
        for n in "一二三四五六七"
        for block in (Heading(1, f"{n}、部分", anchor=f"h-{n}"), Paragraph((Span("文" * 900),)))
    ]
    data = render(Paragraph((Span("首页"),)), PageBreak(), *parts)
    pages = ["".join(char["text"] for char in page) for page in characters(data)]
    assert "目　录" in pages[1]
    listed = dict(re.findall(r"([一二三四五六七])、部分…*(\d+)", pages[1][pages[1].index("目　录") :]))
    assert listed.keys() == set("一二三四五六七")
    for name, number in listed.items():
        assert f"{name}、部分" in pages[int(number) - 1]
    short = render(Paragraph((Span("首页"),)), PageBreak(), *parts[:4])
    assert "目　录" not in drawn(short)


def test_the_end_block_never_stands_alone():
    entries = tuple(EvidenceEntry(f"1-{n}", f"e-1-{n}", (Span("出处的句子" * 12),)) for n in range(1, 40))
    end = EndBlock((Span("报：上级"),), "编发单位", "共印1份")
    for count in range(32, 37):
        last = characters(render(Evidence((Span("[1]　材料", "strong"),), entries[:count]), end))[-1]
        assert "出处的句子" in "".join(char["text"] for char in last)


@pytest.mark.parametrize(("lines", "count", "page"), [(12, 25, 0), (20, 25, 0), (30, 25, 1), (18, 21, 0), (18, 19, 1)])
def test_the_evidence_begins_a_page_only_where_little_of_one_stays_empty_or_the_last_would(
    lines: int, count: int, page: int
):
    entries = tuple(EvidenceEntry(f"1-{n}", f"e-1-{n}", (Span("出处的句子" * 12),)) for n in range(1, count + 1))
    end = EndBlock((Span("报：上级"),), "编发单位", "共印1份")
    text = Paragraph((Span("文" * 36 * lines),))
    blocks = (text, Heading(1, "附、出处", anchor="h-9"), Evidence((Span("[1]　材料", "strong"),), entries), end)
    pages = ["".join(char["text"] for char in page) for page in characters(render(*blocks))]
    assert next(number for number, words in enumerate(pages) if "附、出处" in words) == page
    assert len(pages) == 2
    assert "出处的句子" in pages[page]  # the heading is not left alone


def test_less_white_saves_a_last_page_of_a_few_lines():
    def pages_of(heads: int) -> list[list[dict]]:
        blocks = [block for n in range(heads) for block in (Heading(3, f"第{n}节"), Paragraph((Span("文" * 36),)))]
        return characters(render(Paragraph((Span("首页"),)), PageBreak(), *blocks))

    assert len(pages_of(11)) == 2
    assert len(pages_of(12)) == 2  # 12 do not fit with all the white between them
    assert len(pages_of(13)) == 3
    usual = {round(b["top"] - a["top"], 1) for a, b in pairwise(c for c in pages_of(11)[1] if c["text"] == "节")}
    tight = {round(b["top"] - a["top"], 1) for a, b in pairwise(c for c in pages_of(12)[1] if c["text"] == "节")}
    assert len(usual) == len(tight) == 1
    assert min(usual) > max(tight)


def test_nothing_stands_below_the_type_area_and_headings_keep_with_what_follows():
    page = house().page
    bottom = (page.height - page.margins.bottom) * 72 / 25.4
    blocks: list[Block] = []
    for number in range(30):
        blocks += [Heading(1, f"第{number}节", (), f"h{number}"), Paragraph((Span("文" * (61 + 17 * number)),))]
    for content in characters(render(*blocks)):
        body = [char for char in content if char["bottom"] < bottom + 15]
        assert all(char["bottom"] <= bottom + 1 for char in body)
        last = max(body, key=lambda char: char["bottom"])
        assert last["size"] == pytest.approx(12)
        on_last_line = [char for char in body if abs(char["bottom"] - last["bottom"]) < 1]
        assert on_last_line[0]["text"] == "文"
