"""`manifest.json`: what an issue was made of and what was written, read back with suspicion.

In: the bytes of a manifest, which may be missing, damaged or edited. Out: plain values; what cannot be believed
reads as nothing, which at worst means that work is done again or that a draft is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

MANIFEST = "manifest.json"
PENDING = ".pending.json"
RUN = "run.json"


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


def written(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Output name -> SHA-256 of what the program last wrote there."""
    outputs = manifest.get("outputs")
    if not isinstance(outputs, dict):
        return {}
    return {
        name: str(entry["sha256"]) for name, entry in outputs.items() if isinstance(entry, dict) and "sha256" in entry
    }


def pending(data: bytes | None) -> dict[str, tuple[str, ...]]:
    """Output name -> what a run that did not finish may have written there."""
    found = read_json(data).items()
    return {name: tuple(str(item) for item in hashes) for name, hashes in found if isinstance(hashes, list)}
