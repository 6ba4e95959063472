"""The seeds against rows written by hand (tests/gold): how many numbers are found, and how many fields are right.

A small scorer of its own: a figure belongs to the gold row whose number it overlaps; `*_alt` lists other right answers;
a row marked `optional` counts neither way. Names agree when one holds the other or half of their pairs of characters
are shared.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from gold_rows import SEEDS, gold_rows

from reportgen.clean import clean
from reportgen.extract import extract
from reportgen.extract.grounding import holds
from reportgen.model import Extraction, Figure
from reportgen.read import read_document
from reportgen.segment import segment
from reportgen.vocabulary import load

WORDS = load()
AT_LEAST = {
    "found": 0.99,
    "value": 0.995,
    "measure": 0.98,
    "status": 0.98,
    "qualifier": 0.98,
    "time": 0.98,
    "area": 0.99,
    "sector": 0.95,
    "name": 0.95,
    "row": 0.90,
}
SAME_UNIT = {"名": "人", "场次": "场", "家次": "家", "金": "枚", "银": "枚", "铜": "枚", "次": "", "百分点": "个百分点"}


def read(path: Path, name: str = "") -> tuple[str, Extraction]:
    document = clean(read_document(path, name=name or path.name))
    return document.raw, extract(segment(document, listing=None, vocabulary=WORDS), WORDS)


@pytest.fixture(scope="module")
def seeds() -> dict[str, tuple[str, Extraction]]:
    return {stem: read(path) for stem, path in SEEDS.items()}


def same_name(one: str, other: str) -> bool:
    one, other = (text.replace("的", "").replace("、", "") for text in (one, other))
    if min(len(one), len(other)) >= 2 and (one in other or other in one):
        return True
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} or {text} for text in (one, other))
    return 2 * len(first & second) >= 0.5 * (len(first) + len(second))


def right_fields(figure: Figure, row: Mapping[str, Any]) -> dict[str, bool]:
    base, wanted = (SAME_UNIT.get(unit, unit) for unit in (figure.base_unit, row["base_unit"]))
    ends = {str(row["period_end"])[:4], *(str(end)[:4] for end in row.get("period_end_alt", []))}
    right = {
        "value": abs(figure.value - Decimal(str(row["value"]))) <= abs(figure.value) / 10**6 and base == wanted,
        "time": "P1Y" in ends or figure.period_end[:4] in ends,
        "name": same_name(figure.indicator, row["indicator"]),
    }
    for name in ("measure", "status", "qualifier", "area", "sector"):
        right[name] = getattr(figure, name) in (row[name], *row.get(f"{name}_alt", []))
    right["row"] = all(right.values())
    return right


def score(figures: tuple[Figure, ...], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Measure -> its value; found and row are F1, the others accuracies over what was found."""
    taken: dict[int, dict[str, bool]] = {}
    extra = 0
    for figure in figures:
        over = [i for i, row in enumerate(rows) if row["start"] < figure.end and figure.start < row["end"]]
        best = max(
            over, key=lambda i: (rows[i]["value"] == figure.value, rows[i]["measure"] == figure.measure), default=-1
        )
        if best < 0 or best in taken:
            extra += 1
        else:
            taken[best] = right_fields(figure, rows[best])
    hits = [right for i, right in taken.items() if not rows[i].get("optional")]
    wanted = sum(not row.get("optional") for row in rows)
    count = {name: sum(right[name] for right in hits) for name in AT_LEAST if name != "found"}
    accuracy = {name: number / len(hits) for name, number in count.items() if name != "row"}
    both = len(hits) + extra + wanted
    return {**accuracy, "found": 2 * len(hits) / both, "row": 2 * count["row"] / both}


def test_the_measures_of_the_plan_are_reached(seeds: dict[str, tuple[str, Extraction]]) -> None:
    figures: list[Figure] = []
    rows: list[dict[str, Any]] = []
    for place, stem in enumerate(("000", "001", "004")):
        # one scale for all documents, so that offsets of one never overlap those of another
        shift = place * 10**6
        figures += [moved(figure, shift) for figure in seeds[stem][1].figures]
        rows += [{**row, "start": row["start"] + shift, "end": row["end"] + shift} for row in gold_rows(stem)]
    reached = score(tuple(figures), rows)
    assert {name: value for name, value in reached.items() if value < AT_LEAST[name]} == {}


def moved(figure: Figure, shift: int) -> Figure:
    return replace(figure, start=figure.start + shift, end=figure.end + shift)


def test_a_worse_reading_scores_worse(seeds: dict[str, tuple[str, Extraction]]) -> None:
    """The scorer itself: without some figures less is found, and a wrong sector is seen."""
    figures, rows = seeds["001"][1].figures, gold_rows("001")
    full = score(figures, rows)
    assert score(figures[::2], rows)["found"] < full["found"]
    assert score(tuple(replace(figure, sector="energy") for figure in figures), rows)["sector"] < 0.1


def test_every_figure_holds_its_digits(seeds: dict[str, tuple[str, Extraction]]) -> None:
    for raw, found in seeds.values():
        assert [problem for problem in found.problems if problem.code == "ungrounded"] == []
        assert all(holds(raw[figure.start : figure.end], figure.num) for figure in found.figures)
        starts = [figure.start for figure in found.figures]
        assert starts == sorted(set(starts))


def test_a_body_printed_twice_is_counted_once(seeds: dict[str, tuple[str, Extraction]]) -> None:
    raw, found = seeds["001"]
    again = raw.index("14日,市政府新闻办", raw.index("14日,市政府新闻办") + 1)
    assert max(figure.end for figure in found.figures) < again
    groups = defaultdict(list)
    for figure in found.figures:
        groups[figure.indicator, figure.value, figure.measure, figure.status, figure.period, figure.area].append(figure)
    assert [group for group in groups.values() if len(group) > 1] == []


def test_the_damaged_seed_has_clean_names(seeds: dict[str, tuple[str, Extraction]]) -> None:
    from opencc import OpenCC

    names = [figure.indicator for figure in seeds["003"][1].figures]
    assert len(names) > 250
    assert [name for name in names if OpenCC("t2s").convert(name) != name] == []
    assert [name for name in names if any(char.isalpha() and char < "\u3000" and char.islower() for char in name)] == []


@pytest.mark.parametrize("stem", ["001", "004"])
@pytest.mark.parametrize("form", ["utf-16", "gb18030", "utf-8-sig", "html", "docx"])
def test_every_form_of_a_text_gives_the_same_figures(
    stem: str, form: str, seeds: dict[str, tuple[str, Extraction]], tmp_path: Path
) -> None:
    raw, found = seeds[stem]
    path = tmp_path / f"{SEEDS[stem].stem}.{form if form in ('html', 'docx') else 'txt'}"
    if form == "html":
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in raw.split("\n") if line.strip())
        path.write_text(f"<html><body><article>{body}</article></body></html>", encoding="utf-8")
    elif form == "docx":
        word = WordDocument()
        for line in raw.split("\n"):
            if line.strip():
                word.add_paragraph(line.strip())
        word.save(str(path))
    else:
        path.write_bytes(raw.encode(form))
    assert fields(read(path)[1]) == fields(found)


def fields(found: Extraction) -> list[tuple[object, ...]]:
    return [
        (f.num, f.value, f.base_unit, f.measure, f.qualifier, f.status, f.period, f.area, f.sector, f.indicator)
        for f in found.figures
    ]
