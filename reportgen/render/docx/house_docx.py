"""Builds templates/house.docx from house.toml: the styles that every Word briefing is written in.

Run `python -m reportgen.render.docx.house_docx HOUSE.toml HOUSE.docx` after a change of house.toml or of style_list.
The result is a plain Word file: an office opens it, changes how a style looks, and saves it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.house import House, Role, Style, load_house
from reportgen.ooxml import write_package
from reportgen.render.docx.markup import border, part, text_of, twentieths, twips, w
from reportgen.render.docx.parts import fixed_parts
from reportgen.render.docx.style_list import CHARACTERS, OFFICIAL, PARAGRAPHS, CharacterStyle, ParagraphStyle

BOLD_FACES = ("hei-bold",)
"""Word gets 黑体 for both weights of hei and has to embolden the heavier one; 小标宋 is heavy by itself."""
ALTERNATIVES = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "方正小标宋简体": "华文中宋",
}


def build(houses: dict[Style, House]) -> bytes:
    """The template as bytes, from the same house.toml read once per page style."""
    house, official = houses["briefing"], houses["gb9704"]
    parts = fixed_parts(house)
    parts["word/styles.xml"] = part("styles", *_styles(house, official))
    parts["word/fontTable.xml"] = part("fonts", *_fonts(house))
    parts["word/document.xml"] = part("document", w("body", *_samples(), _section(house)))
    return write_package(parts)


def _fonts(house: House) -> list[str]:
    names = {name for font in house.word_fonts.values() for name in (font.east, font.ascii)}
    return [
        w("font", *([w("altName", val=ALTERNATIVES[name])] if name in ALTERNATIVES else []), name=name)
        for name in sorted(names)
    ]


def _samples() -> list[str]:
    return [w("p", w("pPr", w("pStyle", val=style.id)), w("r", text_of(style.name))) for style in PARAGRAPHS]


def _section(house: House) -> str:
    page = house.page
    size = w("pgSz", w=twips(page.width), h=twips(page.height))
    margins = w(
        "pgMar",
        top=twips(page.margins.top),
        right=twips(page.margins.right),
        bottom=twips(page.margins.bottom),
        left=twips(page.margins.left),
        header=twips(page.header),
        footer=twips(13.3),
        gutter=0,
    )
    return w("sectPr", size, margins)


def _styles(house: House, official: House) -> list[str]:
    body = house.role("body")
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                _rfonts(body),
                w("sz", val=24),
                w("szCs", val=24),
                w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault", w("pPr", w("snapToGrid", val=0))),
    )
    styles = [defaults]
    for style in PARAGRAPHS:
        styles.append(_paragraph_style(style, house, ""))
        if style.official:
            styles.append(_paragraph_style(style, official, OFFICIAL))
    styles.append(_default_character())
    for character in CHARACTERS:
        styles.append(_character_style(character, house, ""))
        if character.official:
            styles.append(_character_style(character, official, OFFICIAL))
    styles.extend(_table_styles(house))
    return styles


def _rfonts(role: Role, *, east_only: bool = False) -> str:
    """Both fonts; the hint makes Word draw “ ” — … as Chinese characters."""
    east = role.word.east
    latin = east if east_only else role.word.ascii
    return w("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)


def _run_properties(role: Role, *, bold: bool, colour: str) -> str:
    spacing = role.word_spacing + role.tracking * role.word_size
    return w(
        "rPr",
        _rfonts(role),
        w("b") if bold else "",
        w("color", val=colour.lstrip("#")),
        w("spacing", val=twentieths(spacing)) if spacing else "",
        w("sz", val=round(role.word_size * 2)),
        w("szCs", val=round(role.word_size * 2)),
    )


def _paragraph_style(style: ParagraphStyle, house: House, suffix: str) -> str:
    role = house.role(style.role)
    normal = style.id == "Normal"
    ident = style.id + ("Official" if suffix else "")
    colours = house.colours
    rules = (
        w("pBdr", *(border(r.side, r.kind, r.pt, getattr(colours, r.colour), r.space) for r in style.rules))
        if style.rules
        else ""
    )
    tabs = [w("tab", val="left", pos=twips(style.left_tab))] if style.left_tab else []
    if style.tab:
        leader = "dot" if style.id.startswith("TOC") else None
        tabs.append(w("tab", val="right", leader=leader, pos=twips(style.tab)))
    properties = w(
        "pPr",
        w("keepNext") if style.keep_next else "",
        w("keepLines") if style.keep_lines else "",
        w("widowControl"),
        rules,
        w("tabs", *tabs) if tabs else "",
        w("kinsoku"),
        w("overflowPunct") if normal else "",
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("snapToGrid", val=0),
        _spacing(style, role, official=bool(suffix)),
        _indent(style, role),
        w("jc", val=style.align) if style.align != "left" else "",
        w("outlineLvl", val=style.outline) if style.outline is not None else "",
    )
    return w(
        "style",
        w("name", val=style.name + suffix),
        "" if normal else w("basedOn", val=style.id if suffix else style.based),
        w("next", val=style.next) if style.next else "",
        w("qFormat"),
        properties,
        _run_properties(role, bold=role.face in BOLD_FACES, colour=role.colour),
        type="paragraph",
        default=1 if normal else None,
        customStyle=1 if suffix or style.name[0] > "z" else None,
        styleId=ident,
    )


def _spacing(style: ParagraphStyle, role: Role, *, official: bool) -> str:
    line, rule = twentieths(role.leading), "exact"
    if style.leading == "auto":
        line, rule = 240, "auto"
    elif style.leading == "gap":
        line = 210
    elif style.leading == "narrow gap":
        line = 40
    elif style.leading == "toc":
        line = 300
    # A page of 22 lines has no room for space between paragraphs.
    after = 0 if official and style.id == "BodyText" else twips(style.after)
    return w("spacing", before=twips(style.before), after=after, line=line, lineRule=rule)


def _indent(style: ParagraphStyle, role: Role) -> str:
    if style.first:
        size = role.word_size + role.word_spacing
        return w("ind", firstLineChars=style.first * 100, firstLine=twentieths(style.first * size))
    if style.indent:
        return w("ind", firstLine=twips(style.indent))
    if style.left or style.right or style.hanging:
        return w("ind", left=twips(style.left), right=twips(style.right) or None, hanging=twips(style.hanging) or None)
    return ""


def _default_character() -> str:
    return w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )


def _character_style(style: CharacterStyle, house: House, suffix: str) -> str:
    role = house.role(style.role)
    colour = {"white": "#FFFFFF", "": role.colour}.get(style.colour) or getattr(house.colours, style.colour)
    size = style.size or role.word_size
    # In the official layout the paragraph gives size and spacing: one figure style serves body and key points.
    sized = style.sized and not suffix and (style.font or bool(style.size))
    properties = w(
        "rPr",
        _rfonts(role, east_only=style.id == "Dot") if style.font else "",
        "" if style.bold is None else w("b", val=None if style.bold else 0),
        w("color", val=colour.lstrip("#")) if style.font else "",
        w("sz", val=round(size * 2)) if sized else "",
        w("szCs", val=round(size * 2)) if sized else "",
        w("u", val="single") if style.underline else "",
        w("vertAlign", val="superscript") if style.superscript else "",
    )
    return w(
        "style",
        w("name", val=style.name + suffix),
        w("basedOn", val=style.id if suffix else "DefaultParagraphFont"),
        w("qFormat"),
        properties if properties != "<w:rPr/>" else "",
        type="character",
        customStyle=1 if suffix or style.name[0] > "z" else None,
        styleId=style.id + ("Official" if suffix else ""),
    )


def _table_styles(house: House) -> list[str]:
    colours = house.colours
    plain = w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins(0)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    ruled = w(
        "style",
        w("name", val="三线表"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w(
            "tblPr",
            w("tblStyleRowBandSize", val=1),
            w(
                "tblBorders",
                border("top", "single", 1, colours.black),
                border("bottom", "single", 1, colours.black),
                border("insideH", "single", 0.5, colours.hairline),
            ),
            _cell_margins(0.8),
        ),
        w("tcPr", w("vAlign", val="center")),
        w(
            "tblStylePr",
            w("rPr", w("b")),
            w("tcPr", w("tcBorders", border("bottom", "single", 0.5, colours.black))),
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId="ThreeRules",
    )
    boxed = w(
        "style",
        w("name", val="要点框"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w(
            "tblPr",
            w(
                "tblBorders",
                border("top", "single", 1.5, colours.black),
                border("bottom", "single", 0.75, colours.black),
            ),
            _cell_margins(0),
        ),
        w("tcPr", w("shd", val="clear", color="auto", fill=colours.shade.lstrip("#"))),
        type="table",
        customStyle=1,
        styleId="KeyBox",
    )
    cards = w(
        "style",
        w("name", val="卡片"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", _cell_margins(0)),
        type="table",
        customStyle=1,
        styleId="CardTable",
    )
    return [plain, ruled, boxed, cards]


def _cell_margins(mm: float) -> str:
    side = twips(mm)
    return w(
        "tblCellMar",
        w("top", w=0, type="dxa"),
        w("left", w=side, type="dxa"),
        w("bottom", w=0, type="dxa"),
        w("right", w=side, type="dxa"),
    )


def main(arguments: list[str]) -> int:
    """Write the template named second from the house.toml named first."""
    source, target = (Path(argument) for argument in arguments)
    styles: tuple[Style, ...] = ("briefing", "gb9704")
    target.write_bytes(build({style: load_house(source, style) for style in styles}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
