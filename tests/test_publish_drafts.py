"""Publishing beside people: an edited, an open or an unknown draft is never written over, a new version is merged."""

import errno
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from published import DRAFT, fail_call, issue, put, tree

from reportgen.errors import ReportgenError
from reportgen.publish import Merged, is_whole, read_manifest

__all__ = ["issue"]


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
    (issue / DRAFT).write_bytes(b"word 1")
    assert put(issue, cities__朝阳市_docx=b"word 5").beside == {}, "put back as it was, it is the program's own again"
    assert (issue / DRAFT).read_bytes() == b"word 5"


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
    # the same again changes nothing; the next version is compared with the last one that somebody saw
    assert put(issue, merge=joined, cities__朝阳市_docx=b"word 2").write == ()
    (issue / DRAFT).write_bytes(b"seen <word 2>")
    put(issue, merge=joined, cities__朝阳市_docx=b"word 3")
    assert (issue / DRAFT).read_bytes() == b"seen <word 2> <word 3>"
    run = json.loads((issue / "run.json").read_text())
    assert run["files"]["drafts_merged"] == {DRAFT: f"merged {DRAFT}"}


def test_changes_that_nobody_saw_do_not_pile_up(issue: Path) -> None:
    put(issue, merge=joined, cities__朝阳市_docx=b"word 1")
    (issue / DRAFT).write_bytes(b"edited")
    for news in (b"word 2", b"word 3", b"word 3", b"word 4"):
        put(issue, merge=joined, cities__朝阳市_docx=news)
        assert (issue / DRAFT).read_bytes() == b"edited <%s>" % news
        assert is_whole(issue, read_manifest(issue))
    put(issue, merge=joined, cities__朝阳市_docx=b"word 1")
    assert (issue / DRAFT).read_bytes() == b"edited", "what was there for a while only is gone again"
    # what is kept of a draft and is not what the record says is of no use: then nothing is taken back
    put(issue, merge=joined, cities__朝阳市_docx=b"word 5")
    (issue / ".base/.left" / DRAFT).write_bytes(b"damaged")
    put(issue, merge=joined, cities__朝阳市_docx=b"word 6")
    assert (issue / DRAFT).read_bytes() == b"edited <word 5> <word 6>"
    (issue / DRAFT).unlink()
    put(issue, merge=joined, cities__朝阳市_docx=b"word 7")
    assert (issue / DRAFT).read_bytes() == b"word 7"
    assert not [name for name in tree(issue) if name.startswith((".base/.left/", ".base/.from/"))]


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
