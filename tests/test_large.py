"""A set too large to be held yields the same lines as one that is held, whatever only the whole set can settle."""

import csv
from pathlib import Path

import pytest
from office import DOCUMENTS, Office, office

__all__ = ["office"]
WRITTEN = ("figures.csv", "figures.sdmx.codes.csv", "figures.sdmx.csv")
PLACES = {"甲.txt": "北京市,朝阳区", "丙.txt": "长春市,朝阳区", "乙.txt": ",西安市", "丁.txt": ",大连市"}


@pytest.fixture
def crowd(office: Office) -> Office:
    """More documents: two places of one name, plain ones between and behind them, and corrections in two of them."""
    seeds = office.folder / "seeds"
    text = DOCUMENTS["鞍山市_2023-04-17.txt"]
    for number, (name, place) in enumerate(PLACES.items()):
        above, _, area = place.partition(",")
        words = text.replace("鞍山市", above + area).replace("3.9万", f"{number + 2}.9万")
        (seeds / name).write_text(words, encoding="utf-8")
    (seeds / "corrections.csv").write_text(
        "doc,quote,num,field,value\n"
        "乙.txt,开展各类招聘活动不少于300场,300,period,2024\n"
        "鞍山市_2023-04-17.txt,同比增长5.2%,5.2,not_a_figure,1\n",
        encoding="utf-8",
    )
    return office


def tables(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_set_too_large_to_be_held_has_the_same_lines(crowd: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, said = crowd.run("extract", "seeds", "--out", "held")
    held = tables(crowd.folder / "held")
    monkeypatch.setattr("reportgen.pipeline.extract.HELD", 1)
    assert crowd.run("extract", "seeds", "--out", "large")[0] == code == 0
    assert tables(crowd.folder / "large") == {name: held[name] for name in WRITTEN}
    rows = list(csv.DictReader((crowd.folder / "held/figures.csv").read_text(encoding="utf-8-sig").splitlines()))
    areas = {row["area"] for row in rows}
    assert {"北京市朝阳区", "长春市朝阳区", "西安市"} <= areas, "the set has places of one name"
    assert any("corrected" in row["known"] for row in rows) and "warning" not in said


def test_tables_of_a_smaller_set_do_not_stay_beside_those_of_a_large_one(
    crowd: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.run("extract", "seeds", "--out", "tables")
    monkeypatch.setattr("reportgen.pipeline.extract.HELD", 1)
    _, _, said = crowd.run("extract", "seeds", "--out", "tables")
    assert sorted(tables(crowd.folder / "tables")) == sorted(WRITTEN)
    assert "left out (try: reportgen build" in said
