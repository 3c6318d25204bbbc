"""Two ways in which writing fails: the Nth statement or commit by itself, and a disk that is really full."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, event

SQLITE_FULL = 13
_DISK_MB = 24
_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")


class NthWrite:
    """The ``nth`` write to a store, statement or commit, fails once; ``failed`` tells that it did."""

    def __init__(self, nth: int) -> None:
        self.failed = False
        self._left = nth

    def __enter__(self) -> "NthWrite":
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        return self

    def __exit__(self, *_exception: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._statement)
        event.remove(Engine, "commit", self._commit)

    def _statement(self, connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().split(None, 1)[0] in _WRITES:
            self._count(connection)

    def _commit(self, connection: Connection) -> None:
        self._count(connection)

    def _count(self, connection: Connection) -> None:
        # The hub of the proof runs in the same process; its disk is another one.
        if "pysqlcipher" not in connection.engine.url.drivername:
            return
        self._left -= 1
        if self._left == 0:
            self.failed = True
            error = sqlcipher3.OperationalError("database or disk is full")
            error.sqlite_errorcode = SQLITE_FULL
            raise error


class SmallDisk:
    """A disk of its own, as large as a stick of long ago; ``leave`` fills it but for some kilobytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def leave(self, kilobytes: int) -> None:
        self.empty()
        room = os.statvfs(self.folder)
        free = room.f_bavail * room.f_frsize - kilobytes * 1024
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(free, 1))

    def empty(self) -> None:
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | None]:
    """Mounted at ``folder``; None where this account may not mount."""
    folder.mkdir()
    mounted = sys.platform.startswith("linux") and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m", "intake-proof", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if not mounted:
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
