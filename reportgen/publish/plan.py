"""What publishing would do, decided for every file before one is touched.

In: the new bytes, the folder as it is, the hashes of what the program wrote there before. Out: a `Plan`.
A Word or Excel file that differs from what the program wrote is a person's work: its new version goes beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from reportgen.publish.folder import Folder
from reportgen.publish.record import digest

_EDITABLE = (".docx", ".xlsx")
_BESIDE = "新稿"


@dataclass(frozen=True, slots=True)
class Plan:
    """Names to write, names that hold their bytes, kept drafts with the name of the new version, names to remove."""

    write: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


def make_plan(
    artifacts: Mapping[str, bytes],
    folder: Folder | None,
    ours: Mapping[str, tuple[str, ...]],
    *,
    complete: bool,
) -> Plan:
    """Plan the publication; with `complete`, what an earlier issue wrote and this one does not is removed."""
    if folder is None:
        return Plan(write=tuple(sorted(artifacts)))
    write: list[str] = []
    same: list[str] = []
    beside: dict[str, str] = {}
    for name, data in sorted(artifacts.items()):
        target = name if _is_free(folder, name, data, ours) else _revision(folder, name, data, ours)
        if target != name:
            beside[name] = target
        (same if folder.read(target) == data else write).append(target)
    kept = {*write, *same, *beside}
    stale = [name for name in sorted(ours) if complete and name not in kept and _is_ours(folder, name, ours)]
    return Plan(tuple(write), tuple(same), beside, tuple(stale))


def _is_free(folder: Folder, name: str, data: bytes, ours: Mapping[str, tuple[str, ...]]) -> bool:
    if not name.endswith(_EDITABLE):
        return True
    found = folder.read(name)
    if found is None or found == data:
        return True
    return digest(found) in ours.get(name, ()) and not _is_open(folder, name)


def _is_ours(folder: Folder, name: str, ours: Mapping[str, tuple[str, ...]]) -> bool:
    found = folder.read(name)
    return found is not None and digest(found) in ours[name] and not _is_open(folder, name)


def _revision(folder: Folder, name: str, data: bytes, ours: Mapping[str, tuple[str, ...]]) -> str:
    stem, _, suffix = name.rpartition(".")
    names = (f"{stem}.{_BESIDE}{'' if number == 1 else number}.{suffix}" for number in count(1))
    return next(name for name in names if _is_free(folder, name, data, ours))


def _is_open(folder: Folder, name: str) -> bool:
    """Whether Word, WPS or LibreOffice says that it has the file open. A courtesy: the hash is the guard."""
    parent, _, leaf = name.rpartition("/")
    return not set(_owner_files(leaf)).isdisjoint(folder.names(parent))


def _owner_files(leaf: str) -> Iterator[str]:
    yield f".~lock.{leaf}#"
    yield f"~${leaf}"
    stem = leaf.rpartition(".")[0]
    # Word puts ~$ in place of the first letters of a long name
    if len(stem) >= 7:
        yield f"~${leaf[1:]}"
    if len(stem) >= 8:
        yield f"~${leaf[2:]}"
