"""`reportgen build`: documents to published briefings."""

from __future__ import annotations

import argparse
from dataclasses import replace

from reportgen.cli.choices import request
from reportgen.pipeline.build import build
from reportgen.progress import Event, Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    return publish_and_tell(arguments, log)


def publish_and_tell(arguments: argparse.Namespace, log: Log, *, retry: bool = False) -> int:
    """Build, then say what became of drafts and files."""
    asked = replace(request(arguments), retry=retry)
    outcome = build(asked, log)
    folder = str(asked.out / outcome.month)
    plan = outcome.plan
    for draft in plan.merged:
        log(Event("info", "draft merged", f"the new version is in your draft: {plan.said[draft]}", draft))
    for draft, beside in plan.beside.items():
        log(Event("warning", "draft kept", f"{plan.said[draft]}; the new version is {beside}", draft))
    if asked.dry_run:
        log.clear()
        fresh = [name for name in plan.write if name not in plan.merged]
        verbs = (("merge", plan.merged), ("write", fresh), ("remove", plan.remove))
        lines = [f"{verb} {folder}/{name}" for verb, names in verbs for name in names]
        print("".join(f"{line}\n" for line in lines), end="")
    elif not outcome.news:
        log(Event("info", "done", "nothing to do", folder))
    else:
        said = f"{len(plan.write)} files written, {len(plan.same)} unchanged, {len(plan.remove)} removed"
        log(Event("info", "done", said, folder))
    return outcome.exit_code
