"""finalize: the PDF of an edited draft, what is found in it first, and every file that is no draft to be set."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from office import DOCUMENTS, Office, office
from printed_text import pdf_text

from reportgen.cli import main
from reportgen.ooxml import read_package, write_package

__all__ = ["office"]
CITY = next(iter(DOCUMENTS))
NAME = "2023-09/cities/朝阳市.docx"


def edit(path: Path, old: str, new: str, part: str = "word/document.xml") -> None:
    parts = read_package(path.read_bytes(), where="test")
    assert old in parts[part].decode()
    path.write_bytes(write_package(parts | {part: parts[part].decode().replace(old, new, 1).encode()}))


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the small office, built once."""
    folder = tmp_path_factory.mktemp("issue")
    (folder / "seeds").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    templates = str(Path(__file__).parent.parent / "templates")
    options = ("--seeds", str(folder / "seeds"), "--templates", templates, "--out", str(folder / "output"))
    assert main(("build", "--quiet", *options)) == 0
    return folder / "output"


@pytest.fixture
def draft(office: Office, issue: Path) -> Path:
    shutil.copytree(issue, office.out)
    return office.out / NAME


def test_an_untouched_draft_is_set_as_the_issue_was(office: Office, draft: Path) -> None:
    before = office.tree(run=True)
    code, out, err = office.run("finalize", str(draft), "--strict")
    assert (code, out) == (0, "") and err.endswith("朝阳市.定稿.pdf: set from the draft; 0 findings\n")
    final = draft.with_name("朝阳市.定稿.pdf").read_bytes()
    assert pdf_text(final) == pdf_text(draft.with_suffix(".pdf").read_bytes())
    assert office.tree(run=True) == before | {"2023-09/cities/朝阳市.定稿.pdf": final}
    assert "unchanged" in office.run("build", "--force")[2]
    assert draft.with_name("朝阳市.定稿.pdf").read_bytes() == final


def test_their_words_are_set_and_what_to_look_at_is_listed(office: Office, draft: Path) -> None:
    edit(draft, ">560名<", ">约560名<")
    code, out, err = office.run("finalize", str(draft), "--strict")
    assert code == 4 and out.count("\n") == 1 and "1 finding, so no PDF was written" in err
    edit(draft, "，带动就业", "，发放贷款9876万元，带动就业")
    seed = office.folder / "seeds" / CITY
    seed.write_text(DOCUMENTS[CITY].replace("12549", "12600"), encoding="utf-8")
    theirs = draft.read_bytes()
    code, out, err = office.run("finalize", str(draft), "--out", "定稿/朝阳.pdf")
    lines = out.splitlines()
    assert code == 0 and err.endswith(f"{len(lines)} findings\n")
    words = pdf_text((office.folder / "定稿/朝阳.pdf").read_bytes())
    assert "扶持创业带头人约560名，发放贷款9876万元，带动就业2300人" in words
    assert any("手工写入的数字没有出处：9876万　" in line and "发放贷款9876万元" in line for line in lines)
    assert any("关联数字被手工改动：约560名（应为 560名）　" in line for line in lines)
    assert any("已有更新的数值：12549人（应为 12600人）　" in line for line in lines)
    assert all(line.startswith("PDF第") for line in lines), out
    code, strict, err = office.run("finalize", str(draft), "--strict")
    assert (code, strict) == (4, out) and "no PDF was written" in err
    assert not draft.with_name("朝阳市.定稿.pdf").exists() and draft.read_bytes() == theirs


def test_a_draft_is_known_wherever_it_lies_and_whatever_it_is_called(office: Office, draft: Path) -> None:
    away = office.folder / "desk" / "朝阳 - 副本 (2).docx"
    away.parent.mkdir()
    draft.rename(away)
    twin = draft.with_name("又一份.docx")
    shutil.copy(away, twin)
    edit(away, "扶持创业带头人", "大力扶持创业带头人")
    for path in (away, twin):
        assert office.run("finalize", str(path), "--strict")[0] == 0
        words = pdf_text(path.with_name(f"{path.stem}.定稿.pdf").read_bytes())
        assert ("大力扶持" in words) == (path == away)
    assert "大力扶持" in office.run("diff", str(away))[1]
    kept = twin.read_bytes()
    assert office.run("build")[0] == 0
    assert draft.exists() and twin.read_bytes() == kept


def test_a_copy_of_an_older_version_is_no_false_alarm_and_is_never_merged(office: Office, draft: Path) -> None:
    older = draft.read_bytes()
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560名", "561名"), encoding="utf-8")
    office.run("build")
    draft.write_bytes(older)
    out = office.run("finalize", str(draft))[1]
    assert "已有更新的数值：560名　" in out and "手工改动" not in out
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560名", "562名"), encoding="utf-8")
    out = office.run("build", "--dry-run")[1]
    assert f"conflict output/{NAME}: was made from another version" in out
    assert office.run("build")[0] == 0 and draft.read_bytes() == older
    assert draft.with_name("朝阳市.新稿.docx").exists()
    assert "新稿" not in office.run("finalize", str(draft.with_name("朝阳市.新稿.docx")), "--strict")[1]


def plain(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def macros(path: Path) -> None:
    path.write_bytes(write_package(read_package(path.read_bytes(), where="") | {"word/vbaProject.bin": b"x"}))


def unnamed(path: Path) -> None:
    """Another office's file: nothing in it is of ours."""
    parts = read_package(path.read_bytes(), where="")
    text = parts["word/document.xml"].decode().replace("p_", "q_").replace("f_", "g_").replace("w:t ", "w:instrText ")
    text = text.replace("</w:t>", "</w:instrText>")
    kept = {name: data for name, data in parts.items() if not name.startswith(("customXml", "docProps/custom"))}
    path.write_bytes(write_package(kept | {"word/document.xml": text.encode()}))


def other_city(path: Path) -> None:
    shutil.copy(path.with_name("鞍山市.docx"), path)


def newer_program(path: Path) -> None:
    edit(path, "version&quot;:1", "version&quot;:9", "customXml/item1.xml")


def another_month(path: Path) -> None:
    edit(path, "2023-09-13", "2023-08-13", "customXml/item1.xml")


def opened(path: Path) -> None:
    path.with_name(f".~lock.{path.name}#").write_text("王某")


BAD: dict[str, tuple[Callable[[Path], None], int, str]] = {
    "empty": (plain(b""), 1, "is not a Word file or is damaged"),
    "truncated": (cut, 1, "is not a Word file or is damaged"),
    "text": (plain(b"hello"), 1, "is not a Word file or is damaged"),
    "password": (plain(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 1, "is password-protected or an old .doc"),
    "macros": (macros, 1, "carries macros"),
    "not ours": (unnamed, 1, "holds only 0 of the "),
    "another briefing": (other_city, 1, "is a draft of 鞍山市, not of 朝阳市"),
    "another month": (another_month, 1, "is the draft of another issue (2023-08-13)"),
    "newer program": (newer_program, 1, "was made by a newer version of reportgen"),
    "open": (opened, 1, "is open in Word, WPS or LibreOffice"),
    "deleted": (Path.unlink, 2, "no such file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_set_is_one_line_and_stays_as_it_is(office: Office, draft: Path, kind: str) -> None:
    spoil, wanted, said = BAD[kind]
    spoil(draft)
    before = office.tree(run=True)
    code, out, err = office.run("finalize", str(draft))
    assert (code, out) == (wanted, "") and said in err and err.count("\n") == 1, err
    assert office.tree(run=True) == before
    # nor would the next build touch it
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560名", "562名"), encoding="utf-8")
    foreseen = [line for line in office.run("build", "--dry-run")[1].splitlines() if "/朝阳市.docx" in line]
    verb = {"deleted": "new", "open": "locked"}.get(kind, "conflict")
    assert [line.split()[0] for line in foreseen] == [verb]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("output/2023-09/月报.pdf",), "is no Word draft"),
        (("output",), "no such file"),
        ((f"output/{NAME}", "--out", "x.docx"), "is no name of a PDF"),
        ((f"output/{NAME}", "--out", "output/2023-09/月报.pdf"), "which the next build writes over"),
        ((f"output/{NAME}", "--seeds", "nowhere"), "there is no such folder"),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(office: Office, draft: Path, arguments: tuple[str, ...], said: str) -> None:
    before = office.tree(run=True)
    code, out, err = office.run("finalize", *arguments)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1, err
    assert office.tree(run=True) == before


def test_a_draft_without_its_issue_says_so(office: Office, draft: Path) -> None:
    away = office.folder / "朝阳市.docx"
    draft.rename(away)
    shutil.rmtree(office.out)
    code, _, err = office.run("finalize", str(away))
    assert code == 1 and "no issue in the output folder has the briefing that it was made from" in err
    assert "朝阳市, 2023-09-13" in err


def test_a_dry_run_says_of_every_draft_what_becomes_of_it(office: Office, draft: Path) -> None:
    edit(draft, "扶持创业带头人", "大力扶持创业带头人")
    other = draft.with_name("鞍山市.docx")
    theirs = {path: path.read_bytes() for path in (draft, other)}
    said = office.run("build", "--dry-run")[1].splitlines()
    assert all(line.startswith("unchanged ") and line.endswith(".docx") for line in said) and len(said) == 4
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560名", "562名"), encoding="utf-8")
    opened(other)
    _, out, err = office.run("build", "--dry-run")
    words = {line.split()[1].rstrip(":"): line for line in out.splitlines()}
    assert words[f"output/{NAME}"].startswith("merge ") and "figures, " in words[f"output/{NAME}"]
    assert words["output/2023-09/月报.docx"].startswith("write ")
    assert words["output/2023-09/cities/鞍山市.docx"].startswith("unchanged ")
    assert not err and {path: path.read_bytes() for path in (draft, other)} == theirs
