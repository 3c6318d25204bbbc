"""An update of the directory as staff see it: what changed, what records mention, what is refused."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from intake_app.text import without_isolates
from tests.ui.office.conftest import Office
from tests.ui.office.test_dialogs import wait_for_outcome
from tests.ui.record.desk import Desk
from tests.ui.record.desk_fixtures import CQC_FILE
from ui.audit import audit
from ui.settings.import_services_dialog import ImportServicesDialog
from ui.settings.import_words import change_words


def test_changes_are_sentences_and_those_that_records_name_come_first(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.type("The nurse was kind.")
    desk.choose_service("rose lodge")
    desk.press("F12", times=2)
    desk.settle()
    changed = CQC_FILE.replace("Rose Lodge", "Rose Court").replace("0113", "0114")
    file = tmp_path / "weekly.csv"
    file.write_text(changed, "utf-8")
    dialog = office.open(ImportServicesDialog)
    dialog.files.setText(str(file))
    dialog.start()
    wait_for_outcome(qtbot, dialog)
    first = without_isolates(dialog.changes.texts()[0])
    assert first == "Renamed: Rose Lodge, now Rose Court. 1 record names it"
    assert dialog.changes.accessibleName() == "What changed; 1 service that records name comes first"
    assert dialog.changes.isVisible()
    assert not dialog.refused.isVisible()
    assert audit(dialog) == []


def test_an_older_edition_is_a_sentence_and_comes_in_where_it_is_wanted(
    desk: Desk, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    older = tmp_path / "weekly.csv"
    earlier = CQC_FILE.replace("16 September 2026", "9 September 2026")
    older.write_text(earlier.replace("Rose Lodge", "Rose Hut"), "utf-8")
    dialog = office.open(ImportServicesDialog)
    dialog.files.setText(str(older))
    dialog.start()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=60_000)
    told = "an older edition, of 9 September 2026, than the one held here, of 16 September 2026"
    assert told in dialog.problem.text()
    assert dialog.focusWidget() is dialog.files
    assert [hit.name for hit in desk.store.directory.search("rose lodge")] == ["Rose Lodge"]
    dialog.older.setChecked(True)
    dialog.start()
    assert "1 renamed" in wait_for_outcome(qtbot, dialog)


def test_a_computer_alone_is_not_asked_about_others(office: Office) -> None:
    dialog = office.open(ImportServicesDialog)
    assert not dialog.share.isVisible()
    assert not dialog.share.isChecked()


def test_every_kind_of_change_has_its_sentence() -> None:
    base = {"name": "Oaks", "before": "1 Low Street, ZZ1 1ZZ", "after": "2 High Street, ZZ2 2ZZ"}
    kinds = ("renamed", "closed", "reopened", "moved", "phone")
    said = [change_words({**base, "kind": kind, "records": 2}) for kind in kinds]
    assert len(set(said)) == len(kinds)
    assert all(words.endswith("2 records name it") for words in said)
    assert "now" in change_words({**base, "before": "", "kind": "phone"})
