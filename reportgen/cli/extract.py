"""`reportgen extract SEEDS --out DIR`: the tables of a folder of documents, straight into DIR."""

from __future__ import annotations

import argparse
from dataclasses import replace

from reportgen.cli.choices import request
from reportgen.pipeline.extract import extract_folder
from reportgen.progress import Event, Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    asked = replace(request(arguments), seeds=arguments.seeds, out=arguments.out)
    outcome = extract_folder(asked, log)
    log(Event("info", "done", f"{outcome.figures} figures, {len(outcome.plan.write)} tables written", str(asked.out)))
    return outcome.exit_code
