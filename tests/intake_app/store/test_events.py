"""Events in the store: made, changed, counted at, chosen for today, and the records that belong to one."""

import pytest

from intake_app import drafting
from intake_app.documents import Kind
from intake_app.errors import EventMissing
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery

FAIR = {"name": "Health fair", "day": "2026-11-21", "type": "stall", "place": "Market Square, Leeds"}


def test_an_event_is_kept_with_who_wrote_it_and_waits_for_the_hub(store: Store) -> None:
    sam = store.staff.current
    assert sam is not None
    made = store.events.make({**FAIR, "notes": "  Two tables\x00 "})
    assert store.events.get(made.id) == made
    assert (made.name, made.by, made.facts["notes"]) == ("Health fair", sam.id, "Two tables\ufffd")
    with store._database.read() as connection:
        kinds = (
            connection.exec_driver_sql("SELECT kind FROM version v JOIN outbox o ON o.mutation = v.mutation")
            .scalars()
            .all()
        )
    assert kinds == [Kind.EVENT.value]
    assert store.check().whole


def test_only_what_was_changed_is_written(store: Store) -> None:
    made = store.events.make(FAIR)
    changed = store.events.change(made.id, {**FAIR, "place": "Library"}, made.facts, "zoe")
    assert (changed.facts["place"], changed.facts["name"], changed.by) == ("Library", "Health fair", made.by)
    assert store.events.change(made.id, changed.facts, changed.facts) == changed
    with store._database.read() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM version WHERE kind = 'event'").scalars().all()
    assert len(bodies) == 2


def test_counting_is_durable_at_once_and_can_go_back(store: Store) -> None:
    made = store.events.make(FAIR)
    store.events.count(made.id, people=1)
    store.events.count(made.id, leaflets=3)
    counted = store.events.count(made.id, people=2, leaflets=-1)
    assert (counted.people, counted.leaflets) == (3, 2)
    assert store.events.all() == (counted,)
    # One document of this computer's, in as many versions as were counted.
    with store._database.read() as connection:
        documents = connection.exec_driver_sql(
            "SELECT count(*) FROM document WHERE kind = 'event_count'"
        ).scalar_one()
    assert documents == 1


def test_what_is_not_here_is_said(store: Store) -> None:
    for act in (
        lambda: store.events.get("gone"),
        lambda: store.events.change("gone", FAIR, {}),
        lambda: store.events.count("gone", people=1),
        lambda: store.events.choose("gone"),
    ):
        with pytest.raises(EventMissing):
            act()
    assert store.events.today() is None
    assert (store.events.name_of("gone"), store.events.name_of("")) == ("", "")


def test_todays_event_stays_until_it_is_ended(store: Store) -> None:
    made = store.events.make(FAIR)
    store.events.choose(made.id)
    assert store.events.today() == made
    store.events.end()
    store.events.end()
    assert store.events.today() is None


def test_the_records_of_an_event_are_found_with_their_paper_numbers(store: Store, take_down) -> None:
    made, other = store.events.make(FAIR), store.events.make({"name": "Talk"})
    kept = {}
    for number, event in ((3, made), (1, made), (3, made), (0, made), (7, other)):
        record = store.records.save(
            drafting.with_record(take_down(f"Form {number}"), event=event.id, sequence=number)
        )
        kept.setdefault(number, []).append(record.id)
    begun = drafting.with_record(take_down("Half a form"), event=made.id, sequence=4)
    store.drafts.keep(begun)
    # A draft of a later version is no second form.
    store.drafts.keep(store.records.draft_for_edit(kept[1][0]))
    numbers = store.events.numbers(made.id)
    assert [(one.number, one.draft) for one in numbers] == [(1, False), (3, False), (3, False), (4, True)]
    assert len(store.events.records(made.id)) == 4
    found = store.records.find(RecordQuery(event=made.id)).rows
    assert {row.id for row in found} == {*store.events.records(made.id), begun.id}


def test_an_erased_record_leaves_its_event(store: Store, take_down) -> None:
    made = store.events.make(FAIR)
    record = store.records.save(drafting.with_record(take_down("Told"), event=made.id, sequence=1))
    store.erase(record.id, "asked")
    assert store.events.records(made.id) == store.events.numbers(made.id) == ()
    assert store.events.get(made.id).name == "Health fair"
