"""Builds the shipped fonts: `python -m reportgen.fonts.build [PACKAGES]`; for developers, needs fontTools and npm.

In: three npm packages (packed with `npm pack`, or already lying in the folder PACKAGES as .tgz). Out: five static
TrueType subsets beside this file, the same bytes every time. Never runs when briefings are made.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
# Seconds since 1904 of 2020-01-01: font files carry a date of change, and this one never changes.
FIXED_DATE = 3660681600
SERIF, SANS, KAI = (
    "@expo-google-fonts/noto-serif-sc@0.4.3",
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "@fontsource/lxgw-wenkai@5.3.0",
)


@dataclass(frozen=True, slots=True)
class Cut:
    """One shipped face: the package and file it is cut from, its family and style name."""

    face: str
    package: str
    member: str
    family: str
    style: str


CUTS = (
    Cut("song", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", "Reportgen Song", "Regular"),
    Cut("song-black", SERIF, "package/900Black/NotoSerifSC_900Black.ttf", "Reportgen Song Black", "Regular"),
    Cut("hei", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", "Reportgen Hei", "Regular"),
    Cut("hei-bold", SANS, "package/700Bold/NotoSansSC_700Bold.ttf", "Reportgen Hei Bold", "Regular"),
    Cut("kai", KAI, "package/files/lxgw-wenkai-latin-500-normal.woff", "Reportgen Kai", "Regular"),
)


# Unicode ranges that every face keeps where its source has them.
RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1: ± × ÷ ² ³ · §
    (0x100, 0x17F),  # Latin Extended-A: pinyin
    (0x1CD, 0x1DC),  # pinyin with the third tone
    (0x391, 0x3C9),  # Greek: μ
    (0x2010, 0x203B),  # dashes, quotation marks, … ‰ ※
    (0x2070, 0x2089),  # raised and lowered digits
    (0x2103, 0x2109),
    (0x2116, 0x2116),
    (0x2150, 0x216B),  # fractions, Ⅰ-Ⅻ
    (0x2170, 0x2179),
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22BF),  # ≠ ≥ ≤ ≈ − ∞
    (0x2460, 0x24E9),  # ①-⑳ and their kin
    (0x2500, 0x257F),
    (0x25A0, 0x25E6),  # ■ □ ● ○ ▲ △
    (0x2605, 0x2606),
    (0x2713, 0x2717),
    (0x3000, 0x3017),  # CJK punctuation, 〇 〓 〔 〕
    (0x301C, 0x301F),
    (0x3105, 0x3129),
    (0x3220, 0x3229),  # ㈠
    (0x3280, 0x3289),
    (0x3380, 0x33DF),  # ㎡ ㎞ ㎏
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),
)


def characters() -> frozenset[int]:
    """The code points to keep: 通用规范汉字表, GB 2312 and RANGES."""
    beyond = "".join((FOLDER / "tongyong.txt").read_text("utf-8").split())
    ranges = (code for first, last in RANGES for code in range(first, last + 1))
    return frozenset({*map(ord, beyond), *map(ord, _gb2312()), *ranges})


def _gb2312() -> str:
    """All characters of GB 2312, by its rows and cells."""
    cells = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


def cut_font(cut: Cut, source: bytes) -> bytes:
    """Subset one font file: outlines and widths of `characters()` only, with a name and a date of its own."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "STAT", "FFTM", "vhea", "vmtx", "gasp", "prep", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    version = str(font["name"].getDebugName(5))
    for name_id in (1, 2, 3, 4, 5, 6):
        font["name"].removeNames(nameID=name_id)
    postscript = f"{cut.family.replace(' ', '')}-{cut.style}"
    texts = {1: cut.family, 2: cut.style, 3: f"{version};{postscript}", 4: cut.family, 5: version, 6: postscript}
    for name_id, text in texts.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["head"].created = font["head"].modified = FIXED_DATE
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def fetch(package: str, folder: Path) -> Path:
    """The packed npm `package` in `folder`, got with `npm pack` when it does not lie there yet."""
    name, _, version = package.lstrip("@").rpartition("@")
    path = folder / f"{name.replace('/', '-')}-{version}.tgz"
    if not path.exists():
        subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, check=True)
    return path


def main() -> None:
    """Build all five faces."""
    parser = argparse.ArgumentParser(description="Build the shipped fonts from their npm packages.")
    parser.add_argument("packages", nargs="?", type=Path, help="folder with the packed packages")
    given = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as scratch:
        for cut in CUTS:
            with tarfile.open(fetch(cut.package, given or Path(scratch))) as archive:
                member = archive.extractfile(cut.member)
                assert member is not None
                data = cut_font(cut, member.read())
            (FOLDER / f"{cut.face}.ttf").write_bytes(data)
            print(f"{cut.face}.ttf {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
