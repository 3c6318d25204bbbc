"""Dates as people say them are read to the precision the words have, and never guessed further."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.forms.dates import Precision, bounds, is_when, parse_when, precision

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "iso", "how"),
    [
        ("9 3 2026", "2026-03-09", Precision.DAY),
        ("9/3/26", "2026-03-09", Precision.DAY),
        ("09.03.2026", "2026-03-09", Precision.DAY),
        ("9/3/98", "1998-03-09", Precision.DAY),
        ("9th of March 2026", "2026-03-09", Precision.DAY),
        ("Monday 9 March 2026", "2026-03-09", Precision.DAY),
        ("March 9, 2026", "2026-03-09", Precision.DAY),
        ("9 March", "2026-03-09", Precision.DAY),
        ("25 December", "2025-12-25", Precision.DAY),
        ("29 February", "2024-02-29", Precision.DAY),
        ("today", "2026-11-22", Precision.DAY),
        ("Yesterday", "2026-11-21", Precision.DAY),
        ("Tuesday", "2026-11-17", Precision.DAY),
        ("last Sunday", "2026-11-15", Precision.DAY),
        ("3 days ago", "2026-11-19", Precision.DAY),
        ("March 2026", "2026-03", Precision.MONTH),
        ("3 2026", "2026-03", Precision.MONTH),
        ("March", "2026-03", Precision.MONTH),
        ("December", "2025-12", Precision.MONTH),
        ("last month", "2026-10", Precision.MONTH),
        ("a couple of months ago", "2026-09", Precision.MONTH),
        ("2025", "2025", Precision.YEAR),
        ("last year", "2025", Precision.YEAR),
        ("two years ago", "2024", Precision.YEAR),
        ("last week", "2026-11-09/2026-11-15", Precision.RANGE),
        ("9 to 12 March 2026", "2026-03-09/2026-03-12", Precision.RANGE),
        ("9-12 March", "2026-03-09/2026-03-12", Precision.RANGE),
        ("from 9 March to 2 April 2026", "2026-03-09/2026-04-02", Precision.RANGE),
        ("between March and May 2025", "2025-03/2025-05", Precision.RANGE),
        ("since May", "2026-05/..", Precision.ONGOING),
        ("from March until now", "2026-03/..", Precision.ONGOING),
        ("still happening", "../..", Precision.ONGOING),
        ("don’t know", "", Precision.UNKNOWN),
        ("2026-03-09", "2026-03-09", Precision.DAY),
        ("2026-03-09/..", "2026-03-09/..", Precision.ONGOING),
    ],
)
def test_words_are_read(words: str, iso: str, how: Precision) -> None:
    when = parse_when(words, SUNDAY)
    assert when is not None
    assert (when.iso, when.precision, when.words) == (iso, how, words)


@pytest.mark.parametrize(
    "words", ["", "around Christmas", "31 2 2026", "2026-13", "12 to 9 March 2026", "x", "99999"]
)
def test_what_is_no_date_stays_words(words: str) -> None:
    assert parse_when(words, SUNDAY) is None


def test_the_days_a_stored_value_can_mean() -> None:
    assert bounds("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert bounds("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert bounds("2026-03/..") == (date(2026, 3, 1), None)
    assert bounds("../..") == (None, None)
    assert bounds("rubbish") == (None, None)


@given(st.text(max_size=60), st.dates())
def test_nothing_typed_is_an_error(words: str, today: date) -> None:
    when = parse_when(words, today)
    assert when is None or when.precision is precision(when.iso)


@given(st.dates(), st.dates(min_value=date(1, 1, 1)))
def test_a_day_in_any_usual_spelling_is_that_day(day: date, today: date) -> None:
    months = "January February March April May June July August September October November December"
    month = months.split()
    for words in (
        f"{day.day} {day.month} {day.year:04d}",
        f"{day.day:02d}/{day.month:02d}/{day.year:04d}",
        f"{day.day} {month[day.month - 1]} {day.year:04d}",
        day.isoformat(),
    ):
        when = parse_when(words, today)
        assert when is not None
        assert when.iso == day.isoformat()


@given(
    st.lists(
        st.sampled_from(
            [
                "last",
                "since",
                "from",
                "to",
                "until",
                "now",
                "and",
                "between",
                "9",
                "31",
                "12th",
                "March",
                "feb",
                "2026",
                "26",
                "-",
                "/",
                "ago",
                "weeks",
                "a",
                "two",
                "Monday",
                "on",
                "of",
                "today",
                "week",
                "month",
            ]
        ),
        max_size=8,
    ).map(" ".join),
    st.dates(),
)
def test_mixed_words_give_a_valid_value_or_none(words: str, today: date) -> None:
    when = parse_when(words, today)
    if when is not None and when.iso:
        assert is_when(when.iso)
        first, last = bounds(when.iso)
        assert first is None or last is None or first <= last


@given(
    st.dates(min_value=date(1900, 1, 1)), st.integers(1, 31), st.sampled_from(["March", "feb", "Dec", "june"])
)
def test_a_date_without_a_year_is_never_to_come(today: date, day: int, month: str) -> None:
    when = parse_when(f"{day} {month}", today)
    assert when is None or when.iso <= today.isoformat()
