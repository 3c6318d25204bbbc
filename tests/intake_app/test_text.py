"""Text as it enters the store."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.text import clean_text, fsi, ltr, numbers_kept, without_isolates


@given(st.text(alphabet=st.characters()))
def test_clean_text_can_always_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean_text(cleaned) == cleaned


def test_lone_surrogate_and_nul_become_the_replacement_character() -> None:
    assert clean_text("a\x00b\ud800c\r\nd") == "a\ufffdb\ufffdc\nd"


def test_no_break_space_and_other_words_are_kept() -> None:
    assert (
        clean_text("10\u00a0mg \u200f\u0645\u0631\u062d\u0628\u0627\n")
        == "10\u00a0mg \u200f\u0645\u0631\u062d\u0628\u0627\n"
    )


@given(st.text())
def test_isolates_come_off_again(text: str) -> None:
    assert without_isolates(ltr(text)) == without_isolates(fsi(text)) == without_isolates(text)


def test_groups_of_a_number_keep_their_order_between_words_from_right_to_left() -> None:
    assert numbers_kept("اتصلت بالرقم 0113 496 0000.") == "اتصلت بالرقم \u20660113 496 0000\u2069."
    assert numbers_kept("Ring 0113 496 0000.") == "Ring 0113 496 0000."
    assert without_isolates(numbers_kept("+44 113 پر 24-7 فون")) == "+44 113 پر 24-7 فون"
