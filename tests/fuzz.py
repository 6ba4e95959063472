"""Broken documents through the command line: `make fuzz` (N=10000 FIRST=0 MINUTES=60).

usage: fuzz.py [N] [FIRST] [MINUTES]

Mutants go in batches through `reportgen extract`, every fourth batch through `reportgen build` in all formats. The exit
code must be 0, 1 or 3, nothing may be an internal error, and no document may need its limits of time or memory.
Prints each find with the numbers that make it again; the exit code is 1 when there is one.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from mutants import ROOT, mutant

from reportgen.cli import main as reportgen

BATCH = 40
BUILD_EVERY = 4
SETTINGS = "[limits]\nmax_seconds = 60\nmax_megabytes = 600\n"
AREAS = ("沈阳市", "朝阳市", "辽宁省", "承德市", "阜新市", "朝阳县")
FINDS = ("internal error", "Traceback", "it takes longer", "more memory", "MB", "its process", "report this")


def office(folder: Path, numbers: range) -> None:
    """Put the mutants of `numbers` into a working folder, most of them with area and date."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "reportgen.toml").write_text(SETTINGS, encoding="utf-8")
    chance = random.Random(numbers.start)
    stated = ["doc,area,published"]
    for number in numbers:
        name, data = mutant(number)
        (folder / "seeds" / name).write_bytes(data)
        if chance.random() < 0.8:
            stated.append(f"{name},{chance.choice(AREAS)},2023-{chance.randint(1, 12):02}")
    (folder / "seeds" / "sources.csv").write_text("\n".join(stated) + "\n", encoding="utf-8")


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and all that is said by one command in `folder`."""
    said = io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            code = reportgen(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException as error:
        code = -1
        said.write(f"Traceback: {error!r}")
    finally:
        os.chdir(before)
    return code, said.getvalue()


def finds(folder: Path, *, build: bool) -> str:
    """What a run over `folder` does that it must not; empty when nothing."""
    verb = (
        ("build", "--templates", str(ROOT / "templates"), "--format", "pdf,docx,html")
        if build
        else ("extract", "seeds")
    )
    code, said = run(folder, *verb, "--out", "out", "--quiet")
    if code in (0, 1, 3) and not any(word in said for word in FINDS):
        return ""
    return f"exit code {code}: {said[:2000]}"


def batch(numbers: range, *, build: bool = False) -> str:
    """What the mutants of `numbers` bring to light."""
    folder = Path(tempfile.mkdtemp(prefix="reportgen-fuzz-"))
    try:
        office(folder / "office", numbers)
        return finds(folder / "office", build=build)
    finally:
        shutil.rmtree(folder)


def main(count: int = 10_000, first: int = 0, minutes: float = 60.0) -> int:
    """Try `count` mutants from number `first`, at most for so many minutes."""
    found = tried = 0
    end = time.monotonic() + 60 * minutes
    for begin in range(first, first + count, BATCH):
        if time.monotonic() > end:
            break
        numbers = range(begin, min(begin + BATCH, first + count))
        said = batch(numbers, build=begin // BATCH % BUILD_EVERY == BUILD_EVERY - 1)
        tried += len(numbers)
        if said:
            found += 1
            print(f"mutants {numbers.start} to {numbers.stop - 1}: {said}", flush=True)
    print(f"{tried} mutants, {found} batches with a find", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    given = [float(text) if index == 2 else int(text) for index, text in enumerate(sys.argv[1:4])]
    raise SystemExit(main(*given))  # type: ignore[arg-type]
