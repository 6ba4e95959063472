"""house.docx as the renderer sees it: its styles, and whether it is safe to build on.

`check_template` refuses macros, outside links, active fields and DOCTYPEs. Styles are found by the name that people
see, because Word renames their ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from reportgen.errors import ReportgenError, TemplateError, UsageError
from reportgen.house import House
from reportgen.ooxml import RELS, parse, qn, read_package
from reportgen.render.docx.style_list import CHARACTERS, OFFICIAL, PARAGRAPHS

FIELDS: Final = frozenset({"PAGE", "TOC", "NUMPAGES", "SEQ", "REF", "HYPERLINK", "PAGEREF"})
RELATIONSHIPS: Final = frozenset(
    (
        *(
            "officeDocument",
            "styles",
            "stylesWithEffects",
            "settings",
            "webSettings",
            "fontTable",
            "theme",
            "numbering",
        ),
        *("header", "footer", "footnotes", "endnotes", "comments", "image", "thumbnail", "hyperlink"),
        *("core-properties", "extended-properties", "custom-properties", "customXml", "customXmlProps"),
    )
)
_ACTIVE: Final = frozenset(qn(name) for name in ("altChunk", "object", "control", "subDoc", "attachedTemplate", "src"))
_TABLES: Final = ("三线表", "要点框", "卡片")


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of house.docx that a briefing takes over, and its style ids by style name."""

    parts: Mapping[str, bytes]
    styles: Mapping[str, str]
    official: bool

    def style(self, name: str) -> str:
        """Id of the style called `name`, in the twin for the page style where there is one."""
        if self.official and (name + OFFICIAL).lower() in self.styles:
            return self.styles[(name + OFFICIAL).lower()]
        return self.styles[name.lower()]


def check_template(path: Path) -> Mapping[str, bytes]:
    """The parts of a Word template. Raises TemplateError for whatever must not get into an output."""
    where = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the Word template: {error.strerror}", where=where) from error
    return _checked(data, where)


@lru_cache(maxsize=2)
def _checked(data: bytes, where: str) -> Mapping[str, bytes]:
    """The same for the bytes of one, which every briefing of a run is made with."""
    try:
        parts = read_package(data, where=where)
        for name in sorted(parts):
            _check_part(name, parts[name], where)
    except TemplateError:
        raise
    except ReportgenError as error:
        raise TemplateError(error.what, where=where, hint="the shipped house.docx") from error
    if "word/styles.xml" not in parts:
        raise TemplateError("is no Word template: no styles", where=where, hint="the shipped house.docx")
    return parts


def _check_part(name: str, content: bytes, where: str) -> None:
    lowered = name.lower()
    if any(word in lowered for word in ("vba", "embeddings/", "activex", "macro", ".bin")):
        raise TemplateError(f"holds macros or embedded objects ({name})", where=where, hint="save it as a plain .docx")
    if not lowered.endswith((".xml", ".rels")):
        return
    root = parse(content, where=f"{where}:{name}")
    if lowered.endswith(".rels"):
        for link in root.iter(f"{{{RELS}}}Relationship"):
            kind = (link.get("Type") or "").rsplit("/", 1)[-1]
            if kind not in RELATIONSHIPS or (link.get("TargetMode") == "External" and kind != "hyperlink"):
                raise TemplateError(
                    f"holds a link that is not allowed ({kind})", where=f"{where}:{name}", hint="remove it in Word"
                )
    if lowered == "[content_types].xml" and b"macroEnabled" in content:
        raise TemplateError("is a macro-enabled file", where=where, hint="save it as a plain .docx")
    for element in root.iter():
        if element.tag in _ACTIVE:
            tag = str(element.tag).rpartition("}")[2]
            raise TemplateError(f"holds active content ({tag})", where=f"{where}:{name}", hint="remove it in Word")
    for instruction in _instructions(root):
        word = re.match(r"\s*([A-Za-z]+)\b", instruction)
        if not word or word[1].upper() not in FIELDS:
            raise TemplateError(
                f"holds a field that is not allowed ({instruction.strip()[:40]})",
                where=f"{where}:{name}",
                hint=f"only {', '.join(sorted(FIELDS))}",
            )


def _instructions(root: etree._Element) -> list[str]:
    """Field instructions of a part; instruction text split over runs is joined, so that splitting hides nothing."""
    found: list[str] = []
    open_fields: list[list[str]] = []
    for element in root.iter():
        if element.tag == qn("fldSimple"):
            found.append(element.get(qn("instr")) or "")
        elif element.tag == qn("fldChar"):
            kind = element.get(qn("fldCharType"))
            if kind == "begin":
                open_fields.append([])
            elif open_fields and kind == "end":
                found.append("".join(open_fields.pop()))
        elif element.tag == qn("instrText") and open_fields:
            open_fields[-1].append(element.text or "")
        elif element.tag == qn("instrText"):
            found.append(element.text or "")
    return found + ["".join(field) for field in open_fields]


def load_template(path: Path, house: House) -> Template:
    """The checked template. Raises UsageError where a style that briefings need is missing."""
    parts = check_template(path)
    styles = _style_ids(parts["word/styles.xml"], f"{path}:word/styles.xml")
    needed = [style.name for style in (*PARAGRAPHS, *CHARACTERS)] + list(_TABLES)
    for name in needed:
        if name.lower() not in styles:
            raise UsageError(f"the style {name!r} is missing", where=str(path), hint="the shipped house.docx")
    kept = {
        name: content
        for name, content in parts.items()
        if name in {"word/styles.xml", "word/fontTable.xml", "word/numbering.xml"} or name.startswith("word/theme/")
    }
    return Template(kept, styles, house.style == "gb9704")


@lru_cache(maxsize=2)
def _style_ids(content: bytes, where: str) -> Mapping[str, str]:
    """Name in small letters -> id of every style."""
    found: dict[str, str] = {}
    for style in parse(content, where=where).iter(qn("style")):
        named = style.find(qn("name"))
        if named is not None:
            found[(named.get(qn("val")) or "").lower()] = style.get(qn("styleId")) or ""
    return found
