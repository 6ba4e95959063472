"""`reportgen build`: documents to published briefings."""

from __future__ import annotations

import argparse
from dataclasses import replace

from reportgen.cli.choices import request
from reportgen.pipeline.build import build
from reportgen.pipeline.foretold import foretold
from reportgen.progress import Event, Log, one_line


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    return publish_and_tell(arguments, log)


def publish_and_tell(arguments: argparse.Namespace, log: Log, *, retry: bool = False) -> int:
    """Build, then say what became of drafts and files."""
    asked = replace(request(arguments), retry=retry)
    outcome = build(asked, log)
    folder = str(asked.out / outcome.month)
    plan = outcome.plan
    if asked.dry_run:
        log.clear()
        print("".join(f"{one_line(line)}\n" for line in foretold(plan, folder)), end="")
        return outcome.exit_code
    for draft in (name for name in plan.merged if name not in plan.same):
        log(Event("info", "draft merged", f"the new version is in your draft: {plan.said[draft]}", draft))
    for draft, beside in plan.beside.items():
        log(Event("warning", "draft kept", f"{plan.said[draft]}; the new version is {beside}", draft))
    if not outcome.news:
        log(Event("info", "done", "nothing to do", folder))
    else:
        said = f"{len(plan.write)} files written, {len(plan.same)} unchanged, {len(plan.remove)} removed"
        log(Event("info", "done", said, folder))
    return outcome.exit_code
