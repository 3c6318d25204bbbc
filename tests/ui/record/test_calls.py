"""Parked, a second call, rung off, finished, opened again; and whether it is saved."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from intake_app.errors import DiskFull
from intake_app.store.summaries import RecordQuery
from tests.flow.changes import everything
from tests.ui.record.desk import Desk


def saved_words(desk: Desk) -> str:
    label = desk.find("saved_state")
    assert isinstance(label, QLabel)
    return label.text()


def test_what_is_typed_is_not_saved_yet_and_on_disk_within_two_seconds(desk: Desk) -> None:
    desk.type("She waited")
    assert saved_words(desk) == "Not saved yet"
    desk.qtbot.waitUntil(lambda: saved_words(desk).startswith("✓ Saved"), timeout=60_000)
    (summary,) = desk.store.drafts.all()
    assert summary.last_words == "She waited"


def test_ctrl_s_says_when_it_was_saved(desk: Desk) -> None:
    desk.press("Ctrl+S")
    assert desk.last_said() == "There is nothing to save yet"
    desk.type("She waited")
    desk.press("Ctrl+S")
    desk.settle()
    assert "Saved" in desk.last_said()
    assert "10:14" in desk.last_said()
    desk.press("Ctrl+S")
    assert desk.last_said().startswith("Already saved")


def test_the_call_time_is_said_when_asked_for(desk: Desk) -> None:
    desk.clock.forward(462)
    desk.press("Ctrl+T")
    assert desk.last_said() == "7 minutes 42 seconds"


def test_a_call_taken_down_hours_after_the_last_one_has_its_own_time(desk: Desk) -> None:
    desk.type("Morning call.")
    desk.press("F12", times=2)
    desk.settle()
    desk.clock.forward(8 * 3600)
    desk.type("A")
    desk.clock.forward(300)
    desk.type("fternoon call.")
    desk.press("Ctrl+T")
    assert desk.last_said() == "5 minutes 0 seconds"
    desk.press("F12", times=2)
    desk.settle()
    afternoon, morning = desk.records()
    assert (afternoon.received.utc_ms - morning.received.utc_ms) / 1000 == 8 * 3600
    assert afternoon.started == afternoon.received


def test_a_story_begun_and_taken_back_does_not_date_the_next_one(desk: Desk) -> None:
    desk.type("x")
    desk.press("Backspace")
    desk.qtbot.waitUntil(lambda: saved_words(desk) != "Not saved yet", timeout=60_000)
    desk.clock.forward(3600)
    began = desk.clock()
    desk.press("Ctrl+2")
    desk.press("Ctrl+R")
    desk.settle()
    assert desk.draft.record.received == began


def test_a_call_that_the_telephone_system_announced_began_then(desk: Desk) -> None:
    began = desk.clock()
    desk.shell.new_wanted.emit("phone", "020 7946 0018")
    desk.clock.forward(90)
    desk.type("She waited.")
    assert desk.draft.record.received == began


def test_a_parked_call_comes_back_to_the_very_place(desk: Desk) -> None:
    desk.type("First caller waits.")
    desk.press("Left", times=4)
    desk.press("F9")
    desk.settle()
    assert desk.last_said().startswith("Parked and saved")
    assert desk.shell.narrative.words() == ""
    desk.type("Second caller.")
    desk.press("Shift+F9")
    desk.settle()
    assert desk.focused() == "parked_rows"
    desk.press("Return")
    desk.settle()
    desk.settle()
    assert desk.shell.narrative.words() == "First caller waits."
    assert desk.shell.narrative.textCursor().position() == len("First caller waits.") - 4
    assert desk.focused() == "narrative"
    assert desk.draft.parked is None
    waiting = {one.last_words for one in desk.store.drafts.all()}
    assert waiting == {"First caller waits.", "Second caller."}


def test_a_parked_call_comes_back_to_the_question(desk: Desk) -> None:
    desk.type("First caller.")
    desk.press("Ctrl+3")
    assert desk.focused().startswith("experience_kind")
    desk.press("F9")
    desk.settle()
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    assert desk.focused().startswith("experience_kind")


def test_a_second_call_parks_the_first_and_loses_no_letter(desk: Desk) -> None:
    desk.type("First caller")
    desk.press("Ctrl+N")
    desk.type(" goes on")
    desk.settle()
    desk.settle()
    desk.type("Second")
    desk.press("Ctrl+S")
    desk.settle()
    words = " ".join(one.last_words for one in desk.store.drafts.all())
    # Whether the record was on disk before or after the next key decides where that key goes, not whether.
    for typed in ("First caller", "goes on", "Second"):
        assert typed in words


def test_caller_rang_off_in_one_key_and_is_found_by_reference_and_last_words(desk: Desk) -> None:
    desk.type("She was about to say where")
    reference = desk.draft.record.reference
    desk.press("Ctrl+R")
    desk.settle()
    assert "rang off" in desk.last_said()
    assert desk.draft.record.rang_off
    assert desk.draft.record.frame.answers["danger_asked"].state == "not_asked"
    desk.press("Ctrl+N")
    desk.settle()
    (summary,) = desk.store.drafts.all()
    assert summary.rang_off
    for words in (reference, "about to say where"):
        page = desk.store.records.find(RecordQuery(words=words))
        assert [row.id for row in page.rows] == [summary.id]


def test_the_caller_who_rings_back_can_be_asked(desk: Desk) -> None:
    desk.type("She was about")
    desk.press("Ctrl+R")
    desk.press("Ctrl+R")
    assert not desk.draft.record.rang_off
    assert "danger_asked" not in desk.draft.record.frame.answers


def test_the_record_just_finished_is_opened_again_and_finished_as_a_new_version(desk: Desk) -> None:
    desk.type("She waited.")
    desk.choose_service("rose lo")
    desk.press("F12", times=2)
    desk.settle()
    desk.clock.forward(8 * 3600)
    desk.press("Shift+F12")
    desk.settle()
    desk.settle()
    assert desk.shell.narrative.words() == "She waited."
    assert desk.draft.based_on
    desk.press("Ctrl+End")
    desk.type(" Twice.")
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    assert record.narratives[0].text == "She waited. Twice."
    assert len(desk.store.records.history(record.id)) == 2
    assert record.edited is not None


def test_a_failing_disk_is_said_once_and_the_words_stay(desk: Desk, monkeypatch: object) -> None:
    keep = desk.store.drafts.keep

    def full(_draft: object) -> None:
        raise DiskFull(path="here")

    desk.store.drafts.keep = full  # type: ignore[assignment,method-assign]
    desk.type("Words")
    desk.press("Ctrl+S")
    desk.settle()
    desk.type(" more")
    desk.window.record.open_record.keep()
    desk.settle()
    assert sum("Not saved" in said for said in desk.said) == 1
    assert "NOT SAVED" in saved_words(desk)
    assert desk.shell.narrative.words() == "Words more"
    desk.press("F9")
    desk.settle()
    assert desk.shell.narrative.words() == "Words more"
    desk.press("F12", times=2)
    desk.store.drafts.keep = keep  # type: ignore[method-assign]


def test_words_typed_before_the_store_was_open_are_kept(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(typed_before="Typed at once")
    assert desk.shell.narrative.words() == "Typed at once"
    assert desk.focused() == "narrative"
    desk.press("Ctrl+S")
    desk.settle()
    (summary,) = desk.store.drafts.all()
    assert summary.last_words == "Typed at once"


def test_the_number_is_on_no_disk_until_they_agree(desk: Desk) -> None:
    desk.window.record.new_record("phone", "020 7946 0018")
    desk.settle()
    desk.type("Words")
    desk.press("Ctrl+S")
    desk.settle()
    (summary,) = desk.store.drafts.all()
    kept = desk.store.drafts.load(summary.id)
    assert kept.person is None
    assert "7946" not in kept.to_json()
    assert desk.find("keep_number").isVisible()
    desk.press("Ctrl+5")
    desk.window.record.navigation.go_to_question("frame/permissions", "may_contact")
    desk.press("1")
    desk.settle()
    assert desk.draft.person is not None
    assert desk.draft.person.value("phone") == "020 7946 0018"


def test_a_number_that_was_kept_is_offered_no_more_and_the_focus_goes_on_with_the_story(desk: Desk) -> None:
    desk.window.record.new_record("phone", "020 7946 0018")
    desk.settle()
    desk.find("keep_number").setFocus()
    desk.press("Space")
    assert desk.last_said() == "The number is kept with their details"
    assert desk.focused() == "narrative"
    with pytest.raises(KeyError):
        desk.find("keep_number")
    desk.window.record.new_record("phone", "020 7946 0019")
    desk.settle()
    assert desk.find("keep_number").isVisible()


def test_earlier_records_are_a_count_until_the_person_confirms(desk: Desk) -> None:
    window = desk.window.record
    for words in ("First time", "Second time"):
        window.new_record("phone", "020 7946 0018")
        desk.settle()
        desk.type(words)
        window.calls.keep_number()
        desk.clock.forward(60)
        desk.press("F12", times=2)
        desk.settle()
    said = len(desk.said)
    window.new_record("phone", "020 7946 0018")
    desk.settle()
    desk.settle()
    label = desk.find("earlier_records")
    assert isinstance(label, QLabel)
    assert label.text() == "Possibly 2 earlier records"
    assert not any("earlier" in words for words in desk.said[said:])
    desk.find("show_earlier").click()  # type: ignore[attr-defined]
    desk.settle()
    rows = desk.find("earlier_rows")
    assert len(rows.texts()) == 2  # type: ignore[attr-defined]
    assert "Second time" in rows.texts()[0]  # type: ignore[attr-defined]


def test_a_caller_who_rang_off_is_found_by_their_number_and_gone_on_with(desk: Desk) -> None:
    window = desk.window.record
    window.new_record("phone", "020 7946 0018")
    desk.settle()
    desk.type("I was just about to say")
    window.calls.keep_number()
    desk.press("Ctrl+R")
    desk.settle()
    rang_off = desk.draft.id
    desk.clock.forward(600)
    window.new_record("phone", "+44 20 7946 0018")
    desk.settle()
    desk.settle()
    label = desk.find("earlier_records")
    assert isinstance(label, QLabel)
    assert label.text() == "Possibly 1 earlier record"
    desk.find("show_earlier").click()  # type: ignore[attr-defined]
    desk.settle()
    rows = desk.find("earlier_rows")
    (shown,) = rows.texts()  # type: ignore[attr-defined]
    assert "rang off" in shown.lower()
    assert "I was just about to say" in shown
    desk.press("Tab") if desk.focused() != "earlier_rows" else None
    desk.press("Return")
    desk.settle()
    desk.settle()
    assert desk.draft.id == rang_off
    assert desk.shell.narrative.words() == "I was just about to say"


def test_another_call_takes_nobodys_place(desk: Desk) -> None:
    desk.type("First caller")
    desk.shell.new_wanted.emit("phone", "020 7946 0018")
    assert desk.shell.narrative.words() == "First caller"
    desk.press("Ctrl+N")
    desk.settle()
    assert desk.window.record.open_record.number == "020 7946 0018"


def test_not_a_word_of_the_record_before_stays_in_any_form(desk: Desk) -> None:
    desk.press("F2")
    desk.type("rose and a name")
    desk.press("Ctrl+6")
    desk.type("Zoe")
    desk.press("F7")
    desk.press("Tab", times=3)
    desk.type("Flat 3")
    desk.press("F7")
    desk.press("F12", times=2)
    desk.settle()
    drawers = (desk.window.record.parts.form_pane, desk.window.record.parts.danger_card)
    left = [line.text() for one in drawers for line in one.findChildren(QLineEdit)]
    left += [line.text() for one in drawers for line in one.drawer.findChildren(QLineEdit)]
    assert set(left) == {""}
    (record,) = desk.records()
    assert record.danger is not None
    assert record.danger.value("where_now") == "Flat 3"
    assert record.person


def test_forms_are_built_while_nobody_presses_a_key(desk: Desk) -> None:
    warming, built = desk.window.record.warming, 0
    while warming.build_one():
        built += 1
    assert built > len(desk.window.record.display.sections()) - 1
    focus = desk.focused()
    desk.press("F7")
    desk.press("F7")
    assert desk.focused() == focus


def test_a_parked_record_is_thrown_away_by_delete_twice_and_never_with_danger(desk: Desk) -> None:
    desk.type("Silent call")
    desk.press("F9")
    desk.settle()
    desk.type("He will jump")
    desk.press("F7", times=2)
    desk.press("F9")
    desk.settle()
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Delete", times=2)
    assert "danger is not thrown away" in desk.last_said()
    desk.press("Down")
    desk.press("Delete")
    assert "again" in desk.last_said()
    assert len(desk.store.drafts.all()) == 2
    desk.press("Delete")
    desk.settle()
    assert desk.last_said() == "Thrown away"
    assert [one.last_words for one in desk.store.drafts.all()] == ["He will jump"]


def test_a_record_erased_while_it_is_open_is_told_once_and_never_tried_again(desk: Desk) -> None:
    desk.type("Please forget this.")
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    desk.window.record.calls.edit(record.id)
    desk.settle()
    desk.settle()
    desk.shell.narrative.setFocus()
    desk.press("Ctrl+End")
    desk.type(" And this.")
    desk.store.erase(record.id, "asked")
    desk.qtbot.waitUntil(lambda: "erased" in desk.last_said(), timeout=60_000)
    desk.settle()
    assert desk.last_said().startswith("Not saved. This record was erased because the person asked for it")
    assert saved_words(desk) == "! NOT KEPT. This record was erased"
    said = len(desk.said)
    desk.type(" More words.")
    desk.qtbot.wait(1_500)
    desk.settle()
    opened = desk.window.record.open_record
    assert not opened.autosave.waiting
    assert not opened._retry.isActive()
    assert len(desk.said) == said, "it is told once"
    assert desk.shell.narrative.words() == "Please forget this. And this. More words."
    assert not opened.is_unsaved(), "the window may be closed"
    for keys in ("Ctrl+S", "F9"):
        desk.press(keys)
        desk.settle()
        assert "was erased" in desk.last_said(), "whoever asks hears why"
    desk.press("Ctrl+N")
    desk.settle()
    assert desk.last_said() == "New record."
    assert desk.shell.narrative.words() == ""
    assert not desk.shell.narrative.document().isUndoAvailable()
    assert desk.store.drafts.all() == ()
    assert desk.records() == []
    for table in ("draft", "version", "second_copy", "record_text"):
        assert "forget this" not in everything(desk.store, table)
        assert "And this" not in everything(desk.store, table)
    assert desk.store.check().whole


def test_parking_a_record_erased_elsewhere_says_so_first_and_leaves_it_then(desk: Desk) -> None:
    desk.type("Please forget this.")
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    desk.window.record.calls.edit(record.id)
    desk.settle()
    desk.settle()
    desk.store.erase(record.id, "asked")
    desk.press("Ctrl+N")
    desk.settle()
    assert "was erased" in desk.last_said()
    assert desk.shell.narrative.words() == "Please forget this."
    desk.press("F12", times=2)
    desk.settle()
    assert "was erased" in desk.last_said()
    desk.press("Ctrl+N")
    desk.settle()
    assert desk.last_said() == "New record."
    desk.type("Another call.")
    desk.qtbot.waitUntil(lambda: saved_words(desk).startswith("✓ Saved"), timeout=60_000)
    (waiting,) = desk.store.drafts.all()
    assert waiting.first_words == "Another call."
