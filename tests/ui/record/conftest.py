"""The whole window on the real store and the shipped question sets, driven by keys as an operator does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.records import Record
from intake_app.settings import Settings
from intake_app.store.opening import create_store
from intake_app.store.store import Store
from intake_app.times import IdMaker, Instant
from ui import accessibility, theme
from ui.background import Background
from ui.main_window import MainWindow, build_pages
from ui.shell import ShellWindow
from ui.translation import use_language
from ui.workplace import Workplace

MORNING = Instant.parse("2026-11-20T10:14:00.000Z")
LONG_ENOUGH_MS = 5000

CQC_FILE = """CQC Locations data

This data was produced on 16 September 2026

Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,\
Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,\
CQC Location ID (for office use only),CQC Provider ID (for office use only)
Rose Lodge,,"1 High Street,Leeds",LS1 1AA,1132000000,,Care home,09/Jan/2018 - 00:00,,Rose Care Ltd,Leeds,\
Yorkshire & Humberside,https://www.cqc.org.uk/location/1-101671690,1-101671690,1-101671699
Rosewood Surgery,,"2 High Street,Leeds",LS1 1AB,1132000001,,GP,09/Jan/2018 - 00:00,,Dr Able,Leeds,\
Yorkshire & Humberside,https://www.cqc.org.uk/location/1-201671690,1-201671690,1-201671699
"""


class HandClock:
    """A clock that moves only when it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> Instant:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now = Instant(self.now.utc_ms + int(seconds * 1000))


class DictionaryKeyring:
    """Keeps keys in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, entry: str) -> bytes | None:
        return self.kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self.kept[entry] = key

    def remove(self, entry: str) -> None:
        self.kept.pop(entry, None)


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
        from intake_app.store.summaries import RecordQuery

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


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: HandClock, library: Library
) -> Iterator[MakeDesk]:
    """Opens the window; a second call in one test opens it on the same store again."""
    accessibility.install(qapp)
    QAccessible.setActive(True)
    theme.apply(qapp, "light", 100)
    ids = IdMaker(clock)
    store = create_store(
        tmp_path / "intake", "Healthwatch Exemplar", staff_name="Sam", clock=clock, ids=ids,
        keyring=DictionaryKeyring(),
    ).store  # fmt: skip
    services = tmp_path / "services.csv"
    services.write_text(CQC_FILE, "utf-8")
    store.directory.import_files([services])
    opened: list[Workplace] = []

    def make(typed_before: str = "", width: int = 1366, height: int = 768) -> Desk:
        shell = ShellWindow()
        qtbot.addWidget(shell)
        shell.resize(width, height)
        with qtbot.waitExposed(shell):
            shell.show()
        shell.activateWindow()
        shell.narrative.setFocus()
        qtbot.waitUntil(shell.isActiveWindow)
        if typed_before:
            QTest.keyClicks(shell.narrative, typed_before)
        said: list[str] = []

        def announce(text: str) -> None:
            said.append(text)
            shell.status.say(text)

        workplace = Workplace(
            folder=tmp_path, store=store, library=library, background=Background(),
            sync_background=Background(name="sync"), settings=Settings(), clock=clock, ids=ids,
            announce=announce,
        )  # fmt: skip
        opened.append(workplace)
        window: list[MainWindow] = []
        built = build_pages(shell, workplace)
        for _slice in built:
            turn()
        window = shell.findChildren(MainWindow)
        desk = Desk(qtbot, shell, workplace, window[0], clock, said)
        desk.settle()
        return desk

    yield make
    for workplace in opened:
        workplace.background.close()
        workplace.sync_background.close()
    turn()
    store.close()
    use_language(qapp, "en")
    theme.apply(qapp, "light", 100)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()
