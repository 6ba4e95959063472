"""The manual says what the program does: every verb, every option, every setting, every command of the README."""

import argparse
import hashlib
import json
import re
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from reportgen.cli.parser import parser
from reportgen.settings import load_settings

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs/manual.md").read_text(encoding="utf-8")
READMES = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


def verbs() -> dict[str, argparse.ArgumentParser]:
    action = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(action.choices)


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", MANUAL, re.MULTILINE | re.DOTALL)
    assert found, f"the manual has no section {title}"
    return found[1]


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_and_option_is_in_the_manual_and_has_help(verb: str) -> None:
    text = section(verb) + section("Options of every verb")
    for action in verbs()[verb]._actions:
        if action.dest == "help":
            continue
        assert action.help
        names = action.option_strings or str(action.metavar).split("|")
        assert all(f"`{name}" in text for name in names), names


def test_the_manual_promises_no_other_verb_or_option() -> None:
    known = {option for verb in verbs().values() for action in verb._actions for option in action.option_strings}
    assert set(re.findall(r"`(--[a-z-]+)", MANUAL)) <= known | {"--version"}
    spoken = {
        verb
        for page in PAGES
        for verb in re.findall(r"(?:bin/|^    )reportgen ([a-z]+)", page.read_text("utf-8"), re.M)
    }
    assert spoken and spoken <= set(verbs())


def test_the_settings_in_the_manual_are_all_settings_and_are_good(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(\[office\].*?)```", MANUAL, re.DOTALL)
    assert example
    (tmp_path / "reportgen.toml").write_text(example[1], encoding="utf-8")
    settings = load_settings(tmp_path)
    table = tomllib.loads(example[1])
    assert len(table["office"]) == len(type(settings.office).__dataclass_fields__)
    assert len(table["paths"]) == len(type(settings.paths).__dataclass_fields__)
    assert len(table["limits"]) == len(type(settings.limits).__dataclass_fields__)
    assert {key: getattr(settings.limits, key) for key in table["limits"]} == table["limits"]


def test_the_vocabulary_in_the_manual_loads(tmp_path: Path) -> None:
    from reportgen import vocabulary

    for name in ("sectors.toml", "indicators.toml"):
        example = re.search(rf"# vocabulary/{name}\n(.*?)(?=\n# vocabulary|```)", MANUAL, re.DOTALL)
        assert example
        (tmp_path / name).write_text(example[1], encoding="utf-8")
    words = vocabulary.load(tmp_path)
    assert words.sector_by_code["marine"].name == "海洋经济"
    assert words.indicator_by_id["port_throughput"].sector == "marine"


def test_every_make_target_that_is_named_exists_and_tells_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    text = "".join(READMES) + (ROOT / ".ci/run").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^ +|`|step \"|^)make ([a-z-]+)", text, re.MULTILINE))
    assert {"briefings", "test", "lint", "bench"} <= named <= targets
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"make {target} " in shown for target in targets)


def test_links_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {link}"
        for page in PAGES
        for link in re.findall(r"\]\(([^)#:]+)\)", re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8")))
        if not (page.parent / link).exists()
    ]
    assert not broken


def test_the_figure_that_the_manuals_explain_exists() -> None:
    path = next((ROOT / "seeds").glob("000_*.txt"))
    rows = map(json.loads, (ROOT / "tests/gold/000.jsonl").read_text("utf-8").splitlines())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = {"f" + hashlib.sha256(f"{digest}:{row['start']}".encode()).hexdigest()[:12] for row in rows}
    named = re.findall(r"reportgen explain (f[0-9a-f]{12})", "".join(page.read_text("utf-8") for page in PAGES))
    assert len(named) > 1 and set(named) <= known


def test_the_crontab_line_and_the_units_start_a_command_that_exists() -> None:
    lines = [(ROOT / "docs/operations.md").read_text("utf-8"), (ROOT / "docs/reportgen.service").read_text("utf-8")]
    for text in lines:
        command = re.search(r"bin/reportgen ([^\n]+)", text)
        assert command and parser().parse_args(command[1].split()).quiet


def test_the_tests_that_the_page_on_reliability_names_exist() -> None:
    page = (ROOT / "docs/reliability.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \|.*\|([^|]*)\|$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 60))
    files: dict[str, str] = defaultdict(str)
    for path in ROOT.glob("tests/**/*.py"):
        files[path.stem.removeprefix("test_")] += path.read_text(encoding="utf-8")
    for number, cell in rows:
        named = re.findall(r"(\w+): ((?:`test_\w+`(?:, )?)+)", cell)
        assert named, f"row {number} has no test"
        for file, names in named:
            assert all(f"def {name}(" in files[file] for name in re.findall(r"test_\w+", names)), number
        assert len(re.findall(r"`test_\w+`", cell)) == sum(names.count("`test_") for _, names in named), number


def test_the_ten_promises_are_the_same_in_manual_and_reliability() -> None:
    page = (ROOT / "docs/reliability.md").read_text("utf-8")
    promises = re.findall(r"^\d+\. .*$", page.split("## A.")[0], re.MULTILINE)
    assert len(promises) == 10 and "\n".join(promises) in page
    assert "\n".join(promises) in MANUAL
