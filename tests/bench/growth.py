"""How extraction grows with the number of documents: `python tests/bench/growth.py 1000 10000 100000`.

Every size goes the way of a large set, so that the same work is compared. Prints one line of a Markdown table a size.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from documents import documents, write
from watching import watch

ROOT = Path(__file__).parent.parent.parent
AS_LARGE = """
import sys
from reportgen.cli import main
from reportgen.pipeline import extract
extract.HELD = 0
main(sys.argv[1:])
"""
FOLDER = "documents"


def main() -> None:
    """Make, extract and forget one set after the other."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--characters", type=int, default=1_500)
    parser.add_argument("--jobs", default="serial")
    chosen = parser.parse_args()
    print("| documents | characters | figures | seconds | processor ms a document | peak MiB, whole tree |")
    print("|---:|---:|---:|---:|---:|---:|")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory(prefix="reportgen-growth-") as folder:
            characters = write(documents(size, characters=chosen.characters), Path(folder, FOLDER))
            command = [
                sys.executable,
                "-c",
                AS_LARGE,
                "extract",
                FOLDER,
                "--out",
                "tables",
                "--quiet",
                "--jobs",
                chosen.jobs,
            ]
            cost = watch(command, Path(folder), {"PYTHONPATH": str(ROOT)})
            with Path(folder, "tables", "figures.csv").open(encoding="utf-8-sig") as file:
                figures = sum(1 for _ in file) - 1
            each = 1_000 * cost.processor / size
            print(
                f"| {size:,} | {characters:,} | {figures:,} | {cost.wall:.0f} | {each:.2f} | {cost.megabytes:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
