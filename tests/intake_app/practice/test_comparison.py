"""A good record of a practice call has every point; each thing left out is the one point that is missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake_app import drafting, taking_down
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.practice import callers
from intake_app.practice.callers import Caller
from intake_app.practice.comparison import About, Point, compare
from intake_app.records import Answer, AnswerState
from intake_app.times import IdMaker
from tests.fakes import MORNING, HandClock

LIBRARY = Library.shipped()
CALLERS = {one.id: one for one in callers.shipped()}
IDS = IdMaker(HandClock())


def empty() -> Draft:
    return taking_down.new_draft(LIBRARY, IDS, MORNING, "device")


def answered(draft: Draft, key: str, question: str, value: object) -> Draft:
    return drafting.with_answer(draft, key, question, Answer(value=value))


def good(caller: Caller) -> Draft:
    """The record that somebody writes who misses nothing."""
    wanted, draft = caller.good_record, empty()
    item = drafting.item_key(draft.record.items[0].id)
    draft = drafting.with_narrative(draft, ". ".join(one.any_of[0] for one in wanted.facts), IDS)
    name, _comma, town = wanted.service.partition(", ")
    draft = answered(draft, item, "services", [{"id": "x", "name": name, "place": f"{town} ZZ99 1ZZ"}])
    draft = answered(draft, item, "topics", [{"code": group[0]} for group in wanted.topics])
    for question, code in wanted.answers.items():
        key = "frame" if question in LIBRARY.latest("frame").by_id else item
        draft = answered(draft, key, question, code)
    for question in wanted.details:
        draft = taking_down.opened(draft, "person", LIBRARY, IDS)
        draft = answered(draft, "person", question, "Alex")
    for support in caller.support:
        draft = taking_down.add_session(draft, LIBRARY, IDS, support, MORNING)
        key = drafting.session_key(draft.record.sessions[-1].id)
        for question, code in wanted.session.items():
            draft = answered(draft, key, question, code)
    if wanted.danger:
        draft = taking_down.mark_danger(draft, LIBRARY, MORNING)
    if wanted.rang_off:
        draft = drafting.with_record(draft, rang_off=True)
    return draft


def missing(caller: Caller, draft: Draft) -> list[Point]:
    return [one for one in compare(caller, draft) if not one.there]


@pytest.mark.parametrize("name", CALLERS)
def test_a_good_record_has_every_point(name: str) -> None:
    caller = CALLERS[name]
    assert missing(caller, good(caller)) == []
    assert len(compare(caller, good(caller))) >= 6


@pytest.mark.parametrize("name", CALLERS)
def test_an_empty_record_lacks_all_but_what_is_right_to_leave_out(name: str) -> None:
    there = [one.about for one in compare(CALLERS[name], empty()) if one.there]
    assert there in ([], [About.NO_DANGER])


CHANGES: dict[str, tuple[Callable[[Draft], Draft], About]] = {
    "no danger": (lambda d: drafting.unmark_danger(d), About.DANGER),
    "no number": (lambda d: drafting.with_answer(d, "person", "phone", None), About.DETAIL),
    "permission": (lambda d: answered(d, "frame", "may_quote", "yes"), About.ANSWER),
    "permission not asked": (
        lambda d: drafting.with_answer(d, "frame", "may_quote", Answer(state=AnswerState.NOT_ASKED)),
        About.ANSWER,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_left_out_is_the_one_point_that_is_missing(change: str) -> None:
    act, about = CHANGES[change]
    caller = CALLERS["distressed"]
    (point,) = missing(caller, act(good(caller)))
    assert point.about is about


def test_a_helper_who_was_not_noted_and_what_was_not_asked_of_them_are_points() -> None:
    caller = CALLERS["urdu_interpreter"]
    draft = good(caller)
    (there,) = draft.record.sessions
    points = missing(caller, drafting.remove_session(draft, there.id))
    assert [(one.about, one.wanted) for one in points] == [
        (About.SUPPORT, ("interpreter",)),
        (About.SESSION, ("ur",)),
        (About.SESSION, ("woman",)),
    ]


def test_the_service_of_another_town_is_another_service() -> None:
    caller = CALLERS["distressed"]
    other = replace(caller, good_record=replace(caller.good_record, service="Pretend Park Court, Mockford"))
    (point,) = missing(caller, good(other))
    assert (point.about, point.wanted) == (About.SERVICE, ("Pretend Park Court, Testwick",))


def test_danger_marked_where_none_was_spoken_of_is_told_too() -> None:
    caller = CALLERS["good_only"]
    points = missing(caller, taking_down.mark_danger(good(caller), LIBRARY, MORNING))
    # Marking danger answers the question "is anyone in danger" as well.
    assert [(one.about, one.question) for one in points] == [
        (About.NO_DANGER, ""),
        (About.ANSWER, "danger_asked"),
    ]


def test_words_are_found_however_they_are_written() -> None:
    caller = CALLERS["rings_off"]
    draft = drafting.with_narrative(good(caller), "In WET BEDS.  Two on the Top Floor, and signed.", IDS)
    assert missing(caller, draft) == []
