"""Work off the UI thread, and its result back on it: one worker thread, everything in order."""

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from intake_app.errors import IntakeError

T = TypeVar("T")


class _Job:
    """One piece of work and, once it ran, what came of it."""

    __slots__ = ("error", "on_done", "on_error", "owner", "result", "work")

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[IntakeError], object] | None,
    ) -> None:
        self.owner = owner
        self.work = work
        self.on_done = on_done
        self.on_error = on_error
        self.result: Any = None
        self.error: Exception | None = None


class Background(QObject):
    """One worker thread. Results and errors arrive on the UI thread in the order the work was given.

    What crosses is frozen: never a table row, never a widget. A result whose owner is gone is dropped.

    Signals: ``failed(IntakeError)`` an expected error of work that has no ``on_error`` of its own.
    """

    failed = Signal(object)
    _ready = Signal()

    def __init__(self, parent: QObject | None = None, name: str = "intake-worker") -> None:
        super().__init__(parent)
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._ran: deque[_Job] = deque()
        self._open = True
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[IntakeError], object] | None = None,
    ) -> None:
        """Runs ``work`` on the worker; then ``on_done(result)`` or ``on_error(error)`` on the UI thread.

        Any other exception is a bug: it is raised on the UI thread and reaches ``sys.excepthook``.
        After ``close`` nothing more is taken.
        """
        if self._open:
            self._waiting.put(_Job(owner, work, on_done, on_error))

    def close(self) -> None:
        """Finishes what was given, since a draft may be among it, and ends the thread.

        Results that arrive later than this are delivered only if the event loop still turns.
        """
        if self._open:
            self._open = False
            self._waiting.put(None)
            self._thread.join()

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                job.result = job.work()
            except Exception as error:  # noqa: BLE001  the one place: raised again on the UI thread
                job.error = error
            # This thread must not hold the last reference to a widget when the UI thread is done with it.
            self._ran.append(job)
            del job
            self._ready.emit()

    def _deliver(self) -> None:
        # One signal stands for one job, but a job may already have gone with an earlier signal.
        while self._ran:
            job = self._ran.popleft()
            if not shiboken6.isValid(job.owner):
                if job.error is not None and not isinstance(job.error, IntakeError):
                    raise job.error
            elif job.error is None:
                job.on_done(job.result)
            elif not isinstance(job.error, IntakeError):
                if self._ran:
                    self._ready.emit()
                raise job.error
            elif job.on_error is not None:
                job.on_error(job.error)
            else:
                self.failed.emit(job.error)
