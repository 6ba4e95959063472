"""`reportgen finalize DRAFT`: what to look at in an edited Word draft, and its PDF in the house style."""

from __future__ import annotations

import argparse

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK, RefusedError
from reportgen.pipeline.finalize import finalize
from reportgen.progress import Event, Log, one_line


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb."""
    final = finalize(request(arguments), arguments.draft, arguments.pdf, log, strict=arguments.strict)
    log.clear()
    count = f"{len(final.findings)} finding{'' if len(final.findings) == 1 else 's'}"
    print("".join(f"{one_line(finding)}\n" for finding in final.findings), end="")
    if final.pdf is None:
        raise RefusedError(
            f"{count}, so no PDF was written",
            where=str(arguments.draft),
            hint="mend them in the draft, or leave --strict out",
        )
    log(Event("info", "done", f"set from the draft; {count}", str(final.pdf)))
    return EXIT_OK
