"""Evidence: every printed figure carries a mark; the marks are numbered once all blocks of a briefing stand.

While blocks are built a mark only names its sentence. `number` then finds what is cited, numbers documents and
sentences in source order, writes the numbers into the marks and fills in the evidence lists. Nothing is invented here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from reportgen.briefing.once import once
from reportgen.briefing.text import IN_NUMBERS, plain, printed, shortened
from reportgen.model import (
    Block,
    Evidence,
    EvidenceEntry,
    Figure,
    Look,
    Picture,
    Source,
    Span,
    Spans,
)
from reportgen.notation import period_text, short_text

LONGEST = 76
LEAD = 12
LONGEST_PIECE = 240
ELISION = "……"
_PENDING = "sentence:"
_BARE = "bare"
LONGEST_TITLE, LEAST_TITLE = 26, 4
_SLOGAN = re.compile("“[^”]{6,}”")
_NO_TITLE = re.compile("；|^(?:发布)?(?:时间|日期)：|^[一二三四五六七八九十]+、|^出席|(?:召开|举行|举办)$")
_ONLY_DATE, _BRACKETS = re.compile("[0-9年月日时至—-]+"), re.compile("（[^）]*）")
_CONVENED = re.compile("^.{2,20}?(?:召开|举行|举办)")
_PLACE = Evidence((), ())


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence by its place: document and raw offset."""

    doc: str
    start: int


def mark(figure: Figure) -> Span:
    """The still unnumbered evidence mark of a figure's sentence."""
    return Span("", "mark", figure.id, f"{_PENDING}{figure.sentence_start}:{figure.doc}")


def marks(figures: Sequence[Figure], *, bare: bool = False, order: Sequence[str] = ()) -> Spans:
    """One mark for each sentence behind `figures`; `bare` ones lose their brackets (1-2 3-1).

    They stand in the `order` of the documents, which is that of their numbers.
    """
    sentences = {(figure.doc, figure.sentence_start): mark(figure) for figure in reversed(figures)}
    place = {doc: index for index, doc in enumerate(order)}
    found = tuple(sentences[key] for key in sorted(sentences, key=lambda key: (place.get(key[0], len(place)), key)))
    return tuple(replace(span, text=_BARE) for span in found) if bare else found


def place() -> Evidence:
    """Where the evidence lists will stand."""
    return _PLACE


def number(
    blocks: Sequence[Block],
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
    order: Sequence[str],
    *,
    every_document: bool = False,
) -> tuple[Block, ...]:
    """The same blocks with numbered marks and with the evidence lists in their place.

    `order` is the order of the documents. With `every_document` those that are not cited are counted too.
    """
    cited: defaultdict[str, set[int]] = defaultdict(set)
    printed_ids: set[str] = set()

    def collect(span: Span) -> Span:
        if span.look == "mark" and span.link.startswith(_PENDING):
            where = _cited(span)
            cited[where.doc].add(where.start)
        if span.figure_id:
            printed_ids.add(span.figure_id)
        return span

    for block in blocks:
        _each_span(block, collect)
        printed_ids.update(_card_ids(block))
        for figure in _drawn(block, figures):
            cited[figure.doc].add(figure.sentence_start)
            printed_ids.add(figure.id)
    documents = [doc for doc in order if every_document or doc in cited] + sorted(set(cited) - set(order))
    numbers = {
        Cited(doc, start): f"{index}-{place}"
        for index, doc in enumerate(documents, 1)
        for place, start in enumerate(sorted(cited[doc]), 1)
    }

    def resolve(span: Span) -> Span:
        if span.look != "mark" or not span.link.startswith(_PENDING):
            return span
        label = numbers[_cited(span)]
        return replace(span, text=f"{label} " if span.text == _BARE else f"[{label}]", link=f"e-{label}")

    lists = _lists(documents, numbers, figures, sources, printed_ids)
    done: list[Block] = []
    for block in blocks:
        done += lists if block == _PLACE else [_each_span(block, resolve)]
    return tuple(done)


def _cited(span: Span) -> Cited:
    start, _, doc = span.link.removeprefix(_PENDING).partition(":")
    return Cited(doc, int(start))


def _card_ids(block: Block) -> set[str]:
    return {card.figure_id for card in getattr(block, "cards", ())}


def _drawn(block: Block, figures: Mapping[str, Figure]) -> list[Figure]:
    """The figures of a chart: their sentences are evidence too, also where a long list of marks is cut short."""
    if not isinstance(block, Picture):
        return []
    return [figures[i] for bar in block.chart.bars for i in bar.figure_ids if i in figures]


def _each_span(value: Any, change: Callable[[Span], Span]) -> Any:
    """A copy of a block with every span in it passed through `change`."""
    if isinstance(value, Span):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_each_span(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type) and type(value).__name__ not in ("Chart", "Drawing"):
        changed = {f.name: _each_span(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **changed)
    return value


def _lists(
    documents: Sequence[str],
    numbers: Mapping[Cited, str],
    figures: Mapping[str, Figure],
    sources: Mapping[str, Source],
    printed_ids: set[str],
) -> list[Evidence]:
    by_sentence = _by_sentence(figures)
    of_document: defaultdict[str, list[tuple[Cited, str]]] = defaultdict(list)
    for where, label in numbers.items():
        of_document[where.doc].append((where, label))
    lists = []
    for index, doc in enumerate(documents, 1):
        entries = tuple(
            EvidenceEntry(
                label,
                f"e-{label}",
                sentence_spans([f for f in said if f.id in printed_ids], said),
            )
            for where, label in of_document[doc]
            for said in [by_sentence.get((where.doc, where.start), ())]
        )
        if entries:
            lists.append(Evidence((Span(f"[{index}]　{source_text(sources[doc])}", "strong"),), entries))
    return lists


@once
def _by_sentence(figures: Mapping[str, Figure]) -> Mapping[tuple[str, int], Sequence[Figure]]:
    found: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures.values():
        found[figure.doc, figure.sentence_start].append(figure)
    return dict(found)


def title_text(source: Source, longest: int = LONGEST_TITLE) -> str:
    """A document's title in at most `longest` characters, without slogans in quotation marks or before a dash.

    Where what was taken for a title is none (a heading, a list of names), the document is called by its area.
    """
    title = plain(source.title).strip("；。，：、 ")
    if len(title) > longest:
        title = _SLOGAN.sub("", title).strip("—：， ") or title
    if len(title) > longest:
        title = title.rpartition("——")[2].strip()
    if not title or _NO_TITLE.search(title) or len(title) > 2 * LONGEST_TITLE:
        title = f"{plain(source.area)}{source.genre or '发布材料'}"
    area = plain(source.area)
    if len(title) > longest and len(_CONVENED.sub("", title)) >= LEAST_TITLE:
        title = _CONVENED.sub("", title)
    if len(title) > longest and len(title) >= len(area) + LEAST_TITLE:
        title = re.sub(f"^([0-9]{{4}}年)?{re.escape(area)}", r"\1", title)
    if len(title) > longest and title.find("（") >= LEAST_TITLE:
        head = title[: title.find("（")]
        title = _BRACKETS.sub("", title) if _ONLY_DATE.fullmatch(head) else head
    return shortened(title, longest)


def source_text(source: Source) -> str:
    """Title and date of a document, one line; the whole title where it is one."""
    day = source.published
    date = f"{day.year}年{day.month}月" if source.month_only else f"{day.year}年{day.month}月{day.day}日"
    title = plain(source.title).strip("；。，：、 ")
    if not title or _NO_TITLE.search(title):
        title = title_text(source)
    return f"{title}，{date}发布"


def sentence_spans(bold: Sequence[Figure], figures: Sequence[Figure]) -> Spans:
    """A cited sentence with its cited figures bold; where it is long, only its lead and the cited clauses."""
    sentence = figures[0].sentence
    chosen = sorted(bold or figures, key=lambda figure: figure.mark)
    spans: list[Span] = []
    for start, end in _kept(sentence, chosen):
        if start < 0:
            if spans:
                spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip("，；"))
            spans.append(Span(ELISION))
            continue
        spans += cut(sentence, start, end, {figure.id: "strong" for figure in chosen}, chosen)
    return tuple(spans)


def _kept(sentence: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The ranges to print; (-1, -1) stands for what is left out."""
    if len(sentence.strip()) <= LONGEST:
        return [(0, len(sentence))]
    pieces = _pieces(sentence)
    wanted = [any(start <= figure.mark[0] < end for figure in figures) for start, end in pieces]
    if len(pieces) > 1 and pieces[0][1] - pieces[0][0] <= LEAD:
        wanted[0] = True
    kept: list[tuple[int, int]] = []
    for (start, end), keep in zip(pieces, wanted, strict=True):
        if keep and end - start > LONGEST_PIECE:
            kept += _window(sentence, start, end, [figure for figure in figures if start <= figure.mark[0] < end])
            continue
        if keep and kept and kept[-1][1] == start:
            kept[-1] = (kept[-1][0], end)
        elif keep:
            kept.append((start, end))
        elif not kept or kept[-1] != (-1, -1):
            kept.append((-1, -1))
    return kept


def _window(sentence: str, start: int, end: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The neighbourhood of the figures of an endless clause; like any cut text it begins and ends outside numbers."""
    mark = min((figure.mark[0] for figure in figures), default=start)
    first = max(start, mark - LONGEST)
    if first > start:
        later = _outside(sentence, first, 1)
        first = later if later <= mark else _outside(sentence, first, -1)
    last = min(end, first + LONGEST_PIECE)
    if last < end:
        earlier = _outside(sentence, last, -1)
        last = earlier if earlier > mark else _outside(sentence, last, 1)
    return [(-1, -1), (first, last), (-1, -1)]


def _outside(sentence: str, place: int, step: int) -> int:
    """The nearest place in the direction of `step` that does not part a number."""
    while 0 < place < len(sentence) and sentence[place - 1] in IN_NUMBERS and sentence[place] in IN_NUMBERS:
        place += step
    return place


def _pieces(sentence: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in re.finditer(r"[；;。]|[，,](?!\d{3}(?!\d))", sentence)]
    if not ends or ends[-1] < len(sentence):
        ends.append(len(sentence))
    starts = [0, *ends[:-1]]
    pieces: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        text = sentence[pieces[-1][0] : start] if pieces else ""
        if pieces and _open(text):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _open(text: str) -> bool:
    """Whether a bracket or quotation mark is still open at the end of `text`."""
    return any(text.count(left) > text.count(right) for left, right in ("()", "（）", "“”", "《》"))


def cut(sentence: str, start: int, end: int, looks: Mapping[str, Look], figures: Sequence[Figure]) -> list[Span]:
    """[start, end) of a sentence as printed spans; each figure is a span of its look, plain where it has none."""
    inside = [f for f in sorted(figures, key=lambda f: f.mark) if start <= f.mark[0] and f.mark[1] <= end]
    edges = [edge for figure in inside for edge in figure.mark]
    text, places = printed(sentence, [start, *edges, end])
    spans: list[Span] = []
    at = places[0]
    for index, figure in enumerate(inside):
        left, right = places[1 + 2 * index], places[2 + 2 * index]
        if left < at:
            continue
        if left > at:
            spans.append(Span(text[at:left]))
        look = looks.get(figure.id, "plain")
        spans.append(Span(text[left:right], look, figure.id))
        if figure.known.get("value") == "corrected":
            # the source's words stay as they are; what a person set right stands beside them
            spans += [Span("（更正为"), Span(short_text(figure), look, figure.id), Span("）")]
        at = right
    if at < places[-1]:
        spans.append(Span(text[at : places[-1]]))
    return spans


def periods(figures: Sequence[Figure]) -> str:
    """The periods of figures, each once, in order of appearance."""
    return "、".join(dict.fromkeys(period_text(figure.period, figure.status) for figure in figures))
