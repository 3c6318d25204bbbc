"""Small files that must be whole or as they were before: written beside, synced, then put in place."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from intake_app.errors import DiskFull, StoreLocked, StoreReadOnly

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if sys.platform != "win32" else (errno.ENOSPC,)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FOLDER = (errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP)
"""A file stands where a folder should, or the name can be none: nothing can be saved there either."""


@contextlib.contextmanager
def file_faults(path: Path) -> Iterator[None]:
    """Turns what the file system refuses into DiskFull or StoreReadOnly for ``path``."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(path=str(path)) from error
        if error.errno in (*_NOT_ALLOWED, *_NO_FOLDER):
            raise StoreReadOnly(path=str(path)) from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Replaces ``path``; after a power cut it holds either the old or the new bytes, never half.

    Raises DiskFull or StoreReadOnly, and then the old file is untouched.
    """
    beside = path.with_name(path.name + ".part")
    with file_faults(path):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes renames in ``folder`` durable; Windows does so by itself and refuses to open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FolderLock:
    """Held by the one window, or the one sync, of a data folder; let go when the process ends, however."""

    def __init__(self, folder: Path, name: str) -> None:
        """Takes the lock. Raises StoreLocked when another process holds it, StoreReadOnly, DiskFull."""
        self._path = folder / f"{name}.lock"
        with file_faults(folder):
            self._file = self._path.open("ab")
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise StoreLocked(path=str(folder)) from error

    def close(self) -> None:
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
