"""Opens one window, measures it from its process's start, prints JSON and ends: timed_window.py KIND [ARGS]

KIND is "bare" (a PySide6 window with one line edit) or "intake" (the application, with ARGS). What is told:
`first_key_ms` (the story box has taken a key), `loaded_ms` (nothing more will be imported or built),
`stall_ms` (the longest the event loop kept a key waiting until then) and `memory_mb` (resident, at the end).
BENCH_BEGAN_NS is when the process was started, BENCH_KEYRING a file that stands for the system's keyring.
"""

import faulthandler
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGAN_NS = int(
    os.environ["BENCH_BEGAN_NS"]
)  # the monotonic clock, which all processes share, before the start
SETTLING_MS = 300
TICK_MS = 2  # a timer without a pause would itself slow down what loads in the other thread
LONGEST_S = 40  # then it says where it stood and ends


def since_start() -> float:
    return (time.monotonic_ns() - BEGAN_NS) / 1e6


def main() -> int:
    kind, *arguments = sys.argv[1:]
    faulthandler.dump_traceback_later(LONGEST_S, exit=True)
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

    told: dict[str, float] = {}

    class Watch(QObject):
        """Types into the box once it is painted, then looks at the event loop until all is loaded.

        It looks at the box alone: a filter for the whole application would itself slow the window down.
        """

        def __init__(self, box: QLineEdit | QTextEdit) -> None:
            super().__init__(box)
            self._box = box
            self._painted = box.viewport() if isinstance(box, QTextEdit) else box
            self._last, self._longest, self._loaded = time.perf_counter(), 0.0, kind == "bare"
            self._painted.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self._painted.removeEventFilter(self)
                QTimer.singleShot(0, lambda: self._type(self._box))
            return False

        def _type(self, box: QLineEdit | QTextEdit) -> None:
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QApplication.sendEvent(box, key)
            words = box.text() if isinstance(box, QLineEdit) else box.toPlainText()
            assert words.endswith("a"), f"the box did not take the key: {words!r}"
            told["first_key_ms"] = since_start()
            if kind == "intake":
                self._wait_for_the_rest()
            self._ticker = QTimer(self)
            self._ticker.timeout.connect(self._tick)
            self._last = time.perf_counter()
            self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
            self._ticker.start(TICK_MS)

        def _tick(self) -> None:
            now = time.perf_counter()
            self._longest, self._last = max(self._longest, now - self._last), now
            if self._loaded:
                self._ticker.stop()
                told["loaded_ms"] = since_start()
                told["stall_ms"] = max(0.0, self._longest * 1000 - TICK_MS)
                QTimer.singleShot(SETTLING_MS, self._end)

        def _wait_for_the_rest(self) -> None:
            from ui.opening import Opening  # not before the first key: the application does not either

            built = Opening._built

            def told_when_built(opening: Opening) -> None:
                built(opening)
                self._loaded = True

            Opening._built = told_when_built  # type: ignore[method-assign]
            if path := os.environ.get("BENCH_KEYRING"):
                _keys_are_in(Path(path))

        def _end(self) -> None:
            status = Path("/proc/self/status").read_text()
            told["memory_mb"] = int(status.split("VmRSS:")[1].split()[0]) / 1024
            print(json.dumps(told), flush=True)
            os._exit(0)  # what a program does while it ends is not measured here

    if kind == "bare":
        app = QApplication(["bare"])
        window = QLineEdit()
        Watch(window)
        window.show()
        return app.exec()

    from ui.__main__ import main as intake
    from ui.plain_imports import use_plain_imports

    use_plain_imports()  # as the application does, before its other modules
    import ui.start

    class WatchedShell(ui.start.ShellWindow):
        def __init__(self) -> None:
            super().__init__()
            Watch(self.narrative)

    ui.start.ShellWindow = WatchedShell
    return intake(arguments)


def _keys_are_in(path: Path) -> None:
    """A file stands for the system's keyring, which a computer without a desktop does not have."""
    from intake_app.store import keyring_slot

    def trusted() -> object:
        import keyring.backend  # as dear as it is in the real program, and in the same thread
        import keyring.errors

        class KeyringFile(keyring.backend.KeyringBackend):
            priority = 1.0

            def get_password(self, service: str, username: str) -> str | None:
                kept: dict[str, str] = json.loads(path.read_text())
                return kept.get(username)

            def set_password(self, service: str, username: str, password: str) -> None:
                raise keyring.errors.PasswordSetError

        return KeyringFile()

    keyring_slot._trusted = trusted  # type: ignore[assignment]


if __name__ == "__main__":
    sys.exit(main())
