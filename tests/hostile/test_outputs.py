"""What is published asks nobody for anything: no link to a file, no field that acts, no script, no name of a person."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from office import Office, office

__all__ = ["office"]
ACTING = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/EmbeddedFile",
    b"/OpenAction",
    b"/AA",
    b"/SubmitForm",
    b"/AcroForm",
    b"/RichMedia",
)
FIELDS = {"PAGE", "NUMPAGES", "TOC", "SEQ", "PAGEREF", "REF", "HYPERLINK", "SECTIONPAGES"}
OUTSIDE = re.compile("https?://")
DESK = re.compile(r"(\.\./)*evidence\.html(#f[0-9a-f]+)?")
"""The one file beside it that a briefing leads to."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def built(office: Office) -> dict[str, bytes]:
    assert office.run("build", "--quiet", "--format", "pdf,docx,html")[0] == 0
    return office.tree(run=True)


def packages(built: dict[str, bytes]) -> Iterator[tuple[str, zipfile.ZipFile]]:
    for name, data in built.items():
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                yield name, package


def objects(data: bytes) -> Iterator[bytes]:
    """A PDF's own syntax: outside of streams, and inside of those that hold objects."""
    yield re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    for head, body in re.findall(rb"<<([^<>]*?/Type ?/ObjStm[^<>]*?)>>\s*stream\r?\n(.*?)endstream", data, re.DOTALL):
        yield zlib.decompressobj().decompress(body) if b"FlateDecode" in head else body


def test_no_pdf_acts(built: dict[str, bytes]) -> None:
    pdfs = {name: data for name, data in built.items() if name.endswith(".pdf")}
    assert pdfs
    for name, data in pdfs.items():
        syntax = b"\n".join(objects(data))
        assert b"/Catalog" in syntax, "the objects were not found"
        found = [word for word in ACTING if re.search(re.escape(word) + rb"(?![A-Za-z])", syntax)]
        assert not found, name
        written = re.findall(r"/URI ?(?:\((.*?)\)|<([0-9A-Fa-f]*)>)", syntax.decode("latin-1"))
        addresses = [words or bytes.fromhex(digits).decode() for words, digits in written]
        assert not [address for address in addresses if not (OUTSIDE.match(address) or DESK.fullmatch(address))]
        assert name.count("/") < 2 or any(DESK.fullmatch(address) for address in addresses), name


def test_no_office_file_refers_to_anything_outside_or_holds_a_field_that_acts(built: dict[str, bytes]) -> None:
    for name, package in packages(built):
        parts = package.namelist()
        assert not [part for part in parts if re.search(r"vbaProject|embeddings|activeX|externalLink|\.bin$", part)]
        for part in parts:
            if part.endswith(".rels"):
                for relation in ET.fromstring(package.read(part)):
                    external = relation.get("TargetMode") == "External"
                    kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
                    known = OUTSIDE.match(target) or DESK.fullmatch(target)
                    assert not external or (kind == "hyperlink" and known), name
            if part.startswith("word/") and part.endswith(".xml"):
                root = ET.fromstring(package.read(part))
                said = ["".join(node.itertext()) for node in root.iter(f"{W}instrText")]
                said += [node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")]
                assert {text.split()[0] for text in said if text.strip()} <= FIELDS, (name, part)
            assert b"<!DOCTYPE" not in package.read(part)


def test_pages_fetch_nothing(built: dict[str, bytes]) -> None:
    pages = {name: data.decode() for name, data in built.items() if name.endswith((".html", ".svg"))}
    assert any(name.endswith(".html") for name in pages) and any(name.endswith(".svg") for name in pages)
    for name, page in pages.items():
        fetched = re.findall(r"(?:src|srcset|data|action|background)\s*=\s*[\"']?\s*(?:https?:|//|file:|/)", page)
        fetched += re.findall(r"url\(\s*[\"']?\s*(?:https?:|//|file:|/)|@import|<(?:iframe|object|embed|base)\b", page)
        assert not fetched, name


def test_properties_tell_the_office_and_no_person_or_machine(built: dict[str, bytes]) -> None:
    for name, package in packages(built):
        core = package.read("docProps/core.xml").decode()
        people = re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core)
        assert not [person for person in people if re.search(r"[a-z]", person.replace("reportgen", ""))], (name, people)
        assert "python-docx" not in core and "openpyxl" not in core
        times = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", core)
        assert {time[10:] for time in times} <= {"T00:00:00Z"}, "a date of publication, never the time of a run"
        assert {info.date_time[1:] for info in package.infolist()} == {(1, 1, 0, 0, 0)}, name
    for name, data in built.items():
        if name.endswith(".pdf"):
            assert not re.findall(rb"anonymous|unspecified|untitled", data), name
        if name.endswith(".png"):
            assert not re.findall(rb"tEXt|iTXt|zTXt|tIME", data), name
