"""What the hub refused is shown with its reason in words, mended, sent again, reopened or taken out."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from intake_app.reports.package import unpack
from tests.ui.record.desk import Desk, turn
from tests.ui.settling.conftest import Two
from ui import theme
from ui.audit import audit, clipped
from ui.settling.quarantine_dialog import QuarantineDialog
from ui.settling.take_out_dialog import TakeOutDialog


def refused(two: Two, words: str, organisation: str = "") -> str:
    """A record that the hub has refused for its characters, or for its organisation."""
    desk = two.desk
    desk.shell.activateWindow()
    desk.shell.narrative.setFocus()
    desk.type(words)
    record_id = desk.draft.id
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.clock.forward(60)
    body = desk.store.records.get(record_id).to_json()
    if not organisation:
        body = body.replace(words, words + "\x00")
    values = {
        "body": body, "sha": hashlib.sha256(body.encode()).hexdigest(), "id": record_id,
        "organisation": organisation or desk.store.organisation.id,
    }  # fmt: skip
    sets = "body = :body, sha256 = :sha, organisation = :organisation"
    with desk.store._database.write() as connection:
        connection.exec_driver_sql(f"UPDATE version SET {sets} WHERE document = :id", values)
    two.sync_here()
    return record_id


def dialog_of(desk: Desk) -> QuarantineDialog:
    desk.settle()
    turn()
    return next(one for one in desk.shell.findChildren(QuarantineDialog) if one.isVisible())


def open_from_the_list(desk: Desk) -> QuarantineDialog:
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.settle.click()
    return dialog_of(desk)


def test_it_is_told_in_words_mended_and_sent(two: Two) -> None:
    record_id = refused(two, "The ward was cold.")
    desk = two.desk
    dialog = open_from_the_list(desk)
    (row,) = dialog.list.texts()
    assert row.startswith("Record ")
    assert "saved 20 November 2026" in row
    assert "characters that no database can keep" in row
    assert dialog.mend.isEnabled()
    assert audit(dialog) == []
    dialog.list.setFocus()
    dialog.list.chosen.emit(dialog.list.current_key())
    assert dialog.focusWidget() is dialog.mend
    dialog.mend.click()
    desk.settle()
    assert dialog.outcome.text() == "Mended. It is sent at the next round. 0 left."
    assert dialog.focusWidget() is dialog.outcome
    two.sync()
    assert two.amina.store.records.get(record_id).narratives[0].text == "The ward was cold.\ufffd"


def test_enter_on_a_row_does_nothing_by_itself(two: Two) -> None:
    refused(two, "The ward was cold.")
    dialog = open_from_the_list(two.desk)
    dialog.list.chosen.emit(dialog.list.current_key())
    two.desk.settle()
    assert len(two.desk.store.quarantine.all()) == 1


def test_the_record_is_opened_to_be_finished_again(two: Two) -> None:
    record_id = refused(two, "The ward was cold.", organisation="another")
    desk = two.desk
    dialog = open_from_the_list(desk)
    dialog.edit.click()
    desk.settle()
    desk.settle()
    assert desk.draft.id == record_id
    assert desk.last_said().startswith("Editing")
    # Without a window manager nobody makes the window the active one again when a dialog has closed.
    desk.shell.activateWindow()
    desk.shell.narrative.setFocus()
    desk.qtbot.waitUntil(desk.shell.narrative.hasFocus)
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    two.sync()
    assert desk.store.quarantine.all() == ()
    assert two.amina.store.records.get(record_id).narratives[0].text == "The ward was cold."


def test_what_cannot_be_shown_is_said_and_the_list_stays(two: Two) -> None:
    refused(two, "The ward was cold.")
    desk = two.desk
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.table.setFocus()
    desk.press("Return")
    desk.settle()
    assert "cannot be shown" in desk.last_said()
    assert desk.focus() is desk.window.list.table


def test_sent_again_as_it_is_it_may_be_refused_again_and_is_still_there(two: Two) -> None:
    refused(two, "The ward was cold.")
    dialog = open_from_the_list(two.desk)
    dialog.resend.click()
    two.desk.settle()
    assert "0 left" in dialog.outcome.text()
    two.sync_here()
    assert len(two.desk.store.quarantine.all()) == 1


def test_it_is_taken_out_as_an_encrypted_file(two: Two, tmp_path: Path) -> None:
    refused(two, "The ward was cold.")
    desk = two.desk
    dialog = open_from_the_list(desk)
    dialog.take_out.click()
    turn()
    (asking,) = dialog.findChildren(TakeOutDialog)
    assert audit(asking) == []
    asking.save.click()
    assert "Choose a file" in asking.problem.text()
    asking.file.setText(str(tmp_path / "refused"))
    asking.save.click()
    assert "at least 10 characters" in asking.problem.text()
    asking.passphrase.setText("three unrelated words")
    asking.save.click()
    desk.qtbot.waitUntil(lambda: "Saved as a file" in dialog.outcome.text(), timeout=60_000)
    package = tmp_path / "refused.intake-export"
    assert b"cold" not in package.read_bytes()
    assert "ward was cold" in unpack(package, tmp_path, "three unrelated words").read_text("utf-8")


def test_another_organisations_record_is_made_this_ones(two: Two) -> None:
    record_id = refused(two, "The nurse was kind.", organisation="another")
    dialog = open_from_the_list(two.desk)
    assert "another organisation" in dialog.list.texts()[0]
    dialog.mend.click()
    two.desk.settle()
    two.sync()
    assert two.amina.store.records.get(record_id).narratives[0].text == "The nurse was kind."


def test_nothing_refused_is_said_and_the_menu_leads_there(desk: Desk) -> None:
    (office,) = [one for one in desk.shell.menuBar().actions() if one.text() == "&Office"]
    (action,) = [one for one in office.menu().actions() if "Refused by the hub" in one.text()]
    action.trigger()
    dialog = dialog_of(desk)
    assert dialog.outcome.text() == "Nothing is refused by the hub."
    assert not dialog.mend.isEnabled()
    assert audit(dialog) == []


@pytest.mark.parametrize("kind", ["dialog", "view"])
def test_it_fits_at_200_percent(two: Two, qapp: QApplication, kind: str) -> None:
    theme.apply(qapp, "high_contrast", 200)
    record_id = refused(two, "The ward was cold.", organisation="another")
    desk = two.desk
    if kind == "dialog":
        dialog: QDialog = open_from_the_list(desk)
        assert audit(dialog) == []
        assert clipped(dialog) == []
        assert dialog.minimumSizeHint().width() <= 1366
        return
    desk.press("Ctrl+L")
    desk.window.list.show_record(record_id)
    desk.settle()
    assert desk.window.list.view.mend.isVisible()
    assert audit(desk.shell) == []
