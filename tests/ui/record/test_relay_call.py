"""A text relay call by keys: nothing of staff is typed, nothing is timed, nobody is left waiting."""

from PySide6.QtWidgets import QLabel

from intake_app.records import Answer
from intake_app.relay_turns import TurnBy
from tests.ui.record.desk import Desk
from ui.audit import audit
from ui.form.question_row import QuestionRow


def by_relay(desk: Desk) -> None:
    desk.window.record.act("relay_on")
    desk.settle()


def log(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(one.by, one.words or one.prompt, one.go_ahead) for one in desk.draft.record.turns]


def test_relay_is_added_two_minutes_into_a_call_and_nothing_is_retyped(desk: Desk) -> None:
    desk.type("My mother waited six hours")
    by_relay(desk)
    assert desk.focused() == "relay_typed"
    assert desk.draft.record.frame.value("support") == ["text_relay"]
    assert desk.shell.narrative.words() == "My mother waited six hours"


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
    for turn in ("IT WAS COLD GA", "NOBODY CAME GA"):
        desk.type(turn)
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
    assert desk.last_said().endswith("Text relay is on. F6 goes to the turns; F3 says whose turn it is.")
    assert desk.focused() == before
    desk.find("relay_typed")


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


def test_what_the_assistant_says_is_theirs_alone(desk: Desk) -> None:
    by_relay(desk)
    desk.type("THIS IS RELAY UK")
    relay = desk.window.record.relay
    assert relay.pane is not None
    relay.pane.assistant.click()
    assert log(desk) == [(TurnBy.RELAY_ASSISTANT, "THIS IS RELAY UK", False)]
    assert desk.focused() == "relay_typed"


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
