"""Spans as html: escaped text in elements named after their look; links only to places of the same page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html import escape
from itertools import accumulate, pairwise

from reportgen.model import Block, Evidence, Heading, Picture, Span, Spans, Table
from reportgen.render.whole import whole_places

_LONGEST_WHOLE = 24
_SIGNS = re.compile("[●○■□]+")
# Keeps an evidence mark on the line of the clause that it belongs to.
_JOINER = "\u2060"


@dataclass(slots=True)
class Names:
    """Anchor -> id in the page; `first` remembers which evidence has been mentioned."""

    ids: Mapping[str, str]
    first: set[str] = field(default_factory=set)
    desk: str = ""
    """Address of the evidence page; empty where there is none."""

    def anchor(self, anchor: str) -> str:
        """The id attribute of a place, empty where it has no name."""
        return f' id="{self.ids[anchor]}"' if anchor in self.ids else ""


def names(blocks: tuple[Block, ...], desk: str = "") -> Names:
    """An id for every anchor of the blocks."""
    anchors: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Heading | Table | Picture) and block.anchor:
            anchors[block.anchor] = None
        elif isinstance(block, Evidence):
            anchors.update((entry.anchor, None) for entry in block.entries if entry.anchor)
    return Names({anchor: f"a{number}" for number, anchor in enumerate(anchors, start=1)}, desk=desk)


def mentioned(value: object) -> Iterator[str]:
    """The targets of all links in a value, in order."""
    if isinstance(value, Span):
        if value.link and value.text.strip():
            yield value.link
    elif isinstance(value, tuple):
        for item in value:
            yield from mentioned(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from mentioned(getattr(value, item.name))


def text(words: str) -> str:
    """Escaped text; control characters, which html does not allow, are left out."""
    return escape("".join(sign for sign in words if sign >= " " or sign in "\n\t"))


def with_signs(words: str) -> str:
    """Escaped text in which status dots and progress squares have an element of their own."""
    return _SIGNS.sub(lambda sign: f'<i class="dot">{sign[0]}</i>', text(words))


def spans(found: Spans, known: Names) -> str:
    """All spans, one after the other; what no line end may tear stands in an element of its own."""
    ends = list(accumulate(len(span.text) for span in found))
    kept = _untorn(found, ends)
    starts, stops = {start for start, _ in kept}, {end for _, end in kept}
    parts = []
    for index, (span, end) in enumerate(zip(found, ends, strict=True)):
        parts.append(_JOINER if index and span.look in ("mark", "alert") else "")
        if not span.text:
            continue
        at = begin = end - len(span.text)
        cuts = [cut for cut in sorted(starts | stops) if begin < cut < end] if kept else []
        for cut in (*cuts, end):
            piece = span if not cuts else replace(span, text=span.text[at - begin : cut - begin])
            words = _span(piece, known)
            parts += ['<span class="whole">' if at in starts else "", words, "</span>" if cut in stops else ""]
            at = cut
    return "".join(parts)


def _untorn(found: Spans, ends: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of the joined text that stay on one line, without those that begin or end inside a link or figure.

    A figure or a mark by itself stays on one line by its own class.
    """
    edges = {0, *ends}
    whole = {(end - len(span.text), end) for span, end in zip(found, ends, strict=True) if _is_whole(span)}
    fixed = [place for place, span in zip(pairwise((0, *ends)), found, strict=True) if span.link or span.figure_id]

    def stands(edge: int) -> bool:
        return edge in edges or not any(start < edge < end for start, end in fixed)

    places = whole_places("".join(span.text for span in found))
    return [place for place in places if place not in whole and stands(place[0]) and stands(place[1])]


def _is_whole(span: Span) -> bool:
    return span.look in ("actual", "target", "number", "mark") and len(span.text) <= _LONGEST_WHOLE


def _span(span: Span, known: Names) -> str:
    words = with_signs(span.text)
    classes = " ".join([span.look] * (span.look != "plain") + ["whole"] * _is_whole(span))
    attributes = f' class="{classes}"' if classes else ""
    if span.figure_id:
        attributes += f' data-figure="{escape(span.figure_id)}"'
    target = known.ids.get(span.link, "") if span.link else ""
    if target and words.strip():
        back = ""
        if span.link not in known.first:
            known.first.add(span.link)
            back = f' id="b-{target}"'
        return f'<a href="#{target}"{back}{attributes}>{words}</a>'
    return f"<span{attributes}>{words}</span>" if attributes else words
