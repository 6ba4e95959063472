"""Word packages as zip: the same parts give the same bytes, and what no honest program writes is refused."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from reportgen import ooxml
from reportgen.errors import ReportgenError

PARTS = {"word/document.xml": b"<a/>", "[Content_Types].xml": b"<b/>", "word/media/a.png": b"png", "_rels/.rels": b""}


def packed(*names: str, encrypted: bool = False, packing: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of two parts of one name
        for name in names:
            package.writestr(name, b"x")
        for member in package.infolist():
            member.flag_bits, member.compress_type = int(encrypted), packing
    return file.getvalue()


def test_the_same_parts_give_the_same_bytes_in_whatever_order() -> None:
    data = ooxml.write_package(PARTS)
    assert data == ooxml.write_package(dict(reversed(PARTS.items())))
    assert ooxml.read_package(data, where="a.docx") == PARTS
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[0] == "[Content_Types].xml", "what programs look for first"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed("../a"), "unsafe part '../a'"),
        (packed("a/../../b"), "unsafe part"),
        (packed("/etc/a"), "unsafe part"),
        (packed("a", "a"), "unsafe part"),
        (packed("a", encrypted=True), "unsafe part"),
        (packed("a", packing=zipfile.ZIP_LZMA), "unsafe part"),
        (packed(*map(str, range(ooxml.COUNT_LIMIT + 1))), "2001 parts"),
        (b"\xd0\xcf\x11\xe0", "password-protected or an old .doc"),
        (b"PK\x03\x04", "not a Word file or is damaged"),
    ],
)
def test_a_package_that_no_honest_program_writes_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ReportgenError, match=said) as caught:
        ooxml.read_package(data, where="a.docx")
    assert caught.value.where == "a.docx" and caught.value.hint


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ooxml.write_package({"a.xml": b"x" * 1000, "b.xml": b"x" * 1000})
    for limit in ("MEMBER_LIMIT", "TOTAL_LIMIT"):
        with monkeypatch.context() as patch, pytest.raises(ReportgenError, match="too large once unpacked"):
            patch.setattr(ooxml, limit, 999 if limit == "MEMBER_LIMIT" else 1999)
            ooxml.read_package(data, where="a.docx")
    assert len(ooxml.read_package(data, where="a.docx")) == 2


def test_text_that_xml_cannot_hold_is_drawn_as_geta() -> None:
    assert ooxml.printable("甲\x00乙\ud800丙\n") == "甲〓乙〓丙\n"
    with pytest.raises(ReportgenError, match="DOCTYPE"):
        ooxml.parse(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", where="a.docx")
