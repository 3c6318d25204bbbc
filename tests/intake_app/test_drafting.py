"""What may be done to a draft: each act gives another draft and leaves the first as it was."""

import pytest

from intake_app import drafting
from intake_app.drafting import FRAME, PERSON, Draft, Place
from intake_app.records import Answer, Item, Narrative, NarrativeKind, Record, SetRef, Sheet
from intake_app.times import Instant

MORNING = Instant.parse("2026-11-20T10:14:00.000Z")


@pytest.fixture
def draft() -> Draft:
    feedback = SetRef(id="feedback", version="0")
    record = Record(
        id="01a1f872-de40-7ca0-82d2-8752f6bae434",
        device="device",
        started=MORNING,
        received=MORNING,
        frame=Sheet(question_set=SetRef(id="frame", version="0")),
        items=(Item(id="one", question_set=feedback), Item(id="two", question_set=feedback)),
        narratives=(Narrative(id="story", text="She waited."),),
    )
    return Draft(record=record)


def test_an_answer_is_given_replaced_and_taken_away(draft: Draft) -> None:
    yes = drafting.with_answer(draft, FRAME, "may_quote", Answer(value="yes"))
    no = drafting.with_answer(yes, FRAME, "may_quote", Answer(value="no"))
    assert yes.record.frame.value("may_quote") == "yes"
    assert no.record.frame.value("may_quote") == "no"
    assert drafting.with_answer(no, FRAME, "may_quote", None) == draft


def test_an_answer_goes_to_its_own_item(draft: Draft) -> None:
    changed = drafting.with_answer(draft, drafting.item_key("two"), "care", Answer(value="health"))
    assert [one.value("care") for one in changed.record.items] == [None, "health"]


def test_an_answer_to_a_sheet_that_is_not_open_is_refused(draft: Draft) -> None:
    with pytest.raises(KeyError):
        drafting.with_answer(draft, PERSON, "person_name", Answer(value="Zoë"))
    with pytest.raises(KeyError):
        drafting.with_answer(draft, drafting.item_key("three"), "care", None)


def test_the_story_is_replaced_and_other_narratives_stay(draft: Draft) -> None:
    translation = Narrative(id="other", text="Ella", kind=NarrativeKind.TRANSLATION)
    both = drafting.with_record(draft, narratives=(translation, *draft.record.narratives))
    changed = drafting.with_narrative(both, "She waited long.", lambda: "new")
    assert [one.text for one in changed.record.narratives] == ["Ella", "She waited long."]


def test_a_record_without_a_story_gets_one_that_its_items_cite(draft: Draft) -> None:
    without = drafting.with_record(draft, narratives=())
    changed = drafting.with_narrative(without, "Words", lambda: "new", by="sam")
    assert drafting.story(changed) == Narrative(id="new", text="Words", by="sam")
    assert all(one.narratives == ("new",) for one in changed.record.items)


def test_a_removed_item_is_put_back_where_it_stood(draft: Draft) -> None:
    removed = draft.record.items[0]
    shorter = drafting.remove_item(draft, "one")
    assert [one.id for one in shorter.record.items] == ["two"]
    assert drafting.put_back_item(shorter, removed, 0) == draft


def test_the_last_item_stays(draft: Draft) -> None:
    with pytest.raises(ValueError, match="last"):
        drafting.remove_item(drafting.remove_item(draft, "one"), "two")


def test_a_parked_draft_knows_its_place_and_forgets_it_when_resumed(draft: Draft) -> None:
    place = Place(section="frame/start", question="channel", caret=4, in_narrative=False)
    parked = drafting.parked(draft, MORNING, place)
    assert parked.parked == MORNING
    assert Draft.parse(parked.to_json()).place == place
    assert drafting.resumed(parked).parked is None


def test_danger_that_was_never_marked_cannot_be_closed(draft: Draft) -> None:
    with pytest.raises(ValueError, match="danger"):
        drafting.close_danger(draft, MORNING, "sam")


def ids() -> str:
    return "beside"


def test_beside_english_words_comes_what_the_person_said_themselves(draft: Draft) -> None:
    both = drafting.open_beside(draft, ids, by="sam", language="ur")
    story, original = drafting.story(both), drafting.beside(both)
    assert story is not None
    assert (story.kind, story.speaker, story.derived_from) == (
        NarrativeKind.INTERPRETED,
        "interpreter",
        "beside",
    )
    assert original == Narrative(id="beside", text="", language="ur", by="sam")
    assert all(one.narratives == ("beside",) for one in both.record.items)


def test_beside_a_story_in_another_language_comes_what_the_interpreter_said(draft: Draft) -> None:
    urdu = drafting.with_language(draft, "story", "ur")
    both = drafting.open_beside(urdu, ids, by="sam")
    said = drafting.beside(both)
    assert said is not None
    assert (said.kind, said.language, said.derived_from) == (NarrativeKind.INTERPRETED, "en", "story")
    assert drafting.story(both) == drafting.story(urdu)
    assert drafting.open_beside(both, ids) == both


def test_of_two_texts_one_is_theirs_and_the_other_the_interpreters(draft: Draft) -> None:
    both = drafting.open_beside(draft, ids)
    turned = drafting.with_kind(both, "story", NarrativeKind.VERBATIM)
    story, other = drafting.story(turned), drafting.beside(turned)
    assert story is not None
    assert other is not None
    assert (story.kind, story.derived_from) == (NarrativeKind.VERBATIM, "")
    assert (other.kind, other.speaker, other.derived_from) == (
        NarrativeKind.INTERPRETED,
        "interpreter",
        "story",
    )
    back = drafting.with_kind(turned, "beside", NarrativeKind.VERBATIM)
    assert back == both


def test_an_empty_text_beside_goes_without_a_trace_and_one_with_words_stays(draft: Draft) -> None:
    both = drafting.open_beside(draft, ids)
    assert drafting.close_beside(both) == draft
    with pytest.raises(ValueError, match="words"):
        drafting.close_beside(drafting.with_words(both, "beside", "میں نے انتظار کیا۔"))
