"""Which briefings there are: one template file a kind, described by the comment at its head.

{#
kind: city
for each: area          (area, sector or month)
file name: cities/{subject}
#}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from reportgen.briefing.template import SUFFIX, read_template
from reportgen.errors import TemplateError

Each = Literal["area", "sector", "month"]
_KEYS = ("kind", "for each", "file name")
_HEAD = re.compile(r"\s*\{#(.*?)#\}", re.DOTALL)
_NAME = re.compile(r"[\w㐀-鿿{}/ -]{1,80}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A briefing kind: its name, what there is one of it for, the pattern of its file name, its template's name."""

    name: str
    each: Each
    file_name: str
    template: str

    def path(self, subject: str) -> str:
        """Folder and file name without suffix, e.g. cities/朝阳市."""
        return self.file_name.replace("{subject}", subject)


def kinds(folder: Path) -> tuple[Kind, ...]:
    """The kinds of a templates folder, by name. Raises TemplateError where a head is missing or wrong."""
    if not folder.is_dir():
        hint = "copy there the templates folder that reportgen comes with, or name it with --templates"
        raise TemplateError("no templates folder", where=str(folder), hint=hint)
    found = tuple(
        _kind(folder, path.name) for path in sorted(folder.glob(f"*{SUFFIX}")) if not path.name.startswith("_")
    )
    names = [kind.name for kind in found]
    for kind in found:
        if names.count(kind.name) > 1:
            raise TemplateError(
                f"two templates are of kind {kind.name}",
                where=f"{folder / kind.template}:1",
                hint="give one another name",
            )
    return found


def _kind(folder: Path, name: str) -> Kind:
    path = folder / name
    text = read_template(folder, name)
    head = _HEAD.match(text)
    if head is None:
        raise TemplateError(
            "the head is missing",
            where=f"{path}:1",
            hint="begin with {# kind: … for each: area file name: … #}, one a line",
        )
    values: dict[str, str] = {}
    first = text.count("\n", 0, head.start(1)) + 1
    for number, line in enumerate(head[1].split("\n"), first):
        key, colon, value = line.partition(":")
        if key.strip() in _KEYS and colon:
            values[key.strip()] = value.strip()
        elif line.strip() and colon and key.strip().isascii():
            raise TemplateError(
                f"{key.strip()!r} is not known in a head", where=f"{path}:{number}", hint="use " + ", ".join(_KEYS)
            )
    missing = [key for key in _KEYS if not values.get(key)]
    if missing:
        raise TemplateError(
            f"the head does not say {missing[0]!r}", where=f"{path}:{first}", hint=f"add a line {missing[0]}: …"
        )
    if values["for each"] not in get_args(Each):
        raise TemplateError(f"for each: {values['for each']}", where=f"{path}:{first}", hint="area, sector or month")
    if not _NAME.fullmatch(values["file name"]) or ".." in values["file name"] or values["file name"].startswith("/"):
        raise TemplateError(
            f"file name: {values['file name']}", where=f"{path}:{first}", hint="for example cities/{subject}"
        )
    return Kind(values["kind"], cast(Each, values["for each"]), values["file name"], name)
