"""One vocabulary file goes in, its entries are added to those read before; a later entry wins over an earlier one.

Lists of words are written as text with white space between the words. Every mistake is a UsageError with file and key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, cast, get_args

from reportgen.errors import UsageError
from reportgen.vocabulary.divisions import Divisions
from reportgen.vocabulary.types import Agency, Direction, Division, Indicator, Level, Population, Sector, Unit, UnitKind

Table = Mapping[str, Any]

LEVELS: Mapping[int, Level] = {2: "province", 4: "prefecture", 6: "county"}
WITHOUT_SECTOR = "other"
"""Table of agencies.toml for agencies whose business is no single sector."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a TOML file with the place to name in errors; `allowed` are the fields it may have."""

    where: str
    fields: Table

    @classmethod
    def of(cls, path: str, key: str, value: object, allowed: str) -> Entry:
        """Check that `value` is a table with no other fields than `allowed`."""
        where = f"{path}: [{key}]"
        if not isinstance(value, dict):
            raise UsageError("this must be a table", where=where)
        for field in value:
            if field not in allowed.split():
                raise UsageError(f"unknown field {field}", where=where, hint=f"one of {allowed}")
        return cls(where, value)

    def fail(self, what: str, hint: str = "") -> UsageError:
        """The error that names this entry."""
        return UsageError(what, where=self.where, hint=hint)

    def text(self, field: str, default: str = "") -> str:
        """A text field."""
        value = self.fields.get(field, default)
        if not isinstance(value, str):
            raise self.fail(f"{field} must be text")
        return value

    def words(self, field: str) -> tuple[str, ...]:
        """A field of words separated by white space."""
        return tuple(self.text(field).split())

    def flag(self, field: str, default: bool = False) -> bool:
        """A true/false field."""
        value = self.fields.get(field, default)
        if not isinstance(value, bool):
            raise self.fail(f"{field} must be true or false")
        return value

    def table(self, field: str) -> Table:
        """A nested table, empty where it is missing."""
        value = self.fields.get(field, {})
        if not isinstance(value, dict):
            raise self.fail(f"{field} must be a table")
        return value


def add_sectors(sectors: dict[str, Sector], path: str, table: Table) -> None:
    """[code] name, short, words = {"5" = "..."}: words of a later file are added."""
    for code, value in table.items():
        entry = Entry.of(path, code, value, "name short words")
        known = sectors.get(code) or Sector(code, code, code, {})
        words = dict(known.words)
        for weight in entry.table("words"):
            if not re.fullmatch(r"[1-5]", weight):
                raise entry.fail(f"weight {weight} is not 1 to 5")
            words.update(dict.fromkeys(Entry(entry.where, entry.table("words")).words(weight), float(weight)))
        sectors[code] = Sector(code, entry.text("name", known.name), entry.text("short", known.short), words)


def add_units(units: dict[str, Unit], denominators: set[str], path: str, table: Table) -> None:
    """[kind] units = "..." and same = {printed = "base" or "factor base"}; top-level denominators = "..."."""
    for kind, value in table.items():
        if kind == "denominators":
            denominators.update(Entry(path, table).words(kind))
            continue
        entry = Entry.of(path, kind, value, "units same")
        if kind not in get_args(UnitKind):
            raise entry.fail("unknown kind of unit", hint=", ".join(get_args(UnitKind)))
        for printed in entry.words("units"):
            units[printed] = Unit(printed, printed, Decimal(1), cast(UnitKind, kind))
        for printed in entry.table("same"):
            *factor, base = Entry(entry.where, entry.table("same")).words(printed) or ("",)
            try:
                units[printed] = Unit(printed, base, Decimal(factor[0] if factor else 1), cast(UnitKind, kind))
            except InvalidOperation as error:
                raise entry.fail(f"{printed}: the factor is not a number") from error


def add_agencies(agencies: dict[str, Agency], sectors: Mapping[str, Sector], path: str, table: Table) -> None:
    """[sector code] full = "short short ...": the full name is a short of its own; [other] has no sector."""
    for code, value in table.items():
        if code not in sectors and code != WITHOUT_SECTOR:
            raise UsageError("unknown sector", where=f"{path}: [{code}]", hint=f"a sector code or {WITHOUT_SECTOR}")
        if not isinstance(value, dict):
            raise UsageError("this must be a table", where=f"{path}: [{code}]")
        sector = "" if code == WITHOUT_SECTOR else code
        for full in value:
            for short in (full, *Entry(f"{path}: [{code}] {full}", value).words(full)):
                agencies[short] = Agency(short, full, sector)


def add_indicators(indicators: dict[str, Indicator], sectors: Mapping[str, Sector], path: str, table: Table) -> None:
    """[sector code.id] name, aliases, units, direction, parent, never, headline; a later file may state some fields."""
    allowed = "name aliases units direction parent never headline"
    for code, group in table.items():
        if code not in sectors:
            raise UsageError("unknown sector", where=f"{path}: [{code}]", hint=", ".join(sectors))
        if not isinstance(group, dict):
            raise UsageError("this must be a table of indicators", where=f"{path}: [{code}]")
        for key, value in group.items():
            entry = Entry.of(path, f"{code}.{key}", value, allowed)
            # Taken out and put back at the end: what is stated last wins an alias that two indicators claim.
            known = indicators.pop(key, None) or Indicator(key, "", (), code, ())
            direction = entry.text("direction", known.direction)
            if direction not in get_args(Direction):
                raise entry.fail(f"direction {direction} is not one of {', '.join(get_args(Direction))}")
            made = replace(
                known,
                name=entry.text("name", known.name),
                aliases=tuple(dict.fromkeys((*known.aliases, *entry.words("aliases")))),
                sector=code,
                units=entry.words("units") or known.units,
                direction=cast(Direction, direction),
                parent=entry.text("parent", known.parent),
                never=tuple(dict.fromkeys((*known.never, *entry.words("never")))),
                headline=entry.flag("headline", known.headline),
            )
            if not made.name or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
                raise entry.fail("an indicator needs a name and an id of a-z, 0-9 and _")
            indicators[key] = made


def linked(indicators: Mapping[str, Indicator], where: str) -> tuple[Indicator, ...]:
    """The indicators with `never` made mutual; UsageError where `parent` or `never` names no indicator."""
    never: dict[str, list[str]] = {key: list(indicator.never) for key, indicator in indicators.items()}
    for key, indicator in indicators.items():
        for other in (*indicator.never, *([indicator.parent] if indicator.parent else [])):
            if other not in indicators or other == key:
                raise UsageError(f"{other} is not another indicator", where=f"{where}: {key}", hint="an existing id")
        for other in indicator.never:
            if key not in never[other]:
                never[other].append(key)
    return tuple(replace(indicator, never=tuple(never[key])) for key, indicator in indicators.items())


def divisions(files: tuple[tuple[str, str], ...]) -> Divisions:
    """The divisions of (path, text) files: code,name,parent,shorts, or by its head name,code of former names."""
    found: dict[str, Division] = {}
    former: list[tuple[str, str]] = []
    risky: set[str] = set()
    for path, text in files:
        head, *lines = text.splitlines()
        if head not in ("code,name,parent,shorts", "name,code"):
            raise UsageError("unknown head line", where=f"{path}:1", hint="code,name,parent,shorts")
        for number, line in enumerate(lines, 2):
            cells = line.split(",")
            if len(cells) != head.count(",") + 1:
                raise UsageError("wrong number of cells", where=f"{path}:{number}", hint=head)
            if head == "name,code":
                former.append((cells[0], cells[1]))
                continue
            code, name, parent, shorts = cells
            if len(code) not in LEVELS or not code.isdigit() or not name or (parent and parent not in found):
                raise UsageError("wrong code, name or parent", where=f"{path}:{number}", hint="2, 4 or 6 digits")
            risky.update(short[1:] for short in shorts.split() if short[0] == "~")
            plain = tuple(short.lstrip("~") for short in shorts.split())
            found[code] = Division(code, name, LEVELS[len(code)], parent, tuple(s for s in plain if s != name))
    return Divisions(
        tuple(found.values()),
        tuple(replace(found[code], name=name, shorts=()) for name, code in former if code in found),
        frozenset(risky),
    )


def populations(files: tuple[tuple[str, str], ...]) -> Mapping[str, Population]:
    """Division code -> its residents, of (path, text) files headed code,year,residents,source; the last line wins."""
    found: dict[str, Population] = {}
    for path, text in files:
        for number, line in enumerate(text.splitlines()[1:], 2):
            cells = line.split(",")
            if len(cells) != 4 or not (cells[1].isdigit() and cells[2].isdigit()):
                raise UsageError("not code,year,residents,source", where=f"{path}:{number}")
            found[cells[0]] = Population(cells[0], int(cells[1]), int(cells[2]), cells[3])
    return found
