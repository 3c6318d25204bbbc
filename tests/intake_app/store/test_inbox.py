"""Emails wait, are taken down or set aside; who follows whom; and all of it goes when a record is erased."""

import dataclasses
from collections.abc import Callable

import pytest

from intake_app.drafting import Draft
from intake_app.errors import MessageMissing
from intake_app.store.inbox import Arrival, InboxRow, MessageState
from intake_app.store.store import Store
from intake_app.times import Instant

RAW = b"From: zofia@example.org\r\n\r\nNobody rang back.\r\n"
SENT = Instant.parse("2026-03-04T09:00:00.000Z")
FIRST = Arrival(
    message_id="one@example.org",
    answers=(),
    name="Zofia",
    address="zofia@example.org",
    subject="Nobody rang back",
    sent=SENT,
    sha256="1",
    reading="{}",
)

TakeDown = Callable[..., Draft]


def add(store: Store, arrival: Arrival = FIRST, **changes: object) -> InboxRow:
    """The row of a message that has just come."""
    made = dataclasses.replace(arrival, **changes)  # type: ignore[arg-type]
    before = {row.id for row in store.inbox.rows()}
    assert store.inbox.add([(made, RAW)]) == {made.sha256}
    (row,) = (row for row in store.inbox.rows() if row.id not in before)
    return row


def test_a_message_waits_as_it_came_and_comes_once(store: Store) -> None:
    row = add(store)
    assert (row.name, row.subject, row.sent, row.state) == (
        "Zofia",
        FIRST.subject,
        SENT,
        MessageState.WAITING,
    )
    assert store.inbox.source(row.id) == RAW
    assert store.inbox.reading(row.id) == "{}"
    assert store.inbox.add([(FIRST, RAW)]) == frozenset()
    assert store.inbox.waiting() == 1


def test_what_a_machine_sent_waits_for_nobody(store: Store) -> None:
    row = add(store, reason="bounce")
    assert (row.state, row.reason) == (MessageState.ASIDE, "bounce")
    assert store.inbox.waiting() == 0
    store.inbox.wait_again(row.id)
    assert [one.id for one in store.inbox.rows(MessageState.WAITING)] == [row.id]


def test_a_date_that_lies_in_the_future_or_is_none_is_that_of_its_coming(store: Store, clock) -> None:
    future = add(store, sent=Instant(clock().utc_ms + 10**9), sha256="2")
    none = add(store, sent=None, sha256="3")
    assert future.sent.utc_ms <= clock().utc_ms
    assert none.sent.utc_ms <= clock().utc_ms


def test_taken_down_with_its_record_and_waiting_again_when_the_draft_is_thrown_away(
    store: Store, take_down: TakeDown
) -> None:
    row = add(store)
    draft = take_down("Nobody rang back.")
    store.drafts.keep(draft)
    store.inbox.take_down(row.id, draft.id)
    (taken,) = store.inbox.rows(MessageState.TAKEN)
    assert taken.record == draft.id
    store.drafts.discard(draft.id)
    (waiting,) = store.inbox.rows(MessageState.WAITING)
    assert (waiting.id, waiting.record) == (row.id, "")
    store.inbox.take_down(row.id, store.records.save(take_down("Again")).id)
    assert store.inbox.rows(MessageState.WAITING) == ()


def test_a_later_message_of_the_same_sender_leads_to_the_record_of_the_first(
    store: Store, take_down: TakeDown
) -> None:
    first = add(store)
    record = store.records.save(take_down("Nobody rang back."))
    store.inbox.take_down(first.id, record.id)
    second = add(
        store,
        message_id="two@example.org",
        answers=("one@example.org", "ours@healthwatch.example"),
        address="Zofia@Example.org",
        sha256="2",
    )
    assert second.earlier_record == record.id


def test_a_stranger_who_refers_to_it_joins_nobodys_record(store: Store, take_down: TakeDown) -> None:
    first = add(store)
    store.inbox.take_down(first.id, store.records.save(take_down("Nobody rang back.")).id)
    stranger = add(
        store, message_id="x@x", answers=("one@example.org",), address="other@example.net", sha256="2"
    )
    nobody = add(store, message_id="y@y", answers=("one@example.org",), address="", sha256="3")
    assert (stranger.earlier_record, nobody.earlier_record) == ("", "")


def test_an_erased_record_takes_its_message_along(store: Store, take_down: TakeDown) -> None:
    row, other = add(store), add(store, sha256="2", message_id="other")
    record = store.records.save(take_down("Nobody rang back."))
    store.inbox.take_down(row.id, record.id)
    store.erase(record.id, "she asked for it")
    assert [one.id for one in store.inbox.rows()] == [other.id]
    for gone in (lambda: store.inbox.source(row.id), lambda: store.inbox.set_aside(row.id, "spam")):
        with pytest.raises(MessageMissing):
            gone()
    with store._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM message_source").scalar_one() == 1


def test_the_newest_come_first(store: Store) -> None:
    late = add(store, sha256="2", sent=Instant(SENT.utc_ms + 1_000))
    early = add(store)
    assert [one.id for one in store.inbox.rows()] == [late.id, early.id]
