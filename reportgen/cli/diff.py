"""`reportgen diff DRAFT`: what a person and the program changed in it; `diff MONTH MONTH`: figures of two issues."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK, UsageError
from reportgen.pipeline.between_issues import between_issues
from reportgen.pipeline.diff import diff
from reportgen.progress import Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    asked, subject = request(arguments), arguments.subject
    if len(subject) > 2:
        raise UsageError("too many arguments", where="diff", hint="one Word draft, or two months (YYYY-MM)")
    if len(subject) == 2:
        lines = list(between_issues(asked, subject[0], subject[1], log))
    else:
        lines = list(diff(asked, Path(subject[0]), log))
    log.clear()
    print("\n".join(lines))
    return EXIT_OK
