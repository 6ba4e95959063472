"""Documents in a child process, which is ended when one takes too long or too much memory: that one alone is lost.

In: tasks. Out: a `Reading` each, or a failure that says which limit was broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportgen.pipeline.child import Lost, answers
from reportgen.pipeline.documents import Failure, Reading, Task, extract_document, load_for
from reportgen.workers import Bounds


def extract_guarded(tasks: Sequence[Task], work: Callable[[Task], Reading] = extract_document) -> tuple[Reading, ...]:
    """What `work` makes of each of `tasks`, done in a child within their limits; never raises for what the child does.

    Several tasks share a child until one breaks a limit; the next then gets a new one. A fork costs as much as reading
    two pages, so that documents which run no code but ours may share.
    """
    limits = tasks[0].limits
    bounds = Bounds(limits.max_seconds, limits.max_megabytes)
    found = answers(tasks, work, Reading, bounds, fits=_is_of, prepare=_load)
    return tuple(
        Reading(task.name, failure=Failure("limits", task.name, answer.why, "[limits] in reportgen.toml"))
        if isinstance(answer, Lost)
        else answer
        for task, answer in zip(tasks, found, strict=True)
    )


def _is_of(task: Task, reading: Reading) -> bool:
    return reading.name == task.name


def _load(task: Task) -> None:
    load_for(task.vocabulary, task.path.suffix)
