"""Joining a hub by a code, and what becomes of records taken before."""

from contextlib import nullcontext
from dataclasses import dataclass, field

import pytest

from intake_app.errors import EnrolmentRefused, HubNotTrusted, Offline
from intake_app.sync.enrolment import Enrolment, join, send_earlier
from tests.hub.hub_fixtures import RunningHub


@dataclass
class Joining:
    """A store that has taken three records before."""

    kept: list[Enrolment] = field(default_factory=list)
    rehomed: list[tuple[str, str]] = field(default_factory=list)

    def save_enrolment(self, enrolment: Enrolment) -> None:
        self.kept.append(enrolment)

    def unsent_before_joining(self) -> int:
        return 0 if self.rehomed else 3

    def rehome(self, organisation: str, organisation_key: str) -> None:
        self.rehomed.append((organisation, organisation_key))


def test_joining_keeps_what_the_hub_answered_and_sends_nothing(hub: RunningHub) -> None:
    store = Joining()
    joined = join(store, hub.url + "/", hub.code(), "d-1", "Front desk", lambda *_: nullcontext(hub.http))
    assert store.kept == [joined.enrolment]
    assert (joined.enrolment.hub_url, joined.enrolment.organisation) == (hub.url, hub.organisation)
    assert (joined.enrolment.device, joined.enrolment.device_kind) == ("d-1", "office")
    assert joined.earlier_records == 3
    assert store.rehomed == []
    client = hub.client(joined.enrolment.token)
    assert client.pull(0, "").documents == ()


def test_earlier_records_are_sent_when_the_person_says_so(hub: RunningHub) -> None:
    store = Joining()
    joined = join(store, hub.url, hub.code(), "d-1", open_http=lambda *_: nullcontext(hub.http))
    send_earlier(store, joined.enrolment)
    assert store.rehomed == [(hub.organisation, joined.enrolment.organisation_key)]


def test_a_refused_code_changes_nothing_here(hub: RunningHub) -> None:
    store = Joining()
    with pytest.raises(EnrolmentRefused):
        join(store, hub.url, "1234-1234-1234-1234", "d-1", open_http=lambda *_: nullcontext(hub.http))
    assert store.kept == []


def test_a_code_goes_to_no_address_without_tls() -> None:
    with pytest.raises(HubNotTrusted):
        join(Joining(), "http://hub.example.org", "1234-1234-1234-1234", "d-1")


def test_a_hub_that_is_not_there_is_offline() -> None:
    with pytest.raises(Offline):
        join(Joining(), "https://hub.invalid", "1234-1234-1234-1234", "d-1")


def test_an_enrolment_prints_neither_token_nor_key(hub: RunningHub) -> None:
    joined = join(Joining(), hub.url, hub.code(), "d-1", open_http=lambda *_: nullcontext(hub.http))
    printed = repr(joined)
    assert joined.enrolment.token not in printed
    assert joined.enrolment.organisation_key not in printed
