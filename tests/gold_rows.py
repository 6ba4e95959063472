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


# What 辽宁省 says beside 鞍山市 (seed 002, read by hand): indicator as 鞍山市 names it, quote, number, unit, value,
# base unit, qualifier, period.
PROVINCE = [
    ("城镇新增就业", "城镇新增就业45万人左右", "45", "万人", 450000, "人", "approx", "2023"),
    ("城镇新增就业", "新增城镇就业138万人", "138", "万人", 1380000, "人", "eq", "../2025"),
    ("高校毕业生就业岗位", "高校毕业生就业岗位42万个", "42", "万个", 420000, "个", "ge", "2023"),
    ("企业稳定岗位", "稳定岗位330万个", "330", "万个", 3300000, "个", "eq", "2023"),
    ("失业人员再就业", "失业人员再就业35万人", "35", "万人", 350000, "人", "ge", "2023"),
    ("就业困难人员就业", "就业困难人员就业6万人", "6", "万人", 60000, "人", "ge", "2023"),
    ("创业带头人", "扶持创业带头人1万人", "1", "万人", 10000, "人", "ge", "2023"),
    ("创业带头人带动就业", "带动就业6万人", "6", "万人", 60000, "人", "ge", "2023"),
    ("创业活动", "创业活动不少于330场次", "330", "场次", 330, "场次", "ge", "2023"),
    ("新增养老床位", "增加养老床位3000张", "3000", "张", 3000, "张", "approx", "P1Y"),
    ("老旧管网改造", "改造老旧管网1.6万公里", "1.6", "万公里", 16000, "公里", "eq", "../2025"),
    ("老旧小区改造", "改造老旧小区1200个", "1200", "个", 1200, "个", "eq", "2023"),
    ("老旧小区改造楼栋", "11923栋楼", "11923", "栋", 11923, "栋", "eq", "2023"),
    ("老旧小区改造面积", "建筑面积4889万平方米", "4889", "万平方米", 48890000, "平方米", "eq", "2023"),
    ("老旧小区改造惠及居民", "涉及居民71.4万户", "71.4", "万户", 714000, "户", "eq", "2023"),
    ("老旧小区改造投资", "预计投资额约146亿元", "146", "亿元", 14600000000, "元", "approx", "2023"),
]


def province_figures() -> list[Figure]:
    """The targets of seed 002 that 鞍山市 (seed 001) has targets for."""
    path = SEEDS["002"]
    text = path.read_text("utf-8")
    found = []
    for indicator, quote, num, unit, value, base_unit, qualifier, period in PROVINCE:
        start = text.index(quote) + quote.index(num)
        found.append(
            make_figure(
                {
                    "doc": path.name,
                    "start": start,
                    "end": start + len(num),
                    "num": num,
                    "unit": unit,
                    "value": value,
                    "base_unit": base_unit,
                    "qualifier": qualifier,
                    "measure": "level",
                    "status": "target",
                    "period": period,
                    "period_end": period.rpartition("/")[2],
                    "area": "辽宁省",
                    "sector": "employment",
                    "indicator": indicator,
                    "key": 0,
                }
            )
        )
    return found
