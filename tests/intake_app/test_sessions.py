"""What a record's sessions come to: unmet requests, needs in sight, and what search may read."""

import pytest

from intake_app import sessions
from intake_app.projection.derive import UNMET, tokens_of, words_of
from intake_app.records import Answer, AnswerState, Record, Session, SetRef, Sheet
from intake_app.times import Instant

NOON = Instant.parse("2026-11-20T12:00:00.000Z")


def session(set_id: str = "interpreter", number: int = 1, **answers: object) -> Session:
    return Session(
        id=f"s{number}",
        support=set_id,
        question_set=SetRef(id=set_id, version="1"),
        answers={name: Answer(value=value) for name, value in answers.items()},
    )


def record(*helpers: Session) -> Record:
    return Record(
        id="01a1f872-de40-7ca0-82d2-000000000001", device="d", started=NOON, received=NOON,
        frame=Sheet(question_set=SetRef(id="frame", version="1")), sessions=helpers,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "unmet"),
    [
        ({"outcome": "not_available"}, True),
        ({"outcome": "wrong_language"}, True),
        ({"outcome": "provided"}, False),
        ({"outcome": "dropped"}, False),
        ({"outcome": "dropped", "unmet_asked": "phone"}, True),
        ({"outcome": "declined"}, False),
        ({"outcome": "family"}, False),
        ({"outcome": "family", "family_why": "wish"}, False),
        ({"outcome": "family", "family_why": "none"}, True),
        ({"outcome": "family", "family_why": "not_offered"}, True),
        ({}, False),
    ],
)
def test_a_request_is_unmet_where_the_person_went_without(answers: dict[str, str], unmet: bool) -> None:
    told = record(session(**answers))
    assert bool(sessions.unmet(told)) is unmet
    assert (UNMET in tokens_of(told, (), "2026-11-20").split()) is unmet


def test_what_was_not_asked_is_no_unmet_request() -> None:
    helper = session().model_copy(update={"answers": {"unmet_asked": Answer(state=AnswerState.NOT_ASKED)}})
    assert not sessions.is_unmet(helper)


def test_the_interpreter_who_is_there_is_the_last_one_who_has_not_gone() -> None:
    first, second = session(outcome="dropped"), session(number=2, language="pl")
    told = record(first, second, session("communication", 3))
    assert sessions.interpreter(told) == second
    assert sessions.interpreter(record(first)) is None
    assert sessions.interpreter(record()) is None


def test_needs_of_all_sessions_are_in_sight_once() -> None:
    told = record(
        session("communication", 1, needs=["uses_british_sign_language", "more_time"]),
        session("communication", 2, needs=["more_time"]),
        session("communication", 3, needs="rubbish from elsewhere"),
    )
    assert sessions.needs(told) == ("uses_british_sign_language", "more_time")


def test_search_reads_the_notes_and_never_who_interpreted() -> None:
    told = record(session(note="The daughter answered for her", dialect="Mirpuri", interpreter_id="4711"))
    assert words_of(told, ()) == "Mirpuri\nThe daughter answered for her"
