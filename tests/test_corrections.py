"""Corrections by people: what each line does, what becomes of mistakes, that the file survives whoever edits it."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import DOCUMENTS, Office, office

from reportgen import vocabulary
from reportgen.corrections import COLUMNS, FILE, Applied, appended, apply, read_corrections, wrong_with
from reportgen.corrections.fields import corrected
from reportgen.corrections.lines import parse
from reportgen.corrections.locate import located
from reportgen.errors import UsageError
from reportgen.model import Document, Extraction, Figure
from reportgen.pipeline.documents import Task, extract_document
from reportgen.read.limits import Limits

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
HEAD = ",".join(COLUMNS) + "\n"
WORDS = vocabulary.load()


@pytest.fixture(scope="module")
def extractions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Extraction, ...]:
    folder = tmp_path_factory.mktemp("seeds")
    found = []
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
        found.append(extract_document(Task(folder / name, name, None, Limits(), None)).extraction)
    assert all(found)
    return tuple(item for item in found if item is not None)


def figures(extractions: tuple[Extraction, ...]) -> dict[str, Figure]:
    return {f"{figure.num}{figure.unit}": figure for item in extractions for figure in item.figures}


def run(extractions: tuple[Extraction, ...], *lines: str) -> Applied:
    ids = {key: figure.id for key, figure in figures(extractions).items()}
    text = HEAD + "\n".join(lines) + "\n"
    for key, figure_id in ids.items():
        text = text.replace(f"<{key}>", figure_id)
    corrections, problems = parse(text.encode())
    applied = apply(extractions, corrections, WORDS)
    return Applied(applied.extractions, applied.changes, (*problems, *applied.problems))


# field, value -> what the figure "12549人" (actual, level, 2023-01/2023-08) becomes
FIELDS = [
    ("value", "12550", {"value": Decimal(12550), "base_unit": "人"}),
    ("value", "1.3万人", {"value": Decimal(13000), "base_unit": "人"}),
    ("value", "-5.25", {"value": Decimal("-5.25")}),
    ("value_high", "13000", {"value_high": Decimal(13000)}),
    ("unit", "万人次", {"unit": "万人次", "value": Decimal(125490000), "base_unit": "人次"}),
    ("base_unit", "户", {"base_unit": "户"}),
    ("period", "../2025", {"period": "../2025", "period_end": "2025"}),
    ("period", "2023-01/2023-09", {"period_end": "2023-09"}),
    ("status", "目标", {"status": "target"}),
    ("measure", "share", {"measure": "share"}),
    ("qualifier", "以上", {"qualifier": "ge"}),
    ("area", "阜新市", {"area": "阜新市"}),
    ("sector", "经济运行", {"sector": "economy"}),
    ("indicator", "失业人员再就业", {"indicator": "失业人员再就业", "indicator_id": "reemployed_unemployed"}),
    ("indicator_id", "", {"indicator_id": ""}),
]


@pytest.mark.parametrize(("field", "value", "expected"), FIELDS)
def test_a_field_is_set_right_and_what_depends_on_it_follows(
    extractions: tuple[Extraction, ...], field: str, value: str, expected: dict[str, object]
) -> None:
    applied = run(extractions, f"<12549人>,,,12549,{field},{value},因为,张三,2026-11-01")
    assert not applied.problems
    figure = figures(applied.extractions).get("12549万人次") or figures(applied.extractions)["12549人"]
    assert {name: getattr(figure, name) for name in expected} == expected
    assert figure.known[field] == "corrected" and figure.num == "12549"
    (change,) = applied.changes
    assert (change.field, change.correction.reason, change.correction.who) == (field, "因为", "张三")


def test_nothing_else_changes(extractions: tuple[Extraction, ...]) -> None:
    applied = run(extractions, "<12549人>,,,,status,target,,,")
    before, after = figures(extractions), figures(applied.extractions)
    assert {key for key in before if before[key] != after[key]} == {"12549人"}
    assert apply(extractions, (), WORDS).extractions == extractions


WRONG = [
    "<12549人>,,,,value,很多,,,",
    "<12549人>,,,,period,去年,,,",
    "<12549人>,,,,period,2023/2021,,,",
    "<12549人>,,,,status,maybe,,,",
    "<12549人>,,,,sector,海洋,,,",
    "<12549人>,,,,indicator_id,no_such,,,",
    "<12549人>,,,,unit,蘑菇,,,",
    "<12549人>,,,,area,,,,",
    "<12549人>,,,,num,5,,,",
    "<12549人>,,,,colour,red,,,",
    "<12549人>,,,,not_a_figure,或许,,,",
    "<12549人>,,,999,value,5,,,",
    "f00000000000,,,,value,5,,,",
    ",没有.txt,新增就业12549人,12549,value,5,,,",
    f",{CITY},这一句已经不在了12549,12549,value,5,,,",
    f",{CITY},全市城镇新增就业,12549,value,5,,,",
    f",{CITY},2023,2023,value,5,,,",
    f",{CITY},市人力资源和社会保障局副局长,,value,5,,,",
    f",{CITY},2023年1至8月,8,value,5,,,",
    f",{CITY},2023年【1】至8月,1,missed,indicator=月份;colour=red,,,",
    f",{CITY},2023年【1】至8月,1,missed,,,,",
    ",,,,value,5,,,",
    "<12549人>,,,,,5,,,",
    '<12549人>,,,,value,"5,,,',
    "<12549人>,,,,value,5,,,,,多出的",
]


@pytest.mark.parametrize("line", WRONG)
def test_a_mistake_is_named_with_its_line_and_the_others_are_applied(
    extractions: tuple[Extraction, ...], line: str
) -> None:
    applied = run(extractions, "<560名>,,,,status,target,,,", line, "<17%>,,,,status,target,,,")
    after = figures(applied.extractions)
    assert after["12549人"] == figures(extractions)["12549人"]
    assert after["560名"].status == after["17%"].status == "target"
    (problem,) = applied.problems
    assert problem.message.startswith(f"{FILE} 第3行：") and problem.doc == FILE


def test_a_sentence_is_found_by_its_words_when_ids_have_changed(extractions: tuple[Extraction, ...]) -> None:
    by_mark = f"f00000000000,{CITY},城镇新增就业【12549】人,,status,target,,,"
    by_number = f",{CITY},扶持创业带头人 560名，带动,560,status,target,,,"
    applied = run(extractions, by_mark, by_number)
    after = figures(applied.extractions)
    assert not applied.problems and after["12549人"].status == after["560名"].status == "target"


def test_brackets_of_the_text_itself_mislead_nobody() -> None:
    text = "【通知】新增就业12人，再新增12人。【就业】12人。"
    document = Document("a", "0", "text/plain", "utf-8", text, text)
    for quote, num, start in (
        ("【通知】新增就业【12】人", "", 8),
        ("【通知】新增就业12人", "12", 8),
        ("再新增【12】人", "12", 15),
        ("【就业】 1 2人", "12", 23),
    ):
        found = located(document, quote, num)
        assert (found.start, found.end) == (start, start + 2), (quote, found)
    assert located(document, "【12】人", "12").why and located(document, "再新增【1】2人", "").why


def test_of_contradicting_lines_the_later_date_wins_and_is_told(extractions: tuple[Extraction, ...]) -> None:
    lines = ["<12549人>,,,,period,2024,,甲,2026/11/3", "<12549人>,,,,period,2022,,乙,2026-11-02"]
    for order in (lines, lines[::-1]):
        applied = run(extractions, *order)
        assert figures(applied.extractions)["12549人"].period == "2024"
        (problem,) = applied.problems
        assert "不一致" in problem.message and problem.figure_ids == (figures(extractions)["12549人"].id,)
    assert not run(extractions, lines[0], lines[0]).problems


def test_not_a_figure_is_taken_out_and_kept_among_the_refused(extractions: tuple[Extraction, ...]) -> None:
    applied = run(extractions, "<12549人>,,,,not_a_figure,1,,甲,2026-11-01")
    assert "12549人" not in figures(applied.extractions)
    assert [item.num for item in applied.extractions[0].rejected if item.rule == "corrected"] == ["12549"]
    back = run(extractions, "<12549人>,,,,not_a_figure,1,,甲,2026-11-01", "<12549人>,,,,not_a_figure,0,,甲,2026-11-02")
    assert back.extractions == extractions
    later = run(extractions, "<12549人>,,,,not_a_figure,1,,甲,2026-11-01", "<12549人>,,,,period,2022,,乙,2026-11-02")
    assert figures(later.extractions)["12549人"].period == "2022" and len(later.problems) == 1


def test_a_missed_number_becomes_a_figure_in_its_context(extractions: tuple[Extraction, ...]) -> None:
    quote = "扶持创业带头人560名，带动就业2300人"
    gone = run(extractions, "<2300人>,,,,not_a_figure,1,,,").extractions
    assert "2300人" not in figures(gone)
    line = f",{CITY},{quote},2300,missed,indicator=创业带动就业；qualifier=ge,,乙,2026-11-02"
    applied = run(gone, line)
    figure, was = figures(applied.extractions)["2300人"], figures(extractions)["2300人"]
    assert not applied.problems
    assert (figure.id, figure.start, figure.sentence, figure.mark) == (was.id, was.start, was.sentence, was.mark)
    assert (figure.value, figure.base_unit, figure.area, figure.period) == (2300, "人", was.area, was.period)
    assert figure.qualifier == "ge" and figure.known["indicator"] == figure.known["qualifier"] == "corrected"
    assert figure.known["period"] == "inherited"
    order = [item.start for item in applied.extractions[0].figures]
    assert order == sorted(order) and [change.field for change in applied.changes] == ["missed"]
    document = gone[0].document
    assert document is not None
    paged = run((replace(gone[0], document=replace(document, pages=(0, 20))), *gone[1:]), line)
    assert figures(paged.extractions)["2300人"].page == 2
    again = run(applied.extractions, line)
    assert len(again.problems) == 1 and "不再需要" in again.problems[0].message


def test_a_missed_number_is_like_what_stands_before_it(extractions: tuple[Extraction, ...]) -> None:
    quote = "全市城镇新增就业将达到1.8万人，开展招聘活动不少于300场"
    gone = run(extractions, f",{CITY},{quote},300,not_a_figure,1,,,").extractions
    found = run(gone, f",{CITY},{quote},300,missed,indicator=招聘活动,,,")
    assert not found.problems
    planned = figures(extractions)["1.8万人"]
    (figure,) = [item for item in found.extractions[0].figures if item.num == "300"]
    assert (figure.status, figure.period, figure.sector) == ("target", planned.period, planned.sector)


def test_a_fall_stays_one_in_another_unit(extractions: tuple[Extraction, ...]) -> None:
    fall = replace(figures(extractions)["17%"], value=Decimal(-17))
    assert corrected(fall, "unit", "个百分点", WORDS).value == -17


def test_files_of_spreadsheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert read_corrections(path) == ((), ())
    path.write_text("\r\n\r\n", encoding="utf-8")
    assert read_corrections(path) == ((), ())
    text = "Field,figure_id,value,who,date,说明\r\nstatus,f1,目标,张三,2026/9/1 8:05,x\r\n,,,,,\r\n"
    for encoding in ("utf-8-sig", "gb18030", "utf-8"):
        path.write_bytes(text.encode(encoding))
        corrections, problems = read_corrections(path)
        assert [(c.line, c.field, c.value, c.date) for c in corrections] == [
            (2, "status", "目标", "2026-09-01T08:05:00")
        ]
        assert len(problems) == 1 and "说明" in problems[0].message
    path.write_bytes(b"\xff\xfe\x00")
    assert read_corrections(path)[0] == () and len(read_corrections(path)[1]) == 1
    path.write_text("doc,value\na,b\n", encoding="utf-8")
    assert len(read_corrections(path)[1]) == 1


def test_an_open_quotation_mark_costs_its_own_line() -> None:
    text = HEAD + 'f1,,,,value,"5,,,\nf2,,"多行\n的引文",,value,6,,,\nf3,,,,value,7,,,\n'
    corrections, problems = parse(text.encode())
    assert [(c.line, c.figure_id) for c in corrections] == [(3, "f2"), (5, "f3")]
    assert ["第2行" in problem.message for problem in problems] == [True]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=20)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), min_size=1, max_size=4))
def test_what_is_appended_reads_back(lines: list[dict[str, str]]) -> None:
    lines = [{**line, "field": "value", "figure_id": f"f{at}", "date": "2026-11-01"} for at, line in enumerate(lines)]
    data = appended(appended(None, lines[:1]), lines[1:])
    corrections, problems = parse(data)
    assert not problems and len(corrections) == len(lines)
    for line, correction in zip(lines, corrections, strict=True):
        wanted = {name: " ".join(text.split()) for name, text in line.items()}
        assert {name: getattr(correction, name) for name in COLUMNS} == wanted


def test_appending_keeps_what_people_wrote() -> None:
    mine = "who,field,figure_id,value\n张三,status,f1,target".encode("gb18030")
    data = appended(mine, [{"figure_id": "f2", "field": "value", "value": "=1+1", "quote": "甲,乙", "who": "李四"}])
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["who"] == "张三" and rows[0]["figure_id"] == "f1"
    assert (rows[1]["value"], rows[1]["quote"], rows[1]["who"]) == ("'=1+1", "甲,乙", "李四")
    assert [c.value for c in parse(data)[0]] == ["target", "=1+1"]
    with pytest.raises(UsageError):
        appended(b"a,b\n1,2\n", [{"field": "value"}])


def test_a_value_is_judged_before_it_is_saved() -> None:
    assert not wrong_with("value", "3.9万人", WORDS) and not wrong_with("missed", "indicator=就业;unit=人", WORDS)
    for field, value in (("value", "两成"), ("missed", "unit=人"), ("missed", "x"), ("unit", "蘑菇"), ("colour", "")):
        assert wrong_with(field, value, WORDS)


def test_a_build_takes_corrections_and_shows_them(office: Office) -> None:
    office.run("build")
    table = office.tree()["2023-09/tables/figures.csv"].decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(table)) if row["num"] == "12549")
    text = HEAD + f"{row['id']},,,,value,12594,核实,张三,2026-11-01\nf0,,,,value,1,,,\n"
    (office.folder / "seeds" / FILE).write_text(text, encoding="utf-8")
    code, _, err = office.run("build")
    assert code == 0 and "第3行" in err and "nothing to do" not in err
    table = office.tree()["2023-09/tables/figures.csv"].decode("utf-8-sig")
    found = next(row for row in csv.DictReader(io.StringIO(table)) if row["num"] == "12549")
    assert found["value"] == "12594" and "value=corrected" in found["known"]
    assert "第3行" in office.tree(run=True)["2023-09/run.json"].decode()
    assert "nothing to do" in office.run("build")[2]
    first = office.tree()
    assert office.run("build", "--force")[0] == 0 and office.tree() == first
    assert "corrected" in office.run("explain", row["id"])[1]
    code, _, err = office.run("check")
    assert code == 3 and "第3行" in err
