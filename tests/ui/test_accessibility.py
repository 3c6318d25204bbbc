"""What a screen reader is given: names, roles, descriptions and where Tab goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import accessibility
from ui.accessibility import StatusLine
from ui.link_button import LinkButton

Window = tuple[QWidget, QVBoxLayout]


@pytest.fixture
def window(app: QApplication, qtbot: QtBot) -> Window:
    made = QWidget()
    qtbot.addWidget(made)
    return made, QVBoxLayout(made)


def show(window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def text(widget: QWidget, kind: QAccessible.Text) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(kind)


def test_status_line_is_a_notification_that_holds_its_words(window: Window, qtbot: QtBot) -> None:
    status = StatusLine()
    window[1].addWidget(status)
    show(window[0], qtbot)

    status.say("Saved 10:14")

    assert QAccessible.queryAccessibleInterface(status).role() == QAccessible.Role.Notification
    assert text(status, QAccessible.Text.Name) == "Saved 10:14"
    assert status.accessibleIdentifier() == "status_line"


def test_link_button_is_called_a_link_and_return_follows_it(window: Window, qtbot: QtBot) -> None:
    link = LinkButton("Give a &name")
    window[1].addWidget(link)
    show(window[0], qtbot)
    link.setFocus()

    with qtbot.waitSignal(link.clicked):
        QTest.keyClick(link, Qt.Key.Key_Return)

    assert QAccessible.queryAccessibleInterface(link).role() == QAccessible.Role.Link
    assert text(link, QAccessible.Text.Name) == "Give a name"


def test_a_problem_is_shown_and_read_before_the_hint(window: Window) -> None:
    edit, label = QLineEdit(), QLabel()
    window[1].addWidget(edit)
    window[1].addWidget(label)

    accessibility.set_problem(edit, label, "Give a date", "For example 27 3 2026")
    assert label.text() == "Error: Give a date"
    assert edit.accessibleDescription() == "Error: Give a date. For example 27 3 2026"

    accessibility.set_problem(edit, label, "The date is in the future.", "For example 27 3 2026")
    assert edit.accessibleDescription() == "Error: The date is in the future. For example 27 3 2026"
    accessibility.set_problem(edit, label, "", "For example 27 3 2026")
    assert label.isHidden()
    assert edit.accessibleDescription() == "For example 27 3 2026"


@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize("checked", [None, 0, 2])
def test_tab_reaches_the_checked_radio_button(
    window: Window, qtbot: QtBot, grouped: bool, checked: int | None
) -> None:
    edit, box = QLineEdit(), QGroupBox("How was it?")
    column = QVBoxLayout(box)
    buttons = [QRadioButton(name) for name in ("Good", "Mixed", "Poor")]
    group = QButtonGroup(box)
    for button in buttons:
        column.addWidget(button)
        if grouped:
            group.addButton(button)
    window[1].addWidget(edit)
    window[1].addWidget(box)
    show(window[0], qtbot)
    if checked is not None:
        buttons[checked].setChecked(True)
    edit.setFocus()

    QTest.keyClick(edit, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is buttons[checked or 0]


def test_arrow_keys_still_move_within_the_group(window: Window, qtbot: QtBot) -> None:
    box = QGroupBox("How was it?")
    column = QVBoxLayout(box)
    buttons = [QRadioButton(name) for name in ("Good", "Mixed", "Poor")]
    for button in buttons:
        column.addWidget(button)
    window[1].addWidget(box)
    show(window[0], qtbot)
    buttons[0].setChecked(True)
    buttons[0].setFocus()

    QTest.keyClick(buttons[0], Qt.Key.Key_Down)

    assert buttons[1].isChecked()
    assert buttons[1].hasFocus()


def test_text_typed_after_the_focus_came_is_kept(window: Window, qtbot: QtBot) -> None:
    """The cure for the order of focus events must not swallow keys."""
    first, second = QLineEdit(), QLineEdit()
    window[1].addWidget(first)
    window[1].addWidget(second)
    show(window[0], qtbot)
    first.setFocus()

    QTest.keyClicks(first, "one")
    QTest.keyClick(first, Qt.Key.Key_Tab)
    QTest.keyClicks(second, "two")

    assert (first.text(), second.text()) == ("one", "two")


def test_accessible_objects_of_closed_windows_are_let_go(app: QApplication, qtbot: QtBot) -> None:
    before = len(accessibility._kept)
    for _time in range(20):
        window = QWidget()
        layout = QVBoxLayout(window)
        line, link = StatusLine("words", window), LinkButton("more", window)
        layout.addWidget(line)
        layout.addWidget(link)
        window.show()
        QAccessible.queryAccessibleInterface(line)
        QAccessible.queryAccessibleInterface(link)
        with qtbot.waitSignal(window.destroyed):
            window.deleteLater()

    assert len(accessibility._kept) <= before


def test_buttons_keep_their_press_by_space(window: Window, qtbot: QtBot) -> None:
    button = QPushButton("Park")
    window[1].addWidget(button)
    show(window[0], qtbot)
    button.setFocus()

    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
