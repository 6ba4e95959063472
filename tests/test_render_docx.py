"""The Word renderer: valid files, anchored figures, styles only, text that stays text, templates that are safe."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator
from word_sample import BLOCKS, TEMPLATE, TEMPLATES, briefing, house, s

from reportgen.errors import ReportgenError, TemplateError, UsageError
from reportgen.house import Style, load_house
from reportgen.model import Block, Evidence, Heading, Paragraph, Problem, Span, Table, Title
from reportgen.ooxml import qn, read_package, write_package
from reportgen.render.docx import check_template, render
from reportgen.render.docx.house_docx import build

STYLES: tuple[Style, ...] = ("briefing", "gb9704")


def word(*blocks: Block, style: Style = "briefing") -> bytes:
    return render(briefing(*blocks), house(style), template=TEMPLATE)


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(read_package(data, where="test")[part])


def faults(data: bytes, folder: Path) -> list[str]:
    path = folder / "audited.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def shown(paragraph: etree._Element) -> str:
    parts = {qn("t"): lambda e: e.text or "", qn("tab"): lambda e: "\t", qn("br"): lambda e: "\n"}
    return "".join(
        parts[element.tag](element)
        for element in paragraph.iter(*parts)
        if element.getparent().tag != qn("tabs")  # tab stops are no text
    )


@pytest.mark.parametrize("style", STYLES)
def test_files_have_no_fault(style: Style, tmp_path: Path) -> None:
    assert faults(word(style=style), tmp_path) == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_any_block_may_stand_alone(block: Block, tmp_path: Path) -> None:
    assert faults(word(block), tmp_path) == []
    assert faults(word(block, block), tmp_path) == []


def test_a_mark_is_a_link_and_never_a_control() -> None:
    entries = next(block for block in BLOCKS if isinstance(block, Evidence))
    marked = Paragraph((Span("7个", "actual", "fig-41"), Span("[1-38]", "mark", "fig-41", "s-1-38")))
    controls = list(root(word(marked, entries)).iter(qn("sdt")))
    assert ["".join(control.itertext()) for control in controls if control.find(f".//{qn('alias')}") is not None] == [
        "7个"
    ]


def test_documents_with_several_sources_end_well(tmp_path: Path) -> None:
    evidence = next(block for block in BLOCKS if isinstance(block, Evidence))
    data = word(Heading(1, "附、出处"), evidence, evidence)
    assert faults(data, tmp_path) == []
    assert root(data)[0][-1].tag == qn("sectPr")


def test_template_in_the_repository_is_the_built_one() -> None:
    path = TEMPLATES / "house.toml"
    assert TEMPLATE.read_bytes() == build({style: load_house(path, style) for style in STYLES})


def test_same_input_same_bytes_and_no_trace_of_the_machine() -> None:
    data = word()
    assert data == word()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert "朝阳市五部门通报" in about
    assert "2023-09-13T00:00:00Z" in about
    assert "python-docx" not in about


def test_every_figure_is_anchored_twice_and_once_in_the_base_copy() -> None:
    data = word()
    document = root(data)
    names = [mark.get(qn("name")) for mark in document.iter(qn("bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in names)
    controls = list(document.iter(qn("sdt")))
    assert all(control.getparent().tag == qn("p") for control in controls)
    aliases = [control.find(f"{qn('sdtPr')}/{qn('alias')}").get(qn("val")) for control in controls]
    assert aliases.count("fig-10") == 5  # key points, card, paragraph, two tables
    base = json.loads(root(data, "customXml/item1.xml").text)
    figures = [figure for unit in base["units"] for figure in unit["figures"]]
    assert sorted(figure[0] for figure in figures) == sorted(aliases)
    assert {figure[1] for figure in figures} <= set(names)
    for unit in base["units"]:
        assert unit["key"] in names
        assert all(unit["text"][start:end] for _, _, start, end in unit["figures"])


def test_base_copy_says_what_the_paragraphs_say() -> None:
    data = word()
    base = {unit["key"]: unit["text"] for unit in json.loads(root(data, "customXml/item1.xml").text)["units"]}
    for paragraph in root(data).iter(qn("p")):
        keys = [m.get(qn("name")) for m in paragraph.iter(qn("bookmarkStart")) if m.get(qn("name")).startswith("p_")]
        if keys:
            assert base.pop(keys[0]) == shown(paragraph)
    assert base == {}


def test_keys_do_not_hang_on_what_stands_before() -> None:
    heading, text = Heading(1, "二、教育"), Paragraph(s("办学条件改善。"))
    before = root(word(heading, text))
    after = root(word(Heading(1, "一、就业"), Paragraph(s("就业。")), Heading(1, "三、教育"), text))

    def key(document: etree._Element) -> str:
        marks = list(document.iter(qn("bookmarkStart")))
        return str([mark.get(qn("name")) for mark in marks if mark.get(qn("name")).startswith("p_")][-1])

    assert key(before) == key(after)


def test_marks_link_to_their_sentence_and_dead_links_are_text() -> None:
    document = root(word())
    names = {mark.get(qn("name")) for mark in document.iter(qn("bookmarkStart"))}
    links = [link.get(qn("anchor")) for link in document.iter(qn("hyperlink"))]
    assert links
    assert set(links) <= names
    assert not list(root(word(Paragraph(s(Span("[9-9]", "mark", link="nowhere"))))).iter(qn("hyperlink")))


def test_runs_carry_styles_only() -> None:
    for properties in root(word()).iter(qn("rPr")):
        assert {child.tag for child in properties} <= {qn("rStyle"), qn("fitText")}


def test_headings_captions_and_contents_are_real() -> None:
    document = root(word())
    styles = [mark.get(qn("val")) for mark in document.iter(qn("pStyle"))]
    assert styles.count("Heading1") == 4
    fields = [(text.text or "").split()[0] for text in document.iter(qn("instrText"))]
    assert fields.count("TOC") == 1
    assert fields.count("SEQ") == 1
    assert [pr.get("descr") for pr in document.iter("{*}docPr")] == ["公布同比的6项指标全部增长，其中4项增幅超过100%"]
    assert "updateFields" not in read_package(word(), where="")["word/settings.xml"].decode()


HOSTILE = "<b>&amp;{{ x }}% \\ $1 &#x0;😀]]>"


def test_markup_in_text_is_text(tmp_path: Path) -> None:
    table = next(block for block in BLOCKS if isinstance(block, Table))
    odd = Span(HOSTILE, "actual", HOSTILE)
    data = word(Title(HOSTILE), Heading(1, HOSTILE, (odd,)), Paragraph((odd, odd)), table)
    assert faults(data, tmp_path) == []
    assert next(shown(p) for p in root(data).iter(qn("p"))) == HOSTILE


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="\t\r\n"), max_size=30))
def test_any_text_goes_through(text: str) -> None:
    problems: list[Problem] = []
    blocks = (Title(text), Paragraph((Span(text, "actual", text),)))
    data = render(briefing(*blocks), house(), template=TEMPLATE, problems=problems)
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "〓", text)
    assert [shown(p) for p in root(data).iter(qn("p"))][:2] == [expected, expected]
    assert bool(problems) == (expected != text)


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r>'
    '<w:r><w:instrText>EAUTO c:\\x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LINK = '<Relationship Id="x" Type="http://x/attachedTemplate" Target="file://host/x" TargetMode="External"/>'
ATTACKS = {
    "a field hidden in two runs": ("word/document.xml", "</w:p>", FIELD + "</w:p>"),
    "a formula field": ("word/document.xml", "</w:p>", '<w:fldSimple w:instr="= PAGE"/></w:p>'),
    "an embedded object": ("word/document.xml", "</w:p>", "<w:r><w:object/></w:r></w:p>"),
    "an attached template": ("word/_rels/document.xml.rels", "</Relationships>", LINK + "</Relationships>"),
    "a doctype": ("word/styles.xml", "<w:styles", '<!DOCTYPE w:styles [<!ENTITY x "y">]><w:styles'),
    "broken markup": ("word/styles.xml", "</w:styles>", ""),
    "a macro type": ("[Content_Types].xml", "wordprocessingml.document.main", "ms-word.document.macroEnabled.main"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_unsafe_templates_are_refused(attack: str, tmp_path: Path) -> None:
    part, old, new = ATTACKS[attack]
    parts = read_package(TEMPLATE.read_bytes(), where="")
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    path = tmp_path / "house.docx"
    path.write_bytes(write_package(parts))
    with pytest.raises(TemplateError, match=re.escape(str(path))):
        check_template(path)


@pytest.mark.parametrize("length", [0, 10, 300, 3000])
def test_cut_templates_are_refused(length: int, tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(TEMPLATE.read_bytes()[:length])
    with pytest.raises(ReportgenError):
        check_template(path)


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    parts = read_package(TEMPLATE.read_bytes(), where="")
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("数字实际".encode(), "别的".encode())
    path = tmp_path / "house.docx"
    path.write_bytes(write_package(parts))
    with pytest.raises(UsageError, match="数字实际"):
        render(briefing(), house(), template=path)


def test_styles_are_found_by_name_when_word_renamed_their_ids(tmp_path: Path) -> None:
    parts = read_package(TEMPLATE.read_bytes(), where="")
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'"Heading1"', b'"1"')
    path = tmp_path / "house.docx"
    path.write_bytes(write_package(parts))
    document = root(render(briefing(), house(), template=path))
    assert [mark.get(qn("val")) for mark in document.iter(qn("pStyle"))].count("1") == 4
