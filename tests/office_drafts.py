"""Word drafts edited and saved by a real LibreOffice, through a Basic macro, then merged with a newer version.

`check_drafts` takes Word files as a build has written them and gives what was found wrong.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from draft_promises import check, texts
from draft_versions import faults
from lxml import etree

from reportgen.drafts import read_draft
from reportgen.drafts.text import DraftLine
from reportgen.ooxml import parse, qn, read_package, serialise, write_package

_TIMEOUT, _TRIES = 60, 6
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
# Every edit opens a file, does what a person would do, and saves it as Word does.
_BASIC = """
Sub Edit(path As String, saved As String, what As String, place As String, words As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  draft = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  wanted = draft.createSearchDescriptor()
  wanted.SearchString = place
  found = draft.findFirst(wanted)
  If what = "rewrite" Then
    found.setString(words)
  ElseIf what = "track" Then
    note = draft.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author = "王某" : note.Content = "请核实" & words
    found.Text.insertTextContent(found.Start, note, False)
    draft.RecordChanges = True
    found.End.setString(words)
    draft.RecordChanges = False
  ElseIf what = "add" Then
    at = found.Text.createTextCursorByRange(found.End)
    at.gotoEndOfParagraph(False)
    found.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    found.Text.insertString(at, words, False)
  ElseIf what = "cell" Then
    at = found.Text.createTextCursor()
    at.gotoEnd(False)
    found.Text.insertString(at, words, False)
  ElseIf what = "format" Then
    found.CharColor = RGB(200, 0, 0)
    found.CharHeight = 20
    found.End.setString(words)
  End If
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "MS Word 2007 XML"
  draft.storeToURL(ConvertToURL(saved), filter())
  draft.close(True)
  StarDesktop.terminate()
End Sub
"""


def check_drafts(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """What is wrong after an edit in LibreOffice and a merge, for each of a few edits of each file."""
    with tempfile.TemporaryDirectory() as name:
        office = _Office(Path(name))
        for path in paths:
            base = path.read_bytes()
            new = newer(base)
            for what, place in _places(base).items():
                words = f"qz{what}qz"
                theirs = office.edit(base, what, place, words)
                if theirs is None:
                    yield path, f"LibreOffice did not save the edit {what!r}"
                    continue
                yield from ((path, f"{what}: {finding}") for finding in _merged(base, theirs, new, words, Path(name)))


def _merged(base: bytes, theirs: bytes, new: bytes, words: str, folder: Path) -> Iterator[str]:
    if words not in "".join(texts(theirs, accept=True)):
        yield "LibreOffice did not make the edit"
    try:
        data, _ = check(theirs, [words], base, new)
    except AssertionError as error:
        yield f"a promise is broken: {str(error)[:200]}"
        return
    if data is None:
        yield "is not merged"
    elif {_kind(fault) for fault in faults(data, folder)} > {_kind(fault) for fault in faults(theirs, folder)}:
        yield "the schema finds what LibreOffice had not written"


def _kind(fault: str) -> str:
    return re.sub(r"^.*?\\.xml:\\S* ", "", fault)


def _places(base: bytes) -> dict[str, str]:
    """Edit -> some words of ours where it is done, each standing only once in the file."""
    lines = [line for line in read_draft(base).lines if line.text]
    whole = "\n".join(line.text for line in lines)
    body = [line for line in lines if line.style.lower() == "body text" and line.figures]
    prose = [*body, *(line for line in lines if line.style == "出处条目")]
    plain = [part for line in prose for part in _outside_figures(line) if whole.count(part) == 1]
    cells = [line.text for line in lines if line.style == "表文" and len(line.text) > 4 and whole.count(line.text) == 1]
    last = body[-1].text[-8:]
    places = dict(zip(("rewrite", "track", "format"), plain, strict=False))
    return places | {"add": re.split(r"[\[，；]", last)[0]} | ({"cell": cells[0]} if cells else {})


def _outside_figures(line: DraftLine) -> list[str]:
    """Chinese words of one paragraph; LibreOffice finds nothing that runs over the edge of a content control."""
    text = line.text
    for _, shown in line.figures:
        text = text.replace(shown, "\n")
    return re.findall("[一-鿿]{5,}", text)


def newer(base: bytes) -> bytes:
    """The same file with other values: every third linked figure one digit on, at all its places alike."""
    parts = read_package(base, where="base")
    root = parse(parts["word/document.xml"], where="base")
    controls = [control for control in root.iter(qn("sdt")) if next(control.iter(qn("hyperlink")), None) is None]
    ids = list(dict.fromkeys(_alias(control) for control in controls))
    chosen = set(ids[::3])
    for control in controls:
        if _alias(control) in chosen:
            for text in control.iter(qn("t")):
                text.text = (text.text or "").translate(str.maketrans("12345678", "23456789"))
    return write_package(parts | {"word/document.xml": serialise(root)})


def _alias(control: etree._Element) -> str:
    alias = control.find(f"{qn('sdtPr')}/{qn('alias')}")
    return "" if alias is None else alias.get(qn("val")) or ""


class _Office:
    """A LibreOffice with the macro in its profile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._run("--terminate_after_init")  # it writes its own empty library first
        library = folder / "profile/user/basic/Standard"
        library.mkdir(parents=True, exist_ok=True)
        kind = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
        (library.parent / "script.xlc").write_text(
            f"{_HEAD}{kind.format('library:libraries', 'libraries')}<library:libraries {_LIBRARY} "
            'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
            'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
            "</library:libraries>",
            encoding="utf-8",
        )
        (library / "script.xlb").write_text(
            f"{_HEAD}{kind.format('library:library', 'library')}<library:library {_LIBRARY} library:name="
            '"Standard" library:readonly="false" library:passwordprotected="false"><library:element '
            'library:name="Drafts"/></library:library>',
            encoding="utf-8",
        )
        (library / "Drafts.xba").write_text(
            f"{_HEAD}{kind.format('script:module', 'module')}<script:module xmlns:script="
            '"http://openoffice.org/2000/script" script:name="Drafts" script:language="StarBasic">'
            f"{escape(_BASIC)}</script:module>",
            encoding="utf-8",
        )

    def edit(self, data: bytes, what: str, place: str, words: str) -> bytes | None:
        """The file as LibreOffice saves it after one edit; None where it never does.

        LibreOffice 7.4 without a screen aborts in about every second run that adds a comment, before or after it has
        saved: what is tested begins with the file that it saved, so it is asked again.
        """
        draft, saved = self.folder / "draft.docx", self.folder / "saved.docx"
        draft.write_bytes(data)
        saved.unlink(missing_ok=True)
        arguments = ",".join(f'"{value}"' for value in (draft, saved, what, place, words))
        for _ in range(_TRIES):
            self._run(f"macro:///Standard.Drafts.Edit({arguments})")
            if saved.exists():
                return saved.read_bytes()
        return None

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        options = ("--headless", "--invisible", "--nodefault", "--norestore", "--nologo")
        command = ["soffice", profile, *options, *arguments]
        # a session of its own: soffice is a script that starts the program
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout=_TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
