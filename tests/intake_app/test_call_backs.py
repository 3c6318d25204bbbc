"""What is owed to a person follows from their record; deeds settle it; nobody is rung in quiet hours."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import call_backs
from intake_app.call_backs import CallBackDeed, CallHours, Deed, What, Why, owed, wishes
from intake_app.projection.derive import OWED, derive
from intake_app.records import Answer, Danger, Item, Record, RecordState, Session, SetRef, Sheet
from intake_app.times import Instant

FRIDAY = Instant.parse("2026-11-20T12:00:00.000Z")
HOLIDAY = frozenset({date(2026, 12, 25)})


def sheet(set_id: str, **answers: object) -> dict[str, Any]:
    return {
        "question_set": SetRef(id=set_id, version="1"),
        "answers": {name: Answer(value=value) for name, value in answers.items()},
    }


def record(*parts: Item | Session, received: Instant = FRIDAY, **facts: Any) -> Record:
    frame = facts.pop("frame", {})
    return Record(
        id="01a1f872-de40-7ca0-82d2-000000000001", device="d", started=received, received=received,
        frame=Sheet(**sheet("frame", **frame)),
        items=tuple(one for one in parts if isinstance(one, Item)),
        sessions=tuple(one for one in parts if isinstance(one, Session)), **facts,
    )  # fmt: skip


def enquiry(**answers: object) -> Item:
    return Item(id="i1", kind="enquiry", **sheet("enquiry", **answers))


def helper(set_id: str = "interpreter", **answers: object) -> Session:
    return Session(id="s1", support=set_id, **sheet(set_id, **answers))


@pytest.mark.parametrize(
    ("made", "what", "why", "due"),
    [
        (record(frame={"outcome": "call_back"}), What.CALL, Why.PROMISED, "2026-11-23"),
        (record(frame={"outcome": "about_us"}), What.ANSWER, Why.ABOUT_US, "2026-11-25"),
        (record(enquiry(answered="later")), What.CALL, Why.ENQUIRY, "2026-11-23"),
        (record(enquiry(follow_up="yes", answer_due="2026-12-01")), What.CALL, Why.ENQUIRY, "2026-12-01"),
        (record(enquiry(answered="later", answer_due="2026-12")), What.CALL, Why.ENQUIRY, "2026-11-23"),
        (record(helper(unmet_back="today")), What.CALL, Why.UNMET, "2026-11-20"),
        (record(helper(unmet_back="tomorrow")), What.CALL, Why.UNMET, "2026-11-21"),
        (record(helper(unmet_back="writing")), What.ANSWER, Why.UNMET, "2026-11-27"),
        (record(helper("relay", call_back_by_relay="yes")), What.CALL, Why.RELAY, "2026-11-23"),
        (record(helper("communication", respond_in=["bsl_video"])), What.ANSWER, Why.FORMAT, "2026-11-27"),
        (record(rang_off=True, frame={"may_contact": "yes"}), What.CALL, Why.RANG_OFF, "2026-11-20"),
    ],
)
def test_each_way_of_being_promised_something(made: Record, what: What, why: Why, due: str) -> None:
    (row,) = owed(made, ())

    assert (row.what, [one.why for one in row.wishes], row.due.isoformat()) == (what, [why], due)
    assert OWED[what] in derive("o", "m", made).tokens.split()


@pytest.mark.parametrize(
    "made",
    [
        record(frame={"outcome": "recorded", "may_contact": "yes"}),
        record(rang_off=True),
        record(rang_off=True, frame={"may_contact": "no"}),
        record(helper(unmet_back="they_come")),
        record(helper(unmet_back="not_wanted")),
        record(helper("relay", call_back_by_relay="no")),
        record(enquiry(answered="yes", follow_up="no", answer_due="2026-12-01")),
        record(frame={"outcome": "call_back"}, state=RecordState.WITHDRAWN),
    ],
)
def test_nobody_waits_who_was_promised_nothing(made: Record) -> None:
    assert owed(made, ()) == ()
    assert not {"tback", "tanswer"} & set(derive("o", "m", made).tokens.split())


def test_who_rang_off_and_let_us_keep_the_number_can_be_rung() -> None:
    (row,) = owed(record(rang_off=True), (), reachable=True)
    assert [one.why for one in row.wishes] == [Why.RANG_OFF]


def test_several_reasons_are_one_call_due_on_the_first_day() -> None:
    made = record(
        enquiry(follow_up="yes", answer_due="2026-12-01"), helper(unmet_back="tomorrow", unmet_when="At 10")
    )
    (row,) = owed(made, ())
    assert row.due == date(2026, 11, 21)
    assert [(one.why, one.words) for one in row.wishes] == [(Why.ENQUIRY, ""), (Why.UNMET, "At 10")]


def test_a_call_and_an_answer_in_another_format_are_two_rows() -> None:
    made = record(helper("communication", unmet_back="tomorrow", respond_in=["bsl_video"]))
    assert [one.what for one in owed(made, ())] == [What.CALL, What.ANSWER]


def deed(
    name: Deed, hour: int, wished: tuple[str, ...] = ("promised",), again: int | None = None
) -> CallBackDeed:
    at = Instant(FRIDAY.utc_ms + hour * 3_600_000)
    later = None if again is None else Instant(FRIDAY.utc_ms + again * 3_600_000)
    return CallBackDeed(
        id=f"d{hour}", record=record().id, what=What.CALL, deed=name, wishes=("promised",), again=later, at=at
    )


def test_tries_are_counted_and_the_last_plan_holds() -> None:
    made = record(frame={"outcome": "call_back"})
    deeds = (deed(Deed.NO_ANSWER, 3, again=6), deed(Deed.NO_ANSWER, 1, again=4))
    (row,) = owed(made, deeds)
    assert (row.tries, row.last_try, row.again) == (2, deeds[0].at, deeds[0].again)
    assert not row.is_overdue(Instant(FRIDAY.utc_ms + 5 * 3_600_000))
    assert row.is_overdue(Instant(FRIDAY.utc_ms + 6 * 3_600_000))


def test_what_is_done_is_done_until_something_new_is_promised() -> None:
    made = record(frame={"outcome": "call_back"})
    deeds = (deed(Deed.NO_ANSWER, 1, again=4), deed(Deed.DONE, 2))
    assert owed(made, deeds) == ()

    more = made.model_copy(update={"items": (enquiry(answered="later"),)})
    (row,) = owed(more, deeds)
    assert ([one.why for one in row.wishes], row.tries, row.again) == ([Why.ENQUIRY], 0, None)


def test_danger_comes_first_then_what_is_overdue_then_the_earlier_day() -> None:
    now = Instant.parse("2026-11-24T12:00:00.000Z")
    danger = Danger(**sheet("danger"), marked=FRIDAY)

    def row(name: str, day: str, again: Instant | None = None, **facts: Any) -> call_backs.Owed:
        made = record(enquiry(follow_up="yes", answer_due=day), **facts).model_copy(update={"id": name})
        (found,) = owed(made, ())
        return call_backs.Owed(made, found.what, found.wishes, found.due, again=again)

    rows = [
        row("later", "2026-12-02"),
        row("put off", "2026-11-20", again=Instant(now.utc_ms + 60_000)),
        row("overdue", "2026-11-23"),
        row("long overdue", "2026-11-20"),
        row("danger", "2026-12-30", danger=danger),
    ]
    order = [one.record.id for one in sorted(rows, key=lambda one: one.order(now))]
    assert order == ["danger", "long overdue", "overdue", "put off", "later"]


@pytest.mark.parametrize(
    ("moment", "rings", "then"),
    [
        ("2026-11-25T08:59:00.000Z", False, "2026-11-25T09:00:00.000Z"),
        ("2026-11-25T09:00:00.000Z", True, "2026-11-25T09:00:00.000Z"),
        ("2026-11-25T19:59:00.000Z", True, "2026-11-25T19:59:00.000Z"),
        ("2026-11-25T20:00:00.000Z", False, "2026-11-26T09:00:00.000Z"),
        ("2026-11-28T21:00:00.000Z", False, "2026-11-30T09:00:00.000Z"),
        ("2026-11-29T12:00:00.000Z", False, "2026-11-30T09:00:00.000Z"),
        ("2026-12-25T12:00:00.000Z", False, "2026-12-26T09:00:00.000Z"),
        ("2026-07-01T08:30:00.000Z", True, "2026-07-01T08:30:00.000Z"),
        ("2026-07-01T19:30:00.000Z", False, "2026-07-02T08:00:00.000Z"),
    ],
)
def test_nobody_is_rung_early_late_on_sundays_or_on_holidays(moment: str, rings: bool, then: str) -> None:
    hours, now = CallHours(), Instant.parse(moment)
    assert call_backs.may_ring(hours, now, HOLIDAY) is rings
    found = call_backs.next_time(hours, now, HOLIDAY)
    assert found is not None
    assert found.isoformat() == then


def test_hours_in_which_nobody_is_ever_rung_have_no_next_time() -> None:
    assert call_backs.next_time(CallHours(days=()), FRIDAY) is None
    assert call_backs.after_no_answer(CallHours(days=()), FRIDAY).utc_ms > FRIDAY.utc_ms


def test_the_latest_hours_hold() -> None:
    first, later = CallHours(id="a", opens=600, at=Instant(1)), CallHours(id="b", opens=540, at=Instant(2))
    assert call_backs.current_hours([later, first]) == later
    assert call_backs.current_hours([]) == CallHours()


@given(
    st.integers(0, 2**41),
    st.integers(0, 1439),
    st.integers(0, 1440),
    st.sets(st.integers(0, 6)),
    st.booleans(),
)
def test_the_next_time_is_never_quiet_and_never_before(
    now: int, opens: int, closes: int, days: set[int], holidays: bool
) -> None:
    hours = CallHours(opens=opens, closes=closes, days=tuple(days), on_holidays=holidays)
    found = call_backs.next_time(hours, Instant(now), HOLIDAY)
    assert found is None or (found.utc_ms >= now and call_backs.may_ring(hours, found, HOLIDAY))
    assert found is not None or not days or opens >= closes


def test_a_wish_of_a_newer_programs_answer_is_no_mistake() -> None:
    made = record(helper(unmet_back=["today"]), enquiry(answered="later", answer_due=7))
    assert [one.why for one in wishes(made)] == [Why.ENQUIRY]


def test_a_nonsensical_date_of_receipt_stops_nothing() -> None:
    last = Instant.parse("9999-12-31T12:00:00.000Z")
    made = record(helper(unmet_back="week"), received=last, frame={"outcome": "about_us"})
    assert {row.due for row in owed(made, ())} == {date.max}


def test_another_day_is_another_promise() -> None:
    made = record(enquiry(answered="later", answer_due="2026-11-24"))
    (row,) = owed(made, ())
    kept = CallBackDeed(
        id="d", record=made.id, what=What.CALL, deed=Deed.DONE, wishes=(row.wishes[0].key,), at=FRIDAY
    )
    assert owed(made, (kept,)) == ()
    assert len(owed(record(enquiry(answered="later", answer_due="2026-12-01")), (kept,))) == 1
