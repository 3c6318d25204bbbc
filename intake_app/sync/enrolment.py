"""Joining an organisation's hub with a one-time code, and what becomes of records taken before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import httpx2

from intake_app.sync.client import HubClient
from intake_app.sync.protocol import EnrolAnswer, EnrolRequest
from intake_app.sync.web import TimeOuts, open_web, trusted

HUB_URL_VARIABLE = "INTAKE_HUB_URL"
"""Only what the address field starts with: tokens go to no hub but the enrolled one."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The hub that this computer has joined; kept in the encrypted store, never in the keyring.

    ``organisation_key`` is in hexadecimal. ``token`` is not part of the printed form.
    """

    hub_url: str
    token: str
    organisation: str
    organisation_name: str
    area: str
    device: str
    device_kind: str
    organisation_key: str

    def __repr__(self) -> str:
        return f"Enrolment(hub_url={self.hub_url!r}, organisation={self.organisation!r})"


class JoiningStore(Protocol):
    """What joining needs of a store."""

    def save_enrolment(self, enrolment: Enrolment) -> None:
        """Keeps it. Nothing taken before goes out until ``rehome``."""

    def unsent_before_joining(self) -> int:
        """How many records were taken here before, for another organisation id than the hub's."""

    def rehome(self, organisation: str, organisation_key: str) -> None:
        """Gives them the hub's organisation and puts them into the outbox."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``earlier_records`` wait for a person's word: "Send 12 records taken before joining?"."""

    enrolment: Enrolment
    earlier_records: int


def join(
    store: JoiningStore,
    hub_url: str,
    code: str,
    device: str,
    device_name: str = "",
    open_http: Callable[[str, TimeOuts | None], httpx2.Client] = open_web,
    time_outs: TimeOuts | None = None,
) -> Joined:
    """Uses the code up and keeps what the hub answers. Sends nothing that was taken before.

    ``code`` may be typed with spaces or hyphens. Repeating it on the same computer is harmless, should the
    answer have been lost. Raises HubNotTrusted, EnrolmentRefused, Offline and the other SyncErrors.
    """
    address = trusted(hub_url)
    with open_http(address, time_outs) as http:
        answer = HubClient(address, "", http, time_outs).enrol(
            EnrolRequest(code=code, device=device, name=device_name)
        )
    store.save_enrolment(_enrolment(address, answer))
    return Joined(_enrolment(address, answer), store.unsent_before_joining())


def send_earlier(store: JoiningStore, enrolment: Enrolment) -> None:
    """The person said yes: records taken before joining become the organisation's and wait to be sent."""
    store.rehome(enrolment.organisation, enrolment.organisation_key)


def _enrolment(hub_url: str, answer: EnrolAnswer) -> Enrolment:
    return Enrolment(
        hub_url=hub_url,
        token=answer.token,
        organisation=answer.organisation,
        organisation_name=answer.organisation_name,
        area=answer.area,
        device=answer.device,
        device_kind=answer.device_kind,
        organisation_key=answer.organisation_key,
    )
