"""Which traditional characters have which pinyin reading (data in readings.txt); a text's own annotations add to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
ANNOTATION = re.compile(rf"[(（]([{LETTERS}]{{1,6}})[)）]")
"""A bracket that holds latin letters with or without tone marks: perhaps pinyin."""
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")


@cache
def characters_by_reading() -> Mapping[str, frozenset[str]]:
    """Reading with tone mark -> the characters that are read so."""
    lines = resources.files(__package__).joinpath("readings.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {reading: frozenset(characters) for reading, characters in pairs}


@cache
def traditional_characters() -> frozenset[str]:
    """All characters of the table: traditional forms of everyday simplified ones."""
    return frozenset[str]().union(*characters_by_reading().values())


def is_read(char: str, reading: str) -> bool:
    """Whether the table knows `reading` as a reading of `char`."""
    return char in characters_by_reading().get(reading, ())
