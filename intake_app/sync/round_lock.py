"""Keeps two rounds of one data folder apart, also across processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intake_app.errors import RoundUnderWay, StoreLocked
from intake_app.store.files import FolderLock

_NAME = "sync"


@contextmanager
def round_lock(folder: Path) -> Iterator[None]:
    """Holds ``sync.lock`` in the data folder. Raises RoundUnderWay at once when another round holds it.

    The system lets go of it when the process ends, however it ends.
    """
    try:
        lock = FolderLock(folder, _NAME)
    except StoreLocked as error:
        raise RoundUnderWay from error
    try:
        yield
    finally:
        lock.close()
