"""The phone system announces calls: nobody loses a place, a word or a number, and each is told once."""

from PySide6.QtGui import QAction

from tests.ui.record.desk import Desk


def arrive(desk: Desk, number: str, channel: str = "phone") -> None:
    desk.shell.new_wanted.emit(channel, number)


def shown_number(desk: Desk) -> str:
    return desk.window.record.open_record.number


def test_a_call_on_an_idle_page_is_there_at_once_and_said(desk: Desk) -> None:
    arrive(desk, "tel:+44-20-7946-0018")

    assert shown_number(desk) == "+44-20-7946-0018"
    assert desk.last_said() == "A call has come."
    assert desk.focused() == "narrative"


def test_calls_that_come_meanwhile_are_said_politely_and_taken_in_their_order(desk: Desk) -> None:
    desk.type("She waited six hours")
    first = desk.draft.id
    arrive(desk, "020 7946 0018")
    assert desk.last_said() == "Another call waits. Ctrl+N takes it and parks this record."
    arrive(desk, "0161 496 0000")
    assert desk.last_said() == "2 calls wait. Ctrl+N takes the first and parks this record."
    assert (desk.draft.id, desk.shell.narrative.words()) == (first, "She waited six hours")
    assert desk.focused() == "narrative"

    desk.clock.forward(180)
    desk.press("Ctrl+N")
    desk.settle()
    assert shown_number(desk) == "020 7946 0018"
    assert "The call that came 3 minutes ago. 1 more waits." in desk.last_said()
    desk.type("Second")
    desk.press("Ctrl+N")
    desk.settle()
    assert shown_number(desk) == "0161 496 0000"
    assert {one.first_words for one in desk.store.drafts.all()} == {"She waited six hours", "Second"}


def test_the_same_call_handed_over_twice_is_one_call(desk: Desk) -> None:
    arrive(desk, "020 7946 0018")
    said = len(desk.said)
    arrive(desk, "020 7946 0018")
    assert len(desk.said) == said

    desk.type("Hello")
    arrive(desk, "0161 496 0000")
    arrive(desk, "0161 496 0000")
    assert desk.last_said() == "Another call waits. Ctrl+N takes it and parks this record."


def test_a_number_that_cannot_be_read_is_no_reason_to_miss_the_call(desk: Desk) -> None:
    arrive(desk, "tel:hello")

    assert shown_number(desk) == ""
    assert desk.last_said() == (
        "A call has come. The phone system gave a number that cannot be read: ask for it."
    )


def test_a_channel_that_is_not_in_the_list_is_noted_as_a_phone_call(desk: Desk) -> None:
    arrive(desk, "020 7946 0018", "fax")

    assert desk.draft.record.channel == "phone"
    assert "not in the list" in desk.last_said()


def test_a_withheld_number_is_a_call_all_the_same(desk: Desk) -> None:
    desk.type("First")
    arrive(desk, "anonymous")
    arrive(desk, "anonymous")
    assert desk.last_said().startswith("2 calls wait.")


def test_no_number_reaches_the_disk_before_the_person_agrees(desk: Desk) -> None:
    arrive(desk, "020 7946 0018")
    desk.type("She waited")
    desk.press("F9")
    desk.settle()

    (draft,) = desk.store.drafts.all()
    kept = desk.store.drafts.load(draft.id)
    assert kept.person is None
    assert "7946" not in kept.to_json()


def test_calls_that_are_gone_can_be_forgotten(desk: Desk) -> None:
    arrive(desk, "020 7946 0018")
    desk.type("First")
    arrive(desk, "0161 496 0000")
    row = desk.window.findChild(QAction, "Forget the caller’s n&umber, and calls that wait")
    assert isinstance(row, QAction)

    row.trigger()
    desk.settle()
    assert desk.last_said() == "Forgotten: the number, and the calls that waited."
    assert shown_number(desk) == ""
    desk.press("Ctrl+N")
    desk.settle()
    assert shown_number(desk) == ""

    row.trigger()
    desk.settle()
    assert desk.last_said() == "No number is shown, and no call waits."


def test_a_call_during_a_look_at_the_list_says_where_it_is(desk: Desk) -> None:
    desk.press("Ctrl+L")
    desk.settle()
    arrive(desk, "020 7946 0018")

    assert desk.last_said() == "A call has come. Ctrl+L goes to it."
    desk.press("Ctrl+L")
    assert shown_number(desk) == "020 7946 0018"
