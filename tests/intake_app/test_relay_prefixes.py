"""The prefix is recognised and kept apart; the number is what it is without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.relay_prefixes import PREFIXES, Dialled, call_back, split_prefix


@pytest.mark.parametrize(
    ("dialled", "found"),
    [
        ("18001 020 7946 0000", Dialled("18001", "020 7946 0000")),
        ("1800102079460000", Dialled("18001", "02079460000")),
        ("18002-03000 616161", Dialled("18002", "03000 616161")),
        ("18001 +44 20 7946 0000", Dialled("18001", "+44 20 7946 0000")),
        ("18001 111", Dialled("18001", "111")),
        ("18000", Dialled("18000", "")),
        ("020 7946 0000", Dialled("", "020 7946 0000")),
        ("1800123", Dialled("", "1800123")),
        ("18003 020 7946 0000", Dialled("", "18003 020 7946 0000")),
        ("", Dialled("", "")),
    ],
)
def test_the_prefix_is_no_part_of_the_number(dialled: str, found: Dialled) -> None:
    assert split_prefix(dialled) == found


@given(
    st.sampled_from(PREFIXES), st.from_regex(r"0[0-9]{9,10}", fullmatch=True), st.sampled_from(["", " ", "-"])
)
def test_any_prefix_before_any_number(prefix: str, number: str, between: str) -> None:
    assert split_prefix(prefix + between + number) == Dialled(prefix, number)


@given(st.text())
def test_nothing_is_lost_of_what_is_no_relay_number(dialled: str) -> None:
    found = split_prefix(dialled)
    assert found.by_relay or found.number == dialled.strip()


def test_calling_back_takes_the_other_prefix() -> None:
    assert call_back("18001 020 7946 0000") == "18002 020 7946 0000"
    assert call_back("020 7946 0000") == "18002 020 7946 0000"
    assert call_back("") == ""


def test_staff_who_type_call_back_with_the_prefix_for_who_types() -> None:
    assert call_back("020 7946 0000", came_with="18002") == "18001 020 7946 0000"
    assert call_back("020 7946 0000", came_with="18000") == "18002 020 7946 0000"
