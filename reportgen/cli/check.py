"""`reportgen check`: every mistake in settings, templates, house style, vocabulary, lists and documents."""

from __future__ import annotations

import argparse

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK
from reportgen.pipeline.check import check
from reportgen.progress import Event, Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb; the exit code is the gravest mistake's: 2 before 3."""
    mistakes = check(request(arguments))
    for mistake in mistakes:
        log(Event("error", "check", mistake.what, mistake.where, mistake.hint))
    if not mistakes:
        log(Event("info", "done", "no mistakes found"))
    return min((mistake.exit_code for mistake in mistakes), default=EXIT_OK)
