"""Paper forms keyed at the desk: the header once, numbers counted up, one key a form, Tab through it."""

from datetime import date

import pytest

from intake_app.channels.outreach.keyed_paper import Header
from intake_app.records import Answer, Source
from tests.ui.outreach.test_events import at_fair, words_of
from tests.ui.record.desk import Desk
from ui.audit import audit
from ui.outreach.batch_dialog import BatchDialog
from ui.outreach.number_dialog import NumberDialog


def begin(desk: Desk, first: int = 1, language: str = "", event: str = "") -> str:
    event = event or at_fair(desk)
    header = Header(event, "outreach", date(2026, 11, 18), language)
    desk.window.outreach.batch.begin(header, first)
    desk.settle()
    desk.settle()
    return event


def key_form(desk: Desk, words: str) -> None:
    desk.type(words)
    desk.press("F12")
    desk.settle()
    desk.settle()


def test_f12_saves_a_form_and_the_next_one_stands_ready_with_the_header(desk: Desk) -> None:
    event = begin(desk, 7, "pl")
    assert desk.last_said() == "Paper form 7. F12 saves it and goes on to the next."
    assert "Paper form 7" in words_of(desk, "event_here")
    for words in ("First form", "Second form", "Third form"):
        key_form(desk, words)
    assert desk.last_said() == "Saved. Paper form 10."
    assert desk.focused() == "narrative"
    found = {one.sequence: one for one in desk.records()}
    assert sorted(found) == [7, 8, 9]
    for record in found.values():
        assert (record.event, record.channel, record.asked_in) == (event, "outreach", "pl")
        assert record.received.civil == date(2026, 11, 18)
        assert record.started.civil == desk.clock().civil
        assert record.narratives[0].language == "pl"
        assert record.frame.answers["channel"].source is Source.PAPER
        assert record.written_by == desk.store.staff.all()[0].id


def test_a_form_costs_one_key_besides_what_is_keyed(desk: Desk) -> None:
    """Tab between the questions of the paper is keying; what is not on the paper is passed over."""
    begin(desk)
    before = desk.presses
    for number in range(1, 4):
        desk.type(f"Form {number}")
        desk.press("F12")
        desk.settle()
        desk.settle()
    assert (desk.presses - before) / 3 == 1


def test_tab_goes_through_the_questions_of_the_paper_from_section_to_section(desk: Desk) -> None:
    begin(desk)
    desk.type("Told on paper")
    seen = []
    for _press in range(60):
        desk.press("Tab")
        seen.append(desk.focused())
        if desk.last_said().startswith("That was the last question"):
            break
        if desk.focused().startswith("experience_kind"):
            desk.press("2")
    questions = list(dict.fromkeys(one.partition(".")[0] for one in seen))
    assert questions[:3] == ["about_whom", "service_search", "experience_kind"]
    for staff_only in ("confidentiality_said", "danger_asked", "channel", "support", "topics", "outcome"):
        assert staff_only not in questions
    assert {"when_happened", "told_service", "may_quote", "person_name", "age_band"} <= set(questions)
    item = desk.draft.record.items[0]
    assert item.answers["experience_kind"].source is Source.PAPER
    desk.press("F12")
    (record,) = desk.records()
    assert record.items[0].answers["experience_kind"].source is Source.PAPER


def test_shift_tab_goes_back_to_the_story(desk: Desk) -> None:
    begin(desk)
    desk.press("Tab")
    desk.press("Shift+Tab")
    assert desk.focused() == "narrative"


def test_parking_a_form_does_not_give_its_number_to_the_next_one(desk: Desk) -> None:
    begin(desk)
    desk.type("Half a form")
    desk.press("F9")
    desk.settle()
    desk.settle()
    assert desk.draft.record.sequence == 2
    desk.press("Ctrl+N")
    desk.settle()
    assert desk.draft.record.sequence == 2


def test_gaps_and_doubles_are_told_and_a_number_can_be_mended(desk: Desk) -> None:
    event = begin(desk)
    key_form(desk, "One")
    desk.type("The paper says four")
    dialog = NumberDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    dialog.number.setText("x")
    dialog._save()
    assert "from 1 to 999999" in dialog.problem.text()
    dialog.number.setText("1")
    dialog._save()
    assert "was keyed already" in dialog.problem.text()
    dialog.number.setText("No. 4")
    dialog._save()
    desk.press("F12")
    desk.settle()
    desk.settle()
    assert desk.draft.record.sequence == 5
    assert "Missing: 2–3" in words_of(desk, "event_here")
    desk.window.outreach.batch.renumber(1)
    key_form(desk, "One again")
    # Counted on from it, over what is there.
    assert desk.draft.record.sequence == 2
    assert "There twice: 1" in words_of(desk, "event_here")
    assert [one.number for one in desk.store.events.numbers(event)] == [1, 1, 4]


def test_after_the_batch_the_next_record_is_an_ordinary_one(desk: Desk) -> None:
    begin(desk)
    key_form(desk, "One")
    desk.window.outreach.batch.end()
    assert (desk.draft.record.sequence, desk.draft.record.asked_in) == (0, "")
    desk.type("Told in person")
    desk.press("F12", 2)
    found = {one.narratives[0].text: one for one in desk.records()}
    assert found["Told in person"].sequence == 0
    assert found["Told in person"].received == found["Told in person"].started


def test_the_header_is_asked_once_and_knows_the_next_number(desk: Desk) -> None:
    event = begin(desk, 5)
    key_form(desk, "Five")
    desk.window.outreach.batch.end()
    dialog = BatchDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    dialog.open()
    desk.settle()
    desk.settle()
    assert (dialog.place.currentData(), dialog.channel.currentData()) == (event, "outreach")
    assert dialog.first.text() == "6"
    assert audit(dialog) == []
    dialog.received.setText("1 1 2030")
    dialog._begin()
    assert "still to come" in dialog.problem.text()
    dialog.received.setText("19 11 2026")
    dialog.language.setCurrentIndex(dialog.language.findData("ur"))
    dialog._begin()
    desk.settle()
    record = desk.draft.record
    assert (record.sequence, record.asked_in, record.received.civil) == (6, "ur", date(2026, 11, 19))


def test_without_an_event_it_is_said_what_comes_first(desk: Desk) -> None:
    dialog = BatchDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    dialog.open()
    desk.settle()
    assert "no event yet" in dialog.problem.text()
    assert not dialog.begin.isEnabled()
    dialog.close()


def test_a_later_edit_of_a_paper_record_is_not_from_paper(desk: Desk) -> None:
    begin(desk)
    key_form(desk, "One")
    desk.window.outreach.batch.end()
    (record,) = desk.records()
    desk.window.record.calls.edit(record.id)
    desk.settle()
    desk.window.record.open_record.answer("frame", "may_quote", Answer(value="yes"))
    assert desk.draft.record.frame.answers["may_quote"].source is Source.ASKED


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "12345678"])
def test_what_is_no_number_of_a_form_is_refused(desk: Desk, text: str) -> None:
    begin(desk)
    dialog = NumberDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    dialog.number.setText(text)
    dialog._save()
    assert "from 1 to 999999" in dialog.problem.text()


def test_what_is_read_out_on_the_phone_is_silent_while_keying_paper(desk: Desk) -> None:
    begin(desk)
    desk.press("Tab")
    assert "Say:" not in desk.focus().accessibleDescription()
    desk.press("F4")
    desk.window.outreach.batch.end()
    desk.press("Ctrl+1")
    desk.press("Tab")
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    form.focus_question("about_whom")
    assert "Say:" in desk.focus().accessibleDescription()


def test_another_number_is_said(desk: Desk) -> None:
    begin(desk)
    dialog = NumberDialog(desk.workplace, desk.window.outreach.batch, desk.shell)
    dialog.number.setText("17")
    dialog._save()
    assert desk.last_said() == "Paper form 17."
