"""A person's details open with their organisation's key only, and match without being opened."""

import pytest

from intake_app.errors import StoreDamaged
from intake_app.people import PersonDetails
from intake_app.records import Answer, SetRef
from intake_app.store import seal

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def details(number: str = "020 7946 0018") -> PersonDetails:
    return PersonDetails(
        id="01a1f872-de40-7b33-a703-cf459aee0a25",
        question_set=SetRef(id="person", version="0"),
        number=number,
        answers={"email": Answer(value="Zoe@Example.org")},
    )


def test_sealed_details_show_nothing_and_open_whole() -> None:
    sealed = seal.seal(details(), KEY, None)
    assert "7946" not in sealed.to_json()
    assert "example" not in sealed.to_json().lower()
    assert seal.unseal(sealed, KEY) == details()


def test_another_organisations_key_opens_nothing() -> None:
    sealed = seal.seal(details(), KEY, None)
    with pytest.raises(StoreDamaged):
        seal.unseal(sealed, OTHER_KEY)
    assert seal.unseal_with(sealed, [OTHER_KEY, KEY]) == details()


def test_an_altered_seal_is_told() -> None:
    sealed = seal.seal(details(), KEY, None)
    other = seal.seal(details("020 7946 0019"), KEY, None)
    with pytest.raises(StoreDamaged):
        seal.unseal(sealed.model_copy(update={"sealed": other.sealed[:-8] + sealed.sealed[-8:]}), KEY)


@pytest.mark.parametrize(
    "written", ["020 7946 0018", "+44 20 7946 0018", "(020) 79460018", "18001 020 7946 0018"]
)
def test_a_number_matches_however_it_is_written(written: str) -> None:
    assert seal.tag_of(written, KEY) == seal.tag_of("02079460018", KEY)
    assert seal.tag_of(written, KEY) in seal.tags_of(details(), KEY)


def test_an_email_matches_in_any_case_and_other_words_match_nothing() -> None:
    assert seal.tag_of("zoe@example.org", KEY) in seal.tags_of(details(), KEY)
    assert seal.tag_of("no number", KEY) == ""
    assert seal.tag_of("zoe@example.org", OTHER_KEY) != seal.tag_of("zoe@example.org", KEY)


def test_text_of_a_draft_is_sealed_for_that_draft() -> None:
    sealed = seal.seal_text("Flat 3", KEY, "draft 1")
    assert seal.unseal_text(sealed, KEY, "draft 1") == "Flat 3"
    assert seal.seal_text("", KEY, "draft 1") == seal.unseal_text("", KEY, "draft 1") == ""
    with pytest.raises(StoreDamaged):
        seal.unseal_text(sealed, KEY, "draft 2")
