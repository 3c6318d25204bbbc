"""GA and SK are taken off the end of a turn and kept as marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.relay.marks import Marked, read_marks


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("HELLO I WANT TO TELL ABOUT MY GP GA", Marked("HELLO I WANT TO TELL ABOUT MY GP", go_ahead=True)),
        ("hello ga", Marked("hello", go_ahead=True)),
        ("THANK YOU BYE SK SK", Marked("THANK YOU BYE", ends=True)),
        ("THANK YOU BYE SKSK", Marked("THANK YOU BYE SKSK")),
        ("THAT IS ALL GA OR SK", Marked("THAT IS ALL", go_ahead=True, ends=True)),
        ("THAT IS ALL GA TO SK.", Marked("THAT IS ALL", go_ahead=True, ends=True)),
        ("GA", Marked("", go_ahead=True)),
        ("I WENT TO THE SPA", Marked("I WENT TO THE SPA")),
        ("MY GA WAS RUDE", Marked("MY GA WAS RUDE")),
        ("THIS OR", Marked("THIS OR")),
        ("", Marked("")),
    ],
)
def test_only_the_end_of_a_turn_is_read(typed: str, marked: Marked) -> None:
    assert read_marks(typed) == marked


@given(st.text())
def test_no_word_inside_is_ever_changed(typed: str) -> None:
    assert typed.strip().startswith(read_marks(typed).words)


@given(st.text())
def test_reading_twice_finds_no_more(typed: str) -> None:
    once = read_marks(typed).words
    assert read_marks(once).words == once
