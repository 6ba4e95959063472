"""What goes wrong at night: one clear message, the right exit code, the rest published, the old issue untouched."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from office import DOCUMENTS, ROOT, Office, office

from reportgen.publish import hold

__all__ = ["office"]
CITY, OTHER = DOCUMENTS


BAD = {
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "blank.txt": lambda path: path.write_text("  \n \t\n"),
    "dangling.txt": lambda path: path.symlink_to("nowhere"),
    "empty.txt": lambda path: path.touch(),
    "fifo.txt": os.mkfifo,
    "nameless.txt": lambda path: path.write_text("城镇新增就业2.5万人。", encoding="utf-8"),
    "zeros.txt": lambda path: path.write_bytes(b"\x00" * 5000),
    **{
        f"rubbish{suffix}": lambda path: path.write_bytes(b"PK\x03\x04%PDF-1.7\n<html>\x00\xff" + path.suffix.encode())
        for suffix in (".txt", ".html", ".docx", ".pdf")
    },
}


def test_bad_documents_are_named_and_the_others_are_published(office: Office) -> None:
    office.run("build")
    good = office.tree()
    for name, make in BAD.items():
        make(office.folder / "seeds" / name)
    code, out, err = office.run("build", "--quiet", "--log-format", "json")
    assert (code, out) == (3, "")
    told = [json.loads(line) for line in err.splitlines()]
    assert {name for event in told for name in event["where"].split(", ")} == set(BAD)
    assert all(event["level"] == "error" and "internal error" not in event["message"] for event in told)
    built = office.tree()
    assert built.keys() == good.keys()
    assert {name for name in good if built[name] != good[name]} == {"2023-09/manifest.json"}
    run = json.loads(office.tree(run=True)["2023-09/run.json"])
    assert {item["doc"] for item in run["documents"] if item["status"] == "left out" and item["reason"]} == set(BAD)


def test_no_seeds_and_empty_seeds(office: Office) -> None:
    office.run("build")
    before = office.tree()
    shutil.rmtree(office.folder / "seeds")
    code, _, err = office.run("build")
    assert code == 2 and err.startswith("reportgen: error: seeds: there is no such folder")
    (office.folder / "seeds").mkdir()
    (office.folder / "seeds" / "sources.csv").write_text("doc\n")
    code, _, err = office.run("build")
    assert code == 2 and "holds no documents" in err
    assert office.tree() == before


MISTAKES = {
    "templates/city.md.j2": "{% if %}",
    "templates/monthly.md.j2": "",
    "templates/house.toml": "style = 5",
    "templates/house.docx": "x",
    "reportgen.toml": "[office]\nname = 'x'",
}


def test_a_mistake_of_the_office_stops_the_run_before_a_file_is_touched(office: Office) -> None:
    office.run("build")
    before = office.tree(run=True)
    for file, text in MISTAKES.items():
        path = office.folder / file
        kept = path.read_bytes() if path.exists() else b""
        path.write_text(text, encoding="utf-8")
        code, out, err = office.run("build", "--quiet")
        assert (code, out) == (2, ""), file
        assert err.count("\n") == 1 and path.name in err
        assert office.tree(run=True) == before
        path.write_bytes(kept)
    (office.folder / "words").mkdir()
    (office.folder / "words/sectors.toml").write_text("x = [")
    (office.folder / "reportgen.toml").write_text("[paths]\nvocabulary = 'words'\n")
    code, _, err = office.run("build", "--quiet")
    assert code == 2 and "sectors.toml" in err
    assert office.tree(run=True) == before


def test_an_output_that_cannot_be_written(office: Office) -> None:
    office.out.write_text("a file where the folder should be")
    code, _, err = office.run("build")
    assert code == 1 and err.count("\n") == 1 and "output" in err
    assert office.run("extract", "seeds", "--out", "output")[0] == 1


def test_a_read_only_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("build")
    before = office.tree(run=True)
    (office.folder / "seeds" / OTHER).unlink()
    real = os.open

    def read_only(path: str, flags: int, *given: int, **named: int) -> int:
        if flags & os.O_CREAT and ".part" in str(path):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *given, **named)

    monkeypatch.setattr(os, "open", read_only)
    code, _, err = office.run("build", "--quiet")
    assert code == 1 and "Read-only file system" in err and err.count("\n") == 1
    assert office.tree(run=True) == before


def test_a_kill_before_the_manifest_leaves_files_that_the_next_run_mends(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run("build")
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560", "561"), encoding="utf-8")
    real, left = os.rename, [4]

    def rename(*given: str, **named: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(5, "Input/output error")
        real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        assert office.run("build")[0] == 1
    assert office.run("build")[0] == 0
    mended = office.tree()
    assert not [name for name in mended if "新稿" in name or ".part" in name]
    shutil.rmtree(office.out)
    office.run("build")
    assert office.tree() == mended


def test_a_second_run_says_who_holds_the_output(office: Office) -> None:
    office.run("build")
    with hold(office.out):
        code, _, err = office.run("build", "--quiet")
    assert code == 11 and f"process {os.getpid()}" in err and err.count("\n") == 1


def test_the_lock_dies_with_its_holder(office: Office) -> None:
    script = "import os, pathlib, reportgen.publish as p\nwith p.hold(pathlib.Path('output')): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert office.run("build")[0] == 0


def test_cron_has_no_environment(office: Office) -> None:
    command = ["/usr/bin/env", "-i", sys.executable, "-m", "reportgen", "build", "--quiet"]
    done = subprocess.run(command, capture_output=True, cwd=office.folder, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    built = office.tree()
    assert "0 files written" in office.run("build", "--force")[2]
    assert office.tree().keys() == built.keys()


def test_no_output_tells_who_made_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "canary-user")
    monkeypatch.setenv("LOGNAME", "canary-user")
    monkeypatch.setattr("socket.gethostname", lambda: "canary-host")
    office.run("build")
    told = [str(office.folder).encode(), str(ROOT).encode(), b"canary-"]
    leaks = [name for name, data in office.tree(run=True).items() for word in told if word in unpacked(data)]
    assert not leaks


def unpacked(data: bytes) -> bytes:
    """`data` with the members of an office document inflated."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(package.read(name) for name in package.namelist())
