"""The contestants that print a briefing: ours, and those of others, each the way its manual tells to do it.

All draw the charts afresh with matplotlib and start from the same contents. typst and WeasyPrint set figures in bold
and link marks to their sentences, typst with contents and page numbers too; fpdf2 and docxtpl print the words alone,
which is less than we do. What is not installed is not in the list.
"""

from __future__ import annotations

import io
import json
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from html import escape
from importlib.util import find_spec
from pathlib import Path

from contents import FONTS, TEMPLATES, Piece, Run, another, house_style, pieces
from contest import ROUNDS, Contestant

from reportgen import charts
from reportgen.charts.draw import _sheet
from reportgen.model import Briefing, Chart, Picture
from reportgen.render import docx, pdf

Rounds = Sequence[Sequence[Piece]]
PDF = "ours: PDF"
BOTH = "ours: Word and PDF"
SONG, HEI = "Reportgen Song", "Reportgen Hei"
_PNG_DPI = 200


def typesetters(briefing: Briefing, folder: Path) -> Iterator[tuple[str, Contestant]]:
    """Name and work of each. `folder` is theirs to write into."""
    style = house_style()

    rounds = [another(briefing, number) for number in range(ROUNDS + 1)]

    def drawn(picture: Picture, *, pixels: bool) -> Picture:
        if not pixels:
            return replace(picture, drawing=charts.draw(picture.chart, style))
        drawing, png = charts.draw_both(picture.chart, style)
        return replace(picture, drawing=drawing, png=png)

    def afresh(number: int, *, pixels: bool = False) -> Briefing:
        told = rounds[number]
        blocks = (drawn(block, pixels=pixels) if isinstance(block, Picture) else block for block in told.blocks)
        return replace(told, blocks=tuple(blocks))

    def both(number: int) -> None:
        again = afresh(number, pixels=True)
        pdf.render(again, style)
        docx.render(again, style, template=TEMPLATES / "house.docx")

    yield PDF, lambda number: pdf.render(afresh(number), style)
    yield BOTH, both
    parts = [pieces(told) for told in rounds]
    if find_spec("typst"):
        yield "typst", _typst(parts, folder)
    if find_spec("docxtpl") and shutil.which("soffice"):
        yield "docxtpl + LibreOffice", _docxtpl(parts, folder)
    if find_spec("weasyprint"):
        yield "WeasyPrint", _weasyprint(parts)
    if find_spec("fpdf"):
        yield "fpdf2", _fpdf2(parts)


def chart_pages(chart: Chart) -> Iterator[tuple[str, Contestant]]:
    """One chart, drawn afresh, onto a page of its own."""
    yield "ours: chart onto a PDF page", lambda number: _own_page(another(chart, number))
    if find_spec("svglib"):
        yield "matplotlib's SVG + svglib", lambda number: _svglib_page(another(chart, number))


def matplotlib_file(chart: Chart, kind: str) -> bytes:
    """The chart as matplotlib itself saves it: the same figure, text as text."""
    from matplotlib import rc_context

    buffer = io.BytesIO()
    figure = _sheet(chart, house_style(), None).figure
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(buffer, format=kind, dpi=_PNG_DPI)
    return buffer.getvalue()


def _own_page(chart: Chart) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from reportgen.render.pdf.drawing import draw_drawing
    from reportgen.render.pdf.faces import load_faces
    from reportgen.render.pdf.pen import Pen
    from reportgen.render.pdf.tags import Tags

    buffer = io.BytesIO()
    faces = load_faces(None)
    canvas = Canvas(buffer, pagesize=(595, 842), initialFontName=faces.chains["song"][0].name)
    draw_drawing(Pen(canvas, 842, frozenset(), Tags([[]])), faces, charts.draw(chart, house_style()), 70, 70, 1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _svglib_page(chart: Chart) -> bytes:
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas
    from svglib.fonts import register_font
    from svglib.svglib import svg2rlg

    for family, file in ((HEI, "hei.ttf"), (SONG, "song.ttf")):
        register_font(family, str(FONTS / file))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    renderPDF.draw(svg2rlg(io.BytesIO(matplotlib_file(chart, "svg"))), canvas, 70, 400)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _typst(rounds: Rounds, folder: Path) -> Contestant:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    root = folder / "typst"
    root.mkdir()

    def told(runs: Sequence[Run], anchors: set[str]) -> Iterator[str]:
        for run in runs:
            text = f"#{json.dumps(run.text, ensure_ascii=False)}"
            text = f"#strong[{text}]" if run.strong else text
            yield f"#link(<{run.link}>)[{text}]" if run.link in anchors else text

    def source(parts: Sequence[Piece]) -> Iterator[str]:
        anchors = {part.anchor for part in parts if part.anchor}
        yield '#set page(paper: "a4", numbering: "1", header: [政务发布简报])\n'
        yield f'#set text(font: ("{SONG}", "{HEI}"), lang: "zh", size: 12pt)\n#set par(justify: true)\n#outline()\n'
        for place, part in enumerate(parts):
            said = "".join(told(part.runs, anchors))
            if part.kind == "heading":
                yield f"= {said}\n"
            elif part.kind == "table":
                cells = ", ".join(f"[{''.join(told(cell, anchors))}]" for row in part.rows for cell in row)
                yield f"#table(columns: {len(part.rows[0])}, {cells})\n"
            elif part.chart:
                (root / f"{place}.svg").write_bytes(matplotlib_file(part.chart, "svg"))
                yield f'#image("{place}.svg")\n'
            else:
                label = f"#metadata(none)<{part.anchor}>" if part.anchor else ""
                yield f"{label}{said}\n"

    def run(number: int) -> bytes:
        (root / "main.typ").write_text("\n".join(source(rounds[number])), encoding="utf-8")
        made: bytes = typst.compile(root / "main.typ", root=root, font_paths=fonts, ignore_system_fonts=True)
        return made

    return run


def _weasyprint(rounds: Rounds) -> Contestant:
    from base64 import b64encode

    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    configuration = FontConfiguration()
    face = f"@font-face {{ font-family: '{SONG}'; src: url('{(FONTS / 'song.ttf').as_uri()}') }}"
    page = f"{face} @page {{ size: A4; margin: 28mm }} body {{ font: 12pt '{SONG}' }} td {{ border: 1px solid }}"
    css = weasyprint.CSS(string=page, font_config=configuration)

    def told(runs: Sequence[Run]) -> str:
        return "".join(map(_html, runs))

    def source(parts: Sequence[Piece]) -> Iterator[str]:
        for part in parts:
            if part.kind == "table":
                rows = ("".join(f"<td>{told(cell)}</td>" for cell in row) for row in part.rows)
                yield "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
            elif part.chart:
                data = b64encode(matplotlib_file(part.chart, "svg")).decode()
                yield f'<img src="data:image/svg+xml;base64,{data}">'
            else:
                tag = "h1" if part.kind == "heading" else "p"
                yield f'<{tag} id="{part.anchor}">{told(part.runs)}</{tag}>'

    def run(number: int) -> bytes:
        page = weasyprint.HTML(string="".join(source(rounds[number])))
        made: bytes = page.write_pdf(stylesheets=[css], font_config=configuration)
        return made

    return run


def _html(run: Run) -> str:
    text = f"<b>{escape(run.text)}</b>" if run.strong else escape(run.text)
    return f'<a href="#{run.link}">{text}</a>' if run.link else text


def _fpdf2(rounds: Rounds) -> Contestant:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    plain = FontFace(emphasis="")
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    def run(number: int) -> bytes:
        page = FPDF()
        page.add_font("song", fname=FONTS / "song.ttf")
        page.add_page()
        for part in rounds[number]:
            page.set_font("song", size=16 if part.kind == "heading" else 12)
            if part.kind == "table":
                with page.table(headings_style=plain) as table:
                    for row in part.cells:
                        table.row(row)
            elif part.chart:
                page.image(io.BytesIO(matplotlib_file(part.chart, "png")), w=page.epw)
            else:
                page.multi_cell(0, text=part.text, new_x="LMARGIN", new_y="NEXT")
        return bytes(page.output())

    return run


def _docxtpl(rounds: Rounds, folder: Path) -> Contestant:
    from docx import Document
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    root = folder / "docxtpl"
    root.mkdir()
    template = Document()
    for place, part in enumerate(rounds[0]):
        if part.kind == "table":
            table = template.add_table(rows=len(part.rows), cols=len(part.rows[0]))
            for across, row in enumerate(part.rows):
                for down, _ in enumerate(row):
                    table.cell(across, down).text = f"{{{{ p{place}[{across}][{down}] }}}}"
        elif part.kind == "heading":
            template.add_heading(f"{{{{ p{place} }}}}", 1)
        else:
            template.add_paragraph(f"{{{{ p{place} }}}}")
    template.save(str(root / "template.docx"))

    def run(number: int) -> bytes:
        document = DocxTemplate(root / "template.docx")
        values: dict[str, object] = {}
        for place, part in enumerate(rounds[number]):
            if part.chart:
                picture = io.BytesIO(matplotlib_file(part.chart, "png"))
                values[f"p{place}"] = InlineImage(document, picture, width=Mm(150))
            else:
                values[f"p{place}"] = part.cells if part.kind == "table" else part.text
        document.render(values, autoescape=True)
        document.save(root / "briefing.docx")
        profile = f"-env:UserInstallation={(root / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(root)]
        subprocess.run([*command, str(root / "briefing.docx")], check=True, capture_output=True)
        return (root / "briefing.pdf").read_bytes()

    return run


def main() -> None:
    """Write what everyone makes, to be looked at."""
    from contents import city_briefing

    with tempfile.TemporaryDirectory() as folder:
        for name, run in typesetters(city_briefing(), Path(folder)):
            with suppress(TypeError):
                Path(f"{name.replace(' ', '-').replace(':', '')}.pdf").write_bytes(bytes(run(0)))  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
