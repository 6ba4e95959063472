"""The house style file: what it gives, and that a mistake in it is named by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import UsageError
from reportgen.house import ROLES, STYLES, load_house

SHIPPED = Path(__file__).parent.parent / "templates" / "house.toml"


@pytest.mark.parametrize("style", STYLES)
def test_the_shipped_file_has_every_role_in_the_colours_of_the_house(style):
    house = load_house(SHIPPED, style)
    assert house.style == style
    assert set(house.roles) == set(ROLES)
    allowed = {house.colours.red, house.colours.blue, house.colours.black, house.colours.grey}
    assert {role.colour for role in house.roles.values()} <= allowed
    assert house.page.type_width == 156


def test_gb9704_differs_where_the_standard_says_so():
    briefing, official = load_house(SHIPPED), load_house(SHIPPED, "gb9704")
    assert (official.page.margins.top, official.page.margins.bottom, official.page.page_number) == (37, 35, 7)
    assert official.page.type_height == 225
    body = official.role("body")
    assert (body.size, body.leading, body.word_size, body.word_spacing) == (15.75, 28.95, 16, -0.25)
    assert official.role("caption") == briefing.role("caption")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('style = "briefing"', 'style = "a4"', "style: unknown page style 'a4'"),
        ('red = "#C1121F"', 'red = "red"', "colours.red: not a colour"),
        ('red = "#C1121F"', "", "colours.red: not a colour: None"),
        ('red = "#C1121F"', 'red = "#C1121F"\npink = "#FFC0CB"', "colours.pink: unknown key"),
        (
            'face = "song", size = 12.0, leading = 19.5',
            'face = "fang", size = 12.0, leading = 19.5',
            "unknown face 'fang'",
        ),
        ("size = 54.0", 'size = "54"', "briefing.roles.masthead.size: needs a number, not '54'"),
        ("leading = 19.5", "leading = 1", "briefing.roles.body.leading: needs a number, not 1"),
        ("margins = { top = 28.5, left = 28.0", "margins = { top = 28.5, left = 130.0", "less than 60 mm"),
        (
            "margins = { top = 28.5, left = 28.0, bottom = 25.0",
            "margins = { top = 130, left = 28, bottom = 120",
            "60 mm",
        ),
        ("header = 17.0", "header = true", "briefing.header: needs a number, not True"),
        (
            'leading = 14.0, colour = "black"',
            'leading = 14.0, colour = "heat"',
            "classification.colour: unknown colour",
        ),
        ('logo = ""', 'logo = "none.png"', "logo: no such file: none.png"),
        ("[colours]", "[colours", "not TOML"),
        ("evidence-mark =", "evidence-marks =", "briefing.roles.evidence-marks: unknown key"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, old: str, new: str, message: str):
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "house.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_house(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot read the house style"):
        load_house(tmp_path / "house.toml")
    (tmp_path / "house.toml").write_bytes("style = '简报'".encode("gb18030"))
    with pytest.raises(UsageError, match="not UTF-8"):
        load_house(tmp_path / "house.toml")
