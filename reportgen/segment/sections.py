"""Cut a cleaned text into sections: walk its lines, keep the heading path, the speaker and the review-or-plan zone.

Context flows downwards: a chapter gives its year and status to its sections, a speaker gives the agency,
下一步 turns the rest of a speech into plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from reportgen.model import Section, Sentence, Source, Status
from reportgen.segment.grids import Grid, Line, grids
from reportgen.segment.headings import DAY_ENDS, Piece, is_dateline, is_heading, period_of, pieces, status_of
from reportgen.segment.sentences import sentence_spans, trimmed
from reportgen.segment.speakers import Turn, agency_in, turn
from reportgen.vocabulary import Vocabulary

_ZONE = re.compile(
    r"^(?:[^,，。]{0,12}[,，])?(?:下一步|下步|接下来|今后|未来[一二三四五]年|展望未来|新的一年)|下一步[,，].{0,30}[:：]$"
    r"|^(?:[^。]{0,30})(?:主要预期目标|预期目标|总体要求)(?:是|为)"
)
_FIELD = re.compile("在(?P<field>[^,，。]{2,14}?)(?:领域|方面|事业方面|工作方面)[,，]")
_RUN_ON = re.compile(
    "(?:年度目标|工作目标|目标任务|任务目标|项目进度|工作进度|进展情况|工作进展|完成情况|推进情况|下步工作|下一步工作|存在问题)[:：]?(?=[一-龥\\d])"
)
_FIRST_WORDS = re.compile(r"[^,，。;；:：\d]{2,24}", re.ASCII)
_LINE = re.compile(r"[^\n]+")
_SPEECH = re.compile("[，,。；;]")
_LAST_YEAR = re.compile("过去(?:的)?一年|一年来|去年")
_FULL_YEAR = re.compile("比上年|比去年(?!同期)|较去年(?!同期)|过去一年")
_TITLE_OF_LAST_YEAR = re.compile("(?<![比较同])(?:去年|上年)(?!同期|度?末|年?底)")
_ANNUAL = frozenset({"政府工作报告", "统计公报", "国民经济和社会发展计划"})
MAX_TOPIC = 34
TOPIC = re.compile(r"[^。！？!?；;\d]{4,34}[。！？!?]", re.ASCII)


@dataclass(slots=True)
class _Walk:
    """Where the reader stands: heading per level, speaker, agency, zone. Lives only while one text is walked."""

    vocabulary: Vocabulary
    headings: dict[int, str] = field(default_factory=dict)
    speaker: str = ""
    agency: str = ""
    zone: Status | None = None
    default: str = ""

    def enter(self, level: int, heading: str) -> None:
        """Take a heading: deeper ones end; one that speaks of review or plan sets the zone anew."""
        for deeper in [key for key in self.headings if key >= level]:
            del self.headings[deeper]
        self.headings[level] = heading
        if level <= 1 and (says := status_of(heading)) is not None:
            self.zone = says

    def hand_over(self, change: Turn) -> None:
        """Take a change of speaker: headings and zone begin anew, the agency stays where none is named."""
        self.headings.clear()
        self.speaker, self.zone = change.speaker, None
        self.agency = change.agency or self.agency

    def status(self) -> Status | None:
        """What the innermost speaking heading says, else the zone."""
        for level in sorted(self.headings, reverse=True):
            if (says := status_of(self.headings[level])) is not None:
                return says
        return self.zone

    def period(self, source: Source) -> str:
        """The period that the innermost speaking heading names, else what the whole document reports on."""
        for level in sorted(self.headings, reverse=True):
            heading = self.headings[level]
            if level == 0 and "报告" in heading:
                continue
            if says := _period_said(heading, source.published.year, source.published.month):
                return says
        return self.default

    def path(self) -> tuple[str, ...]:
        """Headings from the outermost in."""
        return tuple(self.headings[level] for level in sorted(self.headings))


@lru_cache(maxsize=64)
def _period_said(heading: str, year: int, month: int) -> str:
    """The period that a heading names, in a text of that month; of a text early in the year also 去年 names one."""
    return period_of(heading, year) or (str(year - 1) if month <= 4 and _LAST_YEAR.search(heading) else "")


def sections(text: str, source: Source, vocabulary: Vocabulary) -> tuple[Section, ...]:
    """All sections of the text in order; each sentence stands in exactly one."""
    walk = _Walk(vocabulary, default=_reported_period(text, source))
    found: list[Section] = []
    lines = tuple(Line(start, end, text[start:end]) for start, end in _lines(text))
    tables = list(grids(lines))
    for start, end, line in ((line.start, line.end, line.text) for line in lines):
        while tables and tables[0].end <= start:
            tables.pop(0)
        if tables and tables[0].start <= start:
            if tables[0].start == start:
                found.append(_table(tables[0], source, walk))
            continue
        if line[-1] in DAY_ENDS and is_dateline(line):
            continue
        change = turn(line, vocabulary)
        if change is not None and change.kind == "question":
            continue
        if change is not None:
            walk.hand_over(change)
        elif is_heading(line) and pieces(text, start, end)[0].level == 0:
            walk.enter(0, line)
            if agency := agency_in(line, vocabulary):
                walk.agency = agency
            continue
        for piece in pieces(text, start, end):
            section = _section(text, piece, source, walk)
            if section is not None:
                found.append(section)
    return tuple(found)


def _reported_period(text: str, source: Source) -> str:
    """What the whole document reports on, where its headings do not say: the year or months in its title, or, for a
    report of the first months of a year that speaks of a full year, the year before. Empty: the year so far.
    """
    year, month = source.published.year, source.published.month
    # a text without a title is called by its first words, which speak for themselves alone
    title = "" if source.genre == "政府工作报告" or _SPEECH.search(source.title) else source.title
    named = period_of(title, year)
    if named and (named != str(year) or month == 12):
        return named  # a year that is not over says no more than the date
    if not named and _TITLE_OF_LAST_YEAR.search(title):
        return str(year - 1)
    if month <= 2:
        return str(year - 1)
    annual = month <= 4 and (source.genre in _ANNUAL or len(_FULL_YEAR.findall(text)) >= 3)
    return str(year - 1) if annual else ""


def _table(grid: Grid, source: Source, walk: _Walk) -> Section:
    title = grid.cells[0].title
    period = period_of(title, source.published.year) or walk.period(source)
    path = (*walk.path(), title) if title else walk.path()
    return Section(path, walk.agency, walk.speaker, source.area, "", period, walk.status(), (), grid.cells)


def _section(text: str, piece: Piece, source: Source, walk: _Walk) -> Section | None:
    spans = list(sentence_spans(text, piece.body, piece.end))
    if not spans:
        return None
    first = text[spans[0][0] : spans[0][1]]
    if piece.level:
        run_on = _RUN_ON.match(first)
        if run_on:
            spans[0] = (spans[0][0] + run_on.end(), spans[0][1])
        walk.enter(piece.level, run_on[0] if run_on else _heading(first))
    else:
        for level in (5, 6):
            walk.headings.pop(level, None)
    if piece.level == 0 and len(spans) > 1 and TOPIC.fullmatch(first):
        walk.enter(6, first.rstrip("。！!"))
    named = _FIELD.match(first)
    if named:
        walk.enter(1, named["field"])
    if _ZONE.search(first):
        walk.zone = "target"
    if piece.level and len(spans) == 1 and is_heading(first):
        return None
    sentences = tuple(Sentence(a, b, text[a:b]) for a, b in spans)
    return Section(
        walk.path(), walk.agency, walk.speaker, source.area, "", walk.period(source), walk.status(), sentences
    )


def _heading(first: str) -> str:
    """The heading that a numbered line begins with: its first sentence if short, else its first words."""
    if len(first) <= 44:
        return first.rstrip("。；;!！")
    words = _FIRST_WORDS.match(first)
    return words[0] if words else first[:MAX_TOPIC]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        start, end = trimmed(text, *match.span())
        if start < end:
            yield start, end
