"""No letter of a passphrase reaches a screen reader; that something was typed does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleTextInsertEvent, QAccessibleTextRemoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui import password_line
from ui.password_line import PasswordLine

Told = list[tuple[str, int, str]]


@pytest.fixture
def line(app: QApplication, qtbot: QtBot) -> PasswordLine:
    line = PasswordLine()
    qtbot.addWidget(line)
    line.show()
    return line


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What is told in place of Qt's own events, which are held back while it is not active."""
    heard: Told = []

    class Listener:
        """Stands where Qt's accessibility does, and tells it on."""

        @staticmethod
        def updateAccessibility(event: object) -> None:
            assert QAccessible.isActive()
            if isinstance(event, QAccessibleTextInsertEvent):
                heard.append(("typed", event.changePosition(), event.textInserted()))
            elif isinstance(event, QAccessibleTextRemoveEvent):
                heard.append(("taken away", event.changePosition(), event.textRemoved()))

    monkeypatch.setattr(password_line, "QAccessible", Listener)
    return heard


def test_a_sign_is_told_for_each_letter(line: PasswordLine, told: Told) -> None:
    QTest.keyClicks(line, "ab")
    assert line.text() == "ab"
    assert told == [("typed", 0, "●"), ("typed", 1, "●")]


def test_a_sign_is_told_when_one_is_taken_away(line: PasswordLine, told: Told) -> None:
    QTest.keyClicks(line, "ab")
    told.clear()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert told == [("taken away", 1, "●")]


def test_while_a_letter_is_typed_qt_tells_nothing(line: PasswordLine) -> None:
    active: list[bool] = []
    line.textChanged.connect(lambda _text: active.append(QAccessible.isActive()))
    QTest.keyClicks(line, "a")
    assert active == [False]
    assert QAccessible.isActive()


def test_what_enter_causes_is_told(line: PasswordLine) -> None:
    active: list[bool] = []
    line.returnPressed.connect(lambda: active.append(QAccessible.isActive()))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert active == [True]


def test_a_code_that_is_shown_is_told_by_qt(line: PasswordLine, told: Told) -> None:
    line.setEchoMode(QLineEdit.EchoMode.Normal)
    QTest.keyClicks(line, "7")
    assert told == []
