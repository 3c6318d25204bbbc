"""Records that belong together: offered with the reason, linked by a person by keys alone, and back again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from intake_app.records import Record
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.audit import audit, clipped
from ui.record_list.link_dialog import LinkDialog
from ui.record_list.reason_dialog import ReasonDialog
from ui.translation import use_language

CALL = "My husband lay on a trolley in the corridor without insulin."
EMAIL = "No insulin, on a trolley, in that corridor: my husband."


def finish(desk: Desk, story: str, number: str = "") -> str:
    """Takes a record down about one service and returns its id."""
    if number:
        desk.window.record.new_record("phone", number)
        desk.settle()
        desk.window.record.calls.keep_number()
    desk.type(story)
    desk.choose_service("rosewood")
    record_id = desk.draft.id
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.clock.forward(60)
    return record_id


def open_first(desk: Desk) -> None:
    """The newest record, from the list by keys."""
    desk.press("Ctrl+L")
    desk.settle()
    if desk.focus() is not desk.window.list.table:
        desk.press("F6")
    desk.press("Return")
    settle(desk)


def settle(desk: Desk) -> None:
    desk.settle()
    desk.settle()
    active = QApplication.activeWindow()
    if active is None or not active.isVisible():
        # Without a window manager nobody makes the window the active one again when a dialog has closed.
        desk.shell.activateWindow()
        desk.qtbot.waitUntil(desk.shell.isActiveWindow)


def rows(desk: Desk) -> list[str]:
    return desk.window.list.view.related.rows.texts()


def tab_to(desk: Desk, identifier: str) -> None:
    for _time in range(20):
        if desk.focused() == identifier:
            return
        desk.press("Tab")
    raise AssertionError(f"{identifier} was not reached by Tab")


def dialog(desk: Desk) -> LinkDialog:
    (found,) = [one for one in desk.shell.findChildren(LinkDialog) if one.isVisible()]
    return found


@pytest.fixture
def told_twice(desk: Desk) -> tuple[Record, Record]:
    call, email = finish(desk, CALL), finish(desk, EMAIL)
    return desk.store.records.get(call), desk.store.records.get(email)


def test_a_likely_story_is_offered_with_the_reason(desk: Desk, told_twice: tuple[Record, Record]) -> None:
    open_first(desk)
    (row,) = rows(desk)
    assert row.startswith("Maybe the same story, same service, same day, words in both: ")
    for word in ("corridor", "insulin", "trolley"):
        assert word in row
    assert CALL in row
    caption = desk.window.list.view.related.caption.text()
    assert caption == "Related records: 1 offered"
    assert desk.window.list.view.related.rows.accessibleName() == caption
    assert all(desk.store.links.of(one.id) == () for one in told_twice)


def test_linked_by_keys_opened_come_back_and_unlinked(desk: Desk, told_twice: tuple[Record, Record]) -> None:
    call, email = told_twice
    open_first(desk)
    desk.press("F6", times=2)
    assert desk.focused() == "related_rows"
    tab_to(desk, "related_link")
    desk.press("Space")
    assert dialog(desk).reference.text().replace(" ", "") == call.reference
    assert desk.focused() == "link_same_story"
    desk.press("Return")
    settle(desk)
    assert desk.last_said() == "Linked: same story"
    assert desk.focused() == "related_rows"
    (row,) = rows(desk)
    assert row.startswith("Linked, same story: ")
    assert row.endswith("by \u2068Sam\u2069")
    desk.press("Return")
    settle(desk)
    view = desk.window.list.view
    assert CALL in view.text.toPlainText()
    assert rows(desk)[0].startswith("Linked, same story: ")
    assert view.back.text() == "Back to the record before"
    desk.press("Escape")
    settle(desk)
    assert EMAIL in view.text.toPlainText()
    assert desk.focused() == "related_rows"
    tab_to(desk, "related_unlink")
    desk.press("Space")
    settle(desk)
    assert desk.last_said() == "Unlinked. Both records stay as they are."
    assert rows(desk)[0].startswith("Maybe the same story")
    assert desk.focused() == "related_rows"
    desk.press("Escape")
    assert desk.focus() is desk.window.list.table
    assert desk.store.links.of(email.id) == ()


def test_the_list_says_that_a_record_is_linked(desk: Desk, told_twice: tuple[Record, Record]) -> None:
    call, email = told_twice
    from intake_app.links import Relation

    desk.store.links.link(email.id, call.id, Relation.SAME_STORY)
    desk.press("Ctrl+L")
    desk.settle()
    model = desk.window.list.model
    states = [model.index(row, model.STATE).data() for row in range(model.rowCount())]
    assert states == ["Finished. 1 linked record", "Finished. 1 linked record"]


def test_a_follow_up_is_linked_by_its_reference(desk: Desk) -> None:
    earlier = desk.store.records.get(finish(desk, "The dentist was closed."))
    finish(desk, "Still waiting for the answer you promised.")
    open_first(desk)
    assert rows(desk) == []
    tab_to(desk, "related_link")
    desk.press("Space")
    desk.type("12345")
    desk.press("Return")
    assert "nine digits" in dialog(desk).problem.text()
    assert desk.focused() == "link_reference"
    desk.press("Ctrl+A")
    desk.type(earlier.reference)
    desk.press("Tab")
    desk.press("Down", times=2)
    assert desk.focused() == "link_follows"
    desk.press("Return")
    settle(desk)
    assert desk.last_said() == "Linked: this record follows on from it"
    assert rows(desk)[0].startswith("Linked, this record follows on from it: ")
    desk.press("Return")
    settle(desk)
    assert rows(desk)[0].startswith("Linked, it follows on from this record: ")


def test_a_reference_that_leads_nowhere_is_said_and_stays_typed(desk: Desk) -> None:
    record = desk.store.records.get(finish(desk, "The dentist was closed."))
    open_first(desk)
    tab_to(desk, "related_link")
    desk.press("Space")
    desk.press("Return")
    assert "Write the reference" in dialog(desk).problem.text()
    desk.type(record.reference)
    desk.press("Return")
    settle(desk)
    assert "No other finished record" in dialog(desk).problem.text()
    assert dialog(desk).reference.text() == record.reference
    assert "No other finished record" in dialog(desk).reference.accessibleDescription()
    desk.press("Escape")
    settle(desk)
    assert desk.focused() == "related_link"


def test_linking_as_one_person_what_is_anonymous_is_refused_in_words(
    desk: Desk, told_twice: tuple[Record, Record]
) -> None:
    open_first(desk)
    desk.press("F6", times=2)
    tab_to(desk, "related_link")
    desk.press("Space")
    desk.press("Down")
    desk.press("Return")
    settle(desk)
    assert "anonymous" in dialog(desk).problem.text()
    assert all(desk.store.links.of(one.id) == () for one in told_twice)
    dialog(desk).reject()


def answer_reason(reason: str) -> None:
    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, ReasonDialog):
            QTimer.singleShot(0, answer)  # the key that opens it has not arrived yet
            return
        asked.edit.setText(reason)
        asked.accept() if reason else asked.reject()

    QTimer.singleShot(0, answer)


def test_the_same_person_is_a_count_until_somebody_says_why(desk: Desk) -> None:
    finish(desk, "The ward was cold.", "020 7946 0018")
    finish(desk, "The dentist was kind.", "+44 20 7946 0018")
    open_first(desk)
    assert rows(desk) == []
    assert desk.find("related_people").text() == "Show 1 record of the same person …"  # type: ignore[attr-defined]
    tab_to(desk, "related_people")
    answer_reason("")
    desk.press("Space")
    settle(desk)
    assert rows(desk) == []
    assert desk.store.audit.all() == ()
    assert desk.focused() == "related_people"
    answer_reason("She asked about her first call")
    desk.press("Space")
    settle(desk)
    assert desk.last_said() == "1 record of the same person"
    (row,) = rows(desk)
    assert row.startswith("Same number or email: ")
    assert "The ward was cold." in row
    assert desk.focused() == "related_rows"
    assert [one.act for one in desk.store.audit.all()] == ["looked_up_person"]
    tab_to(desk, "related_link")
    desk.press("Space")
    assert desk.focused() == "link_same_person"
    desk.press("Return")
    settle(desk)
    assert rows(desk)[0].startswith("Linked, same person: ")


def test_a_record_read_next_shows_nothing_of_the_one_before(
    desk: Desk, told_twice: tuple[Record, Record]
) -> None:
    open_first(desk)
    assert len(rows(desk)) == 1
    desk.press("Escape")
    assert desk.window.list.view.related.rows.texts() == []


@pytest.mark.parametrize("language", ["en", "en-XA", "ar-XB"])
def test_related_records_pass_the_audit_and_fit_at_200_percent(
    make_desk: Callable[..., Desk], qapp: QApplication, language: str
) -> None:
    theme.apply(qapp, "light", 200)
    desk = make_desk(width=1366, height=720)
    finish(desk, CALL)
    finish(desk, EMAIL)
    use_language(qapp, language)
    open_first(desk)
    assert len(rows(desk)) == 1
    assert audit(desk.shell) == []
    assert clipped(desk.window.list) == []
    assert desk.shell.minimumSizeHint().width() <= 1366
    assert desk.shell.minimumSizeHint().height() <= 720
    desk.press("F6", times=2)
    tab_to(desk, "related_link")
    desk.press("Space")
    opened = dialog(desk)
    assert audit(opened) == []
    assert clipped(opened) == []
    opened.reject()
    turn()


def test_the_filter_for_enquiries_finds_them_and_the_list_says_so(desk: Desk) -> None:
    finish(desk, "The ward was cold.")
    desk.type("Where do I find a dentist?")
    desk.press("Ctrl+I")
    desk.press("F12", times=2)
    desk.settle()
    desk.press("Ctrl+L")
    desk.settle()
    listed, model = desk.window.list, desk.window.list.model
    assert model.index(0, model.STATE).data() == "Finished, enquiry"
    assert model.index(1, model.STATE).data() == "Finished"
    for kind, words in (("enquiry", ["Where do I find a dentist?"]), ("feedback", ["The ward was cold."])):
        listed.filters.kind.setCurrentIndex(listed.filters.kind.findData(kind))
        desk.settle()
        assert [model.record(row).first_words for row in range(model.rowCount())] == words  # type: ignore[union-attr]
    listed.filters.clear()
    desk.settle()
    assert model.rowCount() == 2
