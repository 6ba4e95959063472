"""The same outcomes in the same order wherever the work runs; one task never costs another."""

import errno
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from work_for_executors import devour, hang, square

from reportgen.errors import UsageError
from reportgen.executors import check_jobs, open_executor, outcomes
from reportgen.workers import Bounds, WorkerDiedError, worker_pool

TASKS = [*range(12), 13, *range(20, 60)]


def seen(spec: str, tasks: list[int]) -> list[object]:
    return [
        outcome.value if outcome.error is None else type(outcome.error) for outcome in outcomes(spec, square, tasks)
    ]


@pytest.mark.parametrize("spec", ["serial", "2", "processes:2"])
def test_outcomes_are_the_same_everywhere(spec: str) -> None:
    assert seen(spec, TASKS) == [ValueError if task == 13 else task * task for task in TASKS]


def test_a_task_that_ends_its_worker_costs_itself_alone() -> None:
    tasks = [1, 2, 99, 3, *range(100, 150), 99, 4]
    assert seen("2", tasks) == [WorkerDiedError if task == 99 else task * task for task in tasks]


def test_a_task_that_hangs_or_eats_memory_is_ended_and_the_others_go_on() -> None:
    bounds = Bounds(seconds=3, megabytes=1024)
    with worker_pool(2, bounds) as pool:
        futures = [pool.submit(work, 3) for work in (square, hang, square, devour, square)]
        errors = [future.exception() for future in futures]
    assert [future.result() for future in futures[::2]] == [9, 9, 9]
    assert isinstance(errors[1], WorkerDiedError) and "longer than 3 s" in str(errors[1])
    assert isinstance(errors[3], (MemoryError, WorkerDiedError))


def test_when_no_process_can_be_started_every_task_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.ForkServerProcess.start", start)
    with worker_pool(2, Bounds()) as pool:
        errors = [pool.submit(square, number).exception(timeout=60) for number in range(3)]
    assert [type(error) for error in errors] == [WorkerDiedError] * 3 and "temporarily" in str(errors[0])


def test_a_script_that_forgets_its_guard_ends(tmp_path: Path) -> None:
    """Workers import the script that began them: without `if __name__ == "__main__"` each would begin them again."""
    script = tmp_path / "script.py"
    script.write_text(
        "from work_for_executors import square\n"
        "from reportgen.executors import outcomes\n"
        "print([outcome.value for outcome in outcomes('2', square, [1, 2])])\n",
        encoding="utf-8",
    )
    folders = os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parent.parent)))
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1] == "[1, 4]"


def test_when_the_run_is_stopped_its_workers_are_ended() -> None:
    with pytest.raises(KeyboardInterrupt), worker_pool(1, Bounds()) as pool:
        pool.submit(hang, 3)
        queued = pool.submit(square, 3)
        raise KeyboardInterrupt
    assert queued.cancelled()


def test_serial_work_is_done_one_by_one_as_it_is_asked_for() -> None:
    asked = []
    found = outcomes("serial", square, (asked.append(number) or number for number in range(5)))
    next(found)
    assert asked == [0]


def test_serial_work_stays_in_this_process() -> None:
    with open_executor("serial") as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


@pytest.mark.parametrize("spec", ["", "0", "-1", "many", "257", "processes:", "dask:", "dask:http://x", "１", "4; rm"])
def test_what_is_no_executor_is_a_usage_error(spec: str) -> None:
    with pytest.raises(UsageError, match="--jobs"):
        check_jobs(spec)


@pytest.mark.skipif(importlib.util.find_spec("distributed") is not None, reason="Dask is installed")
def test_without_dask_the_message_says_what_to_install() -> None:
    with pytest.raises(UsageError, match=r"reportgen\[cluster\]"):
        list(outcomes("dask:tls://127.0.0.1:1", square, [1]))
