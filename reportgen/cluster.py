"""A Dask cluster as an `Executor`: the same functions, the same values, on other machines.

In: a scheduler's address, and what all tasks have in common. Out: an executor whose tasks survive the end of a worker.
Off this machine only TLS is spoken: what travels is pickle, which must come from nobody but us (certificates are set
the way Dask has them set). A worker that is not of this very program is refused before it makes a page that differs.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from reportgen.errors import ReportgenError, UsageError
from reportgen.versions import installed, made_with

_PATIENCE = 10
_DASK = ("dask", "distributed", "cloudpickle")
"""What decides whether workers understand each other."""


@contextmanager
def cluster(address: str, common: bytes = b"") -> Iterator[Executor]:
    """The workers of the scheduler at `address`, each given `common`. Raises UsageError and ReportgenError."""
    _check_address(address)
    try:
        from distributed import Client, Security
    except ImportError:
        raise UsageError("Dask is not installed", where="--jobs", hint="pip install 'reportgen[cluster]'") from None
    for name in ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    security = Security()
    try:
        _try(address, security.get_connection_args("client").get("ssl_context"))
        client = Client(address, security=security, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no scheduler answers there: {str(error) or type(error).__name__}"
        raise ReportgenError(what, where=address, hint="--jobs serial, or Dask's settings for TLS") from None
    with client:
        _check_workers(client, address)
        shared = client.scatter(common, broadcast=True, hash=False) if common else common
        yield _ClusterExecutor(client.get_executor(pure=False), shared)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "tls":
        return
    host = parts.hostname or ""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UsageError("only TLS leaves this machine", where=f"--jobs dask:{address}", hint="dask:tls://HOST:8786")


def _try(address: str, context: ssl.SSLContext | None) -> None:
    """Raise OSError where nobody answers, or somebody who does not accept us: Dask's client would leave pieces."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 8786), timeout=_PATIENCE) as line:
        if parts.scheme == "tls":
            if context is None:
                raise OSError("no certificate of ours is set (distributed.comm.tls)")
            with context.wrap_socket(line) as safe:
                safe.recv(1)  # a scheduler speaks first; one that refuses us says so here


def made_of() -> dict[str, str]:
    """What this process would make an output with, and what it speaks to others with."""
    return made_with() | installed(_DASK)


def _check_workers(client: Any, address: str) -> None:
    """Raise ReportgenError unless there are workers and all of them are like this process."""
    try:
        answers: Mapping[str, object] = client.run(made_of, on_error="return")
    except (OSError, ValueError) as error:
        raise ReportgenError(f"its workers cannot be asked: {error}", where=address) from None
    if not answers:
        raise ReportgenError("the scheduler has no workers", where=address, hint="start dask worker")
    ours = made_of()
    for worker, theirs in sorted(answers.items()):
        if not isinstance(theirs, dict):
            raise ReportgenError(f"worker {worker} cannot run reportgen: {theirs!r}", where=address, hint=_SAME)
        differing = [name for name in ours if theirs.get(name) != ours[name]]
        if differing:
            said = ", ".join(f"{name} {str(theirs.get(name))[:12]} (here {ours[name][:12]})" for name in differing[:3])
            raise ReportgenError(f"worker {worker} has {said}", where=address, hint=_SAME)


_SAME = "the same Python, reportgen and requirements.lock on every machine"


class _ClusterExecutor(Executor):
    """Dask's own executor; every call is also given what all have in common."""

    def __init__(self, executor: Any, common: object) -> None:
        self._executor = executor
        self._common = common

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(fn, *args, self._common, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait)
