"""The verb review: the evidence page of an issue on 127.0.0.1, and what people correct on it into corrections.csv.

In: a request. Out: lines at the end of seeds/corrections.csv, each written whole under a lock, so that two people at
once lose nothing. No other file is written, and nothing is rebuilt: the next run picks the corrections up.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reportgen import publish
from reportgen.errors import LockedError, ReportgenError, UsageError
from reportgen.pipeline.printing import DESK
from reportgen.pipeline.request import Request
from reportgen.publish.folder import open_folder

LOCK_SECONDS = 10.0
MOST_LINES = 100
LONGEST_CELL = 2000
_DATA = re.compile(rb'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


class RefusedLineError(ReportgenError):
    """A correction that the file cannot take; nothing of what came with it was saved."""


@dataclass(slots=True)
class Desk:
    """One issue's page while it is being reviewed. `who` is put where a line names nobody."""

    request: Request
    folder: Path
    who: str
    _stamp: tuple[int, int] = (0, 0)
    _page: bytes = b""
    _key: str = ""
    _ids: frozenset[str] = frozenset()
    _docs: frozenset[str] = frozenset()
    _files: frozenset[str] = field(default_factory=frozenset)

    def page(self) -> bytes:
        """The published page as it is now. Raises ReportgenError where it is gone or no evidence page."""
        path = self.folder / DESK
        try:
            found = path.stat()
            if (found.st_mtime_ns, found.st_size) != self._stamp:
                self._take(path.read_bytes())
                self._stamp = found.st_mtime_ns, found.st_size
        except OSError as error:
            raise ReportgenError(f"cannot be read: {error.strerror}", where=str(path), hint="reportgen build") from None
        return self._page

    def _take(self, page: bytes) -> None:
        match = _DATA.search(page)
        try:
            data: Mapping[str, Any] = json.loads(match[1]) if match else {}
            self._key = data["key"]
            self._ids = frozenset(row[0] for row in data["figures"])
            self._docs = frozenset(document["name"] for document in data["documents"])
        except (ValueError, KeyError, TypeError, IndexError):
            raise ReportgenError(
                "this is no evidence page of this version",
                where=str(self.folder / DESK),
                hint="reportgen build --force",
            ) from None
        self._page = page
        self._files = frozenset(publish.read_manifest(self.folder).get("outputs", ()))

    def file(self, name: str) -> bytes | None:
        """A file of the issue, for the links of the page; None for whatever the issue did not publish."""
        self.page()
        if name not in self._files:
            return None
        with open_folder(self.folder) as opened:
            return opened.read(name)

    def waiting(self) -> list[dict[str, str]]:
        """The lines in corrections.csv, for the page to show those that no run has picked up yet."""
        from reportgen.corrections import COLUMNS, FILE, read_corrections

        corrections, _ = read_corrections(self.request.seeds / FILE)
        return [{name: getattr(correction, name) for name in COLUMNS} for correction in corrections]

    def save(self, key: str, lines: list[Mapping[str, str]]) -> int:
        """Append lines to corrections.csv, with who and when; how many. Raises RefusedLineError, LockedError."""
        from reportgen.corrections import FILE, appended

        self.page()
        if key != self._key:
            raise RefusedLineError("本页是旧的一期，已有新的生成结果；请刷新后再改")
        if not lines or len(lines) > MOST_LINES:
            raise RefusedLineError(f"一次可存 1 到 {MOST_LINES} 行")
        now = datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None).isoformat(timespec="seconds")
        checked = [{**self._checked(line), "date": now} for line in lines]
        with _held(self.request.seeds):
            with open_folder(self.request.seeds.resolve()) as opened:
                data = opened.read(FILE)
            if data is None and (self.request.seeds / FILE).is_symlink():
                raise ReportgenError("is a symbolic link", where=FILE, hint="put the file itself there")
            publish.replace_files({FILE: appended(data, checked)}, self.request.seeds)
        return len(checked)

    def _checked(self, line: Mapping[str, str]) -> dict[str, str]:
        from reportgen import vocabulary
        from reportgen.corrections import COLUMNS, FIELDS, wrong_with

        cells = {name: line.get(name, "") for name in COLUMNS}
        if not all(isinstance(cell, str) and len(cell) <= LONGEST_CELL for cell in cells.values()):
            raise RefusedLineError(f"每格是不超过 {LONGEST_CELL} 字的文字")
        if cells["field"] not in FIELDS:
            raise RefusedLineError(f"不认识的字段“{cells['field'][:40]}”")
        if cells["doc"] not in self._docs or not (cells["figure_id"] or cells["quote"]):
            raise RefusedLineError("没有这份材料，或没有说是哪个数")
        if cells["figure_id"] and cells["figure_id"] not in self._ids:
            raise RefusedLineError(f"本期没有编号“{cells['figure_id'][:20]}”")
        wrong = wrong_with(cells["field"], cells["value"].strip(), vocabulary.load(self.request.vocabulary))
        if wrong:
            raise RefusedLineError(wrong)
        return {**cells, "who": cells["who"].strip() or self.who}


def desk_of(request: Request, who: str = "") -> Desk:
    """The desk of the month that was asked for, else of the newest issue. Raises UsageError where there is none."""
    known = [folder.name for folder in publish.issue_folders(request.out) if (folder / DESK).is_file()]
    month = request.month or next(iter(known), "")
    if month not in known:
        raise UsageError(
            f"there is no {DESK} of {month}" if month else f"there is no {DESK} yet",
            where=str(request.out),
            hint="reportgen build",
        )
    if not request.seeds.is_dir():
        raise UsageError("there is no such folder of documents", where=str(request.seeds), hint="--seeds DIR")
    desk = Desk(request, request.out / month, who.strip() or _user())
    desk.page()
    return desk


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """A lock on the documents' folder itself, waited for a while: saving takes no time, and leaves no lock file."""
    until = time.monotonic() + LOCK_SECONDS
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    raise LockedError("另一人正在保存，请稍后再试", where=str(folder)) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)
