"""Reading: every encoding and file kind gives the same text, and whatever is not a document is refused by name."""

import hashlib
import html
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph
from written_files import ROOT, SAMPLE, as_docx, as_html, as_pdf, read, song

from reportgen.clean import clean
from reportgen.errors import DocumentError, UsageError
from reportgen.model import Document
from reportgen.read import SUFFIXES, read_document, read_listings
from reportgen.read.decoding import decode
from reportgen.read.html import main_text

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
TRADITIONAL = "鞍山市2023年城鎮新增就業39000人,計劃改造老舊小區25個,惠及居民2.29萬戶。"


def ids(path):
    return path.name[:3]


def lines(text):
    """Lines without blanks, empty ones left out: what must be the same in every kind of file."""
    return [line for line in ("".join(line.split()) for line in text.split("\n")) if line]


# Text files


@pytest.mark.parametrize("size", [None, 200, 1_999], ids=["whole", "200 bytes", "1999 bytes"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("path", SEEDS, ids=ids)
def test_encodings(path, encoding, size):
    text = path.read_text(encoding="utf-8")
    found, name, problems = decode(text.encode(encoding)[:size], name="x.txt")
    assert text.startswith(found)
    assert len(found) > 40
    assert name == encoding
    assert [problem.code for problem in problems] in ([], ["truncated"])
    assert size or found == text


def test_big5():
    assert decode(TRADITIONAL.encode("big5"), name="x.txt")[0] == TRADITIONAL


def test_raw_is_what_plain_reading_gives(tmp_path):
    document = read(tmp_path, "a.txt", "一\r\n二\r三\n3.9万人".encode())
    assert document.raw == document.text == (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert document.sha256 == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_every_cut_of_a_text_is_its_beginning_or_refused(encoding):
    data = SAMPLE.encode(encoding)
    outcomes = set()
    for size in range(len(data)):
        try:
            text, _, problems = decode(data[:size], name="x.txt")
        except DocumentError as error:
            assert error.where == "x.txt"
            assert error.hint
            outcomes.add("refused")
            continue
        if size >= 8:
            assert SAMPLE.startswith(text)
            outcomes.add(problems[0].code if problems else "whole")
    assert outcomes == {"refused", "whole", "truncated"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\n ",
        b"\xef\xbb\xbf",
        b"\x00" * 64,
        bytes(range(256)) * 4,
        "Ärger über Öl und Übermaß".encode("latin-1"),
        (SAMPLE * 9).encode().decode("gb18030", "ignore").encode(),
        (SAMPLE * 9).encode()[1:],
        "新增就业龘".encode("gb18030"),
        b"PK\x03\x04" + SAMPLE.encode(),
        b"%PDF-1.7\n" + SAMPLE.encode(),
        b"\xff\xfe" + b"\x00\xd8" * 9,
    ],
    ids=[
        "empty",
        "blank",
        "only a mark",
        "NUL",
        "binary",
        "latin-1",
        "mojibake",
        "cut at the front",
        "too short for a rare character",
        "zip",
        "pdf",
        "half",
    ],
)
def test_what_is_not_text_is_refused(data):
    with pytest.raises(DocumentError) as caught:
        decode(data, name="x.txt")
    assert caught.value.hint


@given(st.binary(max_size=300))
def test_any_bytes_at_all(data):
    try:
        text, _, _ = decode(data, name="x.txt")
    except DocumentError:
        return
    assert "\r" not in text
    assert text.strip()


def test_files_that_are_none(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    for name in ("folder.txt", "pipe.txt", "dangling.txt", "missing.txt", "old.doc"):
        with pytest.raises(DocumentError) as caught:
            read_document(tmp_path / name, name=name)
        assert caught.value.where == name


@pytest.mark.parametrize("limits", [{"max_bytes": 100}, {"max_chars": 20}])
def test_limits(tmp_path, limits):
    with pytest.raises(DocumentError, match=r"larger|characters"):
        read(tmp_path, "a.txt", SAMPLE.encode() * 9, **limits)


@pytest.mark.parametrize("kind", ["gb18030", "utf-16", "html", "docx", "pdf"])
@pytest.mark.parametrize("path", SEEDS, ids=ids)
def test_every_kind_of_file_gives_the_same_text(tmp_path, path, kind):
    original = clean(read_document(path, name=path.name)).text
    text = [line.strip() for line in original.replace("玍", "海").split("\n") if line.strip()]
    if kind == "pdf":
        document = read(tmp_path, "a.pdf", as_pdf([Paragraph(html.escape(line), song()) for line in text]))
        assert len(document.pages) > 1
        assert all(document.text[start : start + 1].strip() for start in document.pages)
    elif kind == "docx":
        document = read(tmp_path, "a.docx", as_docx(text))
    elif kind == "html":
        document = read(tmp_path, "a.html", as_html(text).encode("gb18030"))
    else:
        document = read(tmp_path, "a.txt", "\n".join(text).encode(kind))
    again = clean(document)
    assert lines(again.text) == lines("\n".join(text))
    digits = [again.raw[again.offsets.raw(i)] == char for i, char in enumerate(again.text) if char.isdigit()]
    assert digits
    assert all(digits)


# Web pages

PAGE = """<!DOCTYPE html><html><head><title>甲市统计公报_甲市人民政府</title>
<meta name="PubDate" content="2023-04-17"><script>var a = "<p>99999</p>";</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/x">要闻100条</a></div><h1>甲市统计公报</h1>
<div class="content"><p>新增就业<span>3</span><span>.9</span>万人,&#22686;长5&percnt;,\n比上年好。</p>
<table><tr><th>指标</th><th>数值</th></tr><tr><td>生产总值</td><td><p>1,234.5亿元</p></td></tr></table>
<p>改造小区25个,<b>惠及</b>居民2.29万户,投资4.48亿元。<!-- 旧稿:26个 --></p>
<p style="display:none">隐藏的77人,看不见。</p><ul><li><a href="/1">相关新闻88条</a></li></ul></div>
<div class="sidebar"><p>乙市新增就业66万人,增长9%。</p></div><footer>版权所有,访问55次</footer></body></html>"""


def test_main_text_of_a_page():
    text, offsets = main_text(PAGE)
    assert text.split("\n") == [
        "发布时间：2023-04-17",
        "甲市统计公报",
        "新增就业3.9万人,增长5%,比上年好。",
        "指标\t数值",
        "生产总值\t1,234.5亿元",
        "改造小区25个,惠及居民2.29万户,投资4.48亿元。",
    ]
    for number in ("2023-04-17", "1,234.5", "25个", "2.29"):
        start = text.index(number)
        assert PAGE[slice(*offsets.raw_span(start, start + len(number)))] == number
    start = text.index("3.9")
    assert PAGE[slice(*offsets.raw_span(start, start + 3))] == "3</span><span>.9"


PROSE = "<p>全市新增就业{0}人，培训{0}人次，发放补贴{0}万元，完成全年任务的{0}%。</p>"
ARTICLE = "".join(PROSE.format(number) for number in range(11, 21))


@pytest.mark.parametrize(
    ("page", "kept", "gone"),
    [
        (f"<body><div class=sidebar>{ARTICLE}</div><p>版权所有</p></body>", ["就业11人", "就业20人"], []),
        (
            f"<body><div>{ARTICLE}</div><section>{PROSE.format(77)}{PROSE.format(78)}</section></body>",
            ["就业11人", "就业20人"],
            ["就业77人", "就业78人"],
        ),
        (
            f"<body><table><tr><td>{ARTICLE}</td><td>{ARTICLE.replace('就业', '创业')}</td></tr></table></body>",
            ["就业11人", "\n全市新增创业11人"],
            ["\t"],
        ),
        (
            "<body><table><tr><td>全市，新增就业</td><td>11人，</td></tr><tr><td>培训</td><td>12人</td></tr></table>",
            ["全市，新增就业\t11人", "培训\t12人"],
            [],
        ),
    ],
    ids=["class names mislead", "prose beside the article", "a table that lays out the page", "a table of data"],
)
def test_what_belongs_to_the_main_text_of_a_page(page, kept, gone):
    text, _ = main_text(page)
    assert [words for words in kept if words not in text] == []
    assert [words for words in gone if words in text] == []


def test_desktop_and_mobile_copy_become_one():
    sentence = "<p>第{0}项,新增就业{0}00人,培训{0}50人次,发放补贴{0}万元,完成全年任务的{0}%。</p>"
    body = "".join(sentence.format(i) for i in range(1, 12))
    page = f"<body><div class=pc>{body}</div><div class=mobile>{body}</div></body>"
    text, offsets = main_text(page)
    once = clean(Document("a.html", "", "text/html", "utf-8", page, text, offsets)).text
    assert text.count("新增就业300人") == 2
    assert once.count("新增就业300人") == 1


@given(st.text(alphabet=st.sampled_from("<>/\"'=&;!-p div table tr td script新增39万人。#"), max_size=120))
def test_any_markup_at_all(source):
    text, offsets = main_text(source)
    assert all(0 <= offsets.raw(i) < len(source) for i in range(len(text)))


# Markdown

MARKDOWN = """# 甲市公报

**新增就业**`3.9`万人,[详见](http://a/1)。

| 指标 | 数值 |
|---|--:|
| 生产总值 | 12亿元 |

---
- 一条
1. 第一
"""


def test_markdown(tmp_path):
    document = read(tmp_path, "a.md", MARKDOWN.encode())
    assert [line for line in document.text.split("\n") if line] == [
        "甲市公报", "新增就业3.9万人,详见。", "指标\t数值", "生产总值\t12亿元", "一条", "1. 第一",
    ]  # fmt: skip
    kept = [(document.raw[document.offsets.raw(i)], char) for i, char in enumerate(document.text) if char != "\t"]
    assert all(before == after for before, after in kept)


# sources.csv


def listed(folder, data):
    (folder / "sources.csv").write_bytes(data)
    return read_listings(folder / "sources.csv")


def test_listings(tmp_path):
    assert read_listings(tmp_path / "sources.csv") == {}
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        text = 'doc,area,published,title\r\na.txt,朝阳市,2023-09-13,"一,二"\r\n\r\nb.txt,,,\r\n'
        found = listed(tmp_path, text.encode(encoding))
        assert (found["a.txt"].area, found["a.txt"].title, found["b.txt"].published) == ("朝阳市", "一,二", "")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("area\n朝阳市\n", "sources.csv:1"),
        ("doc,citty\na.txt,朝阳市\n", "sources.csv:1"),
        ("doc,area\na.txt,朝阳市\na.txt,鞍山市\n", "sources.csv:3"),
        ("doc,area\n,朝阳市\n", "sources.csv:2"),
        ("doc,area\na.txt,朝阳市,多\n", "sources.csv:2"),
        ('doc,area\na.txt,"朝阳市\n', "sources.csv:2"),
    ],
)
def test_listing_errors_name_the_line(tmp_path, text, where):
    with pytest.raises(UsageError) as caught:
        listed(tmp_path, text.encode())
    assert caught.value.where == where


def test_suffixes():
    assert SUFFIXES == (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
