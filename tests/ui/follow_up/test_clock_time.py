"""Times are read as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.follow_up.clock_time import read_time, time_words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9", 540), ("9:00", 540), ("0900", 540), ("14.30", 870), ("1430", 870), (" 2:30 pm ", 870),
        ("12 am", 0), ("12pm", 720), ("24:00", 1440), ("00:00", 0),
    ],
)  # fmt: skip
def test_a_time_is_read(text: str, minutes: int) -> None:
    assert read_time(text) == minutes


@pytest.mark.parametrize("text", ["", "noon", "25:00", "9:60", "13 pm", "0 am", "9:0", "24:01", "١٠:٠٠"])
def test_what_is_no_time_is_not_guessed_at(text: str) -> None:
    assert read_time(text) is None


@given(st.integers(0, 1439))
def test_what_is_written_is_read_again(minutes: int) -> None:
    assert read_time(time_words(minutes)) == minutes
