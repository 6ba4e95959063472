"""Tables: exact values, formula-safe text, fixed columns, deterministic workbook, SDMX-CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from gold_rows import SOURCES, gold_figures, province_figures
from hypothesis import given
from hypothesis import strategies as st

from reportgen import tables
from reportgen.compare import compare
from reportgen.model import Comparisons
from reportgen.notation import exact_text
from reportgen.spreadsheet import guarded, unguarded
from reportgen.tables.plain import csv_bytes
from reportgen.tables.sectors import tables_by_sector
from reportgen.vocabulary import load

FIGURES = gold_figures()
BY_ID = {figure.id: figure for figure in FIGURES}
LIVE = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
HEADS = {
    "comparisons": "indicator_id,indicator,sector,area,value,base_unit,measure,status,period_end,comparable,note,"
    "figure_id",
    "province_share": "indicator_id,period_end,province,province_value,area,area_value,share,"
    "province_figure_id,figure_id",
    "progress": "area,indicator_id,period_end,target_value,actual_value,completion,year_elapsed,verdict,"
    "target_figure_id,figure_id",
    "series": "area,indicator_id,period_end,value,base_unit,growth_stated,growth_computed,figure_id",
    "per_head": "indicator_id,indicator,area,value,base_unit,status,period_end,residents,residents_year,"
    "residents_source,per_head,per_head_unit,figure_id",
    "province_sums": "indicator_id,indicator,period_end,province,province_value,base_unit,known_total,share,"
    "known_areas,prefectures,reaches,province_figure_id,figure_ids",
    "changes": "month,kind,area,indicator_id,indicator,measure,status,base_unit,period_before,value_before,period,"
    "value,difference,growth,figure_id_before,figure_id",
}


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def compared() -> Comparisons:
    return compare(FIGURES, SOURCES.values(), load())


def test_figures_csv_begins_with_the_columns_of_the_definition() -> None:
    head = tables.figures_csv(FIGURES).decode("utf-8-sig").splitlines()[0]
    assert head.startswith(
        "doc,start,end,num,unit,value,base_unit,value_high,qualifier,measure,status,period,period_end,area,sector,"
        "indicator,key,id,indicator_id,agency,section,sentence,sentence_start"
    )


GOLDEN = """\
001_6f44fe436a03f785.txt,306,308,11,万人,110000,人,,eq,level,target,../2025,2025,鞍山市,employment,城镇新增就业,1,001-306
001_6f44fe436a03f785.txt,2083,2089,140.13,万平,1401300,平方米,,eq,level,target,2023,2023,鞍山市,urban,老旧小区改造面积,0,001-2083
001_6f44fe436a03f785.txt,3650,3653,3-5,家,3,家,5,eq,level,target,2023,2023,鞍山市,health,临床重点专科建设,0,001-3650
001_6f44fe436a03f785.txt,3711,3715,3.93,人/万人口,3.93,人/万人口,,eq,level,target,../2025,2025,鞍山市,health,全科医生数量,1,001-3711
"""


def test_figures_csv_prints_every_value_exactly() -> None:
    chosen = [figure for figure in FIGURES if f",{figure.id}\n" in GOLDEN]
    chosen.reverse()
    data = tables.figures_csv([replace(figure, indicator_id="") for figure in chosen])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = data.decode("utf-8-sig").splitlines()[1:]
    assert [",".join(row.split(",")[:18]) for row in rows] == GOLDEN.splitlines()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_decimals_lose_nothing_and_show_no_exponent(value: Decimal) -> None:
    text = exact_text(value)
    assert Decimal(text) == value
    assert NUMBER.fullmatch(text)
    assert not re.search(r"\.[0-9]*0\Z", text)


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_no_csv_cell_starts_a_formula_and_no_text_is_lost(cells: list[str]) -> None:
    assert [unguarded(guarded(cell)) for cell in cells] == cells
    data = csv_bytes(["列"] * len(cells), [cells])
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    for cell, written in zip(cells, rows[1], strict=True):
        assert written in (cell, f"'{cell}")
        assert NUMBER.fullmatch(written) or not LIVE.match(written)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_a_hostile_indicator_is_text_in_csv_and_workbook(text: str) -> None:
    figure = replace(FIGURES[0], indicator=text, area=text)
    assert {row["indicator"] for row in read(tables.figures_csv([figure]))} == {f"'{text}"}
    (by_sector,) = tables.sector_csvs([figure], load()).values()
    assert [name for row in read(by_sector) for name in row if LIVE.match(name)] == []
    book = openpyxl.load_workbook(
        io.BytesIO(tables.tables_xlsx([figure], Comparisons(), SOURCES.values(), load())), data_only=False
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    hostile = [cell for cell in cells if isinstance(cell.value, str) and LIVE.match(cell.value)]
    assert hostile and all(cell.quotePrefix for cell in hostile), "text also after a person has typed in the cell"
    assert any(cell.value.strip("\t\r") == text.strip("\t\r") for cell in hostile)


def test_numbers_stay_numbers() -> None:
    decline = replace(FIGURES[0], num="-5.2", value=Decimal("-5.20"))
    (row,) = read(tables.figures_csv([decline]))
    assert (row["num"], row["value"]) == ("-5.2", "-5.2")


def test_comparison_tables_have_exactly_the_columns_that_other_tools_read() -> None:
    found = compared()
    for name, head in HEADS.items():
        data = getattr(tables, f"{name}_csv")(found).decode("utf-8-sig")
        assert data.splitlines()[0] == head, name


def test_every_value_in_a_comparison_table_is_that_of_its_figure() -> None:
    found = compared()
    first = next(row for row in found.between_areas if row.comparable and not row.notes)
    doubted = replace(first, notes={first.figures[0].id: "口径不同"})
    found = replace(found, between_areas=(doubted, *found.between_areas))
    noted = [bool(row.notes.get(figure.id)) for row in found.between_areas for figure in row.figures]
    ranked = [row.comparable for row in found.between_areas for _ in row.figures]
    assert any(noted) and any(ranked)
    for row, note, rank in zip(read(tables.comparisons_csv(found)), noted, ranked, strict=True):
        assert Decimal(row["value"]) == BY_ID[row["figure_id"]].value
        assert (row["comparable"] == "1", bool(row["note"])) == (rank and not note, note)
    progress = read(tables.progress_csv(found))
    assert progress
    for row in progress:
        assert Decimal(row["target_value"]) == BY_ID[row["target_figure_id"]].value
        assert Decimal(row["actual_value"]) == BY_ID[row["figure_id"]].value


def test_the_frame_holds_all_figures_with_exact_values() -> None:
    frame = tables.figures_frame(reversed(FIGURES))
    assert list(frame.columns) == list(tables.FIGURE_COLUMNS)
    assert dict(zip(frame["id"], frame["value"], strict=True)) == {figure.id: figure.value for figure in FIGURES}


def test_each_figure_stands_in_one_cell_of_its_sector_table() -> None:
    found = {table.code: table for table in tables_by_sector(FIGURES, load())}
    cells = [figure for table in found.values() for _, row in table.rows for figure in row if figure]
    assert sorted(figure.id for figure in cells) == sorted(figure.id for figure in FIGURES)
    jobs = found["employment"]
    ((head, row),) = [(h, r) for h, r in jobs.rows if h[0] == "城镇新增就业" and h[4] == "到2025年"]
    (figure,) = filter(None, row)
    assert (head[3], figure.value, jobs.areas[row.index(figure)]) == ("目标", Decimal(110000), "鞍山市")
    assert set(tables.sector_csvs(FIGURES, load())) >= {"就业社保", "教育"}
    areas = ("朝阳市", "鞍山市", "鞍山市")
    (table,) = tables_by_sector([replace(FIGURES[0], id=str(n), area=area) for n, area in enumerate(areas)], load())
    assert [{figure.id for figure in row if figure} for _, row in table.rows] == [{"0", "1"}, {"2"}]


def test_the_workbook_is_the_same_every_time_and_says_where_numbers_come_from() -> None:
    found = compared()
    data = tables.tables_xlsx(FIGURES, found, SOURCES.values(), load())
    assert data == tables.tables_xlsx(FIGURES, found, SOURCES.values(), load())
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {2000}
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.properties.modified == book.properties.created
    assert {"就业社保", "目标", "进度", "序列"} <= set(book.sheetnames)
    sheet = book["就业社保"]
    assert sheet.freeze_panes == "F2"
    numbers = [cell for row in sheet.iter_rows(min_row=2, min_col=6) for cell in row if cell.value is not None]
    assert len(numbers) == sum(figure.sector == "employment" for figure in FIGURES)
    assert all(cell.comment is not None and len(cell.comment.text) < 500 for cell in numbers)
    about = next(cell for cell in numbers if cell.value == 3.9)
    assert about.number_format == '"约"#,##0.0"万人"'
    assert "城镇新增就业3.9万人左右" in about.comment.text
    assert sheet.cell(about.row, 3).value == "万人"


def sheet_rows(data: bytes, title: str) -> list[dict[str, object]]:
    head, *body = openpyxl.load_workbook(io.BytesIO(data))[title].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def test_the_sheets_say_what_cities_add_up_to_per_head_and_what_is_only_a_hint() -> None:
    figures = [*FIGURES, *province_figures()]
    found = compare(figures, SOURCES.values(), load())
    data = tables.tables_xlsx(figures, found, SOURCES.values(), load())
    targets = sheet_rows(data, "目标")
    (place,) = [n for n, row in enumerate(targets) if row["地区"] == "辽宁省" and row["目标值"] == 45]
    total = targets[place + 1]
    assert (total["地区"], total["目标值"], total["单位"]) == ("辽宁省全省合计", 3.9, "万人")
    assert total["出处"] == "鞍山市3.9万人，占全省数的8.7%；已知1市，共14市；能否达到全省数：未知"
    (jobs,) = [
        row
        for row in sheet_rows(data, "地区对照")
        if row["指标"] == "城镇新增就业" and row["地区"] == "鞍山市" and row["数值"] == 3.9
    ]
    assert (jobs["人均（推算）"], jobs["人均单位"]) == (117, "人/万人")
    assert jobs["人均算式和人口出处"] == ("3.9万人÷332.5372万人（2020年常住人口），辽宁省第七次全国人口普查公报")
    shares = {(row["指标"], row["占全省（%）"]): row["说明"] for row in sheet_rows(data, "占全省份额")}
    assert shares["城镇新增就业", 8.7] is None
    assert "期限不同" in str(shares["老旧管网改造", 1.9])
    assert "本期变化" not in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_a_reader_of_the_workbook_sees_every_number_as_its_source_prints_it() -> None:
    data = tables.tables_xlsx(FIGURES, compared(), SOURCES.values(), load())
    book = openpyxl.load_workbook(io.BytesIO(data))
    wanted = {
        f"{figure.num}{figure.unit}": figure
        for figure in FIGURES
        if figure.measure == "level" and not figure.value_high
    }
    seen = 0
    for sheet in book.worksheets[: len({figure.sector for figure in FIGURES})]:
        for cell in (cell for row in sheet.iter_rows(min_row=2, min_col=6) for cell in row if cell.comment):
            figure = wanted.get(cell.comment.text.split("\n")[1].partition("　")[2])
            if figure and figure.num.replace(".", "").isascii() and figure.unit.endswith(figure.base_unit or "."):
                assert Decimal(str(cell.value)) == Decimal(figure.num.replace(" ", ""))
                assert cell.number_format.endswith(f'"{figure.unit}"')
                seen += 1
    assert seen > 100
    frame = tables.figures_frame(FIGURES)
    assert 39000 in set(frame["value"])  # other programs get base units


def test_every_table_of_comparisons_is_also_a_frame() -> None:
    found = compared()
    frames = tables.comparison_frames(found)
    assert frames.keys() == HEADS.keys()
    for name, frame in frames.items():
        assert list(frame.columns) == HEADS[name].split(",")
        assert len(frame) == len(read(getattr(tables, f"{name}_csv")(found)))


@pytest.mark.parametrize("text", ["=1+1", "-x", "'", "'a", "", "a\rb", "＝", "1.50"])
def test_figures_csv_is_read_back_as_it_was(text: str) -> None:
    figures = [replace(FIGURES[0], indicator=text, value=Decimal("-0.50"), page=3), FIGURES[-1]]
    frame = tables.figures_frame(figures)
    assert tables.read_figures_csv(tables.figures_csv(figures)).equals(frame)


def test_the_workbook_survives_any_text() -> None:
    figure = replace(FIGURES[0], indicator="\x00\x0b\ud800<&>" + "长" * 40000, sentence="\x1f" * 9 + "文" * 5000)
    data = tables.tables_xlsx([figure], Comparisons(), SOURCES.values(), load())
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "党建政务"


def test_sdmx_keys_are_unique_and_codes_are_listed() -> None:
    rows = read(tables.sdmx_csv(FIGURES, SOURCES.values(), load()))
    assert list(rows[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    key = ("REF_AREA", "INDICATOR", "SECTOR", "MEASURE", "OBS_KIND", "FREQ", "FIGURE_ID", "TIME_PERIOD")
    assert len({tuple(row[name] for name in key) for row in rows}) == len(FIGURES)
    codes = {(row["CODELIST"], row["CODE"]) for row in read(tables.sdmx_codes_csv(FIGURES, SOURCES.values(), load()))}
    for row in rows:
        assert {
            ("CL_AREA", row["REF_AREA"]),
            ("CL_INDICATOR", row["INDICATOR"]),
            ("CL_UNIT", row["UNIT_MEASURE"]),
        } <= codes
        assert re.fullmatch(r"[A-Za-z0-9_@$-]+", row["REF_AREA"] + row["INDICATOR"] + row["UNIT_MEASURE"])
        assert re.fullmatch(r"\d{4}(-\d{2})?(-\d{2}/P\d+[YM])?", row["TIME_PERIOD"])
        assert Decimal(row["OBS_VALUE"]) == BY_ID[row["FIGURE_ID"]].value
