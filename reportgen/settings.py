"""Settings: `reportgen.toml` in the working folder, everything with a working default.

In: a TOML file that may be absent. Out: one frozen `Settings`. Every mistake is a UsageError that names file and key;
an unknown key is refused with the nearest known one, never skipped. Stages do not see this module: the pipeline
hands each the values that it needs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reportgen.errors import UsageError

FILE_NAME = "reportgen.toml"
_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Office:
    """Who publishes, under which names, and to whom: printed on the pages as they stand here."""

    compiling_office: str = "〔编发单位全称〕"
    briefing_name: str = "政务发布简报"
    monthly_name: str = "政务发布月报"
    classification: str = "内部参阅"
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders, relative to the folder of the settings file. Empty: what the program ships."""

    seeds: str = "seeds"
    out: str = "output"
    templates: str = "templates"
    fonts: str = ""
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one source document may cost; a document beyond one is named and left out."""

    document_megabytes: int = 50
    document_characters: int = 5_000_000
    documents: int = 100_000
    cache_megabytes: int = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an office may set. `file` is the settings file when there is one."""

    office: Office = Office()
    paths: Paths = Paths()
    limits: Limits = Limits()
    folder: Path = Path()
    file: Path | None = None

    def path(self, name: str) -> Path | None:
        """The folder set under [paths] `name`, from the settings file's folder; None where nothing is set."""
        text: str = getattr(self.paths, name)
        return self.folder / text if text else None


_SECTIONS: Mapping[str, type[Any]] = {"office": Office, "paths": Paths, "limits": Limits}


def load_settings(folder: Path = Path(), file: Path | None = None) -> Settings:
    """Settings of `folder`, or of the `file` named; defaults where the folder has no settings file."""
    path = file or folder / FILE_NAME
    if file is None and not path.is_file():
        return Settings(folder=folder)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UsageError("the file is too large for settings", where=str(path))
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the settings: {error}", where=str(path), hint="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not valid TOML: {error}", where=str(path)) from None
    sections: dict[str, Any] = {name: _section(path, name, value) for name, value in table.items()}
    return Settings(**sections, folder=path.parent, file=path)


def _section(path: Path, name: str, value: object) -> object:
    kind = _SECTIONS.get(name)
    if kind is None:
        raise UsageError(f"unknown section [{name}]", where=str(path), hint=_nearest(name, _SECTIONS))
    if not isinstance(value, dict):
        raise UsageError(f"[{name}] must be a section, not a value", where=str(path))
    defaults = {field.name: field.default for field in fields(kind)}
    for key, given in value.items():
        where = f"{path}: [{name}] {key}"
        if key not in defaults:
            raise UsageError("unknown key", where=where, hint=_nearest(key, defaults))
        _check(where, given, defaults[key])
    return kind(**value)


def _check(where: str, given: object, default: object) -> None:
    if type(given) is not type(default):
        wanted = "text in quotes" if isinstance(default, str) else "a whole number"
        raise UsageError(f"must be {wanted}, not {given!r}", where=where)
    if isinstance(given, int) and given < 1:
        raise UsageError(f"must be at least 1, not {given}", where=where)
    if isinstance(given, str) and any(ord(character) < 32 for character in given):
        raise UsageError("holds a control character or a line break", where=where)


def _nearest(word: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return close[0] if close else "one of " + ", ".join(known)
