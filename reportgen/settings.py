"""Settings: `reportgen.toml` in the working folder, everything with a working default.

In: a TOML file that may be absent. Out: one frozen `Settings`. Every mistake is a UsageError that names file and key;
an unknown key is refused with the nearest known one, never skipped. Stages do not see this module: the pipeline
hands each the values that it needs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reportgen.errors import UsageError
from reportgen.model import Office
from reportgen.read.limits import Limits

FILE_NAME = "reportgen.toml"
_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders, relative to the folder of the settings file. Empty: what the program ships."""

    seeds: str = "seeds"
    out: str = "output"
    templates: str = "templates"
    fonts: str = ""
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an office may set. `file` is the settings file when there is one."""

    office: Office = field(default_factory=Office)
    paths: Paths = field(default_factory=Paths)
    limits: Limits = field(default_factory=Limits)
    folder: Path = Path()
    file: Path | None = None

    def path(self, name: str) -> Path | None:
        """The folder set under [paths] `name`, from the settings file's folder; None where nothing is set."""
        text: str = getattr(self.paths, name)
        return self.folder / text if text else None


# field -> the key that an office writes, where the two differ
_WRITTEN = {"unit": "compiling_office"}
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
    except OSError as error:
        raise UsageError(
            f"cannot read the settings: {error.strerror}", where=str(path), hint="the path of a settings file"
        ) from None
    except UnicodeDecodeError:
        raise UsageError("cannot read the settings: not UTF-8", where=str(path), hint="save it as UTF-8") from None
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
    names = {_WRITTEN.get(entry.name, entry.name): entry.name for entry in fields(kind)}
    defaults = {entry.name: entry.default for entry in fields(kind)}
    for key, given in value.items():
        where = f"{path}: [{name}] {key}"
        if key not in names:
            raise UsageError("unknown key", where=where, hint=_nearest(key, names))
        _check(where, given, defaults[names[key]])
    return kind(**{names[key]: given for key, given in value.items()})


def _check(where: str, given: object, default: object) -> None:
    if type(given) is not type(default):
        wanted = "text in quotes" if isinstance(default, str) else "a whole number"
        raise UsageError(f"must be {wanted}, not {given!r}", where=where)
    if isinstance(given, int) and given < 1:
        raise UsageError(f"must be at least 1, not {given}", where=where)
    if isinstance(given, str) and any(ord(character) < 32 for character in given):
        raise UsageError("holds a control character or a line break", where=where)


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else "one of " + ", ".join(known)
