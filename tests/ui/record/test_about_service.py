"""About a service, by keys: what it was called, what followed it, and what staff call it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget

from intake_app.drafting import ITEM_PREFIX
from intake_app.records import Answer
from intake_app.text import without_isolates
from tests.intake_app.services.service_files import weekly, weekly_row, written
from tests.ui.record.desk import Desk, turn
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures
from ui import theme
from ui.audit import audit, clipped
from ui.record.about_service import AboutServiceDialog
from ui.record_list.record_words import record_words
from ui.record_list.service_remarks import service_remarks

ROSE = "cqc:1-101671690"


def rows(desk: Desk, identifier: str) -> list[str]:
    found = desk.find(identifier)
    assert isinstance(found, QListWidget)
    return [without_isolates(found.item(row).text()) for row in range(found.count())]


def opened(desk: Desk) -> AboutServiceDialog:
    desk.settle()
    turn()
    (dialog,) = desk.shell.findChildren(AboutServiceDialog)
    desk.qtbot.waitExposed(dialog)
    desk.settle()
    return dialog


@pytest.fixture
def changed(desk: Desk, tmp_path: Path) -> Desk:
    """Rose Lodge has become Rose Court, and the Old Oaks closed and were followed by the Poplars."""
    renamed = weekly(
        weekly_row("1-101671690", "Rose Court", postcode="LS1 1AA", phone="1132000000"),
        weekly_row("1-201671690", "Rosewood Surgery", postcode="LS1 1AB", types="GP", phone="1132000001"),
    ).replace(b"16 September 2026", b"7 October 2026")
    gone = {
        "locationId": "1-1000001", "name": "Old Oaks", "registrationStatus": "Deregistered",
        "deregistrationDate": "2020-03-03", "postalCode": "ZZ1 1ZZ",
        "relationships": [{"type": "HSCA Successor", "relatedLocationId": "1-1000002"}],
    }  # fmt: skip
    poplars = {"locationId": "1-1000002", "name": "The Poplars", "registrationStatus": "Registered"}
    answers = "\n".join(map(json.dumps, (gone, poplars)))
    desk.store.directory.import_files(
        [written(tmp_path, "w.csv", renamed), written(tmp_path, "api.jsonl", answers)]
    )
    return desk


def test_a_closed_service_says_since_when_and_what_to_choose_instead(changed: Desk) -> None:
    desk = changed
    desk.press("F2")
    desk.type("old oaks")
    desk.qtbot.waitUntil(lambda: "match" in desk.last_said())
    assert rows(desk, "service_results")[:2] == [
        "Old Oaks – ZZ1 1ZZ (1-1000001) closed 3 March 2020, now The Poplars",
        "The Poplars (1-1000002) instead of Old Oaks",
    ]
    desk.press("Down", times=2)
    desk.press("Return")
    assert [one.id for one in desk.draft.record.items[0].services] == ["cqc:1-1000002"]


def test_a_service_is_told_by_its_name_at_the_time_of_the_story(changed: Desk) -> None:
    desk = changed
    desk.type("It was cold.")
    record = desk.window.record.open_record
    item = f"{ITEM_PREFIX}{desk.draft.record.items[0].id}"
    record.answer(item, "experience_kind", Answer(value="bad"))
    record.answer(item, "when_happened", Answer(value="2026-08"))
    desk.choose_service("rose court")
    desk.settle()
    turn()
    assert rows(desk, "services.chosen") == [
        "Rose Court – Example Care Limited, Exampleton, LS1 1AA, called Rose Lodge then"
    ]
    desk.press("F12", times=2)
    (finished,) = desk.records()
    # The record keeps the name under which it was taken down, whatever the service is called later.
    assert [one.name for one in finished.items[0].services] == ["Rose Court"]
    remarks = service_remarks(finished, desk.store.directory)
    told = without_isolates(record_words(finished, desk.workplace.library, remarks))
    assert "Rose Court: called Rose Lodge then" in told


def test_the_dialog_opens_from_the_list_and_tells_the_history(changed: Desk, qapp: QApplication) -> None:
    desk = changed
    desk.choose_service("rose lodge")
    desk.settle()
    desk.press("Tab")
    assert desk.focused() == "services.chosen"
    desk.press("Alt+Return")
    dialog = opened(desk)
    told = without_isolates(dialog.facts.toPlainText())
    assert "Telephone: 01132000000" in told
    assert "Since 7 October 2026: Rose Court" in told
    assert "Until 7 October 2026: Rose Lodge" in told
    assert dialog.focusWidget() is dialog.facts
    for one, percent in (("high_contrast", 200), ("light", 100)):
        theme.apply(qapp, one, percent)
        turn()
        assert audit(dialog) == []
        assert clipped(dialog) == []
    dialog.close()


def test_a_nickname_is_added_by_keys_found_and_taken_away(changed: Desk) -> None:
    desk = changed
    desk.choose_service("rose court")
    desk.press("Tab")
    desk.press("Alt+Return")
    dialog = opened(desk)
    dialog.name.setFocus()
    QTest.keyClicks(dialog.name, "The Cottage")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    desk.settle()
    desk.settle()
    assert without_isolates(desk.last_said()) == "The Cottage added. It finds this service now."
    assert dialog.nicknames.texts() == ["The Cottage"]
    assert dialog.name.text() == ""
    assert [hit.id for hit in desk.store.directory.search("cottage")] == [ROSE]
    QTest.keyClicks(dialog.name, "the cottage")
    dialog.add.click()
    desk.settle()
    assert "It has this name already" in dialog.problem.text()
    assert dialog.name.text() == "the cottage"
    dialog.remove.click()
    desk.settle()
    desk.settle()
    assert dialog.nicknames.texts() == []
    assert desk.store.directory.search("cottage") == ()
    dialog.name.clear()
    dialog.add.click()
    assert "Write the name that you use" in dialog.problem.text()
    dialog.close()


def test_several_services_are_put_in_order_with_the_time_between(changed: Desk) -> None:
    desk = changed
    desk.choose_service("rosewood")
    desk.choose_service("rose court")
    desk.press("Tab")
    assert desk.focused() == "services.chosen"
    desk.press("Down")
    desk.press("Alt+Up")
    assert desk.last_said() == "Rose Court is now before Rosewood Surgery"
    assert [one.name for one in desk.draft.record.items[0].services] == ["Rose Court", "Rosewood Surgery"]
    desk.press("Alt+Up")  # it is the first already
    desk.press("Down")
    gap = desk.find("services.gap")
    assert isinstance(gap, QLineEdit)
    assert gap.accessibleName() == "How long after Rose Court, if they say it?"
    gap.setFocus()
    desk.type("3 weeks later")
    last = desk.draft.record.items[0].services[1]
    assert (last.gap, last.gap_is) == ("3 weeks later", "P3W")
    assert "3 weeks later" in rows(desk, "services.chosen")[1]
    desk.press("F12", times=2)
    (record,) = desk.records()
    assert [(one.name, one.gap_is) for one in record.items[0].services] == [
        ("Rose Court", ""), ("Rosewood Surgery", "P3W"),
    ]  # fmt: skip


def test_the_first_one_has_no_time_before_it(changed: Desk) -> None:
    desk = changed
    desk.choose_service("rosewood")
    desk.choose_service("rose court")
    desk.press("Tab")
    desk.press("Down")
    gap = desk.find("services.gap")
    gap.setFocus()
    desk.type("two days")
    chosen = desk.find("services.chosen")
    chosen.setFocus()
    desk.press("Up")
    with pytest.raises(KeyError):
        desk.find("services.gap")
    desk.press("Delete")
    assert [(one.name, one.gap) for one in desk.draft.record.items[0].services] == [("Rose Court", "")]
