"""Long work of the store in small steps on the worker, so that drafts and keys go between them."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from intake_app.errors import IntakeError
from ui.background import Background

Work = Generator[tuple[int, int], None, Any]
"""Yields (done, total) and returns its result."""


@dataclass(frozen=True, slots=True)
class _Ended:
    result: Any


class Steps(QObject):
    """Runs one piece of work; exactly one of ``done``, ``failed`` and ``stopped`` is called."""

    def __init__(
        self,
        background: Background,
        work: Work,
        parent: QObject,
        progress: Callable[[int, int], object],
        done: Callable[[Any], object],
        failed: Callable[[IntakeError], object],
        stopped: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._work = work
        self._progress = progress
        self._done = done
        self._failed = failed
        self._stopped = stopped
        self._stop = False
        self._go_on()

    def cancel(self) -> None:
        """What the work had begun is undone; it is asked between two steps."""
        self._stop = True

    def _go_on(self) -> None:
        if self._stop:
            self._background.run(self, self._work.close, self._on_stopped, self._on_failed)
        else:
            self._background.run(self, self._step, self._on_step, self._on_failed)

    def _step(self) -> tuple[int, int] | _Ended:
        try:
            return next(self._work)
        except StopIteration as ended:
            return _Ended(ended.value)

    def _on_step(self, outcome: tuple[int, int] | _Ended) -> None:
        if isinstance(outcome, _Ended):
            self.deleteLater()
            self._done(outcome.result)
            return
        self._progress(*outcome)
        self._go_on()

    def _on_failed(self, error: IntakeError) -> None:
        self.deleteLater()
        self._failed(error)

    def _on_stopped(self, _none: None) -> None:
        self.deleteLater()
        self._stopped()
