"""Briefings whose Word drafts are edited at random: the small sample, and some of the shipped seeds of every kind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from draft_scripts import Sample
from word_sample import BLOCKS, TEMPLATE, TEMPLATES, house
from word_sample import briefing as sample_briefing

from reportgen import vocabulary
from reportgen.model import Block, Briefing
from reportgen.pipeline.briefings import studio_of, write_briefing
from reportgen.pipeline.intake import take_in
from reportgen.pipeline.issue import make_issue
from reportgen.pipeline.request import Request
from reportgen.render.docx import render
from reportgen.settings import load_settings

SEEDS = TEMPLATES.parent / "seeds"
CHOSEN = ("cities/辽宁省", "sectors/卫生健康", "月报", "cities/朝阳市", "sectors/教育")


@lru_cache(maxsize=16)
def word(briefing: Briefing, blocks: tuple[Block, ...]) -> bytes:
    """The Word file of a briefing with these blocks."""
    return render(replace(briefing, blocks=blocks), house(), template=TEMPLATE, desk="../evidence.html")


def samples() -> dict[str, Sample]:
    """The small sample, then every chosen briefing of the seeds with what it was before each document came in."""
    found = {"sample": Sample(BLOCKS, partial(word, sample_briefing()))}
    whole = _briefings(())
    without = [_briefings((name,)) for name in sorted(path.name for path in SEEDS.iterdir() if path.suffix == ".txt")]
    for path in CHOSEN:
        others = tuple(some[path].blocks for some in without if path in some)
        others = tuple(sorted(dict.fromkeys(others), key=lambda blocks: -len(blocks)))
        found[path] = Sample(others[0], partial(word, whole[path]), (whole[path].blocks, *others))
    return found


def _briefings(left_out: tuple[str, ...]) -> Mapping[str, Briefing]:
    """The chosen briefings of the seeds, some documents left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in SEEDS.iterdir():
            if path.name not in left_out:
                shutil.copy(path, folder / path.name)
        request = Request(load_settings(folder, None), folder, folder / "out", TEMPLATES, month="2023-09")
        intake = take_in(request, lambda event: None)
        issue = make_issue(request, intake, vocabulary.load(None))
        studio = studio_of(request)
        return {
            subject.path: write_briefing(request, issue, subject, studio)
            for subject in issue.subjects
            if subject.path in CHOSEN
        }
