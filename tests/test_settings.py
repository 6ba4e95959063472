"""reportgen.toml: defaults without it, every mistake by file and key."""

from pathlib import Path

import pytest

from reportgen.errors import UsageError
from reportgen.settings import load_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "reportgen.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.office.briefing_name == "政务发布简报"
    assert settings.path("seeds") == tmp_path / "seeds"
    assert settings.path("vocabulary") is None and settings.file is None


def test_what_is_written_wins_and_the_rest_stays(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[office]\ncompiling_office = "朝阳市政府办"\n[paths]\nvocabulary = "words"\n[limits]\nmax_bytes = 9\n',
    )
    settings = load_settings(tmp_path)
    assert settings.office.unit == "朝阳市政府办" and settings.office.monthly_name == "政务发布月报"
    assert settings.path("vocabulary") == tmp_path / "words"
    assert settings.limits.max_bytes == 9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[office", "not valid TOML"),
        ("[ofice]", "unknown section [ofice] (try: office)"),
        ("[xyz]", "unknown section [xyz] (try: one of office, paths, limits)"),
        ("office = 1", "[office] must be a section"),
        ("[office]\ncompling_office = 'x'", "[office] compling_office: unknown key (try: compiling_office)"),
        ("[office]\nunit = 'x'", "[office] unit: unknown key"),
        ("[office]\ncopies = 20", "[office] copies: must be text in quotes, not 20"),
        ("[limits]\nmax_bytes = '9'", "[limits] max_bytes: must be a whole number"),
        ("[limits]\nmax_bytes = true", "[limits] max_bytes: must be a whole number"),
        ("[limits]\nmax_bytes = 0", "[limits] max_bytes: must be at least 1"),
        ("[office]\nbriefing_name = 'a\\nb'", ""),
        ('[office]\nbriefing_name = "a\\nb"', "[office] briefing_name: holds a control character"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    if not said:
        assert load_settings(tmp_path).office.briefing_name == "a\\nb"
        return
    with pytest.raises(UsageError) as caught:
        load_settings(tmp_path)
    assert str(path) in str(caught.value) and said in str(caught.value)


def test_a_file_that_is_not_utf8_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "reportgen.toml").write_bytes("[office]\nbriefing_name = '简报'".encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        load_settings(tmp_path)
