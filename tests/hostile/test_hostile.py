"""Sources and names as attack: nothing is executed, fetched, followed or forged; a page says what the text says."""

import json
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

from office import DOCUMENTS, Office, office
from watched import watched

__all__ = ["office"]
CITY, OTHER = DOCUMENTS


def test_a_build_opens_what_it_may_connects_nowhere_and_starts_nothing(office: Office) -> None:
    (office.folder / "private.txt").write_text("not named to the program", encoding="utf-8")
    assert watched(office.folder, "build", "--quiet", "--format", "pdf,docx,html") == (0, [], "")
    assert not list((office.folder / "tmp").iterdir())


def test_an_area_that_is_a_path_is_no_file(office: Office) -> None:
    for area in ("../../x", "/etc/x", "a/b", "CON", "..", "-rf", "~$x", "市" * 90, "a\u202eb"):
        listing = f'doc,area,published\n{CITY},"{area}",2023-09\n'
        (office.folder / "seeds" / "sources.csv").write_text(listing, encoding="utf-8")
        code, _, err = office.run("build", "--quiet", "--format", "docx")
        assert code in (2, 3) and err.count("\n") <= 3 and "internal error" not in err, area
        made = {path.name for path in office.out.rglob("*") if ".cache" not in path.parts}
        assert not [name for name in made if name.startswith(("x", "-rf", "CON", "~$", "a"))]
        assert {path.name for path in office.folder.parent.iterdir()} == {office.folder.name}


def test_markup_in_a_source_is_text_on_every_page(office: Office) -> None:
    hostile = "<b>甲</b>{{ 7*7 }}{% x %}# 标题|a|b|$x^2$"
    text = DOCUMENTS[CITY].replace("扶持创业带头人", f"扶持{hostile}创业带头人")
    (office.folder / "seeds" / CITY).write_text(text, encoding="utf-8")
    assert office.run("build", "--quiet")[0] == 0
    draft = next(office.out.rglob("朝阳市.docx"))
    with zipfile.ZipFile(draft) as package:
        body = package.read("word/document.xml").decode()
    assert "<b>" not in body and ">49<" not in body
    pdf = next(office.out.rglob("朝阳市.pdf"))
    assert b"/URI" not in pdf.read_bytes() and b"/JavaScript" not in pdf.read_bytes()


def test_formulas_in_a_source_stay_text_in_the_tables(office: Office) -> None:
    text = DOCUMENTS[CITY].replace("扶持创业带头人", '=HYPERLINK("http://x","甲")')
    (office.folder / "seeds" / CITY).write_text(text, encoding="utf-8")
    office.run("extract", "seeds", "--out", "x")
    cells = (office.folder / "x/figures.csv").read_text(encoding="utf-8-sig")
    assert not [line for line in cells.splitlines() if ",=" in line or ',"=' in line]
    with zipfile.ZipFile(office.folder / "x/tables.xlsx") as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


def test_a_name_cannot_forge_a_log_line(office: Office) -> None:
    (office.folder / "seeds" / "a\nreportgen: error: forged\x1b[2J.txt").write_bytes(b"")
    err = office.run("build", "--quiet")[2]
    assert err.count("\n") == 1 and "\x1b" not in err
    lines = office.run("build", "--force", "--log-format", "json")[2].splitlines()
    assert all(json.loads(line)["level"] in ("info", "warning", "error") for line in lines)


def test_links_planted_in_the_output_are_not_followed(office: Office) -> None:
    canary = office.folder / "canary"
    canary.write_text("alive")
    issue = office.out / "2023-09"
    issue.mkdir(parents=True)
    (issue / "manifest.json").symlink_to(canary)
    (issue / "tables").symlink_to(office.folder / "seeds")
    code, _, err = office.run("build", "--quiet")
    assert code == 1 and "2023-09" in err
    assert canary.read_text() == "alive"
    assert {path.name for path in (office.folder / "seeds").iterdir()} == set(DOCUMENTS)


def test_hash_seed_and_folder_do_not_show(office: Office, tmp_path: Path) -> None:
    script = textwrap.dedent("import sys; from reportgen.cli import main; sys.exit(main(sys.argv[1:]))")
    for seed in ("1", "2"):
        command = [sys.executable, "-c", script, "build", "--quiet", "--out", f"out{seed}"]
        environment = {"PYTHONHASHSEED": seed, "TZ": "UTC", "PATH": "/usr/bin:/bin"}
        subprocess.run(command, cwd=office.folder, env=environment, check=True)
    first, second = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("run.json", "manifest.json") and ".cache" not in path.parts
            if path.name != ".lock"
        }
        for folder in (office.folder / "out1", office.folder / "out2")
    )
    assert first == second and len(first) > 20
