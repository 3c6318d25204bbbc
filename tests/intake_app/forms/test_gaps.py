"""The time between two services, as people say it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.forms.gaps import parse_gap

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("3 weeks later", "P3W"), ("about two days", "P2D"), ("the next day", "P1D"),
        ("a month after", "P1M"), ("6 hours", "PT6H"), ("The same day", "P0D"),
        ("after a couple of years.", "P2Y"),
        ("9 3 2026", "2026-03-09"), ("March 2026", "2026-03"),
        ("when the snow melted", ""), ("ongoing", ""), ("", ""), ("0 days", "P0D"),
    ],
)  # fmt: skip
def test_words_for_the_time_between_are_read(words: str, read: str) -> None:
    assert parse_gap(words, TODAY) == read


@given(st.text())
def test_no_words_are_too_odd(words: str) -> None:
    assert isinstance(parse_gap(words, TODAY), str)
