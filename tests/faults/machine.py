"""What only a real machine can do: a cron daemon, a full disk, other clocks, no network. `make faults`, as root.

What is not installed is skipped, and said.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import DOCUMENTS, ROOT, Office, office

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@root_only
@needs("cron")
@needs("unshare")
def test_the_crontab_line_of_the_docs_under_a_real_cron(office: Office, tmp_path: Path) -> None:
    """In file systems of its own: the machine's crontabs are not touched. It takes up to a minute."""
    line = re.search(r"^ +15 3 \* \* \* (cd /srv/reportgen && .*)$", OPERATIONS, re.MULTILINE)
    assert line
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    (office.folder / ".venv").symlink_to(ROOT / ".venv")
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    (tmp_path / "root").write_text(f"* * * * * {line[1]} > said 2>&1; echo $? > code\n", encoding="utf-8")
    script = f"""
        mount -t tmpfs tmpfs /var/spool && mkdir -p /var/spool/cron/crontabs
        install -m 600 {tmp_path}/root /var/spool/cron/crontabs/root
        mount -t tmpfs tmpfs /srv && mkdir /srv/reportgen && mount --bind {office.folder} /srv/reportgen
        mount -t tmpfs tmpfs /run
        mount --bind -o ro {home} {Path.home()}/.config 2> /dev/null
        exec cron -f
    """
    with subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", script]) as cron:
        try:
            for _ in range(200):
                time.sleep(1)
                if (office.folder / "code").exists():
                    break
        finally:
            cron.kill()
    assert ((office.folder / "code").read_text(), (office.folder / "said").read_text()) == ("0\n", "")
    built = office.tree()
    shutil.rmtree(office.out)
    assert office.run("build", "--quiet")[0] == 0
    assert office.tree() == built


@pytest.fixture
def small_disk(office: Office) -> Iterator[Path]:
    """A file system of four megabytes as the output folder."""
    office.out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(office.out)], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield office.out
    finally:
        subprocess.run(["umount", "-l", str(office.out)], check=True)


@root_only
def test_a_disk_that_is_full_keeps_the_old_issue(office: Office, small_disk: Path) -> None:
    assert office.run("build", "--quiet", "--format", "docx") == (0, "", "")
    before = office.tree(run=True)
    (office.folder / "seeds" / CITY).write_text(DOCUMENTS[CITY].replace("560", "561"), encoding="utf-8")
    for left in (0, 3_000, 30_000, 100_000, 200_000):
        ballast = small_disk / "ballast"
        with ballast.open("wb") as file:
            while shutil.disk_usage(small_disk).free > left:
                try:
                    file.write(bytes(4096))
                    file.flush()
                except OSError:
                    break
        code, out, err = office.run("build", "--quiet", "--format", "docx")
        ballast.unlink(missing_ok=True)
        assert (code, out) == (1, "") and "No space left on device" in err and err.count("\n") == 1, (left, err)
        assert office.tree(run=True) == before
        assert not [path for path in small_disk.rglob("*.part") if ".cache" not in path.parts]
    assert office.run("build", "--quiet", "--format", "docx") == (0, "", "")
    assert office.tree() != before


@root_only
def test_an_output_folder_on_a_disk_that_is_read_only(office: Office) -> None:
    office.run("build", "--quiet")
    before = office.tree(run=True)
    (office.folder / "seeds" / OTHER).unlink()
    bind = ["mount", "--bind", "-o", "ro", str(office.out), str(office.out)]
    if subprocess.run(bind, check=False).returncode:
        pytest.skip("no folder can be mounted here")
    try:
        code, _, err = office.run("build", "--quiet")
    finally:
        subprocess.run(["umount", "-l", str(office.out)], check=True)
    assert code == 1 and "Read-only file system" in err and err.count("\n") == 1
    assert office.tree(run=True) == before


@needs("faketime")
@pytest.mark.parametrize(
    "moment", ["2024-02-29 23:59:58", "2023-12-31 23:59:58", "1999-01-01 00:00:00", "2038-01-19 03:14:06"]
)
def test_no_clock_reaches_an_output(office: Office, moment: str) -> None:
    office.run("build", "--quiet")
    expected = office.tree()
    shutil.rmtree(office.out)
    command = ["faketime", moment, sys.executable, "-m", "reportgen", "build", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=office.folder, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert office.tree() == expected


@needs("systemd-analyze")
def test_the_units_are_what_systemd_understands(tmp_path: Path) -> None:
    for name in ("reportgen.service", "reportgen.timer"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/srv/reportgen/.venv/bin/reportgen", "/bin/true"), encoding="utf-8")
    units = [str(tmp_path / "reportgen.service"), str(tmp_path / "reportgen.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and not [line for line in done.stderr.splitlines() if "reportgen." in line], done.stderr


def test_hundreds_of_charts_need_no_more_memory_than_some(office: Office) -> None:
    """What a chart has used is given back: 200 more leave no object behind, nor their pixels.

    Measured after a collection: between two of them the peak depends on the collector's rhythm alone, and even then
    the allocator keeps 1 to 20 MB more or less. The pixels of 200 charts would be more than 100 MB.
    """
    script = (
        "import gc, sys\n"
        f"sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "import test_charts as samples\n"
        "from reportgen import charts\n"
        "chart = samples.chart('bars', *(samples.bar(f'{number}市', '5') for number in range(14)))\n"
        "for count in range(301):\n"
        "    charts.draw(chart, samples.HOUSE), charts.png(chart, samples.HOUSE)\n"
        "    if count in (100, 300):\n"
        "        gc.collect()\n"
        "        print(len(gc.get_objects()), int(open('/proc/self/statm').read().split()[1]) * 4)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    (objects, kilobytes), (later_objects, later_kilobytes) = (
        map(int, line.split()) for line in done.stdout.splitlines()
    )
    assert later_objects - objects < 200 and later_kilobytes - kilobytes < 40_000, done.stdout


def test_a_build_that_is_ended_anywhere_says_by_what(office: Office) -> None:
    """SIGTERM from outside after any while: one line, 128 + 15, and a next run that ends well."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-m", "reportgen", "build", "--quiet"], cwd=office.folder, check=True)
    whole = time.monotonic() - begun
    expected = office.tree()
    for turn in range(8):
        shutil.rmtree(office.out)
        with subprocess.Popen(
            [sys.executable, "-m", "reportgen", "build", "--quiet"],
            cwd=office.folder,
            stderr=subprocess.PIPE,
            text=True,
        ) as run:
            time.sleep(whole * (turn + 1) / 9)
            run.terminate()
            assert run.stderr is not None
            said = run.stderr.read()
        # one that comes before the program listens ends Python itself
        assert (run.returncode, said) in (
            (143, "reportgen: error: stopped by SIGTERM; nothing half-written was left\n"),
            (-15, ""),
            (0, ""),
        )
        assert office.run("build", "--quiet") == (0, "", "")
        assert office.tree() == expected
