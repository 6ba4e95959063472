"""The same outcomes in the same order wherever the work runs; one task never costs another."""

import importlib.util
import os

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
