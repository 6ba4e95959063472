"""The command: verbs only. A verb parses, calls the pipeline and returns an exit code; it holds no logic of its own.

Every failure ends here: one line that says what, where and what to try. Only --debug prints a traceback.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from types import FrameType

from reportgen.cli.parser import parse
from reportgen.errors import EXIT_OK, ReportgenError, UsageError, unexpected
from reportgen.progress import Event, Log

_SIGNALLED = 128


class _Terminated(BaseException):
    """SIGTERM or SIGHUP came: unwind, so that locks are freed and staged files removed."""

    def __init__(self, number: int) -> None:
        """Keep which signal came."""
        self.number = number
        super().__init__(number)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv`; the exit code comes back."""
    _use_utf8()
    arguments = parse(sys.argv[1:] if argv is None else list(argv))
    log = Log(json=arguments.log_format == "json", quiet=arguments.quiet, debug=arguments.debug)
    code = _trapped(lambda: _run(arguments, log), log)
    url: str = getattr(arguments, "ping", "")
    if url:
        # a signal that comes now comes too late to change how the run ended
        _trapped(lambda: _ended(url, code, log), log)
    return code


def _run(arguments: argparse.Namespace, log: Log) -> int:
    _check_locale()
    url: str = getattr(arguments, "ping", "")
    if url:
        from reportgen.cli import ping

        ping.started(url, log)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
            signal.signal(number, _terminate)
    sys.unraisablehook = _never_lost
    code: int = arguments.run(arguments, log)
    sys.stdout.flush()
    return code


def _ended(url: str, code: int, log: Log) -> int:
    from reportgen.cli import ping

    ping.ended(url, code, log)
    return code


def _trapped(run: Callable[[], int], log: Log) -> int:
    """The exit code of `run`, whatever it raises."""
    try:
        return run()
    except ReportgenError as error:
        return _report(log, error, error)
    except KeyboardInterrupt:
        return _stopped(log, signal.SIGINT)
    except _Terminated as stop:
        return _stopped(log, signal.Signals(stop.number))
    except BrokenPipeError:
        # whoever read our output has gone; nobody is left to tell, and Python must not try again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except Exception as error:
        fault = ReportgenError(f"internal error: {unexpected(error)}", hint="--debug")
        return _report(log, fault, error)
    finally:
        log.clear()


def _use_utf8() -> None:
    """Under cron there is no LANG: what we print is UTF-8 all the same."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _check_locale() -> None:
    """Without any locale Python takes file names as UTF-8; a locale that was set to Latin letters is a mistake."""
    try:
        os.fsencode("月报")
    except UnicodeEncodeError:
        encoding = sys.getfilesystemencoding()
        raise UsageError(f"file names in {encoding} cannot be Chinese", where="LC_ALL", hint="LC_ALL=C.UTF-8") from None


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated(number)


def _never_lost(dropped: sys.UnraisableHookArgs) -> None:
    """A signal that comes while Python runs a destructor is dropped there: send it again."""
    if isinstance(dropped.exc_value, _Terminated):
        os.kill(os.getpid(), dropped.exc_value.number)
    elif isinstance(dropped.exc_value, KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    else:
        sys.__unraisablehook__(dropped)


def _stopped(log: Log, number: signal.Signals) -> int:
    log(Event("error", "stopped", f"stopped by {number.name}; nothing half-written was left"))
    return _SIGNALLED + number


def _report(log: Log, error: ReportgenError, cause: Exception) -> int:
    trace = getattr(cause, "trace", "") or "".join(traceback.format_exception(cause))
    log(Event("error", "failed", error.what, error.where, error.hint, trace=trace))
    return error.exit_code
