"""Bytes of a PDF file -> its running text: wrapped lines joined again, running heads and page numbers left out.

A line is joined to the next without a blank, so that no word or number is broken by a line end. Ruled tables become
lines with tabs between cells. Pictures of text are not read.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ..errors import DocumentError
from .limits import Limits

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

_PAGE_NUMBER = re.compile(r"[-—–\s·.第]{0,6}\d{1,4}[-—–\s·.页]{0,6}(?:[/共]\s?\d{1,4}\s?页?)?")
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile("[A-Za-z]")
_UNBROKEN = re.compile("[!-~]{1,20}")
_ENDS = "。！？；：!?;:"
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是")
_MARGIN_LINES = 2
_GAP = 1.7
"""A line this many line pitches lower begins a paragraph."""
_INDENT = 0.9
"""A line indented by this many line heights begins a paragraph."""
_HINT = "open it in a PDF viewer; if the text cannot be selected there, ask for the document as .docx or text"


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line, or a table row (`row`): its text and box, in points from the top left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    row: bool = False


def pdf_text(data: bytes, *, name: str, limits: Limits) -> tuple[str, tuple[int, ...]]:
    """The text of a PDF file and the offsets at which its pages begin. Raises DocumentError."""
    pages = _pages(data, name, limits)
    if not any(pages):
        raise DocumentError("the PDF has no text that can be read", where=name, hint=_HINT)
    return _joined(_without_furniture(pages))


def _pages(data: bytes, name: str, limits: Limits) -> list[list[_Line]]:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[list[_Line]] = []
    characters = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                if len(found) == limits.max_pages:
                    raise DocumentError(f"the PDF has more than {limits.max_pages} pages", where=name, hint="split it")
                found.append(_lines(page))
                characters += sum(len(line.text) for line in found[-1])
                if characters > limits.max_chars:
                    raise DocumentError("the PDF has too much text", where=name, hint="split it")
                page.close()
    except (DocumentError, MemoryError):
        raise
    except PdfminerException as error:
        locked = "Password" in repr(error) or "Encryption" in repr(error)
        what = "the PDF is encrypted" if locked else "the PDF is damaged"
        raise DocumentError(what, where=name, hint="save it without a password" if locked else _HINT) from error
    except Exception as error:  # the parser raises whatever broken input makes its code raise
        raise DocumentError("the PDF is damaged", where=name, hint=_HINT) from error
    return found


def _lines(page: Page) -> list[_Line]:
    """The lines and table rows of a page from top to bottom."""
    tables = [table for table in page.find_tables() if _is_grid(table)] if page.rects or page.lines else []
    boxes = [table.bbox for table in tables]
    found = []
    for line in page.extract_text_lines(return_chars=False, x_tolerance_ratio=0.5):
        middle_x, middle_y = (line["x0"] + line["x1"]) / 2, (line["top"] + line["bottom"]) / 2
        if not any(x0 <= middle_x <= x1 and top <= middle_y <= bottom for x0, top, x1, bottom in boxes):
            found.append(_Line(line["text"].strip(), line["x0"], line["x1"], line["top"], line["bottom"]))
    for table in tables:
        for row, cells in zip(table.rows, table.extract(x_tolerance_ratio=0.5), strict=True):
            text = "\t".join(_one_line(cell or "") for cell in cells)
            if text.strip():
                left, top, right, bottom = row.bbox
                found.append(_Line(text, left, right, top, bottom, row=True))
    return sorted((line for line in found if line.text), key=lambda line: (line.top, line.left))


def _is_grid(table: Table) -> bool:
    return len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1


def _one_line(cell: str) -> str:
    text = ""
    for line in cell.split("\n"):
        text += _seam(text, line) + line.strip()
    return text


def _without_furniture(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers and without heads and feet that come back on most pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("0", line.text) for line in _margins(page)})
    often = max(2, (len(pages) + 1) // 2)
    repeated = {text for text, count in seen.items() if count >= often}
    kept = []
    for page in pages:
        margins = {id(line) for line in _margins(page)}
        kept.append([line for line in page if id(line) not in margins or not _is_furniture(line, repeated)])
    return kept


def _margins(page: list[_Line]) -> list[_Line]:
    """The first and last lines of a page, where heads and feet stand."""
    return [line for line in (page[:_MARGIN_LINES] + page[_MARGIN_LINES:][-_MARGIN_LINES:]) if not line.row]


def _is_furniture(line: _Line, repeated: set[str]) -> bool:
    return _DIGITS.sub("0", line.text) in repeated or _PAGE_NUMBER.fullmatch(line.text) is not None


def _joined(pages: list[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """All lines as paragraphs, and the offset at which each page begins."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: _Line | None = None
    right_edge = 0.0
    for page in pages:
        prose = [line for line in page if not line.row]
        left = min((line.left for line in prose), default=0.0)
        right = max((line.right for line in prose), default=0.0)
        height = median(line.bottom - line.top for line in prose) if prose else 0.0
        pitch = median([b.top - a.top for a, b in pairwise(prose) if b.top > a.top] or [2 * height])
        indents = any(line.left > left + _INDENT * height for line in prose)
        starts.append(length)
        for index, line in enumerate(page):
            if before is not None:
                far = index > 0 and line.top - before.top > _GAP * pitch
                full = before.right >= right_edge - _room(line, indents) * height
                goes_on = not far and full and line.left <= left + _INDENT * height
                anew = before.row or line.row or (not indents and _begins_anew(before, line))
                seam = _seam(before.text, line.text) if goes_on and not anew else "\n"
                parts.append(seam)
                length += len(seam)
            if index == 0:
                starts[-1] = length
            parts.append(line.text)
            length += len(line.text)
            before, right_edge = line, right
    return "".join(parts), tuple(starts)


def _begins_anew(before: _Line, line: _Line) -> bool:
    """Whether a line that could go on is a numbered paragraph, after a full stop."""
    return before.text[-1] in _ENDS and _NUMBERED.match(line.text) is not None


def _room(line: _Line, indents: bool) -> float:
    """How much room, in line heights, a full line before `line` may leave: what could not be broken begins `line`.

    More where paragraphs are indented, for then a line that is not goes on anyway.
    """
    word = _UNBROKEN.match(line.text)
    return (5 if indents else 2) + (len(word[0]) * 0.6 if word else 0)


def _seam(before: str, after: str) -> str:
    """What stands between two printed lines of one paragraph: a blank between Latin words only."""
    return " " if before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
