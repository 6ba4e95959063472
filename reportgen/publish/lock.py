"""One run at a time: a kernel lock on `.lock` in the output folder, freed even when the holder is killed.

In: the output folder. Out: the lock, held for one `with`; LockedError (exit code 11) says who holds it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reportgen.errors import LockedError, ReportgenError

LOCK = ".lock"


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, made when it is missing."""
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # not inheritable by default: a worker that outlives a killed run must not keep the lock
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ReportgenError("the lock file is a symbolic link", where=str(path), hint="remove it") from None
        raise ReportgenError(
            f"the output folder cannot be written: {error.strerror}", where=str(folder), hint="--out FOLDER"
        ) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockedError(
                f"another run holds the output folder ({_holder(descriptor)})", where=str(folder), hint="wait for it"
            ) from None
        started = datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(timespec="seconds")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "start": started}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    try:
        said = json.loads(os.pread(descriptor, 200, 0))
        return f"process {int(said['pid'])}, since {str(said['start'])[:25]!s}"
    except (ValueError, KeyError, TypeError):
        return "process unknown"
