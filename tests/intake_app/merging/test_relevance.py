"""What the shipped questions make of two versions: an answer that the other side made pointless is asked."""

import json
from collections.abc import Callable
from itertools import count

import pytest

from intake_app import drafting, taking_down
from intake_app.drafting import FRAME, Draft, item_key
from intake_app.forms.library import Library
from intake_app.merging.differences import Why
from intake_app.merging.relevance import merge_by_questions
from intake_app.merging.slots import ITEMS, MISSING
from intake_app.records import Answer, AnswerState
from intake_app.times import Instant

MORNING = Instant.parse("2026-03-02T10:14:00.000Z")
LIBRARY = Library.shipped()


def body_of(draft: Draft) -> dict[str, object]:
    return dict(json.loads(draft.record.to_json()))


@pytest.fixture
def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"01a1f872-de40-7ca0-82d2-{next(numbers):012x}"


@pytest.fixture
def told(ids: Callable[[], str]) -> Draft:
    """A finished record of a bad experience."""
    draft = taking_down.new_draft(LIBRARY, ids, MORNING, "device", "sam")
    draft = answer(draft, item_key(draft.record.items[0].id), "experience_kind", "bad")
    return taking_down.finish(draft, LIBRARY, MORNING)


def answer(draft: Draft, key: str, question: str, value: object) -> Draft:
    return taking_down.settled(drafting.with_answer(draft, key, question, Answer(value=value)), LIBRARY)


def of_item(draft: Draft, question: str) -> tuple[str, ...]:
    return (ITEMS, draft.record.items[0].id, "answers", question)


def test_an_answer_made_pointless_by_the_other_side_is_asked_with_what_decides_it(told: Draft) -> None:
    item = item_key(told.record.items[0].id)
    mine = answer(told, item, "experience_kind", "good")
    theirs = answer(told, item, "when_happened", "2026-02")
    merged = merge_by_questions(body_of(told), [body_of(mine), body_of(theirs)], LIBRARY)
    assert [(one.path[-1], one.why) for one in merged.differences] == [
        ("experience_kind", Why.RELEVANCE),
        ("when_happened", Why.RELEVANCE),
    ]
    kind, when = merged.differences
    assert [one["value"] for one in kind.sides] == ["good", "bad"]
    assert when.sides[1]["value"] == "2026-02"


def test_changes_that_do_not_meet_are_joined(told: Draft) -> None:
    item = item_key(told.record.items[0].id)
    mine = answer(told, item, "when_happened", "2026-02")
    theirs = answer(answer(told, item, "worked_there", "no"), FRAME, "may_contact", "yes")
    merged = merge_by_questions(body_of(told), [body_of(mine), body_of(theirs)], LIBRARY)
    assert merged.differences == ()


def test_a_frame_answer_that_a_question_hangs_on_is_asked_too(told: Draft) -> None:
    base = answer(told, FRAME, "may_contact", "yes")
    mine = answer(base, FRAME, "may_contact", "no")
    theirs = answer(base, FRAME, "contact_how", ["phone"])
    merged = merge_by_questions(body_of(base), [body_of(mine), body_of(theirs)], LIBRARY)
    assert [one.path[-1] for one in merged.differences] == ["may_contact", "contact_how"]


def test_answers_that_nobody_touched_may_stop_applying_as_on_the_side_that_said_so(told: Draft) -> None:
    item = item_key(told.record.items[0].id)
    base = answer(told, item, "when_happened", "2026-02")
    mine = answer(base, item, "experience_kind", "good")
    theirs = answer(base, FRAME, "may_quote", "yes")
    merged = merge_by_questions(body_of(base), [body_of(mine), body_of(theirs)], LIBRARY)
    assert merged.differences == ()


def test_not_asked_is_no_answer_that_could_become_pointless(told: Draft) -> None:
    item = item_key(told.record.items[0].id)
    mine = answer(told, item, "experience_kind", "good")
    marked = drafting.with_answer(told, item, "when_happened", Answer(state=AnswerState.NOT_ASKED))
    theirs = answer(marked, FRAME, "may_quote", "yes")
    assert merge_by_questions(body_of(told), [body_of(mine), body_of(theirs)], LIBRARY).differences == ()


def test_without_the_question_set_everything_that_two_sides_changed_in_a_sheet_is_asked(told: Draft) -> None:
    item = told.record.items[0]
    stranger = item.model_copy(update={"question_set": item.question_set.model_copy(update={"version": "?"})})
    base = drafting.with_record(told, items=(stranger,))
    mine = drafting.with_answer(base, item_key(item.id), "one", Answer(value="a"))
    theirs = drafting.with_answer(base, item_key(item.id), "two", Answer(value="b"))
    merged = merge_by_questions(body_of(base), [body_of(mine), body_of(theirs)], LIBRARY)
    assert [(one.path, one.before) for one in merged.differences] == [
        (of_item(base, "one"), MISSING),
        (of_item(base, "two"), MISSING),
    ]
    alone = merge_by_questions(body_of(base), [body_of(mine), body_of(base)], LIBRARY)
    assert alone.differences == ()
