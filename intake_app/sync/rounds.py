"""A round for the hub that this computer has joined: the one call that command line and tests make."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx2

from intake_app.errors import NotEnrolled
from intake_app.sync.client import HubClient
from intake_app.sync.engine import RoundProgress, RoundReport, SyncEngine, SyncStore
from intake_app.sync.round_lock import round_lock
from intake_app.sync.web import TimeOuts, open_web


class KeptEnrolment(Protocol):
    """Of an enrolment, what a round needs."""

    @property
    def hub_url(self) -> str: ...
    @property
    def token(self) -> str: ...


class EnrolledStore(SyncStore, Protocol):
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

    Raises NotEnrolled, RoundUnderWay, Cancelled, SyncError and StoreError; what was settled stays settled.
    """
    enrolment = store.enrolment()
    if enrolment is None:
        raise NotEnrolled
    with open_http(enrolment.hub_url, time_outs) as http:
        store.tell_names()
        hub = HubClient(enrolment.hub_url, enrolment.token, http, time_outs)
        return SyncEngine(store, hub, lambda: round_lock(folder)).run(progress, cancelled)
