"""Errors that people see: each says what is wrong, where, and what to try; each knows its exit code.

Nothing else in the program chooses an exit code. Findings that do not stop a run are `model.Problem` values.
"""

from __future__ import annotations

import traceback
from pathlib import Path

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_PARTIAL = 3
EXIT_REFUSED = 4
EXIT_LOCKED = 11


class ReportgenError(Exception):
    """A failure that a person can act on: `what` happened, `where`, and what to `hint` (try)."""

    exit_code = EXIT_FAILED

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        """Say `what` is wrong, `where`, and what to try."""
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: where: what (try: hint)."""
        place = f"{self.where}: " if self.where else ""
        advice = f" (try: {self.hint})" if self.hint else ""
        return f"{place}{self.what}{advice}"


class UsageError(ReportgenError):
    """The command line, a setting, a template or a vocabulary file is wrong."""

    exit_code = EXIT_USAGE


class DocumentError(ReportgenError):
    """One source document cannot be used; the others go on."""

    exit_code = EXIT_PARTIAL


class TemplateError(UsageError):
    """A briefing template is wrong; `where` is file:line."""


class RefusedError(ReportgenError):
    """A quality check refused to publish."""

    exit_code = EXIT_REFUSED


class LockedError(ReportgenError):
    """Another run holds the output folder."""

    exit_code = EXIT_LOCKED


def unexpected(error: BaseException) -> str:
    """What to say of a fault of the program: its kind, and where in the program it was met.

    Its own words are left to --debug: they may be those of a document, which no log may hold.
    """
    package = Path(__file__).parent
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(package)
    ]
    place = f" at {Path(ours[-1].filename).relative_to(package).as_posix()}:{ours[-1].lineno}" if ours else ""
    reason = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{reason}{place}"
