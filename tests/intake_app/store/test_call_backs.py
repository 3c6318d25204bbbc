"""Who waits for us, from records and drafts alike; what was done is sent, and goes when it is erased."""

from collections.abc import Callable
from typing import Any

import pytest

from intake_app import drafting
from intake_app.call_backs import CallHours, Deed, Owed, What, Why
from intake_app.documents import Kind
from intake_app.drafting import FRAME, Draft
from intake_app.people import PersonDetails
from intake_app.records import Answer, Record, SetRef
from intake_app.store import migrations
from intake_app.store.audit import OPENED_PERSON
from intake_app.store.store import Store
from tests.fakes import HandClock

TakeDown = Callable[..., Draft]


def promised(draft: Draft, outcome: str = "call_back") -> Draft:
    return drafting.with_answer(draft, FRAME, "outcome", Answer(value=outcome))


def with_person(draft: Draft, **answers: str) -> Draft:
    details = PersonDetails(
        id=f"p{draft.id[1:]}", question_set=SetRef(id="person", version="1"),
        answers={name: Answer(value=value) for name, value in answers.items()},
    )  # fmt: skip
    return draft.model_copy(update={"person": details})


def ids_of(store: Store) -> list[str]:
    return [one.record.id for one in store.call_backs.all()]


@pytest.fixture
def waiting(store: Store, take_down: TakeDown) -> Record:
    return store.records.save(with_person(promised(take_down("Ring me")), phone="02079460018"))


def row(store: Store) -> Owed:
    (found,) = store.call_backs.all()
    return found


def test_records_and_drafts_wait_in_one_list(store: Store, take_down: TakeDown, waiting: Record) -> None:
    draft = promised(take_down("Parked"))
    store.drafts.keep(draft)
    store.records.save(take_down("Nothing promised"))
    rang_off = drafting.with_record(
        with_person(take_down("It broke off"), phone="0161 496 0000"), rang_off=True
    )
    store.drafts.keep(rang_off)
    store.drafts.keep(drafting.with_record(take_down("No number"), rang_off=True))

    assert set(ids_of(store)) == {waiting.id, draft.id, rang_off.id}


def test_a_form_that_is_keyed_a_second_time_promises_nothing(store: Store, take_down: TakeDown) -> None:
    store.drafts.keep(promised(take_down("Again")).model_copy(update={"checks": "other"}))
    assert ids_of(store) == []


def test_no_answer_is_counted_and_done_takes_it_off_the_list(
    store: Store, clock: HandClock, waiting: Record
) -> None:
    store.call_backs.note(row(store), Deed.NO_ANSWER, again=clock())
    clock.forward(60)
    assert (row(store).tries, row(store).again is not None) == (1, True)

    store.call_backs.note(row(store), Deed.DONE)
    assert ids_of(store) == []
    assert store.records.get(waiting.id) == waiting
    with store._database.read() as connection:
        sent = connection.exec_driver_sql(
            "SELECT count(*) FROM outbox o JOIN version v USING (mutation) WHERE v.kind = 'call_back'"
        ).scalar_one()
    assert sent == 2
    assert store.check().whole


def test_an_edit_shows_what_the_draft_says_now(store: Store, take_down: TakeDown, waiting: Record) -> None:
    edit = store.records.draft_for_edit(waiting.id)
    store.drafts.keep(promised(edit, "recorded"))
    assert ids_of(store) == []

    store.drafts.keep(promised(edit))
    assert row(store).version == ""


def test_what_was_done_stays_done_when_something_else_is_edited(store: Store, waiting: Record) -> None:
    store.call_backs.note(row(store), Deed.DONE)
    draft = store.records.draft_for_edit(waiting.id)
    store.records.save(drafting.with_answer(draft, FRAME, "may_contact", Answer(value="yes")))
    assert ids_of(store) == []


def test_the_number_is_opened_with_a_reason_that_is_written_down(store: Store, waiting: Record) -> None:
    found = store.call_backs.reach(waiting.id, "sam")

    assert found.number == "020 7946 0018"
    (entry,) = [one for one in store.audit.all() if one.act == OPENED_PERSON]
    assert (entry.subject, entry.reason) == (waiting.person, "to call them back")


def test_a_draft_s_number_is_found_too_and_written_down(store: Store, take_down: TakeDown) -> None:
    draft = with_person(promised(take_down("Parked")), phone="+44 161 4960000", message_safe="no")
    store.drafts.keep(draft)

    found = store.call_backs.reach(draft.id)
    assert (found.number, found.message_safe) == ("0161 496 0000", "no")
    assert [one.act for one in store.audit.all()].count(OPENED_PERSON) == 1


def test_an_edit_that_leaves_the_details_sealed_still_finds_the_number(store: Store, waiting: Record) -> None:
    store.drafts.keep(store.records.draft_for_edit(waiting.id))
    assert store.call_backs.reach(waiting.id).number == "020 7946 0018"


def test_nobody_left_a_number(store: Store, take_down: TakeDown) -> None:
    record = store.records.save(promised(take_down("Anonymous")))
    assert store.call_backs.reach(record.id).number == ""
    assert store.audit.all() == ()


def test_hours_are_the_organisation_s(store: Store) -> None:
    assert store.call_backs.hours() == CallHours()
    store.call_backs.set_hours(CallHours(opens=10 * 60))
    store.call_backs.set_hours(CallHours(opens=8 * 60), "sam")

    assert (store.call_backs.hours().opens, store.call_backs.hours().by) == (480, "sam")


def test_erasing_a_record_erases_what_was_done_about_it(store: Store, waiting: Record) -> None:
    store.call_backs.note(row(store), Deed.NO_ANSWER)
    store.erase(waiting.id, "they asked")

    assert ids_of(store) == []
    with store._database.read() as connection:
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM version WHERE kind = 'call_back'"
        ).scalar_one()
    assert left == 0


def test_a_deed_of_a_newer_program_does_no_harm(store: Store, waiting: Record) -> None:
    store.call_backs.note(row(store), Deed.NO_ANSWER)
    with store._database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE version SET body = json_set(body, '$.deed', 'sent_an_owl', '$.with', 'Errol') "
            "WHERE kind = 'call_back'"
        )
    assert (row(store).tries, row(store).what) == (0, What.CALL)
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE version SET body = '[]' WHERE kind = 'call_back'")
    assert [one.why for one in row(store).wishes] == [Why.PROMISED]


def test_records_of_before_are_counted_and_found_as_new_ones_are(
    store: Store, take_down: TakeDown, waiting: Record
) -> None:
    silent = store.records.save(promised(take_down("", service="The Rose"), "silent"))
    with store._database.write() as connection:
        # As the program before wrote them.
        connection.exec_driver_sql("UPDATE projected_record SET items = 1")
        _forget_tokens(connection)
    assert ids_of(store) == []

    with store._database.write() as connection:
        migrations.m0011.run(connection)
    assert ids_of(store) == [waiting.id]
    (summary,) = store.records.summaries((silent.id,))
    assert summary.items == 0
    assert store.check().whole


def _forget_tokens(connection: Any) -> None:
    rows = connection.exec_driver_sql("SELECT key, words, tokens FROM record_text").all()
    for key, words, tokens in rows:
        before = tokens.replace("tback", "").replace("knotfeedback", "kfeedback")
        connection.exec_driver_sql(
            "INSERT INTO record_search (record_search, rowid, words, tokens) VALUES ('delete', ?, ?, ?)",
            (key, words, tokens),
        )
        connection.exec_driver_sql("UPDATE record_text SET tokens = ? WHERE key = ?", (before, key))
        connection.exec_driver_sql(
            "INSERT INTO record_search (rowid, words, tokens) VALUES (?, ?, ?)", (key, words, before)
        )


def test_the_kinds_have_names_of_their_own() -> None:
    assert {Kind.CALL_BACK, Kind.CALL_HOURS} == {"call_back", "call_hours"}
