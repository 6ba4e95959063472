"""Everything that an issue is made of, by content: documents, lists, templates, fonts, vocabulary, settings, program.

In: folders. Out: name -> SHA-256, and one key over all of it. Equal keys mean equal output, so that a run with
nothing new can stop before it has read a document.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from reportgen.corrections import FILE as CORRECTIONS
from reportgen.errors import UsageError
from reportgen.read import LISTING

LISTS = (LISTING, CORRECTIONS)
_CHUNK = 1 << 20
_LARGEST = 1 << 30


def documents(folder: Path) -> tuple[Path, ...]:
    """The documents in `folder`, by name. Hidden files, office lock files and the lists are none."""
    if not folder.is_dir():
        raise UsageError("there is no such folder of documents", where=str(folder), hint="a folder of source documents")
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if not entry.is_dir() and entry.name[0] not in ".~"]
    found = tuple(folder / name for name in sorted(names) if name not in LISTS and not name.startswith("README"))
    if not found:
        raise UsageError(
            "the folder holds no documents", where=str(folder), hint="put .txt, .html, .docx or .pdf there"
        )
    return found


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes; a word for what cannot be read, so that it differs from every file that can."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                return "not a file"
            if found.st_size > _LARGEST:  # no document of this size is read: hashing it every night would take minutes
                return f"too large ({found.st_size} bytes)"
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
    except OSError as error:
        return f"unreadable ({error.strerror})"


def is_digest(text: str) -> bool:
    """Whether `text` is a digest and not a word for what cannot be read."""
    return len(text) == 64


def fingerprints(folder: Path | None) -> dict[str, str]:
    """Relative name -> SHA-256 of every file below `folder`; nothing where there is no folder."""
    if folder is None or not folder.is_dir():
        return {}
    return {path.relative_to(folder).as_posix(): fingerprint(path) for path in _files(folder)}


def combined(parts: Mapping[str, str]) -> str:
    """One digest over named digests."""
    text = "".join(f"{name}\0{parts[name]}\n" for name in sorted(parts))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        yield from (Path(root) / name for name in sorted(names) if name[0] not in ".~")
