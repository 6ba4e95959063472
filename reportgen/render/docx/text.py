"""Spans to runs: character styles by look and place, figures anchored, evidence marks linked.

Text is only text here: nothing in it is read as markup. No run carries direct formatting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from reportgen.house import House
from reportgen.model import Chart, Problem, Span, Spans
from reportgen.ooxml import DESK, printable
from reportgen.render.docx.anchors import Anchors, bookmark_name
from reportgen.render.docx.markup import escape, text_of, w
from reportgen.render.docx.template import Template

Place = Literal["body", "cell", "evidence", "reversed", "heading"]
_DOTS: Final = re.compile("([●○]+)")
_BODY: Final = {
    "actual": "数字实际",
    "target": "数字目标",
    "number": "",
    "mark": "出处",
    "strong": "强调",
    "muted": "弱化",
    "alert": "警示",
    "kai": "楷体",
}
_CELL: Final = {
    "actual": "表内实际",
    "target": "表内目标",
    "number": "表内数字",
    "mark": "表内出处",
    "strong": "表内强调",
    "muted": "表内弱化",
    "alert": "警示",
    "kai": "楷体",
}
_EVIDENCE: Final = {**_CELL, "actual": "出处数字", "target": "出处数字", "number": "出处数字", "strong": "出处数字"}
_REVERSED: Final = dict.fromkeys(_CELL, "表内反白") | {"plain": "表内反白"}
_HEADING: Final = dict.fromkeys(_CELL, "标题附注") | {"plain": "标题附注", "alert": "标题警示"}
_STYLES: Final = {"body": _BODY, "cell": _CELL, "evidence": _EVIDENCE, "reversed": _REVERSED, "heading": _HEADING}


@dataclass(slots=True)
class Writer:
    """What the blocks share while one briefing is written."""

    house: House
    template: Template
    anchors: Anchors
    problems: list[Problem] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    native: bool = False
    """Whether Word draws the charts that it can draw; they are collected in `charts`."""
    charts: list[Chart] = field(default_factory=list)
    desk: str = ""
    """Address of the evidence page; empty where there is none."""

    def run(self, text: str, style: str = "") -> str:
        """A run in a character style; the text goes into the base copy."""
        self.anchors.said(text)
        return self._run(text, style)

    def _run(self, text: str, style: str) -> str:
        if not text:
            return ""
        if printable(text) != text:
            self.problems.append(
                Problem("warning", "character", f"不能写入 Word 的字符已换成〓：{printable(text)[:40]}")
            )
        if not _DOTS.search(text):
            return self.styled(text, style)
        pieces = [piece for piece in _DOTS.split(text) if piece]
        return "".join(self.styled(piece, "圆点" if piece[0] in "●○" else style) for piece in pieces)

    def styled(self, text: str, style: str) -> str:
        """A run in a character style that does not go into the base copy."""
        properties = w("rPr", w("rStyle", val=self.template.style(style))) if style else ""
        return w("r", properties, text_of(text))

    def tab(self) -> str:
        """A tab stop's jump."""
        self.anchors.said("\t")
        return w("r", w("tab"))

    def spans(self, spans: Spans, place: Place = "body") -> str:
        """The runs of running text."""
        return "".join(self._span(span, _STYLES[place].get(span.look, "")) for span in spans)

    def _span(self, span: Span, style: str) -> str:
        runs = self._run(span.text, style)
        if span.link in self.anchors.targets:
            runs = w("hyperlink", runs, anchor=bookmark_name("a_", span.link), history=1)
        # a mark is known by its link; as a control beside the figure's own, LibreOffice runs the two together
        if span.figure_id and span.look != "mark":
            return self.anchors.figure(span.figure_id, span.text, runs)
        self.anchors.said(span.text)
        return runs

    def at_desk(self, figure_id: str, runs: str) -> str:
        """The runs, leading to a figure's sentence on the evidence page; they look as they did."""
        if not (self.desk and figure_id):
            return runs
        return f'<w:hyperlink r:id="{DESK}" w:anchor="{escape(figure_id)}" w:history="1">{runs}</w:hyperlink>'

    def field(self, instruction: str, cached: str, style: str = "") -> str:
        """A field with its last known result."""
        self.anchors.said(cached)
        properties = w("rPr", w("rStyle", val=self.template.style(style))) if style else ""
        return "".join(
            (
                w("r", properties, w("fldChar", fldCharType="begin")),
                w("r", properties, f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'),
                w("r", properties, w("fldChar", fldCharType="separate")),
                w("r", properties, text_of(cached)),
                w("r", properties, w("fldChar", fldCharType="end")),
            )
        )

    def begin(self, path: str) -> str:
        """Begins a paragraph of the base copy and gives its bookmark name."""
        return self.anchors.open(path)

    def paragraph(self, style: str, key: str, *runs: str, anchor: str = "", extra: str = "") -> str:
        """A paragraph whose content stands inside its key bookmark; `extra` is layout such as keepNext."""
        content = self.anchors.bookmark(key, *runs)
        if anchor:
            content = self.anchors.bookmark(bookmark_name("a_", anchor), content)
        return w("p", w("pPr", w("pStyle", val=self.template.style(style)), extra), content)
