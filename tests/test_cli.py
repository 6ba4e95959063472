"""The command: verbs, exit codes, what it says and what it keeps to itself."""

import csv
import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import docx
import pytest
from office import DOCUMENTS, Office, office

from reportgen.cli import choices
from reportgen.cli.parser import parse
from reportgen.errors import LockedError, RefusedError, ReportgenError
from reportgen.progress import Event, Log, one_line

__all__ = ["office"]
CITY, OTHER = DOCUMENTS


def test_build_publishes_and_then_has_nothing_to_do(office: Office) -> None:
    code, out, err = office.run("build")
    assert (code, out) == (0, "")
    assert err.startswith("reportgen: output/2023-09: ") and "files written" in err
    before = {path: path.stat().st_mtime_ns for path in office.out.rglob("*") if path.name != ".lock"}
    code, out, err = office.run("build")
    assert (code, out, err) == (0, "", "reportgen: output/2023-09: nothing to do\n")
    assert before == {path: path.stat().st_mtime_ns for path in office.out.rglob("*") if path.name != ".lock"}
    assert office.run("build", "--force")[2].endswith(" unchanged, 0 removed\n")


def test_quiet_is_silent_when_all_is_well_and_not_when_it_is_not(office: Office) -> None:
    assert office.run("build", "--quiet") == (0, "", "")
    (office.folder / "seeds" / "bad.txt").write_bytes(b"\xff\x00\x81")
    code, out, err = office.run("build", "--quiet")
    assert (code, out) == (3, "")
    assert err.startswith("reportgen: error: bad.txt: left out: ") and err.count("\n") == 1
    code, _, err = office.run("build", "--quiet")
    assert code == 3 and "bad.txt: still left out" in err


def test_json_is_one_object_a_line(office: Office) -> None:
    (office.folder / "seeds" / "bad.txt").write_bytes(b"")
    code, out, err = office.run("build", "--log-format", "json")
    events = [json.loads(line) for line in err.splitlines()]
    assert code == 3 and not out
    assert all(set(event) >= {"level", "event", "message"} for event in events)
    assert [event["where"] for event in events if event["level"] == "error"] == ["bad.txt"]
    assert events[-1]["event"] == "done"
    for wrong in (("build", "--frmat", "--log-format", "json"), ("build", "--log-format=json", "--month", "soon")):
        code, _, err = office.run(*wrong)
        assert code == 2 and json.loads(err)["level"] == "error", "misuse too"


def test_dry_run_names_what_would_be_written_and_writes_nothing(office: Office) -> None:
    code, out, _ = office.run("build", "--dry-run")
    assert code == 0 and "write output/2023-09/月报.pdf" in out.splitlines()
    assert not office.out.exists()
    office.run("build")
    assert all(line.startswith("unchanged ") for line in office.run("build", "--dry-run")[1].splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "required: VERB"),
        (("bild",), "'build'"),
        (("build", "--frmat", "pdf"), "unrecognized"),
        (("build", "--month", "2023-13"), "--month: '2023-13' is no month"),
        (("build", "--month", "2023-01"), "--month: nothing was published up to 2023-01 (try: 2023-04, 2023-09)"),
        (("build", "--area", "沈阳市"), "--area: nothing is known of '沈阳市' (try: "),
        (("build", "--sector", "energy"), "--sector: nothing is known of 'energy' (try: employment、就业社保)"),
        (("build", "--format", "pdf,odt"), "--format: 'odt' is no format (try: pdf,docx,html)"),
        (("build", "--jobs", "many"), "--jobs: 'many' is no executor"),
        (("build", "--seeds", "nowhere"), "nowhere: there is no such folder"),
        (("build", "--seeds", "templates/house.toml"), "there is no such folder"),
        (("build", "--templates", "nowhere"), "nowhere"),
        (("build", "--settings", "nowhere.toml"), "nowhere.toml: cannot read the settings: No such file or directory"),
        (("extract", "seeds"), "required: --out"),
        (("extract", "nowhere", "--out", "x"), "nowhere: there is no such folder"),
        (("extract", "seeds", "--out", "./seeds"), "--out seeds: is the folder of the documents"),
        (("explain", "f00000000000"), "no such file and no such figure"),
        (("explain", ""), "figures have an id that begins so"),
        (("explain", "seeds"), "seeds: is no file (try: the path of a document)"),
        (("explain", "nowhere.txt", "--text"), "nowhere.txt: is no file"),
        (("diff", "a", "b", "c"), "diff: too many arguments"),
        (("diff", "2023-09", "soon"), "diff: 'soon' is no month"),
        (("diff", "nowhere.docx"), "nowhere.docx: no such file"),
        (("diff", "templates/house.toml"), "is no Word draft"),
        (("finalize", "nowhere.docx"), "nowhere.docx: no such file"),
        (("retry", "--month", "soon"), "--month: 'soon' is no month"),
        (("review", "--port", "99999"), "--port: 99999 is no port"),
        (("review", "--idle", "0"), "--idle: 0 minutes"),
        (("review",), "there is no evidence.html yet (try: reportgen build)"),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(office: Office, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = office.run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("reportgen: error: ") and err.count("\n") == 1
    assert said in err
    assert not any(office.tree())


def test_area_and_sector_limit_what_is_made(office: Office) -> None:
    office.run("build")
    (office.folder / "reportgen.toml").write_text('[office]\nclassification = "公开"\n', encoding="utf-8")
    before = office.tree()
    assert office.run("build", "--area", "朝阳市", "--format", "docx")[0] == 0
    assert office.run("build", "--format", "docx", "--dry-run")[1].count("remove") == 0
    after = office.tree()
    changed = {name for name in after if before[name] != after[name]}
    assert {Path(name).name for name in changed} == {"朝阳市.docx", "manifest.json"}
    assert set(before) == set(after)
    assert office.run("build", "--sector", "就业社保", "--sector", "employment", "--dry-run")[1].count("write") == 2
    assert choices.request(parse(["build", "--format", "docx, pdf,docx"])).formats == ("docx", "pdf")


def test_extract_writes_the_tables_straight_into_the_folder(office: Office) -> None:
    (office.folder / "seeds" / "bad.txt").write_bytes(b"\xff\x00\x81")
    code, _, err = office.run("extract", "seeds", "--out", "tables/here")
    assert code == 3 and "bad.txt" in err
    with (office.folder / "tables/here/figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["doc"] for row in rows} == set(DOCUMENTS)
    for row in rows:
        text = DOCUMENTS[row["doc"]]
        assert text[int(row["start"]) : int(row["end"])] == row["num"]
    assert not office.out.exists()


def test_extract_of_nothing_readable_fails(office: Office) -> None:
    for path in (office.folder / "seeds").iterdir():
        path.write_bytes(b"")
    code, _, err = office.run("extract", "seeds", "--out", "x")
    assert code == 1 and "not one document could be used" in err


def test_explain_shows_repairs_text_and_a_figure(office: Office) -> None:
    path = office.folder / "seeds" / CITY
    path.write_text(DOCUMENTS[CITY].replace("城镇新增", "城\u200b镇新增"), encoding="utf-8")
    code, out, _ = office.run("explain", f"seeds/{CITY}")
    assert code == 0 and "line 6, " in out and "\\u200b" in out
    assert "城镇新增就业12549人" in office.run("explain", f"seeds/{CITY}", "--text")[1]
    (office.folder / "empty.txt").touch()
    code, out, err = office.run("explain", "empty.txt")
    assert (code, out) == (1, "") and "empty.txt: the file is empty" in err
    office.run("extract", "seeds", "--out", "x")
    with (office.folder / "x/figures.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["num"] == "12549")
    code, out, _ = office.run("explain", row["id"])
    assert code == 0 and "【12549人】" in out and f"characters {row['start']} to {row['end']}" in out
    assert all(f"  {name:<13} {row[name]}" in out for name in ("value", "unit", "measure", "status", "period", "area"))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("reportgen.toml", "[ofice]\n", "reportgen.toml: unknown section [ofice] (try: office)"),
        ("templates/house.toml", 'style = "briefing"\n[', "templates/house.toml"),
        (
            "templates/city.md.j2",
            "{#\nkind: city\nfor each: area\nfile name: cities/{subject}\n#}\n\n{{ titel }}",
            ".j2:7",
        ),
        ("templates/house.docx", "no zip", "templates/house.docx"),
        ("seeds/sources.csv", "doc,area,publshed\n", "sources.csv"),
        ("seeds/bad.txt", "", "bad.txt"),
    ],
)
def test_check_finds_every_mistake_by_file_and_line(office: Office, file: str, text: str, said: str) -> None:
    (office.folder / file).write_text(text, encoding="utf-8")
    code, _, err = office.run("check")
    assert code in (2, 3) and said in err, err
    assert err.count(".j2:") <= 1, "a mistake in a template is named once"
    assert not office.out.exists()


def test_the_code_of_check_is_that_of_the_gravest_mistake(office: Office) -> None:
    (office.folder / "seeds" / "bad.txt").touch()
    assert office.run("check")[0] == 3
    (office.folder / "templates" / "house.docx").write_text("no zip", encoding="utf-8")
    assert office.run("check")[0] == 2


def test_diff_tells_what_a_person_changed_and_what_a_build_would(office: Office) -> None:
    office.run("build")
    path = office.out / "2023-09/cities/朝阳市.docx"
    assert office.run("diff", str(path))[:2] == (0, "no differences\n")
    draft = docx.Document(str(path))
    draft.paragraphs[-1].insert_paragraph_before("请办公室核对。")
    draft.save(str(path))
    text = DOCUMENTS[CITY].replace("560", "561")
    (office.folder / "seeds" / CITY).write_text(text, encoding="utf-8")
    before = office.tree(run=True)
    code, out, _ = office.run("diff", str(path))
    assert code == 0 and "you added: '请办公室核对。'" in out.splitlines() and "561" in out
    assert office.tree(run=True) == before
    for wrong in ("output/2023-09/月报.pdf", "seeds", "output/2023-09/no.docx"):
        assert office.run("diff", wrong)[0] == 2
    for document in (office.folder / "seeds").iterdir():
        document.write_bytes(b"")
    for verb in ("diff", "finalize"):
        code, _, err = office.run(verb, str(path))
        assert code == 1 and "not one document could be used" in err


def test_retry_does_again_only_what_was_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen import extract

    (office.folder / "seeds" / OTHER).rename(office.folder / "later")
    office.run("build")
    (office.folder / "later").rename(office.folder / "seeds" / OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(extract, "extract", raising(MemoryError("for now")))
        assert office.run("build")[0] == 3
    assert "still left out" in office.run("build")[2]
    kept = (office.out / "2023-09/cities/朝阳市.pdf").stat().st_mtime_ns
    assert office.run("retry")[0] == 0
    assert (office.out / "2023-09/cities/鞍山市.pdf").exists()
    assert (office.out / "2023-09/cities/朝阳市.pdf").stat().st_mtime_ns == kept
    assert "nothing to do" in office.run("retry")[2]


def test_check_finds_nothing_where_nothing_is_wrong(office: Office) -> None:
    assert office.run("check")[::2] == (0, "reportgen: no mistakes found\n")


def raising(error: BaseException) -> object:
    def build(*_: object) -> None:
        raise error

    return build


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ReportgenError("what", where="where", hint="advice"), 1, "error: where: what (try: advice)"),
        (RefusedError("a digit has no source"), 4, "error: a digit has no source"),
        (LockedError("held"), 11, "error: held"),
        (KeyboardInterrupt(), 130, "stopped by SIGINT"),
        (ZeroDivisionError("x"), 1, "error: internal error: ZeroDivisionError at cli/"),
        (RecursionError(), 1, "internal error: RecursionError"),
        (MemoryError(), 1, "internal error: MemoryError"),
    ],
)
def test_every_error_ends_as_one_line_with_its_code(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr("reportgen.cli.build.build", raising(error))
    found, out, err = office.run("build")
    assert (found, out) == (code, "")
    assert said in err and err.count("\n") == 1
    assert ("Traceback" in office.run("build", "--debug")[2]) == (code != 130)


def test_sigterm_unwinds_and_tells_its_number(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.cli.build.build", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert office.run("build")[0] == 128 + signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_hangup_that_was_to_be_ignored_is_ignored(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As nohup sets it."""
    monkeypatch.setattr("reportgen.cli.build.build", lambda *_: os.kill(os.getpid(), signal.SIGHUP))
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert office.run("build")[0] == 1, "the verb goes on, here without an outcome"
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_reader_that_leaves_is_no_error(office: Office) -> None:
    text = "全市城镇新增就业1.2万人。\n" * 20_000
    (office.folder / "seeds" / CITY).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "reportgen", "explain", f"seeds/{CITY}", "--text"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_unexpected_fault_names_stage_and_document_and_the_others_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen import extract

    real = extract.extract

    def faulty(report: object, words: object) -> object:
        if report.source.doc == OTHER:  # type: ignore[attr-defined]
            raise KeyError("oops")
        return real(report, words)  # type: ignore[arg-type]

    monkeypatch.setattr(extract, "extract", faulty)
    code, _, err = office.run("build", "--quiet")
    assert code == 3
    said = f"reportgen: error: {OTHER}: left out: internal error in extract: KeyError at pipeline/documents.py:"
    assert err.startswith(said) and err.removeprefix(said).strip().isdigit()
    assert any(name.endswith("朝阳市.pdf") for name in office.tree())
    assert "Traceback" in office.run("build", "--force", "--debug")[2]


def test_an_event_is_one_line_whatever_a_document_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\n\x1b[31merror\r\u202e\u2028\u0085\ud800.txt"
    Log()(Event("error", "document", f"left out: {name}", name))
    Log(json=True)(Event("error", "document", name, name))
    lines = capsys.readouterr().err.split("\n")
    assert len(lines) == 3 and lines[2] == ""
    assert not [c for line in lines for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert json.loads(lines[1])["where"] == one_line(name)


def test_the_bar_is_for_terminals_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    step = Event("info", "document", "read a.txt", done=1, total=2)
    log = Log()
    log(step)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(log.stream, "isatty", lambda: True, raising=False)
    log(step)
    log(Event("info", "done", "all"))
    shown = capsys.readouterr().err
    assert "1/2 read a.txt" in shown and shown.endswith("\r\x1b[Kreportgen: all\n")
