"""Kill a publication at every system call, and let every kind of call fail: `make faults` (needs strace).

A real issue replaces another one. After each fault every file is wholly the old or wholly the new one, the manifest
speaks for the files that are there, and the next run leaves exactly the new issue.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import DOCUMENTS, ROOT, Office, office
from publish_issue import MONTH, RECORDS, artifacts, main

from reportgen.publish import digest, is_whole, read_manifest

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
TRACES = (
    shutil.which("strace") and not subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False).returncode
)
pytestmark = pytest.mark.skipif(not TRACES, reason="strace is not installed, or may not trace")

CALLS = (
    "openat",
    "fchmod",
    "write",
    "fsync",
    "close",
    "renameat",
    "unlinkat",
    "mkdirat",
    "mkdir",
    "ftruncate",
    "pwrite64",
    "flock",
)
KILLS = 240
"""Points at which a publication is killed; a whole one makes some more system calls."""
FAILURES = {
    "openat": "ENOSPC",
    "write": "ENOSPC",
    "fsync": "EIO",
    "renameat": "EIO",
    "mkdirat": "ENOSPC",
    "fchmod": "EPERM",
}
FAILED_EACH = 12
WHOLE_RUNS = 12
DRIVER = str(Path(__file__).with_name("publish_issue.py"))


def traced(arguments: list[str], inject: str, log: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    names = inject.split(":")[0] if inject else ",".join(CALLS)
    strace = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={names}"]
    return subprocess.run(
        [*strace, *(["-e", f"inject={inject}"] if inject else []), sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
    )


def calls(log: Path, begin: str) -> dict[str, tuple[int, int]]:
    """System call -> how often it was made before a line that holds `begin`, and in all."""
    before: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    begun = False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = re.match(r"\d+ +(\w+)\(", line)
        begun |= begin in line
        if found:
            counted[found[1]] += 1
            before[found[1]] += not begun
    return {name: (before[name], counted[name]) for name in counted}


@pytest.fixture
def issues(office: Office) -> tuple[Path, Path]:
    """Two issues of one month, published: the old and the new one; several files differ."""
    office.run("build", "--out", "old")
    document = office.folder / "seeds" / CITY
    document.write_text(DOCUMENTS[CITY].replace("560", "561").replace("12549", "12550"), encoding="utf-8")
    office.run("build", "--out", "new")
    return office.folder / "old" / MONTH, office.folder / "new" / MONTH


def tree(out: Path) -> dict[str, bytes]:
    return artifacts(out / MONTH) if (out / MONTH).is_dir() else {}


def fresh(out: Path, published: Path) -> Path:
    """`out` as the old issue left it."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(published, out)
    return out


def check_and_mend(
    out: Path, old: dict[str, bytes], new: dict[str, bytes], files: Path, mended: dict[str, bytes]
) -> None:
    for name, data in tree(out).items():
        assert data in (old.get(name), new.get(name)) or name.endswith(".part"), f"{name} is torn"
    assert {name for name in tree(out) if not name.endswith(".part")} >= old.keys() & new.keys(), "a file is missing"
    manifest = read_manifest(out / MONTH)
    assert manifest["key"] in ("old", "new"), "the manifest is torn"
    if manifest["key"] == "new":
        assert {name: digest(data) for name, data in new.items()} == {
            name: entry["sha256"] for name, entry in manifest["outputs"].items()
        }
    assert main(files, out) == 0
    assert is_whole(out / MONTH, read_manifest(out / MONTH))
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found == mended.keys(), "the next run left something or lost something"
    assert tree(out) == new


@pytest.fixture
def stage(issues: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[Path, Path, dict[str, bytes], Path]]:
    """Where the old issue stands as published by the driver, the files of the new one, what a clean run leaves."""
    old, new = issues
    files = tmp_path / "new"
    shutil.copytree(new, files, ignore=shutil.ignore_patterns(".base", *RECORDS))
    before = tmp_path / "old"
    shutil.copytree(old, before, ignore=shutil.ignore_patterns(".base", *RECORDS))
    assert main(before, tmp_path / "published") == 0
    clean = fresh(tmp_path / "clean", tmp_path / "published")
    assert main(files, clean) == 0
    left = {path.relative_to(clean).as_posix(): path.read_bytes() for path in clean.rglob("*") if path.is_file()}
    yield tmp_path / "published", files, left, before


def test_a_publication_killed_at_any_system_call_is_old_or_new_and_is_mended(
    stage: tuple[Path, Path, dict[str, bytes], Path], tmp_path: Path
) -> None:
    published, files, left, before = stage
    old, new = artifacts(before), artifacts(files)
    out, log = fresh(tmp_path / "out", published), tmp_path / "log"
    assert traced([DRIVER, str(files), str(out)], "", log, ROOT).returncode == 0
    counted = calls(log, ".lock")
    points = [(name, number) for name, (first, last) in counted.items() for number in range(first + 1, last + 1)]
    chosen = points[:: max(1, len(points) // KILLS)]
    killed = 0
    for name, number in chosen:
        fresh(out, published)
        done = traced([DRIVER, str(files), str(out)], f"{name}:signal=KILL:when={number}", log, ROOT)
        killed += done.returncode in (-9, 137)
        check_and_mend(out, old, new, files, left)
    print(f"{killed} publications killed at {len(chosen)} of {len(points)} system calls")
    assert killed >= 200


@pytest.mark.parametrize("call", FAILURES)
def test_a_call_that_fails_leaves_files_whole_and_is_told(
    stage: tuple[Path, Path, dict[str, bytes], Path], tmp_path: Path, call: str
) -> None:
    published, files, left, before = stage
    old, new = artifacts(before), artifacts(files)
    out, log = fresh(tmp_path / "out", published), tmp_path / "log"
    traced([DRIVER, str(files), str(out)], "", log, ROOT)
    first, last = calls(log, ".lock").get(call, (0, 0))
    numbers = range(first + 1, last + 1)
    assert numbers or call in ("mkdirat", "fchmod")
    failed = 0
    for number in numbers[:: max(1, len(numbers) // FAILED_EACH)]:
        fresh(out, published)
        done = traced([DRIVER, str(files), str(out)], f"{call}:error={FAILURES[call]}:when={number}", log, ROOT)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1)
        failed += done.returncode
        assert done.returncode == 0 or done.stderr.count("\n") == 1
        check_and_mend(out, old, new, files, left)
    print(f"{call}: {failed} publications failed")


def test_a_whole_build_stopped_anywhere_is_mended_by_the_next(office: Office, tmp_path: Path) -> None:
    """From the first write to the last, cache and lock included; by turns killed and asked to end."""
    (office.folder / "seeds" / CITY).unlink()
    office.run("build", "--quiet")
    expected = office.tree()
    shutil.rmtree(office.out)
    log, build = tmp_path / "log", ["-m", "reportgen", "build", "--quiet"]
    assert traced(build, "", log, office.folder).returncode == 0
    counted = calls(log, ".lock")
    writing = [
        (name, *counted[name])
        for name in ("write", "rename", "renameat", "fsync", "mkdirat", "unlinkat")
        if name in counted
    ]
    points = [(name, number) for name, first, last in writing for number in range(first + 1, last + 1)]
    for turn, (name, number) in enumerate(points[:: max(1, len(points) // WHOLE_RUNS)]):
        shutil.rmtree(office.out)
        word, code = (("KILL", -9), ("TERM", 143), ("INT", 130), ("HUP", 129))[turn % 4]
        done = traced(build, f"{name}:signal={word}:when={number}", log, office.folder)
        # one that comes while Python ends finds the work done
        assert done.returncode in (code, 128 + 9 if word == "KILL" else code, 0), (name, number, word, done.stderr)
        assert "Traceback" not in done.stderr
        assert office.run("build", "--quiet") == (0, "", "")
        assert office.tree() == expected
        left = [path.name for path in office.out.rglob("*") if ".part" in path.name or path.name == ".pending.json"]
        assert not left
