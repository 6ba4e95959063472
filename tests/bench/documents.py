"""Makes sets of documents of any size out of the real ones: their sentences, with other places, numbers and months.

Goes in: how many, how long, a seed for chance. Comes out: one document after the other, the same for the same
seed; one of them at a time is in memory. By hand: `python tests/bench/documents.py 1000 FOLDER`, with sources.csv.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportgen import vocabulary
from reportgen.vocabulary import Division

SEEDS = Path(__file__).parent.parent.parent / "seeds"
FIRST_YEAR = 2023
_NUMBER = re.compile(r"(?<![\d.\-])(\d+)(?:\.(\d+))?(?![\d.\-]|\s*[年月日号])(\s*%)?")
_YEAR = re.compile(r"20\d\d(?=[年-])")
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|[1-9])(?=月)")
_TRADITIONAL = str.maketrans("阳县区开辽宁东兰庆长乐龙", "陽縣區開遼寧東蘭慶長樂龍")


@dataclass(frozen=True, slots=True)
class Original:
    """A real document: what it speaks of and when, and its lines."""

    code: str
    year: int
    month: int
    traditional: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A made document: file name, area, day of publication, text."""

    name: str
    area: str
    published: str
    text: str


# What the five are about, read in them by a person: the generator must not depend on what it is made to measure.
_ABOUT: Mapping[str, tuple[str, int, int, bool]] = {
    "000": ("2113", 2023, 9, False),
    "001": ("2103", 2023, 4, False),
    "003": ("2109", 2023, 1, True),
    "004": ("1308", 2021, 4, False),
}


@cache
def originals() -> tuple[Original, ...]:
    """The documents of cities among the seeds; that of the province has no like in a city."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        about = _ABOUT.get(path.name[:3])
        if about:
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            found.append(Original(*about, tuple(_halved(lines))))
    return tuple(found)


def documents(count: int, *, characters: int = 10_000, seed: int = 0, places: int = 0) -> Iterator[Made]:
    """`count` documents: every prefecture in a first month, then in the next, over twelve months again and again.

    `characters` bounds the length of each; `places` the number of prefectures (0: all).
    """
    prefectures = [division for division in vocabulary.load().divisions if division.level == "prefecture"]
    prefectures = prefectures[: places or None]
    for index in range(count):
        chance = random.Random(f"{seed}/{index}")
        months, place = divmod(index, len(prefectures))
        area, month = prefectures[place], months % 12 + 1
        original = originals()[chance.randrange(len(originals()))]
        day = f"{FIRST_YEAR}-{month:02d}-{chance.randint(2, 27):02d}"
        title = f"{area.name}政府新闻办公室召开新闻发布会(第{months + 1}场)\n发布日期:{day}\n"
        lines = _elsewhere(_part(original.lines, characters, chance), original, area, month, chance)
        text = "\n".join((title, *lines, ""))
        yield Made(f"{index:06d}_{area.code}.txt", area.name, day, text)


def write(made: Iterable[Made], folder: Path) -> int:
    """Write documents and their sources.csv; how many characters they have."""
    folder.mkdir(parents=True, exist_ok=True)
    characters = 0
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as listing:
        lines = csv.writer(listing)
        lines.writerow(("doc", "area", "published", "title", "publisher", "url"))
        for document in made:
            (folder / document.name).write_text(document.text, encoding="utf-8")
            lines.writerow((document.name, document.area, document.published, "", "", ""))
            characters += len(document.text)
    return characters


def _halved(lines: Sequence[str]) -> list[str]:
    """Each line once: one of the originals holds its release twice, which a made set must not count as length."""
    return list(dict.fromkeys(lines))


def _part(lines: Sequence[str], characters: int, chance: random.Random) -> Iterator[str]:
    """Lines in their order from some place on, as many as fit."""
    start = chance.randrange(len(lines)) if characters < sum(map(len, lines)) else 0
    left = characters
    for line in itertools.chain(lines[start:], lines[:start]):
        if len(line) > left:
            cut = line.rfind("。", 0, left) + 1
            yield line[:cut]
            return
        left -= len(line)
        yield line


def _elsewhere(
    lines: Iterable[str], original: Original, area: Division, month: int, chance: random.Random
) -> Iterator[str]:
    """The lines as the office of another place would have written them in another month."""
    names = _names(original.code, area.code)
    known = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    table = _TRADITIONAL if original.traditional else {}
    years, months = FIRST_YEAR - original.year, month - original.month

    def number(match: re.Match[str]) -> str:
        whole, decimals, percent = match.groups()
        if len(whole) == 1 and decimals is None:
            return match[0]
        scaled = float(f"{whole}.{decimals or 0}") * chance.uniform(0.7, 1.3)
        if percent and scaled > 100:
            scaled = 100 - scaled % 9
        return f"{scaled:.{len(decimals or '')}f}{percent or ''}"

    for line in lines:
        moved = _YEAR.sub(lambda match: str(int(match[0]) + years), line)
        moved = _MONTH.sub(lambda match: str(min(12, max(1, int(match[1]) + months))), moved)
        moved = _NUMBER.sub(number, moved)
        yield known.sub(lambda match: names[match[0]].translate(table), moved)


@cache
def _names(here: str, there: str) -> Mapping[str, str]:
    """Every name of a prefecture and its counties, in both scripts -> that of another, counties one for one."""
    divisions = vocabulary.load().divisions
    old, new = divisions.by_code[here], divisions.by_code[there]
    counties = [[d for d in divisions if d.parent == code] or [divisions.by_code[code]] for code in (here, there)]
    pairs = [(old, new), *zip(counties[0], itertools.cycle(counties[1]), strict=False)]
    names: dict[str, str] = {}
    for one, other in pairs:
        for name, instead in ((one.name, other.name), *((short, _short(other)) for short in one.shorts)):
            names.setdefault(name, instead)
            names.setdefault(name.translate(_TRADITIONAL), instead)
    return names


def _short(division: Division) -> str:
    return division.shorts[0] if division.shorts else division.name


def main() -> None:
    """Write a set of documents into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    made = documents(chosen.count, characters=chosen.characters, seed=chosen.seed, places=chosen.places)
    print(f"{write(made, chosen.folder):,} characters")


if __name__ == "__main__":
    main()
