"""Documents broken at random, in every format that can be read; the same number gives the same document again.

In: a number. Out: file name and bytes. Damage is done to the text, to the markup or parts that carry it, or to the
bytes of the finished file, so that some mutants die in the reader and others reach extraction and print.
"""

from __future__ import annotations

import html
import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
KINDS = ("txt", "gbk.txt", "utf16.txt", "md", "html", "docx", "pdf")
_LENGTHS = (120, 600, 2_000)
TOKENS = (
    *(
        "9" * 5_000,
        "0" * 300,
        "1e400",
        "1_000",
        "nan",
        "-0",
        "--5%",
        "５％",
        "²³",
        "①2023年",
        "٣٤",
        "1,2,3,4.5.6",
        "１２.５万",
    ),
    *(
        "万亿" * 40,
        "亿元",
        "个百分点",
        "％",
        "‰",
        "倍",
        "番",
        "至",
        "-",
        "~",
        "约",
        "不少于",
        "下降",
        "增长",
        "分别为",
        "其中：",
    ),
    *("2023年2月30日", "9999年", "0年", "1-13月", "99月", "上年同期", "十三五", "2099年底前", "截至", "前三季度"),
    *(
        "(" * 900,
        "（" * 300,
        "“" * 200,
        "、" * 2_000,
        "，" * 500,
        "的" * 3_000,
        "\n" * 500,
        "\t" * 200,
        "一、" * 300,
        "（一）" * 200,
    ),
    *("\x00", "\u200b", "\u202e", "\ufeff", "\ud800", "\ufffe", "\x0b\x0c\x1b[2J", "\U0001f600", "𠮷", "e\u0301"),
    *(
        "<b>",
        "</td></tr>",
        "<table>" * 60,
        "<!--",
        "]]>",
        "<![CDATA[",
        "&#x110000;",
        "&lt;",
        "{{ 7*7 }}",
        "{% for x in y %}",
    ),
    *(
        "# ",
        "|a|b|\n|-|-|\n",
        "```",
        "[a](javascript:x)",
        "=HYPERLINK(1)",
        "@SUM(1)",
        "$\\frac{1}{0}$",
        "../../x",
        "沈阳市朝阳区",
    ),
    *('<!DOCTYPE a [<!ENTITY b "c">]>', "<w:p>" * 300, "<w:tbl>", '<w:gridSpan w:val="99999"/>', "w:val=", "xmlns:"),
    *(
        " obj",
        "endobj",
        "stream",
        "/Length 99999999",
        "/Type /Page",
        "(" * 50,
        " Tj",
        "ET",
        "%%EOF",
        "/Kids [1 0 R]",
        "<<" * 400,
    ),
)


@cache
def texts() -> tuple[str, ...]:
    """The seeds."""
    return tuple(path.read_text("utf-8", "replace") for path in sorted((ROOT / "seeds").glob("*.txt")))


def mutant(number: int) -> tuple[str, bytes]:
    """File name and bytes of one broken document."""
    chance = random.Random(number)
    kind = KINDS[number % len(KINDS)]
    seed = chance.choice(texts())
    begin = chance.randrange(max(1, len(seed) - 200)) if chance.random() < 0.7 else 0
    text = seed[begin : begin + chance.choice(_LENGTHS)]
    where = chance.choice(("text", "inside", "bytes", "text", "both"))
    if where in ("text", "both"):
        text = _damaged_text(text, chance)
    inside = (lambda part: _damaged_bytes(part, chance)) if where in ("inside", "both") else None
    data = _WRITERS[kind](text, inside)
    if where in ("bytes", "both"):
        data = _damaged_bytes(data, chance)
    return f"{number:07}.{kind}", data


def _damaged_text(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place, size = chance.randrange(len(text) + 1), chance.choice((1, 1, 3, 30))
        piece = chance.choice(
            (
                chance.choice(TOKENS),
                chance.choice(TOKENS),
                "",
                text[place - size : place] * 3,
                chr(chance.randrange(0xD800)),
            )
        )
        text = text[:place] + piece + text[place + chance.choice((0, size)) :]
    return text


def _damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 8))):
        place, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 4, 64))
        token = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
        piece = chance.choice((b"", bytes([chance.randrange(256)]), token, data[place : place + size] * 2, data[:size]))
        data = data[:place] + piece + data[place + chance.choice((0, 1, size)) :]
        if chance.random() < 0.05:
            data = data[: chance.randrange(len(data) + 1)]
    return data


Inside = Callable[[bytes], bytes] | None


def _encoded(encoding: str) -> Callable[[str, Inside], bytes]:
    def write(text: str, inside: Inside) -> bytes:
        data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "ignore")
        return inside(data) if inside else data

    return write


def _markdown(text: str, inside: Inside) -> bytes:
    lines = text.split("\n")
    marked = [
        f"{'#' * (1 + index % 3)} {line}" if index % 7 == 0 else f"**{line}**" for index, line in enumerate(lines)
    ]
    return _encoded("utf-8")("\n\n".join(marked) + "\n\n|指标|数值|\n|---|--:|\n|就业|3.9万人|\n", inside)


def _html(text: str, inside: Inside) -> bytes:
    rows = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n"))
    table = "<table><tr><th>指标</th><td>3.9万人</td></tr></table>"
    return _encoded("utf-8")(
        f"<html><head><title>公报</title></head><body><div>{rows}{table}</div></body></html>", inside
    )


def _docx(text: str, inside: Inside) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_plain_docx())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    paragraphs = "".join(f"<w:p><w:r><w:t>{html.escape(_legal(line))}</w:t></w:r></w:p>" for line in text.split("\n"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:sectPr", paragraphs.encode("utf-8", "replace") + b"<w:sectPr", 1
    )
    if inside:
        parts["word/document.xml"] = inside(parts["word/document.xml"])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)  # without the time of day
    return file.getvalue()


def _legal(text: str) -> str:
    """Without what XML cannot hold, so that a damaged text arrives and not only a damaged file."""
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")


@cache
def _plain_docx() -> bytes:
    import docx

    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "3.9万人"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pdf(text: str, inside: Inside) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "fuzz-song" not in pdfmetrics.getRegisteredFontNames():
        # reportlab gives the first font of a face to all later ones: codes like ours, so that no PDF of ours differs
        path = ROOT / "reportgen/fonts/song.ttf"
        pdfmetrics.registerFont(TTFont("fuzz-song", path, asciiReadable=0, shapable=False))
    file = io.BytesIO()
    # not compressed: damage reaches what the page says
    canvas = Canvas(file, pageCompression=0, invariant=1)
    lines = [_legal(line)[begin : begin + 40] for line in text.split("\n") for begin in range(0, max(1, len(line)), 40)]
    for begin in range(0, min(len(lines), 120), 40):
        canvas.setFont("fuzz-song", 12)
        for place, line in enumerate(lines[begin : begin + 40]):
            canvas.drawString(60, 800 - 18 * place, line)
        canvas.rect(50, 40, 100, 20)
        canvas.showPage()
    canvas.save()
    return inside(file.getvalue()) if inside else file.getvalue()


_WRITERS: dict[str, Callable[[str, Inside], bytes]] = {
    "txt": _encoded("utf-8"),
    "gbk.txt": _encoded("gb18030"),
    "utf16.txt": _encoded("utf-16"),
    "md": _markdown,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
}
