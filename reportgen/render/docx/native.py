"""Charts that can be edited in Word: a chart part with its workbook inside, drawn by Word from the same numbers.

A described chart goes in, the parts of the package come out. Only charts of bars are made this way; series in several
panels and coverage maps stay pictures. Axis ids are positive and elements stand in the order of the schema, as
ECMA-376 part 1, 21.2, demands.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from reportgen.house import House
from reportgen.model import Bar, Chart
from reportgen.notation import status_word
from reportgen.ooxml import RELS, TYPES, R, write_package
from reportgen.render.docx.markup import DECLARATION, escape

KINDS: Final = frozenset({"bars", "share", "progress", "growth"})
CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CATEGORIES, _VALUES = 411001, 411002
"""Ids of the two axes."""
_USUAL_GAP, _WIDE_GAP = 80, 260
"""White between bars, in % of their width."""
_ROOM, _ROOM_WITH_ASIDE = Decimal("0.2"), Decimal("0.6")
"""The part of the longest bar that is kept free for the words behind it."""
_SIZE: Final = 850
"""Hundredths of a point."""


def editable(chart: Chart) -> bool:
    """Whether Word can draw the chart itself."""
    return chart.kind in KINDS and bool(chart.bars)


def chart_parts(chart: Chart, house: House, number: int) -> dict[str, bytes]:
    """Chart part, its relationship and the workbook behind it, as the `number`-th chart of a file."""
    link = f'<Relationship Id="rId1" Type="{R}/package" Target="../embeddings/chart{number}.xlsx"/>'
    return {
        f"word/charts/chart{number}.xml": (DECLARATION + _space(chart, house)).encode(),
        f"word/charts/_rels/chart{number}.xml.rels": (
            f'{DECLARATION}<Relationships xmlns="{RELS}">{link}</Relationships>'
        ).encode(),
        f"word/embeddings/chart{number}.xlsx": workbook(_table(chart)),
    }


def _space(chart: Chart, house: House) -> str:
    bars = chart.bars
    series = [_series(chart, house, 0, "数值", [bar.value for bar in bars], [_label(chart, bar) for bar in bars])]
    if any(bar.reference is not None for bar in bars) and chart.kind == "growth":
        values = [bar.reference for bar in bars]
        series.append(_series(chart, house, 1, "目标", values, [bar.reference_text for bar in bars]))
    gap = _WIDE_GAP if chart.kind == "growth" and len(series) == 1 else _USUAL_GAP
    drawn = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{"".join(series)}'
        f'<c:gapWidth val="{gap}"/><c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
    )
    text = (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_SIZE}">{_fill(house.colours.black)}'
        f'{_fonts(house)}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
    return (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{_DRAWING}" xmlns:r="{R}"><c:date1904 val="0"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{drawn}'
        f'{_category_axis(house)}{_value_axis(chart)}</c:plotArea><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/>'
        "</c:externalData></c:chartSpace>"
    )


def _label(chart: Chart, bar: Bar) -> str:
    """What stands at the end of a bar, as in the picture."""
    parts = [bar.text, f"（{bar.aside}）" if bar.aside else "", " ≠" if bar.alert else ""]
    return "".join(parts)


def _category(chart: Chart, bar: Bar) -> str:
    """Label, period, and the status where a chart holds both."""
    mixed = len({other.status for other in chart.bars}) > 1
    below = "，".join(part for part in (bar.sublabel, status_word(bar.status) if mixed else "") if part)
    return f"{bar.label}（{below}）" if below else bar.label


def _series(
    chart: Chart, house: House, index: int, name: str, values: Sequence[Decimal | None], texts: Sequence[str]
) -> str:
    column, last = "BC"[index], len(values) + 1
    blue = house.colours.blue
    looks = [("target" if index else bar.status) for bar in chart.bars]
    points = "".join(
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_hatched(blue)}</c:dPt>'
        for at, status in enumerate(looks)
        if status == "target" and values[at] is not None
    )
    labels = "".join(_data_label(at, text) for at, text in enumerate(texts) if values[at] is not None and text)
    cached = "".join(
        f'<c:pt idx="{at}"><c:v>{value:f}</c:v></c:pt>' for at, value in enumerate(values) if value is not None
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr>{_fill(blue)}</c:spPr><c:invertIfNegative val="0"/>{points}<c:dLbls>{labels}'
        f"{_SHOWN}</c:dLbls>{_categories(chart, last)}<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{cached}</c:numCache>'
        "</c:numRef></c:val></c:ser>"
    )


def _categories(chart: Chart, last: int) -> str:
    names = "".join(
        f'<c:pt idx="{at}"><c:v>{escape(_category(chart, bar))}</c:v></c:pt>' for at, bar in enumerate(chart.bars)
    )
    return (
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>"
        f'<c:ptCount val="{len(chart.bars)}"/>{names}</c:strCache></c:strRef></c:cat>'
    )


_FLAGS: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_SHOWN: Final = f'<c:dLblPos val="outEnd"/>{_FLAGS}'


def _data_label(at: int, text: str) -> str:
    words = f'<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{escape(text)}</a:t></a:r></a:p>'
    return (
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{words}</c:rich></c:tx>'
        f'<c:dLblPos val="outEnd"/>{_FLAGS}</c:dLbl>'
    )


def _category_axis(house: House) -> str:
    """The first bar at the top; labels stay at the left of negative bars."""
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="10160">{_fill(house.colours.black)}</a:ln></c:spPr>'
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """Without ticks, for every bar carries its number; long enough for the numbers at the ends of the bars."""
    values = [value for bar in chart.bars for value in (bar.value, bar.reference) if value is not None]
    if chart.kind == "progress":
        values = [bar.value for bar in chart.bars]
    room = _ROOM_WITH_ASIDE if any(bar.aside for bar in chart.bars) else _ROOM
    high, low = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    reach = (high - low) * room or Decimal(1)
    ends = f'<c:max val="{high + (reach if high else 0):f}"/><c:min val="{low - (reach if low else 0):f}"/>'
    return (
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/>{ends}</c:scaling>'
        '<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def _hatched(colour: str) -> str:
    """A target: told apart without colour."""
    ink = f'<a:srgbClr val="{colour.lstrip("#")}"/>'
    return (
        f'<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr>{ink}</a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
        f'</a:pattFill><a:ln w="10160">{_fill(colour)}</a:ln></c:spPr>'
    )


def _fonts(house: House) -> str:
    face = house.word_fonts["hei"]
    return f'<a:latin typeface="{escape(face.ascii)}"/><a:ea typeface="{escape(face.east)}"/>'


def _table(chart: Chart) -> list[list[str | Decimal | None]]:
    """The numbers as a sheet: what a person edits in Word."""
    second = chart.kind == "growth" and any(bar.reference is not None for bar in chart.bars)
    rows: list[list[str | Decimal | None]] = [
        ["", f"数值（{chart.unit}）" if chart.unit else "数值", *["目标"] * second]
    ]
    rows += [[_category(chart, bar), bar.value, *[bar.reference] * second] for bar in chart.bars]
    return rows


def workbook(rows: Sequence[Sequence[str | Decimal | None]]) -> bytes:
    """A workbook with one sheet; texts are texts, whatever they begin with, and never formulas."""
    cells = []
    for number, row in enumerate(rows, 1):
        written = "".join(_cell("ABC"[at], number, value) for at, value in enumerate(row) if value not in (None, ""))
        cells.append(f'<row r="{number}">{written}</row>')
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}worksheet+xml"/>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{types}</Types>',
        "_rels/.rels": _link("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _link("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{R}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(cells)}</sheetData></worksheet>',
    }
    return write_package({name: (DECLARATION + text).encode() for name, text in parts.items()})


def _cell(column: str, row: int, value: str | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return f'<c r="{column}{row}"><v>{value:f}</v></c>'
    return f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _link(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{R}/{kind}" Target="{target}"/></Relationships>'
    )
