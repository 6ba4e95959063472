"""Which look a span has where: in running text, in the key box, in a table, in notes, in the evidence.

Spans and the name of their surroundings go in, runs for the line breaker come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from reportgen.house import House, Role
from reportgen.model import Span, Spans
from reportgen.render.pdf.text import Look, Run

Place = Literal[
    "body", "key", "table", "head", "note", "sub", "aside", "evidence", "evidence-head", "provenance", "end"
]

# Surroundings -> the role of every span look; a look that is not named takes that of "plain".
_ROLES: Mapping[Place, Mapping[str, str]] = {
    "body": {"plain": "body", "strong": "body-strong", "kai": "body-kai", "muted": "heading-aside", "mark": "mark"},
    "key": {"plain": "key-text", "strong": "key-label", "kai": "body-kai", "muted": "heading-aside", "mark": "mark"},
    "table": {"plain": "table-cell", "strong": "table-strong", "muted": "table-muted", "mark": "table-source"},
    "head": {"plain": "table-head", "muted": "table-muted", "mark": "table-source"},
    "note": {"plain": "note"},
    "sub": {"plain": "caption-sub"},
    "aside": {"plain": "heading-aside"},
    "evidence": {"plain": "evidence", "strong": "evidence-number", "muted": "note"},
    "evidence-head": {"plain": "evidence-number"},
    "provenance": {"plain": "provenance", "number": "provenance-digits"},
    "end": {"plain": "end"},
}
_RUNNING = ("body", "key")
_DOTS = "●○"
_SQUARES = "■□"
_SIGNS = frozenset(_DOTS + _SQUARES)
# Evidence marks are made for 12 pt text; beside smaller text they shrink with it, but stay legible.
_SMALLEST_MARK = 6.2
_DOT_SIZE = 6.2
_SQUARE_SIZE = 6.3


def look(house: House, role: str, *, rise: float = 0.0, underline: float = 0.0) -> Look:
    """The look of a role of the house style."""
    return _of_role(house.role(role), rise, underline)


@lru_cache(maxsize=512)
def _of_role(role: Role, rise: float, underline: float) -> Look:
    return Look(role.face, role.size, role.colour, rise, underline, role.tracking, role.leading)


@lru_cache(maxsize=2048)
def _changed(base: Look, *changes: tuple[str, Any]) -> Look:
    """`base` with other values of some of its fields: the same few looks come again in every table and sentence."""
    return replace(base, **dict(changes))


def plain(house: House, role: str, text: str) -> tuple[Run, ...]:
    """One text in the look of a role, its dots in theirs."""
    return tuple(_with_signs(Run(text, look(house, role)), house))


def runs(house: House, spans: Spans, place: Place) -> tuple[Run, ...]:
    """Runs of `spans` in the surroundings `place`."""
    running = place in _RUNNING or (place == "table" and _is_running(spans))
    found: list[Run] = []
    for span in spans:
        run = Run(
            span.text,
            _look(house, span, place, running),
            span.link,
            solid=span.look in ("actual", "target", "number", "mark") and len(span.text) <= 24,
            tied=span.look in ("mark", "alert") and running and bool(found),
        )
        found += _with_signs(run, house) if place not in _RUNNING else (run,)
    return tuple(found)


def _is_running(spans: Spans) -> bool:
    """Whether a table cell holds a phrase with numbers in it rather than a number alone."""
    return any(span.look == "plain" and len(span.text.strip()) > 1 for span in spans)


def _look(house: House, span: Span, place: Place, running: bool) -> Look:
    roles = _ROLES[place]
    base = look(house, roles["plain"])
    if span.look == "alert":
        return _changed(base, ("face", "hei-bold"), ("colour", house.colours.red))
    if span.look in ("actual", "target", "number"):
        return _figure(house, span, place, base, running)
    if span.look == "mark" and (place in _RUNNING or (place == "table" and running)):
        mark = look(house, "mark")
        return _changed(mark, ("size", max(_SMALLEST_MARK, mark.size * base.size / 12)), ("rise", 0.3 * base.size))
    if span.look not in roles and span.look in ("strong", "muted", "kai"):
        changes = {"strong": ("hei-bold", base.colour), "muted": (base.face, house.colours.grey)}
        face, colour = changes.get(span.look, ("kai", base.colour))
        return _changed(base, ("face", face), ("colour", colour))
    return look(house, roles.get(span.look, roles["plain"]))


def _figure(house: House, span: Span, place: Place, base: Look, underlined: bool) -> Look:
    """A number: bold for actual, light and underlined for target; in the evidence black and bold."""
    if place == "evidence":
        return look(house, "evidence-number")
    if place in ("note", "sub", "aside", "end", "head", "provenance", "evidence-head"):
        return look(house, "provenance-digits") if place == "provenance" else base
    if span.look == "number" and place in _RUNNING:
        return base
    bold = span.look == "actual"
    figure = look(house, "figure-actual" if bold else "figure-target")
    size = figure.size * base.size / house.role("body").size
    colour = figure.colour
    if place == "table":
        size, colour = base.size, house.colours.blue
    line = 0.7 if underlined and span.look == "target" else 0.0
    return _changed(figure, ("size", size), ("colour", colour), ("underline", line), ("leading", base.leading))


def _with_signs(run: Run, house: House) -> Iterable[Run]:
    """`run` with status dots and progress squares set in their own size."""
    if _SIGNS.isdisjoint(run.text):
        return (run,)
    return [replace(run, text="".join(part), look=_sign(run.look, kind, house)) for kind, part in _kinds(run.text)]


def _kinds(text: str) -> Iterable[tuple[str, Iterable[str]]]:
    return ((kind, list(part)) for kind, part in groupby(text, lambda sign: sign if sign in _SIGNS else ""))


def _sign(base: Look, kind: str, house: House) -> Look:
    if not kind:
        return base
    colour = house.colours.rule if kind == "□" else house.colours.blue
    size = min(_DOT_SIZE if kind in _DOTS else _SQUARE_SIZE, base.size)
    # Half the difference of the em heights keeps the sign in the middle of the line.
    white = 0.2 if kind in _DOTS else 0.0
    rise = base.rise + 0.36 * (base.size - size)
    return _changed(base, ("face", "hei"), ("size", size), ("colour", colour), ("rise", rise), ("tracking", white))
