"""Whole transactions against a real PostgreSQL: lost races, waiting in a queue, and what is answered then."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, text

from intake_app.hub.database import Database, known_revisions
from intake_app.hub.errors import Busy
from intake_app.hub.settings import HubSettings
from tests.hub.hub_fixtures import RunningHub, running_hub
from tests.postgresql import PostgresqlServer


@pytest.fixture
def database(postgresql: PostgresqlServer) -> Iterator[Database]:
    """Two rows of a table, as two transactions may take them in opposite order."""
    opened = Database(HubSettings(postgresql.database(), lock_seconds=5, statement_seconds=10))
    with opened.engine.begin() as connection:
        connection.execute(text("CREATE TABLE pair (organisation TEXT PRIMARY KEY, n INTEGER)"))
        connection.execute(text("INSERT INTO pair VALUES ('one', 0), ('two', 0)"))
    yield opened
    opened.close()


def add(connection: Connection, organisation: str) -> None:
    asked = {"organisation": organisation}
    connection.execute(text("UPDATE pair SET n = n + 1 WHERE organisation = :organisation"), asked)


def counted(database: Database) -> list[int]:
    statement = text("SELECT n FROM pair ORDER BY organisation")
    return database.read(lambda connection: list(connection.execute(statement).scalars()))


def test_two_transactions_in_each_others_way_both_succeed_in_the_end(database: Database) -> None:
    """A deadlock (40P01): PostgreSQL ends one of them, and it is tried again whole."""
    both_hold_one = threading.Barrier(2)
    tries: list[str] = []

    def take(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            tries.append(first)
            add(connection, first)
            if tries.count(first) == 1:
                both_hold_one.wait(10)
            add(connection, second)

        database.write(work)

    threads = [threading.Thread(target=take, args=pair) for pair in (("one", "two"), ("two", "one"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert counted(database) == [2, 2]
    assert len(tries) == 3


def test_a_transaction_that_read_what_another_changed_is_tried_again(database: Database) -> None:
    """A serialization failure (40001), as every distributed PostgreSQL answers it."""
    read, written = threading.Event(), threading.Event()

    def count_up(connection: Connection) -> None:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        connection.execute(text("SELECT sum(n) FROM pair")).all()
        read.set()
        assert written.wait(10)
        add(connection, "one")

    thread = threading.Thread(target=database.write, args=(count_up,))
    thread.start()
    assert read.wait(10)
    database.write(lambda connection: add(connection, "one"))
    written.set()
    thread.join(30)
    assert counted(database) == [2, 0]


@pytest.mark.parametrize(
    ("limits", "statement"),
    [
        ({"lock_seconds": 0.05, "statement_seconds": 10}, "UPDATE pair SET n = 9 WHERE organisation = 'one'"),
        ({"lock_seconds": 5, "statement_seconds": 0.05}, "SELECT pg_sleep(5)"),
    ],
    ids=["lock", "statement"],
)
def test_neither_a_lock_nor_a_statement_is_waited_for_longer_than_allowed(
    database: Database, limits: dict[str, float], statement: str
) -> None:
    impatient = Database(HubSettings(database.engine.url.render_as_string(False), wait=pytest.fail, **limits))
    with database.engine.begin() as holding:
        add(holding, "one")
        with pytest.raises(Busy):
            impatient.write(lambda connection: connection.execute(text(statement)))
    impatient.close()


def test_a_device_in_the_queue_is_told_when_to_come_back_and_others_are_not_held_up(
    postgresql: PostgresqlServer,
) -> None:
    with running_hub(postgresql.database(), "loopback", lock_seconds=0.2) as hub:
        other = hub.new_organisation("Another")
        device, neighbour = hub.device(), hub.device(organisation=other)
        with hub.database.engine.begin() as stuck:
            asked = {"organisation": hub.organisation}
            stuck.execute(
                text("UPDATE change_counter SET latest = latest WHERE organisation = :organisation"), asked
            )
            answer = _pushed(hub, device._token, [])
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
            assert answer.headers["retry-after"] == "2"
            assert len(neighbour.push([hub.document(organisation=other)]).receipts) == 1
            assert device.pull(0, "").next == 0
        assert len(device.push([hub.document()]).receipts) == 1


def _pushed(hub: RunningHub, token: str, documents: list[object]):
    return hub.http.post(
        hub.url + "/v1/push", json={"documents": documents}, headers={"Authorization": f"Bearer {token}"}
    )


def test_a_schema_that_another_hub_is_making_just_now_is_waited_for(postgresql: PostgresqlServer) -> None:
    """Several hubs of one organisation are started together, and only one of them can make the tables."""
    url = postgresql.database()
    here, there = Database(HubSettings(url)), Database(HubSettings(url))
    failures: list[Exception] = []

    def migrate() -> None:
        try:
            here.migrate()
        except Exception as error:  # noqa: BLE001  # told below
            failures.append(error)

    with there.engine.connect() as other:
        other.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        migrating = threading.Thread(target=migrate)
        migrating.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        until(lambda: bool(there.read(lambda connection: connection.execute(waiting).scalar_one())))
        other.commit()
    migrating.join(60)
    assert failures == []
    assert here.revision() in known_revisions()
    here.close()
    there.close()


def until(check: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not check():
        assert time.monotonic() < end
        time.sleep(0.02)
