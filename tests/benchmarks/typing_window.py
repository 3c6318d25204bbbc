"""Types into one window while long work goes on beside it, prints JSON and ends: KIND FOLDER FILE

KIND is "bare" (a PySide6 window with one text edit) or "intake" (the application). FOLDER is a data folder
that has joined a hub, FILE holds services. Three phases: nothing beside, a round with the hub, an import of
FILE; the long work is a child process in either kind, started as the window starts it. Told of each phase:
`ms`, from the moment each key was due to the end of its painting; `own_ms`, the processor time that the
window's thread took from one painting to the next, which no other load lengthens much; `seconds`; the report.
BENCH_KEYRING is a file that stands for the system's keyring.
"""

import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QTextEdit  # noqa: E402
from timed_window import _keys_are_in  # noqa: E402

BETWEEN_KEYS_MS = 35  # faster than anybody types for long
SETTLING_MS = 1_500
ALONE_KEYS = 200
LONGEST_S = 200  # then it says where it stood and ends
WORDS = "they told me at the desk that nobody had written it down and I should ring again in the morning "


class Typist(QObject):
    """A key at each due moment; what it takes counts from then, also where the event loop came late to it."""

    _PAINTED = QEvent.Type(QEvent.registerEventType())

    def __init__(self, box: QTextEdit) -> None:
        super().__init__()
        self._box = box
        self._due = self._began = time.perf_counter()
        self._waiting = False
        self._typed = 0
        self._own = time.thread_time()
        self.ms: list[float] = []
        self.own_ms: list[float] = []
        self._clock = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._type)
        box.viewport().installEventFilter(self)

    def begin(self) -> None:
        self.ms, self.own_ms = [], []
        self._own = time.thread_time()
        self._began = self._due = time.perf_counter()
        self._next()

    def end(self) -> dict[str, Any]:
        self._clock.stop()
        return {"ms": self.ms, "own_ms": self.own_ms, "seconds": time.perf_counter() - self._began}

    def _next(self) -> None:
        now = time.perf_counter()
        # A person does not type two keys at once after a stall.
        self._due = max(self._due + BETWEEN_KEYS_MS / 1000, now)
        self._clock.start(max(0, int((self._due - now) * 1000)))

    def _type(self) -> None:
        # The timer counts whole milliseconds and may be early by less than one.
        time.sleep(max(0.0, self._due - time.perf_counter()))
        letter = WORDS[self._typed % len(WORDS)]
        self._typed += 1
        self._waiting = True
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(self._box, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._waiting:
            self._waiting = False
            # Behind this event, in which everything is painted and handed to the screen.
            QCoreApplication.postEvent(self, QEvent(self._PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, event: QEvent) -> None:
        if event.type() == self._PAINTED:
            own, self._own = self._own, time.thread_time()
            self.ms.append((time.perf_counter() - self._due) * 1000)
            self.own_ms.append((self._own - own) * 1000)
            self._next()


class Phases(QObject):
    """Nothing beside, then each work in turn; the first key of every phase comes with the beginning of it."""

    def __init__(self, box: QTextEdit, works: dict[str, Callable[[Callable[..., None]], None]]) -> None:
        super().__init__()
        self._typist = Typist(box)
        self._works = list(works.items())
        self._told: dict[str, Any] = {}
        QTimer.singleShot(SETTLING_MS, self._alone)

    def _alone(self) -> None:
        self._typist.begin()
        QTimer.singleShot(ALONE_KEYS * BETWEEN_KEYS_MS, lambda: self._ended("alone"))

    def _ended(self, name: str, *report: Any) -> None:
        self._told[name] = {**self._typist.end(), "report": report}
        if not self._works:
            print(json.dumps(self._told), flush=True)
            os._exit(0)  # what a program does while it ends is not measured here
        name, begin = self._works.pop(0)
        self._typist.begin()
        begin(lambda *told: self._ended(name, *told))


def children(folder: Path, key: str, file: Path) -> dict[str, Callable[[Callable[..., None]], None]]:
    """The long works as processes of their own, as the window starts them; what ends says code and report."""
    from ui.child_process import ChildProcess

    def work(*arguments: str) -> Callable[[Callable[..., None]], None]:
        def begin(ended: Callable[..., None]) -> None:
            child = ChildProcess(QApplication.instance())
            child.finished.connect(ended)
            common = ("--data-dir", str(folder), "--key-stdin", "--progress-json")
            child.start([*arguments, *common], key)

        return begin

    return {"sync": work("sync"), "import": work("import-services", str(file))}


def bare(folder: Path, file: Path) -> int:
    app = QApplication(["bare"])
    box = QTextEdit()
    box.resize(800, 500)
    box.show()
    box.setFocus()
    held = Phases(box, children(folder, os.environ["BENCH_KEY"], file))
    return app.exec() if held else 1


def intake(folder: Path, file: Path) -> int:
    from ui.__main__ import main
    from ui.opening import Opening
    from ui.sync_rounds import SyncRounds

    _keys_are_in(Path(os.environ["BENCH_KEYRING"]))
    built = Opening._built
    held: list[QObject] = []

    def begin_when_built(opening: Opening) -> None:
        built(opening)
        assert opening.workplace is not None
        works = children(folder, opening.workplace.store.key_for_child(), file)
        rounds = opening._shell.findChild(SyncRounds)
        rounds.end()  # no round by timer while there shall be none

        def run_round(ended: Callable[..., None]) -> None:
            rounds.finished.connect(lambda: ended(rounds.words))
            rounds.run_now()

        held.append(Phases(opening._shell.narrative, works | {"sync": run_round}))

    Opening._built = begin_when_built  # type: ignore[method-assign]
    return main(["--data-dir", str(folder)])


if __name__ == "__main__":
    faulthandler.dump_traceback_later(LONGEST_S, exit=True)
    kind, *where = sys.argv[1:]
    sys.exit({"bare": bare, "intake": intake}[kind](*map(Path, where)))
