"""A record is read in words: danger first, the story as it was said, three different kinds of no answer."""

import pytest

from intake_app.forms.library import Library
from intake_app.records import Answer, AnswerState
from tests.ui.record.desk import Desk
from ui.record_list.record_words import answer_words, record_words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AnswerState.DECLINED, "They preferred not to say"),
        (AnswerState.NOT_ASKED, "Not asked"),
        (AnswerState.DONT_KNOW, "They do not know"),
    ],
)
def test_no_answer_is_one_of_three_facts(state: AnswerState, words: str, library: Library) -> None:
    assert answer_words(None, Answer(state=state), library) == words


def test_danger_comes_first_and_the_story_as_it_was_said(desk: Desk) -> None:
    desk.type("She waited six hours.")
    desk.press("F7", times=2)
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    words = record_words(record, desk.workplace.library)
    assert "She waited six hours." in words
    assert words.lower().index("danger") < words.index("She waited six hours.")
