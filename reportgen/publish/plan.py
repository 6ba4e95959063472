"""What publishing would do, decided for every file before one is touched.

In: the new bytes, the folder as it is, the record of what the program wrote there before. Out: a `Plan`.
A Word or Excel file that differs from what the program wrote is a person's work: the new version is merged into it
where that can be done, and goes beside it where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from reportgen.publish.folder import Folder
from reportgen.publish.record import Record, digest

EDITABLE = (".docx", ".xlsx")
BASES = ".base"
"""Folder of the Word files as the program made them: what a later version is compared with."""
LEFT, FROM = f"{BASES}/.left", f"{BASES}/.from"
"""Folders of drafts as people left them, before versions were taken in, and of what those had been made from."""
MERGEABLE = ".docx"
_BESIDE = "新稿"


@dataclass(frozen=True, slots=True)
class Merged:
    """A person's draft with the new version merged into it, or None; `said` tells what was done, or why not."""

    data: bytes | None
    said: str
    locked: bool = False


Merge = Callable[[str, bytes, bytes, bytes], Merged]
"""Name of the draft, what the program wrote, what they made of it, what the program would write now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of every file, by name.

    `write` and `same`: those to write, those that hold their bytes; `beside`: kept drafts with the name of the new
    version; `merged`: drafts that take the new version in; `said`: why, for both; `remove`: what is made no longer;
    `new`: those of `write` that were not there before; `locked`: those of `beside` that somebody has open.
    """

    write: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The bytes of `write`."""
    new: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    left: Mapping[str, tuple[bytes, bytes, bytes]] = field(default_factory=dict, repr=False, compare=False)
    """Of `merged` drafts: what the person left, the version that it was made from, what stands there now."""


def make_plan(
    artifacts: Mapping[str, bytes],
    folder: Folder | None,
    record: Record,
    *,
    complete: bool,
    failed: Iterable[str] = (),
    merge: Merge | None = None,
) -> Plan:
    """Plan the publication; with `complete`, what an earlier issue wrote and this one does not is removed.

    The files of `failed`, paths without suffix, stay: they were to be made again and could not be.
    """
    if folder is None:
        return Plan(write=tuple(sorted(artifacts)), content=artifacts, new=tuple(sorted(artifacts)))
    write: dict[str, bytes] = {}
    same: list[str] = []
    beside: dict[str, str] = {}
    merged: list[str] = []
    said: dict[str, str] = {}
    new: list[str] = []
    locked: list[str] = []
    left: dict[str, tuple[bytes, bytes, bytes]] = {}
    for name, data in sorted(artifacts.items()):
        target = name
        if not _is_free(folder, name, data, record):
            result, kept_back = _merged(folder, name, data, record, merge)
            said[name] = result.said
            if result.data is not None:
                merged.append(name)
                left |= {name: (*kept_back, result.data)} if kept_back else {}
                data = result.data
            else:
                target = beside[name] = _revision(folder, name, data, record)
                locked += [name] if result.locked else []
        found = folder.read(target)
        if found == data:
            same.append(target)
        else:
            write[target] = data
            new += [target] if found is None else []
    kept = {*write, *same, *beside}
    old = [name for name in sorted(record.ours) if complete and name not in kept and not belongs(name, failed)]
    stale = [name for name in old if _is_ours(folder, name, record)]
    return Plan(
        *(tuple(write), tuple(same), beside, tuple(merged), said, tuple(stale)),
        *(write, tuple(new), tuple(locked), left),
    )


def belongs(name: str, paths: Iterable[str]) -> bool:
    """Whether `name` is a file of one of `paths`, which have no suffix."""
    return any(name.startswith(f"{path}.") for path in paths)


def _is_free(folder: Folder, name: str, data: bytes, record: Record) -> bool:
    """Whether `data` may simply be written: nobody has worked on what stands there."""
    if not name.endswith(EDITABLE):
        return True
    found = folder.read(name)
    return found is None or found == data or _is_ours(folder, name, record)


def _is_ours(folder: Folder, name: str, record: Record) -> bool:
    found = folder.read(name)
    return found is not None and digest(found) in record.ours.get(name, ()) and not _is_open(folder, name)


def known_base(folder: Folder, name: str, record: Record) -> bytes | None:
    """What the program last wrote or merged under `name`; None where that is not certain."""
    base = folder.read(f"{BASES}/{name}")
    return base if base is not None and digest(base) == record.bases.get(name) else None


def _merged(
    folder: Folder, name: str, data: bytes, record: Record, merge: Merge | None
) -> tuple[Merged, tuple[bytes, bytes] | None]:
    """The draft with the new version in it; and what the person left, with the version that it was made from.

    Where nobody touched it since a version was taken in, the new one is taken into what the person had left: changes
    that nobody answered do not pile up night after night.
    """
    theirs, base = folder.read(name), known_base(folder, name, record)
    if _is_open(folder, name):
        return Merged(None, "it is open in Word, WPS or LibreOffice", locked=True), None
    if merge is None or theirs is None or not name.endswith(MERGEABLE):
        return Merged(None, "a person has changed it"), None
    if base is None:
        return Merged(None, "what the program had written there is no longer known"), None
    left = _left(folder, name, theirs, record)
    if left is not None and data != base:
        result = merge(name, left[1], left[0], data)
        if result.data is not None:
            return result, left
    result = merge(name, base, theirs, data)
    if result.data is None:
        return result, None
    return result, left if result.data == theirs else (theirs, base)


def _left(folder: Folder, name: str, theirs: bytes, record: Record) -> tuple[bytes, bytes] | None:
    """What a person had left of a draft that is still as the program wrote it then, and what that was made from."""
    kept = record.left.get(name)
    if kept is None or digest(theirs) != kept.written:
        return None
    before, base = folder.read(f"{LEFT}/{name}"), folder.read(f"{FROM}/{name}")
    if before is None or base is None or (digest(before), digest(base)) != (kept.theirs, kept.base):
        return None
    return before, base


def _revision(folder: Folder, name: str, data: bytes, record: Record) -> str:
    stem, _, suffix = name.rpartition(".")
    names = (f"{stem}.{_BESIDE}{'' if number == 1 else number}.{suffix}" for number in count(1))
    return next(name for name in names if _is_free(folder, name, data, record))


def _is_open(folder: Folder, name: str) -> bool:
    """Whether Word, WPS or LibreOffice says that it has the file open. A courtesy: the hash is the guard."""
    parent, _, leaf = name.rpartition("/")
    return not set(_owner_files(leaf)).isdisjoint(folder.names(parent))


def is_open(path: Path) -> bool:
    """The same of a file anywhere, by the files beside it."""
    with suppress(OSError):
        return any((path.parent / name).exists() for name in _owner_files(path.name))
    return False


def _owner_files(leaf: str) -> Iterator[str]:
    yield f".~lock.{leaf}#"
    yield f"~${leaf}"
    stem = leaf.rpartition(".")[0]
    # Word puts ~$ in place of the first letters of a long name
    if len(stem) >= 7:
        yield f"~${leaf[1:]}"
    if len(stem) >= 8:
        yield f"~${leaf[2:]}"
