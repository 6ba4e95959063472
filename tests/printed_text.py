"""What a reader finds in a printed file: the text of a PDF, a Word file and an html page, each read by its own format.

Bytes go in; out comes the text in the order of the file, without white, without what belongs to one format alone
(running heads, page numbers, contents, the labels inside charts, html's links into the evidence page).
"""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import pdfplumber
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHITE = re.compile("[\\s\u2060\u200b\u00ad]")
_APART = ("svg", "style", "title", "script")
_VOID = ("meta", "br", "img", "col", "hr", "input", "link")


def squeezed(text: str) -> str:
    """`text` without white and joiners."""
    return _WHITE.sub("", text)


def pdf_text(data: bytes) -> str:
    """The tagged text: artifacts, contents (TOC) and what is drawn in charts (Figure) are left out."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found += [
                char["text"] for char in page.chars if char.get("tag") not in ("Artifact", "Figure", "TOCI", "Caption")
            ]
            page.close()
    return squeezed("".join(found))


def docx_text(data: bytes) -> str:
    """The body's text, deleted text and contents left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
    names = {style.get(f"{_W}styleId"): style.find(f"{_W}name").get(f"{_W}val") for style in styles.iter(f"{_W}style")}
    found = []
    for paragraph in body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = names.get(style.get(f"{_W}val"), "") if style is not None else ""
        if not name.lower().startswith("toc"):
            found += [text.text or "" for text in paragraph.iter(f"{_W}t")]
    return squeezed("".join(found))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.apart = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leads_out = tag == "a" and ("class", "source") in attrs
        self.apart += tag in _APART or leads_out or (self.apart > 0 and tag not in _VOID)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Opens and closes nothing."""

    def handle_endtag(self, tag: str) -> None:
        self.apart -= self.apart > 0

    def handle_data(self, data: str) -> None:
        if not self.apart:
            self.found.append(data)


def html_text(data: bytes) -> str:
    """All text outside drawings."""
    page = _Page()
    page.feed(data.decode("utf-8"))
    return squeezed("".join(page.found))
