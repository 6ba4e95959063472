"""Contestants side by side in one run: every round each of them once, so that a busy machine is busy for all.

In: names and functions that do the same work of a round, which differs from that of every other round. Out: the
medians, in seconds on the clock and of processors.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

ROUNDS = 5
Contestant = Callable[[int], object]
"""The work of one round."""


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of one contestant."""

    wall: float
    processor: float


def contest(contestants: Mapping[str, Contestant], rounds: int = ROUNDS) -> dict[str, Result]:
    """Run everyone once to warm up, then `rounds` times in turn."""
    for run in contestants.values():
        run(0)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for number in range(1, rounds + 1):
        for name, run in contestants.items():
            wall, processor = time.perf_counter(), _processor()
            run(number)
            times[name].append((time.perf_counter() - wall, _processor() - processor))
    return {name: Result(*map(median, zip(*found, strict=True))) for name, found in times.items()}


def _processor() -> float:
    """Processor seconds of this process, its threads and the processes that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)
