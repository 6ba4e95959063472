"""Thousands of random edits of Word drafts and updates of their sources: `make drafts ROUNDS=1000`.

A round is a story of one draft (draft_scripts.py) of a briefing of one kind, every second of the small sample, else
the kinds in turn. Every promise of
docs/drafts.md is checked after each merge, every fifth story's merges by the schema, every fiftieth draft goes through
LibreOffice in between (where it is installed). Prints counts; each broken promise with its seed and the fewest steps
that break it; the exit code is 1 then.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from draft_samples import samples
from draft_scripts import Sample, play, reduced, story, untouched
from openxml_audit import OpenXmlValidator

AUDITED, THROUGH_OFFICE, TOLD = 5, 25, 100
_SAMPLES: dict[str, Sample] = {}


def told(seed: int) -> tuple[Counter[str], str]:
    """The story of a seed: counts, and what broke."""
    kinds = list(_SAMPLES)
    kind = kinds[0] if seed % 2 else kinds[seed // 2 % len(kinds)]
    sample = _SAMPLES[kind]
    with_office = seed % THROUGH_OFFICE == 0 and shutil.which("soffice") is not None
    steps = story(seed, issues=len(sample.issues), office=with_office)
    checked = audit if seed % AUDITED == 0 else None
    said, counts = "", Counter[str]()

    def broken(some: Sequence[str]) -> str:
        nonlocal said, counts
        try:
            counts += play(sample, some, office=saved_by_office, audit=checked)
            if not some:
                untouched(sample, seed)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            return re.sub("[0-9]+", "#", said.split(":")[1][:40]) + traceback.format_exc(limit=-1).splitlines()[1]
        return ""

    done = Counter({f"stories of {kind}": 1})
    for some in (steps, []):
        if broken(some):
            fewest = reduced(some, broken)
            broken(fewest)
            return done + Counter(broken=1), f"seed {seed}, {kind}: {said}\n  steps = {fewest}"
    return done + counts, ""


def audit(before: bytes, after: bytes) -> None:
    """LibreOffice writes what the schema has not: only what the merge adds is its fault."""
    known, found = (Counter(map(_kind, _faults(data))) for data in (before, after))
    assert not set(found) - set(known), f"the schema finds {sorted(set(found) - set(known))[:3]}"


def _kind(fault: str) -> str:
    return re.sub(r"^.*?\.xml:\S* ", "", fault)


def _faults(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audited.docx"
        path.write_bytes(data)
        return [str(error) for error in OpenXmlValidator().validate(path).errors]


def saved_by_office(data: bytes) -> bytes:
    """The file as LibreOffice saves it."""
    folder = Path(tempfile.gettempdir()) / f"reportgen-drafts-{os.getpid()}"
    (folder / "out").mkdir(parents=True, exist_ok=True)
    (folder / "draft.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / "out", folder / "draft.docx")
    subprocess.run(["soffice", profile, "--headless", *target], check=True, capture_output=True, timeout=300)
    return (folder / "out" / "draft.docx").read_bytes()


def main(rounds: int, first: int = 0) -> int:
    """Run the rounds on all cores."""
    begun = time.perf_counter()
    _SAMPLES.update(samples())
    total, done = Counter[str](broken=0), 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for counts, said in pool.map(told, range(first, first + rounds), chunksize=4):
            total.update(counts)
            done += 1
            if done % TOLD == 0:
                print(f"{done} stories, {total['merges']} merges, {total['broken']} broken", flush=True)
            if said:
                print(said, flush=True)
    for name in sorted(total):
        print(f"{name:<60} {total[name]:>9}")
    print(f"{time.perf_counter() - begun:.0f} s")
    return 1 if total["broken"] else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:] or ["1000"])))
