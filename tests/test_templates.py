"""Templates: mistakes are told with file and line, the sandbox lets plain values in, docs/templates.md is true."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from block_text import text_of
from gold_briefings import FIGURES, TEMPLATES, briefing_of
from hypothesis import given
from hypothesis import strategies as st

from reportgen.briefing import check_templates, kinds
from reportgen.briefing.build import compose, insertable
from reportgen.briefing.context import checked, empty_slots
from reportgen.briefing.sample import sample_material
from reportgen.briefing.template import escape, numeral, render
from reportgen.errors import ReportgenError, TemplateError
from reportgen.model import Evidence, Span

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((Path(__file__).parent / "cases" / "briefing_templates.toml").read_text("utf-8"))["case"]
OWN = """# {{ title }}

{% for sector in sectors %}
### {{ sector.name }}

本市**{{ sector.count }}**项：{{ sector.summary }}

- 拨打12345热线
{% endfor %}

{{ evidence }}
"""
HEAD = "{#\nkind: try\nfor each: area\nfile name: {subject}\n#}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "templates").mkdir()
    (tmp_path / "secret.md.j2").write_text("secret", "utf-8")
    yield tmp_path / "templates"


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_template_mistakes_have_file_and_line(case: dict[str, Any], folder: Path) -> None:
    (folder / "try.md.j2").write_text(HEAD + case["body"], "utf-8")
    errors = check_templates(folder)
    assert errors, "the mistake was not found"
    assert all(isinstance(error, TemplateError) and "try.md.j2" in error.where for error in errors)
    assert case["says"] in str(errors[0])
    if "line" in case:
        assert errors[0].where.endswith(f"try.md.j2:{case['line']}")


def test_the_shipped_templates_are_right() -> None:
    assert check_templates(TEMPLATES) == ()


def test_the_page_on_templates_is_true(folder: Path) -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    examples = re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    for number, text in enumerate(examples):
        (folder / f"t{number}.md.j2").write_text(text, "utf-8")
    assert check_templates(folder) == ()
    for kind in kinds(folder):
        subject = {"area": "甲市", "sector": "employment", "month": "2023-03"}[kind.each]
        material = sample_material(kind, subject, "2023-03")
        assert compose(kind, material, folder).blocks
    for kind in kinds(TEMPLATES):
        subject = {"area": "甲市", "sector": "employment", "month": "2023-03"}[kind.each]
        names = insertable(kind, sample_material(kind, subject, "2023-03"), empty_slots())
        assert [name for name in names if f"`{name}`" not in page] == []
        parts = {part.name for value in names.values() if isinstance(value, tuple) for part in fields(value[0])}
        shared, own = (_named(page, mark) for mark in ("各种简报都有：", f"（{kind.each}）："))
        assert shared <= names.keys() and own <= names.keys() | parts, "what the page promises is there"
        assert names.keys() <= shared | own


def _named(page: str, mark: str) -> set[str]:
    """The names that the page lists behind `mark`, up to the next paragraph or point."""
    listed = re.search(rf"{re.escape(mark)}(.*?)\n(?:\n|- )", page, re.DOTALL)
    assert listed, mark
    return set(re.findall(r"`([a-z_]+)`", listed[1]))


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "part.j2").symlink_to(folder.parent / "secret.md.j2")
    (folder / "try.md.j2").write_text(HEAD + "{% include 'part.j2' %}", "utf-8")
    assert "outside" in str(check_templates(folder)[0])


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("", "head is missing"),
        ("{#\nkind: a\n#}\n", "for each"),
        ("{#\nkind: a\nfor each: week\nfile name: x\n#}\n", "week"),
        ("{#\nkind: a\nfor each: area\nfile name: ../x\n#}\n", "../x"),
        ("{#\nkind: a\ncolour: red\nfor each: area\nfile name: x\n#}\n", "colour"),
    ],
)
def test_heads(head: str, says: str, folder: Path) -> None:
    (folder / "try.md.j2").write_text(head + "一", "utf-8")
    assert says in str(check_templates(folder)[0])


def test_an_office_adds_a_kind_of_its_own(folder: Path) -> None:
    for path in TEMPLATES.glob("*.j2"):
        shutil.copy(path, folder)
    own = HEAD.replace("try", "快报").replace("name: ", "name: 快报/") + OWN
    (folder / "kuaibao.md.j2").write_text(own, "utf-8")
    assert check_templates(folder) == ()
    kind = next(k for k in kinds(folder) if k.name == "快报")
    assert kind.path("朝阳市") == "快报/朝阳市"
    blocks = briefing_of("快报", "朝阳市", templates=folder).blocks
    assert "12345" in text_of(blocks)
    assert isinstance(blocks[-1], Evidence)


class _Frame:
    def to_csv(self, path: str) -> None: ...


@pytest.mark.parametrize(
    "value", [None, 1.5, float("nan"), Decimal("NaN"), object(), _Frame(), {"a": [1]}, len, b"x", {1: "a"}]
)
def test_only_plain_values_enter_a_template(value: object) -> None:
    with pytest.raises(ReportgenError):
        checked({"value": value})


def test_figures_do_not_enter_a_template() -> None:
    assert checked({"a": (1, Decimal("1.5"), "甲")})["a"] == (1, Decimal("1.5"), "甲")
    with pytest.raises(ReportgenError):
        checked({"figures": FIGURES[:1]})


def test_slots_cannot_be_forged(folder: Path) -> None:
    slots = empty_slots()
    slots.spans((Span("secret"),))
    (folder / "t.md.j2").write_text("{{ name }}", "utf-8")
    assert "secret" not in render(folder, "t.md.j2", checked({"name": "\ue0000\ue001"})).text


@given(st.text(max_size=60))
def test_escaped_text_is_one_line(text: str) -> None:
    assert "\n" not in escape(text)


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text
