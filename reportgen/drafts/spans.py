"""A paragraph of a draft back to Spans: looks by the names of character styles, figures and marks by their anchors.

The words are the reader's: tracked changes as accepted. Formatting that our styles do not know is not kept; bold is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from reportgen.drafts.lines import OBJECT, Line
from reportgen.model import Span, Spans
from reportgen.ooxml import qn

OFFICIAL: Final = "（公文）"
_LOOKS: Final = {
    "数字实际": "actual",
    "表内实际": "actual",
    "数字目标": "target",
    "表内目标": "target",
    "数字": "number",
    "表内数字": "number",
    "出处数字": "strong",
    "出处": "mark",
    "表内出处": "mark",
    "卡片出处": "mark",
    "强调": "strong",
    "表内强调": "strong",
    "弱化": "muted",
    "表内弱化": "muted",
    "警示": "alert",
    "标题警示": "alert",
    "楷体": "kai",
}
_OFF: Final = frozenset({"0", "false", "off"})


def spans_of(line: Line, styles: Mapping[str, str], start: int = 0, end: int | None = None) -> Spans:
    """The text [start, end) of a line as spans; pictures in the text are left out, line ends become spaces."""
    end = len(line.text) if end is None else end
    places: dict[int, tuple[str, str]] = {}
    for slot in line.slots:
        for place in range(slot.start, slot.end):
            places[place] = (slot.id, "") if slot.kind == "figure" else ("", slot.id)
    spans: list[Span] = []
    for place in range(start, end):
        atom = line.atoms[place]
        if atom.char == OBJECT:
            continue
        figure, link = places.get(place, ("", ""))
        look = _look(atom.run, styles)
        if look == "dot":
            look = spans[-1].look if spans and figure == spans[-1].figure_id != "" else "plain"
        char = "　" if atom.char in "\t\n" else atom.char
        last = spans[-1] if spans else None
        if last and (last.look, last.figure_id, last.link) == (look, figure, link):
            spans[-1] = Span(last.text + char, last.look, figure, link)
        else:
            spans.append(Span(char, look, figure, link))  # type: ignore[arg-type]
    return tuple(spans)


def style_of(run: etree._Element, styles: Mapping[str, str]) -> str:
    """The name of a run's character style without the twin's ending."""
    style = run.find(f"{qn('rPr')}/{qn('rStyle')}")
    return "" if style is None else styles.get(style.get(qn("val")) or "", "").removesuffix(OFFICIAL)


def _look(run: etree._Element, styles: Mapping[str, str]) -> str:
    name = style_of(run, styles)
    if name == "圆点":
        return "dot"
    if name in _LOOKS:
        return _LOOKS[name]
    bold = run.find(f"{qn('rPr')}/{qn('b')}")
    return "strong" if bold is not None and bold.get(qn("val")) not in _OFF else "plain"


def split_at_tab(line: Line) -> int:
    """Where the right-hand part of a line begins: after its last tab; the end where there is none."""
    place = line.text.rfind("\t")
    return place if place >= 0 else len(line.text)
