"""Documents as offices write them: a web page, a Word file, a PDF with running heads; and how a test reads them."""

import html
import io
from functools import cache
from pathlib import Path

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import SimpleDocTemplate

from reportgen.read import Limits, read_document

ROOT = Path(__file__).parent.parent
SAMPLE = "鞍山市2023年城镇新增就业3.9万人左右,计划改造老旧小区25个。\n发展很好!\n"


def read(folder, name, data, **limits):
    path = folder / name
    path.write_bytes(data)
    return read_document(path, name=name, limits=Limits(**limits))


def as_html(text):
    body = "".join(f"<p>　　{html.escape(line)}</p>\r\n" for line in text)
    page = f"<title>{html.escape(text[0])}</title><div class='nav'><a href='/'>首页</a> <a>新闻</a></div>"
    return f"<html><head><meta charset=gb2312></head>{page}<div>{body}</div><div class=footer>版权所有,第1版</div>"


def as_docx(text):
    document = docx.Document()
    for line in text:
        document.add_paragraph(line)
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def song():
    """The style of running text in a PDF."""
    font = TTFont("song-for-read", ROOT / "reportgen" / "fonts" / "song.ttf", asciiReadable=0, shapable=False)
    pdfmetrics.registerFont(font)
    return ParagraphStyle("body", fontName="song-for-read", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)


def as_pdf(flowables, **options):
    def furniture(canvas, template):
        canvas.setFont("song-for-read", 9)
        canvas.drawString(80, 800, "辽宁省政府公报")
        canvas.drawCentredString(297, 40, f"— {template.page} —")

    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1, **options).build(flowables, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()
