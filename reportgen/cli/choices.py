"""Arguments and settings -> a Request: the command line wins over reportgen.toml, which wins over the defaults."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.parser import FORMATS
from reportgen.errors import UsageError
from reportgen.executors import check_jobs
from reportgen.pipeline.month import check_month
from reportgen.pipeline.request import USUAL_FORMATS, Request
from reportgen.settings import Settings, load_settings


def request(arguments: argparse.Namespace) -> Request:
    """The request that the arguments of any verb make; options that a verb lacks take their defaults."""
    settings = load_settings(Path(), arguments.settings)
    given = vars(arguments)
    return Request(
        settings=settings,
        seeds=_folder(settings, "seeds", given.get("seeds")),
        out=_folder(settings, "out", given.get("out")),
        templates=_folder(settings, "templates", given.get("templates")),
        vocabulary=settings.path("vocabulary"),
        fonts=settings.path("fonts"),
        month=check_month(given["month"]) if given.get("month") else "",
        areas=tuple(given.get("area", ())),
        sectors=tuple(given.get("sector", ())),
        formats=_formats(given.get("format", "")),
        native_charts=given.get("word_charts") == "native",
        jobs=check_jobs(given.get("jobs", "serial")),
        force=bool(given.get("force")),
        dry_run=bool(given.get("dry_run")),
    )


def _folder(settings: Settings, name: str, given: Path | None) -> Path:
    folder = given or settings.path(name)
    if folder is None:
        raise UsageError("is empty", where=f"{settings.file}: [paths] {name}", hint="a folder, or drop the line")
    return folder


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no format", where="--format", hint=",".join(FORMATS))
    return wanted or USUAL_FORMATS
