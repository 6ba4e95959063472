"""Tasks done one after the other in a child process, which is ended when one takes too long or too much memory.

In: tasks, and a function of one. Out: an answer each, or why there is none; the next task then gets a new child. The
limits are kept from outside: by the kernel (memory, processor time, no file written) and by the parent's clock. The
child answers in JSON, not pickle, and does not hold the lock of the output folder.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from reportgen.errors import ReportgenError
from reportgen.pipeline.codec import decode, encode
from reportgen.workers import Bounds

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_CHUNK = 1 << 20
_MEGABYTE = 1 << 20
_FIRST_OWN_DESCRIPTOR = 3


@dataclass(frozen=True, slots=True)
class Lost:
    """Why there is no answer to a task."""

    why: str


def answers(
    tasks: Sequence[Task],
    work: Callable[[Task], Answer],
    kind: type[Answer],
    bounds: Bounds,
    *,
    fits: Callable[[Task, Answer], bool],
    prepare: Callable[[Task], object],
) -> Iterator[Answer | Lost]:
    """What `work` answers to each of `tasks`, each as soon as it is there; what the child does raises nothing here.

    Before a child is begun `prepare` loads what it will need, so that every later one shares it. An answer that is no
    `kind`, or that does not fit its task, is none.
    """
    done = 0
    while done < len(tasks):
        left = tasks[done:]
        prepare(left[0])
        with closing(_in_a_child(left, work, bounds)) as child:
            for task, said in zip(left, child, strict=False):
                answer = said if isinstance(said, Lost) else _decoded(kind, said)
                if not isinstance(answer, Lost) and not fits(task, answer):
                    answer = Lost(_ended(bounds))
                done += 1
                yield answer
                if isinstance(answer, Lost):
                    break


def _in_a_child(
    tasks: Sequence[Task], work: Callable[[Task], object], bounds: Bounds
) -> Generator[bytes | Lost, None, None]:
    """What the child says of one task after the other; last, why it has not said more."""
    ours, theirs = os.pipe()
    try:
        with warnings.catch_warnings():
            # Python warns of a fork beside threads; a child that a lock of theirs stops is ended at its deadline
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError as error:
        raise ReportgenError(
            f"no process can be started: {error.strerror}", hint="again when less is running"
        ) from None
    if child == 0:
        _work(theirs, tasks, work, bounds)
    os.close(theirs)
    try:
        yield from _listen(ours, bounds)
    finally:
        os.close(ours)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _listen(descriptor: int, bounds: Bounds) -> Iterator[bytes | Lost]:
    """The answers, a line each, and why there are no more; the clock begins anew with each."""
    said = bytearray()
    deadline = time.monotonic() + bounds.seconds
    answered = select.poll()
    answered.register(descriptor, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0:
        if not answered.poll(left * 1000):
            continue
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            yield Lost(_ended(bounds))
            return
        said += chunk
        if b"\n" in chunk:
            *whole, said = said.split(b"\n")
            yield from map(bytes, whole)
            deadline = time.monotonic() + bounds.seconds
        if len(said) > bounds.megabytes * _MEGABYTE:
            yield Lost(f"it yields more than {bounds.megabytes} MB")
            return
    yield Lost(f"it takes longer than {bounds.seconds:g} s")


def _ended(bounds: Bounds) -> str:
    return f"its process ended (does it need more than {bounds.megabytes} MB?)"


def _decoded(kind: type[Answer], said: bytes) -> Answer | Lost:
    try:
        answer: Answer = decode(kind, json.loads(said))
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return Lost("its process answered nonsense")
    return answer


def _work(descriptor: int, tasks: Sequence[Any], work: Callable[[Any], object], bounds: Bounds) -> NoReturn:
    """Work, answer, end. Nothing of the parent's is run or written here, whatever happens."""
    try:
        gc.freeze()  # what the parent has loaded is not to be looked through, and copied by that, page by page
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(descriptor, _FIRST_OWN_DESCRIPTOR)
        # the lock on the output folder is not the child's: should the parent die, it must be free
        os.closerange(_FIRST_OWN_DESCRIPTOR + 1, os.sysconf("SC_OPEN_MAX"))
        _limit(bounds, len(tasks))
        with suppress(MemoryError):
            for task in tasks:
                answer = json.dumps(encode(work(task))).encode() + b"\n"
                for begin in range(0, len(answer), _CHUNK):
                    _write(answer[begin : begin + _CHUNK])
    finally:
        os._exit(0)


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(_FIRST_OWN_DESCRIPTOR, data) :]


def _limit(bounds: Bounds, tasks: int) -> None:
    memory = _address_space() + bounds.megabytes * _MEGABYTE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, int(bounds.seconds * tasks) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # the machine may allow less already
            resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    """Bytes of address space that the process has without having done anything yet."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
