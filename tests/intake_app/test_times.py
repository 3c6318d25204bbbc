"""Instants, civil dates in England, and ids that sort by time."""

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.times import IdMaker, Instant, milliseconds_of, named_id


def test_summer_evening_in_utc_is_the_next_civil_day_in_england() -> None:
    assert Instant.of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).civil == date(2026, 7, 2)


def test_winter_evening_keeps_its_day() -> None:
    assert Instant.of(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)).civil == date(2026, 1, 1)


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Instant.of(datetime(2026, 1, 1))  # noqa: DTZ001 - what is tested


@given(st.integers(0, 4_000_000_000_000))
def test_instant_survives_its_text(milliseconds: int) -> None:
    assert Instant.parse(Instant(milliseconds).isoformat()) == Instant(milliseconds)


@given(st.lists(st.integers(1_700_000_000_000, 1_900_000_000_000), min_size=2, max_size=50))
def test_ids_sort_in_the_order_they_were_made_even_when_the_clock_goes_back(ticks: list[int]) -> None:
    times = iter(ticks)
    make = IdMaker(lambda: Instant(next(times)))
    made = [make() for _ in ticks]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(uuid.UUID(one).version == 7 and uuid.UUID(one).variant == uuid.RFC_4122 for one in made)


def test_id_tells_its_time() -> None:
    make = IdMaker(lambda: Instant(1_795_000_000_123))
    assert milliseconds_of(make()) == 1_795_000_000_123


def test_other_uuid_tells_no_time() -> None:
    with pytest.raises(ValueError, match="UUIDv7"):
        milliseconds_of(str(uuid.uuid4()))


def test_an_id_named_by_its_text_is_the_same_everywhere_and_tells_no_time() -> None:
    assert named_id("joined") == named_id("joined") != named_id("other")
    assert uuid.UUID(named_id("joined")).variant == uuid.RFC_4122
    assert uuid.UUID(named_id("\ud800")).version == 8
