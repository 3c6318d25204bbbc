"""What a person answers alone: which questions, what becomes of skipping, and whose words the story is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app import drafting, taking_down
from intake_app.approvals import Approval
from intake_app.channels.outreach import respondent
from intake_app.channels.outreach.asked import Asked
from intake_app.drafting import EQUALITY, FRAME, PERSON, Draft, item_key
from intake_app.forms.library import Library
from intake_app.forms.model import Kind
from intake_app.records import Answer, AnswerState, ServiceMention, Source
from intake_app.times import IdMaker, Instant

NOW = Instant.parse("2026-11-20T09:14:00.000Z")
TODAY = date(2026, 11, 20)
SHIPPED = Library.shipped()


@pytest.fixture
def library() -> Library:
    return Library.shipped()


@pytest.fixture
def ids() -> IdMaker:
    return IdMaker(lambda: NOW)


@pytest.fixture
def draft(library: Library, ids: IdMaker) -> Draft:
    return taking_down.new_draft(library, ids, NOW, "laptop", "sam")


def named(draft: Draft, library: Library, question: str) -> Asked:
    return next(one for one in respondent.questions(draft, library) if one.question.id == question)


def kept(draft: Draft, one: Asked, answer: Answer | None) -> Draft:
    return drafting.with_answer(draft, *one.place, answer)


def test_they_are_asked_what_is_said_to_them_and_never_their_name_nor_what_staff_note(
    draft: Draft, library: Library
) -> None:
    asked = [one.question.id for one in respondent.questions(draft, library)]
    assert asked[:3] == ["about_whom", "services", "experience_kind"]
    assert {"service_may_know", "may_contact", "may_quote", "age_band"} <= set(asked)
    for staff in ("confidentiality_said", "danger_asked", "channel", "outcome", "read_back_agreed", "topics"):
        assert staff not in asked
    assert all(one.section.sheet_key != PERSON for one in respondent.questions(draft, library))
    assert any(one.section.sheet_key == EQUALITY for one in respondent.questions(draft, library))


def test_of_several_pieces_they_answer_the_one_that_is_open(
    draft: Draft, library: Library, ids: IdMaker
) -> None:
    draft = taking_down.add_item(draft, library, ids)
    second = draft.record.items[1].id
    places = {one.place for one in respondent.questions(draft, library, second)}
    assert (item_key(second), "experience_kind") in places
    assert (item_key(draft.record.items[0].id), "experience_kind") not in places


@pytest.mark.parametrize(
    ("mentions", "asked"),
    [
        ([], True),
        ([ServiceMention(name="Rose Lodge")], True),
        ([ServiceMention(id="1-1", name="Rose Lodge")], False),
        ([ServiceMention(name="Rose Lodge"), ServiceMention(name="Elm")], False),
    ],
)
def test_services_that_staff_looked_up_are_not_typed_over(
    draft: Draft, library: Library, mentions: list[ServiceMention], asked: bool
) -> None:
    one = named(draft, library, "services")
    value = [mention.model_dump(exclude_defaults=True) for mention in mentions]
    draft = kept(draft, one, Answer(value=value) if value else None)
    assert ("services" in [each.question.id for each in respondent.questions(draft, library)]) is asked


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_whatever_they_type_is_kept_word_for_word_or_nothing_is(typed: str) -> None:
    library = SHIPPED
    draft = taking_down.new_draft(library, IdMaker(lambda: NOW), NOW, "laptop")
    draft = kept(draft, named(draft, library, "experience_kind"), Answer(value="bad"))
    prompts = library.wordings.prompts(library.latest(FRAME), "en")
    for question in ("services", "when_happened"):
        for one in (named(draft, library, question),):
            answer = respondent.answer_of(one, typed, prompts, library, TODAY)
            if answer is None:
                assert not typed.strip()
                continue
            assert answer.source is Source.PERSON
            shown = respondent.typed_words(answer, one.question)
            again = respondent.answer_of(one, shown, prompts, library, TODAY)
            assert again == answer


def test_a_choice_is_kept_with_the_words_and_the_language_that_they_saw(
    draft: Draft, library: Library
) -> None:
    one = named(draft, library, "experience_kind")
    library.wordings.use([Approval(language="pl", shows_drafts=True)])
    prompts = respondent.prompts_shown(library, one, "pl")
    choice = one.question.choice("bad")
    assert choice is not None
    words = respondent.choice_shown(prompts, one.question, choice).text
    answer = respondent.answer_of(one, "bad", prompts, library, TODAY, {"bad": words}.__getitem__)
    assert answer is not None
    assert (answer.value, answer.language, answer.source) == ("bad", "pl", Source.PERSON)
    assert answer.label == words != choice.label
    assert answer.wording == prompts.sha256


def test_without_permission_the_question_and_its_choices_are_english(draft: Draft, library: Library) -> None:
    one = named(draft, library, "experience_kind")
    prompts = respondent.prompts_shown(library, one, "pl")
    assert prompts.shown_in == "en"
    assert not prompts.say(one.question).is_foreign


def test_what_they_agree_to_is_never_asked_in_unchecked_words(draft: Draft, library: Library) -> None:
    library.wordings.use([Approval(language="pl", shows_drafts=True)])
    one = named(draft, library, "may_quote")
    assert respondent.prompts_shown(library, one, "pl").shown_in == "en"


def test_passing_over_is_their_deed_and_not_a_question_that_nobody_asked(
    draft: Draft, library: Library
) -> None:
    one = named(draft, library, "may_quote")
    draft = kept(draft, one, respondent.skipped(respondent.prompts_shown(library, one, "")))
    answer = respondent.current(draft, one)
    assert answer is not None
    assert (answer.state, answer.source) == (AnswerState.DECLINED, Source.PERSON)
    assert respondent.by_themselves(draft.record) == (0, 1)
    assert respondent.typed_words(answer, one.question) == ""


def test_their_own_words_are_theirs_and_what_staff_took_down_is_not(draft: Draft, ids: IdMaker) -> None:
    assert respondent.may_tell(draft)
    theirs = respondent.with_own_words(draft, "Było zimno", ids, "pl")
    (story,) = theirs.record.narratives
    assert (story.text, story.own_hand, story.by, story.language) == ("Było zimno", True, "", "pl")
    assert respondent.may_tell(theirs)
    # Staff mend a word: from now on it is said who did, and the person writes it no more.
    mended = drafting.with_narrative(theirs, "Było bardzo zimno", ids, "sam")
    assert not respondent.may_tell(mended)
    assert (mended.record.narratives[0].own_hand, mended.record.narratives[0].by) == (True, "sam")
    told = drafting.with_narrative(draft, "It was cold", ids, "sam")
    assert not respondent.may_tell(told)


def test_a_language_that_staff_chose_for_the_story_stays(draft: Draft, ids: IdMaker) -> None:
    story = draft.record.narratives[0]
    draft = drafting.with_language(draft, story.id, "so")
    theirs = respondent.with_own_words(draft, "Waa qabow", ids, "pl")
    assert theirs.record.narratives[0].language == "so"
    english = respondent.with_own_words(drafting.with_language(draft, story.id, "en"), "Cold", ids)
    assert english.record.narratives[0].language == "en"


def test_old_records_open_unchanged(draft: Draft) -> None:
    body = draft.record.to_json()
    assert "own_hand" not in body
    assert type(draft.record).parse(body).to_json() == body


def test_other_answers_decide_what_may_be_chosen(draft: Draft, library: Library) -> None:
    one = named(draft, library, "experience_kind")
    draft = kept(draft, one, Answer(value="bad"))
    assert respondent.values(draft, library, one)["experience_kind"] == "bad"


def test_long_lists_are_left_to_staff_who_search_in_them(draft: Draft, library: Library) -> None:
    for one in respondent.questions(draft, library):
        assert len(one.question.choices) <= respondent.MOST_CHOICES
        assert one.question.kind is not Kind.TOPICS
