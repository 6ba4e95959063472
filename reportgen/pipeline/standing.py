"""Briefings that an earlier run has printed and that would be printed the same again.

In: the folder of the issue and what a briefing says now. Out: the files that the earlier run made of the same words,
numbers and charts by the same house style, fonts and program; only those whose bytes are still what the manifest says.
Of a Word draft that a person works on it is the program's own copy of what it had written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportgen import publish
from reportgen.model import Drawing, Picture
from reportgen.pipeline import inputs
from reportgen.pipeline.issue import Subject
from reportgen.pipeline.printing import PrintTask
from reportgen.pipeline.recipe import Recipe
from reportgen.pipeline.request import Request


@dataclass(frozen=True, slots=True)
class Standing:
    """A briefing's files in the output folder, and the digest of what they were made of."""

    made_of: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def look_of(recipe: Recipe) -> str:
    """A digest over what decides how a page looks: house style, Word template, fonts, program and libraries."""
    style = {
        name: sha256
        for name, sha256 in recipe.inputs.items()
        if name.startswith(("templates/", "fonts/")) and not name.endswith(".md.j2")
    }
    return inputs.combined({**style, **recipe.versions})


def made_of(task: PrintTask, look: str) -> str:
    """A digest over all that the files of a briefing depend on. A drawing follows from its chart and the look."""
    blocks = tuple(_described(block) if isinstance(block, Picture) else block for block in task.briefing.blocks)
    said = {"briefing": repr(replace(task.briefing, blocks=blocks)), "path": task.path, "desk": task.desk}
    return inputs.combined({**said, "word charts": repr(task.native_charts), "look": look})


def _described(picture: Picture) -> Picture:
    return replace(picture, drawing=Drawing(picture.drawing.width, picture.drawing.height, ()), png=b"")


def standing(request: Request, subjects: Sequence[Subject], month: str) -> dict[str, Standing]:
    """What stands of every briefing, by path; nothing under --force, or where a file is not as it was made."""
    if request.force:
        return {}
    names = {subject.path: [f"{subject.path}.{suffix}" for suffix in request.formats] for subject in subjects}
    found = publish.known_files(request.out / month, [name for group in names.values() for name in group])
    stands = {}
    for path, group in names.items():
        made = {found[name][0] for name in group if name in found}
        if len(made) == 1 and all(name in found for name in group):
            stands[path] = Standing(made.pop(), {name: found[name][1] for name in group})
    return stands
