"""A lock file that keeps two rounds of one data folder apart, also across processes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from intake_app.errors import RoundUnderWay

LOCK_NAME = "sync.lock"

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def round_lock(folder: Path) -> Iterator[None]:
    """Holds ``sync.lock`` in the data folder. Raises RoundUnderWay at once when another round holds it.

    The system lets go of it when the process ends, however it ends.
    """
    with (folder / LOCK_NAME).open("ab") as file:
        try:
            _take(file)
        except OSError as error:
            raise RoundUnderWay from error
        yield
