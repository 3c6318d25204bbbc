"""F1 says what is asked here and why; pressed again it lists the keys. It never moves the focus by itself."""

import pytest

from tests.ui.record.desk import Desk


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ((), "The story in the person’s own words"),
        (("F2",), "The story can help only where we know whom it is about"),
        (("Ctrl+5",), "The service can put things right only if it knows"),
        (("Ctrl+6",), "Only if they want to be named or called"),
        (("F7", "Tab", "Tab", "Tab"), "Help must find the person"),
    ],
)
def test_f1_tells_what_the_question_is_for(desk: Desk, keys: tuple[str, ...], says: str) -> None:
    desk.type("She waited.")
    desk.press("F4")
    for key in keys or ("F4",):
        desk.press(key)
    before = desk.focus()
    desk.press("F1")
    assert says in desk.last_said()
    assert desk.focus() is before


def test_what_may_be_said_is_told_with_it(desk: Desk) -> None:
    desk.press("Ctrl+5")
    desk.press("F1")
    assert "You may say: “" in desk.last_said()
    assert "May we tell the service that this came from you?" in desk.last_said()


def test_f1_again_lists_the_keys_and_esc_comes_back(desk: Desk) -> None:
    desk.type("She waited.")
    desk.press("F1")
    desk.press("F1")
    assert desk.focused() == "key_rows"
    desk.press("Esc")
    assert desk.focused() == "narrative"
    desk.press("F1")
    assert "own words" in desk.last_said()


def test_another_question_is_told_first_however_often_f1_was_pressed(desk: Desk) -> None:
    desk.press("Ctrl+5")
    desk.press("F1")
    first = desk.last_said()
    desk.press("Ctrl+6")
    desk.press("F1")
    assert desk.last_said() != first
    assert desk.focused() == "person_name"
