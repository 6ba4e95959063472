"""The five faces of the house: where their files are and which characters they can draw.

`face_path` prefers an office's own font folder to the shipped subsets; `coverage` reads a font's character map with
the standard library only. Nothing here draws.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from itertools import chain
from pathlib import Path

from reportgen.errors import UsageError

SHIPPED = Path(__file__).parent
FACES = ("song", "song-black", "hei", "hei-bold", "kai")
_SHIPPED_FACES = {face: SHIPPED / f"{face}.ttf" for face in FACES}
MISSING = "〓"
"""Drawn where no face has a character (GB/T 15834 practice for type that is not at hand)."""

# File names (without suffix, lower case) under which offices have the fonts of each face.
_OFFICE_NAMES = {
    "song": ("song", "simfang", "仿宋_gb2312", "fs_gb2312", "仿宋"),
    "song-black": ("song-black", "方正小标宋简体", "fzxbsjw", "fzxbsjt"),
    "hei": ("hei", "simhei", "黑体"),
    "hei-bold": ("hei-bold",),
    "kai": ("kai", "楷体_gb2312", "kt_gb2312", "simkai", "楷体"),
}


def face_path(face: str, folder: Path | None = None) -> Path:
    """The font file of `face`: one in `folder` named after the face or its office font, else the shipped one.

    Raises UsageError for an unknown face, a folder that is none, or a font that is not TrueType.
    """
    if face not in FACES:
        raise UsageError(f"unknown face {face!r}", hint=f"one of {', '.join(FACES)}")
    if folder is None:
        return _SHIPPED_FACES[face]
    if not folder.is_dir():
        raise UsageError("the fonts folder does not exist", where=str(folder), hint="create it or unset it")
    files = {path.stem.lower(): path for path in sorted(folder.iterdir()) if path.suffix.lower() in (".ttf", ".otf")}
    for name in _OFFICE_NAMES[face]:
        if name in files:
            _check_truetype(files[name])
            return files[name]
    return SHIPPED / f"{face}.ttf"


def coverage(face: str, folder: Path | None = None) -> frozenset[int]:
    """The code points that the font file of `face` has glyphs for."""
    return _read_coverage(face_path(face, folder))


def missing(text: str, face: str | None = None, folder: Path | None = None) -> frozenset[str]:
    """The characters of `text` that cannot be drawn: by `face`, or, without it, by any face."""
    known = coverage(face, folder) if face else drawable(folder)
    return frozenset(character for character in set(text) if ord(character) not in known and character not in "\n\t")


@lru_cache(maxsize=4)
def drawable(folder: Path | None = None) -> frozenset[int]:
    """The code points that at least one face can draw."""
    return frozenset(chain.from_iterable(coverage(face, folder) for face in FACES))


def _check_truetype(path: Path) -> None:
    try:
        with path.open("rb") as file:
            signature = file.read(4)
    except OSError as error:
        raise UsageError(f"cannot read the font: {error.strerror}", where=str(path)) from error
    if signature not in (b"\x00\x01\x00\x00", b"true"):
        raise UsageError("not a TrueType font", where=str(path), hint="a .ttf file with TrueType outlines")


@lru_cache(maxsize=32)
def _read_coverage(path: Path) -> frozenset[int]:
    data = path.read_bytes()
    try:
        tables = struct.unpack_from(">H", data, 4)[0]
        entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(tables))
        start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
        codes: set[int] = set()
        for index in range(struct.unpack_from(">H", data, start + 2)[0]):
            offset = start + struct.unpack_from(">HHL", data, start + 4 + 8 * index)[2]
            codes |= _subtable(data, offset)
    except (struct.error, StopIteration) as error:
        raise UsageError("the font's character map cannot be read", where=str(path), hint="another file") from error
    return frozenset(codes)


def _subtable(data: bytes, offset: int) -> set[int]:
    """Code points of one cmap subtable; formats 4 and 12 are those that fonts with Chinese characters have."""
    form = struct.unpack_from(">H", data, offset)[0]
    if form == 12:
        (groups,) = struct.unpack_from(">L", data, offset + 12)
        spans = (struct.unpack_from(">LLL", data, offset + 16 + 12 * index) for index in range(groups))
        return set(chain.from_iterable(range(first, last + 1) for first, last, _ in spans))
    if form != 4:
        return set()
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + 2 * count)
    spans = ((first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)
    return set(chain.from_iterable(range(first, last + 1) for first, last in spans))
