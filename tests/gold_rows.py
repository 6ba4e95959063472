"""The gold rows as model.Figure: tests/gold/*.jsonl with the sentence cut from the seed by offsets.

`read_rows(stem)` also reads rows that state a quote instead of offsets (cases written by hand).
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportgen.model import Figure, Source

ROOT = Path(__file__).parent
SEEDS = {path.name[:3]: path for path in sorted((ROOT.parent / "seeds").glob("*.txt"))}
STOPS = "。！？!?；;\n"

SOURCES = {
    SEEDS[stem].name: Source(
        doc=SEEDS[stem].name,
        sha256=stem * 21 + "0",
        title=title,
        area=area,
        area_code=code,
        published=published,
        published_known="literal",
        area_known="literal",
        month_only=stem == "004",
    )
    for stem, title, area, code, published in (
        ("000", "朝阳市新闻发布会(第三场)", "朝阳市", "2113", date(2023, 9, 13)),
        ("001", "鞍山市新闻发布会(第十一场)", "鞍山市", "2103", date(2023, 4, 17)),
        ("002", "辽宁省新闻发布会(第十一场)", "辽宁省", "21", date(2023, 3, 31)),
        ("003", "阜新市政府工作报告", "阜新市", "2109", date(2023, 1, 3)),
        ("004", "承德市民生工程新闻发布会", "承德市", "1308", date(2021, 4, 30)),
    )
}


def make_figure(row: dict[str, Any], *, indicator_id: str = "") -> Figure:
    """One figure from one row (fields of docs/figures.md, offsets into the seed named by `doc`)."""
    text = SEEDS[row["doc"][:3]].read_text("utf-8") if row["doc"][:3] in SEEDS else ""
    start, end = row["start"], row["end"]
    begin = max((text.rfind(stop, 0, start) for stop in STOPS), default=-1) + 1
    stop = re.compile(f"[{STOPS}]").search(text, end)
    finish = stop.end() if stop else len(text)
    sentence = text[begin:finish].rstrip("\n")
    return Figure(
        id=row.get("id") or f"{row['doc'][:3]}-{start}",
        doc=row["doc"],
        start=start,
        end=end,
        num=row["num"],
        unit=row["unit"],
        value=Decimal(str(row["value"])),
        base_unit=row["base_unit"],
        value_high=Decimal(str(row["value_high"])) if row.get("value_high") is not None else None,
        qualifier=row["qualifier"],
        measure=row["measure"],
        status=row["status"],
        period=row["period"],
        period_end=row["period_end"],
        area=row["area"],
        sector=row["sector"],
        indicator=row["indicator"],
        indicator_id=row.get("indicator_id", indicator_id),
        key=bool(row["key"]),
        agency=row.get("agency", ""),
        section=row.get("section", ""),
        sentence=row.get("sentence", sentence),
        sentence_start=begin,
        mark=(start - begin, end - begin + len(row["unit"])),
        known={"value": "literal"},
    )


def gold_rows(stem: str) -> list[dict[str, Any]]:
    """The rows of tests/gold/<stem>.jsonl."""
    lines = (ROOT / "gold" / f"{stem}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def gold_figures(*stems: str) -> tuple[Figure, ...]:
    """All gold figures of the given seeds (default: every seed that has gold rows)."""
    return tuple(make_figure(row) for stem in stems or ("000", "001", "004") for row in gold_rows(stem))
