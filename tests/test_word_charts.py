"""Charts that can be edited in Word: valid, with the numbers behind them, and safe in drafts that people edit."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from word_sample import BLOCKS, TEMPLATE, briefing, house, picture

from reportgen.drafts import merge
from reportgen.model import Bar, Block, Chart, Picture
from reportgen.ooxml import read_package, write_package
from reportgen.render.docx import render
from reportgen.render.docx.native import CHART

ODD = "=1+1<b>&\"'％某市"


def drawn(kind: str, *bars: Bar, notes: tuple[str, ...] = ()) -> Picture:
    chart = Chart(kind, kind, "三市就业对照", "人", "人", bars, notes)  # type: ignore[arg-type]
    return replace(picture(), chart=chart)


TWO = (
    Bar(ODD, "2023年1—9月", Decimal(12549), "12549人", "actual", ("a",), aside="5／6", alert=True),
    Bar("乙市", "2023年", Decimal("-3.5"), "约−3.5人", "target", ("b",), reference=Decimal(7), reference_text="7人"),
)


def word(*blocks: Block) -> bytes:
    return render(briefing(*blocks), house(), template=TEMPLATE, native_charts=True)


def faults(data: bytes, folder: Path) -> list[str]:
    path = folder / "audited.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


@pytest.mark.parametrize("kind", ["bars", "share", "progress", "growth"])
def test_word_draws_what_the_picture_shows(kind: str, tmp_path: Path) -> None:
    data = word(drawn(kind, *TWO, notes=("≠ 口径不同。",)))
    assert faults(data, tmp_path) == []
    parts = read_package(data, where="test")
    assert not [name for name in parts if name.startswith("word/media/")]
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    words = "".join(chart.itertext())
    assert ODD in words and "12549人（5／6） ≠" in words and "约−3.5人" in words
    assert len(chart.findall(f".//{{{CHART}}}dPt")) == (2 if kind == "growth" else 1), "targets are hatched"
    sheet = load_workbook(io.BytesIO(parts["word/embeddings/chart1.xlsx"])).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == [12549, -3.5]
    assert rows[1][0].startswith(ODD) and sheet["A2"].data_type == "s", "a name is no formula"
    assert "≠ 口径不同。" in "".join(etree.fromstring(parts["word/document.xml"]).itertext())


def test_what_word_cannot_draw_stays_a_picture(tmp_path: Path) -> None:
    cell = Bar("甲市", "", Decimal(3), "3", "actual", (), cells=(1, 2))
    data = word(drawn("coverage", cell), drawn("bars", *TWO), drawn("series", *TWO), drawn("growth", *TWO))
    assert faults(data, tmp_path) == []
    names = read_package(data, where="test")
    assert {"word/media/image1.png", "word/media/image2.png", "word/charts/chart2.xml"} <= names.keys()
    assert "word/charts/chart3.xml" not in names


def test_pictures_are_the_default() -> None:
    names = read_package(render(briefing(*BLOCKS), house(), template=TEMPLATE), where="test")
    assert not [name for name in names if "chart" in name or name.endswith(".xlsx")]


def test_a_new_chart_arrives_in_an_edited_draft_with_its_numbers(tmp_path: Path) -> None:
    old, changed = drawn("bars", *TWO), drawn("bars", replace(TWO[0], value=Decimal(20000), text="20000人"), TWO[1])
    base, new = (
        word(*(chart if isinstance(block, Picture) else block for block in BLOCKS)) for chart in (old, changed)
    )
    parts = read_package(base, where="test")
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("年内力争建设", "年内力争抓紧建设", 1).encode()
    merged = merge(base, write_package(parts), new, date="2023-10-13")
    assert merged.data is not None, merged.reason
    assert faults(merged.data, tmp_path) == []
    found = read_package(merged.data, where="test")
    assert "抓紧" in found["word/document.xml"].decode()
    charts = [
        "".join(etree.fromstring(part).itertext())
        for name, part in found.items()
        if "charts/reportgen_" in name and name.endswith(".xml")
    ]
    assert len(charts) == 1 and "20000人" in charts[0]
    sheets = [load_workbook(io.BytesIO(part)).active for name, part in found.items() if "embeddings/reportgen_" in name]
    assert [sheet["B2"].value for sheet in sheets] == [20000]
