"""What a run says while it works: a line or a JSON object per event, a bar on a terminal.

In: `Event` values. Out: text on the error stream, one line per event, whatever characters a document put into it.
Never a document's text; never anything in a quiet run that went well.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TextIO

Level = Literal["info", "warning", "error"]
_BAR = 24


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `done` of `total` steps where it is a step of the run."""

    level: Level
    event: str
    message: str
    where: str = ""
    hint: str = ""
    done: int = 0
    total: int = 0
    trace: str = ""
    """A traceback, printed only for --debug."""


Tell = Callable[[Event], None]


@dataclass(slots=True)
class Log:
    """Prints events. Steps move the bar on a terminal and are lines of JSON in a log; in plain text they are silent."""

    json: bool = False
    quiet: bool = False
    debug: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _bar_shown: bool = False

    def __call__(self, event: Event) -> None:
        """Print one event."""
        if self.quiet and event.level == "info":
            return
        if self.debug and event.trace:
            self.clear()
            print(event.trace, end="", file=self.stream)
        if self.json:
            print(_as_json(event), file=self.stream, flush=True)
        elif event.total:
            self._show_bar(event)
        else:
            self.clear()
            print(_as_text(event), file=self.stream, flush=True)

    def clear(self) -> None:
        """Wipe the bar."""
        if self._bar_shown:
            print("\r\x1b[K", end="", file=self.stream, flush=True)
            self._bar_shown = False

    def _show_bar(self, event: Event) -> None:
        if not self.stream.isatty():
            return
        full = _BAR * event.done // event.total
        bar = "█" * full + "░" * (_BAR - full)
        print(f"\r\x1b[K{bar} {event.done}/{event.total} {one_line(event.message)[:60]}", end="", file=self.stream)
        self.stream.flush()
        self._bar_shown = True


def one_line(text: str) -> str:
    r"""`text` without a character that could forge a line, colour a terminal or turn its direction.

    >>> one_line("朝阳市\nerror: forged")
    '朝阳市\\nerror: forged'
    """
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character.encode("unicode_escape", "backslashreplace").decode("ascii")
    return character


def _as_text(event: Event) -> str:
    head = "reportgen: " if event.level == "info" else f"reportgen: {event.level}: "
    where = f"{event.where}: " if event.where else ""
    hint = f" (try: {event.hint})" if event.hint else ""
    return head + one_line(where + event.message + hint)


def _as_json(event: Event) -> str:
    said: dict[str, object] = {"level": event.level, "event": event.event, "message": one_line(event.message)}
    if event.where:
        said["where"] = one_line(event.where)
    if event.hint:
        said["hint"] = one_line(event.hint)
    if event.total:
        said |= {"done": event.done, "total": event.total}
    return json.dumps(said, ensure_ascii=False)
