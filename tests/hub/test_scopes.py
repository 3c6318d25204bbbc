"""What each kind of device receives, by audience, office, team and day."""

import pytest

from intake_app.documents import Document
from intake_app.hub import projecting
from intake_app.hub.scopes import OUTREACH_DAYS, Caller, DeviceKind
from intake_app.records import Record, SetRef, Sheet
from intake_app.sync.client import HubClient
from intake_app.times import Instant
from tests.hub.hub_fixtures import RunningHub

DAY_MS = 86_400_000
AUDIENCES = ("own", "team", "office", "organisation")


def received(client: HubClient) -> set[str]:
    return {one.document.id for one in client.pull(0, "").documents}


def forward(hub: RunningHub, days: float) -> None:
    clock = hub.settings.clock
    clock.now = Instant(clock.now.utc_ms + int(days * DAY_MS))


def record(hub: RunningHub, finished: bool) -> Document:
    at = hub.settings.clock()
    made = Record(
        id=hub.ids(),
        device="d",
        started=at,
        received=at,
        finished=at if finished else None,
        frame=Sheet(question_set=SetRef(id="frame", version="0")),
    )
    return hub.document(made.to_json(), id=made.id)


def one_of_each_audience(hub: RunningHub, writer: HubClient) -> dict[str, str]:
    """Audience by document id."""
    documents = [hub.document(audience=audience) for audience in AUDIENCES]
    writer.push(documents)
    return {one.id: one.audience for one in documents}


@pytest.mark.parametrize(
    ("reader", "audiences"),
    [
        ({"area": "North", "team": "Calls"}, {"team", "office", "organisation"}),
        ({"area": "North", "team": "Visits"}, {"office", "organisation"}),
        ({"area": "North"}, {"office", "organisation"}),
        ({"area": "South", "team": "Calls"}, set()),
        ({}, {"organisation"}),
        ({"kind": DeviceKind.MANAGER}, set(AUDIENCES)),
        ({"kind": DeviceKind.OUTREACH, "area": "North", "team": "Calls"}, set()),
    ],
    ids=["same team", "other team", "same area", "other area", "no area", "manager", "outreach"],
)
def test_a_document_of_an_office_reaches_those_it_is_meant_for(
    hub: RunningHub, reader: dict[str, str], audiences: set[str]
) -> None:
    writer = hub.device(area="North", team="Calls")
    written = one_of_each_audience(hub, writer)
    got = received(hub.device(**reader))
    assert {written[one] for one in got} == audiences
    assert received(writer) == set(written)


def test_lists_question_sets_and_erasures_reach_every_office(hub: RunningHub) -> None:
    kinds = ("question_set", "wording", "code_list", "erasure")
    shared = [hub.document(kind=kind) for kind in kinds]
    hub.device(area="North").push([*shared, hub.document()])
    for reader in (hub.device(area="South"), hub.device(DeviceKind.OUTREACH)):
        assert received(reader) == {one.id for one in shared}


def test_what_another_office_changed_stays_with_the_office_that_took_it_down(hub: RunningHub) -> None:
    document = hub.document(audience="office")
    north = hub.device(area="North")
    north.push([document])
    hub.device(DeviceKind.MANAGER, area="South").push([hub.edit(document, "{}", base=1, audience="office")])
    assert [one.revision for one in north.pull(0, "").documents] == [1, 2]
    assert received(hub.device(area="South")) == set()


def test_an_outreach_device_keeps_a_week_and_what_is_not_finished(hub: RunningHub) -> None:
    outreach = hub.device(DeviceKind.OUTREACH)
    done, begun = record(hub, finished=True), record(hub, finished=False)
    outreach.push([done, begun, hub.document(kind="person"), hub.document(kind="equality")])
    first = outreach.pull(0, "")
    assert {one.document.id for one in first.documents} == {done.id, begun.id}
    hub.database.write(lambda connection: projecting.catch_up(connection, hub.organisation))

    forward(hub, OUTREACH_DAYS - 1)
    later = record(hub, finished=True)
    outreach.push([later])
    assert received(outreach) == {done.id, begun.id, later.id}

    forward(hub, 2)
    asked = outreach.pull(first.next, first.scope)
    assert (asked.rescope, asked.documents) == (True, ())
    assert received(outreach) == {begun.id, later.id}
    # Finished in the office: a week later it leaves too.
    hub.device().push([hub.edit(done, "{}", base=1), hub.edit(begun, record(hub, True).body, base=2)])
    hub.database.write(lambda connection: projecting.catch_up(connection, hub.organisation))
    forward(hub, OUTREACH_DAYS + 1)
    assert received(outreach) == set()


def test_the_scope_of_an_outreach_device_changes_once_a_day_and_no_other(hub: RunningHub) -> None:
    devices = {kind: hub.device(kind) for kind in DeviceKind}
    before = {kind: device.pull(0, "").scope for kind, device in devices.items()}
    forward(hub, 1)
    changed = {kind for kind, device in devices.items() if device.pull(0, "").scope != before[kind]}
    assert changed == {DeviceKind.OUTREACH}


@pytest.mark.parametrize(
    "change", [{"kind": DeviceKind.OUTREACH}, {"area": "South"}, {"team": "Visits"}], ids=str
)
def test_a_device_that_is_moved_is_told_to_ask_again(hub: RunningHub, change: dict[str, str]) -> None:
    name = f"moved-{hub.organisation}"
    device = hub.device(name=name, area="North", team="Calls")
    before = device.pull(0, "")
    hub.set_place(name, **change)
    assert device.pull(before.next, before.scope).rescope


def test_a_kind_that_this_hub_does_not_know_receives_the_least(hub: RunningHub) -> None:
    name = f"odd-{hub.organisation}"
    device = hub.device(name=name)
    hub.set_place(name, kind="satellite")
    mine = hub.document()
    device.push([mine, hub.document(kind="person")])
    hub.device().push([hub.document()])
    assert received(device) == {mine.id}
    assert Caller("o", "d", "satellite").scope != Caller("o", "d", "office").scope


def test_an_event_and_its_counts_reach_every_laptop_that_may_be_there(hub: RunningHub) -> None:
    writer = hub.device(area="North")
    events = [hub.document(kind=kind) for kind in ("event", "event_count")]
    writer.push([*events, hub.document(kind="record")])
    outreach = hub.device(DeviceKind.OUTREACH, area="South")
    assert received(outreach) == {one.id for one in events}
