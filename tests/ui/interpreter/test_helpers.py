"""F5 at any moment of a call: the helper is added, nothing is retyped, and Esc leads back."""

import pytest
from PySide6.QtTest import QTest

from intake_app import drafting
from intake_app.records import Answer, NarrativeKind
from tests.ui.record.desk import Desk, parse, turn
from ui.audit import audit
from ui.interpreter.brief_card import BriefCard
from ui.interpreter.none_today import NoneTodayDialog
from ui.interpreter.support_dialog import SupportDialog
from ui.record_list.record_words import record_words


def back(desk: Desk) -> None:
    """A screen without a window manager activates no window by itself."""
    turn()
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    turn()


def support(desk: Desk, words: str) -> None:
    """F5, the words, Down, Enter."""
    desk.press("F5")
    dialog = desk.window.record.helpers.dialog
    assert isinstance(dialog, SupportDialog)
    dialog.finder.line.insert(words)
    QTest.keyClick(dialog.finder.line, *parse("Down"))
    QTest.keyClick(dialog.finder.results, *parse("Return"))
    opened = desk.window.record.helpers.dialog
    if opened is None or opened is dialog:
        back(desk)
        return
    opened.activateWindow()
    desk.qtbot.waitUntil(opened.isActiveWindow)
    turn()


def choose(desk: Desk, question: str, code: str) -> None:
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    form.choose(question, code)
    turn()


def test_two_minutes_into_a_call_an_interpreter_comes_and_nothing_is_retyped(desk: Desk) -> None:
    desk.type("Mama czekala szesc godzin")
    support(desk, "spoken")
    assert desk.said[-1] == "\u2068Spoken-language interpreter\u2069: added. Escape goes back."
    assert desk.focused() == "language"
    assert desk.draft.record.channel == "phone"
    assert drafting.supports(desk.draft) == ("interpreter",)
    desk.press("Esc")
    assert desk.focus() is desk.window.record.narrative
    assert desk.window.record.narrative.words() == "Mama czekala szesc godzin"
    desk.type(" w kolejce")
    assert desk.window.record.narrative.words() == "Mama czekala szesc godzin w kolejce"


def test_esc_leads_back_to_the_question_that_was_being_asked(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("Ctrl+3")
    before = desk.focused()
    section = desk.window.record.parts.form_pane.section
    support(desk, "spoken")
    assert desk.focused() == "language"
    desk.press("Esc")
    assert desk.focused() == before
    assert desk.window.record.parts.form_pane.section == section
    # Esc never leaves the call, and leads nowhere a second time.
    desk.press("Esc")
    assert desk.focused() == before


def test_an_interpreter_who_is_cut_off_is_replaced_and_both_are_kept(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "spoken")
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    desk.window.record.open_record.answer(
        drafting.session_key(desk.draft.record.sessions[0].id), "language", _answer("pl")
    )
    choose(desk, "mode", "phone")
    choose(desk, "outcome", "dropped")
    support(desk, "spoken")
    choose(desk, "outcome", "provided")
    desk.press("Esc")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    (record,) = desk.records()
    told = [(one.value("language"), one.value("mode"), one.value("outcome")) for one in record.sessions]
    assert told == [("pl", "phone", "dropped"), ("pl", "phone", "provided")]
    assert record.channel == "phone"


def test_no_interpreter_today_in_three_keys(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "no interpreter")
    dialog = desk.window.record.helpers.dialog
    assert isinstance(dialog, NoneTodayDialog)
    assert audit(dialog) == []
    for question, digit in (("unmet_asked", "1"), ("unmet_offered", "2"), ("unmet_back", "2")):
        assert desk.focused() == question
        QTest.keyClicks(desk.focus(), digit)
        turn()
    back(desk)
    assert desk.last_said() == (
        "Noted. Asked for: An interpreter by phone. Offered: An interpreter on another day. "
        "We come back: Tomorrow, by phone or video, with that support."
    )
    assert desk.focus() is desk.window.record.narrative
    (session,) = desk.draft.record.sessions
    assert (session.value("outcome"), session.value("unmet_asked")) == ("not_available", "phone")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    (record,) = desk.records()
    assert record.sessions[0].value("unmet_back") == "tomorrow"


def test_a_request_that_nobody_came_to_is_one_request(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "spoken")
    desk.press("Esc")
    support(desk, "no interpreter")
    for _question in range(3):
        QTest.keyClicks(desk.focus(), "1")
        turn()
    back(desk)
    assert len(desk.draft.record.sessions) == 1


def test_esc_in_the_middle_of_the_three_answers_notes_nothing(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "no bsl")
    QTest.keyClicks(desk.focus(), "1")
    QTest.keyClick(desk.focus(), *parse("Esc"))
    back(desk)
    assert desk.draft.record.sessions == ()
    assert drafting.supports(desk.draft) == ()


@pytest.mark.parametrize(
    ("digit", "code"), [("1", "bsl_video"), ("2", "bsl_interpreter"), ("3", "lipspeaker")]
)
def test_no_bsl_today_is_counted_with_the_support_that_was_asked_for(
    desk: Desk, digit: str, code: str
) -> None:
    desk.type("Words")
    support(desk, "no bsl")
    for key in (digit, "1", "1"):
        QTest.keyClicks(desk.focus(), key)
        turn()
    back(desk)
    assert drafting.supports(desk.draft) == (code,)


def test_added_by_mistake_is_taken_away(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "bsl video")
    assert desk.focused().startswith("outcome")
    desk.press("Esc")
    support(desk, "mistake")
    assert desk.last_said() == "Taken away: BSL video relay"
    assert desk.draft.record.sessions == ()
    assert desk.focus() is desk.window.record.narrative


def test_what_to_tell_the_interpreter_is_read_by_arrow_keys(desk: Desk) -> None:
    support(desk, "what to tell")
    card = desk.window.record.helpers.dialog
    assert isinstance(card, BriefCard)
    assert audit(card) == []
    assert desk.focused() == "interpreter_brief"
    assert any("say “I” when they say “I”" in one for one in card.sentences.texts())
    QTest.keyClick(desk.focus(), *parse("Esc"))
    back(desk)
    assert desk.focus() is desk.window.record.narrative


def test_the_dialog_has_names_and_lists_every_support(desk: Desk) -> None:
    desk.press("F5")
    dialog = desk.window.record.helpers.dialog
    assert isinstance(dialog, SupportDialog)
    assert audit(dialog) == []
    rows = [dialog.finder.results.item(row).text() for row in range(dialog.finder.results.count())]
    assert rows[:4] == [
        "Text relay (Relay UK)", "Spoken-language interpreter", "BSL interpreter", "BSL video relay"
    ]  # fmt: skip
    QTest.keyClick(dialog, *parse("Esc"))
    back(desk)
    assert drafting.supports(desk.draft) == ()


def test_what_everybody_must_see_is_gone_to_from_anywhere(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "bsl video")
    desk.press("Esc")
    support(desk, "go to everybody")
    assert desk.focused() == "needs"
    desk.press("Esc")
    assert desk.focus() is desk.window.record.narrative


def test_what_an_answer_about_a_helper_brings_elsewhere_is_said(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "spoken")
    choose(desk, "outcome", "family")
    choose(desk, "family_who", "child")
    assert "New section" not in desk.last_said()
    choose(desk, "family_why", "not_offered")
    assert desk.last_said() == "New section: What was missing. F5 goes there."
    choose(desk, "spoke_alone", "no")
    assert desk.said.count("New section: What was missing. F5 goes there.") == 1


def test_a_record_tells_through_whom_words_came(desk: Desk) -> None:
    desk.type("They told her to bring her daughter")
    support(desk, "spoken")
    choose(desk, "outcome", "family")
    choose(desk, "family_who", "child")
    draft = desk.draft
    story = drafting.story(draft)
    assert story is not None
    record = drafting.with_kind(draft, story.id, NarrativeKind.INTERPRETED).record
    told = record_words(record, desk.workplace.library)
    assert "Through: " in told
    assert "A child under 18" in told.partition("Through: ")[2].splitlines()[0]


def test_an_interpreter_for_urdu_offers_the_questions_in_urdu(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "spoken")
    desk.window.record.parts.form_pane.edited.emit(
        drafting.session_key(desk.draft.record.sessions[0].id), "language", _answer("ur")
    )
    turn()
    assert desk.last_said() == "Ctrl+Shift+W shows the questions in Urdu."


def test_read_back_through_the_interpreter_goes_by_sentences_and_is_noted(desk: Desk) -> None:
    desk.type("She waited six hours. Nobody came. Then she went home.")
    desk.press("F8")
    assert len([one for one in _rows(desk) if "waited" in one or "home" in one]) == 1
    desk.press("F8")
    support(desk, "spoken")
    desk.press("Esc")
    desk.press("F8")
    told = _rows(desk)
    assert told[0].endswith("She waited six hours.\u2069")
    assert [one.strip("\u2068\u2069") for one in told[1:3]] == ["Nobody came.", "Then she went home."]
    desk.find("read_back_through").click()
    assert desk.last_said() == "Noted: read back through the interpreter"
    assert desk.draft.record.sessions[0].value("read_back") == "OK"
    desk.find("read_back_through").click()
    assert desk.draft.record.sessions[0].value("read_back") is None


def test_what_comes_through_the_interpreter_is_tied_to_the_session(desk: Desk) -> None:
    desk.type("She waited.")
    support(desk, "spoken")
    desk.press("Esc")
    desk.press("Ctrl+Shift+O")
    desk.press("Esc")
    (session,) = desk.draft.record.sessions
    told = {one.speaker: one.session for one in desk.draft.record.narratives}
    assert told == {"interpreter": session.id, "person": ""}


def test_a_visitor_whose_daughter_interprets(desk: Desk) -> None:
    desk.window.record.new_record("drop_in")
    desk.settle()
    desk.type("Her daughter told me that the surgery had no interpreter.")
    support(desk, "spoken")
    key = drafting.session_key(desk.draft.record.sessions[0].id)
    desk.window.record.open_record.answer(key, "language", _answer("ur"))
    choose(desk, "outcome", "family")
    for question, code in (("family_who", "child"), ("family_why", "none"), ("spoke_alone", "no")):
        choose(desk, question, code)
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    (record,) = desk.records()
    (session,) = record.sessions
    assert (record.channel, session.value("family_who"), session.value("spoke_alone")) == (
        "drop_in", "child", "no"
    )  # fmt: skip
    assert "Who interpreted: A child under 18" in record_words(record, desk.workplace.library)


@pytest.mark.parametrize(("channel", "offered"), [("drop_in", True), ("phone", False)])
def test_only_a_visitor_is_offered_video_relay_on_the_spot(desk: Desk, channel: str, offered: bool) -> None:
    desk.window.record.new_record(channel)
    desk.settle()
    desk.type("Words")
    support(desk, "bsl video")
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    assert ("offered_video" in form.question_ids()) is offered


def test_needs_to_be_asked_again_say_so_when_the_month_is_over(desk: Desk) -> None:
    desk.type("Words")
    support(desk, "bsl video")
    key, record = drafting.session_key(desk.draft.record.sessions[0].id), desk.window.record.open_record
    record.answer(key, "needs", _answer(["more_time"]))
    record.answer(key, "needs_review", _answer("2026-10"))
    told = desk.window.record.display.needs()
    assert told.endswith("They were to be asked again by October 2026: ask now.")
    record.answer(key, "needs_review", _answer("2026-12"))
    assert desk.window.record.display.needs().endswith("To be asked again by December 2026.")


def _rows(desk: Desk) -> list[str]:
    return desk.window.record.parts.wrap_up.rows.texts()


def needed(desk: Desk) -> str:
    """Finishes a call in BSL with needs that everybody must see, and returns the record's id."""
    desk.type("Words")
    support(desk, "bsl video")
    choose(desk, "outcome", "provided")
    choose(desk, "respond_in", "bsl_video")
    key = drafting.session_key(desk.draft.record.sessions[0].id)
    desk.window.record.open_record.answer(key, "needs", _answer(["uses_british_sign_language"]))
    record_id = desk.draft.id
    desk.press("Esc")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    return record_id


TOLD = "Communication needs: Uses British Sign Language, answer by BSL video."


def test_needs_are_seen_and_heard_on_every_opening(desk: Desk) -> None:
    needed(desk)
    assert not desk.window.record.parts.needs.isVisible()
    desk.press("Shift+F12")
    desk.settle()
    assert desk.last_said().endswith(TOLD)
    assert desk.window.record.parts.needs.isVisible()
    desk.press("F9")
    desk.settle()
    desk.press("Ctrl+L")
    desk.settle()
    model = desk.window.list.model
    states = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert "Parked. Needs: Uses British Sign Language" in states
    desk.window.record.calls.reopen()
    desk.settle()
    assert desk.said[-1].endswith(TOLD)


def test_needs_stand_above_a_record_that_is_read(desk: Desk) -> None:
    record_id = needed(desk)
    desk.press("Ctrl+L")
    desk.settle()
    listed = desk.window.list
    assert listed.model.index(0, 0).data() == "Finished. Needs: Uses British Sign Language"
    assert listed.model.record(0).id == record_id
    desk.find("record_open").click()
    desk.settle()
    assert desk.find("record_needs").isVisible()
    assert TOLD in desk.said


def test_unmet_requests_are_a_list(desk: Desk) -> None:
    needed(desk)
    desk.type("No interpreter")
    support(desk, "no interpreter")
    for _question in range(3):
        QTest.keyClicks(desk.focus(), "1")
        turn()
    back(desk)
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    desk.press("Ctrl+L")
    desk.settle()
    desk.window.list.filters.choose_state("unmet")
    desk.settle()
    model = desk.window.list.model
    assert [model.record(row).first_words for row in range(model.rowCount())] == ["No interpreter"]


def _answer(value: object) -> Answer:
    return Answer(value=value)
