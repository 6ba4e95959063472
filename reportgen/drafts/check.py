"""What to look at before an edited draft becomes a PDF: numbers without a source, old values, lost links.

Findings name page and sentence. Nothing is changed here and nothing is called right or wrong that cannot be proved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from reportgen.drafts.align import Found, base_to_new, base_to_theirs, in_grid
from reportgen.drafts.document import Draft, ancestor, open_draft, paragraphs
from reportgen.drafts.lines import AUTHOR, OBJECT, Line, read_line
from reportgen.drafts.links import Links, link
from reportgen.ooxml import qn

Kind = Literal["unbacked", "by hand", "stale", "unlinked", "pending"]
WORDS: Final = {
    "unbacked": "手工写入的数字没有出处",
    "by hand": "关联数字被手工改动",
    "stale": "已有更新的数值",
    "unlinked": "数字与出处的关联已丢失",
    "pending": "有未处理的修订",
}
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DATE: Final = re.compile(r"^(?:年|月|日|号|时|点|分)(?!钟)|^[—–-][0-9]+(?:年|月|日)")
_LETTERS: Final = re.compile(r"%|‰|[^\W\d_]{1,2}")
_WIDE: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")
_BLANKS: Final = re.compile(r"[\s　]+")
_SENTENCE: Final = re.compile(r"[^。；！？\n]*[。；！？\n]?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place to look at: page as last laid out (0: unknown), sentence, words, and what we would print there.

    `printed` is the page of the PDF, for whoever knows it.
    """

    kind: Kind
    page: int
    sentence: str
    text: str
    expected: str = ""
    figure_id: str = ""
    printed: int = 0

    def __str__(self) -> str:
        """One line in Chinese."""
        page = f"第{self.page}页 " if self.page else f"PDF第{self.printed}页 " if self.printed else ""
        expected = f"（应为 {self.expected}）" if self.expected else ""
        return f"{page}{WORDS[self.kind]}：{self.text}{expected}　{self.sentence}"


def check_draft(data: bytes, base: bytes, new: bytes | None = None, *, where: str = "draft") -> tuple[Finding, ...]:
    """Findings in reading order. `base` is what the draft was made from, `new` what would be generated now.

    Raises ReportgenError when a file is no sound Word file.
    """
    draft, ours = open_draft(data, where=where), open_draft(base, where="base")
    newer = ours if new is None else open_draft(new, where="new version")
    found = base_to_theirs(ours, draft)
    links = link(ours, draft, newer, base_to_new(ours, newer), found)
    backed = _backed(ours, newer)
    pages = _pages(draft)
    out: list[Finding] = []
    for index, line in enumerate(draft.lines):
        out.extend(_linked(line, links, draft.written, backed, pages[index]))
        out.extend(_typed(line, _original(ours, found, index), backed, pages[index]))
        out.extend(_unlinked(line, ours, links, found, index, pages[index]))
    return (*out, *_pending(draft, pages))


def _linked(line: Line, links: Links, written: Mapping[str, str], backed: set[str], page: int) -> list[Finding]:
    out = []
    for slot in line.slots:
        old = links.base.get(id(slot))
        new = links.current(old) if old else None
        sentence = _sentence(line, slot.start)
        # A copy that was made from an earlier version still says what that version printed: nobody's hand changed it.
        first = written.get(slot.name, old.text if old else "")
        if slot.kind != "figure":
            continue
        if first and slot.text not in {first, old.text if old else "", new.text if new else ""}:
            out.append(Finding("by hand", page, sentence, slot.text, new.text if new else first, slot.id))
        elif new is not None and new.text != slot.text:
            out.append(Finding("stale", page, sentence, slot.text, new.text, slot.id))
        elif old is None and not all(_claim(slot.text, match) in backed for match in _NUMBER.finditer(slot.text)):
            out.append(Finding("stale", page, sentence, slot.text, "", slot.id))
    return out


def _original(base: Draft, found: Found, index: int) -> Counter[str]:
    """The numbers that our own version of a paragraph had."""
    numbers: Counter[str] = Counter()
    for one, other in [*found.lines.items(), *found.joined.items()]:
        if other == index:
            numbers.update(match[0] for match in _NUMBER.finditer(base.lines[one].text))
    return numbers


def _backed(base: Draft, new: Draft) -> set[str]:
    """Every number that a linked figure or a source sentence prints, alone and with the letters behind it."""
    numbers: set[str] = set()
    for line in [*base.lines, *new.lines]:
        evidence = any(anchor.startswith("a_") for anchor in line.anchors)
        texts = [line.text] if evidence else [slot.text for slot in line.slots if slot.kind == "figure"]
        for text in texts:
            for match in _NUMBER.finditer(text):
                letters = _LETTERS.match(text, match.end())
                behind = letters[0] if letters else ""
                numbers.update((match[0], match[0] + behind[:1], match[0] + behind))
    return numbers


def _claim(text: str, match: re.Match[str]) -> str:
    """What has to be backed: a number with its unit; of one digit with two letters, for every text has a 3."""
    letters = _LETTERS.match(text, match.end())
    return match[0] + (letters[0][: 2 if len(match[0]) == 1 else 1] if letters else "")


def _typed(line: Line, original: Counter[str], backed: set[str], page: int) -> list[Finding]:
    """Numbers outside links that we did not write and that no source prints; dates are not figures."""
    left = original.copy()
    taken = [(slot.start, slot.end) for slot in line.slots]
    out = []
    text = line.text.translate(_WIDE)
    for match in _NUMBER.finditer(text):
        known = left[match[0]] > 0
        left[match[0]] -= 1
        if known or _claim(text, match) in backed or any(start <= match.start() < end for start, end in taken):
            continue
        if _DATE.match(text[match.end() :]):
            continue
        out.append(Finding("unbacked", page, _sentence(line, match.start()), _claim(text, match)))
    return out


def _unlinked(line: Line, base: Draft, links: Links, found: Found, index: int, page: int) -> list[Finding]:
    """Figures of ours whose text still stands in the paragraph without a link."""
    there = {id(old) for old in links.base.values()}
    out = []
    for one, other in found.lines.items():
        if other != index:
            continue
        for slot in base.lines[one].slots:
            place = line.text.find(slot.text)
            if slot.kind != "figure" or id(slot) in there or place < 0:
                continue
            if not any(s.start <= place < s.end for s in line.slots):
                out.append(Finding("unlinked", page, _sentence(line, place), slot.text, "", slot.id))
    return out


def _pending(draft: Draft, pages: Sequence[int]) -> list[Finding]:
    """Changes of ours that nobody answered, one finding a chapter with the number of its changed paragraphs."""
    chapters: list[tuple[str, list[int]]] = [("", [])]
    for index, line in enumerate(draft.lines):
        if draft.style_name(line) == "heading 1":
            chapters.append((_BLANKS.sub(" ", line.text), []))
        if any(mark.get(qn("author")) == AUTHOR for mark in line.element.iter(qn("ins"), qn("del"))):
            chapters[-1][1].append(index)
    return [
        Finding("pending", pages[changed[0]], heading or _sentence(draft.lines[changed[0]], 0), f"{len(changed)}段")
        for heading, changed in chapters
        if changed
    ]


def _sentence(line: Line, place: int) -> str:
    """The sentence around a place; in a table the row or the card, as a number alone says nothing."""
    if in_grid(line):
        for around in ("tc", "tr"):
            cell = ancestor(line.element, around)
            said = [] if cell is None else [read_line(paragraph, {}).text for paragraph in paragraphs(cell)]
            texts = [text.replace(OBJECT, "").strip() for text in said if text]
            if len(texts) > 1:
                return _BLANKS.sub(" ", " ".join(texts))
    text = line.text
    for match in _SENTENCE.finditer(text):
        if match.start() <= place < max(match.end(), match.start() + 1):
            return _BLANKS.sub(" ", match[0].strip())
    return _BLANKS.sub(" ", text.strip())


def _pages(draft: Draft) -> list[int]:
    """The page of each paragraph as the editor last laid it out; 0 where the file does not say."""
    rendered = next(draft.root.iter(qn("lastRenderedPageBreak")), None) is not None
    if not rendered:
        return [0] * len(draft.lines)
    pages = []
    page = 1
    for line in draft.lines:
        starts = len(list(line.element.iter(qn("lastRenderedPageBreak"))))
        before = page + (1 if starts and _begins(line.element) else 0)
        pages.append(before)
        page += starts
    return pages


def _begins(paragraph: etree._Element) -> bool:
    """True when the page breaks before the paragraph's first character."""
    for element in paragraph.iter(qn("lastRenderedPageBreak"), qn("t"), qn("delText")):
        return bool(element.tag == qn("lastRenderedPageBreak"))
    return False
