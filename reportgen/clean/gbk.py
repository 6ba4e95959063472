"""Two-byte codes of GB18030: a character's lead and trail byte and back, and which codes stand for nothing."""

from __future__ import annotations

from functools import cache


@cache
def code(char: str) -> tuple[int, int] | None:
    """Lead and trail byte of `char`; None where it has no two-byte code."""
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@cache
def character(lead: int, trail: int) -> str:
    """The printable character of a two-byte code; empty where there is none (pages drop such codes)."""
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "" if len(char) != 1 or "\ue000" <= char <= "\uf8ff" else char


def full_width(ascii_char: str) -> tuple[int, int]:
    """Code of the full-width form of a printable ASCII character."""
    return 0xA3, ord(ascii_char) + 0x80


def ascii_form(char: str) -> str:
    """The ASCII character of a full-width one; any other character unchanged."""
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char


def is_dropped(lead: int, trail: int) -> bool:
    """Whether two bytes form a code that stands for nothing printable."""
    return lead >= 0x81 and trail >= 0x40 and not character(lead, trail)
