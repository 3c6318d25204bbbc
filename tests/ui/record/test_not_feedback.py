"""Calls that were no feedback are noted in two keys; a silent one leaves nothing of anybody behind."""

import pytest
from PySide6.QtWidgets import QPushButton

from intake_app import outcomes
from intake_app.store.summaries import RecordQuery
from tests.ui.record.desk import Desk, turn
from ui.audit import audit
from ui.record.not_feedback_dialog import NotFeedbackDialog

NOTED = (
    "silent",
    "wrong_number",
    "abusive",
    "out_of_scope",
    "wales",
    "scotland",
    "northern_ireland",
    "about_us",
)


def dialog(desk: Desk) -> NotFeedbackDialog:
    found = desk.window.record.not_feedback.dialog
    assert found is not None
    return found


def back(desk: Desk) -> None:
    """A screen without a window manager activates no window by itself."""
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    turn()


def ask(desk: Desk) -> None:
    desk.press("Ctrl+Shift+X")
    opened(desk)


def opened(desk: Desk) -> None:
    dialog(desk).activateWindow()
    desk.qtbot.waitUntil(dialog(desk).isActiveWindow)
    assert desk.focused() == "not_feedback_kind"


def note(desk: Desk, digit: int) -> None:
    ask(desk)
    desk.press(str(digit))
    if not dialog(desk).isVisible():
        back(desk)


def leave(desk: Desk) -> None:
    desk.press("Esc")
    back(desk)


@pytest.mark.parametrize(("digit", "outcome"), [(1, "silent"), (2, "wrong_number")])
def test_a_silent_call_is_finished_in_two_keys_and_keeps_nothing_of_a_person(
    desk: Desk, digit: int, outcome: str
) -> None:
    desk.shell.new_wanted.emit("phone", "020 7946 0018")
    before = desk.presses
    note(desk, digit)
    desk.settle()

    assert desk.presses - before == 2
    (record,) = desk.records()
    assert outcomes.outcome(record) == outcome
    assert (record.person, record.narratives, record.identity.value) == ("", (), "anonymous")
    assert "7946" not in record.to_json()
    assert desk.window.record.open_record._numbers == {}
    assert desk.last_said().startswith("Noted: ")
    assert "Finished, " in desk.last_said()
    assert desk.store.drafts.all() == ()


def test_what_is_written_down_is_never_finished_away(desk: Desk) -> None:
    desk.type("Somebody breathed, then: help")
    note(desk, 1)
    desk.settle()

    assert (
        desk.last_said()
        == "Noted: Silent or cut-off call. Something is written down: look at it. F12 wraps up."
    )
    assert desk.shell.narrative.words() == "Somebody breathed, then: help"
    assert desk.records() == []
    assert outcomes.outcome(desk.draft.record) == "silent"


def test_words_said_to_nobody_and_a_line_that_went_dead_are_nothing_of_a_person(desk: Desk) -> None:
    desk.press("F11")
    desk.press("Ctrl+R")
    note(desk, 1)
    desk.settle()
    (record,) = desk.records()
    assert (outcomes.outcome(record), record.rang_off) == ("silent", True)
    assert desk.store.call_backs.all() == ()


def test_a_silent_call_with_danger_marked_stays(desk: Desk) -> None:
    desk.press("F7")
    desk.press("F7")
    note(desk, 1)
    desk.settle()
    assert desk.store.records.totals() == (0, 0)
    assert desk.draft.record.in_danger


@pytest.mark.parametrize("digit", range(3, 9))
def test_each_other_kind_is_noted_and_the_record_stays_open(desk: Desk, digit: int) -> None:
    desk.type("They talked")
    note(desk, digit)
    outcome = NOTED[digit - 1]
    assert outcomes.outcome(desk.draft.record) == outcome
    if outcome in outcomes.NATIONS:
        leave(desk)
    assert desk.focused() == "narrative"
    desk.press("F12", times=2)
    desk.settle()

    (record,) = desk.records()
    assert outcomes.outcome(record) == outcome
    assert desk.store.records.items_by_kind() == {}
    (row,) = desk.store.records.find(RecordQuery(kind="not_feedback")).rows
    assert (row.id, row.items) == (record.id, 0)


def test_another_nation_says_whom_to_ring_and_notes_it(desk: Desk) -> None:
    desk.type("A care home in Stirling")
    note(desk, 6)
    assert desk.focused() == "nation_signposts"
    rows = dialog(desk).places.texts()
    assert "Care Inspectorate" in rows[0]
    assert "0345\u00a0600\u00a09527" in rows[0] or "0345 600 9527" in rows[0]
    assert audit(dialog(desk)) == []

    desk.press("1")
    assert desk.last_said() == "Noted that you told them of Care Inspectorate"
    assert dialog(desk).places.texts()[0].startswith("1  ✓ Told: ")
    desk.press("Down")
    desk.press("Return")
    desk.press("1")
    assert desk.last_said() == "Not told: Care Inspectorate"
    leave(desk)
    assert desk.draft.record.frame.value("signposted_to") == ["his"]
    assert desk.focused() == "narrative"


def test_of_an_enquiry_the_signpost_is_part_of_the_answer(desk: Desk) -> None:
    desk.type("Who inspects homes in Cardiff?")
    desk.press("Ctrl+I")
    note(desk, 5)
    desk.press("1")
    leave(desk)
    (item,) = desk.draft.record.items
    assert (item.value("given"), item.value("signposted_to")) == (["signposting"], ["ciw"])
    desk.press("F12", times=2)
    desk.settle()
    assert desk.store.records.items_by_kind() == {"enquiry": 1}


def test_a_complaint_about_us_waits_for_somebody_else(desk: Desk) -> None:
    desk.type("You never rang me back")
    note(desk, 8)
    assert "somebody else than you" in desk.last_said()
    desk.press("F12", times=2)
    desk.settle()
    assert [one.what for one in desk.store.call_backs.all()] == ["answer"]


def test_it_can_be_feedback_after_all(desk: Desk) -> None:
    desk.type("The nurse was kind")
    note(desk, 4)
    note(desk, 9)
    assert desk.last_said() == "It counts as feedback again"
    assert desk.draft.record.frame.value("outcome") is None

    ask(desk)
    assert len(dialog(desk).kinds.texts()) == 8


def test_the_panel_of_the_wrap_up_offers_it_and_shows_what_was_noted(desk: Desk) -> None:
    desk.type("They shouted")
    desk.press("F12")
    button = desk.find("not_feedback")
    assert isinstance(button, QPushButton)
    button.click()
    opened(desk)
    desk.press("3")
    back(desk)
    assert any("Abusive call" in one for one in desk.window.record.parts.wrap_up.rows.texts())

    finish = desk.find("finish")
    assert isinstance(finish, QPushButton)
    finish.click()
    desk.settle()
    (record,) = desk.records()
    assert outcomes.outcome(record) == "abusive"


def test_escape_notes_nothing(desk: Desk) -> None:
    ask(desk)
    assert audit(dialog(desk)) == []
    leave(desk)
    assert desk.window.record.open_record.is_untouched()
