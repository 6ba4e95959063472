"""An office copies templates/, changes wording, order, logo, colours, fonts and adds a kind: no code, the whole way."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from office import Office, office
from PIL import Image
from printed_text import docx_text, html_text, pdf_text

from reportgen import fonts

__all__ = ["office"]
GREEN = "#0B5D3B"
KIND = """{#
kind: 快报
for each: area
file name: 快报/{subject}
#}
# {{ subject }}快报

{{ date }}公布数据{{ count }}项。

{% for sector in sectors %}
{% if sector.summary %}
**{{ sector.name }}**　{{ sector.summary }}
{% endif %}

{% endfor %}

{{ evidence }}
"""


@pytest.fixture
def own(office: Office) -> Path:
    """The templates folder of an office that wants everything different."""
    folder = office.folder / "own"
    shutil.copytree(office.folder / "templates", folder)
    city = folder / "city.md.j2"
    text = city.read_text("utf-8").replace("{{ key_points }}\n{{ cards }}", "{{ cards }}\n{{ key_points }}")
    city.write_text(text.replace("## 附、出处", "本刊由{{ office }}编发，**仅供内部参阅**。\n\n## 附、引文"), "utf-8")
    (folder / "kuaibao.md.j2").write_text(KIND, "utf-8")
    house = folder / "house.toml"
    changed = house.read_text("utf-8").replace('logo = ""', 'logo = "logo.png"').replace("#1F3A5F", GREEN)
    house.write_text(changed, "utf-8")
    _restyle(folder / "house.docx")
    Image.new("RGB", (60, 60), "#C1121F").save(folder / "logo.png")
    return folder


def _restyle(path: Path) -> None:
    """What Word does when a person changes a style's colour and font."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    styles = (
        parts["word/styles.xml"].decode("utf-8").replace("1F3A5F", GREEN.lstrip("#")).replace("仿宋_GB2312", "宋体")
    )
    parts["word/styles.xml"] = styles.encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def _fonts_of(data: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return {char["fontname"].split("+")[-1] for char in document.pages[0].chars}


def test_everything_an_office_changes_is_printed(office: Office, own: Path) -> None:
    (office.folder / "fonts").mkdir()
    shutil.copy(fonts.face_path("hei-bold"), office.folder / "fonts" / "simfang.ttf")
    (office.folder / "reportgen.toml").write_text('[paths]\nfonts = "fonts"\n', "utf-8")
    assert office.run("check", "--templates", str(own))[0] == 0
    code, _, err = office.run("build", "--templates", str(own), "--format", "pdf,docx,html")
    assert code == 0, err
    tree = office.tree()
    month = next(iter(tree)).partition("/")[0]
    city = {suffix: tree[f"{month}/cities/朝阳市.{suffix}"] for suffix in ("pdf", "docx", "html")}
    words = pdf_text(city["pdf"])
    assert "仅供内部参阅" in words and "附、引文" in words
    assert words == docx_text(city["docx"]) == html_text(city["html"])
    assert words.index("●实际2023年") < words.index("本期要点"), "the cards stand before the points"
    with pdfplumber.open(io.BytesIO(city["pdf"])) as document:
        assert len(document.pages[0].images) == 1
    assert "ReportgenHeiBold-Regular" in _fonts_of(city["pdf"])
    assert GREEN in city["html"].decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(city["docx"])) as package:
        styles = package.read("word/styles.xml").decode("utf-8")
    assert GREEN.lstrip("#") in styles and "宋体" in styles
    assert "朝阳市快报" in pdf_text(tree[f"{month}/快报/朝阳市.pdf"])


WORDS = {
    "sectors.toml": '[low]\nname = "低空经济"\nshort = "低空"\nwords = { 5 = "无人机 起降点" }\n',
    "indicators.toml": '[low]\nsorties = { name = "无人机飞行架次", aliases = "无人机架次", units = "架次飞" }\n',
    "units.toml": '[count]\nunits = "架次飞"\n',
}
SAID = "2023年1至8月，全市{name}达到{number}万架次飞，同比增长{number}%。\n"


def test_a_sector_an_indicator_and_a_unit_of_its_own_reach_tables_and_briefings(office: Office) -> None:
    (office.folder / "words").mkdir()
    for name, text in WORDS.items():
        (office.folder / "words" / name).write_text(text, "utf-8")
    (office.folder / "reportgen.toml").write_text('[paths]\nvocabulary = "words"\n', "utf-8")
    for number, (path, name) in enumerate(
        zip(sorted((office.folder / "seeds").iterdir()), ("无人机飞行架次", "无人机架次"), strict=True), 3
    ):
        path.write_text(path.read_text("utf-8") + SAID.format(name=name, number=number), "utf-8")
    assert office.run("build", "--format", "html")[0] == 0
    tree = office.tree()
    page = html_text(tree["2023-09/sectors/低空经济.html"])
    assert "无人机飞行架次" in page and "低空经济" in html_text(tree["2023-09/cities/朝阳市.html"])
    rows = tree["2023-09/tables/comparisons.csv"].decode("utf-8-sig").splitlines()
    compared = [row.split(",")[:6] for row in rows if row.startswith("sorties,") and ",level," in row]
    assert sorted(compared) == [
        ["sorties", "无人机飞行架次", "low", "朝阳市", "30000", "架次飞"],
        ["sorties", "无人机飞行架次", "low", "鞍山市", "40000", "架次飞"],
    ]


def test_a_template_that_never_ends_stops_the_run_with_its_line(office: Office, own: Path) -> None:
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    (own / "kuaibao.md.j2").write_text(KIND + endless, "utf-8")
    code, _, err = office.run("build", "--templates", str(own))
    assert code == 2
    line = (KIND + endless).count("\n") + 1
    assert f"kuaibao.md.j2:{line}" in err and "does a loop never end" in err
    assert not office.tree()


def test_a_character_without_glyph_is_printed_as_geta_and_told(office: Office) -> None:
    document = next((office.folder / "seeds").glob("朝阳市*"))
    document.write_text(document.read_text("utf-8").replace("创业带头人", "创业𰻝带头人"), "utf-8")
    assert office.run("build", "--format", "pdf,html")[0] == 0
    tree = office.tree(run=True)
    month = next(iter(tree)).partition("/")[0]
    told = json.loads(tree[f"{month}/run.json"])
    assert "U+30EDD" in json.dumps(told, ensure_ascii=False)
    assert "创业〓带头人" in pdf_text(tree[f"{month}/cities/朝阳市.pdf"])
    assert "创业𰻝带头人" in html_text(tree[f"{month}/cities/朝阳市.html"])
    other = next((office.folder / "seeds").glob("鞍山市*"))
    other.write_text(other.read_text("utf-8") + "发布会到此结束。\n", "utf-8")
    assert office.run("build", "--format", "pdf,html")[0] == 0
    again = json.loads(office.tree(run=True)[f"{month}/run.json"])
    told_again = [problem["message"] for problem in again["problems"]]
    assert any(message.startswith("cities/朝阳市: no face can draw U+30EDD") for message in told_again), told_again
