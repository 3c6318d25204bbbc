"""A long list is filtered by any words in any order, and nothing is thrown away unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from intake_app.forms.library import Library
from intake_app.forms.model import Choice
from ui import fonts
from ui.form.found_choices import matching

pytestmark = pytest.mark.usefixtures("qapp")
"""Which letters a font has is asked of Qt."""

CHOICES = tuple(
    Choice(code, label)
    for code, label in (
        ("appt", "Waiting for an appointment"),
        ("list", "Waiting list"),
        ("pol", "Łódź clinic"),
        ("ears", "Staff who listen"),
    )
)


def labels(words: str) -> list[str]:
    return [found.text for found in matching(CHOICES, words, lambda choice: choice.label)]


def test_without_words_the_whole_list_stands_in_its_order() -> None:
    assert labels("") == [one.label for one in CHOICES]


def test_every_word_counts_in_any_order_and_any_case() -> None:
    assert labels("LIST wait") == ["Waiting list"]
    assert labels("appointment waiting") == ["Waiting for an appointment"]


def test_marks_on_letters_need_not_be_typed_and_a_code_finds_too() -> None:
    assert labels("lodz") == ["Łódź clinic"]
    assert labels("EARS") == ["Staff who listen"]


def test_what_begins_with_the_words_comes_first() -> None:
    assert labels("staff") == ["Staff who listen"]
    assert labels("w")[:2] == ["Waiting for an appointment", "Waiting list"]


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_rows_of_the_list_only(words: str) -> None:
    assert set(labels(words)) <= {one.label for one in CHOICES}


LANGUAGES = Library.shipped().code_list("languages").codes


def in_welsh(choice: Choice) -> str:
    return {"Polish": "Pwyleg"}.get(choice.label, choice.label)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("اردو", "ur"), ("العربيه", "ar"), ("ਪੰਜਾਬੀ", "pa-Guru"), ("বাংলা", "bn"), ("polski", "pl"),
        ("cymraeg", "cy"), ("廣東話", "yue"), ("shahmukhi", "pa-Arab"), ("پنجابی", "pa-Arab"), ("Urdu", "ur"),
    ],
)  # fmt: skip
def test_a_language_is_found_by_its_own_name_and_by_its_english_one(words: str, code: str) -> None:
    found = matching(LANGUAGES, words, lambda choice: choice.label)
    assert code in [one.value for one in found]
    assert found[0].value == code


def test_the_english_name_finds_also_where_the_screens_speak_another_language() -> None:
    assert [one.text for one in matching(LANGUAGES, "polish", in_welsh)] == ["Pwyleg  \u2068Polski\u2069"]


def test_the_own_name_is_shown_and_not_spoken() -> None:
    (urdu,) = matching(LANGUAGES, "urdu", lambda choice: choice.label)
    assert (urdu.text, urdu.spoken) == ("Urdu  \u2068اردو\u2069", "Urdu")
    (easy,) = matching(LANGUAGES, "easy", lambda choice: choice.label)
    assert easy.text == "Easy Read English"


def test_letters_that_no_font_has_are_not_shown() -> None:
    for choice in LANGUAGES:
        own = choice.filter.get("own_name", "")
        (row,) = [one for one in matching(LANGUAGES, "", lambda one: one.label) if one.value == choice.code]
        assert own not in row.text or fonts.can_show(own, fonts.for_any_script(QApplication.font())), own
        assert row.text.startswith(choice.label)
