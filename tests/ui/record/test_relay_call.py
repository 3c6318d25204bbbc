"""A text relay call by keys: nothing of staff is typed, nothing is timed, nobody is left waiting."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from intake_app import drafting
from intake_app.records import Answer, Session
from intake_app.relay_turns import TurnBy
from tests.ui.record.desk import Desk, parse, turn
from ui import theme
from ui.audit import audit, clipped
from ui.form.question_row import QuestionRow
from ui.interpreter.support_dialog import SupportDialog
from ui.record.always_strip import AlwaysStrip
from ui.record_list.record_words import record_words


def by_relay(desk: Desk) -> None:
    """F5, text relay, Enter."""
    desk.press("F5")
    dialog = desk.window.record.helpers.dialog
    assert isinstance(dialog, SupportDialog)
    dialog.finder.line.insert("text relay")
    QTest.keyClick(dialog.finder.line, *parse("Down"))
    QTest.keyClick(dialog.finder.results, *parse("Return"))
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    desk.settle()


def relay_session(desk: Desk) -> Session:
    (found,) = desk.draft.record.sessions
    assert found.question_set.id == "relay"
    return found


def spoken_prompt(desk: Desk) -> str:
    return desk.window.record.relay.asking.prompt()


def log(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(one.by, one.words or one.prompt, one.go_ahead) for one in desk.draft.record.turns]


def test_relay_is_added_two_minutes_into_a_call_and_nothing_is_retyped(desk: Desk) -> None:
    desk.type("My mother waited six hours")
    by_relay(desk)
    assert desk.focused() == "relay_typed"
    assert desk.draft.record.frame.value("support") == ["text_relay"]
    assert desk.shell.narrative.words() == "My mother waited six hours"
    assert desk.last_said() == "Text relay is on."
    assert relay_session(desk).value("prefix") is None
    assert desk.draft.record.channel == "phone"


def test_f5_in_a_relay_call_comes_to_its_turns_and_begins_no_second_one(desk: Desk) -> None:
    desk.window.record.new_record("phone", "18001 020 7946 0000")
    desk.settle()
    by_relay(desk)
    assert desk.last_said() == "Text relay was on already."
    assert desk.focused() == "relay_typed"
    assert relay_session(desk).value("prefix") == "18001"


def test_a_conversation_turn_by_turn(desk: Desk) -> None:
    by_relay(desk)
    desk.type("HELLO I WANT TO TELL ABOUT MY GP GA")
    desk.press("Return")
    assert desk.last_said() == "Your turn."
    desk.press("Ctrl+3")
    desk.press("Tab")
    desk.press("Ctrl+Shift+Y")
    assert "Their turn" in desk.last_said()
    desk.press("F3")
    assert desk.last_said().startswith("Their turn")
    assert log(desk)[0] == (TurnBy.PERSON, "HELLO I WANT TO TELL ABOUT MY GP", True)
    by, prompt, go_ahead = log(desk)[1]
    assert (by, go_ahead) == (TurnBy.STAFF, True)
    assert prompt.startswith("feedback.")


def test_park_is_refused_until_they_were_asked_to_hold(desk: Desk) -> None:
    by_relay(desk)
    desk.type("THE WARD WAS COLD")
    desk.press("Return")
    here = desk.draft.id
    for key in ("F9", "Ctrl+N"):
        desk.press(key)
        desk.settle()
        assert "please hold" in desk.last_said()
        assert desk.draft.id == here
    desk.press("Ctrl+Shift+H")
    desk.press("F9")
    desk.settle()
    assert desk.last_said().startswith("Parked")
    parked = desk.store.drafts.load(here)
    assert [one.hold for one in parked.record.turns] == [False, True]
    # The page that waits for the next caller is no relay call.
    assert desk.window.record.relay.pane is not None
    assert desk.window.record.relay.pane.isHidden()


def test_half_a_turn_is_kept_and_comes_back(desk: Desk) -> None:
    by_relay(desk)
    desk.type("AND THEN THE NURSE")
    desk.window.record.open_record.flush()
    desk.settle()
    kept = desk.store.drafts.load(desk.draft.id)
    assert kept.typing == "AND THEN THE NURSE"
    desk.window.record.open_draft(kept)
    desk.press("Ctrl+Shift+H")
    desk.window.record.open_draft(kept)
    desk.settle()
    pane = desk.window.record.relay.pane
    assert pane is not None
    assert pane.box.words() == "AND THEN THE NURSE"


def test_a_garbled_turn_is_corrected_and_both_are_kept(desk: Desk) -> None:
    by_relay(desk)
    desk.type("THE DOCTPR WAS LATR GA")
    desk.press("Return")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.correct.click()
    assert desk.focused() == "relay_typed"
    desk.press("Ctrl+A")
    desk.type("THE DOCTOR WAS LATE")
    desk.press("Return")
    assert desk.last_said().startswith("Corrected")
    (row,) = relay.pane.log.texts()
    assert "THE DOCTOR WAS LATE" in row
    assert "THE DOCTPR WAS LATR" in row
    assert [one.words for one in desk.draft.record.turns] == ["THE DOCTPR WAS LATR", "THE DOCTOR WAS LATE"]


def test_leaving_a_correction_gives_half_a_turn_back(desk: Desk) -> None:
    by_relay(desk)
    desk.type("FIRST GA")
    desk.press("Return")
    desk.type("HALF OF")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.correct.click()
    assert relay.pane.box.words() == "FIRST"
    assert desk.draft.typing == "HALF OF"
    desk.press("Esc")
    assert relay.pane.box.words() == "HALF OF"


def test_turns_become_the_story_in_one_key_and_stay(desk: Desk) -> None:
    by_relay(desk)
    for words in ("IT WAS COLD GA", "NOBODY CAME GA"):
        desk.type(words)
        desk.press("Return")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.log.setFocus()
    desk.press("Home")
    desk.press("Shift+Down")
    desk.press("Return")
    assert desk.shell.narrative.words() == "IT WAS COLD\nNOBODY CAME"
    assert len(desk.draft.record.turns) == 2


def test_goodbye_and_finish_keep_everything_that_was_typed(desk: Desk) -> None:
    by_relay(desk)
    desk.type("THANK YOU BYE SK SK")
    desk.press("Return")
    assert "SK" in desk.last_said()
    desk.type("OH AND ONE MORE THING")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    (record,) = desk.records()
    assert [(one.words, one.ends) for one in record.turns] == [
        ("THANK YOU BYE", True),
        ("OH AND ONE MORE THING", False),
    ]


def test_only_essential_questions_come_by_themselves_and_in_short_words(desk: Desk) -> None:
    by_relay(desk)
    desk.press("Ctrl+Return")
    assert desk.focused() == "service_search"
    desk.window.record.navigation.go_to_section(experience(desk))
    rows = desk.shell.findChildren(QuestionRow)
    said = {one.question_id: one.stop().accessibleDescription() for one in rows if one.isVisible()}
    assert "Later, by the person’s own channel" in said["topics"]
    assert "Later" not in said["experience_kind"]
    short = {one.question_id: one.say_words() for one in rows if one.isVisible()}
    for question in desk.workplace.library.latest("feedback").questions:
        if question.say_short and question.id in short:
            assert short[question.id] == question.say_short


def experience(desk: Desk) -> str:
    return next(one.key for one in desk.window.record.display.sections() if one.group == "experience")


def test_choosing_text_relay_as_support_turns_it_on_and_the_focus_stays(desk: Desk) -> None:
    desk.press("F5")
    before = desk.focused()
    frame = next(one for one in desk.window.record.display.sections() if one.sheet_key == "frame")
    desk.window.record.open_record.answer(frame.sheet_key, "support", Answer(value=["text_relay"]))
    desk.settle()
    assert desk.last_said().endswith(
        "Text relay is on. Shift+F6 goes to the turns; F3 says whose turn it is."
    )
    assert desk.focused() == before
    desk.find("relay_typed")
    assert relay_session(desk).value("outcome") is None


def test_a_draft_from_before_there_were_sessions_opens_unchanged(desk: Desk) -> None:
    desk.type("WORDS")
    old = drafting.with_answer(desk.draft, drafting.FRAME, "support", Answer(value=["text_relay"]))
    desk.window.record.new_record()
    desk.settle()
    desk.window.record.open_draft(old)
    desk.settle()
    assert desk.draft.record == old.record
    desk.find("relay_typed")
    desk.press("F3")
    assert desk.last_said().startswith("Their turn")


def test_taken_away_by_mistake_no_relay_is_on_and_the_turns_stay(desk: Desk) -> None:
    by_relay(desk)
    desk.type("HELLO GA")
    desk.press("Return")
    changed = drafting.remove_session(desk.draft, relay_session(desk).id)
    desk.window.record.open_record.apply(changed)
    desk.settle()
    assert drafting.supports(desk.draft) == ()
    assert len(desk.draft.record.turns) == 1
    desk.press("F3")
    assert "No text relay" in desk.last_said()


def test_questions_for_staff_are_neither_put_off_nor_noted_as_asked(desk: Desk) -> None:
    by_relay(desk)
    section = next(
        one for one in desk.window.record.display.sections() if one.question_set.id == "relay"
    )  # fmt: skip
    desk.window.record.navigation.go_to_section(section.key)
    turn()
    assert desk.focused().startswith("prefix")
    rows = [one for one in desk.shell.findChildren(QuestionRow) if one.isVisible()]
    assert rows
    assert not [one for one in rows if "Later" in one.stop().accessibleDescription()]
    assert spoken_prompt(desk) == ""
    desk.press("Ctrl+Shift+Y")
    assert desk.last_said() == "Noted: you spoke. Their turn."
    assert desk.draft.record.turns[-1].prompt == ""


def test_a_finished_call_is_edited_and_left_with_nobody_waiting(desk: Desk) -> None:
    by_relay(desk)
    desk.type("HELLO GA")
    desk.press("Return")
    desk.press("F12", times=2)
    desk.settle()
    desk.press("Shift+F12")
    desk.settle()
    desk.press("Ctrl+N")
    desk.settle()
    assert "please hold" not in desk.last_said()


def test_a_number_with_a_prefix_turns_relay_on_and_is_kept_without(desk: Desk) -> None:
    desk.window.record.new_record("phone", "18001 020 7946 0000")
    desk.settle()
    assert desk.window.record.open_record.number == "020 7946 0000"
    (session,) = desk.draft.record.sessions
    assert (session.question_set.id, session.value("prefix")) == ("relay", "18001")
    assert desk.draft.record.frame.value("support") == ["text_relay"]


def test_without_relay_its_keys_say_so(desk: Desk) -> None:
    desk.press("F3")
    assert "No text relay" in desk.last_said()
    assert desk.window.record.relay.pane is None


def test_the_call_time_says_that_it_counts_nowhere(desk: Desk) -> None:
    by_relay(desk)
    desk.press("Ctrl+T")
    assert "counted nowhere" in desk.last_said()


def test_the_number_to_call_back_by_relay_is_shown_with_its_prefix(desk: Desk) -> None:
    desk.window.record.new_record("phone", "18001 020 7946 0000")
    desk.settle()
    shown = desk.find("relay_call_back")
    assert isinstance(shown, QLabel)
    assert "18002 020 7946 0000" in shown.text()
    # And from the details, where a parked call is opened again and the telephone is long gone.
    desk.window.record.act("keep_number")
    kept = desk.draft
    desk.press("Ctrl+Shift+H")
    desk.window.record.new_record("phone", "18001 020 7946 0001")
    desk.settle()
    assert "0001" in shown.text()
    desk.window.record.open_record.drop_number()
    desk.press("Ctrl+Shift+H")
    desk.window.record.open_draft(kept)
    desk.window.record.open_record.drop_number()
    desk.settle()
    assert "18002 020 7946 0000" in shown.text()


def test_a_finished_record_keeps_prefix_and_turns_apart_from_the_number(desk: Desk) -> None:
    desk.window.record.new_record("phone", "18001 020 7946 0000")
    desk.settle()
    desk.window.record.act("keep_number")
    by_relay(desk)
    desk.type("THANK YOU BYE SK SK")
    desk.press("Return")
    draft = desk.draft
    assert draft.person is not None
    assert draft.person.number == "020 7946 0000"
    desk.press("F12", times=2)
    (record,) = desk.records()
    words = record_words(record, desk.workplace.library)
    assert "18001, they type" in words
    assert "They: " in words
    details = desk.store.people.open_person(record.person, "call back", "")
    assert details.value("phone") == "020 7946 0000"


def test_direct_typing_is_kept_with_each_turn(desk: Desk) -> None:
    by_relay(desk)
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.direct.click()
    assert relay.pane.box.accessibleName() == "What they type"
    relay.pane.box.setFocus()
    desk.type("HI GA")
    desk.press("Return")
    assert desk.draft.record.turns[0].direct
    assert relay_session(desk).value("typing") == "direct"


def test_how_they_type_is_one_fact_for_the_pane_and_the_session(desk: Desk) -> None:
    by_relay(desk)
    pane = desk.window.record.relay.pane
    assert pane is not None
    key = drafting.session_key(relay_session(desk).id)
    desk.window.record.open_record.answer(key, "typing", Answer(value="direct"))
    turn()
    assert pane.direct.isChecked()
    assert pane.box.accessibleName() == "What they type"
    pane.direct.click()
    assert relay_session(desk).value("typing") == "assistant"


def test_what_the_assistant_says_is_theirs_alone(desk: Desk) -> None:
    by_relay(desk)
    desk.type("THIS IS RELAY UK")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.assistant.click()
    assert log(desk) == [(TurnBy.RELAY_ASSISTANT, "THIS IS RELAY UK", False)]
    assert desk.focused() == "relay_typed"


def test_who_said_a_turn_is_corrected_too(desk: Desk) -> None:
    by_relay(desk)
    desk.type("HELLO THIS IS RELAY UK")
    desk.press("Return")
    pane = desk.window.record.relay.pane
    assert pane is not None
    pane.correct.click()
    pane.assistant.click()
    assert desk.last_said().startswith("Corrected: the relay assistant said it")
    (row,) = pane.log.texts()
    assert "Relay assistant: " in row
    assert desk.focused() == "relay_typed"
    assert pane.box.words() == ""


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_turns_are_used_as_an_answer_to_an_open_question(desk: Desk) -> None:
    by_relay(desk)
    desk.type("ON THE ELMS WARD GA")
    desk.press("Return")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.log.setFocus()
    desk.press("Ctrl+Shift+U")
    menu = desk.shell.findChild(QMenu, "use_menu")
    assert isinstance(menu, QMenu)
    titles = [one.text() for one in menu.actions()]
    assert titles[0] == "What they said"
    assert "Notes" not in titles, "notes of staff are not their words"
    menu.actions()[1].trigger()
    menu.close()
    values = [one.value for sheet in desk.draft.record.items for one in sheet.answers.values()]
    values += [one.value for one in desk.draft.record.frame.answers.values()]
    assert "ON THE ELMS WARD" in values
    assert "used for" in desk.last_said()


def test_with_little_room_the_turns_have_it_while_somebody_is_in_them(
    make_desk: Callable[..., Desk], qapp: QApplication
) -> None:
    theme.apply(qapp, "light", 200)
    desk = make_desk()
    desk.window.record.new_record("phone", "18001 020 7946 0000")
    desk.settle()
    pane = desk.window.record.relay.pane
    assert pane is not None
    assert not pane.log.isVisible()
    desk.find("keep_number")
    by_relay(desk)
    desk.find("relay_log")
    assert not desk.shell.findChild(AlwaysStrip).keep.isVisible()
    assert clipped(desk.shell.record_area) == []
    pane.more.setFocus()
    assert audit(desk.shell) == []
    desk.press("F4")
    desk.find("keep_number")
    assert not pane.log.isVisible()


def test_nothing_is_timed_and_nothing_locks(desk: Desk) -> None:
    """Hours pass in silence: nothing is said, shown or closed, and no part of the call has a clock."""
    by_relay(desk)
    desk.type("HELLO GA")
    desk.press("Return")
    relay = desk.window.record.relay
    assert relay.pane is not None
    assert not relay.findChildren(QTimer)
    said, state, focus = list(desk.said), relay.pane.state.text(), desk.focused()
    desk.clock.forward(days=1)
    desk.settle()
    desk.type("STILL HERE GA")
    assert (desk.said, relay.pane.state.text(), desk.focused()) == (said, state, focus)


def test_every_part_of_the_pane_is_named_and_reached(desk: Desk) -> None:
    by_relay(desk)
    desk.type("HELLO GA")
    desk.press("Return")
    assert audit(desk.shell) == []
    desk.find("relay_hold").setFocus()
    desk.press("F6")
    for _pane in range(8):
        desk.press("F6")
        if desk.focused().startswith("relay"):
            break
    # Never on the button that was pressed last: its letters would press it.
    assert desk.focused() == "relay_typed"
