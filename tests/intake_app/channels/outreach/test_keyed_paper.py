"""Numbers on paper forms: counted up, gaps and doubles found; what a form asks and when it was received."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import drafting, taking_down
from intake_app.channels.outreach.asked import asked
from intake_app.channels.outreach.keyed_paper import (
    doubled,
    in_sample,
    missing,
    next_number,
    received_at,
    spans,
)
from intake_app.drafting import item_key
from intake_app.forms.library import Library
from intake_app.records import Answer
from intake_app.times import IdMaker, Instant

NOW = Instant.parse("2026-11-20T09:14:00.000Z")
NUMBERS = st.lists(st.integers(1, 300), max_size=60)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.shipped()


@given(NUMBERS, st.integers(0, 300))
def test_the_next_number_is_on_no_form_and_none_was_passed_over(taken: list[int], after: int) -> None:
    number = next_number(after, taken)
    assert number > after
    assert number not in taken
    assert set(range(after + 1, number)) <= set(taken)


@given(NUMBERS)
def test_gaps_and_doubles_are_exactly_those(numbers: list[int]) -> None:
    gaps = missing(numbers)
    assert not set(gaps) & set(numbers)
    if numbers:
        assert set(gaps) | set(numbers) == set(range(min(numbers), max(numbers) + 1))
    assert list(doubled(numbers)) == sorted({one for one in numbers if numbers.count(one) > 1})
    assert [n for first, last in spans(gaps) for n in range(first, last + 1)] == list(gaps)


def test_a_number_with_many_digits_too_much_makes_no_endless_list() -> None:
    assert missing([1, 900_000, 999_999]) == tuple(range(2, 1002))


def test_a_form_was_received_on_its_day_and_not_when_it_is_keyed() -> None:
    assert received_at(date(2026, 11, 20), NOW) == NOW
    assert received_at(date(2026, 6, 1), NOW).isoformat() == "2026-06-01T11:00:00.000Z"


def test_every_tenth_form_is_keyed_twice() -> None:
    assert [one for one in range(41) if in_sample(one)] == [10, 20, 30, 40]


def test_what_staff_note_is_not_asked_of_the_person(library: Library) -> None:
    draft = taking_down.new_draft(library, IdMaker(lambda: NOW), NOW, "d")
    names = [one.question.id for one in asked(draft, library)]
    assert names[0] == "about_whom"
    assert not {"confidentiality_said", "danger_asked", "channel", "topics", "outcome"} & set(names)
    assert "told_service" not in names
    key = item_key(draft.record.items[0].id)
    bad = drafting.with_answer(draft, key, "experience_kind", Answer(value="bad"))
    assert "told_service" in [one.question.id for one in asked(bad, library)]
