"""The vocabulary files go in, one frozen `Vocabulary` comes out, read once per process and user folder.

A user folder may hold files of the same names (TABLES, LISTS): their entries are added to the shipped ones and win
over them. A mistake is a UsageError that names the file and the key or line.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from reportgen.errors import UsageError
from reportgen.vocabulary import parse
from reportgen.vocabulary.divisions import Divisions
from reportgen.vocabulary.match import Matcher
from reportgen.vocabulary.types import Agency, Indicator, Population, Sector, Unit

SHIPPED = Path(__file__).parent
TABLES = ("sectors.toml", "units.toml", "agencies.toml", "indicators.toml")
LISTS = ("divisions.csv", "former_divisions.csv", "population.csv")


@dataclass(frozen=True)
class Vocabulary:
    """The words that the stages know. `fingerprint` is the sha256 of every file read; agencies: longest short first."""

    sectors: tuple[Sector, ...]
    indicators: tuple[Indicator, ...]
    units: Mapping[str, Unit]
    denominators: frozenset[str]
    agencies: tuple[Agency, ...]
    fingerprint: str
    lists: tuple[tuple[Path, str], ...]
    """The text of each csv file; parsed when first needed."""

    @cached_property
    def sector_by_code(self) -> Mapping[str, Sector]:
        """Sector code -> sector."""
        return {sector.code: sector for sector in self.sectors}

    @cached_property
    def indicator_by_id(self) -> Mapping[str, Indicator]:
        """Indicator id -> indicator."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def divisions(self) -> Divisions:
        """The administrative divisions, today's and former ones."""
        return parse.divisions(self._lists("divisions.csv", "former_divisions.csv"))

    @cached_property
    def populations(self) -> Mapping[str, Population]:
        """Division code -> its residents, where a census bulletin states them; many divisions have none."""
        return parse.populations(self._lists("population.csv"))

    def _lists(self, *names: str) -> tuple[tuple[str, str], ...]:
        return tuple((str(path), text) for path, text in self.lists if path.name in names)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.indicators, self.units)

    def match_indicator(self, name: str, base_unit: str, measure: str) -> Indicator | None:
        """The canonical indicator that the printed `name` means in this unit and measure; None where in doubt."""
        return self._matcher.match(name, base_unit, measure)

    def unit(self, printed: str) -> Unit | None:
        """The unit printed as `printed` (without multiplier); X/Y is composed of a unit X and a denominator Y."""
        known = self.units.get(printed)
        if known or "/" not in printed:
            return known
        upper, _, lower = printed.partition("/")
        above = self.units.get(upper)
        if above is None or lower not in self.denominators:
            return None
        return Unit(printed, f"{above.base}/{lower}", above.factor, above.kind)


def load(extra: Path | None = None) -> Vocabulary:
    """The shipped vocabulary with the files of the folder `extra` added; the same object for the same folder."""
    return _load(extra.resolve() if extra else None)


@cache
def _load(extra: Path | None) -> Vocabulary:
    if extra and not extra.is_dir():
        raise UsageError("the vocabulary folder is not there", where=str(extra), hint="create it or drop the setting")
    paths = [SHIPPED / name for name in (*TABLES, *LISTS)]
    paths += [extra / name for name in (*TABLES, *LISTS) if extra and (extra / name).is_file()]
    digest = hashlib.sha256()
    sectors: dict[str, Sector] = {}
    units: dict[str, Unit] = {}
    denominators: set[str] = set()
    agencies: dict[str, Agency] = {}
    indicators: dict[str, Indicator] = {}
    lists: list[tuple[Path, str]] = []
    for path in paths:
        text = _text(path)
        digest.update(f"{path.name}\n{text}\n".encode())
        if path.suffix == ".csv":
            lists.append((path, text))
            continue
        where = str(path)
        table = _toml(where, text)
        if path.stem == "sectors":
            parse.add_sectors(sectors, where, table)
        elif path.stem == "units":
            parse.add_units(units, denominators, where, table)
        elif path.stem == "agencies":
            parse.add_agencies(agencies, sectors, where, table)
        else:
            parse.add_indicators(indicators, sectors, where, table)
    vocabulary = Vocabulary(
        sectors=tuple(sectors.values()),
        indicators=parse.linked(indicators, where=str((extra or SHIPPED) / "indicators.toml")),
        units=units,
        denominators=frozenset(denominators),
        agencies=tuple(sorted(agencies.values(), key=lambda agency: (-len(agency.short), agency.short))),
        fingerprint=digest.hexdigest(),
        lists=tuple(lists),
    )
    if extra:
        # A person's mistake is told at once, not when a place is first looked up.
        _ = vocabulary.divisions, vocabulary.populations
    return vocabulary


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("the file is not UTF-8", where=str(path), hint="save it as UTF-8") from error


def _toml(where: str, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not valid TOML: {error}", where=where) from error
