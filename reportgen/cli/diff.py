"""`reportgen diff FILE`: what a person changed in a draft, what the program would change, what both changed."""

from __future__ import annotations

import argparse

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK
from reportgen.pipeline.diff import diff
from reportgen.progress import Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    lines = list(diff(request(arguments), arguments.draft, log))
    log.clear()
    print("\n".join(lines))
    return EXIT_OK
