"""Work on values that all briefings of an issue share, done for the first of them and remembered for the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

Values = TypeVarTuple("Values")
Result = TypeVar("Result")


def once(work: Callable[[*Values], Result]) -> Callable[[*Values], Result]:
    """`work`, which is not done again while it is asked about the very same values; only the last result is kept.

    To compare the values themselves, ten thousands of figures, would take longer than most of the work.
    """
    last: list[tuple[tuple[Any, ...], Result]] = []

    def done(*values: *Values) -> Result:
        given: tuple[Any, ...] = values
        if not last or any(now is not before for now, before in zip(given, last[0][0], strict=True)):
            last[:] = [(given, work(*values))]
        return last[0][1]

    return done
