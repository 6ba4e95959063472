"""corrections.csv <-> corrections: a file that people edit by hand and in spreadsheets, line by line.

In: the file. Out: one `Correction` a line and a Problem, with line number and reason, for each line that is none; an
open quotation mark costs its own line, not the rest of the file. Also the other way: lines added to the file's bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reportgen.errors import UsageError
from reportgen.model import Correction, Problem
from reportgen.spreadsheet import guarded, unguarded

FILE = "corrections.csv"
COLUMNS = ("figure_id", "doc", "quote", "num", "field", "value", "reason", "who", "date")
LARGEST = 16 * 2**20
_LONGEST_RECORD = 20
_NEWLINE = re.compile("\r\n|\n|\r")
_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_DATE = re.compile(_DAY + r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def read_corrections(path: Path) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The corrections of a file, and what is wrong with it; no file, no corrections."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (complaint(0, f"读不出：{error.strerror}"),)
    if len(data) > LARGEST:
        return (), (complaint(0, f"超过 {LARGEST // 2**20} MB，未读"),)
    return parse(data)


def parse(data: bytes) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The corrections in the bytes of a file, UTF-8 or, as spreadsheets in China save it, GB 18030."""
    text = _decoded(data)
    if text is None:
        return (), (complaint(0, "既不是 UTF-8 也不是 GB 18030，请另存为 CSV UTF-8"),)
    records = _records(text)
    _, head = next(records, (1, []))
    if not text.strip():
        return (), ()
    columns = [name.strip().lower() for name in head or ()]
    if "field" not in columns or not {"figure_id", "quote"} & set(columns):
        return (), (complaint(1, f"表头要有 field，以及 figure_id 或 doc、quote；列名为 {'、'.join(COLUMNS)}"),)
    problems = [complaint(1, f"不认识的列“{name}”，已跳过") for name in columns if name and name not in COLUMNS]
    found = []
    for line, cells in records:
        if cells is None:
            problems.append(complaint(line, "引号没有配对，这一行未用"))
        elif len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            problems.append(complaint(line, "单元格比表头多，含逗号的文字请加引号；这一行未用"))
        elif any(cell.strip() for cell in cells):
            correction = _correction(
                line, dict(zip(columns, (unguarded(cell.strip()) for cell in cells), strict=False)), problems
            )
            if correction is not None:
                found.append(correction)
    return tuple(found), tuple(problems)


def appended(data: bytes | None, lines: Sequence[Mapping[str, str]]) -> bytes:
    """The bytes of the file with `lines` (column -> text) added at its end; None is no file yet.

    What stands in the file stays, in the order of its own columns; columns that it lacks are added to its head.
    Raises UsageError where the file cannot be added to.
    """
    text = _decoded(data or b"")
    if text is None:
        raise UsageError("neither UTF-8 nor GB 18030", where=FILE, hint="save it as CSV UTF-8")
    records = _records(text)
    _, head = next(records, (1, []))
    if head is None or (head and "field" not in [name.strip().lower() for name in head]):
        raise UsageError("the first line is no head with a column `field`", where=f"{FILE}:1", hint=",".join(COLUMNS))
    columns = [*head, *(name for name in COLUMNS if name not in [known.strip().lower() for known in head])]
    if columns != head:
        rest = _NEWLINE.split(text, maxsplit=1)[1:] if head else []
        text = _row(columns) + "".join(rest)
    if text and not text.endswith(("\n", "\r")):
        text += "\r\n"
    names = [name.strip().lower() for name in columns]
    text += "".join(_row([guarded(_one_line(line.get(name, ""))) for name in names]) for line in lines)
    return text.encode("utf-8-sig")


def complaint(line: int, reason: str, figure_ids: tuple[str, ...] = (), *, grave: bool = True) -> Problem:
    """What is wrong with a line of the file."""
    where = f"{FILE} 第{line}行：" if line else f"{FILE}："
    return Problem("warning" if grave else "doubt", "correction", where + reason, FILE, figure_ids=figure_ids)


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _records(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """First line number and cells of each record; None where its quotation marks do not close."""
    lines = _NEWLINE.split(text)
    at = 0
    while at < len(lines):
        for end in range(at + 1, min(at + _LONGEST_RECORD, len(lines)) + 1):
            cells = _cells("\n".join(lines[at:end]))
            if cells is not None:
                yield at + 1, cells
                at = end
                break
        else:
            yield at + 1, None
            at += 1


def _cells(record: str) -> list[str] | None:
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None


def _correction(line: int, cells: Mapping[str, str], problems: list[Problem]) -> Correction | None:
    known = {name: text for name, text in cells.items() if name in COLUMNS}
    if not known.get("field"):
        problems.append(complaint(line, "没有写 field（改哪个字段）；这一行未用"))
        return None
    if not known.get("figure_id") and not (known.get("doc") and known.get("quote")):
        problems.append(complaint(line, "要写 figure_id，或 doc 和 quote；这一行未用"))
        return None
    date = _date(known.get("date", ""))
    if date is None:
        problems.append(complaint(line, f"日期“{known['date'][:20]}”读不出，当作没有日期", grave=False))
    return Correction(line=line, **{**known, "field": known["field"].lower(), "date": date or ""})


def _date(text: str) -> str | None:
    """A date as people and spreadsheets write it, in ISO form; None where it is none.

    >>> _date("2023/9/13"), _date("2023-09-13 8:05"), _date(""), _date("昨天"), _date("2023-13-01")
    ('2023-09-13', '2023-09-13T08:05:00', '', None, None)
    """
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        moment = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    return moment.isoformat() if match[4] else moment.date().isoformat()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _row(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
