"""The command line as argparse knows it: verbs, options, their help. Nothing heavy is imported to print it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import reportgen
from reportgen.errors import EXIT_USAGE
from reportgen.progress import Event, Log, one_line

Run = Callable[[argparse.Namespace, Log], int]
FORMATS = ("pdf", "docx", "html")


class _Parser(argparse.ArgumentParser):
    """Complains in the program's own one line."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        Log(json=self.as_json)(Event("error", "usage", one_line(message), hint=f"{self.prog} --help"))
        self.exit(EXIT_USAGE)


class _JsonParser(_Parser):
    """The same for who reads the log by program: what is wrong may stand before --log-format."""

    as_json = True


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of `argv`; `run` is the verb. Exits with 2 on a usage error, with 0 after --help."""
    as_json = "--log-format=json" in argv or ("--log-format", "json") in pairwise(argv)
    return parser(_JsonParser if as_json else _Parser).parse_args(argv)


def parser(kind: type[_Parser] = _Parser) -> argparse.ArgumentParser:
    """The whole command line."""
    top = kind(
        prog="reportgen",
        description="Reads Chinese government releases into tables and writes Word and PDF briefings from them.",
        epilog="Exit codes: 0 done or nothing to do, 1 failed, 2 usage or configuration, 3 partial: the rest is"
        " published, 4 refused by a quality check, 11 another run holds the lock, 128+N signal.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"reportgen {reportgen.__version__}")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=kind)
    _build(verbs.add_parser("build", help="documents to published briefings", allow_abbrev=False))
    _extract(verbs.add_parser("extract", help="documents to tables alone", allow_abbrev=False))
    _check(verbs.add_parser("check", help="every mistake in what an office owns, by file and line", allow_abbrev=False))
    _explain(verbs.add_parser("explain", help="what cleaning did, or a figure's whole story", allow_abbrev=False))
    _diff(verbs.add_parser("diff", help="what changed in a draft, or between two issues", allow_abbrev=False))
    _finalize(verbs.add_parser("finalize", help="an edited Word draft to its PDF", allow_abbrev=False))
    _retry(verbs.add_parser("retry", help="do again what the last issue left out", allow_abbrev=False))
    _review(verbs.add_parser("review", help="correct figures on the evidence page", allow_abbrev=False))
    return top


def _build(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="the issue (default: newest publication month)")
    verb.add_argument(
        "--area", action="append", default=[], metavar="AREA", help="only this area's briefing; repeatable"
    )
    verb.add_argument(
        "--sector", action="append", default=[], metavar="SECTOR", help="only this sector's briefing; repeatable"
    )
    verb.add_argument("--format", default="pdf,docx", metavar="LIST", help="of pdf,docx,html (default: pdf,docx)")
    verb.add_argument(
        "--word-charts",
        choices=("picture", "native"),
        default="picture",
        help="native: bars that can be edited in Word (default: picture)",
    )
    _folders(verb)
    verb.add_argument("--force", action="store_true", help="build even when nothing is new; ignore the cache")
    verb.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
    _jobs(verb)
    _ping(verb)
    _shared(verb, "build")


def _extract(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("seeds", type=Path, metavar="SEEDS", help="folder of documents, with its own sources.csv if any")
    verb.add_argument("--out", type=Path, metavar="DIR", required=True, help="folder that the tables go straight into")
    _jobs(verb)
    _shared(verb, "extract")


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--seeds", type=Path, metavar="DIR", help="folder of documents (default: seeds)")
    verb.add_argument("--templates", type=Path, metavar="DIR", help="templates folder (default: templates)")
    _shared(verb, "check")


def _explain(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("subject", metavar="FILE|FIGURE_ID", help="a document, or the id of a figure")
    verb.add_argument("--text", action="store_true", help="print the cleaned text of the document")
    verb.add_argument("--seeds", type=Path, metavar="DIR", help="where to look the figure up (default: seeds)")
    _shared(verb, "explain")


def _diff(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "subject", nargs="+", metavar="DRAFT|MONTH", help="a Word file in the output folder, or two months, YYYY-MM"
    )
    _folders(verb)
    _shared(verb, "diff")


def _finalize(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("draft", type=Path, metavar="DRAFT", help="an edited Word file")
    verb.add_argument("--strict", action="store_true", help="write no PDF while there is a finding; exit code 4")
    verb.add_argument("--out", dest="pdf", type=Path, metavar="FILE", help="the PDF (default: NAME.定稿.pdf beside it)")
    verb.add_argument("--seeds", type=Path, metavar="DIR", help="folder of documents (default: seeds)")
    verb.add_argument("--templates", type=Path, metavar="DIR", help="templates folder (default: templates)")
    _shared(verb, "finalize")


def _retry(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="the issue (default: newest publication month)")
    _folders(verb)
    _jobs(verb)
    _ping(verb)
    _shared(verb, "retry")


def _review(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="the issue (default: the newest in the output)")
    verb.add_argument("--seeds", type=Path, metavar="DIR", help="folder of corrections.csv (default: seeds)")
    verb.add_argument("--out", type=Path, metavar="DIR", help="output folder (default: output)")
    verb.add_argument("--port", type=int, default=0, metavar="N", help="port on 127.0.0.1 (default: a free one)")
    verb.add_argument("--idle", type=int, default=60, metavar="MINUTES", help="end after so long unused (default: 60)")
    verb.add_argument("--who", default="", metavar="NAME", help="who corrects (default: the account's name)")
    _shared(verb, "review")


def _folders(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--seeds", type=Path, metavar="DIR", help="folder of documents (default: seeds)")
    verb.add_argument("--out", type=Path, metavar="DIR", help="output folder (default: output)")
    verb.add_argument("--templates", type=Path, metavar="DIR", help="templates folder (default: templates)")


def _jobs(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--jobs", default="serial", metavar="N", help="serial, 4 (processes), dask:tls://HOST:8786")


def _ping(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--ping", default="", metavar="URL", help="GET URL/start, then URL or URL/fail, for a monitor")


def _shared(verb: argparse.ArgumentParser, name: str) -> None:
    verb.add_argument("--settings", type=Path, metavar="FILE", help="settings file (default: reportgen.toml)")
    verb.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    verb.add_argument("--log-format", choices=("text", "json"), default="text", help="json: one object a line")
    verb.add_argument("--debug", action="store_true", help="print tracebacks")

    def run(arguments: argparse.Namespace, log: Log) -> int:
        code: int = import_module(f"reportgen.cli.{name}").run(arguments, log)
        return code

    verb.set_defaults(run=run)
