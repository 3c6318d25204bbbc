"""Declined, not asked and don't know: marked by one key, shown and spoken in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.records import Answer, AnswerState, Sheet
from ui.form.marks import MarkMenu

from .conftest import Show, Shown, turn

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing)", extend=True)

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def open_menu(qtbot: QtBot, shown: Shown) -> QMenu:
    qtbot.keyClick(focused(), Key.Key_Down, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, MarkMenu)
    return menu


def shown_words(shown: Shown) -> list[str]:
    return [label.text() for label in shown.window.findChildren(QLabel) if label.isVisible()]


def test_alt_down_marks_a_question_and_says_so(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    shown.form.focus_question("miles")
    menu = open_menu(qtbot, shown)
    assert menu.accessibleName() == "No answer: How many miles away?"
    first = menu.activeAction()
    assert first is not None
    assert first.text() == "Declined to answer"
    qtbot.keyClick(menu, Key.Key_Return)
    answer = shown.last()
    assert answer is not None
    assert (answer.state, answer.value) == (AnswerState.DECLINED, None)
    assert "Declined to answer" in shown_words(shown)
    assert focused().accessibleIdentifier() == "miles"
    found = QAccessible.queryAccessibleInterface(focused())
    assert found.text(QAccessible.Text.Description) == "Declined to answer."
    turn(qapp)
    assert shown.said == []  # the description is read as the focus comes back


def test_a_mark_by_mouse_on_another_question_is_spoken(show: Show, qapp: QApplication) -> None:
    shown = show()
    shown.form.focus_question("phone")
    shown.form.mark("miles", AnswerState.DECLINED)
    turn(qapp)
    assert shown.said == ["Declined to answer: How many miles away."]


def test_an_answer_takes_the_mark_away(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("miles")
    shown.form.mark("miles", AnswerState.NOT_ASKED)
    assert "Not asked" in shown_words(shown)
    qtbot.keyClicks(focused(), "3")
    answer = shown.last()
    assert answer is not None
    assert (answer.state, answer.value) == (AnswerState.ANSWERED, 3)
    assert "Not asked" not in shown_words(shown)


def test_a_mark_never_replaces_typed_words(qtbot: QtBot, show: Show, qapp: QApplication) -> None:
    shown = show()
    shown.form.focus_question("more")
    qtbot.keyClicks(focused(), "ring back")
    assert not shown.form.mark("more", AnswerState.DECLINED)
    turn(qapp)
    assert shown.said == ["There is an answer. Delete it first, then mark the question."]
    answer = shown.form.sheet().answers["more"]
    assert answer.value == "ring back"


def test_a_choice_is_replaced_by_a_mark_and_the_mark_is_cleared(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.form.focus_question("kind")
    qtbot.keyClick(focused(), Key.Key_2)
    assert shown.form.mark("kind", AnswerState.DONT_KNOW)
    assert "Doesn’t know" in shown_words(shown)
    menu = open_menu(qtbot, shown)
    clear = menu.actions()[-1]
    assert clear.text() == "Clear answer and mark"
    clear.trigger()
    menu.close()
    assert shown.last() is None
    assert "Doesn’t know" not in shown_words(shown)


def test_alt_down_does_nothing_else_in_a_text_field(qtbot: QtBot, show: Show, library: Library) -> None:
    sheet = Sheet(question_set=library.latest("visit").ref(), answers={"phone": Answer(value="0300 061")})
    shown = show(sheet)
    shown.form.focus_question("phone")
    line = focused()
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(3)
    open_menu(qtbot, shown).close()
    assert (line.text(), line.cursorPosition()) == ("0300 061", 3)
    assert shown.edits == []


def test_the_marks_can_be_reached_by_mouse_without_a_second_tab_stop(qtbot: QtBot, show: Show) -> None:
    shown = show()
    button = shown.control("miles.mark")
    assert isinstance(button, QToolButton)
    assert button.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, MarkMenu)
    menu.actions()[1].trigger()
    menu.close()
    answer = shown.last()
    assert answer is not None
    assert answer.state is AnswerState.NOT_ASKED


def test_what_was_marked_elsewhere_is_shown(show: Show, library: Library) -> None:
    marked = {"miles": Answer(state=AnswerState.NOT_ASKED)}
    shown = show(Sheet(question_set=library.latest("visit").ref(), answers=marked))
    assert "Not asked" in shown_words(shown)
    assert shown.form.first_unanswered() == "words_said"
