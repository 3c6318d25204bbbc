"""The language is switched while a record stays open: words change, nothing else does."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from intake_app.i18n import _
from ui import translation
from ui.draft_note import DraftNote
from ui.shell import ShellWindow
from ui.translation import tr, use_language


def test_words_change_and_typed_text_caret_undo_and_focus_stay(app: QApplication, qtbot: QtBot) -> None:
    shell = ShellWindow()
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    shell.narrative.setFocus()
    QTest.keyClicks(shell.narrative, "six hours")
    cursor = shell.narrative.textCursor()
    cursor.setPosition(3)
    shell.narrative.setTextCursor(cursor)

    use_language(app, "en-XA")

    assert shell.narrative_label.text().startswith("[")
    assert shell.narrative.accessibleName().startswith("[")
    assert shell.narrative.words() == "six hours"
    assert shell.narrative.textCursor().position() == 3
    assert shell.narrative.document().isUndoAvailable()
    assert shell.narrative.hasFocus()


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar-XB", Qt.LayoutDirection.RightToLeft), ("en-XA", Qt.LayoutDirection.LeftToRight)],
)
def test_direction_follows_the_language_and_comes_back(
    app: QApplication, tag: str, direction: Qt.LayoutDirection
) -> None:
    use_language(app, tag)
    assert app.layoutDirection() == direction

    use_language(app, "en")
    assert app.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_qt_s_own_buttons_are_translated(app: QApplication, qtbot: QtBot) -> None:
    use_language(app, "en-XA")
    box = QMessageBox()
    qtbot.addWidget(box)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)

    assert cancel.text().startswith("[")


def test_what_is_typed_stays_english_in_every_language(app: QApplication) -> None:
    use_language(app, "ar-XB")

    assert QLocale().name() == "en_GB"


def test_words_of_closed_windows_are_forgotten(app: QApplication, qtbot: QtBot) -> None:
    before = translation.registered()
    for _time in range(30):
        window = QWidget()
        label = QLabel(window)
        tr(label, label.setText, lambda: _("Park"))
        with qtbot.waitSignal(window.destroyed):
            window.deleteLater()

    translation.retranslate()

    assert translation.registered() <= before


def test_a_field_being_typed_in_is_not_touched_by_a_switch(app: QApplication, qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    tr(edit, edit.setPlaceholderText, lambda: _("Park"))
    QTest.keyClicks(edit, "typed")

    use_language(app, "en-XA")

    assert edit.text() == "typed"
    assert edit.isUndoAvailable()


def test_a_draft_translation_says_so_on_screen(app: QApplication, qtbot: QtBot) -> None:
    note = DraftNote()
    qtbot.addWidget(note)
    qtbot.addWidget(note)
    assert note.isHidden()

    use_language(app, "cy")

    assert not note.isHidden()
    assert note.text()
