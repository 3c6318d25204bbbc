"""A running hub for tests: in process or as a real server on loopback, on SQLite or on PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from intake_app.documents import Document
from intake_app.hub import access
from intake_app.hub.app import create_app
from intake_app.hub.database import Database
from intake_app.hub.scopes import DeviceKind
from intake_app.hub.settings import HubSettings
from intake_app.sync.client import HubClient
from intake_app.sync.protocol import EnrolRequest
from intake_app.sync.web import TimeOuts, open_web
from intake_app.times import IdMaker, Instant
from tests.postgresql import PostgresqlServer

START = Instant.parse("2026-03-09T10:14:00Z")


@dataclass
class SteppingClock:
    """Each look is one second later, so that nothing depends on the real time."""

    now: Instant = START

    def __call__(self) -> Instant:
        self.now = Instant(self.now.utc_ms + 1000)
        return self.now


@dataclass
class RunningHub:
    """A hub with one organisation, and the ways a test reaches it."""

    settings: HubSettings
    url: str
    http: httpx2.Client
    ids: IdMaker
    database: Database
    organisation: str = ""
    made: int = field(default=0)

    def new_organisation(self, name: str) -> str:
        organisation = self.ids()
        self.database.write(
            lambda connection: access.create_organisation(connection, organisation, name, "", START)
        )
        return organisation

    def code(
        self, kind: DeviceKind = DeviceKind.OFFICE, organisation: str = "", area: str = "", team: str = ""
    ) -> str:
        return self.database.write(
            lambda connection: access.make_code(
                connection, organisation or self.organisation, kind, self.settings.clock(), area, team
            )
        )

    def revoke(self, device: str) -> tuple[str, ...]:
        return self.database.write(
            lambda connection: access.revoke(connection, self.organisation, device, self.settings.clock())
        )

    def set_place(self, device: str, **place: str) -> None:
        self.database.write(
            lambda connection: access.set_place(connection, self.organisation, device, **place)
        )

    def client(self, token: str = "") -> HubClient:
        return HubClient(self.url, token, self.http)

    def device(
        self,
        kind: DeviceKind = DeviceKind.OFFICE,
        organisation: str = "",
        name: str = "",
        area: str = "",
        team: str = "",
    ) -> HubClient:
        """The client of a freshly enrolled device."""
        device = name or self.ids()
        answer = self.client().enrol(
            EnrolRequest(self.code(kind, organisation, area, team), device, "A laptop")
        )
        return self.client(answer.token)

    def document(self, body: str = '{"said": "The ward was clean."}', **changes: object) -> Document:
        """A fresh document of this hub's organisation."""
        made = Document(
            organisation=self.organisation, kind="record", id=self.ids(), mutation=self.ids(), body=body
        )
        return replace(made, **changes)

    def edit(self, document: Document, body: str, base: int = 0, **changes: object) -> Document:
        """Another version of it."""
        return replace(document, mutation=self.ids(), body=body, base=base, **changes)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind a real server on a free port of this computer; yields its address."""
    started = threading.Event()

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: object = None) -> None:
            await super().startup(sockets)
            started.set()

    server = Announcing(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert started.wait(20)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def running_hub(database_url: str, way: str = "in_process", **settings: object) -> Iterator[RunningHub]:
    """``way``: in_process or loopback."""
    clock = SteppingClock()
    made = HubSettings(database_url, **{"clock": clock, "wait": lambda _seconds: None, **settings})
    with ExitStack() as stack:
        app = create_app(made)
        database = Database(made)
        stack.callback(database.close)
        if way == "loopback":
            url = stack.enter_context(served(app))
            http = stack.enter_context(open_web(url, TimeOuts(connect=5, answer=20)))
        else:
            url = "http://127.0.0.1"
            http = stack.enter_context(TestClient(app, base_url=url, follow_redirects=False))
        hub = RunningHub(made, url, http, IdMaker(clock), database)
        hub.organisation = hub.new_organisation("Healthwatch Anyshire")
        yield hub


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """On SQLite in process, then on PostgreSQL behind a real server on loopback."""
    if request.param == "sqlite":
        with running_hub(f"sqlite:///{tmp_path_factory.mktemp('hub') / 'hub.sqlite'}") as made:
            yield made
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    with running_hub(server.database(), "loopback") as made:
        yield made


@pytest.fixture
def hub(running: RunningHub) -> RunningHub:
    """The running hub with an organisation of the test's own, whose counter stands at 0."""
    return replace(running, organisation=running.new_organisation("Healthwatch Anyshire"))
