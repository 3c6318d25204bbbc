"""Settings without a command line: staff, preferences, hub, backup, services and exports."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QRadioButton
from pytestqt.qtbot import QtBot

from intake_app import i18n
from intake_app import settings as settings_file
from intake_app.store.backup import restore
from intake_app.times import IdMaker
from tests.fakes import DictionaryKeyring
from tests.ui.office.conftest import Office
from tests.ui.record.desk import Desk, turn
from tests.ui.record.desk_fixtures import CQC_FILE
from ui import theme
from ui.audit import audit
from ui.follow_up.call_backs_dialog import CallBacksDialog
from ui.settings.back_up_dialog import BackUpDialog
from ui.settings.export_dialog import ExportDialog
from ui.settings.import_services_dialog import ImportServicesDialog
from ui.settings.join_hub_dialog import JoinHubDialog
from ui.settings.preferences_dialog import PreferencesDialog
from ui.settings.staff_dialog import StaffDialog
from ui.settings.working_dialog import WorkingDialog

A_CHILD_MS = 60_000
DIALOGS = (
    CallBacksDialog,
    BackUpDialog,
    ExportDialog,
    ImportServicesDialog,
    JoinHubDialog,
    PreferencesDialog,
    StaffDialog,
)


def wait_for_outcome(qtbot: QtBot, dialog: WorkingDialog) -> str:
    qtbot.waitUntil(lambda: dialog.outcome.isVisible() or dialog.problem.isVisible(), timeout=A_CHILD_MS)
    return dialog.outcome.text() or dialog.problem.text()


def radio_of(dialog: QDialog, identifier: str) -> QRadioButton:
    radios = dialog.findChildren(QRadioButton)
    return next(one for one in radios if one.accessibleIdentifier() == identifier)


def finish_one(desk: Desk) -> str:
    desk.type("The nurse was kind.")
    record_id = desk.draft.id
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    return record_id


@pytest.mark.parametrize("kind", DIALOGS)
@pytest.mark.parametrize("percent", [100, 200])
def test_every_dialog_passes_the_audit(
    office: Office, qapp: QApplication, kind: type[QDialog], percent: int
) -> None:
    theme.apply(qapp, "high_contrast", percent)
    assert audit(office.open(kind)) == []


def test_backup_is_written_and_restores_on_another_computer(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    record_id = finish_one(desk)
    desk.store.staff.set_passphrase(desk.store.staff.all()[0].id, "three unrelated words")
    stick = tmp_path / "stick"
    stick.mkdir()
    dialog = office.open(BackUpDialog)
    dialog.folder.setText(str(stick))
    dialog.start()
    assert "Backed up to" in wait_for_outcome(qtbot, dialog)
    assert dialog.focusWidget() is dialog.outcome
    (package,) = stick.iterdir()
    assert b"nurse" not in package.read_bytes()
    restore(
        package, tmp_path / "other", "three unrelated words",
        clock=desk.clock, ids=IdMaker(desk.clock), keyring=DictionaryKeyring(),
    )  # fmt: skip
    assert desk.store.records.history(record_id)


def test_folder_that_is_not_there_is_told_and_can_be_mended(office: Office, qtbot: QtBot) -> None:
    dialog = office.open(BackUpDialog)
    dialog.start()
    assert "Choose a folder" in dialog.problem.text()
    dialog.folder.setText("/nowhere/at/all")
    dialog.start()
    assert "/nowhere/at/all" in wait_for_outcome(qtbot, dialog)
    assert dialog.folder.text() == "/nowhere/at/all"
    assert dialog.focusWidget() is dialog.folder
    assert dialog.begin.isEnabled()


def test_services_come_in_and_shifted_rows_are_told_by_line(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = CQC_FILE + "Shifted Home,LS9 9ZZ,,nothing\n"
    file = tmp_path / "weekly.csv"
    file.write_text(broken.replace("Rose Lodge", "Rose Court"), "utf-8")
    dialog = office.open(ImportServicesDialog)
    dialog.files.setText(str(file))
    dialog.start()
    words = wait_for_outcome(qtbot, dialog)
    assert "1 renamed" in words
    assert "1 row left out" in words
    assert "line 8" in dialog.refused.toPlainText()
    assert [hit.name for hit in desk.store.directory.search("rose court")] == ["Rose Court"]


def test_file_of_the_wrong_kind_is_told_in_a_sentence(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    dialog = office.open(ImportServicesDialog)
    dialog.files.setText(str(picture))
    dialog.start()
    words = wait_for_outcome(qtbot, dialog)
    assert "Traceback" not in words
    assert "picture.csv" in words + dialog.refused.toPlainText()


def test_plain_export_holds_the_story_and_no_name(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    finish_one(desk)
    dialog = office.open(ExportDialog)
    dialog.encrypt.setChecked(False)
    dialog.format.button(3).setChecked(True)
    out = tmp_path / "out.jsonl"
    dialog.file.setText(str(out))
    dialog.start()
    assert "1 record written" in wait_for_outcome(qtbot, dialog)
    kinds = {json.loads(line)["kind"] for line in out.read_text("utf-8").splitlines()}
    assert "The nurse was kind." in out.read_text("utf-8")
    assert kinds.isdisjoint({"person", "equality"})


def test_encrypted_export_shows_nothing_to_who_finds_it(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    finish_one(desk)
    dialog = office.open(ExportDialog)
    out = tmp_path / "out.csv"
    dialog.file.setText(str(out))
    dialog.start()
    assert "passphrase needs" in dialog.problem.text()
    dialog.passphrase.setText("three unrelated words")
    dialog.start()
    assert "1 record written" in wait_for_outcome(qtbot, dialog)
    written = [one for one in tmp_path.iterdir() if one.name.startswith("out")]
    assert len(written) == 1
    assert b"nurse" not in written[0].read_bytes()


def test_names_leave_only_with_a_reason(office: Office, tmp_path: Path) -> None:
    dialog = office.open(ExportDialog)
    dialog.file.setText(str(tmp_path / "out.csv"))
    dialog.passphrase.setText("three unrelated words")
    dialog.persons.setChecked(True)
    dialog.start()
    assert "Write why" in dialog.problem.text()
    assert dialog.focusWidget() is dialog.reason
    assert list(tmp_path.glob("out*")) == []


def test_hub_that_cannot_be_reached_is_a_sentence_and_what_was_typed_stays(
    office: Office, qtbot: QtBot
) -> None:
    dialog = office.open(JoinHubDialog)
    dialog.address.setText("http://127.0.0.1:9")
    dialog.code.setText("4821 9037")
    dialog.join.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=A_CHILD_MS)
    assert "No connection to the hub" in dialog.problem.text()
    assert dialog.code.text() == "4821 9037"
    assert dialog.join.isEnabled()


def test_hub_without_tls_elsewhere_is_refused(office: Office, qtbot: QtBot) -> None:
    dialog = office.open(JoinHubDialog)
    dialog.address.setText("http://hub.example")
    dialog.code.setText("4821")
    dialog.join.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=A_CHILD_MS)
    assert "nothing was sent" in dialog.problem.text()


def test_who_is_at_the_keyboard_has_the_focus_first_and_stands_before_the_name(
    desk: Desk, office: Office
) -> None:
    dialog = office.open(StaffDialog)
    desk.settle()
    chosen = dialog.focusWidget()
    assert isinstance(chosen, QRadioButton)
    assert chosen.isChecked()
    following = chosen.nextInFocusChain()
    while not following.focusPolicy() & Qt.FocusPolicy.TabFocus or following is dialog.add:
        following = following.nextInFocusChain()
    assert following is dialog.name


def test_somebody_else_sits_down(desk: Desk, office: Office) -> None:
    dialog = office.open(StaffDialog)
    dialog.name.setText("Amina")
    dialog.add.click()
    desk.settle()
    desk.settle()
    amina = next(one for one in desk.store.staff.all() if one.name == "Amina")
    radio = radio_of(dialog, f"staff_{amina.id}")
    radio.click()
    desk.settle()
    assert desk.store.staff.current == amina
    assert "Amina" in desk.last_said()


def test_short_passphrase_is_told_and_nobody_is_added(desk: Desk, office: Office) -> None:
    dialog = office.open(StaffDialog)
    dialog.name.setText("Amina")
    dialog.passphrase.setText("short")
    dialog.add.click()
    assert "at least 10 characters" in dialog.problem.text()
    assert len(desk.store.staff.all()) == 1


def test_preferences_show_at_once_and_go_back(desk: Desk, office: Office) -> None:
    dialog = office.open(PreferencesDialog)
    radio_of(dialog, "language_en-XA").click()
    turn()
    assert i18n.language() == "en-XA"
    radio_of(dialog, "theme_dark").click()
    assert theme.state().theme == "dark"
    dialog.reject()
    assert i18n.language() == "en"
    assert desk.workplace.settings.theme == "system"


def test_kept_preferences_are_there_at_the_next_start(desk: Desk, office: Office) -> None:
    dialog = office.open(PreferencesDialog)
    radio_of(dialog, "theme_dark").click()
    radio_of(dialog, "text_size_150").click()
    dialog.accept()
    desk.settle()
    kept = settings_file.load(desk.workplace.folder)
    assert (kept.theme, kept.text_size) == ("dark", 150)


@pytest.mark.parametrize(
    ("kind", "first"),
    [(BackUpDialog, "backup_folder"), (ImportServicesDialog, "service_files"), (ExportDialog, "export_csv")],
)
def test_tab_meets_the_questions_first_and_the_deeds_last(
    office: Office, kind: type[WorkingDialog], first: str
) -> None:
    dialog = office.open(kind)
    focused = dialog.focusWidget()
    assert focused is not None
    assert focused.accessibleIdentifier() == first
    assert dialog.outcome.nextInFocusChain() is dialog.begin
