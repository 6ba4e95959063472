"""Documents in a child process, which is ended when one takes too long or too much memory: that one alone is lost.

In: tasks. Out: a `Reading` each, or a failure that says which limit was broken. The limits are kept from outside: by
the kernel (memory, processor time, no file written) and by the parent's clock. The child answers in JSON, not pickle.
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
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import NoReturn

from reportgen.pipeline.codec import decode, encode
from reportgen.pipeline.documents import Failure, Reading, Task, extract_document, load_for
from reportgen.read.limits import Limits

_CHUNK = 1 << 20
_MEGABYTE = 1 << 20
_FIRST_OWN_DESCRIPTOR = 3


def extract_guarded(tasks: Sequence[Task], work: Callable[[Task], Reading] = extract_document) -> tuple[Reading, ...]:
    """What `work` makes of each of `tasks`, done in a child within their limits; never raises for what the child does.

    Several tasks share a child until one breaks a limit; the next then gets a new one. A fork costs as much as reading
    two pages, so that documents which run no code but ours may share.
    """
    readings: list[Reading] = []
    while len(readings) < len(tasks):
        left = tasks[len(readings) :]
        load_for(left[0].vocabulary, left[0].path.suffix)  # here, once: every child shares it
        answers, gone = _in_a_child(left, work)
        found = list(takewhile(bool, map(_reading, left, answers)))
        readings += (reading for reading in found if reading)
        if len(found) < len(left):
            broken = left[len(found)]
            readings.append(Reading(broken.name, failure=_failure(broken, gone)))
    return tuple(readings)


def _in_a_child(tasks: Sequence[Task], work: Callable[[Task], Reading]) -> tuple[list[bytes], str]:
    """What the child said of one task after the other, and why it ended before it had said all."""
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        # Python warns of a fork beside threads; a child that a lock of theirs stops is ended at its deadline
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _child(theirs, tasks, work)
    os.close(theirs)
    try:
        return _listen(ours, tasks[0].limits)
    finally:
        os.close(ours)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _listen(descriptor: int, limits: Limits) -> tuple[list[bytes], str]:
    """The answers, a line each, and why there are no more; the clock begins anew with each."""
    answers: list[bytes] = []
    said = bytearray()
    deadline = time.monotonic() + limits.max_seconds
    answered = select.poll()
    answered.register(descriptor, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0:
        if not answered.poll(left * 1000):
            continue
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            return answers, f"the process that read it ended (does it need more than {limits.max_megabytes} MB?)"
        said += chunk
        if b"\n" in chunk:
            *whole, said = said.split(b"\n")
            answers += map(bytes, whole)
            deadline = time.monotonic() + limits.max_seconds
        if len(said) > limits.max_megabytes * _MEGABYTE:
            return answers, f"it yields more than {limits.max_megabytes} MB"
    return answers, f"it takes longer than {limits.max_seconds} s"


def _child(descriptor: int, tasks: Sequence[Task], work: Callable[[Task], Reading]) -> NoReturn:
    """Work, answer, end. Nothing of the parent's is run or written here, whatever happens."""
    try:
        gc.freeze()  # what the parent has loaded is not to be looked through, and copied by that, page by page
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(descriptor, _FIRST_OWN_DESCRIPTOR)
        # the lock on the output folder is not the child's: should the parent die, it must be free
        os.closerange(_FIRST_OWN_DESCRIPTOR + 1, os.sysconf("SC_OPEN_MAX"))
        _limit(tasks[0].limits, len(tasks))
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


def _limit(limits: Limits, tasks: int) -> None:
    memory = _address_space() + limits.max_megabytes * _MEGABYTE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.max_seconds * tasks + 1),
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


def _reading(task: Task, answer: bytes) -> Reading | None:
    try:
        reading: Reading = decode(Reading, json.loads(answer))
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return None
    return reading if reading.name == task.name else None


def _failure(task: Task, why: str) -> Failure:
    return Failure("limits", task.name, why, "[limits] in reportgen.toml")
