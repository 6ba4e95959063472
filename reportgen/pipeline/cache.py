"""What a document yielded and how a chart was drawn, kept under output/.cache: bounded, deletable, never trusted.

In: a key made of everything that the value depends on. Out: the value, or nothing: a file that is damaged, forged or
of another version reads as nothing and the work is done again.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from reportgen.pipeline.codec import decode, encode

FOLDER = ".cache"
_SUFFIX = ".json"

Kept = TypeVar("Kept")


def recall(folder: Path, key: str, kind: type[Kept]) -> Kept | None:
    """The `kind` kept under `key`; None when there is none that can be believed."""
    try:
        head, _, body = (folder / (key + _SUFFIX)).read_text(encoding="utf-8").partition("\n")
        if head != _seal(key, body):
            return None
        value: Kept = decode(kind, json.loads(body))
        return value
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return None


def keep(folder: Path, key: str, value: Any) -> None:
    """Keep `value` under `key`. A cache that cannot be written is no failure: the next run does the work again."""
    body = json.dumps(encode(value), ensure_ascii=False)
    staged = folder / f".{key}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged.write_text(f"{_seal(key, body)}\n{body}", encoding="utf-8")
        staged.replace(folder / (key + _SUFFIX))
    except (OSError, UnicodeEncodeError):
        with suppress(OSError):
            staged.unlink()


def trim(folder: Path, keys: frozenset[str], megabytes: int) -> None:
    """Remove the entries not in `keys` when the cache has outgrown its bound, and whatever a killed run left."""
    try:
        files = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
        too_large = sum(path.stat().st_size for path in files) > megabytes * 2**20
        for path in files:
            if path.suffix == ".part" or (too_large and path.stem not in keys):
                path.unlink(missing_ok=True)
    except OSError:
        return


def _seal(key: str, body: str) -> str:
    return hashlib.sha256(f"{key}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()
