"""How fast and how small, against the bounds that the project promises: `make bench`.

Times are of this machine and this moment; each line prints the measured value, the bound and their ratio (below 1 is
within the bound). The exit code is 1 when a bound is broken. Nothing is written but into a temporary folder.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
REPORTGEN = [sys.executable, "-m", "reportgen"]
CHARACTERS_A_SECOND = 100_000
BUILD_SECONDS = 30.0
NOTHING_NEW_SECONDS = 0.5
HELP_SECONDS = 0.3
MEGABYTES = 500.0


def seconds(*arguments: str, best_of: int = 1) -> float:
    """The shortest of some runs of the command."""
    times = []
    for _ in range(best_of):
        begun = time.perf_counter()
        subprocess.run([*REPORTGEN, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return min(times)


def extraction_rate() -> float:
    """Characters read, cleaned, segmented and extracted a second, on one core, the vocabulary already loaded."""
    from reportgen import vocabulary
    from reportgen.pipeline.documents import Task, extract_document
    from reportgen.read.limits import Limits

    vocabulary.load()
    tasks = [Task(path, path.name, None, Limits(), None) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    characters = sum(len(task.path.read_text(encoding="utf-8")) for task in tasks)
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()  # of this process alone: other work on the machine does not count
        readings = [extract_document(task) for task in tasks]
        best = min(best, time.process_time() - begun)
        assert all(reading.extraction for reading in readings)
    return characters / best


def line(name: str, measured: float, bound: float, unit: str, *, at_least: bool = False) -> bool:
    """Print one comparison; whether it holds."""
    ratio = bound / measured if at_least else measured / bound
    sign = "≥" if at_least else "≤"
    print(f"{name:<28} {measured:>12,.2f} {unit:<8} bound {sign} {bound:>10,.2f}   ratio {ratio:.2f}")
    return ratio <= 1


def main() -> int:
    """Measure everything once."""
    os.environ["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryDirectory() as folder:
        good = [
            line("extraction", extraction_rate(), CHARACTERS_A_SECOND, "chars/s", at_least=True),
            line("full build, no cache", seconds("build", "--quiet", "--out", folder), BUILD_SECONDS, "s"),
            line("nothing new", seconds("build", "--quiet", "--out", folder, best_of=3), NOTHING_NEW_SECONDS, "s"),
            line("reportgen --help", seconds("--help", best_of=3), HELP_SECONDS, "s"),
        ]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    good.append(line("peak memory of a build", peak, MEGABYTES, "MiB"))
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
