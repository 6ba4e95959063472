"""`manifest.json`: what an issue was made of and what was written, read back with suspicion.

In: the bytes of a manifest, which may be missing, damaged or edited. Out: plain values; what cannot be believed
reads as nothing, which at worst means that work is done again or that a draft is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.publish.folder import Folder

MANIFEST = "manifest.json"
PENDING = ".pending.json"
RUN = "run.json"
_MONTH = re.compile("[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Left:
    """Hashes of a draft as a person left it, of the version it was made from, and of what merging wrote."""

    theirs: str
    base: str
    written: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the program wrote into a folder before.

    `entries`: the manifest's outputs; `ours`: name -> hashes under which a file holds nobody's work but the program's;
    `bases`: name -> hash of the version that a draft was last made from; `left`: what is kept of drafts that took
    versions in.
    """

    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, Left] = field(default_factory=dict)


def is_issue(folder: Path) -> bool:
    """Whether a folder is called like that of an issue: YYYY-MM."""
    return _MONTH.fullmatch(folder.name) is not None


def issue_folders(out: Path) -> tuple[Path, ...]:
    """The folders of issues in the output folder, newest first; none where there is no such folder."""
    if not out.is_dir():
        return ()
    return tuple(sorted(filter(is_issue, out.iterdir()), reverse=True))


def read_record(folder: Folder) -> Record:
    """The record of a folder, by its manifest and by the note of a run that did not finish."""
    entries = outputs(read_json(folder.read(MANIFEST)))
    # a draft that took a new version in holds a person's words: it is never only ours
    ours = {name: (str(entry["sha256"]),) for name, entry in entries.items() if not entry.get("edited")}
    for name, hashes in read_json(folder.read(PENDING)).items():
        if isinstance(hashes, list):
            ours[name] = (*ours.get(name, ()), *(str(item) for item in hashes))
    bases = {name: str(entry.get("base", entry["sha256"])) for name, entry in entries.items()}
    left = {
        name: Left(str(kept.get("sha256")), str(kept.get("base")), str(kept.get("written")))
        for name, entry in entries.items()
        if isinstance(kept := entry.get("left"), dict)
    }
    return Record(entries, ours, bases, left)


def outputs(manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Output name -> what the manifest says of it."""
    found = manifest.get("outputs")
    if not isinstance(found, dict):
        return {}
    return {name: entry for name, entry in found.items() if isinstance(entry, dict) and "sha256" in entry}


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def as_json(value: Mapping[str, object]) -> bytes:
    """The one way JSON is written into the output folder: sorted, indented, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_json(data: bytes | None) -> dict[str, Any]:
    """The object that `data` holds; empty when there is none or it is damaged."""
    if data is None:
        return {}
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
