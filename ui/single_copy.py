"""One window for each data folder: a second copy only asks the first to come forward."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

_PATIENCE_MS = 100
_TRIES = 50
_LONGEST_MESSAGE = 4_096


def take_lock(folder: Path) -> QLockFile | None:
    """The lock of the window, to be held while it is open; None where another copy holds it.

    A folder that cannot be written gives a lock that is not held: opening the store says what is wrong.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = QLockFile(str(folder / "running.lock"))
    lock.setStaleLockTime(0)  # only the death of its process frees it, never the clock
    if lock.tryLock(0) or lock.error() != QLockFile.LockError.LockFailedError:
        return lock
    return None


def server_name(folder: Path) -> str:
    import hashlib

    return "intake-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


def ask_to_come_forward(folder: Path, channel: str = "", number: str = "") -> bool:
    """Tells the copy that is open, and waits while it is still starting; False where it does not answer."""
    import json

    from PySide6.QtCore import QThread
    from PySide6.QtNetwork import QLocalSocket

    message = json.dumps({"new": channel, "number": number}).encode() + b"\n"
    for _try in range(_TRIES):
        socket = QLocalSocket()
        socket.connectToServer(server_name(folder))
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(message)
            written = socket.waitForBytesWritten(1_000)
            socket.disconnectFromServer()
            return bool(written)
        QThread.msleep(_PATIENCE_MS)
    return False


class Doorbell(QObject):
    """Listens for other copies, for this user only. Starts after the first paint: it costs a library.

    Signals: ``rung(channel, number)`` come forward, and where a channel is given begin a record. The
    number stays in memory.
    """

    rung = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        name = server_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # The lock is ours, so what answers to this name is left over from a copy that died.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.waitForReadyRead(_PATIENCE_MS)
            line = bytes(socket.read(_LONGEST_MESSAGE).data())
            socket.disconnectFromServer()
            self._ring(line)

    def _ring(self, line: bytes) -> None:
        import json

        try:
            message = json.loads(line)
        except ValueError:
            return
        if isinstance(message, dict):
            self.rung.emit(str(message.get("new", "")), str(message.get("number", "")))

    def close(self) -> None:
        self._server.close()
