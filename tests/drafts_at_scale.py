"""Thousands of random edits of Word drafts and updates of their sources: `make drafts ROUNDS=1000`.

A round edits a draft and updates its sources twice; in between, changes are accepted, rejected or left. Every promise
of docs/drafts.md is checked after each merge, every fifth merged file by the schema, every fiftieth draft goes through
LibreOffice first (where it is installed). Prints counts; each broken promise with its seed; the exit code is 1 then.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from draft_edits import EDITS, UPDATES, Person, Sources
from test_drafts import DATE, base, check, faults, texts, word

from reportgen.drafts import merge
from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import AUTHOR
from reportgen.drafts.settle import settled
from reportgen.ooxml import serialise, write_package

AUDITED, THROUGH_OFFICE = 5, 50


def one_round(seed: int, saved: dict[int, bytes] | None = None) -> Counter[str]:
    """Two merges of one draft; what was done, by name. Raises AssertionError for a broken promise."""
    chance, done = random.Random(seed), Counter[str](rounds=1)
    old, theirs, words = base(), base(), []
    sources = Sources(chance)
    accepted = True
    for turn in range(2):
        person = Person(theirs, chance)
        person.words = words
        for _ in range(chance.randint(0, 8)):
            edit = chance.choice(EDITS)
            edit(person)
            done["edits"] += 1
        for _ in range(chance.randint(0, 3)):
            chance.choice(UPDATES)(sources)
            done["updates"] += 1
        theirs, new = person.data(), word(*sources.blocks)
        if saved is not None and turn == 0:
            theirs = saved.get(seed, theirs)
            done["saved by LibreOffice"] += seed in saved
        data = check(theirs, words, old, new, values=accepted)
        if data is None:
            done[f"refused: {merge(old, theirs, new, date=DATE).reason.partition('(')[0].strip()}"] += 1
            break
        done.update(merges=1, words=len(words), figures=_figures(data))
        if seed % AUDITED == 0:
            with tempfile.TemporaryDirectory() as folder:
                before, after = faults(theirs, Path(folder)), faults(data, Path(folder))
            done["audited"] += 1
            # LibreOffice writes what the schema has not: only what the merge adds is its fault
            assert {_kind(fault) for fault in after} <= {_kind(fault) for fault in before}, after[:3]
        if chance.random() < 0.6:
            # a value that the editor rejected is from then on a number changed by hand
            accepted = accepted and chance.random() < 0.5
            draft = open_draft(data, where="")
            root = settled(draft.root, accept=accepted, author=AUTHOR)
            data = write_package(draft.parts | {"word/document.xml": serialise(root)})
        old, theirs = new, data
    return done


def _kind(fault: str) -> str:
    return re.sub(r"^.*?\.xml:\S* ", "", fault)


def untouched(seed: int) -> Counter[str]:
    """A draft that nobody edited, with all changes accepted, is the new version."""
    chance = random.Random(seed)
    sources = Sources(chance)
    for _ in range(chance.randint(1, 6)):
        chance.choice(UPDATES)(sources)
    new = word(*sources.blocks)
    data = check(base(), [], base(), new)
    assert data is not None and texts(data, accept=True) == texts(new, accept=True)
    return Counter({"untouched drafts": 1})


def _figures(data: bytes) -> int:
    return sum(slot.kind == "figure" for line in open_draft(data, where="").lines for slot in line.slots)


def edited(seed: int) -> bytes:
    """The draft of a round as its first merge would get it."""
    chance = random.Random(seed)
    person = Person(base(), chance)
    for _ in range(chance.randint(0, 8)):
        chance.choice(EDITS)(person)
    return person.data()


def through_office(seeds: Iterable[int]) -> dict[int, bytes]:
    """The drafts of some rounds as LibreOffice saves them; none where it is not installed."""
    seeds = list(seeds)
    if shutil.which("soffice") is None or not seeds:
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in seeds:
            (folder / f"{seed}.docx").write_bytes(edited(seed))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder / "out",
        ]
        subprocess.run([*command, *folder.glob("*.docx")], check=True, capture_output=True, timeout=900)
        return {seed: (folder / "out" / f"{seed}.docx").read_bytes() for seed in seeds}


def tried(job: tuple[int, dict[int, bytes]]) -> tuple[Counter[str], str]:
    """Counts of one seed, and what broke."""
    seed, saved = job
    try:
        return one_round(seed, saved) + untouched(seed), ""
    except Exception:
        return Counter(rounds=1, broken=1), f"seed {seed}: {traceback.format_exc(limit=-2)}"


def main(rounds: int, first: int = 0) -> int:
    """Run the rounds on all cores."""
    begun = time.perf_counter()
    seeds = range(first, first + rounds)
    saved = through_office(seed for seed in seeds if seed % THROUGH_OFFICE == 0)
    jobs = [(seed, {seed: saved[seed]} if seed in saved else {}) for seed in seeds]
    total = Counter[str](broken=0)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for counts, said in pool.map(tried, jobs):
            total.update(counts)
            if said:
                print(said, flush=True)
    for name in sorted(total):
        print(f"{name:<60} {total[name]:>9}")
    print(f"{time.perf_counter() - begun:.0f} s")
    return 1 if total["broken"] else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:] or ["1000"])))
