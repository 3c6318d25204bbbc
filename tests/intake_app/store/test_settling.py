"""Around settling versions: an older store is brought up to date, names travel, notices cost no scan."""

from pathlib import Path

import pytest

from intake_app.documents import Document, Kind, Pulled
from intake_app.errors import NotSettled, RecordMissing, RecordUnreadable
from intake_app.forms.library import Library
from intake_app.merging.decisions import Choice
from intake_app.records import Decided, Joined, JoinedVersion, Record
from intake_app.store.conflicts import Conflict
from intake_app.store.notices import note
from intake_app.store.opening import NewStore, open_store
from intake_app.store.store import Store
from tests.intake_app.store.conftest import MORNING

ADDED = ("settling", "tried", "notice")


def pulled(
    store: Store, record: Record, revision: int, *parents: int, body: str = "", kind: str = ""
) -> Pulled:
    """A version as another computer sent it; named by its number."""
    document = Document(
        organisation=store.organisation.id,
        kind=kind or Kind.RECORD,
        id=record.id,
        mutation=f"elsewhere-{revision}",
        body=body or record.to_json(),
        base=parents[0] if parents else 0,
    )
    return Pulled(document, revision, parents, True, MORNING, "elsewhere")


def changed(record: Record, text: str, by: str) -> Record:
    story = record.narratives[0].model_copy(update={"text": text})
    return record.model_copy(update={"narratives": (story,), "edited": MORNING, "edited_by": by})


@pytest.fixture
def in_conflict(store: Store, take_down) -> Record:
    """One story in two versions, neither of them written here."""
    record = take_down("As told").record
    store.sync.apply_page([pulled(store, record, 1)], 1)
    for revision, text in ((2, "As told, here"), (3, "As told, there")):
        store.sync.apply_page([pulled(store, changed(record, text, f"by-{revision}"), revision, 1)], revision)
    return record


def test_a_store_of_the_first_schema_is_brought_up_to_date(
    new_store: NewStore, folder: Path, clock, ids, keyring
) -> None:
    with new_store.store._database.write() as connection:
        for table in ADDED:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DROP INDEX version_joining")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    new_store.store.close()
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as store:
        assert store.notices.unread() == ()
        with store._database.read() as connection:
            names = set(connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars())
    assert {*ADDED, "version_joining", "notice_unread"} <= names


def test_versions_that_join_nothing_are_not_even_looked_at(store: Store) -> None:
    with store._database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT seq, body FROM version WHERE seq > 5 "
            "AND instr(version.parents, ',') > 0 AND kind = 'record' ORDER BY seq LIMIT 10"
        ).all()
    assert "version_joining" in repr(plan)


def test_a_writer_is_told_once_and_whoever_decided_is_not(store: Store) -> None:
    sam = store.staff.current
    assert sam is not None
    ali = store.staff.add("Ali")
    versions = tuple(JoinedVersion(mutation=one, by=one) for one in (sam.id, ali.id, "amina"))
    joined = Joined(versions=versions, by=ali.id, at=MORNING)
    for mutation in ("one", "the same joined once more"):
        with store._database.write() as connection:
            note(connection, "record", mutation, joined, MORNING)
    with store._database.read() as connection:
        told = connection.exec_driver_sql("SELECT staff FROM notice").scalars().all()
    assert told == [sam.id]


def test_the_name_of_somebody_elsewhere_is_known_once_it_came(store: Store, take_down) -> None:
    record = take_down().record
    assert store.staff.name_of(record.id) == ""
    name = pulled(store, record, 1, body='{"id": "x", "name": "Amina"}', kind=Kind.STAFF)
    store.sync.apply_page([name], 1)
    assert store.staff.name_of(record.id) == "Amina"
    broken = pulled(store, record, 2, 1, body='["no", "name"]', kind=Kind.STAFF)
    store.sync.apply_page([broken], 2)
    assert store.staff.name_of(record.id) == ""


def test_what_needs_a_person_is_joined_by_no_program_and_waits(store: Store, in_conflict: Record) -> None:
    assert store.sync.join() == 0
    assert store.sync.join() == 0
    assert store.sync.counts().conflicts == 1


def test_nothing_is_settled_while_something_is_open(store: Store, in_conflict: Record) -> None:
    library = Library.shipped()
    found = store.conflicts.open(in_conflict.id, library)
    assert found is not None
    with pytest.raises(NotSettled) as refused:
        store.conflicts.settle(found, {}, library, "sam")
    assert refused.value.details["reason"] == "open"
    (asked,) = found.differences
    store.conflicts.settle(found, {asked.key: Choice(Decided.SIDE, 1)}, library, "sam")
    assert store.conflicts.open(in_conflict.id, library) is None
    assert store.sync.counts().conflicts == 0
    assert store.check().whole
    with pytest.raises(NotSettled) as again:
        store.conflicts.settle(found, {asked.key: Choice(Decided.SIDE, 1)}, library, "sam")
    assert again.value.details["reason"] == "moved"


def test_decisions_are_erased_with_their_record(store: Store, in_conflict: Record) -> None:
    library = Library.shipped()
    found = store.conflicts.open(in_conflict.id, library)
    assert isinstance(found, Conflict)
    store.conflicts.keep(found, {found.differences[0].key: Choice(Decided.COMBINED, text="a secret")})
    store.sync.join()
    store.erase(in_conflict.id, "asked")
    with store._database.read() as connection:
        for table in ADDED:
            assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []
    with pytest.raises(RecordMissing):
        store.conflicts.open(in_conflict.id, library)


def test_a_body_that_cannot_be_read_is_said_to_be_so(store: Store, take_down) -> None:
    record = store.records.save(take_down("As told"))
    with store._database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE version SET body = 'not JSON' WHERE document = :id", {"id": record.id}
        )
    with pytest.raises(RecordUnreadable):
        store.records.get(record.id)
    (version,) = store.records.history(record.id)
    assert version.joined is None
