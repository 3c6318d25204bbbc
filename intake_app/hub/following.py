"""Keeps the projection up to date in a process of its own, so that no answer to a device waits for it.

In a thread of the hub it made every answer wait for Python's one lock: a pull took up to three times as long.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from types import TracebackType
from typing import TextIO

from sqlalchemy import Connection, select

from intake_app.hub import projecting
from intake_app.hub.database import Database
from intake_app.hub.errors import Busy, DatabaseUnavailable
from intake_app.hub.settings import DATABASE_VARIABLE, HubSettings
from intake_app.hub.tables import COUNTERS, PROJECTED

RESTART_SECONDS = 10.0
_MOST_WAITS = 30
"""Looks that find a hub still busy with pushes before its projection follows all the same."""
_PAUSE_SECONDS = 0.12
_NICENESS = 10
_END_SECONDS = 20.0
_LOG = logging.getLogger(__name__)


def follow(database: Database, quiet_seconds: float, closing: threading.Event) -> None:
    """Derives whenever nothing was pushed for ``quiet_seconds``, until ``closing`` is set.

    It looks at the numbers and is told nothing, so it follows the pushes of other hubs on the same database.
    """
    before: dict[str, int] = {}
    given_up: dict[str, int] = {}
    waits = 0
    while not closing.wait(quiet_seconds):
        try:
            found = database.read(_behind)
            behind = {one: latest for one, latest in found.items() if given_up.get(one) != latest}
            waits = waits + 1 if behind and behind != before else 0
            if behind and (behind == before or waits >= _MOST_WAITS):
                waits = 0
                for organisation, latest in behind.items():
                    if not _caught_up(database, organisation, closing):
                        given_up[organisation] = latest
            before = behind
        except (Busy, DatabaseUnavailable):
            # Nothing is lost: the next look goes on where this ended.
            continue


def _caught_up(database: Database, organisation: str, closing: threading.Event) -> bool:
    """False where something stands in the way that waiting does not mend: until the next push, others go on.

    Raises Busy, DatabaseUnavailable.
    """
    try:
        # SQLite wakes nobody who waits for its lock: without a pause no push would come in between slices.
        projecting.bring_up_to_date(database, (organisation,), lambda: closing.wait(_PAUSE_SECONDS))
    except (Busy, DatabaseUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 - one organisation's must not stop the others'
        # Its words might quote what somebody said.
        _LOG.error("the lists of %s stay as they are: %s", organisation, type(error).__name__)
        return False
    return True


def follow_beside(settings: HubSettings, other_end: TextIO) -> None:
    """``follow`` until the other end of this pipe is closed: when the hub that began it has ended."""
    # systemd tells both at once to stop. The hub stops first, and this when the pipe is closed.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    closing = threading.Event()

    def wait_for_the_end() -> None:
        other_end.read()
        closing.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    database = Database(settings)
    try:
        follow(database, settings.quiet_seconds, closing)
    finally:
        database.close()


class FollowingProcess:
    """Runs ``follow_beside`` for as long as the block lasts, and again should it ever end before.

    ``running`` is the process, None until the first one has begun.
    """

    def __init__(self, settings: HubSettings) -> None:
        self.running: subprocess.Popen[bytes] | None = None
        self._settings = settings
        self._closing = threading.Event()
        self._watching = threading.Thread(target=self._watch, name="following")

    def __enter__(self) -> "FollowingProcess":
        self._watching.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._end()
        self._watching.join(_END_SECONDS)
        if self._watching.is_alive() and self.running is not None:
            # It waits for a database that does not answer; what it has not committed it does again.
            self.running.kill()
        self._watching.join()

    def _started(self) -> subprocess.Popen[bytes]:
        # The database's address may hold a password: others on the computer see arguments, not surroundings.
        return subprocess.Popen(
            [sys.executable, "-m", "intake_app.hub", "follow"],
            stdin=subprocess.PIPE,
            # Stopped from the keyboard, the hub ends it: not both at once.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            env=os.environ | {DATABASE_VARIABLE: self._settings.database},
        )

    def _end(self) -> None:
        if self.running is not None and self.running.stdin is not None:
            self.running.stdin.close()

    def _watch(self) -> None:
        while not self._closing.is_set():
            try:
                self.running = self._started()
            except OSError as error:
                _LOG.error("what derives the lists does not begin: %s", error.strerror)
            else:
                if self._closing.is_set():
                    self._end()
                code = self.running.wait()
                if self._closing.is_set():
                    return
                _LOG.error("what derives the lists ended with %d; it begins again", code)
                self._end()
            self._closing.wait(RESTART_SECONDS)


def _behind(connection: Connection) -> dict[str, int]:
    """Organisations whose projection is not up to date, and the newest number of each."""
    statement = (
        select(COUNTERS.c.organisation, COUNTERS.c.latest)
        .join(PROJECTED, PROJECTED.c.organisation == COUNTERS.c.organisation)
        .where(COUNTERS.c.latest > PROJECTED.c.revision)
    )
    return {row.organisation: row.latest for row in connection.execute(statement)}
