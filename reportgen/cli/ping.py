"""`--ping URL`: tell a monitor that a run starts, and how it ended. The only connection that the program ever makes.

In: an address of http or https, and an exit code. Out: GET URL/start, then GET URL (exit code 0) or URL/fail. Nothing
of documents or machine is sent, no redirect is followed, and a monitor that does not answer never fails a run.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from reportgen.errors import EXIT_OK, UsageError
from reportgen.progress import Event, Log

_SECONDS = 5.0


def started(url: str, log: Log) -> None:
    """Tell the monitor that the run starts. Raises UsageError unless `url` is a plain address of http or https."""
    if not _is_address(url):
        raise UsageError(f"{url[:80]!r} is no address", where="--ping", hint="http://HOST/PATH or https://HOST/PATH")
    _get(_with(url, "/start"), log)


def ended(url: str, code: int, log: Log) -> None:
    """Tell the monitor how the run ended: 0 is success, everything else wants a person."""
    if _is_address(url):
        _get(url if code == EXIT_OK else _with(url, "/fail"), log)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return good and url.isascii() and url.isprintable() and " " not in url


def _with(url: str, ending: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + ending))


def _get(url: str, log: Log) -> None:
    import urllib.request as web  # for those who ask for it alone

    # no handler for files, FTP or redirects: what is not built in cannot be asked for
    opener = web.OpenerDirector()
    for handler in (web.ProxyHandler(), web.HTTPHandler(), web.HTTPSHandler()):
        opener.add_handler(handler)
    try:
        request = web.Request(url, headers={"User-Agent": "reportgen"})
        with opener.open(request, timeout=_SECONDS) as answer:
            if answer.status >= 300:
                raise OSError(f"it answers {answer.status}")
    except Exception as error:  # whatever a monitor does, the run goes on
        log(Event("warning", "ping", f"the monitor was not told: {error}", urlsplit(url).netloc.rpartition("@")[2]))
