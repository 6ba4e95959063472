"""Word, PDF and html of one briefing say the same words in the same order, and none is too large to be sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
import sample_briefing as sample
from printed_text import docx_text, html_text, pdf_text, squeezed
from word_sample import briefing as word_briefing

from reportgen.cli import main
from reportgen.house import load_house
from reportgen.model import Briefing
from reportgen.render import docx, html, pdf

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
PRINTED = ("cities/朝阳市", "cities/承德市", "sectors/就业社保", "sectors/能源")
READERS: dict[str, Callable[[bytes], str]] = {".pdf": pdf_text, ".docx": docx_text, ".html": html_text}
LARGEST = 400_000
"""Bytes of a five-page briefing."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities and two sectors of the seeds, in every format."""
    out = tmp_path_factory.mktemp("published")
    chosen = ("--area", "朝阳市", "--area", "承德市", "--sector", "employment", "--sector", "energy")
    folders = ("--seeds", str(ROOT / "seeds"), "--templates", str(TEMPLATES), "--out", str(out))
    assert main(("build", *folders, *chosen, "--format", "pdf,docx,html", "--quiet")) == 0
    return next(path for path in out.iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("name", PRINTED)
def test_all_formats_say_the_same(name: str, published: Path) -> None:
    texts = {suffix: read((published / f"{name}{suffix}").read_bytes()) for suffix, read in READERS.items()}
    assert len(texts[".pdf"]) > 500
    assert texts[".docx"] == texts[".pdf"]
    assert texts[".html"] == texts[".pdf"]


@pytest.mark.parametrize("briefing", [sample.city(), word_briefing()], ids=["sample", "word"])
def test_every_kind_of_block_says_the_same(briefing: Briefing) -> None:
    house = load_house(TEMPLATES / "house.toml")
    printed = pdf_text(pdf.render(briefing, house))
    assert docx_text(docx.render(briefing, house, template=TEMPLATES / "house.docx")) == printed
    assert html_text(html.render(briefing, house)) == printed


def test_a_word_that_one_format_loses_is_noticed() -> None:
    house = load_house(TEMPLATES / "house.toml")
    page = html.render(sample.city(), house)
    words = "内部参阅"
    assert squeezed(words) in html_text(page)
    assert html_text(page.replace(words.encode(), b"")) != html_text(page)


@pytest.mark.parametrize("name", PRINTED)
def test_a_briefing_is_small_enough_to_be_sent(name: str, published: Path) -> None:
    data = (published / f"{name}.pdf").read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as document:
        pages = len(document.pages)
    allowed = LARGEST * max(pages, 5) / 5
    assert len(data) <= allowed
    assert (published / f"{name}.docx").stat().st_size <= allowed
