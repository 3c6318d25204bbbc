"""Whatever a phone system hands over, the number is right, withheld, or said to be unreadable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.caller_number import CallerNumber, is_link, read


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("020 7946 0018", "020 7946 0018"),
        ("tel:+44-20-7946-0018", "+44-20-7946-0018"),
        ("TEL:+442079460018;phone-context=example.com", "+442079460018"),
        ("tel:02079460018;ext=21", "02079460018 ext. 21"),
        ("tel://02079460018", "02079460018"),
        ("intake-call:tel:+44%2020%207946%200018", "+44 20 7946 0018"),
        ("intake-call://02079460018?line=3", "02079460018"),
        ("sip:02079460018@pbx.example.org;user=phone", "02079460018"),
        ("tel:18001 020 7946 0018", "18001 020 7946 0018"),
        ("999", "999"),
        ("\uff10\uff12\uff10\u00a07946\u00a00018", "020 7946 0018"),
    ],
)
def test_a_number_is_read(given: str, number: str) -> None:
    assert read(given) == CallerNumber(number)


@pytest.mark.parametrize("given", ["", " ", "tel:", "Anonymous", "sip:anonymous@x.invalid", "WITHHELD"])
def test_a_withheld_number_is_none_and_no_mistake(given: str) -> None:
    assert read(given) == CallerNumber("")


@pytest.mark.parametrize(
    "given",
    ["tel:hello", "tel:+", "12", "0" * 21, "tel:020<script>", "tel:%00%ff", "--new", "*43#", "x" * 100_000],
)
def test_what_is_no_number_is_never_guessed_at(given: str) -> None:
    assert read(given) == CallerNumber("", readable=False)


@given(st.text(max_size=500))
def test_anything_gives_an_answer_that_can_be_shown(given: str) -> None:
    found = read(given)

    assert found.readable or not found.number
    assert set(found.number) <= set("+0123456789 ()./-ext")
    assert read(found.number).number == found.number or "ext" in found.number


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("tel:020", True),
        ("TEL:020", True),
        ("intake-call:020", True),
        ("status", False),
        ("telephone", False),
    ],
)
def test_links_are_told_from_commands(text: str, link: bool) -> None:
    assert is_link(text) is link
