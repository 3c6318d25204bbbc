"""What people chose on a form becomes our choices by its words; what fits none is left over, never lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.channels.webform.answers import AnswerReader, ReadAnswer, Unread
from intake_app.channels.webform.mapping import plain, targets
from intake_app.forms.library import Library
from intake_app.records import AnswerState, Source

TODAY = date(2026, 11, 25)


def read(
    library: Library, key: str, text: str, title: str = "Title", day_first: bool = True, **chosen: str
) -> ReadAnswer:
    question = targets(library)[key].question
    return AnswerReader(library, day_first).read(question, title, text, chosen, TODAY)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("feedback:experience_kind", "Good experience", "good"),
        ("feedback:experience_kind", "  GOOD Experience. ", "good"),
        ("feedback:experience_kind", "both", "both"),
        ("feedback:told_service", "I’ve made a formal complaint", "complained"),
        ("frame:may_contact", "Yes", "yes"),
        ("equality:ethnic_group", "White: English, Welsh, Scottish, Northern Irish or British", None),
    ],
)
def test_a_choice_is_known_by_its_words(library: Library, key: str, text: str, code: str | None) -> None:
    found = read(library, key, text)
    if code is None:
        labels = {one.label for one in targets(library)[key].question.choices}
        assert (found.answer is not None) == (text in labels)
        return
    assert found.answer is not None
    assert (found.answer.value, found.answer.label, found.left) == (code, text, "")
    assert found.answer.source is Source.IMPORTED


def test_not_to_say_and_not_to_know_are_two_facts(library: Library) -> None:
    states = [
        found.answer.state
        for text in ("Prefer not to say", "I don't know")
        if (found := read(library, "feedback:worked_there", text)).answer
    ]
    assert states == [AnswerState.DECLINED, AnswerState.DONT_KNOW]
    # Where it is a choice of the question, it is that choice.
    sex = read(library, "equality:sex", "Prefer not to say").answer
    assert sex is not None
    assert sex.value == "prefer_not"


def test_what_is_no_choice_is_left_over_until_a_person_says_what_it_means(library: Library) -> None:
    key = "feedback:experience_kind"
    assert read(library, key, "Middling") == ReadAnswer(None, "Middling", Unread.CHOICE)
    meant = read(library, key, "Middling", middling="both").answer
    assert meant is not None
    assert (meant.value, meant.label) == ("both", "Middling")
    assert read(library, key, "Middling", middling="") == ReadAnswer(None, "Middling", "")


@pytest.mark.parametrize("text", ["Phone;Email;", "Phone, Email", "Phone\nEmail", "email | PHONE"])
def test_several_choices_in_one_cell_are_parted(library: Library, text: str) -> None:
    found = read(library, "frame:contact_how", text)
    assert found.answer is not None
    assert (sorted(found.answer.value), found.left) == (["email", "phone"], "")


def test_of_several_the_one_that_is_no_choice_is_left(library: Library) -> None:
    found = read(library, "frame:contact_how", "Email;Carrier pigeon;")
    assert found.answer is not None
    assert (found.answer.value, found.left, found.reason) == (["email"], "Carrier pigeon", Unread.CHOICE)


def test_a_column_for_one_choice_says_that_it_was_ticked(library: Library) -> None:
    for text, value in (
        ("1", ["email"]),
        ("Yes", ["email"]),
        ("Email", ["email"]),
        ("0", None),
        ("No", None),
    ):
        found = read(library, "frame:contact_how", text, "How may we contact you? – Email")
        assert (found.answer.value if found.answer else None) == value
        assert found.left == ""


def test_days_are_read_in_the_order_of_the_file_and_their_words_are_kept(library: Library) -> None:
    key = "feedback:when_happened"
    for text, day_first, iso in (
        ("3/9/2026", True, "2026-09-03"),
        ("3/9/2026", False, "2026-03-09"),
        ("March 2026", True, "2026-03"),
        ("It is still happening", True, "../.."),
        ("around the time of the snow", True, "around the time of the snow"),
    ):
        found = read(library, key, text, day_first=day_first).answer
        assert found is not None
        assert (found.value, found.label) == (iso, text)


@given(text=st.text(min_size=1, max_size=60), key=st.sampled_from(["feedback:topics", "frame:contact_how"]))
def test_no_words_are_lost_among_several_choices(library: Library, text: str, key: str) -> None:
    found = read(library, key, text)
    if found.answer is None:
        assert plain(found.left).split() == plain(text).split()
