"""Random stories of a draft, those that once broke a promise, and a draft that LibreOffice saved."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from draft_promises import DATE, check, texts
from draft_samples import word as word_of
from draft_scripts import Sample, play, story
from draft_updates import UPDATES, Sources
from draft_versions import base, edited, merged, word
from drafts_at_scale import audit
from word_sample import BLOCKS, EMPLOYMENT, actual, briefing, s, sector_table, with_number

from reportgen.drafts import merge
from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import AUTHOR
from reportgen.model import Paragraph
from reportgen.ooxml import qn

ROUNDS = int(os.environ.get("REPORTGEN_DRAFT_ROUNDS", "8"))
"""Random edit scripts per property; a nightly run may ask for thousands."""


CASES = tomllib.loads((Path(__file__).parent / "cases" / "drafts.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_unedited_draft_accepted_is_the_new_version(seed: int) -> None:
    chance = random.Random(seed)
    sources = Sources(chance)
    for _ in range(chance.randint(1, 4)):
        chance.choice(UPDATES)(sources)
    new = word(*sources.blocks)
    data, _ = check(base(), [], base(), new)
    assert data is not None
    assert texts(data, accept=True) == texts(new, accept=True)


SAMPLE = Sample(BLOCKS, partial(word_of, briefing()))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_every_promise_holds_over_random_rounds(seed: int) -> None:
    play(SAMPLE, story(seed), audit=audit if seed % 4 == 1 else None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_story_that_once_broke_a_promise(case: dict[str, Any]) -> None:
    assert play(SAMPLE, case["steps"])["merges"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_draft_saved_by_libreoffice_is_merged(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(edited("；扶持创业", "；大力扶持创业"))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run(
        [*command, "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "draft.docx")],
        check=True,
        capture_output=True,
        timeout=100,
    )
    theirs = (tmp_path / "out" / "draft.docx").read_bytes()
    assert not list(open_draft(theirs, where="").root.iter(qn("tag")))  # LibreOffice loses them
    assert len(merge(base(), theirs, base(), date=DATE).report.edited) == 1
    at = BLOCKS.index(EMPLOYMENT)
    blocks = [with_number(block, "fig-10", "12600人") for block in BLOCKS]
    blocks.insert(at + 1, Paragraph(s("又建成", actual("8个", "fig-77"), "中心。")))
    blocks = [
        sector_table((("新增就业", "12600", "人", "+17%", "1-10", "fig-10"),)) if b == BLOCKS[at + 1] else b
        for b in blocks
    ]
    result = merge(base(), theirs, word(*blocks), date=DATE)
    data = merged(result)
    shown = "".join(texts(data, accept=True))
    assert "全市新增就业12600人，" in shown
    assert "；大力扶持创业带头人562人" in shown
    assert "又建成8个中心。" in shown
    assert texts(data, accept=False, author=AUTHOR) == texts(theirs, accept=False, author=AUTHOR)
    assert not result.report.conflicts
