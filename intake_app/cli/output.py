"""What a sub-command prints: lines for people, or JSON lines for the window that started it."""

import contextlib
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any, TextIO

from intake_app.errors import Cancelled

_TELL_EVERY_SECONDS = 0.1


class Output:
    """``progress_json``: progress and result go to standard output as one JSON object a line."""

    def __init__(self, progress_json: bool, out: TextIO | None = None) -> None:
        self._json = progress_json
        self._out = out or sys.stdout
        self._told = 0.0

    def progress(self, done: int, total: int) -> None:
        """At most ten times a second, and the last one always."""
        if not self._json:
            return
        now = time.monotonic()
        if done < total and now - self._told < _TELL_EVERY_SECONDS:
            return
        self._told = now
        self._line({"done": done, "total": total})

    def result(self, words: str, values: dict[str, Any]) -> None:
        """What came of it: ``words`` for people, ``values`` for the window."""
        if self._json:
            self._line(values)
        elif words:
            self._out.write(words + "\n")
            self._out.flush()

    def _line(self, values: dict[str, Any]) -> None:
        self._out.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._out.flush()


class Stop:
    """Set by Ctrl+C or by the window; long work asks it between two transactions."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        return self._asked.is_set()

    def ask(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """The second time stops at once, as where work cannot be asked."""
        if self._asked.is_set():
            raise Cancelled
        self._asked.set()


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[Stop]:
    """Ctrl+C and a polite request to end stop the work where it is whole. In a thread: nothing does."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
