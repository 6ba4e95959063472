"""Processes of this machine as an `Executor`: each task alone in its process, bounded in time and memory from outside.

In: module-level functions and small plain values. Out: futures. A task that hangs is ended, one that ends its process
or eats its memory costs itself alone; the next task gets a new process. Workers are forked by a server that has loaded
once what all of them need.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from queue import SimpleQueue
from threading import Thread
from typing import Any

from reportgen.errors import DocumentError

# forked by a server of its own: a worker forked by the run would inherit the lock on the output folder and keep it
# after the run has died
_SERVED = multiprocessing.get_context("forkserver")
_SERVED.set_forkserver_preload([])  # else it would load whatever script uses the library, and run that again
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one task may take: seconds on the clock, and the address space of its process."""

    seconds: float = 300.0
    megabytes: int = 4096


def load_ahead(modules: Sequence[str]) -> None:
    """Begin to import `modules` for all workers to come, beside what the run does meanwhile; the first call counts."""
    _SERVED.set_forkserver_preload(list(modules))
    ensure_running()


class WorkerDiedError(DocumentError):
    """The process that worked on one task ended without an answer, or had to be ended."""


class _Worker:
    """One process and the line to it."""

    def __init__(self, bounds: Bounds, held: bytes) -> None:
        """Start the process."""
        self._bounds = bounds
        self._line, far = _SERVED.Pipe()
        self._process = _SERVED.Process(target=_serve, args=(far, bounds.megabytes, held), daemon=True)
        try:
            self._process.start()
        except (EOFError, OSError, RuntimeError) as error:
            self._line.close()
            said = str(error).strip().partition("\n")[0] or type(error).__name__
            raise WorkerDiedError(f"no process can be started: {said}") from None
        finally:
            far.close()

    def ask(self, call: tuple[Any, ...]) -> Any:
        """The result of one call. Raises what it raised, or WorkerDiedError, after which the worker is of no use."""
        try:
            self._line.send(call)
            if not self._line.poll(self._bounds.seconds):
                raise WorkerDiedError(f"it took longer than {self._bounds.seconds:g} s and was ended")
            good, value = self._line.recv()
        except (EOFError, OSError):
            raise WorkerDiedError("its worker process ended (out of memory?)") from None
        if good:
            return value
        raise value

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._line.close()


class WorkerPool(Executor):
    """Some workers, each started when first needed."""

    def __init__(self, workers: int, bounds: Bounds, held: bytes = b"") -> None:
        """Start the threads that wait for the workers; each worker is given `held`."""
        self._bounds = bounds
        self._held = held
        self._calls: SimpleQueue[tuple[Future[Any], tuple[Any, ...]] | None] = SimpleQueue()
        self._open = True
        self._running: set[_Worker] = set()
        self._threads = [Thread(target=self._wait, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run `fn` in a worker when one is free."""
        future: Future[Any] = Future()
        self._calls.put((future, (fn, args, kwargs)))
        return future

    def kill(self) -> None:
        """End what is under way; nothing more is begun."""
        self._open = False
        for worker in tuple(self._running):
            worker.end()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers end after what was submitted."""
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _wait(self) -> None:
        worker: _Worker | None = None
        while (item := self._calls.get()) is not None:
            future, call = item
            if not self._open or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            try:
                if worker is None:
                    worker = _Worker(self._bounds, self._held)
                    self._running.add(worker)
                future.set_result(worker.ask(call))
            except Exception as error:
                if worker is not None and isinstance(error, WorkerDiedError):
                    self._drop(worker)
                    worker = None
                future.set_exception(error)
        if worker is not None:
            self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        self._running.discard(worker)
        with suppress(ValueError, OSError):  # another thread may have ended it
            worker.end()


@contextmanager
def worker_pool(workers: int, bounds: Bounds, held: bytes = b"") -> Iterator[WorkerPool]:
    """A pool for one `with`; when the body raises, what is under way is ended. In its workers `held()` is `held`."""
    pool = WorkerPool(workers, bounds, held)
    try:
        yield pool
    except BaseException:
        pool.kill()
        raise
    finally:
        pool.shutdown()


_held = b""


def held() -> bytes:
    """In a worker: what all its tasks have in common, as its pool was given it."""
    return _held


def _serve(line: Connection, megabytes: int, common: bytes) -> None:
    """What a worker process does: call by call, until the line ends."""
    global _held
    _held = common
    gc.freeze()  # what the server has loaded is shared as long as nobody looks through it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    with suppress(EOFError, OSError):
        while True:
            function, args, kwargs = line.recv()
            try:
                answer = (True, function(*args, **kwargs))
            except Exception as error:
                answer = (False, error)
            line.send(answer)
