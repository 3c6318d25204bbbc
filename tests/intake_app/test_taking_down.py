"""A draft by the shipped question sets: what is asked, what is left, and that finishing always works."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import drafting, taking_down
from intake_app.assets import asset
from intake_app.drafting import DANGER, EQUALITY, FRAME, PERSON, Draft, item_key
from intake_app.forms.library import Library
from intake_app.forms.xlsform import load
from intake_app.records import Answer, AnswerState, Identity
from intake_app.times import Instant

MORNING = Instant.parse("2026-11-20T10:14:00.000Z")
LATER = Instant.parse("2026-11-20T10:30:00.000Z")
LIBRARY = Library.shipped()


def make_ids() -> Callable[[], str]:
    numbers: Iterator[int] = count(1)
    return lambda: f"01a1f872-de40-7ca0-82d2-{next(numbers):012x}"


@pytest.fixture
def ids() -> Callable[[], str]:
    return make_ids()


@pytest.fixture
def draft(ids: Callable[[], str]) -> Draft:
    return taking_down.new_draft(LIBRARY, ids, MORNING, "device", "sam")


def answer(draft: Draft, key: str, question: str, value: object) -> Draft:
    changed = drafting.with_answer(draft, key, question, Answer(value=value))
    return taking_down.settled(changed, LIBRARY)


def first_item(draft: Draft) -> str:
    return item_key(draft.record.items[0].id)


def test_a_new_record_has_its_channel_one_item_and_an_empty_story(draft: Draft) -> None:
    assert draft.record.channel == "phone"
    assert draft.record.frame.answers["channel"].label == "Phone"
    assert [one.kind for one in draft.record.items] == ["feedback"]
    story = drafting.story(draft)
    assert story is not None
    assert story.text == ""
    assert draft.record.items[0].narratives == (story.id,)
    assert draft.record.written_by == "sam"


def test_an_untouched_record_is_nothing_to_keep(draft: Draft, ids: Callable[[], str]) -> None:
    assert taking_down.is_untouched(draft, LIBRARY)
    assert not taking_down.is_untouched(drafting.with_narrative(draft, "a", ids), LIBRARY)
    assert not taking_down.is_untouched(answer(draft, FRAME, "may_quote", "no"), LIBRARY)
    assert not taking_down.is_untouched(taking_down.mark_danger(draft, LIBRARY, MORNING), LIBRARY)
    assert not taking_down.is_untouched(taking_down.add_item(draft, LIBRARY, ids), LIBRARY)


def test_sections_begin_with_the_start_and_go_by_the_conversation(draft: Draft) -> None:
    groups = [one.group for one in taking_down.sections(draft, LIBRARY)]
    assert groups[:5] == ["start", "service", "experience", "how_it_was", "permissions"]
    assert groups.index("contact") < groups.index("wrap_up")
    assert groups[-1] not in ("wrap_up", "permissions")


def test_sections_of_another_item_are_its_own(draft: Draft, ids: Callable[[], str]) -> None:
    two = taking_down.add_item(draft, LIBRARY, ids)
    second = two.record.items[1].id
    keys = [one.key for one in taking_down.sections(two, LIBRARY, second)]
    assert f"item:{second}/service" in keys
    assert f"{first_item(two)}/service" not in keys
    every = [one.key for one in taking_down.all_sections(two, LIBRARY)]
    assert len(every) == len(set(every))
    assert f"item:{second}/service" in every
    assert f"{first_item(two)}/service" in every


def test_rang_off_marks_what_has_no_answer_as_not_asked_and_keeps_the_rest(draft: Draft) -> None:
    answered = answer(draft, FRAME, "may_quote", "yes")
    gone = taking_down.rang_off(answered, LIBRARY)
    assert gone.record.rang_off
    assert gone.record.frame.value("may_quote") == "yes"
    assert gone.record.frame.answers["danger_asked"].state is AnswerState.NOT_ASKED
    assert gone.person is None
    assert all(not taking_down.open_questions(gone, LIBRARY, one) for one in _asked(gone))


def test_a_caller_who_rings_back_can_be_asked_everything_again(draft: Draft) -> None:
    answered = answer(draft, FRAME, "may_quote", "yes")
    back = taking_down.rang_back(taking_down.rang_off(answered, LIBRARY), LIBRARY)
    assert back == answered


def test_finishing_with_nothing_answered_works(draft: Draft) -> None:
    done = taking_down.finish(draft, LIBRARY, LATER, "sam")
    assert done.record.finished == LATER
    assert done.record.narratives == ()
    assert done.record.items[0].narratives == ()
    assert done.record.identity is Identity.ANONYMOUS
    assert done.record.edited is None


def test_finishing_again_is_an_edit_by_somebody(draft: Draft, ids: Callable[[], str]) -> None:
    once = taking_down.finish(drafting.with_narrative(draft, "Words", ids), LIBRARY, MORNING, "sam")
    again = taking_down.finish(once, LIBRARY, LATER, "kim")
    assert again.record.finished == MORNING
    assert again.record.edited == LATER
    assert again.record.edited_by == "kim"


def test_problems_name_their_section_and_do_not_forbid_finishing(draft: Draft) -> None:
    wrong = answer(draft, FRAME, "may_quote", "perhaps")
    found = {(key, one.question_id, one.code) for key, one in taking_down.finish_problems(wrong, LIBRARY)}
    assert ("frame/permissions", "may_quote", "not_a_choice") in found
    assert ("frame/start", "danger_asked", "required") in found
    assert taking_down.finish(wrong, LIBRARY, LATER).record.finished == LATER


def test_no_question_of_the_person_is_required(draft: Draft) -> None:
    assert not any(
        key.startswith((PERSON, EQUALITY)) for key, _one in taking_down.finish_problems(draft, LIBRARY)
    )


def test_a_person_without_an_answer_is_no_person(draft: Draft, ids: Callable[[], str]) -> None:
    opened = taking_down.opened(draft, PERSON, LIBRARY, ids)
    assert taking_down.finish(opened, LIBRARY, LATER).person is None


def test_silence_about_the_name_keeps_it_confidential(draft: Draft, ids: Callable[[], str]) -> None:
    named = answer(taking_down.opened(draft, PERSON, LIBRARY, ids), PERSON, "person_name", "Zoë")
    done = taking_down.finish(named, LIBRARY, LATER)
    assert done.record.identity is Identity.CONFIDENTIAL
    assert done.person is not None
    assert done.record.person == done.person.id
    agreed = answer(named, FRAME, "service_may_know", "yes")
    assert taking_down.finish(agreed, LIBRARY, LATER).record.identity is Identity.NAMED


def test_danger_is_marked_opened_again_and_taken_away(draft: Draft) -> None:
    marked = taking_down.mark_danger(draft, LIBRARY, MORNING)
    assert marked.record.in_danger
    assert marked.record.frame.value("danger_asked") == "danger_said"
    assert taking_down.danger_sections(marked, LIBRARY)
    closed = drafting.close_danger(marked, LATER, "sam")
    assert not closed.record.in_danger
    assert taking_down.mark_danger(closed, LIBRARY, LATER).record.in_danger
    assert drafting.unmark_danger(marked) == draft
    assert taking_down.danger_sections(draft, LIBRARY) == ()


def test_danger_answers_are_kept_through_finishing(draft: Draft) -> None:
    marked = answer(taking_down.mark_danger(draft, LIBRARY, MORNING), DANGER, "where_now", "the roof")
    done = taking_down.finish(marked, LIBRARY, LATER)
    assert done.record.danger is not None
    assert done.record.danger.value("where_now") == "the roof"
    assert done.record.in_danger


def test_an_answer_that_no_longer_applies_is_kept_and_marked(draft: Draft) -> None:
    key = first_item(draft)
    bad = answer(answer(draft, key, "experience_kind", "bad"), key, "told_service", "complained")
    good = answer(bad, key, "experience_kind", "good")
    kept = good.record.items[0].answers["told_service"]
    assert kept.value == "complained"
    assert not kept.relevant


def test_an_item_s_condition_can_ask_the_frame_and_the_directory(draft: Draft) -> None:
    key = first_item(draft)
    bad = answer(draft, key, "experience_kind", "bad")
    service = next(one for one in taking_down.sections(bad, LIBRARY) if one.group == "service")
    assert "service_part" in taking_down.open_questions(bad, LIBRARY, service)
    without = drafting.with_outside(bad, bad.record.items[0].id, "service_asks_part", "no")
    assert "service_part" not in taking_down.open_questions(without, LIBRARY, service)


def test_an_item_turns_into_an_enquiry_and_back_with_what_both_ask(draft: Draft) -> None:
    key = first_item(draft)
    mention = {"id": "", "name": "Rose Lodge"}
    told = answer(answer(draft, key, "services", [mention]), key, "care", "health")
    topic = {"code": "access_phone", "sentiment": "negative"}
    told = answer(told, key, "topics", [topic])
    item_id = told.record.items[0].id
    asked = taking_down.turn_item(told, LIBRARY, item_id, "enquiry")
    (item,) = asked.record.items
    assert (item.id, item.kind, item.question_set.id) == (item_id, "enquiry", "enquiry")
    assert item.narratives == told.record.items[0].narratives
    assert [one.name for one in item.services] == ["Rose Lodge"]
    assert [one.group for one in taking_down.sections(asked, LIBRARY)][1:3] == ["enquiry", "answer"]
    assert taking_down.turn_item(asked, LIBRARY, item_id, "feedback") == told


@pytest.mark.parametrize(
    ("question", "state"), [("experience_kind", "answered"), ("told_service", "declined")]
)
def test_an_item_whose_answer_would_lose_its_question_does_not_turn(
    draft: Draft, question: str, state: str
) -> None:
    value = "bad" if state == "answered" else None
    given = drafting.with_answer(
        draft, first_item(draft), question, Answer(value=value, state=AnswerState(state))
    )
    with pytest.raises(ValueError, match=question):
        taking_down.turn_item(given, LIBRARY, given.record.items[0].id, "enquiry")


def test_an_item_turns_after_the_caller_rang_off_and_nothing_is_left_open(draft: Draft) -> None:
    gone = taking_down.rang_off(draft, LIBRARY)
    turned = taking_down.turn_item(gone, LIBRARY, gone.record.items[0].id, "enquiry")
    assert turned.record.items[0].answers["asked_for"].state is AnswerState.NOT_ASKED
    assert "experience_kind" not in turned.record.items[0].answers
    assert all(not taking_down.open_questions(turned, LIBRARY, one) for one in _asked(turned))


def test_only_a_record_of_enquiries_is_not_asked_what_concerns_feedback(
    draft: Draft, ids: Callable[[], str]
) -> None:
    def asked(one: Draft) -> set[str]:
        return {
            question
            for section in taking_down.sections(one, LIBRARY)
            if section.sheet_key == FRAME
            for question in taking_down.open_questions(one, LIBRARY, section)
        }

    enquiry = taking_down.turn_item(draft, LIBRARY, draft.record.items[0].id, "enquiry")
    assert not {"may_quote", "service_may_know", "signposted_to"} & asked(enquiry)
    assert "may_contact" in asked(enquiry)
    both = taking_down.add_item(enquiry, LIBRARY, ids)
    assert {"may_quote", "service_may_know", "signposted_to"} <= asked(both)
    answered = answer(both, FRAME, "may_quote", "yes")
    only = drafting.remove_item(answered, answered.record.items[1].id)
    kept = taking_down.settled(only, LIBRARY).record.frame.answers["may_quote"]
    assert (kept.value, kept.relevant) == ("yes", False)


def _asked(draft: Draft) -> list[taking_down.Section]:
    every = taking_down.all_sections(draft, LIBRARY)
    return [one for one in every if one.sheet_key not in (PERSON, EQUALITY)]


SHARED = st.fixed_dictionaries(
    {},
    optional={
        "services": st.lists(
            st.builds(lambda name: {"id": "", "name": name}, st.text(min_size=1)), max_size=2
        ),
        "care": st.sampled_from(["health", "social_care", "both"]),
        "topics": st.lists(
            st.builds(
                lambda felt: {"code": "access_phone", "sentiment": felt}, st.sampled_from(["", "mixed"])
            ),
            max_size=1,
        ),
    },
)


@given(SHARED, st.text(max_size=20))
def test_turning_a_piece_there_and_back_loses_nothing(answers: dict[str, object], words: str) -> None:
    ids = make_ids()
    draft = drafting.with_narrative(taking_down.new_draft(LIBRARY, ids, MORNING, "device"), words, ids)
    for question, value in answers.items():
        draft = answer(draft, first_item(draft), question, value)
    item_id = draft.record.items[0].id
    there = taking_down.turn_item(draft, LIBRARY, item_id, "enquiry")
    assert {q: there.record.items[0].answers[q].value for q in answers} == answers
    assert taking_down.turn_item(there, LIBRARY, item_id, "feedback") == draft


VALUES = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.lists(st.text(max_size=3), max_size=2))
QUESTIONS = st.sampled_from(sorted(LIBRARY.latest("feedback").by_id))


@given(st.lists(st.tuples(QUESTIONS, VALUES), max_size=6))
def test_finishing_works_whatever_was_answered(given_answers: list[tuple[str, object]]) -> None:
    ids = make_ids()
    draft = taking_down.new_draft(LIBRARY, ids, MORNING, "device")
    key = first_item(draft)
    for question, value in given_answers:
        draft = answer(draft, key, question, value)
    done = taking_down.finish(draft, LIBRARY, LATER)
    assert Draft.parse(done.to_json()) == done
    for question, value in dict(given_answers).items():
        if value not in (None, "", []):
            assert done.record.items[0].answers[question].value == value


def with_support(draft: Draft, *supports: str) -> Draft:
    for support in supports:
        fresh = f"01a1f872-de40-7ca0-82d2-9{len(draft.record.sessions):011x}"
        draft = taking_down.add_session(draft, LIBRARY, fresh.__str__, support, LATER)
    return draft


def test_support_is_added_at_any_moment_and_nothing_else_changes(draft: Draft) -> None:
    told = answer(draft, first_item(draft), "experience_kind", "bad")
    helped = with_support(told, "interpreter", "bsl_video")
    assert drafting.supports(helped) == ("interpreter", "bsl_video")
    assert [one.question_set.id for one in helped.record.sessions] == ["interpreter", "communication"]
    assert helped.record.channel == "phone"
    assert helped.record.items == told.record.items
    # The sections that were there keep their numbers.
    before = [one.key for one in taking_down.sections(told, LIBRARY)]
    after = taking_down.sections(helped, LIBRARY)
    assert [one.key for one in after][: len(before)] == before
    assert [one.title for one in after][len(before) :] == [
        "Interpreter", "Communication support", "What everybody must see"
    ]  # fmt: skip


def test_the_next_interpreter_is_a_session_of_its_own_for_the_same_language(draft: Draft) -> None:
    helped = with_support(draft, "interpreter")
    (first,) = helped.record.sessions
    key = drafting.session_key(first.id)
    for question, value in (("language", "pl"), ("mode", "phone"), ("interpreter_id", "4711")):
        helped = answer(helped, key, question, value)
    helped = with_support(answer(helped, key, "outcome", "dropped"), "interpreter")
    first, second = helped.record.sessions
    assert drafting.supports(helped) == ("interpreter",)
    assert (second.value("language"), second.value("mode")) == ("pl", "phone")
    assert second.value("interpreter_id") is second.value("outcome") is None
    numbers = [one.number for one in taking_down.sections(helped, LIBRARY) if one.title == "Interpreter"]
    assert numbers == [1, 2]


def test_an_interpreter_is_for_the_language_that_the_questions_are_asked_in(draft: Draft) -> None:
    helped = with_support(drafting.with_record(draft, asked_in="ur"), "interpreter")
    assert helped.record.sessions[0].answers["language"].label == "Urdu"


def test_a_session_added_by_mistake_goes_and_so_does_the_support(draft: Draft) -> None:
    helped = with_support(draft, "interpreter", "interpreter", "bsl_video")
    first, second, _video = (one.id for one in helped.record.sessions)
    told = drafting.with_record(
        helped,
        narratives=tuple(one.model_copy(update={"session": first}) for one in helped.record.narratives),
    )
    one_left = drafting.remove_session(told, first)
    assert drafting.supports(one_left) == ("interpreter", "bsl_video")
    assert [one.session for one in one_left.record.narratives] == [""]
    none_left = drafting.remove_session(one_left, second)
    assert drafting.supports(none_left) == ("bsl_video",)
    with pytest.raises(KeyError):
        drafting.remove_session(none_left, second)


def test_a_support_without_questions_is_only_noted(draft: Draft) -> None:
    helped = with_support(draft, "unheard_of")
    assert drafting.supports(helped) == ("unheard_of",)
    assert helped.record.sessions == ()


def test_what_was_missing_is_asked_only_where_something_was(draft: Draft) -> None:
    helped = with_support(draft, "interpreter")
    key = drafting.session_key(helped.record.sessions[0].id)
    groups = [one.group for one in taking_down.sections(answer(helped, key, "outcome", "provided"), LIBRARY)]
    assert "unmet" not in groups
    missing = answer(helped, key, "outcome", "not_available")
    assert "unmet" in [one.group for one in taking_down.sections(missing, LIBRARY)]
    assert "briefed" not in taking_down.open_questions(missing, LIBRARY, section_of(missing, key))


@pytest.mark.parametrize(
    ("question", "code", "asked"),
    [("family_why", "wish", False), ("family_why", "none", True), ("family_why", "not_offered", True),
     ("spoke_alone", "yes", False), ("spoke_alone", "no", True)],
)  # fmt: skip
def test_family_in_place_of_an_interpreter_leaves_something_to_come_back_for(
    draft: Draft, question: str, code: str, asked: bool
) -> None:
    helped = with_support(draft, "interpreter")
    key = drafting.session_key(helped.record.sessions[0].id)
    told = answer(answer(helped, key, "outcome", "family"), key, question, code)
    assert ("unmet" in [one.group for one in taking_down.sections(told, LIBRARY)]) is asked


def test_interpreter_sessions_of_the_first_version_open_with_it() -> None:
    (earlier,) = asset("resources/question_sets/interpreter/earlier").glob("*/survey.csv")
    old = load(earlier.parent, LIBRARY.code_list)
    assert old.version != LIBRARY.latest("interpreter").version
    assert LIBRARY.get(old.ref()) == old


def section_of(draft: Draft, key: str) -> taking_down.Section:
    return next(one for one in taking_down.sections(draft, LIBRARY) if one.sheet_key == key)
