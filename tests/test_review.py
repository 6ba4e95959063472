"""`reportgen review`: who may save, what is saved, and that two people at once lose nothing. No browser."""

import csv
import http.client
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from desk_sample import desk as sample

from reportgen.cli import main
from reportgen.corrections import FILE
from reportgen.errors import ReportgenError, UsageError
from reportgen.evidence import render
from reportgen.pipeline.request import Request
from reportgen.pipeline.review import Desk, RefusedLineError, desk_of
from reportgen.pipeline.serving import Server
from reportgen.settings import Settings

IDS = [figure.id for figure in sample().figures]


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """A published issue with nothing but its evidence page."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "output/2023-09").mkdir(parents=True)
    (tmp_path / "output/2023-09/evidence.html").write_bytes(render(sample()))
    return Request(Settings(), tmp_path / "seeds", tmp_path / "output", tmp_path / "templates")


@pytest.fixture
def server(request_: Request) -> Iterator[Server]:
    found = Server(desk_of(request_, "张三"), 0, 60.0)
    thread = threading.Thread(target=found.run)
    thread.start()
    yield found
    found.last = -1e9
    thread.join(10)
    assert not thread.is_alive()


class Browser:
    """Asks the server what a browser would, and what one should not."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookie = ""
        self.secret = ""
        self.key = ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": self.server.address, "Cookie": self.cookie, **headers}
        if body is not None:
            given.setdefault("Content-Length", str(len(body)))
        for name, value in given.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, answer.headers

    def open(self) -> bytes:
        status, _, headers = self.ask("GET", f"/?token={self.server.token}")
        assert status == 303 and "HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"]
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        page = self.ask("GET", "/")[1]
        self.secret = json.loads(page.split(b'id="review">')[1].split(b"</script>")[0])["token"]
        self.key = json.loads(page.split(b'id="data">')[1].split(b"</script>")[0])["key"]
        return page

    def save(self, *lines: dict[str, str], **headers: str) -> tuple[int, Any]:
        given = {
            "Origin": f"http://{self.server.address}",
            "Content-Type": "application/json",
            "X-Reportgen-Review": self.secret,
            **headers,
        }
        body = json.dumps({"key": self.key, "lines": lines}).encode()
        status, data, _ = self.ask("POST", "/corrections", body, **given)
        return status, json.loads(data) if data.startswith(b"{") else data


@pytest.fixture
def browser(server: Server) -> Browser:
    found = Browser(server)
    found.open()
    return found


def line(**fields: str) -> dict[str, str]:
    return {"figure_id": IDS[0], "doc": "000.txt", "field": "value", "value": "12", **fields}


def saved(request_: Request) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((request_.seeds / FILE).read_text(encoding="utf-8-sig"))))


def test_a_correction_is_saved_at_once_with_who_and_when(browser: Browser, request_: Request) -> None:
    assert browser.save(line(reason="=理由", date="1999-01-01")) == (200, {"saved": 1})
    missed = line(figure_id="", field="missed", value="indicator=甲", quote="就业【10000】人", who="李四")
    assert browser.save(missed, line(field="not_a_figure", value="1"))[0] == 200
    rows = saved(request_)
    assert [(row["field"], row["who"]) for row in rows] == [
        ("value", "张三"),
        ("missed", "李四"),
        ("not_a_figure", "张三"),
    ]
    assert rows[0]["reason"] == "'=理由" and rows[0]["date"] > "2024"
    assert [path.name for path in request_.seeds.iterdir()] == [FILE]
    page = browser.ask("GET", "/")[1]
    assert "李四".encode() in page, "what others saved is shown"


@pytest.mark.parametrize(
    "bad",
    [
        {"value": "两成"},
        {"field": "colour"},
        {"figure_id": "f000000000000"},
        {"doc": "../x"},
        {"figure_id": "", "quote": ""},
        {"reason": "长" * 3000},
        {"field": "missed", "value": "unit=人"},
        {"field": "confirmed", "value": "2"},
    ],
)
def test_what_no_run_could_follow_is_refused_whole(browser: Browser, request_: Request, bad: dict[str, str]) -> None:
    status, said = browser.save(line(), line(**bad))
    assert status == 409 and said["error"]
    assert not (request_.seeds / FILE).exists()


def test_only_the_page_itself_may_save(browser: Browser, request_: Request) -> None:
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "evil.example"},
        {"Host": f"localhost:{browser.server.server_address[1]}"},
        {"X-Reportgen-Review": "guess"},
        {"X-Reportgen-Review": ""},
        {"Cookie": "reportgen=guess"},
        {"Cookie": "", "cookie": "x"},
        {"Content-Type": "text/plain"},
    ):
        assert browser.save(line(), **headers)[0] == 403, headers
    assert not (request_.seeds / FILE).exists()
    stranger = Browser(browser.server)
    assert stranger.ask("GET", "/")[0] == stranger.ask("GET", "/?token=guess")[0] == 403
    assert browser.save(line())[0] == 200


def test_the_link_works_once(server: Server) -> None:
    link = f"/?token={server.token}"
    first, second = Browser(server), Browser(server)
    assert first.ask("GET", link)[0] == 303 and second.ask("GET", link)[0] == 403


def test_requests_that_make_no_sense_are_answered(browser: Browser) -> None:
    headers = {
        "Origin": f"http://{browser.server.address}",
        "Content-Type": "application/json",
        "X-Reportgen-Review": browser.secret,
    }
    for body in (b"", b"{", b"[]", b'{"key":1,"lines":[]}', b'{"key":"x","lines":[1]}', b"[" * 5000, b"\xff"):
        assert browser.ask("POST", "/corrections", body, **headers)[0] == 400
    assert browser.ask("POST", "/corrections", b"", **{**headers, "Content-Length": "99999999"})[0] == 400
    assert browser.ask("POST", "/seeds", b"{}", **headers)[0] == 400
    assert browser.ask("GET", "/../../etc/passwd")[0] == browser.ask("GET", "/manifest.json")[0] == 404
    assert browser.ask("PUT", "/corrections", b"{}", **headers)[0] == 501


def test_a_page_of_an_older_issue_saves_nothing(browser: Browser, request_: Request) -> None:
    path = request_.out / "2023-09/evidence.html"
    path.write_bytes(render(sample(2)))
    os.utime(path, ns=(1, 1))
    status, said = browser.save(line())
    assert status == 409 and "刷新" in said["error"] and not (request_.seeds / FILE).exists()
    browser.key = json.loads(browser.ask("GET", "/")[1].split(b'id="data">')[1].split(b"</script>")[0])["key"]
    assert browser.save(line())[0] == 200


def test_two_people_at_once_lose_nothing(request_: Request) -> None:
    (request_.seeds / FILE).write_text("figure_id,field,value\nf1,status,target\n", encoding="utf-8")
    desks = [desk_of(request_, who) for who in ("甲", "乙", "丙")]
    keys = [(desk, desk._key) for desk in desks]

    def save(number: int) -> int:
        desk, key = keys[number % 3]
        return desk.save(key, [line(value=str(number))])

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(60))) == 60
    rows = saved(request_)
    assert {row["value"] for row in rows} == {"target", *(str(number) for number in range(60))}
    assert len(rows) == 61 and {row["who"] for row in rows[1:]} == {"甲", "乙", "丙"}


def test_a_file_that_is_not_its_own_is_not_touched(request_: Request, tmp_path: Path) -> None:
    desk = desk_of(request_)
    (request_.seeds / FILE).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="field"):
        desk.save(desk._key, [line()])
    (request_.seeds / FILE).unlink()
    (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
    (request_.seeds / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReportgenError, match="symbolic link"):
        desk.save(desk._key, [line()])
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "x"
    with pytest.raises(RefusedLineError):
        desk.save(desk._key, [])


def test_it_ends_when_nobody_uses_it(request_: Request) -> None:
    begun = time.monotonic()
    Server(desk_of(request_), 0, 0.2).run()
    assert time.monotonic() - begun < 10


def test_ctrl_c_ends_it_well(request_: Request) -> None:
    # a background job of a shell ignores SIGINT, and hands that on
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from reportgen.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "review", "--seeds", str(request_.seeds), "--out", str(request_.out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 0 and "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [("--port", "99999"), ("--idle", "0"), ("--month", "2020-01"), ("--out", "nowhere"), ("--seeds", "none")],
)
def test_what_cannot_be_reviewed_is_said(
    request_: Request, arguments: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(request_.out.parent)
    assert main(["review", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_page_that_is_none_is_refused(request_: Request) -> None:
    (request_.out / "2023-09/evidence.html").write_text("<html>", encoding="utf-8")
    with pytest.raises(ReportgenError, match="no evidence page"):
        Desk(request_, request_.out / "2023-09", "").page()
