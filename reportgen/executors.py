"""Where the work runs: here, in processes of this machine, or on a Dask cluster, behind one `Executor`.

In: "serial", "4" or "processes:4", "dask:tls://host:8786". Out: a `concurrent.futures.Executor`, open for one `with`.
`outcomes` settles every task by itself: a task that fails, or that ends its worker, costs itself alone.
Order never depends on completion. Nothing here writes a file.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from reportgen.errors import ReportgenError, UsageError
from reportgen.workers import Bounds, worker_pool

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


@contextmanager
def open_executor(spec: str) -> Iterator[Executor]:
    """The executor that `spec` names, shut down at the end of the `with`."""
    check_jobs(spec)
    if spec in _SERIAL:
        yield SerialExecutor()
    elif spec.startswith("dask:"):
        with _dask(spec.removeprefix("dask:")) as executor:
            yield executor
    else:
        with worker_pool(int(spec.removeprefix("processes:")), Bounds()) as executor:
            yield executor


def outcomes(spec: str, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Outcome[Result]]:
    """One outcome per task, in the order of `tasks`, each settled by itself.

    `work` is a module-level function of one small plain value.
    """
    ahead = iter(tasks)
    # serial work is done as it is submitted: one task ahead is all that progress can be shown for
    window = 1 if spec in _SERIAL else _WINDOW
    with open_executor(spec) as executor:
        waiting = deque(executor.submit(work, task) for task in islice(ahead, window))
        while waiting:
            yield _settled(waiting.popleft())
            waiting.extend(executor.submit(work, task) for task in islice(ahead, 1))


def _settled(future: Future[Result]) -> Outcome[Result]:
    try:
        return Outcome(value=future.result())
    except Exception as error:
        return Outcome(error=error)


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("Dask is not installed", where="--jobs", hint="pip install 'reportgen[cluster]'") from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise ReportgenError(f"no scheduler answers: {error}", where=address, hint="--jobs serial") from None
    with client:
        client.get_versions(check=True)
        yield client.get_executor(pure=False)
