"""What an issue is made of: inputs by content, versions, one key over all; and whether it is published already.

In: a request, the output folder. Out: a `Recipe`, and the manifest of an issue that was made from the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reportgen
from reportgen.pipeline import inputs
from reportgen.pipeline.request import Request
from reportgen.publish import is_whole, issue_folders, read_manifest
from reportgen.versions import made_with


@dataclass(frozen=True, slots=True)
class Recipe:
    """Input name -> SHA-256, program and libraries -> version, what was asked for, and one digest over all of them."""

    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    options: Mapping[str, list[str]]
    key: str


def recipe(request: Request) -> Recipe:
    """The recipe of the issue that `request` asks for, whatever its month."""
    found = {f"seeds/{path.name}": inputs.fingerprint(path) for path in inputs.documents(request.seeds)}
    for name in inputs.LISTS:
        if (request.seeds / name).exists():
            found[f"seeds/{name}"] = inputs.fingerprint(request.seeds / name)
    folders = {"templates": request.templates, "fonts": request.fonts, "vocabulary": request.vocabulary}
    for kind, folder in folders.items():
        found |= {f"{kind}/{name}": sha256 for name, sha256 in inputs.fingerprints(folder).items()}
    if request.settings.file:
        found["reportgen.toml"] = inputs.fingerprint(request.settings.file)
    versions = {"reportgen": reportgen.__version__, **made_with()}
    options = {
        "areas": sorted(request.areas),
        "sectors": sorted(request.sectors),
        "formats": sorted(request.formats),
        **({"word charts": ["native"]} if request.native_charts else {}),
    }
    key = inputs.combined({**found, **versions, **{name: repr(chosen) for name, chosen in options.items()}})
    return Recipe(found, versions, options, key)


def published_already(request: Request, made_of: Recipe) -> tuple[str, Mapping[str, Any]] | None:
    """Month and manifest of the whole issue in the output folder that has this recipe; None where there is none."""
    for folder in issue_folders(request.out):
        manifest = read_manifest(folder)
        wanted = request.month or manifest.get("newest")
        if folder.name == wanted and manifest.get("key") == made_of.key and is_whole(folder, manifest):
            return folder.name, manifest
    return None
