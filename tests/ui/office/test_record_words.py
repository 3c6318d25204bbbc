"""A record is read in words: danger first, the story as it was said, three different kinds of no answer."""

import pytest

from intake_app import drafting
from intake_app.channels.outreach import respondent
from intake_app.forms.library import Library
from intake_app.records import Answer, AnswerState, Source
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


def test_an_answer_that_was_chosen_in_another_language_is_read_in_that_of_the_screens(
    library: Library,
) -> None:
    question = library.latest("feedback").question("experience_kind")
    answer = Answer(value="bad", label="Złe doświadczenie", language="pl")
    assert answer_words(question, answer, library) == "Bad experience"


def test_what_the_person_did_alone_is_said(desk: Desk, library: Library) -> None:
    draft = desk.draft
    draft = respondent.with_own_words(draft, "Cold", desk.workplace.ids)
    key = f"item:{draft.record.items[0].id}"
    draft = drafting.with_answer(draft, key, "experience_kind", Answer(value="bad", source=Source.PERSON))
    told = record_words(draft.record, library)
    assert "Answered by the person alone, on our screen: 1; they passed over 0" in told
    assert "They wrote it themselves." in told
    changed = drafting.with_narrative(draft, "Very cold", desk.workplace.ids, "zoe")
    told = record_words(changed.record, library, name_of={"zoe": "Zoë"}.get)  # type: ignore[arg-type]
    assert "Changed afterwards by" in told
