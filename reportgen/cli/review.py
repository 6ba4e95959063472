"""`reportgen review`: the evidence page on this machine; corrections made on it are saved at once."""

from __future__ import annotations

import argparse

from reportgen.cli.choices import request
from reportgen.errors import EXIT_OK, UsageError
from reportgen.pipeline.review import desk_of
from reportgen.progress import Event, Log


def run(arguments: argparse.Namespace, log: Log) -> int:
    """Run the verb until it is stopped or nobody has used the page for a while."""
    from reportgen.pipeline.serving import Server

    if not 0 <= arguments.port <= 65535:
        raise UsageError(f"{arguments.port} is no port", where="--port", hint="0 to 65535; 0 takes a free one")
    if not 1 <= arguments.idle <= 1440:
        raise UsageError(f"{arguments.idle} minutes", where="--idle", hint="1 to 1440")
    asked = request(arguments)
    server = Server(desk_of(asked, arguments.who), arguments.port, arguments.idle * 60)
    link = f"http://{server.address}/?token={server.token}"
    said = "open this link once, in a browser on this machine; end with Ctrl-C"
    try:
        print(link, flush=True)
        log(Event("info", "review", said, str(asked.seeds)))
        server.run()
        log(Event("info", "done", f"nobody used the page for {arguments.idle} minutes"))
    except KeyboardInterrupt:
        log(Event("info", "done", "stopped"))
    return EXIT_OK
