"""What makes two stories alike: rare words in both, whatever their order, case, accents or script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.store.likeness import MOST_WORDS, Likeness, alike, likeness, rare_up_to, telling_words

STORIES = st.text(alphabet="abcdefghij klmnop ąłéü المستشفى 医院走廊", max_size=120)
WORDS = st.lists(st.sampled_from(["trolley", "corridor", "handover", "sepsis", "radiator"]), max_size=6)


@given(STORIES)
def test_a_story_is_wholly_like_itself(story: str) -> None:
    told = telling_words(story)
    found = likeness(told, told, set(told))
    assert found == Likeness(tuple(sorted(told)), 1.0 if told else 0.0)


@given(STORIES, STORIES, st.sets(st.sampled_from("abcdefghij")))
def test_it_makes_no_difference_which_comes_first(one: str, other: str, rare: set[str]) -> None:
    first, second = telling_words(one), telling_words(other)
    assert likeness(first, second, rare) == likeness(second, first, rare)
    assert 0.0 <= likeness(first, second, rare).share <= 1.0
    assert set(likeness(first, second, rare).words) <= rare & set(first) & set(second)


@given(WORDS, st.randoms())
def test_order_case_and_marks_do_not_matter(words: list[str], chance: object) -> None:
    shuffled = list(words)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(telling_words(" ".join(words))) == set(telling_words("! ".join(shuffled).upper()))


@given(STORIES)
def test_the_commonest_words_tell_nothing(story: str) -> None:
    assert set(telling_words(f"{story} and then they were there with her")) == set(telling_words(story))


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_more_records_make_no_word_less_rare(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert 3 <= rare_up_to(fewer) <= rare_up_to(more) <= 150


def test_scripts_without_spaces_tell_by_neighbouring_characters() -> None:
    assert telling_words("医院走廊") == ("医 院", "院 走", "走 廊")
    assert "شكرا" in telling_words("شكرا")


def test_a_very_long_story_is_bounded() -> None:
    assert len(telling_words(" ".join(f"word{number}" for number in range(5000)))) == MOST_WORDS


@pytest.mark.parametrize(
    ("words", "share", "same_service", "offered"),
    [
        (("corridor", "trolley"), 0.4, True, True),
        (("corridor", "trolley"), 0.4, False, False),
        (("trolley",), 1.0, True, False),
        (("corridor", "trolley"), 0.1, True, False),
        (("a", "b", "c", "d"), 0.6, False, True),
        (("a", "b", "c"), 0.9, False, False),
    ],
)
def test_one_service_in_common_makes_less_enough(
    words: tuple[str, ...], share: float, same_service: bool, offered: bool
) -> None:
    assert alike(Likeness(words, share), same_service) is offered
