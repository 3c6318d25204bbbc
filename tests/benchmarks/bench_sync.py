"""20,000 records device → hub on PostgreSQL → device, beside raw inserts and beside Anki's own sync.

The hub is a process of its own, as it is in an office; stores are encrypted, lists and full text included.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from anki_peer import AnkiTimes, anki_times
from big_store import PAGE, MovingClock, drafts, new_store, opened, pulled, say, stories
from driver_alone import rows_of, written_alone
from rows import Row, median, milliseconds

from intake_app.hub import access, projecting
from intake_app.hub.database import Database
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.settings import HubSettings
from intake_app.store.store import Store
from intake_app.sync.client import HubClient
from intake_app.sync.engine import SyncEngine
from intake_app.sync.enrolment import join, send_earlier
from intake_app.sync.rounds import run_round
from intake_app.sync.web import open_web
from intake_app.times import IdMaker
from tests.postgresql import postgresql_server

DOCUMENTS = 20_000
ROUNDS = 3
COMMIT_EVERY = 100
NO_CHANGE_ROUNDS = 15
SHARE_OF_RAW = 0.15
SHARE_OF_ANKI = 0.7


@dataclass
class Times:
    """In milliseconds. ``no_change`` connects anew, ``kept`` is on a connection that is open already.

    ``followed`` is what the hub takes for its own lists after the push, ``tidied`` the joining of the search
    index's segments after the pull; ``alone`` is the driver writing what the pull wrote.
    """

    rehome: float
    push: float
    followed: float
    pull: float
    tidied: float
    no_change: float
    kept: float
    alone: float


def rows(options: Any) -> Iterator[Row]:
    clock = MovingClock()
    ids = IdMaker(clock)
    bodies = taken_before_joining(options.folder / "full", clock, ids)
    empty, _ = new_store(options.folder / "empty", clock, ids)
    empty.close()
    ours: list[Times] = []
    raw: list[float] = []
    anki: list[AnkiTimes] = []
    peer = anki_times(options.folder / "anki", list(stories(DOCUMENTS)))
    with ExitStack() as stack:
        url = stack.enter_context(postgresql_server(options.folder / "postgresql")).database()
        hub = stack.enter_context(Hub.served(url, clock))
        for number in range(min(ROUNDS, options.rounds)):
            say(f"sync, {number + 1} of {min(ROUNDS, options.rounds)}")
            raw.append(raw_insert(url, bodies))
            ours.append(one_way(options.folder, hub, clock, ids))
            measured = peer()
            anki += [measured] if measured else []
    yield from lines(ours, raw, anki)


def lines(ours: list[Times], raw: list[float], anki: list[AnkiTimes]) -> Iterator[Row]:
    what = f"{DOCUMENTS:,} records"
    push, pull = median([one.push for one in ours]), median([one.pull for one in ours])
    quiet = median([one.no_change for one in ours])
    limit, beside = median(raw), f"raw psycopg executemany, commit every {COMMIT_EVERY}"
    yield Row(f"push of {what} to a hub on PostgreSQL", push, beside, limit, times=1 / SHARE_OF_RAW)
    yield Row(f"pull of {what} into lists and full text", pull, beside, limit, times=1 / SHARE_OF_RAW)
    alone = median([one.alone for one in ours])
    yield Row(f"pull of {what}", pull, "the driver alone, the same encrypted rows and full text", alone)
    yield Row("the driver alone, the same encrypted rows and full text", alone, beside, limit)
    if anki:
        sent, fetched = median([one.push for one in anki]), median([one.pull for one in anki])
        yield Row(f"push of {what}", push, "Anki's push of as many notes", sent, times=1 / SHARE_OF_ANKI)
        yield Row(f"pull of {what}", pull, "Anki's pull of as many notes", fetched, times=1 / SHARE_OF_ANKI)
        none = median([one.no_change for one in anki])
        yield Row("a round without a change", quiet, "Anki's, connecting anew too", none, times=0.5)
        ours_kept, theirs_kept = median([one.kept for one in ours]), median([one.kept for one in anki])
        yield Row("the same on an open connection", ours_kept, "Anki's", theirs_kept)
    else:
        yield Row("a round without a change", quiet, "", 0)
    for told, times in (
        ("the hub's own lists of them, after the push", [one.followed for one in ours]),
        ("segments of the search index joined, after the pull", [one.tidied for one in ours]),
    ):
        yield Row(told, median(times), "", 0)
    yield Row(f"{what} given to the hub's organisation", median([one.rehome for one in ours]), "", 0)


@dataclass(frozen=True)
class Hub:
    """A running hub process and its database."""

    url: str
    database: Database
    clock: MovingClock

    @classmethod
    @contextmanager
    def served(cls, database_url: str, clock: MovingClock) -> Iterator["Hub"]:
        command = [sys.executable, "-m", "intake_app.hub", "serve", "--listen", "127.0.0.1:0"]
        database = Database(HubSettings(database_url))
        process = subprocess.Popen([*command, "--database", database_url], stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield cls(process.stdout.readline().strip(), database, clock)
        finally:
            database.close()
            process.terminate()
            process.wait(30)

    def organisation(self, ids: IdMaker) -> str:
        made = ids()
        self.database.write(
            lambda connection: access.create_organisation(connection, made, "Bench", "", self.clock())
        )
        return made

    def follow(self) -> None:
        """Until what reports read is up to date; the hub's own process may be at it too."""
        projecting.bring_up_to_date(self.database)

    def code(self, organisation: str) -> str:
        kind = DeviceKind.OFFICE
        # By the hub's own clock: a code made in the past would have expired.
        now = HubSettings("").clock()
        return self.database.write(lambda connection: access.make_code(connection, organisation, kind, now))


def taken_before_joining(folder: Path, clock: MovingClock, ids: IdMaker) -> list[str]:
    """A closed store with records of its own that no hub has; returns their bodies."""
    store, _ = new_store(folder, clock, ids)
    bodies: list[str] = []
    with store:
        mine = pulled(drafts(DOCUMENTS, clock, ids, store.device), store.organisation.id, ids)
        arriving = (replace(one, device=store.device) for one in mine)
        while page := list(islice(arriving, PAGE)):
            store.sync.apply_page(page, page[-1].revision, "bench")
            bodies += [one.document.body for one in page]
    return bodies


def one_way(folder: Path, hub: Hub, clock: MovingClock, ids: IdMaker) -> Times:
    organisation = hub.organisation(ids)
    with copy_of(folder / "full", folder / "here", clock) as here:
        joined = join(here.sync, hub.url, hub.code(organisation), ids())
        rehome = milliseconds(lambda: send_earlier(here.sync, joined.enrolment))
        push = milliseconds(lambda: run_round(here.sync, here.folder))
    # Not what is measured here; on two processors it would take one away from the device.
    followed = milliseconds(hub.follow)
    with copy_of(folder / "empty", folder / "there", clock) as there:
        join(there.sync, hub.url, hub.code(organisation), ids())
        pull = milliseconds(lambda: run_round(there.sync, there.folder))
        tidied = milliseconds(there.sync.tidy)
        listed, _items = there.records.totals()
        if listed != DOCUMENTS:
            raise RuntimeError(f"{listed} records arrived of {DOCUMENTS}")
        quiet = [milliseconds(lambda: run_round(there.sync, there.folder)) for _ in range(NO_CHANGE_ROUNDS)]
        kept = on_one_connection(there)
        written = rows_of(there)
    alone = written_alone(folder / "empty", folder / "alone", written, clock)
    return Times(rehome, push, followed, pull, tidied, median(quiet), kept, alone)


def on_one_connection(store: Store) -> float:
    enrolment = store.sync.enrolment()
    if enrolment is None:
        raise RuntimeError("this store has joined no hub")
    with open_web(enrolment.hub_url) as http:
        engine = SyncEngine(store.sync, HubClient(enrolment.hub_url, enrolment.token, http))
        return median([milliseconds(engine.run) for _ in range(NO_CHANGE_ROUNDS)])


@contextmanager
def copy_of(folder: Path, target: Path, clock: MovingClock) -> Iterator[Store]:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    with opened(target, clock) as store:
        yield store


def raw_insert(url: str, bodies: list[str]) -> float:
    """The bodies alone, with one key and nothing that asks about them."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_bodies")
        cursor.execute(
            "CREATE TABLE raw_bodies"
            " (organisation TEXT, id BIGINT, body TEXT, PRIMARY KEY (organisation, id))"
        )
        connection.commit()
        began = time.perf_counter()
        for start in range(0, len(bodies), COMMIT_EVERY):
            part = enumerate(bodies[start : start + COMMIT_EVERY], start)
            values = [("bench", number, body) for number, body in part]
            cursor.executemany("INSERT INTO raw_bodies VALUES (%s, %s, %s)", values)
            connection.commit()
        return (time.perf_counter() - began) * 1000
