"""The story that takes a few moments: words, service, F12, F12."""

from tests.ui.record.desk import Desk


def test_a_quick_note_takes_five_key_presses_beside_words_and_service(desk: Desk) -> None:
    desk.type("She waited six hours.")
    desk.choose_service("rose lo")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    assert desk.presses == 5
    (record,) = desk.records()
    assert record.narratives[0].text == "She waited six hours."
    assert [one.name for one in record.items[0].services] == ["Rose Lodge"]
    assert record.channel == "phone"
    assert desk.last_said().startswith("Finished")
    assert desk.focused() == "narrative"
    assert desk.shell.narrative.words() == ""


def test_danger_costs_one_key_more(desk: Desk) -> None:
    desk.type("He says he will jump.")
    desk.press("F7")
    desk.press("F7")
    desk.press("F12")
    desk.press("F12")
    desk.settle()
    assert desk.presses == 4
    (record,) = desk.records()
    assert record.in_danger
    assert record.frame.value("danger_asked") == "danger_said"


def test_what_was_not_asked_is_kept_as_not_asked_and_never_as_no(desk: Desk) -> None:
    desk.type("She waited six hours.")
    desk.press("F12", times=2)
    (record,) = desk.records()
    for question in ("danger_asked", "may_contact", "may_quote", "service_may_know", "confidentiality_said"):
        assert record.frame.answers[question].state == "not_asked"
    assert record.person == ""


def test_nothing_typed_makes_no_record(desk: Desk) -> None:
    desk.press("F12", times=2)
    assert desk.records() == []
    assert desk.last_said() == "There is nothing to wrap up yet"


def test_holding_f12_down_does_not_finish(desk: Desk) -> None:
    assert not any(action.autoRepeat() for action in desk.window.actions.values())


def test_a_finished_service_ranks_higher_next_time(desk: Desk) -> None:
    desk.type("Words")
    desk.choose_service("rose lo")
    desk.press("F12", times=2)
    desk.settle()
    assert desk.store.directory.search("rose")[0].name == "Rose Lodge"
