"""Who gets in, by a one-time code, and what each kind of device receives."""

from dataclasses import replace

import pytest

from intake_app.errors import DeviceRevoked, EnrolmentRefused, SignInRefused
from intake_app.hub import tables
from intake_app.hub.access import CODE_DAYS
from intake_app.hub.scopes import DeviceKind
from intake_app.sync.client import HubClient
from intake_app.sync.protocol import EnrolRequest
from intake_app.times import Instant
from tests.hub.hub_fixtures import RunningHub


def refused_reason(hub: RunningHub, code: str, device: str = "d-1") -> object:
    with pytest.raises(EnrolmentRefused) as refused:
        hub.client().enrol(EnrolRequest(code, device))
    return refused.value.details["reason"]


def received(client: HubClient) -> set[str]:
    return {one.document.id for one in client.pull(0, "").documents}


def test_a_code_gives_the_organisation_its_key_and_a_token(hub: RunningHub) -> None:
    answer = hub.client().enrol(EnrolRequest(hub.code(), "d-1", "Front desk"))
    assert (answer.organisation, answer.organisation_name) == (hub.organisation, "Healthwatch Anyshire")
    assert len(bytes.fromhex(answer.organisation_key)) == 32
    assert (answer.device, answer.device_kind) == ("d-1", "office")
    assert hub.client(answer.token).pull(0, "").documents == ()


def test_all_devices_of_an_organisation_get_the_same_key(hub: RunningHub) -> None:
    keys = {
        hub.client().enrol(EnrolRequest(hub.code(), device)).organisation_key for device in ("d-1", "d-2")
    }
    other = hub.new_organisation("Another")
    keys.add(hub.client().enrol(EnrolRequest(hub.code(organisation=other), "d-3")).organisation_key)
    assert len(keys) == 2


def test_a_code_is_sixteen_digits_in_groups_of_four(hub: RunningHub) -> None:
    code = hub.code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert code.replace("-", "").isdigit()


@pytest.mark.parametrize("typed", ["{} ", " {}", "{}\n"], ids=repr)
def test_a_code_may_be_typed_with_spaces(hub: RunningHub, typed: str) -> None:
    answer = hub.client().enrol(EnrolRequest(typed.format(hub.code().replace("-", " ")), "d-1"))
    assert answer.token


def test_a_used_code_is_refused_to_another_device(hub: RunningHub) -> None:
    code = hub.code()
    hub.client().enrol(EnrolRequest(code, "d-1"))
    assert refused_reason(hub, code, "d-2") == "used"


def test_the_same_device_may_repeat_its_code_when_the_answer_was_lost(hub: RunningHub) -> None:
    code = hub.code()
    lost = hub.client().enrol(EnrolRequest(code, "d-1"))
    answer = hub.client().enrol(EnrolRequest(code, "d-1"))
    assert hub.client(answer.token).pull(0, "").next == 0
    with pytest.raises(SignInRefused):
        hub.client(lost.token).pull(0, "")


def test_a_code_expires(hub: RunningHub) -> None:
    code = hub.code()
    hub.settings.clock.now = Instant(hub.settings.clock.now.utc_ms + (CODE_DAYS * 86_400 + 60) * 1000)
    assert refused_reason(hub, code) == "expired"


@pytest.mark.parametrize("code", ["", "1", "0000-0000-0000-0000", "drop table", "٠١٢٣" * 4, "1" * 90])
def test_a_wrong_code_is_refused(hub: RunningHub, code: str) -> None:
    hub.settings.clock.now = Instant(hub.settings.clock.now.utc_ms + 3_600_000)
    if code:
        assert refused_reason(hub, code) == "unknown"


def test_guessing_codes_is_stopped(hub: RunningHub) -> None:
    hub.settings.clock.now = Instant(hub.settings.clock.now.utc_ms + 3_600_000)
    reasons = [refused_reason(hub, f"9999-0000-0000-{guess:04d}") for guess in range(21)]
    assert reasons == ["unknown"] * 20 + ["too_many_tries"]
    hub.settings.clock.now = Instant(hub.settings.clock.now.utc_ms + 3_600_000)
    assert hub.client().enrol(EnrolRequest(hub.code(), "d-1")).token


@pytest.mark.parametrize("token", ["x", "a.b", "{organisation}.wrong", "{organisation}."])
def test_a_wrong_token_is_refused(hub: RunningHub, token: str) -> None:
    stranger = hub.client(token.format(organisation=hub.organisation))
    with pytest.raises(SignInRefused):
        stranger.pull(0, "")
    with pytest.raises(SignInRefused):
        stranger.push([hub.document()])


def test_a_token_of_one_organisation_does_not_open_another(hub: RunningHub) -> None:
    other = hub.new_organisation("Another")
    secret = hub.client().enrol(EnrolRequest(hub.code(), "d-1")).token.partition(".")[2]
    with pytest.raises(SignInRefused):
        hub.client(f"{other}.{secret}").pull(0, "")


def test_a_revoked_device_is_told_so_and_nothing_else(hub: RunningHub) -> None:
    device = hub.device(name=f"lost-{hub.organisation}")
    device.push([hub.document()])
    hub.revoke(f"lost-{hub.organisation}")
    with pytest.raises(DeviceRevoked):
        device.pull(0, "")
    with pytest.raises(DeviceRevoked):
        device.push([hub.document()])
    assert len(received(hub.device())) == 1


def test_neither_tokens_nor_codes_are_stored_in_the_clear(hub: RunningHub) -> None:
    code = hub.code()
    token = hub.client().enrol(EnrolRequest(code, "d-1")).token

    def stored(connection: object) -> str:
        both = (tables.DEVICES, tables.CODES)
        return repr([connection.execute(table.select()).all() for table in both])

    text = hub.database.read(stored)
    assert token not in text
    assert token.partition(".")[2] not in text
    assert code.replace("-", "")[4:] not in text


def test_an_outreach_device_receives_its_own_records_and_shared_lists_only(hub: RunningHub) -> None:
    office, outreach = hub.device(), hub.device(DeviceKind.OUTREACH)
    mine, my_person = hub.document(), hub.document(kind="person")
    shared = hub.document(kind="question_set")
    outreach.push([mine, my_person])
    office.push([hub.document(), hub.document(kind="equality"), shared])
    assert received(outreach) == {mine.id, shared.id}
    assert len(received(office)) == 5


def test_an_outreach_device_receives_what_the_office_changed_in_its_record(hub: RunningHub) -> None:
    office, outreach = hub.device(), hub.device(DeviceKind.OUTREACH)
    mine = hub.document()
    outreach.push([mine])
    office.push([hub.edit(mine, '{"signposted": true}', base=1)])
    assert [one.revision for one in outreach.pull(0, "").documents if one.head] == [2]


def test_what_others_keep_to_themselves_goes_to_managers_only(hub: RunningHub) -> None:
    writer, office, manager = hub.device(), hub.device(), hub.device(DeviceKind.MANAGER)
    kept, unheard_of = hub.document(audience="own"), hub.document(audience="the_board")
    writer.push([kept, unheard_of])
    assert received(office) == set()
    assert received(writer) == received(manager) == {kept.id, unheard_of.id}


def test_another_kind_of_device_is_told_to_rescope_and_the_cursor_passes_what_it_may_not_see(
    hub: RunningHub,
) -> None:
    name = f"moved-{hub.organisation}"
    device = hub.device(name=name)
    hub.device().push([hub.document(), hub.document()])
    before = device.pull(0, "")
    assert len(before.documents) == 2
    hub.set_place(name, kind=DeviceKind.OUTREACH)
    answer = device.pull(before.next, before.scope)
    assert (answer.rescope, answer.documents) == (True, ())
    assert answer.scope != before.scope
    backfill = device.pull(0, answer.scope)
    assert (backfill.documents, backfill.next, backfill.more) == ((), 2, False)


def test_an_erased_document_is_gone_for_everybody_and_stays_gone(hub: RunningHub) -> None:
    device, document = hub.device(), hub.document('{"said": "Please forget this."}')
    device.push([document, hub.edit(document, "later", base=1)])
    erasure = hub.document(f'{{"erases": ["{document.id}"], "why": "asked"}}', kind="erasure")
    device.push([erasure])
    late = hub.edit(document, "from a computer that was away", base=1)
    (receipt,) = hub.device().push([late]).receipts
    assert receipt.sha256 == late.sha256
    assert received(hub.device()) == {erasure.id}

    def bodies(connection: object) -> list[str]:
        table = tables.VERSIONS
        rows = connection.execute(table.select().where(table.c.document == document.id)).all()
        return [row.body + row.envelope for row in rows]

    assert set(hub.database.read(bodies)) == {"{}"}
    (again,) = device.push([document]).receipts
    assert (again.status, again.sha256) == ("already", document.sha256)


def test_a_made_up_erasure_body_erases_nothing(hub: RunningHub) -> None:
    device = hub.device()
    device.push([hub.document()])
    bodies = ["", "[]", '{"erases": "x"}', '{"erases": [7, null]}', "null", '{"erases": [""]}']
    device.push([replace(hub.document(body), kind="erasure") for body in bodies])
    assert len(received(device)) == 7
