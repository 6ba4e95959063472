"""What goes wrong at night: one clear message, the right exit code, the rest published, the old issue untouched."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from office import DOCUMENTS, ROOT, Office, office

from reportgen.publish import hold

__all__ = ["office"]
CITY, OTHER = DOCUMENTS


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.touch(),
        lambda path: path.write_text("  \n \t\n"),
        lambda path: path.write_bytes(bytes(range(256)) * 40),
        lambda path: path.write_bytes(b"\x00" * 5000),
        lambda path: path.write_text("城镇新增就业2.5万人。", encoding="utf-8"),
        lambda path: path.symlink_to("nowhere"),
        make_fifo,
    ],
    ids=["empty", "blank", "binary", "zeros", "no area, no date", "dangling link", "fifo"],
)
def test_a_bad_document_is_named_and_the_others_are_published(office: Office, make: object) -> None:
    office.run("build")
    good = office.tree()
    make(office.folder / "seeds" / "bad.txt")  # type: ignore[operator]
    code, out, err = office.run("build", "--quiet")
    assert (code, out) == (3, "")
    assert err.startswith("reportgen: error: bad.txt: left out: ") and err.count("\n") == 1
    assert "internal error" not in err
    built = office.tree()
    assert {name: built[name] for name in good if "manifest" not in name} == {
        name: good[name] for name in good if "manifest" not in name
    }


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_rubbish_of_every_kind_is_a_bad_document(office: Office, suffix: str) -> None:
    (office.folder / "seeds" / f"bad{suffix}").write_bytes(b"PK\x03\x04%PDF-1.7\n<html>\x00\xff" * 9)
    code, _, err = office.run("extract", "seeds", "--out", "x")
    assert code == 3 and f"bad{suffix}: left out" in err and "internal error" not in err


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


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("templates/city.md.j2", "{% if %}"),
        ("templates/monthly.md.j2", ""),
        ("templates/house.toml", "style = 5"),
        ("templates/house.docx", "x"),
        ("reportgen.toml", "[office]\nname = 'x'"),
        ("words/sectors.toml", "x = ["),
    ],
)
def test_a_mistake_of_the_office_stops_the_run_before_a_file_is_touched(office: Office, file: str, text: str) -> None:
    office.run("build")
    before = office.tree()
    path = office.folder / file
    if path.parent.name == "words":
        path.parent.mkdir()
        (office.folder / "reportgen.toml").write_text("[paths]\nvocabulary = 'words'\n")
    path.write_text(text, encoding="utf-8")
    code, out, err = office.run("build", "--quiet")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and Path(file).name in err
    assert office.tree() == before


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
