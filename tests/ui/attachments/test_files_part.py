"""The files of a finished record in the list: looked at here, and got from the hub where only it has them."""

from pathlib import Path

from intake_app.store.summaries import Whereabouts
from intake_app.times import Instant
from tests.ui.attachments.test_files import attach, bytes_of
from tests.ui.record.desk import Desk
from ui.audit import audit
from ui.record_list.words import where_words


def finished_with(desk: Desk, *paths: Path) -> None:
    desk.type("The ward was cold.")
    attach(desk, *paths)
    desk.press("F12")
    desk.press("F12")
    desk.settle()


def open_it(desk: Desk) -> None:
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.table.setFocus()
    desk.press("Return")
    desk.settle()
    desk.settle()


def test_files_stand_in_the_record_and_a_picture_opens_beside_nothing_else(desk: Desk, letter: Path) -> None:
    finished_with(desk, letter)
    open_it(desk)
    rows = desk.find("record_files")
    assert rows.texts() == ["\u2068letter.png\u2069, picture, 83 kB. On this computer, encrypted"]
    assert audit(desk.shell) == []
    desk.find("record_file_look").click()
    desk.settle()
    dialog = desk.window.list.view.files.dialog
    assert dialog is not None
    assert dialog.part.view.accessibleName() == "Picture, \u2068letter.png\u2069, page 1 of 1"
    # The title of a window is read by every program: nobody's name stands in it.
    assert dialog.windowTitle() == "Picture"
    assert audit(dialog) == []


def test_a_record_without_files_says_nothing_of_files(desk: Desk) -> None:
    finished_with(desk)
    open_it(desk)
    assert not desk.window.list.view.files.isVisible()


def test_a_file_that_only_the_hub_has_is_asked_for(desk: Desk, letter: Path) -> None:
    finished_with(desk, letter)
    (record,) = desk.records()
    file = record.attachments[0]
    raw = desk.store._database.raw()
    raw.execute("DELETE FROM attachment")
    raw.execute("DELETE FROM attachment_chunk")
    raw.execute("UPDATE attachment_use SET sent = 1")
    raw.close()
    open_it(desk)
    rows = desk.find("record_files")
    assert "At the hub, not on this computer" in rows.texts()[0]
    rows.setFocus()
    desk.press("Return")
    desk.settle()
    desk.settle()
    assert "Asked for, comes from the hub" in rows.texts()[0]
    assert desk.store.attachments.states(record.id, [file.sha256])[file.sha256].wanted


def test_an_edit_keeps_the_files_and_their_bytes(desk: Desk, letter: Path) -> None:
    finished_with(desk, letter)
    desk.press("Shift+F12")
    desk.settle()
    desk.type(" And dark.")
    desk.press("F12")
    desk.press("F12")
    (record,) = desk.records()
    assert bytes_of(desk, record.attachments[0]) == letter.read_bytes()


def test_the_list_says_what_is_still_to_send_beside_the_receipt() -> None:
    at = Instant.parse("2026-11-20T10:14:00Z")
    where = Whereabouts("received", at, "7F3A21", files=2)
    assert where_words(where).endswith("7F3A21\u2069; 2 attachments still to send")
