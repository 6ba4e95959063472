"""Versions of the sample draft: as we write it, as a person edited it, as its sources change it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from draft_samples import word as word_of
from openxml_audit import OpenXmlValidator
from word_sample import BLOCKS, briefing, with_number

from reportgen.drafts import MergeResult
from reportgen.model import Block
from reportgen.ooxml import read_package, write_package


def word(*blocks: Block) -> bytes:
    return word_of(briefing(), blocks)


@lru_cache
def base() -> bytes:
    return word(*BLOCKS)


def faults(data: bytes, folder: Path) -> list[str]:
    path = folder / "audited.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def edited(old: str, new: str, data: bytes | None = None) -> bytes:
    parts = read_package(data or base(), where="test")
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new, 1).encode()
    return write_package(parts)


def updated(old: Block, *new: Block) -> bytes:
    at = BLOCKS.index(old)
    return word(*BLOCKS[:at], *new, *BLOCKS[at + 1 :])


def merged(result: MergeResult) -> bytes:
    assert result.reason == ""
    assert result.data is not None
    return result.data


def with_value(text: str) -> bytes:
    return word(*(with_number(block, "fig-10", text) for block in BLOCKS))
