"""Saved emails are brought in by name or by dropping them, and what is left out is told."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.record.desk import Desk
from ui.email.import_mail_dialog import ImportMailDialog

LONGEST_MS = 60_000


def opened(desk: Desk) -> ImportMailDialog:
    dialog = ImportMailDialog(desk.workplace, desk.shell)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_dropped_files_are_brought_in_and_what_is_left_out_is_told(desk: Desk, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.eml", tmp_path / "empty.eml"
    good.write_bytes(b"From: a@example.org\r\nSubject: One\r\n\r\nWords\r\n")
    empty.write_bytes(b"")
    dialog = opened(desk)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(one)) for one in (good, empty)])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, files, left, none))
    assert dialog.files.text() == f"{good}; {empty}"
    dialog.start()
    desk.qtbot.waitUntil(dialog.outcome.isVisible, timeout=LONGEST_MS)
    assert dialog.outcome.text() == "1 new email and 1 left out"
    assert dialog.refused.toPlainText() == f"{empty}: it is empty"
    assert desk.store.inbox.waiting() == 1


def test_without_a_file_it_says_what_is_missing(desk: Desk) -> None:
    dialog = opened(desk)
    dialog.start()
    assert "Choose at least one file or folder" in dialog.problem.text()


def test_an_email_that_was_copied_is_pasted(desk: Desk) -> None:
    dialog = opened(desk)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("From: Zofia Król <z@example.org>\nSubject: Rang\n\nNobody rang back.\n")
    QTest.keyClick(dialog.paste, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert dialog.outcome.text() == "1 new email"
    (row,) = desk.store.inbox.rows()
    assert (row.name, row.address, row.subject) == ("Zofia Król", "z@example.org", "Rang")
    dialog.paste.click()
    desk.settle()
    assert dialog.outcome.text() == "0 new emails and 1 was here already"


def test_a_message_copied_as_a_file_is_pasted(desk: Desk) -> None:
    dialog = opened(desk)
    held = QMimeData()
    held.setData("message/rfc822", b"From: a@example.org\r\nSubject: One\r\n\r\nWords\r\n")
    QGuiApplication.clipboard().setMimeData(held)
    dialog.paste.click()
    desk.settle()
    assert dialog.outcome.text() == "1 new email"


def test_an_empty_clipboard_and_a_huge_one_are_told(desk: Desk) -> None:
    dialog = opened(desk)
    for words, told in (("", "No email was copied"), ("x" * 1_000_001, "too large to be pasted")):
        QGuiApplication.clipboard().setText(words)
        dialog.paste.click()
        desk.settle()
        assert told in dialog.problem.text()
    assert desk.store.inbox.count() == 0
    QGuiApplication.clipboard().clear()
