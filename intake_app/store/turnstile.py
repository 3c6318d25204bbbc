"""Lets somebody's save go before the next slice of long work in another process.

SQLite wakes nobody who waits for its lock: whoever waits looks again up to every 100 ms, and long work that
goes from slice to slice without a pause would hardly ever be found between two of them. Without this a save
beside a round took up to 1.5 s; with it, a slice and a look (measured).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intake_app.errors import StoreError, StoreLocked
from intake_app.store.files import FolderLock

_NAME = "turn"
_LOOK_SECONDS = 0.005
_TRIES = 4
_MOST_LOOKS = 400
"""Two seconds: a process that was stopped while it waited must not stop the others."""


class Turnstile:
    """One data folder's. A courtesy only: whoever passes still waits for SQLite's own lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def going_first(self) -> Iterator[None]:
        """For as long as the block waits for the lock, slices of other processes do not begin."""
        hand = self._raised()
        try:
            yield
        finally:
            if hand is not None:
                hand.close()

    def _raised(self) -> FolderLock | None:
        """None where it cannot be raised: another one's is up, or there is no such file to be had."""
        for _ in range(_TRIES):
            try:
                return FolderLock(self._folder, _NAME)
            except StoreLocked:
                # Most likely a slice that looks just now.
                time.sleep(_LOOK_SECONDS)
            except (StoreError, OSError):
                # A save must not fail for want of a courtesy; what is wrong with the folder it says itself.
                return None
        return None

    def let_pass(self) -> None:
        """Before a slice: waits while somebody is going first."""
        for _ in range(_MOST_LOOKS):
            try:
                FolderLock(self._folder, _NAME).close()
                return
            except StoreLocked:
                time.sleep(_LOOK_SECONDS)
            except (StoreError, OSError):
                return
