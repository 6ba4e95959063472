"""PDF files of the sample briefing or of some blocks, and the characters that stand on their pages."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pdfplumber
import sample_briefing as sample

from reportgen.house import House, load_house
from reportgen.model import (
    Block,
)
from reportgen.render import pdf

HOUSE_FILE = Path(__file__).parent.parent / "templates" / "house.toml"


@cache
def house(style: str = "briefing") -> House:
    return load_house(HOUSE_FILE, style)


@cache
def rendered(style: str = "briefing") -> bytes:
    return pdf.render(sample.city(), house(style))


def render(*blocks: Block) -> bytes:
    return pdf.render(sample.city(blocks), house())


def characters(data: bytes) -> list[list[dict]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.chars for page in document.pages]


def drawn(data: bytes) -> str:
    """All text in the order in which it is drawn, without white."""
    return re.sub(r"\s", "", "".join(char["text"] for page in characters(data) for char in page))
