"""Documents made to attack, through the command line and under the audit hook: refused by name, or read as text."""

import csv
import io
import json
import os
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from fuzz import batch
from mutants import mutant
from office import DOCUMENTS, Office, office
from watched import watched

from reportgen import vocabulary
from reportgen.briefing import sector

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
CASES = Path(__file__).with_name("cases")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TEXT = "朝阳市召开新闻发布会。发布日期：2023-09-13。2023年上半年，全市城镇新增就业2.5万人。"
BODY = f"<w:document {W} {R}><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>%s</w:body></w:document>"
MAIN = "word/document.xml"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    'Target="%s" TargetMode="External"/></Relationships>'
)


def word(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def lying() -> bytes:
    """A member whose headers say that it is small."""
    body = (BODY % ("<w:p/>" * 2_000_000)).encode()
    data, size = word({MAIN: body}), struct.pack("<L", len(body))
    assert data.count(size) == 2
    return data.replace(size, struct.pack("<L", 500))


def entities(kind: str) -> bytes:
    declared = {
        "file": '<!ENTITY x SYSTEM "file:///etc/passwd">',
        "web": '<!ENTITY x SYSTEM "http://127.0.0.1:1/">',
        "laughs": f'<!ENTITY y "{"ha" * 9_000}"><!ENTITY x "{"&y;" * 9_000}">',
    }[kind]
    return word({MAIN: f"<!DOCTYPE a [{declared}]>" + BODY % "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"})


REFUSED = {
    "bomb.docx": lambda: word({MAIN: BODY % ("<w:p/>" * 20_000_000)}),
    "many.docx": lambda: word({MAIN: BODY % "", **{f"word/{index}.xml": "" for index in range(3_000)}}),
    "lying.docx": lying,
    "deep.docx": lambda: word({MAIN: BODY % ("<w:p>" * 100_000)}),
    "file-entity.docx": lambda: entities("file"),
    "web-entity.docx": lambda: entities("web"),
    "laughing.docx": lambda: entities("laughs"),
    "empty.docx": lambda: b"",
    "sheet.docx": lambda: word({"xl/workbook.xml": "<a/>"}),
    "old.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000),
    "page.pdf": lambda: b"<html>" + TEXT.encode(),
    "loop.pdf": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>"
        b"endobj\ntrailer<</Root 1 0 R>>"
    ),
    "digits.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * 200,
}
READ = {
    "picture.docx": lambda: word(
        {MAIN: BODY % "", "word/_rels/document.xml.rels": RELATIONS % ("image", "http://h/x.png")}
    ),
    "template.docx": lambda: word(
        {MAIN: BODY % "", "word/_rels/settings.xml.rels": RELATIONS % ("attachedTemplate", "file://h/x.dotm")}
    ),
    "macro.docx": lambda: word({MAIN: BODY % "", "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 9}),
    "field.docx": lambda: word(
        {MAIN: BODY % '<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe &quot;/k calc&quot;"/></w:p>'}
    ),
    "slip.docx": lambda: word({MAIN: BODY % "", "../../../slipped.xml": "<a/>", "/etc/slipped.xml": "<a/>"}),
    "script.html": lambda: f"<p>{TEXT}</p><script src='http://h/x.js'></script><img src='file:///etc/passwd'>".encode(),
    "include.html": lambda: f"<p>{TEXT}</p><iframe src='/etc/passwd'></iframe><object data='x'></object>".encode(),
}


def test_attacks_are_refused_by_name_and_nothing_is_opened_or_written(office: Office) -> None:
    for name, make in {**REFUSED, **READ}.items():
        (office.folder / "seeds" / name).write_bytes(make())
    rows = "".join(f"{name},阜新市,2023-09,{name}\n" for name in READ)
    (office.folder / "seeds" / "sources.csv").write_text(f"doc,area,published,title\n{rows}", encoding="utf-8")
    code, audited, said = watched(office.folder, "build", "--quiet", "--log-format", "json")
    assert (code, audited) == (3, [])
    events = [json.loads(line) for line in said.splitlines()]
    told = {name for event in events if event["level"] == "error" for name in event["where"].split(", ")}
    run = json.loads(office.tree(run=True)["2023-09/run.json"])
    left_out = {item["doc"]: item["reason"] for item in run["documents"] if item["status"] == "left out"}
    assert left_out.keys() == REFUSED.keys() >= {name for name in told if " and " not in name}
    assert not [reason for reason in left_out.values() if "internal error" in reason or "longer" in reason]
    data = office.tree()["2023-09/tables/figures.csv"].decode("utf-8-sig")
    assert {row["doc"] for row in csv.DictReader(io.StringIO(data))} >= READ.keys()
    assert "root:" not in data and not list(office.folder.parent.rglob("*slipped*"))


def test_a_file_of_five_gigabytes_is_refused_without_being_read(office: Office) -> None:
    with (office.folder / "seeds" / "huge.txt").open("wb") as file:
        os.truncate(file.fileno(), 5 << 30)
    (office.folder / "reportgen.toml").write_text("[limits]\nmax_bytes = 1000000\nmax_seconds = 20\n", encoding="utf-8")
    code, _, err = office.run("extract", "seeds", "--out", "x", "--quiet")
    assert code == 3 and "huge.txt: left out: the file is larger than 1000000 bytes" in err and err.count("\n") == 1


@pytest.mark.parametrize("first", range(0, 320, 160))
def test_three_hundred_broken_documents(first: int) -> None:
    numbers = range(first, first + 120)
    assert batch(numbers) == ""
    assert batch(range(first + 120, first + 160), build=True) == ""


def test_a_number_makes_the_same_mutant_again() -> None:
    assert [mutant(number) for number in range(14)] == [mutant(number) for number in range(14)]


def test_a_sector_with_more_than_twenty_indicators_in_two_areas_has_its_briefing(office: Office) -> None:
    """Fuzzing left such a sector out: the number of rows was taken for a number without a source."""
    named = [i.name for i in vocabulary.load().indicators if i.sector == "economy" and "元" in i.units][:40]
    for area, amount in (("朝阳市", 3), ("鞍山市", 4)):
        lines = "".join(f"2022年，全市{name}达到{amount}{place}.5亿元。\n" for place, name in enumerate(named))
        (office.folder / "seeds" / f"{area}.txt").write_text(
            f"{area}2022年国民经济和社会发展统计公报\n发布日期：2023-03-20\n\n{lines}", encoding="utf-8"
        )
    code, _, err = office.run("build", "--quiet", "--format", "docx")
    assert (code, err) == (0, "")


def test_a_comparison_with_a_document_of_another_sector_is_not_cited() -> None:
    """Fuzzing found one: its figure stood in a document that the sector's briefing does not list."""
    figures = [SimpleNamespace(doc=doc, area=doc, id=doc) for doc in ("a", "b", "c")]
    known = SimpleNamespace(sector="x", figures=figures[:2])
    foreign = SimpleNamespace(sector="x", figures=figures)
    material = SimpleNamespace(
        code="x",
        sources={"a": None, "b": None},
        home=lambda figure: figure.area,
        comparisons=SimpleNamespace(between_areas=[known, foreign]),
    )
    assert sector._compared(material) == (known,)


@pytest.mark.parametrize("case", sorted(CASES.glob("[0-9]*")), ids=lambda path: path.name)
def test_what_broke_the_program_once(office: Office, case: Path) -> None:
    """Every document that fuzzing or a fault brought to light stays a case: NNN-what-happened.SUFFIX."""
    (office.folder / "seeds" / case.name).write_bytes(case.read_bytes())
    listing = f"doc,area,published\n{case.name},阜新市,2023-09\n"
    (office.folder / "seeds" / "sources.csv").write_text(listing, encoding="utf-8")
    (office.folder / "reportgen.toml").write_text("[limits]\nmax_seconds = 30\nmax_megabytes = 500\n", encoding="utf-8")
    code, out, err = office.run("build", "--quiet", "--format", "pdf,docx,html")
    assert code in (0, 3) and not out
    assert not [word for word in ("internal error", "report this", "longer than", "process") if word in err]
