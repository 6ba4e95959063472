"""The html renderer: one file that loads nothing, says what the PDF says, and takes no markup from a text."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sample_briefing as sample

from reportgen.house import House, load_house
from reportgen.model import (
    Block,
    Card,
    Cell,
    Column,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    KeyPoints,
    Masthead,
    Paragraph,
    Span,
    Table,
    TextOp,
    Title,
)
from reportgen.model import Cards as CardBlock
from reportgen.render import html
from reportgen.render.html.spans import mentioned

HOUSE_FILE = Path(__file__).parent.parent / "templates" / "house.toml"
VOID = {"meta", "br", "col", "path"}


class Page(HTMLParser):
    """Elements with their attributes, the visible text, and whether every element is closed in order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[\s\u2060]", "", "".join(self.words))


@cache
def house() -> House:
    return load_house(HOUSE_FILE)


def page(*blocks: Block) -> Page:
    return Page(html.render(sample.city(blocks or sample.BLOCKS), house()))


def test_same_briefing_same_bytes_and_nothing_is_fetched():
    data = html.render(sample.city(), house())
    assert data == html.render(sample.city(), house())
    found = Page(data)
    assert not {tag for tag, _ in found.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "use",
    }
    assert b"url(" not in data and b"@import" not in data and b"http:" not in data and b"https:" not in data
    assert all(attrs["href"].startswith("#") for tag, attrs in found.elements if tag == "a")
    assert not [name for _, attrs in found.elements for name in attrs if name.startswith("on")]


def test_every_text_of_the_blocks_is_there_in_order():
    found = page().text
    at = 0
    for block in sample.BLOCKS:
        if isinstance(block, Heading):
            at = found.index(block.text, at)
        if isinstance(block, Paragraph):
            words = re.sub(r"\s", "", "".join(span.text for span in block.spans))
            at = found.index(words, at)
        if isinstance(block, Evidence):
            for entry in block.entries:
                words = "".join(span.text for span in entry.spans)
                at = found.index(f"[{entry.number}]{words}", at)
    assert all(op.text in found for op in sample.lollipop().drawing.ops if isinstance(op, TextOp))


def test_every_link_has_its_place_and_ids_are_unique():
    found = page()
    ids = [attrs["id"] for _, attrs in found.elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in found.elements if tag == "a"]
    assert {link[1:] for link in links} <= set(ids)
    known = {entry.anchor for block in sample.BLOCKS if isinstance(block, Evidence) for entry in block.entries}
    forward = [link for link in mentioned(sample.BLOCKS) if link in known]
    assert len(links) == len(forward) + len(set(forward))


def filled(words: str) -> tuple[Block, ...]:
    """Every kind of block with `words` wherever a text can stand."""
    return (
        Masthead(words, words, words, words, words),
        Title(words, (Span(words),)),
        KeyPoints(words, ((words, (Span(words, "strong"),)),)),
        CardBlock((Card(words, words, words, "actual", words, words, Span(words, "mark"), words, words),)),
        Heading(1, words, (Span(words),), words),
        Paragraph((Span(words, "actual", words, words),)),
        Table((Column(((Span(words),),), 10),), ((Cell(((Span(words),),)),),), words, 1, notes=((Span(words),),)),
        Evidence((Span(words),), (EvidenceEntry(words, words, (Span(words),)),)),
        EndBlock((Span(words),), words, words),
    )


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", '"><img src=x onerror=1>', "&lt;b&gt;", "a</style>b", "'`{{x}}", "</a><a href=//x>"],
)
def test_markup_in_a_text_stays_text(words):
    plain, hostile = page(*filled("普通文字")), page(*filled(words))
    assert hostile.text.count(re.sub(r"\s", "", words)) == plain.text.count("普通文字") >= 24
    assert [(tag, sorted(attrs)) for tag, attrs in hostile.elements] == [
        (tag, sorted(attrs)) for tag, attrs in plain.elements
    ]


def test_control_characters_do_not_reach_the_page():
    assert "新增就业" in page(Paragraph((Span("新增\x00\x0b就业"),))).text


def test_numbers_with_units_and_short_brackets_stay_on_one_line() -> None:
    words = (Span("已完成"), Span("4.8亿元", "actual", "f"), Span(""), Span("（推算"), Span("80.0%", "number", "f"))
    page = html.render(
        sample.city((Paragraph((*words, Span("）。占25.54万人，"), Span("10.0%", "muted"), Span("（推算）"))),)),
        house(),
    )
    whole = re.findall('<span class="[^"]*whole"[^>]*>((?:[^<]|<span[^>]*>[^<]*</span>)*)</span>', page.decode())
    assert [re.sub("<[^>]*>", "", found) for found in whole] == [
        "4.8亿元",
        "（推算80.0%）",
        "25.54万人",
        "10.0%（推算）",
    ]
    assert "已完成4.8亿元（推算80.0%）。占25.54万人，10.0%（推算）" in "".join(Page(page).words)
