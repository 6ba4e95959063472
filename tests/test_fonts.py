"""The shipped fonts: what they cover, that they load everywhere, and how an office's own take their place."""

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reportgen import fonts
from reportgen.errors import UsageError
from reportgen.fonts import build

PLACES = "朝阳市鞍山市阜新市承德市辽宁省喀左县彰武县围场满族蒙古族自治县"
SIGNS = "●○■□≠≥≤±×÷—–…‰℃㎡μ²①⑳ⅠⅫ“”‘’《》〔〕【】、。，；：！？（）％·−〓〇+%"


@pytest.mark.parametrize("face", fonts.FACES)
def test_every_face_covers_the_national_table_and_the_signs_of_a_briefing(face):
    hanzi = "".join((fonts.SHIPPED / "tongyong.txt").read_text("utf-8").split())
    assert len(hanzi) == len(set(hanzi)) == 1467
    assert fonts.missing(hanzi + build._gb2312()[682:] + PLACES + SIGNS, face) == set()


@pytest.mark.parametrize("face", fonts.FACES)
def test_character_map_is_read_as_fonttools_reads_it(face):
    with TTFont(fonts.face_path(face), lazy=True) as font:
        assert fonts.coverage(face) == set(font.getBestCmap())


def test_names_differ_so_that_no_renderer_takes_one_face_for_another():
    names = {name_id: set() for name_id in (1, 4, 6)}
    for face in fonts.FACES:
        with TTFont(fonts.face_path(face), lazy=True) as font:
            for name_id, seen in names.items():
                seen.add(font["name"].getDebugName(name_id))
            assert "glyf" in font and "fvar" not in font
            assert font["head"].modified == build.FIXED_DATE
    assert all(len(seen) == len(fonts.FACES) for seen in names.values())


def test_bold_is_heavier_than_regular():
    from PIL import Image, ImageDraw, ImageFont

    def ink(face: str) -> int:
        image = Image.new("L", (400, 60))
        ImageDraw.Draw(image).text((0, 0), "城镇新增就业", font=ImageFont.truetype(fonts.face_path(face), 48), fill=255)
        return sum(image.tobytes())

    assert ink("hei-bold") > 1.3 * ink("hei")
    assert ink("song-black") > 1.3 * ink("song")


def test_missing_names_the_characters_that_no_face_has():
    assert fonts.missing("辽宁𠮷𪚥") == {"𠮷", "𪚥"}
    assert fonts.missing("辽宁省\n") == set()


def test_an_offices_own_font_wins_and_others_stay_shipped(tmp_path: Path):
    own = tmp_path / "SimFang.ttf"
    shutil.copy(fonts.face_path("kai"), own)
    assert fonts.face_path("song", tmp_path) == own
    assert fonts.face_path("hei", tmp_path) == fonts.face_path("hei")
    assert fonts.coverage("song", tmp_path) == fonts.coverage("kai")


def test_wrong_fonts_are_refused_with_their_place(tmp_path: Path):
    (tmp_path / "simhei.ttf").write_bytes(b"OTTO" + bytes(20))
    with pytest.raises(UsageError, match=r"simhei\.ttf: not a TrueType font"):
        fonts.face_path("hei", tmp_path)
    (tmp_path / "simkai.ttf").write_bytes(b"\x00\x01\x00\x00")
    with pytest.raises(UsageError, match=r"simkai\.ttf: the font's character map"):
        fonts.coverage("kai", tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        fonts.face_path("hei", tmp_path / "none")
