"""A round for the hub that this computer has joined: the one call that command line and tests make."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import httpx2

from intake_app.errors import DeviceTwice, NotEnrolled
from intake_app.sync.attachments import FileStore, exchange
from intake_app.sync.client import HubClient
from intake_app.sync.engine import RoundProgress, RoundReport, Stage, SyncEngine, SyncStore
from intake_app.sync.protocol import Turn
from intake_app.sync.round_lock import round_lock
from intake_app.sync.web import TimeOuts, open_web

_SWITCH_SECONDS = 0.0005
"""Python's own is ten times as long, and each of some hundred statements of a page would wait that long."""


class KeptEnrolment(Protocol):
    """Of an enrolment, what a round needs."""

    @property
    def hub_url(self) -> str: ...
    @property
    def token(self) -> str: ...


class KeptTurns(Protocol):
    """Of ``store.turns``, what a round needs."""

    def begin(self) -> tuple[str, str]: ...
    def taken(self, tried: str) -> None: ...
    def new_device(self) -> str: ...
    def become(self, device: str, token: str) -> None: ...


class EnrolledStore(SyncStore, Protocol):
    @property
    def turns(self) -> KeptTurns: ...
    @property
    def files(self) -> FileStore: ...
    def enrolment(self) -> KeptEnrolment | None:
        """None on a computer that works alone."""

    def tell_names(self) -> None:
        """Who writes here waits to be sent, where the hub does not know it yet."""


def run_round(
    store: EnrolledStore,
    folder: Path,
    progress: Callable[[RoundProgress], object] = lambda _now: None,
    cancelled: Callable[[], bool] = lambda: False,
    open_http: Callable[[str, TimeOuts | None], httpx2.Client] = open_web,
    time_outs: TimeOuts | None = None,
) -> RoundReport:
    """One round of the data folder's store with the enrolled hub and no other.

    A folder that turns out to be used by two computers gets a device id of its own here, and the round goes
    on under it. Raises NotEnrolled, RoundUnderWay, Cancelled, SyncError and StoreError; what was settled
    stays settled.
    """
    enrolment = store.enrolment()
    if enrolment is None:
        raise NotEnrolled
    with open_http(enrolment.hub_url, time_outs) as http:
        store.tell_names()
        hub = HubClient(enrolment.hub_url, enrolment.token, http, time_outs)
        with round_lock(folder):
            try:
                return _one(store, hub, progress, cancelled)
            except DeviceTwice:
                answer = hub.split(store.turns.new_device())
                store.turns.become(answer.device, answer.token)
            own = HubClient(enrolment.hub_url, answer.token, http, time_outs)
            return replace(_one(store, own, progress, cancelled), new_device=True)


@contextmanager
def _quick_switches() -> Iterator[None]:
    """One thread reads a page while the other writes the one before, and hardly waits for Python's lock."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _one(
    store: EnrolledStore,
    hub: HubClient,
    progress: Callable[[RoundProgress], object],
    cancelled: Callable[[], bool],
) -> RoundReport:
    kept, tried = store.turns.begin()
    with _quick_switches(), ThreadPoolExecutor(1, "sync-request") as beside:
        report = SyncEngine(store, hub.taking(Turn(kept, tried)), beside=beside).run(progress, cancelled)
    store.turns.taken(tried)
    files = exchange(store.files, hub, lambda pieces: progress(RoundProgress(Stage.FILES, pieces)), cancelled)
    return replace(report, files_sent=files.sent, files_fetched=files.fetched, files_left=files.left)
