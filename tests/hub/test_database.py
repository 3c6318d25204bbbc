"""Whole transactions against a real PostgreSQL: lost races, waiting in a queue, and what is answered then."""

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from intake_app.hub.database import Database
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


def test_hubs_that_start_at_once_on_an_empty_database_all_serve(postgresql: PostgresqlServer) -> None:
    """As processes, since that is how they start, and Alembic's own state is one for a process."""
    serve = [sys.executable, "-m", "intake_app.hub", "serve", "--listen", "127.0.0.1:0"]
    command = [*serve, "--database", postgresql.database()]
    hubs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    try:
        addresses = [hub.stdout.readline() if hub.stdout is not None else "" for hub in hubs]
    finally:
        for hub in hubs:
            hub.terminate()
        troubles = [hub.communicate(timeout=30)[1] for hub in hubs]
    assert [one.startswith("http://127.0.0.1:") for one in addresses] == [True] * 3, troubles
