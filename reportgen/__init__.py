"""Reads Chinese government releases into tables and writes Word and PDF briefings from them.

As a library: `extract_folder(seeds)` and `read_figures(folder)` give pandas DataFrames; nothing heavy is loaded before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.library import Tables, extract_folder, read_figures

__version__ = "0.1.0"
__all__ = ["Tables", "__version__", "extract_folder", "read_figures"]


def __getattr__(name: str) -> object:
    if name in ("Tables", "extract_folder", "read_figures"):
        from reportgen import library

        return getattr(library, name)
    raise AttributeError(f"module 'reportgen' has no attribute {name!r}")
