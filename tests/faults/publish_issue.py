"""What `sweeps.py` kills: publish the files of one folder as an issue, as a build does after everything is printed.

usage: publish_issue.py FILES OUTPUT
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.publish import hold, publish

MONTH = "2023-09"
RECORDS = ("manifest.json", "run.json")


def artifacts(folder: Path) -> dict[str, bytes]:
    """Name -> bytes of every file of an issue but its two records."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: data for name, data in named.items() if name not in RECORDS and not name.startswith(".")}


def main(files: Path, out: Path) -> int:
    """0, or 1 with the one line that the program would print."""
    made = artifacts(files)
    (files / "BEGIN").exists()  # from here on a system call belongs to the publication
    try:
        with hold(out):
            publish(made, out / MONTH, manifest={"key": files.name}, run={"seconds": {}})
    except ReportgenError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
