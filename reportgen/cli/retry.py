"""`reportgen retry`: do again what the last issue left out, and nothing when it left out nothing."""

from __future__ import annotations

import argparse

from reportgen.cli.build import publish_and_tell
from reportgen.progress import Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    return publish_and_tell(arguments, log, retry=True)
