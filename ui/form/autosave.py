"""Decides when a draft is kept: soon after the last key, never long after the first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

AUTOSAVE_DELAY_MS = 800
AUTOSAVE_LONGEST_MS = 1200


class Autosave(QObject):
    """Calls ``keep`` 0.8 s after the last ``touched`` and at most 1.2 s after the first one not yet kept.

    What was typed must be on disk within 2 s (promise 1), so the rest of that time belongs to the disk.
    """

    def __init__(
        self,
        keep: Callable[[], None],
        parent: QObject | None = None,
        delay_ms: int = AUTOSAVE_DELAY_MS,
        longest_ms: int = AUTOSAVE_LONGEST_MS,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._waiting = False
        self._after_last = self._timer(delay_ms)
        self._after_first = self._timer(longest_ms)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def waiting(self) -> bool:
        """Whether something was typed that ``keep`` has not been called for."""
        return self._waiting

    def touched(self) -> None:
        """Something changed."""
        self._after_last.start()
        if not self._waiting:
            self._waiting = True
            self._after_first.start()

    def flush(self) -> None:
        """Keeps now if anything waits: on a change of focus, before parking, on closing."""
        if not self._waiting:
            return
        self.forget()
        self._keep()

    def forget(self) -> None:
        """What waits has been kept by other means, such as Finish, or discarded by a person."""
        self._waiting = False
        self._after_last.stop()
        self._after_first.stop()
