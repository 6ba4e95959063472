"""Open what a build has published with programs that did not write it: LibreOffice, qpdf, poppler, pysdmx, others.

usage: real_programs.py OUTPUT...

Every .docx must convert to PDF and pass the schema check; a few are edited and saved by LibreOffice and then merged
with a newer version; every .pdf must pass qpdf, have all fonts embedded and subset, hold text and a title, and nothing
that acts; figures.sdmx.csv must load with pysdmx, line for line, and every code must stand in the code list beside it.
Prints one line a finding; the exit code is 1 when there is one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from office_drafts import check_drafts
from printed_text import docx_text, html_text, pdf_text

_ACTING = re.compile(r'"/(JavaScript|JS|Launch|EmbeddedFile|AA|SubmitForm)"')
_TIMEOUT = 900


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program; its output is read as UTF-8 whatever the locale."""
    return subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", errors="replace", timeout=_TIMEOUT
    )


def check_pdf(path: Path) -> Iterator[str]:
    """What is wrong with one PDF."""
    qpdf = run("qpdf", "--check", path)
    if qpdf.returncode:
        yield f"qpdf: {(qpdf.stdout + qpdf.stderr).strip().splitlines()[-1]}"
    rows = [line.split() for line in run("pdffonts", path).stdout.splitlines()[2:]]
    if not rows:
        yield "pdffonts: no font"
    yield from (f"pdffonts: {row[0]} is not an embedded subset" for row in rows if row[-5:-3] != ["yes", "yes"])
    if not re.search(r"^Title: +\S", run("pdfinfo", path).stdout, re.MULTILINE):
        yield "pdfinfo: no title"
    text = run("pdftotext", path, "-").stdout
    if len(re.findall("[一-鿿]", text)) < 60:
        yield "pdftotext: no Chinese text"
    if "〓" in text or "\ufffd" in text:
        yield "pdftotext: a glyph is missing"
    # the objects without their streams: compressed bytes spell anything
    acting = _ACTING.search(run("qpdf", "--json=2", "--json-stream-data=none", path).stdout)
    if acting:
        yield f"holds /{acting[1]}"


def check_word(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the Word files; LibreOffice is started once for all."""
    with tempfile.TemporaryDirectory() as folder:
        # the same name may stand in two folders: number the copies
        copies = {path: Path(folder) / f"{number}.docx" for number, path in enumerate(paths)}
        for path, copy in copies.items():
            copy.write_bytes(path.read_bytes())
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        soffice = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        said = run(*soffice, *copies.values())
        for path, copy in copies.items():
            converted = copy.with_suffix(".pdf")
            if not converted.exists() or "Pages:" not in run("pdfinfo", converted).stdout:
                yield path, f"LibreOffice does not open it: {said.stderr.strip()[-200:]}"
    for path in paths:
        audit = run(Path(sys.executable).parent / "openxml-audit", "--quiet", path)
        if audit.returncode:
            yield path, f"openxml-audit: {(audit.stdout + audit.stderr).strip()[:400]}"


# The columns of the code lists; pysdmx reads the file as any reader of SDMX-CSV would.
_SDMX = """
import csv, sys
from pysdmx.io import read_sdmx
path = sys.argv[1]
(dataset,) = read_sdmx(path, validate=False).data
frame = dataset.data
with open(path, encoding="utf-8", newline="") as file:
    lines = list(csv.DictReader(file))
with open(path.replace(".sdmx.csv", ".sdmx.codes.csv"), encoding="utf-8", newline="") as file:
    codes = {(row["CODELIST"], row["CODE"]) for row in csv.DictReader(file)}
if len(frame) != len(lines):
    print(f"{len(frame)} observations of {len(lines)}")
if [float(line["OBS_VALUE"]) for line in lines] != [float(value) for value in frame["OBS_VALUE"]]:
    print("values differ")
lists = {"REF_AREA": "CL_AREA", "INDICATOR": "CL_INDICATOR", "UNIT_MEASURE": "CL_UNIT", "SECTOR": "CL_SECTOR"}
lists |= {"MEASURE": "CL_MEASURE", "OBS_KIND": "CL_OBS_KIND", "FREQ": "CL_FREQ", "OBS_STATUS": "CL_OBS_STATUS"}
for column, name in lists.items():
    missing = {str(code) for code in frame[column]} - {code for codelist, code in codes if codelist == name}
    if missing:
        print(f"{column}: {sorted(missing)[0]} is not in {name}")
"""


def check_sdmx(path: Path) -> Iterator[str]:
    """What is wrong with one figures.sdmx.csv."""
    done = run(sys.executable, "-c", _SDMX, path)
    said = done.stdout if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
    yield from (f"pysdmx: {line}" for line in said.splitlines())


def check_parity(path: Path) -> Iterator[str]:
    """Which other formats of a PDF briefing say something else."""
    said = pdf_text(path.read_bytes())
    for suffix, read in ((".docx", docx_text), (".html", html_text)):
        other = path.with_suffix(suffix)
        if other.exists() and read(other.read_bytes()) != said:
            yield f"{other.name} does not say the same"


def main(folders: list[str]) -> int:
    """Check everything below `folders`."""
    found = [path for folder in folders for path in sorted(Path(folder).rglob("[!.]*")) if path.is_file()]
    found = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    pdfs = [path for path in found if path.suffix == ".pdf"]
    words = [path for path in found if path.suffix == ".docx"]
    findings = [(path, finding) for path in pdfs for finding in check_pdf(path)]
    findings += check_word(words) if words else []
    findings += [(path, finding) for path in pdfs for finding in check_parity(path)]
    # a few: one briefing of each folder, each opened, edited and saved five times
    findings += check_drafts(list({path.parent.name: path for path in words if "新稿" not in path.name}.values()))
    sdmx = [path for path in found if path.name == "figures.sdmx.csv"]
    findings += [(path, finding) for path in sdmx for finding in check_sdmx(path)]
    for path, finding in findings:
        print(f"{path}: {finding}")
    print(f"{len(pdfs)} PDF, {len(words)} Word and {len(sdmx)} SDMX files opened, {len(findings)} findings")
    return 1 if findings or not pdfs or not words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
