"""A whole call from the first word to the finished record, by keys alone, and what it costs."""

from tests.ui.record.desk import Desk

MOVES = 13
CHOICES = 17
"""The least that these answers can cost is a key for each choice; the rest is going to the next."""


def take_down_a_call(desk: Desk) -> None:
    """Confidentiality, service, thirteen answers, danger asked at wrap-up."""
    desk.type("She waited six hours on a trolley. ")
    desk.press("F11")
    desk.choose_service("rose lo")
    desk.press("Ctrl+Return")
    desk.press("1")
    desk.press("Ctrl+Return")
    desk.press("2")
    desk.press("Ctrl+Return")
    desk.type("waiting list")
    desk.qtbot.waitUntil(lambda: "match" in desk.last_said())
    desk.press("Down")
    desk.press("Return")
    desk.press("2")
    desk.press("Ctrl+Return")
    desk.type("march 2026")
    for digit in "214":
        desk.press("Ctrl+Return")
        desk.press(digit)
    desk.press("Ctrl+5")
    desk.press("1")
    for digit in "21":
        desk.press("Ctrl+Return")
        desk.press(digit)
    desk.press("F12")
    desk.press("Tab")
    desk.press("Return")
    desk.press("1")
    desk.press("F12")
    desk.settle()


def test_a_whole_call_by_keys_alone(desk: Desk) -> None:
    take_down_a_call(desk)
    assert desk.presses == CHOICES + MOVES
    (record,) = desk.records()
    feedback = record.items[0]
    assert record.narratives[0].text == "She waited six hours on a trolley. "
    assert [one.name for one in feedback.services] == ["Rose Lodge"]
    assert [(one.code, one.sentiment) for one in feedback.topics] == [("access_waiting_list", "negative")]
    wanted = {
        "care": "health",
        "experience_kind": "bad",
        "when_happened": "2026-03",
        "worked_there": "no",
        "told_service": "told_no_complaint",
        "told_authorities": "neither",
    }
    assert {question: feedback.value(question) for question in wanted} == wanted
    agreed = {"service_may_know": "yes", "may_contact": "no", "may_quote": "yes"}
    assert {question: record.frame.value(question) for question in agreed} == agreed
    assert record.frame.value("danger_asked") == "no_danger_said"


def test_while_a_call_is_open_only_what_a_key_caused_is_spoken(desk: Desk) -> None:
    take_down_a_call(desk)
    starts = [
        "Intake. Ready.",
        "Confidentiality: said.",
        "1 match.",
        "Rose Lodge chosen.",
        "Health care chosen.",
        "4 new questions below.",
        "1 match.",
        "Waiting list chosen.",
        "Told them, but made no formal complaint chosen.",
        "Yes chosen.",
        "Yes chosen.",
        "They said nobody is in danger chosen.",
        "Finished,",
    ]
    assert len(desk.said) == len(starts), desk.said
    for said, start in zip(desk.said, starts, strict=True):
        assert said.startswith(start)


def test_saving_and_a_round_with_the_hub_are_shown_and_not_spoken(desk: Desk) -> None:
    desk.type("She waited.")
    before = len(desk.said)
    desk.window.record.open_record.keep()
    desk.settle()
    assert len(desk.said) == before


def test_a_good_experience_is_not_asked_what_only_a_bad_one_is(desk: Desk) -> None:
    desk.choose_service("rose lo")
    desk.press("Ctrl+3")
    desk.press("2")
    assert desk.window.record.parts.form_pane.form is not None
    assert "when_happened" in desk.window.record.parts.form_pane.form.question_ids()
    desk.press("1")
    assert "when_happened" not in desk.window.record.parts.form_pane.form.question_ids()


def test_danger_chosen_among_the_answers_marks_danger(desk: Desk) -> None:
    desk.window.record.navigation.go_to_question("frame/start", "danger_asked")
    desk.press("2")
    assert desk.draft.record.in_danger
    assert any(said.startswith("Danger is marked") for said in desk.said)


def test_the_part_of_a_service_is_asked_only_where_its_type_has_parts(desk: Desk) -> None:
    types = desk.workplace.library.code_list("service_types")
    asks = {one.code: one.filter.get("asks_part") for one in types.codes}
    service = desk.store.directory.get("cqc:1-101671690")
    assert service is not None
    desk.choose_service("rose lo")
    desk.settle()
    expected = asks.get(service.type) or "yes"
    assert desk.draft.record.items[0].outside.get("service_asks_part", "yes") == expected
