"""`--ping`: a monitor hears that a run starts and how it ended; whatever the monitor does, the run goes on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from office import Office, office

from reportgen.cli import ping

__all__ = ["office"]


class Monitor(ThreadingHTTPServer):
    """A monitor of this machine: remembers what it was told, answers as the test wants."""

    daemon_threads = True

    def __init__(self) -> None:
        self.told: list[str] = []
        self.answer = (200, {})
        self.silent = threading.Event()
        super().__init__(("127.0.0.1", 0), Listener)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ping/abc?x=1"


class Listener(BaseHTTPRequestHandler):
    server: Monitor

    def do_GET(self) -> None:
        self.server.told.append(f"{self.command} {self.path} {self.headers['User-Agent']}")
        if self.server.silent.is_set():
            threading.Event().wait(3)
        status, headers = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with Monitor() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


START, SUCCESS, FAILURE = (f"GET /ping/abc{ending}?x=1 reportgen" for ending in ("/start", "", "/fail"))


def test_a_monitor_hears_start_and_success_and_start_and_failure(office: Office, monitor: Monitor) -> None:
    assert office.run("build", "--quiet", "--ping", monitor.url) == (0, "", "")
    assert monitor.told == [START, SUCCESS]
    monitor.told.clear()
    (office.folder / "seeds" / "bad.txt").write_bytes(b"\xff\x00\x81")
    assert office.run("build", "--quiet", "--ping", monitor.url)[0] == 3
    assert monitor.told == [START, FAILURE]
    monitor.told.clear()
    (office.folder / "templates/city.md.j2").write_text("{% if %}", encoding="utf-8")
    assert office.run("build", "--quiet", "--ping", monitor.url)[0] == 2
    assert monitor.told == [START, FAILURE]


@pytest.mark.parametrize("trouble", ["error", "redirect", "silence", "nobody"])
def test_a_monitor_in_trouble_never_fails_a_run(
    office: Office, monitor: Monitor, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    office.run("build")
    url = monitor.url
    if trouble == "error":
        monitor.answer = (500, {})
    elif trouble == "redirect":
        monitor.answer = (302, {"Location": f"http://127.0.0.1:{monitor.server_port}/elsewhere"})
    elif trouble == "silence":
        monkeypatch.setattr(ping, "_SECONDS", 0.2)
        monitor.silent.set()
    else:
        url = "http://127.0.0.1:1/x"
    code, out, err = office.run("build", "--quiet", "--ping", url)
    assert (code, out) == (0, "")
    assert err.count("\n") == 2 and err.count("reportgen: warning: 127.0.0.1") == 2
    assert not [line for line in monitor.told if "elsewhere" in line]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host/x", "host/x", "http:///x", "http://h:0/", "http://h:x/", "http://h/ x"]
)
def test_what_is_no_web_address_is_misuse(office: Office, url: str) -> None:
    code, out, err = office.run("build", "--ping", url)
    assert (code, out) == (2, "") and "--ping" in err and err.count("\n") == 1
    assert not office.out.exists()
