"""Every letter is typed into the record that was open when its key was pressed, however late it comes."""

from collections import deque
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Key, make_actions
from ui.key_order import ANSWERED_WITHIN_MS, KeyOrder

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = (Key("new_record", ("Ctrl+N",), "New", "record"),)


class ScreenReader(QObject):
    """Does with keys what Qt's accessibility bridge does: takes each, and types it when it was answered."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.asked: deque[tuple[QWindow, QKeyEvent]] = deque()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if not (pressed and isinstance(watched, QWindow) and event.spontaneous()):
            return False
        assert isinstance(event, QKeyEvent)
        self.asked.append((watched, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())))
        return True

    def answer(self) -> None:
        """Gives the oldest key back, as one that was not meant for the screen reader."""
        if self.asked:
            QCoreApplication.postEvent(*self.asked.popleft())
            QCoreApplication.processEvents()


class Desk:
    """A story box whose record goes to a disk that takes its time; Ctrl+N begins the next record."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now_s = 0.0
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.story = QTextEdit()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.story)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.story.setFocus()
        qtbot.waitUntil(self.story.hasFocus)
        self.order = KeyOrder(self.window, lambda: self.now_s)
        self.order.watch(self.story)
        self.kept: list[str] = []
        self.on_disk: list[Callable[[], None]] = []
        self.actions = make_actions(self.window, {"new_record": self.new}, NEW)

    def new(self) -> None:
        release = self.order.hold()

        def done() -> None:
            self.kept.append(self.story.toPlainText())
            self.story.clear()
            release()

        self.on_disk.append(done)

    def press(self, key: str) -> None:
        if key == "new":
            QTest.keyClick(self.handle, Qt.Key.Key_N, CTRL)
        else:
            QTest.keyClick(self.handle, key)

    def disk(self) -> None:
        if self.on_disk:
            self.on_disk.pop(0)()

    @property
    def handle(self) -> QWindow:
        return self.window.windowHandle()

    def records(self) -> list[str]:
        return [*self.kept, self.story.toPlainText()]


@pytest.fixture
def desk(app: QApplication, qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def reader(app: QApplication) -> Iterator[ScreenReader]:
    reader = ScreenReader(app)
    yield reader
    app.removeEventFilter(reader)


def finish(desk: Desk, reader: ScreenReader | None = None) -> None:
    for _round in range(500):
        if reader is not None:
            reader.answer()
        desk.disk()
        QCoreApplication.processEvents()


def test_without_anybody_listening_a_letter_is_typed_at_once(desk: Desk) -> None:
    desk.press("a")
    assert desk.records() == ["a"]
    desk.press("new")
    assert len(desk.on_disk) == 1


def test_letters_pressed_while_a_record_goes_to_disk_are_the_next_ones(desk: Desk) -> None:
    for key in ("a", "b", "new", "c", "d"):
        desk.press(key)
    assert desk.records() == ["ab"]
    desk.disk()
    assert desk.records() == ["ab", "cd"]


def test_letters_that_a_screen_reader_was_asked_about_stay_before_the_shortcut(
    desk: Desk, reader: ScreenReader
) -> None:
    for key in ("a", "b", "new", "c"):
        desk.press(key)
    assert desk.records() == [""]
    finish(desk, reader)
    assert desk.records() == ["ab", "c"]


def test_where_the_disk_refuses_the_letters_stay_with_the_record_that_is_still_open(desk: Desk) -> None:
    desk.press("a")
    release = desk.order.hold()
    desk.press("b")
    release()
    release()
    assert desk.records() == ["ab"]


def test_a_key_that_the_screen_reader_takes_holds_nothing_up_for_long(
    desk: Desk, reader: ScreenReader, qtbot: QtBot
) -> None:
    desk.press("h")
    reader.asked.clear()
    desk.press("new")
    assert not desk.on_disk
    desk.now_s += ANSWERED_WITHIN_MS / 1000
    qtbot.waitUntil(lambda: bool(desk.on_disk), timeout=60_000)
    desk.press("new")


def test_a_button_waits_for_the_letters_too_and_takes_none_for_its_own_key(
    desk: Desk, reader: ScreenReader
) -> None:
    button = QPushButton(parent=desk.window)
    button.clicked.connect(desk.actions["new_record"].trigger)
    desk.press("a")
    button.click()
    desk.press("b")
    finish(desk, reader)
    assert desk.records() == ["a", "b"]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_a_menu_opened_by_alt_and_a_letter_stays_open_when_alt_comes_late(
    desk: Desk, reader: ScreenReader, qtbot: QtBot
) -> None:
    menu = QMenu(desk.window)
    menu.addAction("Preferences")
    desk.press("a")
    QTest.keyPress(desk.handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    menu.popup(desk.window.mapToGlobal(desk.window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    for _key in range(10):
        reader.answer()
    assert menu.isVisible()
    assert desk.records() == ["a"]
    menu.close()


def test_words_of_an_input_method_wait_as_letters_do(desk: Desk) -> None:
    desk.press("new")
    event = QInputMethodEvent("", [])
    event.setCommitString("żółw")
    QCoreApplication.sendEvent(desk.story, event)
    desk.press("a")
    assert desk.records() == [""]
    desk.disk()
    assert desk.records() == ["", "żółwa"]


def test_a_letter_that_was_asked_about_during_a_save_stays_before_the_next_record(
    desk: Desk, reader: ScreenReader
) -> None:
    for key in ("new", "a", "new"):
        desk.press(key)
    while reader.asked:
        reader.answer()
    finish(desk, reader)
    assert desk.records() == ["", "a", ""]


STEPS = st.lists(st.sampled_from([*"abcde", "new", "new", "answer", "answer", "disk"]), max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, listens=st.booleans())
def test_every_letter_is_in_exactly_the_record_that_was_open_when_its_key_was_pressed(
    app: QApplication, desk: Desk, steps: list[str], listens: bool
) -> None:
    desk.kept.clear()
    desk.story.clear()
    reader = ScreenReader(app) if listens else None
    wanted = [""]
    for step in steps:
        if step == "answer":
            if reader is not None:
                reader.answer()
        elif step == "disk":
            desk.disk()
        else:
            desk.press(step)
            wanted = [*wanted, ""] if step == "new" else [*wanted[:-1], wanted[-1] + step]
    finish(desk, reader)
    if reader is not None:
        app.removeEventFilter(reader)
    assert desk.records() == wanted
