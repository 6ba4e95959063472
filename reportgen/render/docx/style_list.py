"""The styles of house.docx as data: name, role of house.toml, spacing, borders. No markup here.

Names are what people see in Word's style pane; built-in names stay English in the file, Word shows them translated.
A style marked `official` also gets a `（公文）` twin with the gb9704 sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OFFICIAL: Final = "（公文）"


@dataclass(frozen=True, slots=True)
class Rule:
    """A paragraph border: side, kind, width in pt, colour name of house.toml, distance in pt."""

    side: str
    kind: str
    pt: float
    colour: str
    space: float = 0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Lengths in mm; `first` is the first-line indent in characters, `indent` in mm.

    `tab` is a right tab, `left_tab` a left one.
    """

    name: str
    id: str
    role: str
    align: str = "left"
    before: float = 0
    after: float = 0
    first: int = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    indent: float = 0
    leading: str = "exact"
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    rules: tuple[Rule, ...] = ()
    tab: float = 0
    left_tab: float = 0
    next: str = ""
    based: str = "Normal"
    official: bool = False


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style. `sized` false: the size of the paragraph stays.

    Word shrinks what it raises, so a superscript has its size before shrinking in `size`.
    """

    name: str
    id: str
    role: str
    sized: bool = True
    bold: bool | None = None
    underline: bool = False
    superscript: bool = False
    colour: str = ""
    size: float = 0
    official: bool = False
    font: bool = True


P = ParagraphStyle
C = CharacterStyle
FULL: Final = 156.0

PARAGRAPHS: Final = (
    P("Normal", "Normal", "body"),
    P("Body Text", "BodyText", "body", "both", first=2, after=1.0, official=True),
    P("Title", "Title", "title", "center", before=7, after=2.2, keep_next=True, next="Subtitle", official=True),
    P("Subtitle", "Subtitle", "provenance", "center", after=4.8, next="BodyText"),
    P(
        "heading 1",
        "Heading1",
        "heading-1",
        before=6.2,
        after=2.6,
        outline=0,
        keep_next=True,
        keep_lines=True,
        rules=(Rule("bottom", "single", 0.75, "blue", 2),),
        tab=FULL,
        next="BodyText",
        official=True,
    ),
    P(
        "heading 2",
        "Heading2",
        "heading-2",
        before=4.6,
        after=1.2,
        outline=1,
        keep_next=True,
        keep_lines=True,
        tab=FULL,
        next="BodyText",
        official=True,
    ),
    P(
        "heading 3",
        "Heading3",
        "heading-3",
        before=3.2,
        after=1.0,
        outline=2,
        keep_next=True,
        keep_lines=True,
        tab=FULL,
        next="BodyText",
        official=True,
    ),
    P("List Paragraph", "ListParagraph", "body", "both", after=1.0, official=True),
    P("caption", "Caption", "caption", before=4.6, keep_next=True, keep_lines=True, next="BodyText"),
    P("题注说明", "CaptionNote", "caption-sub", after=1.6, keep_next=True, tab=FULL),
    P("图", "Picture", "caption-sub", leading="auto"),
    P("表注", "TableNote", "note", before=0.4, keep_lines=True),
    P("读法", "Legend", "note", before=2.2, rules=(Rule("top", "single", 0.5, "rule", 5),)),
    P("报头密级", "HeadClass", "classification", after=2),
    P("报头名称", "HeadName", "masthead", "center", after=2.5, keep_next=True),
    P("报头期号", "HeadIssue", "issue", "center", after=2.4, keep_next=True),
    P(
        "报头单位",
        "HeadUnit",
        "issue",
        tab=FULL,
        rules=(Rule("bottom", "thickThinSmallGap", 3, "red", 4),),
    ),
    P("要点标题", "KeyHeading", "key-heading", before=1.6, keep_next=True, left=4, right=4, tab=148),
    P("要点", "KeyPoint", "key-text", before=1.1, left=26, right=4, hanging=22, keep_lines=True, left_tab=26),
    P("卡片名称", "CardName", "card-name", before=1.6, tab=50, keep_next=True),
    P("卡片旁注", "CardAside", "card-aside-label", "right", before=0.6, keep_next=True),
    P("卡片数字", "CardNumber", "card-actual", tab=50, before=0.6 + 10 / 72 * 25.4, keep_next=True),
    P("卡片数字续", "CardNumberNext", "card-actual", tab=50, keep_next=True),
    P("卡片时期", "CardPeriod", "card-period", before=0.8, after=0.8),
    P("表头", "TableHead", "table-head", keep_next=True),
    P("表头右", "TableHeadRight", "table-head", "right", keep_next=True, based="TableHead"),
    P("表头中", "TableHeadCentre", "table-head", "center", keep_next=True, based="TableHead"),
    P("表文", "TableText", "table-cell"),
    P("表数", "TableNumber", "table-cell", "right", based="TableText"),
    P("表中", "TableCentre", "table-cell", "center", based="TableText"),
    P("出处题名", "SourceTitle", "evidence-number", before=0.6, after=0.6, keep_next=True),
    P(
        "出处条目",
        "SourceEntry",
        "evidence",
        "both",
        left=9.5,
        hanging=9.5,
        keep_lines=True,
        left_tab=9.5,
        rules=(Rule("top", "single", 0.5, "hairline", 1), Rule("between", "single", 0.5, "hairline", 1)),
    ),
    P(
        "报送",
        "Recipients",
        "end",
        indent=4.2,
        before=6.0,
        after=1.9,
        keep_next=True,
        keep_lines=True,
        rules=(Rule("top", "single", 1, "black", 5.4),),
        tab=151.8,
        official=True,
    ),
    P(
        "抄印",
        "Printing",
        "end",
        indent=4.2,
        keep_lines=True,
        rules=(Rule("top", "single", 0.75, "black", 5.4), Rule("bottom", "single", 1, "black", 5.4)),
        tab=151.8,
        official=True,
    ),
    P("间隔", "Gap", "card-source", leading="gap"),
    P("窄间隔", "NarrowGap", "card-source", leading="narrow gap"),
    P("TOC Heading", "TOCHeading", "heading-2", before=1, after=1.5, keep_next=True),
    P("toc 1", "TOC1", "caption-sub", tab=FULL, leading="toc"),
    P("toc 2", "TOC2", "caption-sub", left=6, tab=FULL, leading="toc"),
    P("toc 3", "TOC3", "caption-sub", left=12, tab=FULL, leading="toc"),
    P("header", "Header", "header", tab=FULL, rules=(Rule("bottom", "single", 0.5, "rule", 6),)),
    P("footer", "Footer", "page-number", official=True),
    P("页码单", "FooterOdd", "page-number", "right", right=3.7, based="Footer", official=True),
    P("页码双", "FooterEven", "page-number", left=3.7, based="Footer", official=True),
    P("annotation text", "CommentText", "note"),
)

CHARACTERS: Final = (
    C("数字实际", "FigureActual", "figure-actual", bold=True, official=True),
    C("数字目标", "FigureTarget", "figure-target", underline=True, official=True),
    C("数字", "FigureOther", "figure-target", official=True),
    C("出处", "Mark", "mark", superscript=True, size=11),
    C("强调", "Emphasised", "body-strong", bold=True, official=True),
    C("弱化", "Muted", "heading-aside", bold=False),
    C("警示", "Alert", "figure-actual", sized=False, bold=True, colour="red"),
    C("楷体", "Kai", "body-kai", sized=False),
    C("表内实际", "CellActual", "figure-actual", sized=False, bold=True),
    C("表内目标", "CellTarget", "figure-target", sized=False, bold=False),
    C("表内数字", "CellOther", "figure-target", sized=False, bold=False),
    C("表内出处", "CellMark", "table-source", bold=False),
    C("表内强调", "CellStrong", "table-strong", sized=False, bold=True, colour="black"),
    C("表内弱化", "CellMuted", "table-muted", bold=False, size=8),
    C("表内反白", "CellReversed", "table-strong", sized=False, bold=True, colour="white"),
    C("题注编号", "CaptionNumber", "caption-number", bold=True),
    C("标题附注", "HeadingAside", "heading-aside", bold=False),
    C("标题警示", "HeadingAlert", "heading-aside", bold=True, colour="red"),
    C("圆点", "Dot", "figure-target", bold=False, size=7),
    C("要点标签", "KeyLabel", "key-label", bold=True),
    C("卡片目标", "CardTarget", "card-target", bold=False),
    C("卡片单位", "CardUnit", "card-unit", bold=False),
    C("卡片对照", "CardBeside", "card-aside", bold=True),
    C("卡片出处", "CardMark", "card-source", bold=False),
    C("出处编号", "SourceNumber", "evidence-mark", bold=True),
    C("出处数字", "SourceFigure", "evidence-number", sized=False, bold=True),
    C("Hyperlink", "Hyperlink", "body", sized=False, font=False),
    C("annotation reference", "CommentReference", "body", font=False, size=8),
)
