"""The vocabulary: its files hold together, names find their indicator or none, places are told apart."""

import itertools
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import UsageError
from reportgen.vocabulary import Vocabulary, load
from reportgen.vocabulary.match import family, plain

CASES = tomllib.loads((Path(__file__).parent / "cases" / "vocabulary.toml").read_text(encoding="utf-8"))
MATCHES = [(label, *row) for label, rows in CASES["match"].items() for row in rows]
CODES = """economy employment education health culture civil urban agriculture industry energy environment transport
business safety government"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def test_sectors_are_those_of_the_specification_and_have_words(vocabulary: Vocabulary) -> None:
    assert [sector.code for sector in vocabulary.sectors] == CODES.split()
    assert min(len(sector.words) for sector in vocabulary.sectors) >= 80
    assert {weight for sector in vocabulary.sectors for weight in sector.words.values()} <= {1, 2, 3, 4, 5}


def pointed_to(name: str, vocabulary: Vocabulary) -> str:
    """The sector with the greatest sum of weights of the words in `name`, longest first, without overlap."""
    words = {word for sector in vocabulary.sectors for word in sector.words}
    total = dict.fromkeys(vocabulary.sector_by_code, 0.0)
    at = 0
    while at < len(name):
        length = next((size for size in range(len(name) - at, 0, -1) if name[at : at + size] in words), 0)
        for sector in vocabulary.sectors:
            total[sector.code] += sector.words.get(name[at : at + length], 0)
        at += length or 1
    return max(total, key=lambda code: total[code])


def test_an_indicator_name_alone_points_to_its_sector(vocabulary: Vocabulary) -> None:
    named = ((indicator, pointed_to(indicator.name, vocabulary)) for indicator in vocabulary.indicators)
    astray = [(indicator.name, found) for indicator, found in named if found != indicator.sector]
    assert len(astray) <= len(vocabulary.indicators) * 0.02, astray


def test_indicators_hold_together(vocabulary: Vocabulary) -> None:
    ids = vocabulary.indicator_by_id
    assert len(ids) == len(vocabulary.indicators) >= 350
    for indicator in vocabulary.indicators:
        assert indicator.sector in vocabulary.sector_by_code
        assert indicator.id not in indicator.never
        assert all(indicator.id in ids[other].never for other in indicator.never), indicator.id
        assert not indicator.parent or ids[indicator.parent], indicator.id


def test_no_alias_means_two_indicators_of_one_unit_family(vocabulary: Vocabulary) -> None:
    owner: dict[tuple[str, str], str] = {}
    for indicator in vocabulary.indicators:
        families = {family(unit, vocabulary.units) for unit in indicator.units} or {""}
        for alias in {plain(name) for name in (indicator.name, *indicator.aliases)}:
            for kind in families - {"ratio"} or families:
                assert owner.setdefault((alias, kind), indicator.id) == indicator.id, alias


def test_every_alias_finds_its_own_indicator_and_never_a_look_alike(vocabulary: Vocabulary) -> None:
    for indicator in vocabulary.indicators:
        for name, unit in itertools.product((indicator.name, *indicator.aliases), indicator.units or ("",)):
            measure = "growth" if unit == "%" and len(indicator.units) > 1 else "level"
            found = vocabulary.match_indicator(name, unit, measure)
            if measure == "level":
                assert found and found.id == indicator.id, (name, unit, found)
            assert found is None or found.id not in indicator.never


@pytest.mark.parametrize(("label", "name", "unit", "measure", "wanted"), MATCHES)
def test_match(vocabulary: Vocabulary, label: str, name: str, unit: str, measure: str, wanted: str) -> None:
    found = vocabulary.match_indicator(name, unit, measure)
    assert (found.id if found else "") == wanted


@given(st.text(alphabet="全市累计完成数量总额增长率新就业城镇失业人员再困难", max_size=120))
def test_a_matched_name_holds_an_alias(name: str) -> None:
    found = load().match_indicator(name, "人", "growth")
    assert found is None or any(plain(alias) in plain(name) for alias in (found.name, *found.aliases))


def test_divisions_hold_together(vocabulary: Vocabulary) -> None:
    divisions = vocabulary.divisions
    levels = [division.level for division in divisions]
    assert (levels.count("province"), levels.count("prefecture")) == (34, 333)
    assert levels.count("county") > 2800
    for division in divisions:
        above = divisions.parent(division)
        assert (above is None) == (division.level == "province")
        assert above is None or division.code.startswith(divisions.province_of(division).code)
        assert division in divisions.candidates(division.name)
        assert above is None or division in divisions.children(above)


def test_cities_with_known_residents_add_up_to_their_province(vocabulary: Vocabulary) -> None:
    known = vocabulary.populations
    for province in (vocabulary.divisions.by_code[code] for code in known if len(code) == 2):
        cities = [known[city.code] for city in vocabulary.divisions.children(province)]
        assert sum(city.residents for city in cities) == known[province.code].residents
        assert {city.year for city in cities} == {known[province.code].year}


@pytest.mark.parametrize(("name", "within", "code"), CASES["find"].values(), ids=CASES["find"])
def test_find(vocabulary: Vocabulary, name: str, within: str, code: str) -> None:
    found = vocabulary.divisions.find(name, within)
    assert (found.code if found else "") == code


@pytest.mark.parametrize(("text", "within", "wanted"), CASES["scan"].values(), ids=CASES["scan"])
def test_scan(vocabulary: Vocabulary, text: str, within: str, wanted: list[list[str]]) -> None:
    found = vocabulary.divisions.scan(text, within)
    assert [[text[start:end], division.code] for start, end, division in found] == wanted


@pytest.mark.parametrize(("name", "within", "wanted"), CASES["printed"].values(), ids=CASES["printed"])
def test_printed_full(vocabulary: Vocabulary, name: str, within: str, wanted: str) -> None:
    assert vocabulary.divisions.printed_full(name, within) == wanted


@pytest.mark.parametrize(("printed", "wanted"), CASES["unit"].items())
def test_unit(vocabulary: Vocabulary, printed: str, wanted: list[str]) -> None:
    unit = vocabulary.unit(printed)
    assert unit and (unit.base, unit.kind, unit.factor) == (wanted[0], wanted[1], Decimal(wanted[2]))


def test_there_are_enough_units_and_bases_are_units(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.units) >= 250
    assert all(vocabulary.units[unit.base].base == unit.base for unit in vocabulary.units.values())


def test_no_agency_name_hides_in_a_government(vocabulary: Vocabulary) -> None:
    governments = ("某某省人民政府", "某某市政府", "某某县人民政府县长")
    assert not [agency for agency in vocabulary.agencies if any(agency.short in name for name in governments)]
    assert {agency.sector for agency in vocabulary.agencies} - {""} == set(CODES.split())


def test_a_user_folder_adds_and_overrides(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('[count]\nunits = "坛"\n', encoding="utf-8")
    (tmp_path / "divisions.csv").write_text("code,name,parent,shorts\n211399,试验区,2113,试验\n", encoding="utf-8")
    (tmp_path / "agencies.toml").write_text('[health]\n"康养局" = "大健康局"\n', encoding="utf-8")
    (tmp_path / "sectors.toml").write_text('[health]\nshort = "康"\nwords = { 5 = "康养" }\n', encoding="utf-8")
    (tmp_path / "indicators.toml").write_text(
        '[health.spa_towns]\nname = "康养小镇"\nunits = "个"\n[economy.gdp]\naliases = "本市总产出"\n'
        '[transport.port_throughput]\nname = "港口吞吐量"\naliases = "港口货物吞吐量"\nunits = "吨"\n',
        encoding="utf-8",
    )
    own, shipped = load(tmp_path), load()
    assert own is load(tmp_path) and own.fingerprint != shipped.fingerprint
    assert own.units["坛"].kind == "count" and "坛" not in shipped.units
    found = own.divisions.find("试验区", "辽宁省")
    assert found and found.code == "211399"
    assert any(agency.short == "大健康局" for agency in own.agencies)
    assert own.sector_by_code["health"].short == "康" and own.sector_by_code["health"].name == "卫生健康"
    assert own.sector_by_code["health"].words["康养"] == 5 and own.sector_by_code["health"].words["医院"] == 5
    for name, unit, wanted in (
        ("康养小镇", "个", "spa_towns"),
        ("本市总产出", "元", "gdp"),
        ("地区生产总值", "元", "gdp"),
        ("港口货物吞吐量", "吨", "port_throughput"),
    ):
        matched = own.match_indicator(name, unit, "level")
        assert matched and matched.id == wanted


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("units.toml", "[count\n", "units.toml: not valid TOML"),
        ("units.toml", '[colour]\nunits = "红"\n', "units.toml: [colour]: unknown kind"),
        ("units.toml", '[count]\nsame = { "打" = "十二 个" }\n', "打: the factor is not a number"),
        ("units.toml", "[count]\nunits = 3\n", "units.toml: [count]: units must be text"),
        ("sectors.toml", '[health]\nwords = { 9 = "医" }\n', "weight 9"),
        ("sectors.toml", 'health = "医"\n', "sectors.toml: [health]: this must be a table"),
        ("agencies.toml", '[magic]\n"局" = ""\n', "agencies.toml: [magic]: unknown sector"),
        ("indicators.toml", '[health.x]\nnmae = "X"\n', "indicators.toml: [health.x]: unknown field nmae"),
        ("indicators.toml", "[health.x]\n", "an indicator needs a name"),
        ("indicators.toml", '[health.x]\nname = "X"\nnever = "y"\n', "y is not another indicator"),
        ("indicators.toml", '[health.x]\nname = "X"\ndirection = "up"\n', "direction up"),
        ("divisions.csv", "code,name,parent,shorts\n2199,某市,99,\n", "divisions.csv:2: wrong code, name or parent"),
        ("population.csv", "code,year,residents,source\n2199,2020,多,某公报\n", "population.csv:2: not code,year"),
        ("divisions.csv", "code,name\n", "divisions.csv:1: unknown head line"),
        ("divisions.csv", "code,name,parent,shorts\n2199,某市\n", "divisions.csv:2: wrong number of cells"),
    ],
)
def test_a_mistake_in_a_user_file_names_the_place(tmp_path: Path, file: str, text: str, says: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load(tmp_path)
    assert says in str(caught.value) and str(tmp_path) in str(caught.value)


def test_a_missing_folder_and_a_file_in_another_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not there"):
        load(tmp_path / "none")
    (tmp_path / "units.toml").write_bytes('[count]\nunits = "坛 樽 瓮"\n'.encode("gb18030"))
    with pytest.raises(UsageError, match="not UTF-8"):
        load(tmp_path)
