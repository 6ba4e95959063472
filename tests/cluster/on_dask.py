"""A real Dask cluster on this machine: a scheduler and three workers as programs of their own, speaking TLS.

`make cluster` runs it; the extra [cluster] must be installed. Nothing here is about speed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from work_for_executors import square

from reportgen.errors import ReportgenError
from reportgen.executors import outcomes
from reportgen.workers import WorkerDiedError

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass
class Cluster:
    """Programs, and what a client needs to talk to them."""

    folder: Path
    environment: dict[str, str]
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    def start(self, *command: str, **changes: str) -> subprocess.Popen[bytes]:
        log = os.open(self.folder / f"{len(self.programs)}.log", os.O_CREAT | os.O_WRONLY)
        program = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env={**self.environment, **changes},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.close(log)
        self.programs.append(program)
        return program

    def worker(self, **changes: str) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(self.folder))
        return self.start("distributed.cli.dask_worker", "--scheduler-file", str(self.file), *options, **changes)

    def address(self) -> str:
        import json

        wait(lambda: self.file.exists() and self.file.stat().st_size > 0)
        return str(json.loads(self.file.read_text())["address"])

    def workers(self) -> int:
        from distributed import Client

        with Client(self.address(), timeout=PATIENCE, set_as_default=False) as client:
            return len(client.scheduler_info(n_workers=-1)["workers"])

    def end(self) -> None:
        for program in self.programs:
            kill(program)


def kill(program: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started, as if its machine had lost power."""
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    program.wait()


def wait(until: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 10):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def certificate(folder: Path) -> dict[str, str]:
    """A key and certificate for one test run, and the settings by which Dask uses them for everybody."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=reportgen"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    tls = {f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY": str(key) for role in ("SCHEDULER", "WORKER", "CLIENT")}
    tls |= {name.replace("__KEY", "__CERT"): str(cert) for name in tls}
    tls["DASK_DISTRIBUTED__COMM__TLS__CA_FILE"] = str(cert)
    return tls


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    tls = certificate(folder)
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    found = Cluster(folder, {**os.environ, **THREADS, **tls, "PYTHONPATH": path})
    with pytest.MonkeyPatch.context() as patch:
        for name, value in tls.items():
            patch.setenv(name, value)
        import dask

        dask.config.refresh()
        listen = ("--host", "127.0.0.1", "--protocol", "tls", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        found.start("distributed.cli.dask_scheduler", *listen, "--scheduler-file", str(found.file))
        try:
            for _ in range(3):
                found.worker()
            wait(lambda: found.workers() == 3)
            yield found
        finally:
            found.end()


def run(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(command, cwd=ROOT, env=cluster.environment, capture_output=True, text=True, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(".")}


@pytest.fixture(scope="module")
def serial(cluster: Cluster) -> dict[str, bytes]:
    done = run(cluster, "build", "--quiet", "--out", str(cluster.folder / "serial"))
    assert done.returncode == 0, done.stderr
    return tree(cluster.folder / "serial")


def test_a_cluster_makes_the_same_bytes(cluster: Cluster, serial: dict[str, bytes]) -> None:
    done = run(cluster, "build", "--quiet", "--jobs", f"dask:{cluster.address()}", "--out", str(cluster.folder / "far"))
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(cluster.folder / "far") == serial


def test_a_worker_that_is_lost_in_mid_run_costs_nothing(cluster: Cluster, serial: dict[str, bytes]) -> None:
    lost = cluster.worker()
    wait(lambda: cluster.workers() == 4)
    out = cluster.folder / "lost"
    command = [sys.executable, "-m", "reportgen", "build", "--quiet", "--jobs", f"dask:{cluster.address()}"]
    with subprocess.Popen([*command, "--out", str(out)], cwd=ROOT, env=cluster.environment) as running:
        wait(lambda: (out / ".cache").is_dir())  # documents are coming back
        time.sleep(1)
        assert running.poll() is None, "too late: the run is over"
        kill(lost)
    assert running.returncode == 0
    assert tree(out) == serial


@pytest.fixture
def network() -> Iterator[tuple[list[str], list[str]]]:
    """Two machines as far as their network goes: commands that run another one in each; 10.213.7.1 and 10.213.7.2."""
    names = [f"reportgen{os.getpid()}{side}" for side in "ab"]
    wires = [f"rg{os.getpid() % 10**6}{side}" for side in "ab"]
    try:
        for name in names:
            subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine does not let the tests make networks")
    try:
        ip("link", "add", wires[0], "type", "veth", "peer", "name", wires[1])
        for number, (name, wire) in enumerate(zip(names, wires, strict=True), 1):
            ip("link", "set", wire, "netns", name)
            ip("-n", name, "addr", "add", f"10.213.7.{number}/24", "dev", wire)
            ip("-n", name, "link", "set", wire, "up")
            ip("-n", name, "link", "set", "lo", "up")
        yield ["ip", "netns", "exec", names[0]], ["ip", "netns", "exec", names[1]]
    finally:
        for name in names:
            ip("netns", "del", name)


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def test_workers_of_another_machine_make_the_same_bytes(
    cluster: Cluster, serial: dict[str, bytes], network: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    here, there = network
    address, dask = "tls://10.213.7.1:8786", [sys.executable, "-m"]
    listen = ["--host", "10.213.7.1", "--protocol", "tls", "--no-dashboard"]
    worker = ["distributed.cli.dask_worker", address, "--host", "10.213.7.2", "--nthreads", "1", "--no-dashboard"]
    commands = [[*here, *dask, "distributed.cli.dask_scheduler", *listen], *[[*there, *dask, *worker]] * 2]
    programs = [
        subprocess.Popen(
            command,
            cwd=tmp_path,
            env=cluster.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for command in commands
    ]
    try:
        build = [
            *here,
            *dask,
            "reportgen",
            "build",
            "--quiet",
            "--jobs",
            f"dask:{address}",
            "--out",
            str(tmp_path / "o"),
        ]
        for _ in range(20):  # until the programs have started
            done = subprocess.run(build, cwd=ROOT, env=cluster.environment, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
            time.sleep(1)
    finally:
        for program in programs:
            kill(program)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(tmp_path / "o") == serial


def test_a_task_that_ends_every_worker_costs_itself_alone(cluster: Cluster) -> None:
    tasks = [1, 2, 99, 3, 13]
    found = list(outcomes(f"dask:{cluster.address()}", square, tasks))
    assert [outcome.value for outcome in found] == [1, 4, None, 9, None]
    assert isinstance(found[2].error, WorkerDiedError) and isinstance(found[4].error, ValueError)
    wait(lambda: cluster.workers() == 3)  # their nannies have started them again


def test_a_worker_of_another_program_is_refused(cluster: Cluster) -> None:
    other = cluster.folder / "other"
    shutil.copytree(ROOT / "reportgen", other / "reportgen", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "reportgen" / "errors.py").write_text((ROOT / "reportgen/errors.py").read_text() + "\n# changed\n")
    worker = cluster.worker(PYTHONPATH=os.pathsep.join([str(other), str(ROOT / "tests")]))
    try:
        wait(lambda: cluster.workers() == 4)
        done = run(
            cluster, "build", "--quiet", "--jobs", f"dask:{cluster.address()}", "--out", str(cluster.folder / "no")
        )
    finally:
        kill(worker)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "has program " in done.stderr and "on every machine" in done.stderr
    assert not (cluster.folder / "no" / "2023-09").exists()
    wait(lambda: cluster.workers() == 3)


@pytest.mark.parametrize("own", [False, True], ids=["no certificate", "a certificate of its own"])
def test_who_has_not_our_certificate_is_refused(cluster: Cluster, own: bool, tmp_path: Path) -> None:
    bare = {name: value for name, value in cluster.environment.items() if not name.startswith("DASK_")}
    stranger = Cluster(cluster.folder, bare | (certificate(tmp_path) if own else {}))
    jobs = f"dask:{cluster.address()}"
    done = run(stranger, "build", "--quiet", "--jobs", jobs, "--out", str(tmp_path / "out"))
    assert done.returncode == 1 and "no scheduler answers there" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("out/20*"))


def test_what_is_not_tls_does_not_leave_the_machine(cluster: Cluster) -> None:
    done = run(cluster, "build", "--jobs", "dask:tcp://192.0.2.1:8786", "--out", str(cluster.folder / "no"))
    assert done.returncode == 2 and "only TLS leaves this machine" in done.stderr


def test_without_a_scheduler_one_clear_message(cluster: Cluster) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ReportgenError, match="no scheduler answers there"):
        list(outcomes(f"dask:tls://127.0.0.1:{port}", square, [1]))


def test_a_scheduler_that_is_lost_in_mid_run_leaves_no_half_issue(cluster: Cluster) -> None:
    """The last test: there is no cluster after it."""
    out = cluster.folder / "gone"
    command = [sys.executable, "-m", "reportgen", "build", "--quiet", "--jobs", f"dask:{cluster.address()}"]
    environment = {**cluster.environment, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
    with subprocess.Popen(
        [*command, "--out", str(out)], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as running:
        wait(lambda: (out / ".cache").is_dir())
        kill(cluster.programs[0])
        _, said = running.communicate(timeout=PATIENCE * 2)
    assert running.returncode in (1, 3) and "Traceback" not in said
    assert not list(out.glob("20*/*.pdf"))
