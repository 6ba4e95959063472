"""The PDF renderer: what a reader finds on the pages, and that nothing a text says can break them."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pytest
import sample_briefing as sample
from drawn_pdf import HOUSE_FILE, characters, drawn, house, render, rendered
from pdfminer.pdftypes import resolve1
from PIL import Image

from reportgen import fonts
from reportgen.errors import UsageError
from reportgen.house import load_house
from reportgen.model import (
    Block,
    Cell,
    Column,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    Paragraph,
    Span,
    Table,
    TextOp,
    Title,
)
from reportgen.render import pdf


def body_texts(blocks: tuple[Block, ...]) -> list[str]:
    """Every span text of the blocks, in order."""
    return [re.sub(r"\s", "", span.text) for span in pdf._spans(blocks)]


def test_every_span_is_on_the_pages_in_order():
    text = drawn(rendered())
    for block in sample.BLOCKS:
        if isinstance(block, Paragraph | Title):
            assert "".join(body_texts((block,))) in text
        for words in body_texts((block,)):
            assert words in text
        if isinstance(block, Evidence):
            for entry in block.entries:
                assert f"[{entry.number}]" + "".join(body_texts((entry,))) in text
    order = [text.index(block.text) for block in sample.BLOCKS if isinstance(block, Heading)]
    assert order == sorted(order)


def test_chart_labels_are_text_in_the_shipped_faces():
    picture = sample.lollipop()
    data = render(picture)
    text = drawn(data)
    assert all(op.text in text for op in picture.drawing.ops if isinstance(op, TextOp))


@pytest.mark.parametrize("style", ["briefing", "gb9704"])
def test_only_own_fonts_and_all_embedded(style):
    data = rendered(style)
    names = {char["fontname"] for page in characters(data) for char in page}
    assert {name.split("+")[-1] for name in names} == {
        "ReportgenSong-Regular",
        "ReportgenSongBlack-Regular",
        "ReportgenHei-Regular",
        "ReportgenHeiBold-Regular",
        "ReportgenKai-Regular",
    }
    with pdfplumber.open(io.BytesIO(data)) as document:
        resources = [resolve1(page.page_obj.resources["Font"]) for page in document.pages]
        used = [resolve1(font) for page in resources for font in page.values()]
    assert {font["BaseFont"].name for font in used} == names
    assert all("FontFile2" in resolve1(font["FontDescriptor"]) for font in used)


def test_same_briefing_same_bytes_and_properties():
    assert pdf.render(sample.city(), house()) == rendered()
    assert len(rendered()) < 500_000
    with pdfplumber.open(io.BytesIO(rendered())) as document:
        assert document.metadata["Title"] == "朝阳市五部门通报全面振兴新突破三年行动进展"
        assert document.metadata["Author"] == "〔编发单位全称〕"
        assert document.metadata["Subject"] == "朝阳市"
        assert document.doc.catalog["Lang"] == b"zh-CN"
        outline = [(level, title) for level, title, *_ in document.doc.get_outlines()]
    assert outline[0] == (1, "一、就业社保")
    assert (2, "（一）指标对照") in outline


def elements(node: dict) -> list[dict]:
    return [node, *(inner for child in node.get("children", []) for inner in elements(child))]


def test_the_file_is_tagged_so_that_it_can_be_read_aloud():
    with pdfplumber.open(io.BytesIO(rendered())) as document:
        assert resolve1(document.doc.catalog["MarkInfo"])["Marked"] is True
        tree = [element for top in document.structure_tree for element in elements(top)]
        pages = [page.chars for page in document.pages]
    kinds = Counter(element["type"] for element in tree)
    assert (kinds["H1"], kinds["H2"], kinds["Figure"], kinds["Table"]) == (1, 4, 1, 4)
    figure = next(element for element in tree if element["type"] == "Figure")
    assert figure["alt_text"] == sample.lollipop().chart.title
    tables = [block for block in sample.BLOCKS if isinstance(block, Table)]
    tagged = [element for element in tree if element["type"] == "Table"]
    for block, element in zip(tables, tagged, strict=True):
        body = element["children"][1:]
        assert [len(row["children"]) for row in body] == [len(block.columns)] * len(block.rows)
    loose = "".join(char["text"] for page in pages for char in page if char["mcid"] is None)
    # Only running heads and page numbers are decoration.
    assert re.sub(r"\s", "", loose) == "—1—" + "".join(f"政务发布简报第1期朝阳市2023年9月13日—{n}—" for n in (2, 3, 4))


def test_headings_skip_no_level_and_a_file_without_title_begins_with_its_masthead():
    blocks = (sample.BLOCKS[0], Heading(2, "按地区"), Heading(3, "甲市"), Heading(1, "一、材料"), Heading(3, "清单"))
    with pdfplumber.open(io.BytesIO(render(*blocks))) as document:
        kinds = [element["type"] for top in document.structure_tree for element in elements(top)]
    assert [kind for kind in kinds if kind[0] == "H"] == ["H1", "H2", "H3", "H2", "H3"]


def test_the_properties_stand_in_the_file_for_programs_too():
    briefing = replace(sample.city(), title="<朝阳>&\x07简报")
    with pdfplumber.open(io.BytesIO(pdf.render(briefing, house()))) as document:
        xmp = resolve1(document.doc.catalog["Metadata"]).get_data().decode("utf-8")
    assert "&lt;朝阳&gt;&amp;简报" in xmp
    ElementTree.fromstring(xmp[xmp.index("<x:") : xmp.index("<?xpacket end")])


def test_marks_lead_to_the_evidence_and_back():
    with pdfplumber.open(io.BytesIO(rendered())) as document:
        last = len(document.pages)
        page_ids = {page.page_obj.pageid: page.page_number for page in document.pages}
        links = [(page.page_number, note["data"]) for page in document.pages for note in page.annots]
    assert all(data["Subtype"].name == "Link" and "A" not in data for _, data in links)
    leads = [(number, page_ids[data["Dest"][0].objid]) for number, data in links]
    assert all(to == last for number, to in leads if number < last)
    assert sum(number < last for number, _ in leads) > 40
    cited = {span.link for span in pdf._spans(sample.BLOCKS) if span.link}
    known = [entry.anchor for block in sample.BLOCKS if isinstance(block, Evidence) for entry in block.entries]
    back = [to for number, to in leads if number == last]
    assert len(back) == sum(anchor in cited for anchor in known)
    assert min(back) == 1 and max(back) < last


def test_a_link_without_target_is_plain_text():
    data = render(Paragraph((Span("新增就业"), Span("[9-9]", "mark", link="nowhere"))))
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert document.pages[0].annots == []
    assert "[9-9]" in drawn(data)


@pytest.mark.parametrize(
    "words",
    [
        "<b>加粗</b>&amp;<para>",
        "<a href='http://x.y'>链接</a>",
        "{{ x }}{% y %}",
        "\\n(\\051)",
        "]]>--><!--",
        "%PDF-1.4 endobj",
    ],
)
def test_markup_in_a_text_stays_text(words):
    blocks: tuple[Block, ...] = (
        Title(words, (Span(words, "kai"),)),
        Heading(1, words, (Span(words),), "h"),
        Paragraph((Span(words), Span(words, "actual"))),
        Table((Column(((Span(words),),), 100),), ((Cell(((Span(words),),)),),), words),
        Evidence((Span(words),), (EvidenceEntry(words, "e", (Span(words),)),)),
        EndBlock((Span(words),), words, words),
    )
    text = drawn(render(*blocks))
    assert text.count(re.sub(r"\s", "", words)) >= 9


def test_a_character_without_glyph_is_drawn_as_geta_and_named():
    briefing = sample.city((Paragraph((Span("地名𪚥村\u200b"), Span("😀", "actual"))),))
    assert "地名〓村〓" in drawn(pdf.render(briefing, house()))
    assert pdf.missing_glyphs(briefing) == ("😀", "𪚥")


def test_an_offices_own_font_is_used_and_its_gaps_are_filled(tmp_path: Path):
    # A small font under the office's name: it has digits and Latin letters only.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(fonts.face_path("kai")) as font:
        options = Options()
        options.name_IDs = ["*"]
        subsetter = Subsetter(options)
        subsetter.populate(text="0123456789 ")
        subsetter.subset(font)
        font["name"].setName("Office-Song", 6, 3, 1, 0x409)
        font.save(tmp_path / "simfang.ttf")
    data = pdf.render(sample.city((Paragraph((Span("新增2023年"),)),)), house(), fonts=tmp_path)
    used = {char["text"]: char["fontname"].split("+")[-1] for char in characters(data)[0]}
    assert used["2"] == "Office-Song"
    assert used["新"] == "ReportgenSong-Regular"


def test_a_logo_stands_in_the_masthead_and_a_broken_one_is_named(tmp_path: Path):
    (tmp_path / "house.toml").write_text(HOUSE_FILE.read_text("utf-8").replace('logo = ""', 'logo = "l.png"'), "utf-8")
    Image.new("RGB", (40, 40), "#C1121F").save(tmp_path / "l.png")
    with pdfplumber.open(io.BytesIO(pdf.render(sample.city(), load_house(tmp_path / "house.toml")))) as document:
        assert [len(page.images) for page in document.pages] == [1, 0, 0, 0]
    whole = (tmp_path / "l.png").read_bytes()
    (tmp_path / "l.png").write_bytes(whole[:40])
    with pytest.raises(UsageError, match=r"l\.png: the logo cannot be read"):
        pdf.render(sample.city(), load_house(tmp_path / "house.toml"))


def test_empty_and_odd_blocks_do_not_break_the_file():
    odd = (
        Title(""),
        Heading(3, ""),
        Paragraph(()),
        Table((), ()),
        Table((Column((), 0),), ((Cell(()),), ())),
        Evidence((), ()),
        replace(sample.CARDS[0] and sample.lollipop(), anchor=""),
    )
    assert render(*odd).startswith(b"%PDF")
    assert render().startswith(b"%PDF")
