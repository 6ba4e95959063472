"""Word and PDF files: numbering, tables, changes and boxes are read, whatever is damaged or hostile is refused."""

import io
import os
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PdfTable
from written_files import SAMPLE, as_docx, as_pdf, read, saved, song

from reportgen.errors import DocumentError
from reportgen.read import Limits
from reportgen.read.docx import docx_text

# Word files


def numbered(document, text, *, level, number):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number
    return paragraph


def test_word_numbers_tables_changes_and_boxes(tmp_path):
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, (form, pattern) in enumerate(
            [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "就业"), (1, "目标"), (1, "措施"), (2, "培训"), (2, "补贴"), (0, "教育"), (1, "学校")):
        numbered(document, text, level=level, number=77)
    table = document.add_table(2, 2)
    for place, text in zip([(0, 0), (0, 1), (1, 0), (1, 1)], ["指标", "数值", "就业", "3.9万人"], strict=True):
        table.cell(*place).text = text
    paragraph = document.add_paragraph("新增")
    for tag, inner, text in (("w:ins", "w:t", "39"), ("w:del", "w:delText", "40")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("人")
    inside = "<w:sdtContent><w:p><w:r><w:t>控件里的5%</w:t></w:r></w:p></w:sdtContent>"
    control = parse_xml(f"<w:sdt {nsdecls('w')}>{inside}</w:sdt>")
    document.element.body.insert(len(document.element.body) - 1, control)
    hidden = document.add_paragraph("看得见").add_run("看不见9人")
    hidden.font.hidden = True
    assert document.element.body[-1].tag == qn("w:sectPr")
    text = read(tmp_path, "a.docx", saved(document)).text
    assert text.split("\n") == [
        "一、就业", "（一）目标", "（二）措施", "1.培训", "2.补贴", "二、教育", "（一）学校",
        "指标\t数值", "就业\t3.9万人", "新增39人", "控件里的5%", "看得见",
    ]  # fmt: skip


def test_word_numbers_beyond_ten(tmp_path):
    document = docx.Document()
    level = '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for _ in range(13):
        numbered(document, "项", level=0, number=77)
    text = read(tmp_path, "a.docx", saved(document)).text
    printed = "九、 十、 十一、 十二、 十三、 十四、 十五、 十六、 十七、 十八、 十九、 二十、 二十一、"
    assert " ".join(text.replace("项", "").split("\n")) == printed


def test_a_text_box_is_read_once(tmp_path):
    """Word writes it twice: for itself, and (Fallback) for programs that know no such boxes."""
    box = "<w:txbxContent><w:p><w:r><w:t>框里的7人</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f'<mc:AlternateContent {space} {nsdecls("w")}><mc:Choice Requires="wps">{box}</mc:Choice>'
    document = docx.Document()
    run = document.add_paragraph("框外").runs[0]
    run._r.append(parse_xml(f"{both}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"))
    assert read(tmp_path, "a.docx", saved(document)).text.split("\n") == ["框外", "框里的7人"]


def packed(parts, **attributes):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
        for member in package.infolist():
            for key, value in attributes.items():
                setattr(member, key, value)
    return file.getvalue()


BODY = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>就业12人</w:t></w:r></w:p></w:body></w:document>"


MAIN = ("word/document.xml", BODY)


def overlapping():
    """Two entries of the directory that point at one and the same data."""
    whole = packed([MAIN, ("word/styles.xml", BODY)])
    directory = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 1)
    return whole[: directory + 42] + b"\x00\x00\x00\x00" + whole[directory + 46 :]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (packed([("other.xml", "<a/>")]), "no Word document"),
        (packed([MAIN, ("word/media/a.xml", "x" * 4_000_000)]), "beyond reason"),
        (packed([MAIN, *((f"word/{i}.xml", os.urandom(1_300_000)) for i in range(4))]), "too much data"),
        (packed([MAIN, *((f"a{i}", "") for i in range(60))]), "parts"),
        (packed([MAIN, ("docProps/core.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]), "document type"),
        (packed([MAIN, ("x.xml", "<!DOCTYPE a><a/>".encode("utf-16"))]), "document type"),
        (packed([MAIN], flag_bits=1), "encrypted"),
        (packed([MAIN], compress_type=zipfile.ZIP_LZMA), "packed as Word packs none"),
        (packed([("word/document.xml", BODY[:-9])]), "damaged"),
        (packed([("word/document.xml", f"<w:document {nsdecls('w')}><w:body/></w:document>")]), "no text"),
        (overlapping(), "overlap"),
        (b"PK\x03\x04 no zip at all", "not a whole Word file"),
        (SAMPLE.encode(), "not a whole Word file"),
    ],
)
def test_word_files_that_are_refused(tmp_path, data, what):
    with pytest.raises(DocumentError, match=what) as caught:
        read(tmp_path, "a.docx", data, max_inflated=5_000_000, max_members=50)
    assert caught.value.where == "a.docx"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_word_file_with_two_parts_of_one_name(tmp_path):
    with pytest.raises(DocumentError, match="two parts of one name"):
        read(tmp_path, "a.docx", packed([MAIN, MAIN]))


@given(st.data())
def test_damaged_word_files_are_refused_or_read(data):
    whole = as_docx(["就业12人", "教育34所"])
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytes([whole[place] ^ 0x41]) + whole[place + 1 :]
    damaged = whole[:place] + data.draw(st.sampled_from([b"", flipped]))
    try:
        assert docx_text(damaged, name="a.docx", limits=Limits())
    except DocumentError as error:
        assert error.where == "a.docx"


# PDF files


def test_pdf_keeps_numbers_whole_and_tables_apart(tmp_path):
    long = "全市新增就业12549人,比上年同期增长17.25%,发放补贴44841.6万元;" * 45
    table = PdfTable([["指标", "数值"], ["生产总值", "1234.5亿元"]])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "#000000"), ("FONTNAME", (0, 0), (-1, -1), "song-for-read")])
    text = read(
        tmp_path, "a.pdf", as_pdf([Paragraph(long, song()), table, Paragraph("完成投资4.8亿元。", song())])
    ).text
    assert text.split("\n") == [long, "指标\t数值", "生产总值\t1234.5亿元", "完成投资4.8亿元。"]


def test_pdf_running_heads_come_back_on_most_pages(tmp_path):
    heads = ["一、就业", "一、就业", "二、教育", "三、卫生", "四、文旅"]
    flowables = []
    for number, head in enumerate(heads):
        body = f"{'甲乙丙丁戊'[number] * 150}。"
        flowables += [Paragraph(head, song()), Paragraph(body, song()), PageBreak()]
    text = read(tmp_path, "a.pdf", as_pdf(flowables)).text
    assert [line for line in text.split("\n") if "、" in line] == heads
    assert "辽宁省政府公报" not in text


def test_pdf_files_that_are_refused(tmp_path):
    whole = as_pdf([Paragraph(SAMPLE, song())])
    locked = as_pdf([Paragraph(SAMPLE, song())], encrypt=StandardEncryption("secret", ownerPassword="secret2"))
    empty = io.BytesIO()
    SimpleDocTemplate(empty).build([PdfTable([[""]])])
    for data, what in (
        (locked, "encrypted"),
        (whole[: len(whole) // 2], "damaged|no text"),
        (b"%PDF-1.7 nothing", "damaged|no text"),
        (SAMPLE.encode(), "damaged|no text"),
        (empty.getvalue(), "no text"),
    ):
        with pytest.raises(DocumentError, match=what):
            read(tmp_path, "a.pdf", data)
    with pytest.raises(DocumentError, match="pages"):
        read(tmp_path, "a.pdf", whole, max_pages=0)
