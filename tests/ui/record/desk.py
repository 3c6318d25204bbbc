"""An operator's desk: the whole window, driven by keys and listened to."""

from dataclasses import dataclass, field

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.drafting import Draft
from intake_app.records import Record
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from tests.fakes import HandClock
from ui.main_window import MainWindow
from ui.shell import ShellWindow
from ui.workplace import Workplace

LONG_ENOUGH_MS = 60_000


@dataclass
class Desk:
    """An operator's desk: the window, and what can be pressed, typed, heard and looked up."""

    qtbot: QtBot
    shell: ShellWindow
    workplace: Workplace
    window: MainWindow
    clock: HandClock
    said: list[str] = field(default_factory=list)
    presses: int = 0

    def press(self, keys: str, times: int = 1) -> None:
        """``press("Ctrl+Shift+T")``; to whatever has the focus."""
        for _time in range(times):
            self.presses += 1
            key, modifiers = parse(keys)
            QTest.keyClick(self.focus(), key, modifiers)
            turn()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        turn()

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def focused(self) -> str:
        """The identifier of what has the focus, or of the question it belongs to."""
        widget: QWidget | None = self.focus()
        while widget is not None and not widget.accessibleIdentifier():
            widget = widget.parentWidget()
        return widget.accessibleIdentifier() if widget is not None else ""

    def choose_service(self, words: str) -> None:
        """F2, the words, Down, Enter."""
        self.press("F2")
        self.type(words)
        self.qtbot.waitUntil(lambda: "match" in self.last_said(), timeout=LONG_ENOUGH_MS)
        self.press("Down")
        self.press("Return")

    def settle(self) -> None:
        """Until the worker has done and told everything that it was given."""
        done: list[bool] = []
        self.workplace.background.run(self.shell, lambda: True, done.append)
        self.qtbot.waitUntil(lambda: bool(done), timeout=LONG_ENOUGH_MS)
        turn()

    @property
    def store(self) -> Store:
        return self.workplace.store

    @property
    def draft(self) -> Draft:
        return self.window.record.open_record.current()

    def last_said(self) -> str:
        return self.said[-1] if self.said else ""

    def find(self, identifier: str) -> QWidget:
        for widget in self.shell.findChildren(QWidget):
            if widget.accessibleIdentifier() == identifier and widget.isVisible():
                return widget
        raise KeyError(identifier)

    def records(self) -> list[Record]:
        """The finished records, newest first."""
        self.settle()
        page = self.store.records.find(RecordQuery(include_drafts=False))
        rows = {row.id: row for row in (*page.danger, *page.rows)}
        return [self.store.records.get(one) for one in rows]


def parse(keys: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """A key and its modifiers from their names."""
    *names, last = keys.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in names:
        held = {"Ctrl": "ControlModifier", "Shift": "ShiftModifier", "Alt": "AltModifier"}[name]
        modifiers |= Qt.KeyboardModifier[held]
    return Qt.Key[f"Key_{ {'.': 'Period', 'Esc': 'Escape'}.get(last, last) }"], modifiers


def turn() -> None:
    """Lets what was put off to the next turn of the event loop happen."""
    for _time in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
