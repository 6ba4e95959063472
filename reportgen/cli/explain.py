"""`reportgen explain FILE | FIGURE_ID`: what cleaning did to a document, its cleaned text, or one figure's story."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK
from reportgen.pipeline import explain
from reportgen.progress import Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    asked = request(arguments)
    path = Path(arguments.subject)
    if arguments.text:
        print(explain.cleaned(asked, path), end="")
    elif arguments.subject and path.exists():
        print("\n".join(explain.repairs(asked, path)))
    else:
        print("\n".join(explain.figure_story(asked, arguments.subject, log)))
    return EXIT_OK
