"""The small server behind `reportgen review`: one page, one place to save to, on 127.0.0.1 alone.

A link with a token that works once gives the browser its cookie. Every request must name this host; saving also needs
the page's own origin, the cookie and the page's secret, so that no other page in the same browser can save.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from reportgen.errors import ReportgenError
from reportgen.pipeline.review import Desk

HOST = "127.0.0.1"
LARGEST_BODY = 1 << 20
_COOKIE = "reportgen"
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}


class Server(ThreadingHTTPServer):
    """Serves one desk until it has been idle for `idle` seconds."""

    daemon_threads = False

    def __init__(self, desk: Desk, port: int, idle: float) -> None:
        """Bind the port; 0 takes a free one."""
        self.desk = desk
        self.token: str | None = secrets.token_urlsafe(24)
        self.session = secrets.token_urlsafe(24)
        self.secret = secrets.token_urlsafe(24)
        self._idle = idle
        self.last = time.monotonic()
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            what = getattr(error, "strerror", None) or str(error)
            raise ReportgenError(f"cannot listen: {what}", where=f"{HOST}:{port}", hint="--port 0") from None
        self.timeout = min(0.25, idle)

    @property
    def address(self) -> str:
        """What browsers call this server."""
        return f"{HOST}:{self.server_address[1]}"

    def run(self) -> None:
        """Answer until idle; returns when every answer is out."""
        try:
            while time.monotonic() - self.last < self._idle:
                self.handle_request()
        finally:
            self.server_close()

    def take_token(self, token: str) -> bool:
        """Whether `token` is the one of the link, which is used up by this."""
        good = self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())
        if good:
            self.token = None
        return good


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "reportgen"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        """The page, or a file of the issue that it links to."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Lines for corrections.csv."""
        self._answer(self._post)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: a document's text may stand in an address."""

    def _answer(self, act: Callable[[], None]) -> None:
        self.server.last = time.monotonic()
        if self.headers.get("Host") != self.server.address:
            self._send_text(HTTPStatus.FORBIDDEN, "wrong host")
            return
        try:
            act()
        except ReportgenError as error:
            self._send_json(HTTPStatus.CONFLICT, {"error": error.what})

    def _get(self) -> None:
        address = urlsplit(self.path)
        token = parse_qs(address.query).get("token", [""])[0]
        if token and address.path == "/":
            if not self.server.take_token(token):
                self._send_text(HTTPStatus.FORBIDDEN, "本链接已用过或不对：请重新运行 reportgen review")
                return
            self.send_response(HTTPStatus.SEE_OTHER)
            self.send_header("Location", "/")
            self.send_header("Set-Cookie", f"{_COOKIE}={self.server.session}; HttpOnly; SameSite=Strict; Path=/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif not self._known():
            self._send_text(HTTPStatus.FORBIDDEN, "请用 reportgen review 打印的链接打开")
        elif address.path == "/":
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", self._page())
        else:
            self._send_file(unquote(address.path).lstrip("/"))

    def _page(self) -> bytes:
        from reportgen import evidence
        from reportgen.corrections import FILE

        desk = self.server.desk
        review = {
            "token": self.server.secret,
            "who": desk.who,
            "file": str(desk.request.seeds / FILE),
            "lines": desk.waiting(),
        }
        return evidence.served(desk.page(), review)

    def _send_file(self, name: str) -> None:
        kind = next((kind for suffix, kind in _TYPES.items() if name.endswith(suffix)), "")
        data = self.server.desk.file(name) if kind else None
        if data is None:
            self._send_text(HTTPStatus.NOT_FOUND, "没有这个文件")
        else:
            self._send(HTTPStatus.OK, kind, data)

    def _post(self) -> None:
        if not self._may_save():
            self._send_json(HTTPStatus.FORBIDDEN, {"error": "本页不能保存：请用 reportgen review 打印的链接重新打开"})
            return
        length = self.headers.get("Content-Length", "")
        if self.path != "/corrections" or not length.isdigit() or int(length) > LARGEST_BODY:
            self._send_json(HTTPStatus.BAD_REQUEST, {"error": "请求不对"})
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
            key, lines = asked["key"], asked["lines"]
            if not (isinstance(key, str) and isinstance(lines, list) and all(isinstance(x, dict) for x in lines)):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            self._send_json(HTTPStatus.BAD_REQUEST, {"error": "请求不对"})
            return
        self._send_json(HTTPStatus.OK, {"saved": self.server.desk.save(key, lines)})

    def _may_save(self) -> bool:
        secret = self.headers.get("X-Reportgen-Review", "")
        return (
            self._known()
            and self.headers.get("Origin") == f"http://{self.server.address}"
            and self.headers.get_content_type() == "application/json"
            and hmac.compare_digest(secret.encode("utf-8", "replace"), self.server.secret.encode())
        )

    def _known(self) -> bool:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.server.session.encode())

    def _send_text(self, status: HTTPStatus, text: str) -> None:
        self._send(status, "text/plain; charset=utf-8", text.encode())

    def _send_json(self, status: HTTPStatus, said: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(said, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(data)
