"""Where the work runs: here, in processes of this machine, or on a Dask cluster, behind one `Executor`.

In: "serial", "4" or "processes:4", "dask:tls://host:8786". Out: a `concurrent.futures.Executor`, open for one `with`.
`outcomes` settles every task by itself: a task that fails, or that ends its worker, costs itself alone.
Order never depends on completion. Nothing here writes a file.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

from reportgen.errors import ReportgenError, UsageError
from reportgen.parcel import pack, unpack
from reportgen.workers import Bounds, WorkerDiedError, held, load_ahead, worker_pool

Task = TypeVar("Task")
Result = TypeVar("Result")

_PROCESSES = re.compile(r"(?:processes:)?(\d{1,4})", re.ASCII)
_DASK = re.compile(r"dask:((?:tls|tcp)://\S+)")
_SERIAL = ("serial", "1", "processes:1")
_MOST_PROCESSES = 256
_WINDOW = 32


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What became of one task: a value, or the error that it raised."""

    value: Result | None = None
    error: BaseException | None = None


class SerialExecutor(Executor):
    """Runs each task where it is submitted, so that tracebacks are plain and nothing is copied."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Run `fn` now; its result or error is in the future that comes back."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def check_jobs(spec: str) -> str:
    """`spec` itself when it names an executor; UsageError otherwise."""
    counted = _PROCESSES.fullmatch(spec)
    if spec == "serial" or _DASK.fullmatch(spec) or (counted and 1 <= int(counted[1]) <= _MOST_PROCESSES):
        return spec
    raise UsageError(f"{spec!r} is no executor", where="--jobs", hint="serial, 4, or dask:tls://HOST:8786")


def is_serial(spec: str) -> bool:
    """Whether the work runs in this very process, which nothing bounds from outside."""
    return spec in _SERIAL


def is_elsewhere(spec: str) -> bool:
    """Whether the work may run on other machines, to which a relative path means nothing."""
    return spec.startswith("dask:")


@contextmanager
def open_executor(spec: str, common: bytes = b"") -> Iterator[Executor]:
    """The executor that `spec` names, shut down at the end of the `with`; its workers are given `common`."""
    check_jobs(spec)
    if is_serial(spec):
        yield SerialExecutor()
    elif is_elsewhere(spec):
        from reportgen.cluster import cluster

        with cluster(spec.removeprefix("dask:"), common) as executor:
            yield executor
    else:
        with worker_pool(int(spec.removeprefix("processes:")), Bounds(), common) as executor:
            yield executor


@contextmanager
def beside(spec: str, loaded: str) -> Iterator[Executor]:
    """For what the run itself does while its workers work; they are to have the module `loaded` from their beginning.

    Where the run has no workers of this machine, it does everything in turn.
    """
    if is_serial(spec) or is_elsewhere(spec):
        yield SerialExecutor()
        return
    load_ahead((loaded,))
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield thread


def outcomes(
    spec: str, work: Callable[..., Result], tasks: Iterable[Task], *common: object
) -> Iterator[Outcome[Result]]:
    """One outcome per task, in the order of `tasks`, each settled by itself.

    `work` is a module-level function of one small plain value, and of `common`, which every worker is sent once.
    """
    ahead = iter(tasks)
    if is_serial(spec):
        # done one by one as they are asked for: progress can be shown for no more
        here = SerialExecutor()
        for task in ahead:
            yield _settled(here.submit(work, task, *common))  # type: ignore[no-untyped-call]
        return
    with open_executor(spec, pack(common) if common else b"") as executor:
        waiting = deque(executor.submit(_elsewhere, work, pack(task)) for task in islice(ahead, _WINDOW))
        while waiting:
            outcome = _settled(waiting.popleft())
            yield Outcome(error=outcome.error) if outcome.value is None else Outcome(unpack(outcome.value))
            waiting.extend(executor.submit(_elsewhere, work, pack(task)) for task in islice(ahead, 1))


def _elsewhere(work: Callable[..., Any], task: bytes, common: bytes | None = None) -> bytes:
    """One task in a worker."""
    return pack(work(unpack(task), *_opened(held() if common is None else common)))


@lru_cache(maxsize=1)
def _opened(common: bytes) -> tuple[Any, ...]:
    return tuple(unpack(common)) if common else ()


def _settled(future: Future[Any]) -> Outcome[Any]:
    try:
        return Outcome(value=future.result())
    except CancelledError:
        raise ReportgenError("the scheduler is gone", where="--jobs", hint="again, or --jobs serial") from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # Dask's, which is not loaded where it is not used
            return Outcome(error=WorkerDiedError("it ended one worker after the other (out of memory?)"))
        return Outcome(error=error)
