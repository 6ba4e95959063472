"""Publishing: old file or new file, never a torn one, whatever fails; names that are files everywhere."""

import json
import os
import stat
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import DRAFT, fail_call, issue, put, tree

from reportgen.errors import LockedError, ReportgenError
from reportgen.publish import Plan, check_name, hold, is_whole, preview, publish, read_manifest

__all__ = ["issue"]


def test_files_manifest_and_run_are_written(issue: Path) -> None:
    plan = put(issue, 月报_pdf=b"%PDF", cities__朝阳市_docx=b"word")
    assert plan == Plan(write=(DRAFT, "月报.pdf"), new=(DRAFT, "月报.pdf"))
    manifest = read_manifest(issue)
    assert manifest["outputs"][DRAFT]["bytes"] == 4
    assert json.loads((issue / "run.json").read_text())["files"]["written"] == [DRAFT, "月报.pdf"]
    assert is_whole(issue, manifest)
    assert [path.name for path in issue.rglob(".*")] == [".base"]


def test_publishing_again_rewrites_nothing(issue: Path) -> None:
    put(issue, a_pdf=b"one", cities__朝阳市_docx=b"word")
    before = {path: path.stat().st_ino for path in issue.rglob("*.[pd]*")}
    assert put(issue, a_pdf=b"one", cities__朝阳市_docx=b"word").write == ()
    assert before == {path: path.stat().st_ino for path in before}


def test_what_an_issue_no_longer_makes_goes_away(issue: Path) -> None:
    put(issue, a_pdf=b"one", sectors__能源_pdf=b"two", sectors__能源_docx=b"three")
    (issue / "sectors/能源.docx").write_bytes(b"three, edited")
    (issue / "notes.txt").write_bytes(b"a person's own file")
    put(issue, complete=False, a_pdf=b"new")
    assert (issue / "sectors/能源.pdf").exists()
    assert put(issue, a_pdf=b"new").remove == ("sectors/能源.pdf",)
    assert set(tree(issue)) == {"a.pdf", "manifest.json", "notes.txt", "sectors/能源.docx"}


def test_a_briefing_that_failed_keeps_its_earlier_files_and_others_that_are_no_more_are_removed(issue: Path) -> None:
    put(issue, a_pdf=b"1", cities__failed_pdf=b"1", cities__failed_docx=b"1", cities__failedtoo_pdf=b"1")
    records: dict[str, dict[str, object]] = {"manifest": {}, "run": {}}
    for failed, left in ((["cities/failed"], {"a.pdf", "cities/failed.docx", "cities/failed.pdf"}), ([], {"a.pdf"})):
        plan = publish({"a.pdf": b"2"}, issue, failed=failed, **records)
        assert "cities/failedtoo.pdf" in plan.remove or not failed
        assert tree(issue).keys() - {"manifest.json"} == left == read_manifest(issue)["outputs"].keys()


def test_the_manifest_is_the_last_file_that_is_put_in_place(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds the new manifest finds all that it names."""
    placed: list[str] = []
    real = os.rename

    def rename(source: str, target: str, **folders: int) -> None:
        placed.append(target)
        real(source, target, **folders)

    monkeypatch.setattr(os, "rename", rename)
    for version in (b"1", b"2"):
        placed.clear()
        put(issue, a_pdf=version, b_docx=version, tables__c_csv=version)
        assert placed[-1] == "manifest.json" and {"a.pdf", "b.docx", "c.csv", "run.json"} <= set(placed[:-1])
        assert placed.count("manifest.json") == 1


def test_the_note_of_a_killed_run_is_not_believed_where_it_is_damaged(issue: Path) -> None:
    put(issue, a_pdf=b"1")
    for note in ('{"a.pdf": 5}', '{"a.pdf": [5]}', "[1]", "{"):
        (issue / ".pending.json").write_text(note)
        assert put(issue, a_pdf=note.encode()).write == ("a.pdf",)
        assert not (issue / ".pending.json").exists()


def test_preview_writes_nothing(issue: Path) -> None:
    assert preview({"a.pdf": b"1"}, issue).write == ("a.pdf",)
    assert not issue.parent.exists()
    put(issue, a_pdf=b"1")
    before = tree(issue)
    assert preview({"a.pdf": b"2", "b.pdf": b"3"}, issue).write == ("a.pdf", "b.pdf")
    assert tree(issue) == before


@pytest.mark.parametrize("umask", [0o002, 0o022, 0o077])
def test_files_get_the_mode_that_the_umask_gives(issue: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        put(issue, a_pdf=b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((issue / "a.pdf").stat().st_mode) == 0o666 & ~umask
    (issue / "a.pdf").chmod(0o640)
    put(issue, a_pdf=b"2")
    assert stat.S_IMODE((issue / "a.pdf").stat().st_mode) == 0o640


# Failing disks: the Nth call fails, for every N until the publication succeeds


@pytest.mark.parametrize("call", ["fsync", "rename", "open", "write"])
def test_a_failing_disk_leaves_files_whole_and_the_next_run_repairs(
    issue: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    old = {"a_pdf": b"old a", "b_pdf": b"old b", "cities__朝阳市_docx": b"old word"}
    new = {"a_pdf": b"new a", "b_pdf": b"new b", "cities__朝阳市_docx": b"new word"}
    put(issue, **old)
    for number in range(1, 60):
        with monkeypatch.context() as patch:
            fail_call(patch, call, number)
            try:
                put(issue, **new)
            except ReportgenError as error:
                assert "No space left" in str(error)
            else:
                break
        found = tree(issue)
        assert not [name for name in found if name.endswith(".part")]
        assert {found["a.pdf"], found["b.pdf"], found[DRAFT]} <= {*old.values(), *new.values()}
        assert put(issue, **new).beside == {}, "the program must know its own files after a failure"
        assert put(issue, **old).beside == {}
    else:
        pytest.fail("the call was never reached")
    assert number > 1


def test_links_in_the_output_folder_are_never_followed(issue: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_bytes(b"alive")
    issue.mkdir(parents=True)
    (issue / "a.pdf").symlink_to(canary)
    (tmp_path / "elsewhere").mkdir()
    put(issue, a_pdf=b"new")
    assert canary.read_bytes() == b"alive" and not (issue / "a.pdf").is_symlink()
    assert not (issue / "a.pdf").stat().st_mode & 0o111, "a link's mode is not that of the file put in its place"
    (issue / "cities").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReportgenError, match="cannot write"):
        put(issue, cities__朝阳市_docx=b"word")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_in_place_of_the_folder_is_one_clear_error(issue: Path) -> None:
    issue.parent.write_bytes(b"a file")
    with pytest.raises(ReportgenError, match=r"output.*cannot"):
        put(issue, a_pdf=b"1")
    with pytest.raises(ReportgenError, match="cannot be written"), hold(issue.parent):
        pass


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(LockedError, match=f"process {os.getpid()}, since 20"), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


def test_the_lock_is_no_link(tmp_path: Path) -> None:
    (tmp_path / ".lock").symlink_to(tmp_path / "canary")
    with pytest.raises(ReportgenError, match="the lock file is a symbolic link"), hold(tmp_path):
        pass
    assert not (tmp_path / "canary").exists()


# Names


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "/etc/passwd", "a//b", "a\\b", "a\0b", "a\nb", "a:b", "a*b", 'a"b', "<b>", "a."),
        *("CON", "con.pdf", "-rf", ".hidden", "~$a.docx", "a ", "x" * 201, "市" * 67, "a\u202eb", "e\u0301", "\u212b"),
        *("# 标题", "{{ x }}"),
    ],
)
def test_unsafe_names_are_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportgenError, match="no file name"):
        publish({name: b"x", "good.pdf": b"y"}, tmp_path / "issue", manifest={}, run={})
    assert not (tmp_path / "issue").exists()


def test_names_that_one_file_system_would_merge_are_refused(tmp_path: Path) -> None:
    for pair in (("A.pdf", "a.pdf"), ("１.pdf", "1.pdf")):
        with pytest.raises(ReportgenError, match="share one file"):
            publish(dict.fromkeys(pair, b""), tmp_path / "issue", manifest={}, run={})


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_name_that_passes_is_legal_everywhere(name: str) -> None:
    try:
        check_name(name)
    except ReportgenError:
        return
    assert name == unicodedata.normalize("NFC", name)
    assert 0 < len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*' + string.whitespace) and name[-1] not in ". " and name[0] not in ".-~"
    assert not any(unicodedata.category(character)[0] == "C" for character in name)
