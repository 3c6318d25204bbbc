"""Long work beside the window: a sub-command as a process of its own, with progress and a way to stop it."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

STOP_PATIENCE_MS = 3_000


class ChildProcess(QObject):
    """Runs one sub-command. The key goes through its standard input, never through its arguments.

    Signals, in this order and never after ``finished``:
    ``progress(dict)`` each JSON line that it prints · ``finished(int, dict, str)`` exit code, the last JSON
    line, and what it said on standard error. A child that was stopped ends with a code other than 0.
    """

    progress = Signal(dict)
    finished = Signal(int, dict, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_complaints)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        self._unfinished = b""
        self._complaints = b""
        self._last: dict[str, Any] = {}
        self.cancelled = False

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, arguments: Sequence[str], key: str = "", secret: str = "") -> None:
        """``arguments`` as on the command line, from the sub-command's name on; ``key`` in hexadecimal.

        ``secret``, such as a passphrase, is the line behind the key on standard input.
        """
        program, *first = command()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        self._process.setProcessEnvironment(environment)
        self._process.start(program, [*first, *arguments])
        if key:
            self._process.write(key.encode() + b"\n")
        if secret:
            self._process.write(secret.encode() + b"\n")
        self._process.closeWriteChannel()

    def cancel(self) -> None:
        """Asks it to stop; what it committed stays. One that does not listen is ended."""
        if self.running:
            self.cancelled = True
            self._process.terminate()
            QTimer.singleShot(STOP_PATIENCE_MS, self._end)

    def _end(self) -> None:
        if self.running:
            self._process.kill()

    def _read(self) -> None:
        *lines, self._unfinished = (
            self._unfinished + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            return  # a line for people, not for us
        if isinstance(message, dict):
            self._last = message
            self.progress.emit(message)

    def _read_complaints(self) -> None:
        self._complaints += bytes(self._process.readAllStandardError().data())

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._take(self._unfinished)
        self._read_complaints()
        if status == QProcess.ExitStatus.CrashExit and code == 0:
            code = 1
        self.finished.emit(code, self._last, self._complaints.decode("utf-8", "replace").strip())

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.finished.emit(1, {}, self._process.errorString())


def command() -> list[str]:
    """How this program starts itself: the interpreter and its module, or the frozen program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
