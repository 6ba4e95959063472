"""The program as a library: what the manual shows works, frames hold what the CSV files hold, imports stay cheap."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import reportgen
from reportgen.errors import ReportgenError

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def seeds() -> reportgen.Tables:
    return reportgen.extract_folder(ROOT / "seeds")


def test_importing_loads_nothing_heavy() -> None:
    probe = "import sys, reportgen; print({'pandas', 'numpy', 'reportgen.library'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = reportgen.nothing  # type: ignore[attr-defined]


def test_the_example_of_the_manual_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seeds: reportgen.Tables
) -> None:
    manual = (ROOT / "docs" / "manual.md").read_text("utf-8")
    section = manual.partition("## As a library")[2].partition("\n## ")[0]
    example = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert example
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    issue = tmp_path / "output" / "2023-09" / "tables"
    issue.mkdir(parents=True)
    from reportgen.cli import main

    monkeypatch.chdir(tmp_path)
    assert main(["extract", "seeds", "--out", str(issue), "--quiet"]) == 0
    names: dict[str, object] = {}
    exec(compile(example[1], "docs/manual.md", "exec"), names)
    said = capsys.readouterr().out
    assert "鞍山市" in said and "承德市" in said
    published = names["figures"]
    assert published.equals(seeds.figures)  # type: ignore[attr-defined]


def test_values_are_exact_and_unknown_is_none(seeds: reportgen.Tables) -> None:
    figures = seeds.figures
    (row,) = figures[(figures["indicator_id"] == "old_estates_investment") & (figures["area"] == "鞍山市")].itertuples()
    assert (row.value, row.value_high, row.key in (True, False)) == (Decimal("448416000"), None, True)
    assert set(seeds.progress["verdict"]) <= {"met", "ahead", "on course", "behind", "unknown"}
    assert seeds.left_out == {}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "cannot be read"),
        (b"a,b\r\n1,2\r\n", "is no figures.csv"),
        (b"\xff\xfe\x00", "is no figures.csv"),
        (b"a" * 200_000, "limit"),
    ],
)
def test_what_is_no_table_of_figures_is_named(tmp_path: Path, content: bytes | None, what: str) -> None:
    path = tmp_path / "figures.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReportgenError, match=what):
        reportgen.read_figures(path)


# Read by hand in seeds/: what stands against what. Area, target, actual, completion in %.
PAIRS = {
    ("承德市", "10", "10", "100"),
    ("承德市", "19100", "19100", "100"),
    ("承德市", "10", "7", "70"),
    ("承德市", "99100", "64200", "64.8"),
    ("承德市", "1033", "513", "49.7"),
    ("承德市", "17", "17", "100"),
    ("承德市", "4500", "4433", "98.5"),
    ("承德市", "169", "5", "3"),
    ("承德市", "10", "4", "40"),
    ("承德市", "1000", "560", "56"),
    ("承德市", "100", "43", "43"),
    ("承德市", "25", "9", "36"),
    ("朝阳市", "33", "28", "84.8"),
    ("朝阳市", "1300000000", "480000000", "36.9"),
    ("朝阳市", "600000000", "480000000", "80"),
}
# Area, its value, its province's, share in %.
SHARES = {
    ("鞍山市", "39000", "450000", "8.7"),
    ("阜新市", "10000", "450000", "2.2"),
    ("鞍山市", "110000", "1380000", "8"),
    ("鞍山市", "50000", "420000", "11.9"),
    ("鞍山市", "200000", "3300000", "6.1"),
    ("鞍山市", "21000", "350000", "6"),
    ("鞍山市", "6300", "60000", "10.5"),
    ("鞍山市", "900", "10000", "9"),
    ("鞍山市", "5400", "60000", "9"),
    ("鞍山市", "15", "330", "4.5"),
    ("鞍山市", "200", "3000", "6.7"),
    ("鞍山市", "25", "1200", "2.1"),
    ("鞍山市", "1401300", "48890000", "2.9"),
    ("鞍山市", "357", "11923", "3"),
    ("鞍山市", "22900", "714000", "3.2"),
    ("鞍山市", "448416000", "14600000000", "3.1"),
    ("鞍山市", "100", "1000", "10"),
    ("阜新市", "100", "1000", "10"),
    ("朝阳市", "10", "100", "10"),
}


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def test_targets_and_actuals_as_extracted_from_the_seeds(seeds: reportgen.Tables) -> None:
    columns = ["area", "target_value", "actual_value", "completion"]
    found = {(area, *map(plain, rest)) for area, *rest in seeds.progress[columns].itertuples(index=False)}
    assert found == PAIRS


def test_shares_of_the_province_as_extracted_from_the_seeds(seeds: reportgen.Tables) -> None:
    columns = ["area", "area_value", "province_value", "share"]
    found = {(area, *map(plain, rest)) for area, *rest in seeds.province_share[columns].itertuples(index=False)}
    assert found >= SHARES
    assert not {share for share in found if share[1:3] == ("300", "1000")}, "专场招聘 is not 各类招聘活动"
    sums = seeds.province_sums
    jobs = sums[(sums["indicator_id"] == "urban_new_jobs") & (sums["period_end"] == "2023")]
    (row,) = jobs.itertuples()
    assert (row.known_total, str(row.share), row.reaches, row.prefectures) == (49000, "10.9", "unknown", 14)
    assert set(row.known_areas.split("、")) == {"鞍山市", "阜新市"}
