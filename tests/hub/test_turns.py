"""Two computers under one identity are told apart, and nobody else is."""

from dataclasses import replace

import pytest

from intake_app.errors import DeviceTwice, HubRefused, SignInRefused
from intake_app.hub import access, errors
from intake_app.hub.scopes import Caller, DeviceKind
from intake_app.hub.turns import must_write
from intake_app.sync.protocol import TURN_HEADER, Turn
from tests.hub.hub_fixtures import RunningHub


def test_a_device_takes_its_turns_one_after_the_other(hub: RunningHub) -> None:
    device = hub.device()
    for turn in (Turn("", "1.a"), Turn("1.a"), Turn("1.a", "2.b"), Turn("2.b", "3.c"), Turn("3.c")):
        assert device.taking(turn).pull(0, "").next == 0
        device.taking(turn).push([])


def test_a_lost_answer_is_no_second_computer(hub: RunningHub) -> None:
    device = hub.device()
    device.taking(Turn("", "1.a")).pull(0, "")
    for _ in range(3):
        device.taking(Turn("1.a", "2.b")).push([])
    device.taking(Turn("2.b", "3.c")).pull(0, "")


def test_the_second_of_two_copies_is_told_and_nothing_of_it_is_taken(hub: RunningHub) -> None:
    device = hub.device()
    device.taking(Turn("", "1.a")).pull(0, "")
    device.taking(Turn("1.a", "2.aa")).pull(0, "")
    copy = device.taking(Turn("1.a", "2.bb"))
    with pytest.raises(DeviceTwice):
        copy.push([hub.document()])
    with pytest.raises(DeviceTwice):
        copy.pull(0, "")
    with pytest.raises(DeviceTwice):
        device.taking(Turn("1.a")).pull(0, "")
    assert device.taking(Turn("2.aa")).pull(0, "").next == 0


def test_a_hub_set_back_to_an_older_copy_does_not_blame_its_devices(hub: RunningHub) -> None:
    caller = Caller(hub.organisation, "d", "office", turn="4.a")
    assert must_write(caller, Turn("7.x"))
    with pytest.raises(errors.DeviceTwice):
        must_write(caller, Turn("4.x"))
    assert not must_write(replace(caller, turn="7.x"), Turn("7.x"))


def test_a_device_of_an_older_program_takes_no_turns(hub: RunningHub) -> None:
    device = hub.device()
    device.taking(Turn("", "1.a")).pull(0, "")
    assert device.pull(0, "").next == 0


@pytest.mark.parametrize("text", ["x", "1.a", "/", "a/b", "1.a/2.b/3.c", "1./2.b", "1.a/" + "9" * 90])
def test_a_turn_that_is_none_is_refused(hub: RunningHub, text: str) -> None:
    headers = {"Authorization": f"Bearer {hub.device()._token}", TURN_HEADER: text}
    answer = hub.http.get(hub.url + "/v1/pull", headers=headers)
    expected = (200, None) if text == "/" else (400, "request_unreadable")
    assert (answer.status_code, answer.json().get("code")) == expected


def test_a_copy_gets_an_identity_of_the_same_kind_and_place(hub: RunningHub) -> None:
    name, copy = f"one-{hub.organisation}", f"two-{hub.organisation}"
    device = hub.device(DeviceKind.OUTREACH, name=name, area="North", team="Calls")
    before, after = hub.document(), hub.document()
    device.push([before])
    answers = [device.split(copy) for _ in range(2)]
    device.push([after])
    with pytest.raises(SignInRefused):
        hub.client(answers[0].token).pull(0, "")
    own = hub.client(answers[1].token)
    # What both had is still its own; what the other one takes down from now on is not.
    assert {one.document.id for one in own.pull(0, "").documents} == {before.id}
    listed = hub.database.read(lambda connection: access.listed_devices(connection, hub.organisation))
    (found,) = [one for one in listed if one["device"] == copy]
    assert (found["kind"], found["area"], found["team"], found["came_from"]) == (
        "outreach", "North", "Calls", name,
    )  # fmt: skip


def test_no_device_can_take_the_identity_of_another(hub: RunningHub) -> None:
    victim = f"victim-{hub.organisation}"
    hub.device(name=victim)
    device = hub.device(name=f"other-{hub.organisation}")
    for taken in (victim, f"other-{hub.organisation}"):
        with pytest.raises(HubRefused) as refused:
            device.split(taken)
        assert refused.value.details == {"code": "device_unknown", "status": 404}


def test_revoking_a_device_shuts_out_its_copies_too(hub: RunningHub) -> None:
    name = f"lost-{hub.organisation}"
    device = hub.device(name=name)
    first = hub.client(device.split(f"a-{name}").token)
    first.split(f"b-{name}")
    other = hub.device()
    assert set(hub.revoke(name)) == {name, f"a-{name}", f"b-{name}"}
    assert other.pull(0, "").next == 0
