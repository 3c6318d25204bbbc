"""What staff read of question sets and code lists in the language of the screens."""

import pytest

from intake_app.forms.library import Library
from intake_app.forms.model import text_key


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.shipped()


@pytest.mark.parametrize(
    ("screens", "welsh", "english"),
    [
        ("pl", "walijski", "angielski"),
        ("cy", "Cymraeg", "Saesneg"),
        ("ar", "الويلزية", "الإنجليزية"),
        ("en", "Welsh", "English"),
        ("en-XA", "Welsh", "English"),
    ],
)
def test_languages_are_called_as_the_screens_call_them(
    library: Library, screens: str, welsh: str, english: str
) -> None:
    assert library.code_label("languages", "cy", screens) == welsh
    assert library.code_label("languages", "en-GB", screens) == english
    shown = library.latest("person").wording(screens).code_labels
    assert shown.get(text_key("spoken_language", "label", "cy"), "Welsh") == welsh


def test_what_babel_does_not_know_keeps_its_english_name(library: Library) -> None:
    assert library.code_label("languages", "en-GB-x-easyread", "pl") == "Easy Read English"


def test_when_to_ring_whom_in_danger_is_said_in_the_language_of_the_screens(library: Library) -> None:
    assert library.code_text("signposting", "police_101", "applies_when", "en") == "A crime that is over"
    assert library.code_text("signposting", "police_101", "applies_when", "cy") == "Trosedd sydd drosodd"
    assert library.code_text("signposting", "shout", "text", "cy") == "85258"
    assert library.code_text("signposting", "samaritans", "text", "cy") == ""
