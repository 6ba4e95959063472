"""A run of the program under an audit hook: what it opened, wrote, started and connected to that it may not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import reportgen

_WATCH = """
import os, sys
readable, writable = ([os.path.realpath(path) for path in paths] for paths in ({readable!r}, {writable!r}))
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STARTS = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "subprocess.",
          "os.exec", "os.system", "os.posix_spawn", "os.spawn", "pickle.", "marshal.", "urllib.", "ftplib.", "smtplib.")
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown")
def within(path, folders):
    path = os.path.realpath(os.fsdecode(path))
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)
def watch(event, details):
    if event.startswith(STARTS) and not (event == "marshal.loads"):
        sys.stderr.write(f"AUDIT {{event}} {{details!r:.200}}\\n")
    if event == "open" and isinstance(details[0], (str, bytes)):
        flags = details[2] if isinstance(details[2], int) else 0
        writes = flags & WRITES
        # a bare name that may not be a link is one below a folder that was opened, and judged, before
        below = flags & os.O_NOFOLLOW and os.sep not in os.fsdecode(details[0])
        if not below and not within(details[0], writable if writes else readable):
            sys.stderr.write(f"AUDIT open {{'to write' if writes else 'to read'}} {{os.fsdecode(details[0])!r}}\\n")
    # beside a descriptor of a folder a name is relative to it: such a folder was opened, and judged, before
    if event.startswith(CHANGES) and details[-1] == -1 and not within(details[0], writable):
        sys.stderr.write(f"AUDIT {{event}} {{details!r:.200}}\\n")
sys.addaudithook(watch)
from reportgen.cli import main
sys.exit(main(sys.argv[1:]))
"""
# What the interpreter and the libraries read: themselves, the zone of the clock, the types of files, the size of the
# process; matplotlib's search for fonts, once, when it is first imported.
_SYSTEM = ("/usr/share/zoneinfo", "/etc/mime.types", "/proc", "/usr/share/fonts", "/usr/local/share/fonts", "/dev/null")
# on import, matplotlib asks fontconfig for a list, and reportlab looks for settings of its user
_EXPECTED = ("subprocess.Popen ('fc-list'", "/.reportlab_settings", "/.reportlab_mods", "/etc/localtime", "/.fonts")


def watched(folder: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Run the command line in `folder`: exit code, what it must not have done, what it said."""
    package = Path(reportgen.__file__).parent
    readable = [*(path for path in sys.path if path), sys.prefix, sys.base_prefix, *_SYSTEM]
    # of the office only what the program is told of: never the rest of the working folder
    readable += [
        str(package),
        *(str(folder / name) for name in ("seeds", "templates", "output", "reportgen.toml", "tmp")),
    ]
    writable = [str(folder / "output"), str(folder / "tmp"), "/dev/null"]
    (folder / "tmp").mkdir(exist_ok=True)
    script = _WATCH.format(readable=readable, writable=writable)
    environment = {"TMPDIR": str(folder / "tmp"), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        check=False,
    )
    lines = done.stderr.splitlines()
    audited = [line for line in lines if line.startswith("AUDIT")]
    said = "".join(f"{line}\n" for line in lines if not line.startswith("AUDIT"))
    return done.returncode, [line for line in audited if not any(reason in line for reason in _EXPECTED)], said
