"""What an output is made with: Python and its zlib, this program's own files, the libraries that decide the bytes.

In: nothing but the installation. Out: name -> version or digest. Equal values make equal bytes of equal inputs: a run
that finds them changed makes its issue anew, and a cluster's worker that differs is refused.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PROGRAM = Path(__file__).parent
_LIBRARIES = (
    *("ahocorasick-rs", "jinja2", "lxml", "markdown-it-py", "matplotlib", "numpy", "opencc", "openpyxl"),
    *("pdfplumber", "pillow", "reportlab"),
)


def made_with() -> dict[str, str]:
    """All of it. zlib packs pages, pictures and Word files; Python brings the tables of Unicode."""
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION, "program": program()}
    return found | installed(_LIBRARIES)


def installed(names: Iterable[str]) -> dict[str, str]:
    """The versions of installed packages; empty for one that is not."""
    return {name: _version(name) for name in names}


@cache
def program() -> str:
    """SHA-256 over the program's own files, fonts and vocabulary included."""
    digest = hashlib.sha256()
    for path in sorted(_PROGRAM.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
            name = path.relative_to(_PROGRAM).as_posix()
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
