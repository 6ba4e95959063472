"""Publishing: old file or new file, never a torn one; a person's draft is never lost."""

import errno
import json
import os
import shutil
import stat
import string
import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import LockedError, ReportgenError
from reportgen.publish import Merge, Merged, Plan, check_name, hold, is_whole, preview, publish, read_manifest

DRAFT = "cities/朝阳市.docx"


def put(folder: Path, complete: bool = True, merge: Merge | None = None, **files: bytes) -> Plan:
    """Publish files whose names are written with __ for / and _ for the dot."""
    artifacts = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return publish(artifacts, folder, manifest={"key": "k"}, run={"seconds": 1}, complete=complete, merge=merge)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but the record of the run and the bases of drafts."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not name.startswith(".base/")}


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return tmp_path / "output" / "2023-09"


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


def test_an_edited_draft_is_never_overwritten(issue: Path) -> None:
    put(issue, cities__朝阳市_docx=b"word 1")
    (issue / DRAFT).write_bytes(b"edited")
    for number, news in enumerate((b"word 2", b"word 3")):
        plan = put(issue, cities__朝阳市_docx=news)
        assert plan.beside == {DRAFT: "cities/朝阳市.新稿.docx"}, number
        assert (issue / DRAFT).read_bytes() == b"edited"
        assert (issue / "cities/朝阳市.新稿.docx").read_bytes() == news
    (issue / "cities/朝阳市.新稿.docx").write_bytes(b"edited too")
    assert put(issue, cities__朝阳市_docx=b"word 4").beside[DRAFT] == "cities/朝阳市.新稿2.docx"
    assert (issue / "cities/朝阳市.新稿.docx").read_bytes() == b"edited too"


def joined(name: str, base: bytes, theirs: bytes, new: bytes) -> Merged:
    """A merge that shows what it was given."""
    if b"foreign" in theirs:
        return Merged(None, "is no draft of ours")
    return Merged(theirs if base == new else b"%s <%s>" % (theirs, new), f"merged {name}")


@pytest.mark.parametrize("refusal", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_draft_that_cannot_be_read_is_not_taken_for_missing(
    issue: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    put(issue, cities__朝阳市_docx=b"word 1")
    draft = issue / DRAFT
    draft.write_bytes(b"edited")
    really = os.open

    def refusing(path: object, flags: int, *rest: object, **more: object) -> int:
        if path == draft.name:
            raise OSError(refusal, os.strerror(refusal))
        return really(path, flags, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(ReportgenError, match="cannot read"):
        put(issue, cities__朝阳市_docx=b"word 2")
    monkeypatch.undo()
    assert tree(issue)[DRAFT] == b"edited" and "cities/朝阳市.新稿.docx" not in tree(issue)


def test_a_new_version_is_merged_into_an_edited_draft(issue: Path) -> None:
    put(issue, merge=joined, cities__朝阳市_docx=b"word 1")
    (issue / DRAFT).write_bytes(b"edited")
    plan = put(issue, merge=joined, cities__朝阳市_docx=b"word 2")
    assert (plan.merged, plan.write, plan.beside) == ((DRAFT,), (DRAFT,), {})
    assert (issue / DRAFT).read_bytes() == b"edited <word 2>"
    # the same again changes nothing; the next version is compared with the last one
    assert put(issue, merge=joined, cities__朝阳市_docx=b"word 2").write == ()
    put(issue, merge=joined, cities__朝阳市_docx=b"word 3")
    assert (issue / DRAFT).read_bytes() == b"edited <word 2> <word 3>"
    run = json.loads((issue / "run.json").read_text())
    assert run["files"]["drafts_merged"] == {DRAFT: f"merged {DRAFT}"}


def test_what_cannot_be_merged_goes_beside_and_says_why(issue: Path) -> None:
    put(issue, merge=joined, cities__朝阳市_docx=b"word 1")
    (issue / DRAFT).write_bytes(b"foreign")
    plan = put(issue, merge=joined, cities__朝阳市_docx=b"word 2")
    assert plan.beside == {DRAFT: "cities/朝阳市.新稿.docx"} and plan.said == {DRAFT: "is no draft of ours"}
    assert (issue / DRAFT).read_bytes() == b"foreign"
    (issue / DRAFT).write_bytes(b"edited")
    shutil.rmtree(issue / ".base")
    plan = put(issue, merge=joined, cities__朝阳市_docx=b"word 3")
    assert "no longer known" in plan.said[DRAFT] and (issue / DRAFT).read_bytes() == b"edited"


def test_a_kill_while_a_draft_is_merged_never_loses_its_words(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 12):
        shutil.rmtree(issue, ignore_errors=True)
        put(issue, merge=joined, cities__朝阳市_docx=b"word 1", a_pdf=b"1")
        (issue / DRAFT).write_bytes(b"edited")
        with monkeypatch.context() as patch:
            fail_call(patch, "rename", number)
            try:
                put(issue, merge=joined, cities__朝阳市_docx=b"word 2", a_pdf=b"2")
            except ReportgenError:
                pass
            else:
                break
        for news in (b"word 2", b"word 3"):
            put(issue, merge=joined, cities__朝阳市_docx=news, a_pdf=b"3")
            assert (issue / DRAFT).read_bytes().startswith(b"edited")
    assert number > 4


def test_a_draft_that_is_saved_meanwhile_is_planned_anew(issue: Path) -> None:
    put(issue, merge=joined, cities__朝阳市_docx=b"word 1")
    (issue / DRAFT).write_bytes(b"edited")
    saves = iter([b"edited, saved"])

    def busy(name: str, base: bytes, theirs: bytes, new: bytes) -> Merged:
        for data in saves:
            (issue / DRAFT).write_bytes(data)
        return joined(name, base, theirs, new)

    put(issue, merge=busy, cities__朝阳市_docx=b"word 2")
    assert (issue / DRAFT).read_bytes() == b"edited, saved <word 2>"


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b'{"outputs": [')])
def test_without_a_manifest_every_draft_is_a_persons(issue: Path, damage: object) -> None:
    put(issue, cities__朝阳市_docx=b"word 1", a_pdf=b"1")
    damage(issue / "manifest.json")  # type: ignore[operator]
    plan = put(issue, cities__朝阳市_docx=b"word 2", a_pdf=b"2")
    assert (issue / DRAFT).read_bytes() == b"word 1"
    assert plan.beside and (issue / "a.pdf").read_bytes() == b"2"


@pytest.mark.parametrize("length", range(1, 13))
@pytest.mark.parametrize("program", ["LibreOffice", "WPS", "Word"])
def test_an_open_draft_is_left_alone(issue: Path, program: str, length: int) -> None:
    """Word puts ~$ before a name of up to 6 characters, in place of its first one of 7, of its first two of more."""
    stem = "一二三四五六七八九十百千"[:length]
    name = f"{stem}.docx"
    gone = {6: 0, 7: 1}.get(max(length, 6), 2)
    owner = {"LibreOffice": f".~lock.{name}#", "WPS": f"~${name}", "Word": f"~${name[gone:]}"}[program]
    put(issue, **{f"cities__{stem}_docx": b"word 1"})
    (issue / "cities" / owner).touch()
    plan = put(issue, **{f"cities__{stem}_docx": b"word 2"})
    assert (issue / "cities" / name).read_bytes() == b"word 1"
    assert list(plan.beside.values()) == [f"cities/{stem}.新稿.docx"]


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


def fail_call(patch: pytest.MonkeyPatch, call: str, number: int) -> None:
    """Let the `number`th such call fail as a full disk does."""
    counted = 0

    def check(name: str) -> None:
        nonlocal counted
        counted += name == call
        if counted == number and name == call:
            raise OSError(28, "No space left on device")

    real_open, real_fdopen = os.open, os.fdopen
    for name in ("fsync", "rename"):
        real = getattr(os, name)
        patch.setattr(
            os, name, lambda *given, _name=name, _real=real, **named: (check(_name), _real(*given, **named))[1]
        )

    def opened(path: str, flags: int, *given: int, **named: int) -> int:
        if flags & os.O_CREAT:
            check("open")
        return real_open(path, flags, *given, **named)

    def fdopened(descriptor: int, mode: str) -> object:
        file = real_fdopen(descriptor, mode)
        if "w" not in mode:
            return file

        class Full:
            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def __getattr__(self, name: str) -> object:
                if name == "write":
                    check("write")
                return getattr(file, name)

        return Full()

    patch.setattr(os, "open", opened)
    patch.setattr(os, "fdopen", fdopened)


def test_a_run_killed_between_two_renames_keeps_its_own_drafts(issue: Path) -> None:
    put(issue, a_pdf=b"old", cities__朝阳市_docx=b"old word", z_pdf=b"old")
    script = textwrap.dedent(
        """
        import os, pathlib, sys
        from reportgen.publish import publish
        real, left = os.rename, int(sys.argv[2])
        def rename(*given, **named):
            global left
            left -= 1
            if left < 0: os._exit(9)
            real(*given, **named)
        os.rename = rename
        files = {"a.pdf": b"new", "cities/朝阳市.docx": b"new word", "z.pdf": b"new"}
        publish(files, pathlib.Path(sys.argv[1]), manifest={}, run={})
        """
    )
    for allowed in range(6):
        killed = subprocess.run([sys.executable, "-c", script, str(issue), str(allowed)], check=False)
        assert killed.returncode == 9
        assert not is_whole(issue, read_manifest(issue)) or allowed == 0
        plan = put(issue, a_pdf=b"old", cities__朝阳市_docx=b"old word", z_pdf=b"old")
        assert plan.beside == {}
        assert set(tree(issue)) == {"a.pdf", DRAFT, "z.pdf", "manifest.json"}


def test_links_in_the_output_folder_are_never_followed(issue: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_bytes(b"alive")
    issue.mkdir(parents=True)
    (issue / "a.pdf").symlink_to(canary)
    (tmp_path / "elsewhere").mkdir()
    put(issue, a_pdf=b"new")
    assert canary.read_bytes() == b"alive" and not (issue / "a.pdf").is_symlink()
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
    with pytest.raises(ReportgenError, match="symbolic link"), hold(tmp_path):
        pass
    assert not (tmp_path / "canary").exists()


# Names


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "/etc/passwd", "a//b", "a\\b", "a\0b", "a\nb", "a:b", "a*b", 'a"b', "<b>", "a."),
        *("CON", "con.pdf", "-rf", ".hidden", "~$a.docx", "a ", "x" * 201, "市" * 67, "a\u202eb", "e\u0301"),
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
