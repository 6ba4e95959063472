"""A folder tree opened by descriptor: no symbolic link in it is ever followed.

In: bytes and names below one folder. Out: files that are wholly the old or wholly the new ones. A file is first
staged beside its target and flushed to the disk; `commit` then renames all that was staged.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reportgen.errors import ReportgenError

_STAGED = re.compile(r"\.reportgen-\d+-\d+\.part")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_LARGEST_READ = 1 << 30
_NO_FILE = (errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.ENODEV)
"""Nothing, a link, a socket, a device without its driver."""


class Folder:
    """One output folder; open it with `open_folder`, which closes every descriptor again."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Take over `descriptor`, the open folder at `path`."""
        self.path = path
        self._folders = {"": descriptor}
        self._staged: list[tuple[str, str]] = []

    def read(self, name: str) -> bytes | None:
        """The bytes of file `name`; None when it is missing or is no plain file.

        Raises ReportgenError where it is there and cannot be read: it must not be taken for missing and written over.
        """
        parent, leaf = self._split(name)
        folder = self._folder(parent, make=False)
        if folder is None:
            return None
        try:
            descriptor = os.open(leaf, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        except OSError as error:
            if error.errno in _NO_FILE:
                return None
            raise _unreadable(self.path / name, error) from None
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            try:
                return file.read(_LARGEST_READ)
            except OSError as error:
                raise _unreadable(self.path / name, error) from None

    def names(self, parent: str) -> tuple[str, ...]:
        """The names in subfolder `parent`, sorted; none when it is missing."""
        folder = self._folder(parent, make=False)
        if folder is None:
            return ()
        with os.scandir(folder) as entries:
            return tuple(sorted(entry.name for entry in entries))

    def stage(self, name: str, data: bytes) -> None:
        """Write `data` beside its target and flush it; the target is not touched."""
        with self.staging(name) as file:
            file.write(data)

    @contextmanager
    def staging(self, name: str) -> Iterator[BinaryIO]:
        """A file beside its target, to be written piece by piece; flushed at the end of the `with`."""
        parent, leaf = self._split(name)
        folder = self._folder(parent, make=True)
        staged = f".reportgen-{os.getpid()}-{len(self._staged)}.part"
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666, dir_fd=folder)
        self._staged.append((name, staged))
        with os.fdopen(descriptor, "wb") as file:
            self._keep_mode(folder, leaf, descriptor)
            yield file
            file.flush()
            os.fsync(descriptor)

    def commit(self) -> None:
        """Put every staged file in its place, then flush the folders."""
        touched = set()
        while self._staged:
            name, staged = self._staged[0]
            parent, leaf = self._split(name)
            folder = self._folder(parent, make=True)
            os.rename(staged, leaf, src_dir_fd=folder, dst_dir_fd=folder)
            del self._staged[0]
            touched.add(parent)
        for parent in sorted(touched):
            self._flush(parent)

    def remove(self, name: str) -> None:
        """Remove file `name` if it is there."""
        parent, leaf = self._split(name)
        folder = self._folder(parent, make=False)
        if folder is not None:
            try:
                os.unlink(leaf, dir_fd=folder)
            except FileNotFoundError:
                return

    def sweep(self, parents: tuple[str, ...]) -> None:
        """Remove what a run that was killed has left staged; call it only with the lock held."""
        for parent in parents:
            for leaf in self.names(parent):
                if _STAGED.fullmatch(leaf):
                    self.remove(f"{parent}/{leaf}" if parent else leaf)

    def drop_staged(self) -> None:
        """Forget and remove what was staged and not committed."""
        while self._staged:
            name, staged = self._staged.pop()
            parent, _ = self._split(name)
            self.remove(f"{parent}/{staged}" if parent else staged)

    def close(self) -> None:
        """Close every descriptor."""
        for descriptor in self._folders.values():
            os.close(descriptor)

    def _split(self, name: str) -> tuple[str, str]:
        parent, _, leaf = name.rpartition("/")
        return parent, leaf

    def _folder(self, parent: str, *, make: bool) -> int | None:
        if parent in self._folders:
            return self._folders[parent]
        above, leaf = self._split(parent)
        folder = self._folder(above, make=make)
        if folder is None:
            return None
        if make:
            _make(leaf, folder)
        try:
            self._folders[parent] = os.open(leaf, _FOLDER, dir_fd=folder)
        except FileNotFoundError:
            return None
        return self._folders[parent]

    def _keep_mode(self, folder: int | None, leaf: str, descriptor: int) -> None:
        try:
            old = os.stat(leaf, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return
        if stat.S_ISREG(old.st_mode):
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))

    def _flush(self, parent: str) -> None:
        folder = self._folder(parent, make=False)
        if folder is not None:
            os.fsync(folder)


@contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """Open folder `path`, made when missing; its parent may be a link, the folder itself and all below may not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        parent = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _make(path.name, parent)
            folder = Folder(path, os.open(path.name, _FOLDER, dir_fd=parent))
        finally:
            os.close(parent)
    except OSError as error:
        raise ReportgenError(
            f"cannot write into this folder: {error.strerror}", where=str(path), hint="another folder"
        ) from None
    try:
        yield folder
    finally:
        folder.drop_staged()
        folder.close()


def _unreadable(path: Path, error: OSError) -> ReportgenError:
    return ReportgenError(
        f"cannot read: {error.strerror}", where=str(path), hint="see what is wrong with it, then again"
    )


def _make(leaf: str, folder: int) -> None:
    try:
        os.mkdir(leaf, dir_fd=folder)
    except FileExistsError:
        return
