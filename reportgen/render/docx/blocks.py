"""The blocks of running text: masthead, title, key points, headings, paragraphs, pictures, evidence, end block.

Each function takes the shared Writer and one block and gives the markup of its paragraphs, in order.
"""

from __future__ import annotations

import re

from reportgen.model import (
    EndBlock,
    Evidence,
    Heading,
    KeyPoints,
    Masthead,
    Paragraph,
    Picture,
    Span,
    Spans,
    Title,
)
from reportgen.render.docx.anchors import bookmark_name
from reportgen.render.docx.markup import emu, escape, twentieths, twips, w
from reportgen.render.docx.native import CHART, editable
from reportgen.render.docx.text import Writer

_NUMERAL = re.compile(r"^(?:附|[一二三四五六七八九十]+)、|^[（(][一二三四五六七八九十0-9]+[）)]|^[0-9]+[.．、]")
_LOOKS = {"body": "Body Text", "note": "表注", "legend": "读法", "list": "List Paragraph"}
FULL_WIDTH = 156.0


def masthead(writer: Writer, block: Masthead) -> list[str]:
    """The red head. An empty line of it is left out."""
    anchors = writer.anchors
    anchors.scope = "head"
    out = []
    for style, text in (("报头密级", block.classification), ("报头名称", block.name), ("报头期号", block.issue)):
        if text:
            key = writer.begin(style)
            run = _fitted_name(writer, text) if style == "报头名称" else writer.run(text)
            out.append(writer.paragraph(style, key, run))
    key = writer.begin("报头单位")
    out.append(writer.paragraph("报头单位", key, writer.run(block.unit), writer.tab(), writer.run(block.date)))
    return out


def _fitted_name(writer: Writer, text: str) -> str:
    """The name of the paper; a name too long for its line is set smaller, the one size that depends on the text."""
    role = writer.house.role("masthead")
    width = writer.house.page.type_width / 25.4 * 72
    needed = len(text) * role.word_size * (1 + role.tracking)
    if needed <= width:
        return writer.run(text)
    writer.anchors.said(text)
    size = max(int(role.word_size * width / needed), 12)
    properties = w(
        "rPr", w("spacing", val=twentieths(size * role.tracking)), w("sz", val=size * 2), w("szCs", val=size * 2)
    )
    return w("r", properties, f'<w:t xml:space="preserve">{escape(text)}</w:t>')


def title(writer: Writer, block: Title) -> list[str]:
    """Title and provenance line."""
    writer.anchors.scope = "title"
    out = [writer.paragraph("Title", writer.begin("title"), writer.run(block.text))]
    if block.provenance:
        key = writer.begin("provenance")
        out.append(writer.paragraph("Subtitle", key, writer.spans(block.provenance)))
    return out


def key_points(writer: Writer, block: KeyPoints) -> list[str]:
    """本期要点 in a box of one cell."""
    writer.anchors.scope = "key"
    lines = [writer.paragraph("要点标题", writer.begin("heading"), writer.run(block.heading))]
    for label, spans in block.points:
        key = writer.begin(f"point/{label}")
        runs = _label(writer, label) + writer.tab() + writer.spans(spans)
        lines.append(writer.paragraph("要点", key, runs))
    width = twips(FULL_WIDTH)
    cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa"), _bottom_padding()), *lines)
    return [
        w(
            "tbl",
            w(
                "tblPr",
                w("tblStyle", val=writer.template.style("要点框")),
                w("tblW", w=width, type="dxa"),
                w("tblLayout", type="fixed"),
                w("tblLook", val="0400"),
            ),
            w("tblGrid", w("gridCol", w=width)),
            w("tr", w("trPr", w("cantSplit")), cell),
        )
    ]


def _bottom_padding() -> str:
    return w("tcMar", w("bottom", w=twips(2.2), type="dxa"))


def _label(writer: Writer, label: str) -> str:
    """A label spread to four characters, as Word's fit-text does it."""
    style = writer.template.style("要点标签")
    if not 1 < len(label) < 4:
        return writer.run(label, "要点标签")
    writer.anchors.said(label)
    width = twentieths(4 * writer.house.role("key-label").word_size)
    fit = w("fitText", val=width, id_=writer.anchors.number())
    return w("r", w("rPr", w("rStyle", val=style), fit), f'<w:t xml:space="preserve">{escape(label)}</w:t>')


def heading(writer: Writer, block: Heading) -> list[str]:
    """A heading with its right-hand note behind a tab."""
    level = min(max(block.level, 1), 3)
    name = _NUMERAL.sub("", block.text)
    if level == 1:
        writer.anchors.scope = name
    key = writer.begin(f"heading{level}/{name}")
    runs = writer.run(block.text)
    if block.aside:
        runs += writer.tab() + writer.spans(block.aside, "heading")
    return [writer.paragraph(f"heading {level}", key, runs, anchor=block.anchor)]


def paragraph(writer: Writer, block: Paragraph, *, keep: bool = False) -> list[str]:
    """Running text, a note, the legend or a list item; `keep` holds it on the page of what follows."""
    key = writer.begin(f"paragraph/{block.look}")
    place = "body" if block.look in {"body", "list"} else "cell"
    extra = w("keepNext") if keep else ""
    return [writer.paragraph(_LOOKS[block.look], key, writer.spans(block.spans, place), extra=extra)]  # type: ignore[arg-type]


def caption(
    writer: Writer, label: str, number: int, text: str, anchor: str, subline: Spans, sources: Spans, name: str
) -> list[str]:
    """The caption paragraph with its numbered field, and the line below it with sources at the right."""
    key = writer.begin(f"caption/{name}")
    runs = ""
    if number:
        runs = writer.run(label, "题注编号") + writer.field(f"SEQ {label} \\* ARABIC", str(number), "题注编号")
        runs += writer.run("　")
    out = [writer.paragraph("caption", key, runs + writer.run(text), anchor=anchor)]
    if subline or sources:
        key = writer.begin(f"subline/{name}")
        runs = writer.spans(subline, "cell")
        if sources:
            runs += writer.tab() + writer.spans(sources, "cell")
        out.append(writer.paragraph("题注说明", key, runs))
    return out


def picture(writer: Writer, block: Picture) -> list[str]:
    """A captioned chart, as a picture or drawn by Word; its alternative text is the caption sentence."""
    subline: Spans = (Span(block.chart.subtitle),) if block.chart.subtitle else ()
    out = caption(writer, "图", block.number, block.chart.title, block.anchor, subline, block.sources, block.chart.id)
    ratio = block.drawing.height / block.drawing.width if block.drawing.width else 0.5
    width = min(block.drawing.width / 72 * 25.4 or FULL_WIDTH, writer.house.page.type_width)
    key = writer.begin(f"picture/{block.chart.id}")
    native = writer.native and editable(block.chart)
    if native:
        writer.charts.append(block.chart)
    else:
        writer.pictures.append(block.png)
    number = len(writer.pictures) + len(writer.charts)
    size = f'cx="{emu(width)}" cy="{emu(width * ratio)}"'
    content = _chart(len(writer.charts)) if native else _pixels(len(writer.pictures), size, block.chart.title)
    out.append(writer.paragraph("图", key, w("r", _drawing(number, size, block.chart.title, content))))
    if native:
        # In a picture the notes are drawn too.
        for index, note in enumerate(block.chart.notes):
            key = writer.begin(f"note/{block.chart.id}/{index}")
            out.append(writer.paragraph("表注", key, writer.run(note)))
    return out


def _drawing(number: int, size: str, description: str, content: str) -> str:
    """A drawing in the line of text."""
    return w(
        "drawing",
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="chart{number}" descr="{escape(description)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"<a:graphic>{content}</a:graphic></wp:inline>",
    )


def _chart(number: int) -> str:
    return f'<a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="rIdChart{number}"/></a:graphicData>'


def _pixels(number: int, size: str, description: str) -> str:
    name = f"chart{number}"
    return (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{escape(description)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage{number}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )


def evidence(writer: Writer, block: Evidence) -> tuple[list[str], list[str]]:
    """The document's line, and its numbered sentences, each under the bookmark that marks link to."""
    heads = []
    name = "".join(span.text for span in block.heading)
    if block.heading:
        key = writer.begin(f"source/{name}")
        heads.append(writer.paragraph("出处题名", key, writer.spans(block.heading, "evidence")))
    entries = []
    for entry in block.entries:
        text = "".join(span.text for span in entry.spans)
        key = writer.begin(f"entry/{text}")
        cited = next((span.figure_id for span in entry.spans if span.figure_id), "")
        number = writer.at_desk(cited, writer.run(f"[{entry.number}]", "出处编号"))
        runs = number + writer.tab() + writer.spans(entry.spans, "evidence")
        entries.append(writer.paragraph("出处条目", key, runs, anchor=entry.anchor))
    return heads, entries


def end_block(writer: Writer, block: EndBlock) -> list[str]:
    """报送发 and printing note between rules."""
    writer.anchors.scope = "end"
    first = writer.paragraph("报送", writer.begin("recipients"), writer.spans(block.recipients))
    key = writer.begin("printing")
    runs = writer.run(block.unit) + writer.tab() + writer.run(block.copies)
    return [first, writer.paragraph("抄印", key, runs)]


def table_of_contents(writer: Writer, entries: list[tuple[int, str, str, int]]) -> list[str]:
    """目录 as a field with its entries (level, text, anchor, page) already in it; Word rebuilds it on demand."""
    writer.anchors.scope = "toc"
    out = [writer.paragraph("TOC Heading", writer.begin("heading"), writer.run("目　录"))]
    last = len(entries) - 1
    for number, (level, text, anchor, page) in enumerate(entries):
        key = writer.begin(f"entry/{text}")
        runs = writer.run(text) + writer.tab() + writer.run(str(page))
        link = w("hyperlink", runs, anchor=bookmark_name("a_", anchor), history=1)
        begin = end = ""
        if number == 0:
            begin = w("r", w("fldChar", fldCharType="begin"))
            begin += w("r", '<w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText>')
            begin += w("r", w("fldChar", fldCharType="separate"))
        if number == last:
            end = w("r", w("fldChar", fldCharType="end"))
        out.append(writer.paragraph(f"toc {level}", key, begin, link, end))
    return out
