"""The house style: page, colours, faces and type sizes, read from a house.toml.

`load_house` returns one frozen House for the page style that the file names; charts and every renderer use it.
Lengths are mm, type sizes pt, colours #RRGGBB. A mistake in the file is a UsageError that names file and key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from reportgen.errors import UsageError

Style = Literal["briefing", "gb9704"]
STYLES: tuple[Style, ...] = ("briefing", "gb9704")
FACES = ("song", "song-black", "hei", "hei-bold", "kai")
_ROLE_NAMES = """
    classification masthead issue title provenance provenance-digits heading-1 heading-2 heading-3 heading-aside
    body body-strong body-kai figure-actual figure-target mark key-heading key-label key-text card-name card-source
    card-actual card-target card-unit card-aside-label card-aside card-period caption caption-number caption-sub note
    table-head table-cell table-strong table-muted table-source evidence evidence-number evidence-mark chart-label
    chart-strong chart-period chart-actual chart-target chart-axis header page-number end
"""
ROLES = tuple(_ROLE_NAMES.split())
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Margins:
    """Page margins in mm."""

    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Page:
    """An A4 page: margins, top edge of the running head, page number below the type area; mm."""

    margins: Margins
    header: float
    page_number: float
    width: float = 210.0
    height: float = 297.0

    @property
    def type_width(self) -> float:
        """Width of the type area in mm."""
        return self.width - self.margins.left - self.margins.right

    @property
    def type_height(self) -> float:
        """Height of the type area in mm."""
        return self.height - self.margins.top - self.margins.bottom


@dataclass(frozen=True, slots=True)
class Colours:
    """The only colours in use, #RRGGBB; `heat` are the five classes from none to most."""

    red: str
    blue: str
    black: str
    grey: str
    rule: str
    hairline: str
    grid: str
    shade: str
    heat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordFont:
    """The fonts that a Word file names for a face: Chinese and digits."""

    east: str
    ascii: str


@dataclass(frozen=True, slots=True)
class Role:
    """The look of one kind of text: face, size and leading in pt, colour as #RRGGBB, tracking in em.

    `word` names its Word fonts; `word_size` and `word_spacing` (pt) are what Word needs for the same measure.
    """

    face: str
    size: float
    leading: float
    colour: str
    tracking: float
    word: WordFont
    word_size: float
    word_spacing: float


@dataclass(frozen=True, slots=True)
class House:
    """One house style. `roles` has every name of ROLES; `logo` is an image file or None."""

    style: Style
    page: Page
    colours: Colours
    roles: Mapping[str, Role]
    word_fonts: Mapping[str, WordFont]
    logo: Path | None = None

    def role(self, name: str) -> Role:
        """The role called `name`, one of ROLES."""
        return self.roles[name]


def load_house(path: Path, style: Style | None = None) -> House:
    """Read the house style at `path`; `style` wins over the one that the file names. Raises UsageError."""
    try:
        data = _parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"cannot read the house style: {error.strerror}", where=str(path), hint="copy the shipped house.toml there"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8 text", where=str(path), hint="save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not TOML: {error}", where=str(path)) from error
    return _Reader(path).house(data, style)


@lru_cache(maxsize=2)
def _parsed(text: str) -> Mapping[str, object]:
    """The same for every briefing of a run."""
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes values out of the parsed file and says file and key when one is wrong."""

    path: Path

    def house(self, data: Mapping[str, object], wanted: Style | None) -> House:
        self._only(data, "", ("style", "logo", "colours", "word", *STYLES))
        style = wanted or self._text(data, "", "style")
        if style not in STYLES:
            raise self._wrong("style", f"unknown page style {style!r}", f"one of {', '.join(STYLES)}")
        colours = self._colours(self._table(data, "", "colours"))
        word = self._word_fonts(self._table(data, "", "word"))
        layout = self._table(data, "", style)
        self._only(layout, style, ("margins", "header", "page_number", "roles"))
        roles = dict(self._roles(self._table(data, "", "briefing"), "briefing", colours, word))
        if style != "briefing":
            roles.update(self._roles(layout, style, colours, word))
        absent = [name for name in ROLES if name not in roles]
        if absent:
            raise self._wrong(f"briefing.roles.{absent[0]}", "missing", "take it from the shipped house.toml")
        page = Page(
            self._margins(layout, style),
            self._number(layout, style, "header", 0, 100),
            self._number(layout, style, "page_number", 0, 100),
        )
        if page.type_width < 60 or page.type_height < 60:
            raise self._wrong(f"{style}.margins", "leave less than 60 mm for text", "smaller margins")
        return House(style, page, colours, roles, word, self._logo(data))

    def _margins(self, layout: Mapping[str, object], style: str) -> Margins:
        table = self._table(layout, style, "margins")
        where = f"{style}.margins"
        self._only(table, where, ("top", "left", "bottom", "right"))
        top, left, bottom, right = (self._number(table, where, side, 0, 150) for side in Margins.__slots__)
        return Margins(top, left, bottom, right)

    def _colours(self, table: Mapping[str, object]) -> Colours:
        names = [name for name in Colours.__slots__ if name != "heat"]
        self._only(table, "colours", Colours.__slots__)
        heat = table.get("heat")
        if not isinstance(heat, list) or len(heat) != 5:
            raise self._wrong("colours.heat", "needs five colours", '["#FFFFFF", ...]')
        values = {name: self._colour(f"colours.{name}", table.get(name)) for name in names}
        return Colours(**values, heat=tuple(self._colour("colours.heat", value) for value in heat))

    def _colour(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise self._wrong(key, f"not a colour: {value!r}", "#RRGGBB")
        return value.upper()

    def _word_fonts(self, table: Mapping[str, object]) -> dict[str, WordFont]:
        self._only(table, "word", FACES)
        fonts = {}
        for face in FACES:
            entry = self._table(table, "word", face)
            where = f"word.{face}"
            self._only(entry, where, WordFont.__slots__)
            fonts[face] = WordFont(self._text(entry, where, "east"), self._text(entry, where, "ascii"))
        return fonts

    def _roles(
        self, layout: Mapping[str, object], style: str, colours: Colours, word: Mapping[str, WordFont]
    ) -> Mapping[str, Role]:
        table = self._table(layout, style, "roles")
        self._only(table, f"{style}.roles", ROLES)
        return {name: self._role(table, f"{style}.roles", name, colours, word) for name in table}

    def _role(
        self, table: Mapping[str, object], where: str, name: str, colours: Colours, word: Mapping[str, WordFont]
    ) -> Role:
        entry = self._table(table, where, name)
        where = f"{where}.{name}"
        self._only(entry, where, ("face", "size", "leading", "colour", "tracking", "word_size", "word_spacing"))
        face = self._text(entry, where, "face")
        if face not in FACES:
            raise self._wrong(f"{where}.face", f"unknown face {face!r}", f"one of {', '.join(FACES)}")
        colour = self._text(entry, where, "colour")
        if colour == "heat" or colour not in Colours.__slots__:
            raise self._wrong(f"{where}.colour", f"unknown colour {colour!r}", "a name under [colours]")
        size = self._number(entry, where, "size", 4, 120)
        return Role(
            face,
            size,
            self._number(entry, where, "leading", size, 240),
            getattr(colours, colour),
            self._number(entry, where, "tracking", 0, 2) if "tracking" in entry else 0.0,
            word[face],
            self._number(entry, where, "word_size", 4, 120) if "word_size" in entry else size,
            self._number(entry, where, "word_spacing", -5, 5) if "word_spacing" in entry else 0.0,
        )

    def _logo(self, data: Mapping[str, object]) -> Path | None:
        name = self._text(data, "", "logo", empty=True)
        if not name:
            return None
        logo = self.path.parent / name
        if not logo.is_file():
            raise self._wrong("logo", f"no such file: {name}", "a PNG beside house.toml, or an empty text")
        with logo.open("rb") as file:
            if file.read(8) != b"\x89PNG\r\n\x1a\n":
                raise self._wrong("logo", f"not a PNG image: {name}", "save the logo as PNG")
        return logo

    def _table(self, table: Mapping[str, object], where: str, key: str) -> Mapping[str, object]:
        value = table.get(key)
        if not isinstance(value, dict):
            raise self._wrong(_join(where, key), "missing or not a table", "take it from the shipped house.toml")
        return value

    def _text(self, table: Mapping[str, object], where: str, key: str, *, empty: bool = False) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not (value or empty):
            raise self._wrong(_join(where, key), f"needs a text, not {value!r}", "take it from the shipped house.toml")
        return value

    def _number(self, table: Mapping[str, object], where: str, key: str, low: float, high: float) -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self._wrong(_join(where, key), f"needs a number, not {value!r}", f"{low:g} to {high:g}")
        return float(value)

    def _only(self, table: Mapping[str, object], where: str, keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                raise self._wrong(_join(where, key), "unknown key", f"one of {', '.join(keys)}")

    def _wrong(self, key: str, what: str, hint: str) -> UsageError:
        return UsageError(f"{key}: {what}", where=str(self.path), hint=hint)


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
