"""A record is read in words: danger first, the story as it was said, three different kinds of no answer."""

import json

import pytest

from intake_app import drafting, taking_down
from intake_app.channels.outreach import respondent
from intake_app.forms.library import Library
from intake_app.passages import MessageRef, Reply
from intake_app.records import Answer, AnswerState, NarrativeKind, Source
from intake_app.text import without_isolates
from tests.ui.record.desk import Desk
from ui.record_list.record_words import answer_words, record_words
from ui.settling.words import place_words, value_words


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


def test_a_story_says_through_which_interpreter_it_came(desk: Desk) -> None:
    workplace = desk.workplace
    draft = taking_down.new_draft(workplace.library, workplace.ids, desk.clock(), "device")
    draft = drafting.with_narrative(draft, "He waited six hours.", workplace.ids)
    story = draft.record.narratives[0].id
    for language in ("pl", "ur"):
        draft = taking_down.add_session(draft, workplace.library, workplace.ids, "interpreter", desk.clock())
        key = drafting.session_key(draft.record.sessions[-1].id)
        draft = drafting.with_answer(draft, key, "language", Answer(value=language))
    draft = drafting.with_kind(draft, story, NarrativeKind.INTERPRETED)

    words = without_isolates(record_words(draft.record, workplace.library))
    assert "Through: Spoken-language interpreter, number 2, Urdu.\n" in words
    assert words.index("Through: ") < words.index("He waited six hours.")

    (told,) = draft.record.narratives
    elsewhere = told.model_copy(update={"session": "a session that is not here"})
    record = draft.record.model_copy(update={"narratives": (elsewhere,)})
    assert "Through: " not in record_words(record, workplace.library)


def test_replies_stand_in_it_with_who_wrote_them_and_in_a_difference(desk: Desk) -> None:
    library = desk.workplace.library
    desk.type("Nobody rang back.")
    desk.press("F12", times=2)
    desk.settle()
    (record,) = desk.records()
    reply = Reply(id="1", at=record.received, by="sam", template="ask_more", language="pl", way="program")
    record = record.model_copy(update={"replies": (reply,), "message": MessageRef(id="jo@example.org")})
    words = record_words(record, library, name_of=lambda _id: "Sam")
    assert "Replies written\nWe ask for more, Polish, " in words
    assert "opened in the mail program, by \u2068Sam\u2069" in words
    assert "jo@example.org" not in words
    value = json.loads(record.to_json())["replies"][0]
    assert place_words(("replies", "1"), record, library) == "A reply to the email"
    assert value_words(("replies", "1"), value, record, library).startswith("We ask for more")
    assert place_words(("message",), record, library) == "The email that it was made of"
    assert "jo@" not in value_words(("message",), {"id": "jo@example.org"}, record, library)


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
