"""What the program is made of: pinned by hash, above the versions whose faults are known, from nobody's own mirror."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# the first version without the faults known of it: reportlab evaluated attributes and followed redirects, jinja2's
# sandbox leaked, lxml read local files, Pillow and fonttools wrote where they should not
FLOORS = {"reportlab": "5.0.4", "jinja2": "3.1.6", "lxml": "6.1.0", "pillow": "12.3.0", "fonttools": "4.60.2"}
FLOORS |= {"python-docx": "1.2", "openpyxl": "3.1.5"}


# a dependency -> what it is imported as, where that is another name
IMPORTED_AS = {"ahocorasick-rs": "ahocorasick_rs", "markdown-it-py": "markdown_it"}
# named for its floor alone: reportlab reads logos with it, matplotlib writes pictures
OF_OTHERS = {"pillow"}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


@pytest.mark.parametrize("name", FLOORS)
def test_versions_with_known_faults_are_not_installed(name: str) -> None:
    assert numbers(version(name)) >= numbers(FLOORS[name])


def test_everything_in_the_lock_has_a_version_and_hashes() -> None:
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE))
    assert len(entries) > 40
    assert not [
        entry[:60] for entry in entries if not re.match(r"[a-z0-9-]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert not re.findall(r"https?://|file:|--index-url|--find-links| @ ", LOCK)


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[>=<;]", text)[0].strip().lower() for text in wanted}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))


def test_every_dependency_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "reportgen").rglob("*.py")))
    for wanted in project["dependencies"]:
        name = re.split(r"[\[>=<;]", wanted)[0].strip().lower()
        imported = re.search(rf"^\s*(?:import|from) {IMPORTED_AS.get(name, name)}\b", code, re.MULTILINE)
        assert imported or name in OF_OTHERS, name
