"""One document, briefing or chart hangs, eats memory, dies or lies: it alone is left out, named, with the reason."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from office import DOCUMENTS, Office, office

from reportgen import extract
from reportgen.model import Briefing, Chart
from reportgen.pipeline import child
from reportgen.pipeline.documents import Reading, Task, extract_document
from reportgen.pipeline.guard import extract_guarded
from reportgen.read.limits import Limits
from reportgen.workers import Bounds

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
ROOT = Path(__file__).parent.parent
LIMITS = Limits(max_seconds=1, max_megabytes=100)


def task(limits: Limits = LIMITS) -> Task:
    path = next((ROOT / "seeds").glob("001*"))
    return Task(path, path.name, None, limits, None)


def hang(task: Task) -> Reading:
    while True:
        time.sleep(60)


def spin(task: Task) -> Reading:
    while True:
        pass


def eat(task: Task) -> Reading:
    """Memory that is really used; the child must be refused it, not the machine run out."""
    held = []
    while True:
        held.append(bytearray(10 << 20))


def chatter(task: Task) -> Reading:
    return Reading("x" * (101 << 20))


def die(task: Task) -> Reading:
    os.abort()


def lie(task: Task) -> Reading:
    return Reading("another.txt")


def write(task: Task) -> Reading:
    (Path(tempfile.gettempdir()) / f"reportgen-{os.getppid()}").write_text("no document writes", encoding="utf-8")
    return Reading(task.name)


def children() -> set[str]:
    """The processes that this thread has started, those of multiprocessing included."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (hang, "takes longer than 1 s"),
        (spin, "takes longer than 1 s"),
        (eat, "100 MB"),
        (chatter, "100 MB"),
        (die, "ended"),
        (lie, "ended"),
        (write, "ended"),
    ],
)
def test_a_document_that_breaks_a_limit_is_left_out_with_the_reason(work: Callable[[Task], Reading], said: str) -> None:
    begun, before = time.monotonic(), children()
    (reading,) = extract_guarded([task()], work)
    assert reading.extraction is None and reading.failure is not None
    assert said in reading.failure.message and reading.failure.where == task().name
    assert time.monotonic() - begun < 30
    assert children() == before, "nothing is left of the child"


def test_of_documents_that_share_a_child_only_the_guilty_one_is_lost() -> None:
    def work(task: Task) -> Reading:
        return {"hang": hang, "die": die, "lie": lie}.get(task.name, lambda task: Reading(task.name))(task)

    names = ["a", "hang", "b", "die", "die", "c", "lie"]
    readings = extract_guarded([replace(task(), name=name) for name in names], work)
    assert [reading.name for reading in readings] == names
    assert [reading.failure is None for reading in readings] == [len(name) == 1 for name in names]
    assert readings[1].failure and "longer than 1 s" in readings[1].failure.message


def test_a_guarded_document_yields_what_an_unguarded_one_does() -> None:
    assert extract_guarded([task(Limits())]) == (extract_document(task(Limits())),)


def test_what_is_wrong_is_the_same_in_a_child(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\x00\x81")
    bad = replace(task(Limits()), path=tmp_path / "a.txt", name="a.txt")
    assert extract_guarded([bad])[0].failure == extract_document(bad).failure is not None


def test_run_json_names_the_document_and_the_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.folder / "reportgen.toml").write_text("[limits]\nmax_seconds = 1\n", encoding="utf-8")
    real = extract.extract

    def slow(report: object, words: object) -> object:
        while report.source.doc == OTHER:  # type: ignore[attr-defined]
            time.sleep(0.1)
        return real(report, words)  # type: ignore[arg-type]

    monkeypatch.setattr(extract, "extract", slow)
    code, out, err = office.run("build", "--quiet")
    said = f"reportgen: error: {OTHER}: left out: it takes longer than 1 s (try: [limits] in reportgen.toml)\n"
    assert (code, out, err) == (3, "", said)
    run = json.loads(office.tree(run=True)["2023-09/run.json"])
    assert {item["doc"]: item["status"] for item in run["documents"]} == {CITY: "read", OTHER: "left out"}
    assert [item["reason"] for item in run["documents"] if item["doc"] == OTHER] == ["it takes longer than 1 s"]
    assert any(name.endswith("朝阳市.pdf") for name in office.tree())


@pytest.mark.parametrize(
    ("act", "said", "where"),
    [
        (hang, "it takes longer than 8 s\n", "limits"),
        (eat, "it needs more memory than there is\n", "render pdf"),
        (die, "its process ended (does it need more than 100 MB?)\n", "limits"),
    ],
)
def test_a_briefing_that_breaks_a_limit_is_left_out_and_the_others_are_printed(
    office: Office, monkeypatch: pytest.MonkeyPatch, act: Callable[[Task], Reading], said: str, where: str
) -> None:
    from reportgen.render import pdf

    real = pdf.render

    def render(briefing: Briefing, *given: object, **named: object) -> bytes:
        if briefing.name == "朝阳市":
            act(task())
        return real(briefing, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", render)
        patch.setattr("reportgen.pipeline.printing.BOUNDS", Bounds(8 if act is hang else 100, 100))
        code, _, err = office.run("build", "--quiet")
    assert (code, err) == (3, f"reportgen: error: cities/朝阳市: left out: {said}")
    run = json.loads(office.tree(run=True)["2023-09/run.json"])
    assert [item["stage"] for item in run["briefings"] if item["status"] == "left out"] == [where]
    assert {"2023-09/cities/鞍山市.pdf", "2023-09/月报.pdf"} <= office.tree().keys()
    assert not [name for name in office.tree() if name.startswith("2023-09/cities/朝阳市")]
    assert office.run("retry")[0] == 0
    assert "2023-09/cities/朝阳市.pdf" in office.tree()


def test_a_chart_that_breaks_a_limit_costs_only_the_briefings_that_print_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen import charts

    real = charts.draw_both

    def draw(chart: Chart, *given: object) -> object:
        return hang(task()) if chart.kind == "coverage" else real(chart, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(charts, "draw_both", draw)
        patch.setattr("reportgen.pipeline.drawing.BOUNDS", Bounds(8, 500))
        code, _, err = office.run("build", "--quiet")
    assert (code, err) == (3, "reportgen: error: 月报: left out: it takes longer than 8 s\n")
    assert "2023-09/cities/朝阳市.pdf" in office.tree() and "2023-09/月报.pdf" not in office.tree()


def test_a_child_that_outlives_a_killed_run_does_not_keep_the_lock(office: Office) -> None:
    script = (
        "import os, time\n"
        "from reportgen import extract\n"
        "from reportgen.cli import main\n"
        "def hang(report, words):\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(600)\n"
        "from reportgen.pipeline import documents\n"
        "documents.load_for(None, '.txt')\n"
        "extract.extract = hang\n"
        "held = [os.open(os.devnull, os.O_RDONLY) for _ in range(9)]\n"  # so that the lock is not the first of all
        "main(['build', '--quiet'])\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=office.folder) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        run.kill()
        run.wait()
        try:
            assert office.run("build")[0] == 0
        finally:
            os.kill(child, 9)


def slowly(number: int) -> int:
    """Slow enough that each answer comes by itself."""
    time.sleep(0.05)
    return number


def test_every_task_has_the_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock, which here goes on by 40 s whenever it is looked at, begins anew with each answer."""
    clock = count(0, 40)
    monkeypatch.setattr(child, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    found = child.answers(
        range(5), slowly, int, Bounds(100, 4096), fits=lambda task, answer: task == answer, prepare=lambda _: None
    )
    assert list(found) == [0, 1, 2, 3, 4]


def flood(number: int) -> int:
    """An answer without end, which takes the child itself no memory."""
    while True:
        os.write(child._FIRST_OWN_DESCRIPTOR, b"x" * 65_536)


def test_an_answer_without_end_is_cut_off() -> None:
    def fits(task: int, answer: int) -> bool:
        return True

    (lost,) = child.answers([1], flood, int, Bounds(60, 2), fits=fits, prepare=lambda _: None)
    assert isinstance(lost, child.Lost) and lost.why == "it yields more than 2 MB"
