"""Dates, times, numbers and lists as people read them."""

from collections.abc import Iterator
from datetime import date

import pytest

from intake_app import formats, i18n
from intake_app.times import Instant

SUMMER = Instant.parse("2026-07-01T23:30:00Z")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use_language("en")


def test_times_are_those_on_the_wall_in_england() -> None:
    assert formats.clock_time(SUMMER) == "00:30"
    assert formats.long_moment(SUMMER) == "2 July 2026, 00:30"
    assert formats.weekday_moment(SUMMER) == "Thu 00:30"


def test_dates_are_written_as_in_england() -> None:
    day = date(2026, 3, 9)

    assert formats.long_date(day) == "9 March 2026"
    assert formats.short_date(day) == "9 Mar 2026"
    assert formats.full_date(day) == "Monday 9 March 2026"
    assert formats.month(day) == "March 2026"


def test_numbers_lists_and_sizes() -> None:
    assert formats.number(12_345) == "12,345"
    assert formats.percent(0.42) == "42%"
    assert formats.listing(["a", "", "b", "c"]) == "a, b and c"
    assert formats.listing([]) == ""
    assert formats.size(0) == "0 bytes"
    assert formats.size(1_400_000) == "1.4 MB"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (1, "1 second"), (60, "1 minute"), (462.9, "7 minutes 42 seconds"), (-5, "0 seconds")],
)
def test_durations_are_words_to_be_spoken(seconds: float, words: str) -> None:
    assert formats.duration(seconds) == words


@pytest.mark.parametrize("tag", ["ar", "ur", "bn", "pa-Guru", "pa-Arab", "pnb", "prs", "zh-Hant", "so",
                                 "en-XA", "ar-XB", "en-GB-x-easyread", "zz", "bfi"])  # fmt: skip
def test_digits_are_latin_in_every_language(tag: str) -> None:
    locale = formats._locale_of(tag)
    from babel.dates import format_date

    assert "2026" in format_date(date(2026, 3, 9), "long", locale=locale)


def test_a_right_to_left_language_has_its_own_words() -> None:
    i18n.use_language("ar-XB")

    assert formats.long_date(date(2026, 3, 9)) == "9 مارس 2026"


def test_a_day_is_written_in_the_persons_language_whatever_the_screens_are_in() -> None:
    day = date(2026, 3, 9)
    assert formats.long_date_in(day, "pl") == "9 marca 2026"
    assert formats.long_date_in(day, "en-GB-x-easyread") == "9 March 2026"
    assert "2026" in formats.long_date_in(day, "ur"), "Latin digits, as on the screens"


def test_preparing_touches_everything_that_is_slow_at_first() -> None:
    formats.prepare()
