"""Calls that only ask: an enquiry needs no service and no feelings, and stands beside feedback."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.records import Record, Sheet
from tests.ui.record.desk import Desk
from ui import theme
from ui.audit import audit, clipped
from ui.record.rows import Rows

MOST_PRESSES = 6


def quick_enquiry(desk: Desk) -> Record:
    desk.type("Where do I find a dentist?")
    desk.press("Ctrl+I")
    desk.press("3")
    desk.press("Ctrl+3")
    desk.press("1")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    return desk.records()[0]


def test_a_quick_enquiry_takes_six_key_presses_beside_its_words(desk: Desk) -> None:
    record = quick_enquiry(desk)
    assert desk.presses == MOST_PRESSES
    (item,) = record.items
    assert item.kind == "enquiry"
    assert item.value("asked_for") == ["signposting"]
    assert item.value("given") == ["information"]
    assert record.narratives[0].text == "Where do I find a dentist?"
    assert item.narratives == (record.narratives[0].id,)
    assert item.services == ()
    assert desk.last_said().startswith("Finished")


def test_what_an_enquiry_does_not_need_is_neither_asked_nor_called_a_problem(desk: Desk) -> None:
    desk.type("Where do I find a dentist?")
    desk.press("Ctrl+I")
    assert desk.focused() == "asked_for.information"
    desk.press("F12")
    links = [words for words, _go in desk.window.record.wrapping._problems()]
    assert len(links) == 2  # confidentiality and danger, as in every call
    record = finish(desk)
    for question in ("may_quote", "service_may_know", "signposted_to"):
        assert question not in record.frame.answers


def finish(desk: Desk) -> Record:
    if not desk.window.record.wrapping.is_wrapping_up:
        desk.press("F12")
    desk.press("F12")
    desk.settle()
    return desk.records()[0]


def test_a_piece_turns_into_an_enquiry_and_back_without_losing_a_word(desk: Desk) -> None:
    desk.type("They were rude. Who can I tell?")
    desk.choose_service("rosewood")
    desk.press("Ctrl+Return")
    desk.press("1")
    before = desk.draft.record.items[0]
    desk.press("Ctrl+I")
    assert desk.last_said() == "This piece is an enquiry now. What do they ask for?"
    desk.press("1")
    item = desk.draft.record.items[0]
    assert (item.kind, item.id, item.narratives) == ("enquiry", before.id, before.narratives)
    assert [one.name for one in item.services] == ["Rosewood Surgery"]
    assert item.value("care") == "health"
    desk.press("1")  # takes the answer away again
    desk.press("Ctrl+I")
    assert desk.last_said() == "This piece is feedback now. Which service is it about?"
    after = desk.draft.record.items[0]
    assert after.kind == "feedback"
    assert after.value("services") == before.value("services")
    assert after.value("care") == "health"
    assert desk.shell.narrative.words() == "They were rude. Who can I tell?"


def test_a_piece_with_answers_of_its_own_stays_what_it_is(desk: Desk) -> None:
    desk.type("They were rude.")
    desk.press("Ctrl+3")
    desk.press("2")
    desk.press("Ctrl+I")
    assert "has answers of its own" in desk.last_said()
    item = desk.draft.record.items[0]
    assert item.kind == "feedback"
    assert item.value("experience_kind") == "bad"


def test_feedback_and_an_enquiry_stand_in_one_record(desk: Desk) -> None:
    desk.type("The home was unkind. How do I complain?")
    desk.choose_service("rose lo")
    desk.press("Ctrl+Shift+I")
    assert desk.last_said() == "Piece 2 added, an enquiry. What do they ask for?"
    desk.press("2")
    desk.press("Ctrl+J")
    assert desk.last_said() == "Piece 1 of 2, feedback"
    desk.press("Ctrl+J")
    assert desk.last_said() == "Piece 2 of 2, enquiry"
    desk.press("F2")
    assert desk.focused() == "service_search"
    desk.press("F8")
    rows = desk.find("read_back_rows")
    assert isinstance(rows, Rows)
    assert any(words.startswith("Piece 2, enquiry, Asked for: Advice") for words in rows.texts())
    record = finish(desk)
    assert [item.kind for item in record.items] == ["feedback", "enquiry"]
    assert record.items[1].value("asked_for") == ["advice"]
    # What only feedback asks of the whole record is asked again as soon as there is feedback.
    assert record.frame.answers["may_quote"].state == "not_asked"


def test_signposting_asks_whom_how_and_in_what_form(desk: Desk) -> None:
    desk.type("How do I complain?")
    desk.press("Ctrl+I")
    desk.press("Ctrl+3")
    desk.press("3")
    desk.press("Ctrl+Return", times=2)
    assert desk.focused() == "signposted_to"
    desk.type("ombudsman")
    desk.qtbot.waitUntil(lambda: "match" in desk.last_said())
    desk.press("Down")
    desk.press("Return")
    assert "Ombudsman" in desk.last_said()
    for digit in "24":
        desk.press("Ctrl+Return")
        desk.press(digit)
    desk.press("Ctrl+Return")
    desk.press("1")
    item = finish(desk).items[0]
    assert item.value("signposted_to") in (["phso"], ["lgsco"])
    assert (item.value("signposted_how"), item.value("sent_as")) == ("sent", "large_print")
    assert item.value("signpost_accepted") == "yes"


def test_topics_of_an_enquiry_have_no_feelings(desk: Desk) -> None:
    desk.type("How do I register?")
    desk.press("Ctrl+I")
    desk.window.record.navigation.go_to_question(f"item:{desk.draft.record.items[0].id}/enquiry", "topics")
    desk.type("registration")
    desk.qtbot.waitUntil(lambda: "match" in desk.last_said())
    desk.press("Down")
    desk.press("Return")
    assert desk.last_said().endswith("chosen.")
    topics = desk.draft.record.items[0].topics
    assert [(one.code, one.sentiment) for one in topics] == [("access_registration", "")]
    rows = desk.find("topics.chosen")
    assert rows.item(0).text() == topics[0].label  # type: ignore[attr-defined]


def test_a_parked_enquiry_comes_back_as_it_was_left(desk: Desk) -> None:
    desk.type("Where do I find a dentist?")
    desk.press("Ctrl+I")
    desk.press("2")
    desk.press("F9")
    desk.settle()
    assert desk.draft.record.items[0].kind == "feedback"
    desk.press("Shift+F9")
    desk.settle()
    desk.press("Return")
    desk.settle()
    desk.settle()
    (item,) = desk.draft.record.items
    assert (item.kind, item.value("asked_for")) == ("enquiry", ["advice"])
    assert desk.focused().startswith("asked_for.")
    assert desk.find("turn_item").text() == "It is feedback  Ctrl+I"  # type: ignore[attr-defined]


def test_what_they_ask_is_built_before_it_is_wanted(desk: Desk) -> None:
    for _quiet_moment in range(5):  # the danger card, the fonts in two beats and the list come before it
        desk.window.record.warming.build_one()
    enquiry = desk.workplace.library.latest("enquiry")
    drawer = desk.window.record.parts.form_pane.drawer
    assert not drawer.prepare(enquiry, "enquiry", Sheet(question_set=enquiry.ref()))


@pytest.mark.parametrize("keys", [("Ctrl+I",), ("Ctrl+I", "Ctrl+3"), ("Ctrl+Shift+I", "F8")])
def test_an_enquiry_on_the_page_passes_the_audit(desk: Desk, keys: tuple[str, ...]) -> None:
    desk.type("How do I register?")
    for one in keys:
        desk.press(one)
    desk.settle()
    assert audit(desk.shell) == []
    assert clipped(desk.shell.record_area) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_two_pieces_need_no_more_width_than_one(
    make_desk: Callable[..., Desk], qapp: QApplication, percent: int
) -> None:
    theme.apply(qapp, "light", percent)
    desk = make_desk(width=1366, height=720)
    desk.type("How do I register?")
    desk.press("Ctrl+I")
    desk.press("Ctrl+Shift+N")
    desk.settle()
    assert desk.shell.minimumSizeHint().width() <= 1366
    assert desk.shell.width() == 1366
    assert clipped(desk.shell.record_area) == []
