"""A conversation that told nothing of care in England is never counted as feedback; an enquiry is one."""

import pytest

from intake_app import outcomes, taking_down
from intake_app.drafting import FRAME, Draft, with_answer
from intake_app.forms.library import Library
from intake_app.projection.derive import derive
from intake_app.records import ENQUIRY, FEEDBACK, Answer, Item, Record, ServiceMention, SetRef, Sheet
from intake_app.times import IdMaker, Instant

NOON = Instant.parse("2026-11-20T12:00:00.000Z")
COUNTED = ("", "recorded", "signposted", "call_back", "other_area", "duplicate", "rang_off", "an_own_code")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.shipped()


def record(outcome: str, kind: str = FEEDBACK) -> Record:
    service = ServiceMention(id="RNJ12", name="The Royal London Hospital")
    item = Item(
        id="i", kind=kind, question_set=SetRef(id=kind, version="1"),
        answers={
            "services": Answer(value=[service.model_dump()]),
            "topics": Answer(value=[{"code": "access_waiting", "sentiment": "negative"}]),
        },
    )  # fmt: skip
    answers = {"outcome": Answer(value=outcome)} if outcome else {}
    return Record(
        id="01a1f872-de40-7ca0-82d2-000000000001", device="d", started=NOON, received=NOON,
        frame=Sheet(question_set=SetRef(id="frame", version="1"), answers=answers), items=(item,),
    )  # fmt: skip


@pytest.mark.parametrize("outcome", outcomes.NOT_FEEDBACK)
def test_what_was_no_feedback_is_in_no_count(outcome: str) -> None:
    derived = derive("o", "m", record(outcome))

    assert (derived.record["items"], derived.items, derived.services, derived.topics) == (0, (), (), ())
    assert "kfeedback" not in derived.tokens.split()
    assert "knotfeedback" in derived.tokens.split()
    assert derived.record["services"] == "The Royal London Hospital"
    assert "irnj12" in derived.tokens.split()


@pytest.mark.parametrize("outcome", COUNTED)
def test_everything_else_is_counted(outcome: str) -> None:
    derived = derive("o", "m", record(outcome))

    assert (derived.record["items"], len(derived.services), len(derived.topics)) == (1, 1, 1)
    assert "kfeedback" in derived.tokens.split()


@pytest.mark.parametrize("outcome", outcomes.NOT_FEEDBACK)
def test_an_enquiry_is_one_whatever_came_of_it(outcome: str) -> None:
    derived = derive("o", "m", record(outcome, ENQUIRY))

    assert derived.record["items"] == 1
    assert "kenquiry" in derived.tokens.split()


def test_every_code_is_in_the_list_and_every_nation_has_somebody_to_turn_to(library: Library) -> None:
    assert set(outcomes.NOT_FEEDBACK) <= set(library.code_list("outcomes").by_code)
    signposts = library.code_list("signposting").codes
    for nation in outcomes.NATIONS:
        there = [one for one in signposts if one.filter.get("group") == nation]
        assert len(there) >= 2
        assert all(one.filter.get("phone") or one.filter.get("web") for one in there)


@pytest.mark.parametrize(
    ("outcome", "problems"), [("silent", 0), ("wrong_number", 0), ("abusive", 0), ("wales", 2)]
)
def test_nobody_is_missed_a_question_who_was_not_there(library: Library, outcome: str, problems: int) -> None:
    ids = IdMaker(lambda: NOON)
    draft: Draft = taking_down.new_draft(library, ids, NOON, "device", "", "phone")
    draft = with_answer(draft, FRAME, "outcome", Answer(value=outcome))

    assert len(taking_down.finish_problems(draft, library)) == problems
