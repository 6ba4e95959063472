"""Night after night: only what changed is made again, a damaged cache is no cache, no text reaches the log."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from office import DOCUMENTS, Office, office

from reportgen import extract

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
CANARY = "金丝雀在矿井里唱歌"


def places(office: Office) -> dict[str, tuple[int, int]]:
    """Inode and time of every published file: both change when a file is written again, whatever is written."""
    found = {path.relative_to(office.out).as_posix(): path.stat() for path in office.out.rglob("*") if path.is_file()}
    return {name: (about.st_ino, about.st_mtime_ns) for name, about in found.items() if "/." not in f"/{name}"}


def test_one_new_document_rewrites_the_files_it_touches_and_no_others(office: Office) -> None:
    office.run("build")
    before, old = places(office), office.tree(run=True)
    text = (
        "阜新市召开新闻发布会\n发布日期：2023-09-20\n\n2023年上半年，全市新建改建农村公路128公里，完成投资3.6亿元。\n"
    )
    (office.folder / "seeds" / "阜新市.txt").write_text(text, encoding="utf-8")
    assert office.run("build")[0] == 0
    after, new = places(office), office.tree(run=True)
    assert {name for name in before if before[name] != after[name]} == {name for name in old if old[name] != new[name]}
    untouched = {name for name in before if before[name] == after[name]}
    assert {"2023-09/cities/鞍山市.pdf", "2023-09/sectors/就业社保.docx"} <= untouched
    assert {"2023-09/cities/阜新市.pdf", "2023-09/月报.pdf", "2023-09/tables/figures.csv"} <= after.keys() - untouched
    run = json.loads(new["2023-09/run.json"])
    printed = {item["briefing"]: item["status"] for item in run["briefings"]}
    names = {f"2023-09/{name}.pdf": status for name, status in printed.items() if name != "evidence"}
    assert {name for name, status in names.items() if status == "kept"} == names.keys() & untouched
    assert (run["briefings_kept"], run["briefings_made"]) == (len(names.keys() & untouched), 4)
    built = office.tree()
    shutil.rmtree(office.out)
    office.run("build")
    assert office.tree() == built


def edit(path: Path) -> None:
    draft = docx.Document(str(path))
    draft.paragraphs[-1].insert_paragraph_before("请办公室核对。")
    draft.save(str(path))


def damage(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


def forge(path: Path) -> None:
    """A manifest that says the file was made of what the next run will make it of."""
    manifest = json.loads(path.read_text(encoding="utf-8"))
    made = manifest["outputs"]["cities/鞍山市.pdf"]
    made["sha256"], made["made_of"] = "0" * 64, manifest["outputs"]["cities/鞍山市.docx"]["made_of"]
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "name", "status"),
    [
        (damage, "cities/鞍山市.pdf", "made"),
        (Path.unlink, "cities/鞍山市.pdf", "made"),
        (damage, ".base/cities/鞍山市.docx", "made"),
        (Path.unlink, ".base/cities/鞍山市.docx", "made"),
        (forge, "manifest.json", "made"),
        (Path.unlink, "cities/鞍山市.docx", "kept"),
        (edit, "cities/鞍山市.docx", "kept"),
    ],
)
def test_a_briefing_that_nothing_touches_stands_only_while_its_files_are_what_was_made(
    office: Office, change: Callable[[Path], None], name: str, status: str
) -> None:
    office.run("build", "--month", "2023-09")
    expected = office.tree()
    change(office.out / "2023-09" / name)
    found = office.tree()
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560", "561"), encoding="utf-8")
    assert office.run("build")[0] == 0
    built = office.tree(run=True)
    run = json.loads(built["2023-09/run.json"])
    assert {item["briefing"]: item["status"] for item in run["briefings"]}["cities/鞍山市"] == status
    theirs = found if change is edit else expected
    for kind in ("docx", "pdf"):
        assert built[f"2023-09/cities/鞍山市.{kind}"] == theirs[f"2023-09/cities/鞍山市.{kind}"]


def test_a_cache_with_any_byte_changed_is_read_as_nothing(office: Office) -> None:
    office.run("build")
    expected = office.tree()
    chance = random.Random(1)
    entries = [path for path in sorted((office.out / ".cache").rglob("*.json")) if path.parent.name != "matplotlib"]
    assert len([path for path in entries if path.parent.name == "charts"]) == len(entries) - len(DOCUMENTS) > 0
    whole = {path: path.read_bytes() for path in entries}
    for _ in range(3):
        for path, data in whole.items():
            place = chance.randrange(len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :])
        assert office.run("build", "--month", "2023-09", "--format", "docx", "--quiet") == (0, "", "")
        shutil.rmtree(office.out / "2023-09")
        assert office.run("build", "--quiet") == (0, "", "")
        assert office.tree() == expected


def test_a_run_with_nothing_new_writes_nothing(office: Office) -> None:
    office.run("build")
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in office.out.rglob("*")}
    assert "nothing to do" in office.run("build")[2]
    assert "nothing to do" in office.run("retry")[2]
    lock = office.out / ".lock"  # names its holder
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in office.out.rglob("*") if path != lock} == {
        path: seen for path, seen in before.items() if path != lock
    }


def test_a_document_that_vanishes_or_may_not_be_read_is_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen import read

    real = os.open

    def denied(path: object, flags: int, *given: int, **named: int) -> int:
        if str(path).endswith(OTHER):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", denied)
        code, _, err = office.run("build", "--quiet")
    assert code == 3 and OTHER in err and "Permission denied" in err
    before = read.read_document

    def vanished(path: Path, **named: object) -> object:
        if path.name == OTHER:
            path.unlink()
        return before(path, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "read_document", vanished)
    code, _, err = office.run("build", "--quiet", "--force")
    assert code == 3 and OTHER in err and "No such file" in err


def test_a_home_that_cannot_be_written_and_every_encoding_is_stated(office: Office) -> None:
    home = office.folder / "home"
    home.mkdir(mode=0o500)
    command = [sys.executable, "-X", "warn_default_encoding", "-m", "reportgen", "build", "--quiet"]
    for environment in ({}, {"HOME": "/nonexistent", "LC_ALL": "C"}, {"HOME": str(home), "PATH": "/nowhere"}):
        shutil.rmtree(office.out, ignore_errors=True)
        done = subprocess.run(command, capture_output=True, text=True, cwd=office.folder, env=environment, check=False)
        assert (done.returncode, done.stdout) == (0, "")
        assert not [line for line in done.stderr.splitlines() if "/reportgen/" in line or "Error" in line]
    assert not list(home.iterdir())


def test_no_text_of_a_document_reaches_log_or_run_json(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    real = extract.extract

    def faulty(report: Any, words: Any) -> Any:
        if report.source.doc == "fault.txt":
            raise ValueError(report.sections)  # a fault of the program, which quotes what it stumbled over
        return real(report, words)

    monkeypatch.setattr(extract, "extract", faulty)
    faulted = DOCUMENTS[CITY].replace("全市", f"全市{CANARY}").replace("560", "570")
    (office.folder / "seeds" / "fault.txt").write_text(faulted, encoding="utf-8")
    for name, text in DOCUMENTS.items():
        marked = text.replace("全市", f"全市{CANARY}")
        (office.folder / "seeds" / name).write_text(marked, encoding="utf-8")
    (office.folder / "seeds" / "bad.txt").write_text(CANARY * 20 + "城镇新增就业2.5万人。", encoding="utf-8")
    (office.folder / "seeds" / "cut.txt").write_bytes((CANARY * 40).encode()[:-1])
    said = ""
    for arguments in (("--log-format", "json"), (), ("--quiet",)):
        _, out, err = office.run("build", "--force", *arguments)
        said += out + err
    assert "bad.txt" in said and "fault.txt: left out: internal error" in said and CANARY not in said
    assert CANARY not in office.tree(run=True)["2023-09/run.json"].decode()
    assert any(
        CANARY in data.decode("utf-8", "replace") for name, data in office.tree().items() if name.endswith(".csv")
    )


def test_run_json_holds_what_the_manual_says(office: Office) -> None:
    (office.folder / "seeds" / "bad.txt").write_bytes(b"")
    office.run("build", "--quiet")
    run = json.loads(office.tree(run=True)["2023-09/run.json"])
    manual = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")
    for key in (
        *run,
        *(key for part in ("documents", "briefings") for item in run[part] for key in item),
        *run["files"],
    ):
        assert f"`{key}`" in manual, key


def test_files_that_cannot_be_replaced_are_told_and_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("build")
    before = office.tree()
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560", "561"), encoding="utf-8")

    def busy(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", busy)
        code, _, err = office.run("build", "--quiet")
    assert code == 1 and "Permission denied" in err and err.count("\n") == 1
    assert office.tree() == before
    assert office.run("build")[0] == 0


def test_a_locale_without_chinese_file_names_is_a_mistake_that_is_named(office: Office) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "reportgen", "build"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=office.folder, env=environment, check=False)
    said = "reportgen: error: LC_ALL: file names in ascii cannot be Chinese (try: LC_ALL=C.UTF-8)\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_no_zone_and_no_clock_reaches_an_output(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    office.run("build", "--quiet")
    expected = office.tree()
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        shutil.rmtree(office.out)
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            assert office.run("build", "--quiet")[0] == 0
        time.tzset()
        assert office.tree() == expected, zone
