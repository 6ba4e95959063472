"""An issue in an output folder: files put there under short names, what stands there, a disk that fails."""

import os
from pathlib import Path

import pytest

from reportgen.publish import Merge, Plan, publish

__all__ = ["DRAFT", "fail_call", "issue", "put", "tree"]
DRAFT = "cities/朝阳市.docx"


def put(folder: Path, complete: bool = True, merge: Merge | None = None, **files: bytes) -> Plan:
    """Publish files whose names are written with __ for / and _ for the dot."""
    artifacts = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return publish(artifacts, folder, manifest={"key": "k"}, run={"seconds": 1}, complete=complete, merge=merge)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but the record of the run and the bases of drafts."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not name.startswith(".base/")}


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return tmp_path / "output" / "2023-09"


def fail_call(patch: pytest.MonkeyPatch, call: str, number: int) -> None:
    """Let the `number`th such call fail as a full disk does."""
    counted = 0

    def check(name: str) -> None:
        nonlocal counted
        counted += name == call
        if counted == number and name == call:
            raise OSError(28, "No space left on device")

    real_open, real_fdopen = os.open, os.fdopen
    for name in ("fsync", "rename"):
        real = getattr(os, name)
        patch.setattr(
            os, name, lambda *given, _name=name, _real=real, **named: (check(_name), _real(*given, **named))[1]
        )

    def opened(path: str, flags: int, *given: int, **named: int) -> int:
        if flags & os.O_CREAT:
            check("open")
        return real_open(path, flags, *given, **named)

    def fdopened(descriptor: int, mode: str) -> object:
        file = real_fdopen(descriptor, mode)
        if "w" not in mode:
            return file

        class Full:
            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def __getattr__(self, name: str) -> object:
                if name == "write":
                    check("write")
                return getattr(file, name)

        return Full()

    patch.setattr(os, "open", opened)
    patch.setattr(os, "fdopen", fdopened)
