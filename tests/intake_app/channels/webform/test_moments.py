"""When a response came: every way in which forms write it, and never a guess between March and September."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.webform.moments import Order, day_of, moment_of, order_of

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-09T10:15:00Z", "2026-03-09T10:15:00.000Z"),
        ("2026-07-09 10:15", "2026-07-09T09:15:00.000Z"),
        ("2026-07-09T10:15:00.123+02:00", "2026-07-09T08:15:00.000Z"),
        ("09/03/2026 10:15:33", "2026-03-09T10:15:33.000Z"),
        ("09/07/2026 10:15 UTC", "2026-07-09T10:15:00.000Z"),
        ("Mon, 9 March 2026 2:05 pm", "2026-03-09T14:05:00.000Z"),
        ("9.3.26 12:30 am", "2026-03-09T00:30:00.000Z"),
        ("09-Mar-2026 10:00", "2026-03-09T10:00:00.000Z"),
        ("46090.5", "2026-03-09T12:00:00.000Z"),
        ("2026-03-09", "2026-03-09T12:00:00.000Z"),
    ],
)
def test_it_is_read_as_english_time_where_no_zone_is_named(text: str, utc: str) -> None:
    found = moment_of(text, True, TODAY)
    assert found is not None
    assert found.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    ["", "10:15", "31/02/2026", "13/13/2026", "March 2026", "Monday", "2026-03-09 25:00", "12345678", "soon"],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_of(text, True, TODAY) is None


def test_the_month_may_come_first() -> None:
    assert day_of("3/9/2026", False, TODAY) == "2026-03-09"
    assert day_of("3/9/2026", True, TODAY) == "2026-09-03"
    assert day_of("12/31/2025", True, TODAY) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["2026-03-09", "9 March 2026"], Order.NONE),
        (["3/9/2026 10:15", "1/2/2026"], Order.EITHER),
        (["3/9/2026", "13/9/2026 10:15"], Order.DAY_FIRST),
        (["3/9/2026", "3/13/2026 10:15 AM"], Order.MONTH_FIRST),
        (["13/9/2026", "9/13/2026"], Order.MIXED),
    ],
)
def test_dates_say_of_themselves_what_they_can(texts: list[str], order: Order) -> None:
    assert order_of(texts) is order


@given(text=st.text(alphabet="0123456789/-.: TZ+apm", max_size=30), day_first=st.booleans())
def test_no_text_is_more_than_a_moment_can_be(text: str, day_first: bool) -> None:
    found = moment_of(text, day_first, TODAY)
    assert found is None or found.isoformat()


@given(day=st.dates(date(1990, 1, 1), date(2026, 11, 25)), day_first=st.booleans())
def test_a_day_comes_back_in_the_order_in_which_it_was_written(day: date, day_first: bool) -> None:
    text = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert day_of(text, day_first, TODAY) == day.isoformat()
