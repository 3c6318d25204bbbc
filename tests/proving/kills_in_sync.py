"""Kills in the middle of rounds, of the device and of the hub: nothing acknowledged is missing on either."""

import os
import signal
import socket
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from intake_app.hub import access
from intake_app.hub.access import DeviceKind
from intake_app.hub.database import Database
from intake_app.hub.settings import HubSettings
from intake_app.store.store import Store
from intake_app.sync.enrolment import join
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, system_clock
from tests.first_runs import copied_store
from tests.proving.lanes import Lane, Lost, whole
from tests.proving.nursery import Nursery, nursery

DEVICE_LIVES_S, HUB_LIVES_S = (0.02, 0.8), (0.05, 0.6)
HUB_IS_KILLED = 0.3
"""Of the kills, in how many the hub goes first."""


@dataclass
class Hub:
    """One hub on a port of this computer, and a second computer that only receives."""

    folder: Path
    port: int
    nursery: Nursery
    settings: HubSettings
    organisation: str
    reader: Store
    pid: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        asked = {"act": "hub", "database": self.settings.database, "port": self.port}
        self.pid = self.nursery.begin(asked)
        self.nursery.until("ready")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def code(self) -> str:
        database = Database(self.settings)
        try:
            return database.write(
                lambda one: access.make_code(one, self.organisation, DeviceKind.OFFICE, system_clock())
            )
        finally:
            database.close()


def while_syncing(lane: Lane) -> None:
    hub = lane.partner or _begun(lane)
    _joined(lane, hub)
    hub_goes = lane.dice.random() < HUB_IS_KILLED
    if hub_goes:
        threading.Timer(lane.dice.uniform(*HUB_LIVES_S), hub.kill).start()
    seconds = lane.dice.uniform(*DEVICE_LIVES_S) + (HUB_LIVES_S[1] if hub_goes else 0)
    life = lane.nursery.live(lane.asked("syncing"), seconds)
    if hub_goes:
        hub.nursery.until("gone")
        hub.start()
    lane.numbers |= {one.rest[0]: one.rest[1] for one in life.of("saved")}
    lane.acknowledged += len(life.of("saved"))
    lane.half_way += life.told[-1].word in ("saved", "ready")
    with lane.opened() as store:
        whole(store)
        run_round(store.sync, lane.folder)
        if store.sync.counts().waiting or store.sync.quarantined():
            raise Lost("something still waits after a whole round")
        for record, number in lane.numbers.items():
            if number not in store.records.get(record).narratives[0].text:
                raise Lost("a finished record that was acknowledged is lost")
    _hub_has_all(lane, hub)
    run_round(hub.reader.sync, hub.reader.folder)
    for record in lane.numbers:
        hub.reader.records.get(record)


def _hub_has_all(lane: Lane, hub: Hub) -> None:
    connection = sqlite3.connect(hub.folder / "hub.sqlite")
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Lost("the hub's database is damaged")
        rows = connection.execute(
            "SELECT document, body FROM version WHERE kind = 'record' AND organisation = ?",
            [hub.organisation],
        ).fetchall()
        numbers = connection.execute(
            "SELECT c.latest = coalesce(max(v.revision), 0) FROM change_counter c"
            " LEFT JOIN version v ON v.organisation = c.organisation WHERE c.organisation = ?",
            [hub.organisation],
        ).fetchone()
    finally:
        connection.close()
    bodies = dict(rows)
    if len(bodies) != len(rows) or numbers != (1,):
        raise Lost("the hub took a version twice, or its numbers have a gap")
    if any(number not in bodies.get(record, "") for record, number in lane.numbers.items()):
        raise Lost("the hub lacks a record that the device believes sent")


def _begun(lane: Lane) -> Hub:
    folder = lane.folder.parent
    settings = HubSettings(f"sqlite:///{folder / 'hub.sqlite'}")
    ids = IdMaker(system_clock)
    reader = copied_store(
        folder / "reader", clock=system_clock, ids=ids, organisation="Kills", computer="reader"
    )
    lane.stack.callback(reader.close)
    organisation = ids()
    hub = Hub(folder, _free_port(), lane.stack.enter_context(nursery()), settings, organisation, reader)
    hub.start()
    lane.stack.callback(hub.kill)
    database = Database(settings)
    database.write(lambda one: access.create_organisation(one, organisation, "Kills", "", system_clock()))
    database.close()
    join(reader.sync, hub.url, hub.code(), reader.device)
    lane.partner = hub
    return hub


def _joined(lane: Lane, hub: Hub) -> None:
    with lane.opened() as store:
        if store.sync.enrolment() is None:
            join(store.sync, hub.url, hub.code(), store.device)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
