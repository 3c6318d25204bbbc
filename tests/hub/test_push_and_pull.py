"""What a device sends is receipted, kept byte for byte, and handed to the others."""

from dataclasses import replace

import pytest

from intake_app.documents import Attachment, Receipt, ReceiptStatus
from intake_app.errors import HubRefused
from intake_app.hub.scopes import DeviceKind
from intake_app.sync.protocol import PUSH_PATH, envelope_of
from tests.hub.hub_fixtures import RunningHub


def test_a_pushed_document_is_receipted_and_pulled_by_another_device(hub: RunningHub) -> None:
    document = hub.document()
    answer = hub.device().push([document])
    (receipt,) = answer.receipts
    assert (receipt.mutation, receipt.id) == (document.mutation, document.id)
    assert (receipt.status, receipt.revision, receipt.sha256) == ("accepted", 1, document.sha256)
    assert len(receipt.code) == 6
    (pulled,) = hub.device().pull(0, "").documents
    assert pulled.document == document
    assert (pulled.revision, pulled.parents, pulled.head) == (1, (), True)
    assert pulled.received == receipt.at


@pytest.mark.parametrize(
    "body",
    [
        '{"b": 1,   "a": 2.0, "b": 1}',
        '{"n": 10000000000000000000000000001, "e": 1E400}',
        '{"text": "\\u0000 \\ud83d\\ude00 😀 مُستشفى żółć \u2028"}',
        "no JSON at all, from a newer program",
        "  \n\t ",
        "",
    ],
)
def test_a_body_comes_back_byte_for_byte(hub: RunningHub, body: str) -> None:
    document = hub.document(body)
    hub.device().push([document])
    (pulled,) = hub.device().pull(0, "").documents
    assert pulled.document.body.encode() == body.encode()


def test_unknown_kinds_and_envelope_fields_are_passed_on_unchanged(hub: RunningHub) -> None:
    document = hub.document(
        kind="hologram",
        audience="team",
        format=99,
        attachments=(Attachment("ab" * 32, 12, "image/png", "Foto ä.png"),),
        extra='{"lane": [1, {"x": "ü"}], "revision": 7}',
    )
    hub.device().push([document])
    (pulled,) = hub.device().pull(0, "").documents
    assert pulled.document == document


def test_the_same_batch_again_changes_nothing(hub: RunningHub) -> None:
    documents = [hub.document() for _ in range(3)]
    device = hub.device()
    first = device.push(documents)
    again = device.push(documents)
    assert [receipt.status for receipt in again.receipts] == ["already"] * 3
    assert [(one.revision, one.at, one.code) for one in again.receipts] == [
        (one.revision, one.at, one.code) for one in first.receipts
    ]
    assert (again.before, again.after) == (3, 3)
    assert len(hub.device().pull(0, "").documents) == 3


def test_a_mutation_is_remembered_after_many_newer_versions(hub: RunningHub) -> None:
    device = hub.device()
    first = hub.document()
    device.push([first])
    latest = first
    for base in range(1, 6):
        latest = hub.edit(latest, f'{{"turn": {base}}}', base)
        device.push([latest])
    (receipt,) = device.push([first]).receipts
    assert (receipt.status, receipt.revision) == ("already", 1)


def test_one_batch_may_hold_the_same_version_twice(hub: RunningHub) -> None:
    document = hub.document()
    answer = hub.device().push([document, document])
    assert [one.status for one in answer.receipts] == ["accepted", "already"]


def test_an_edit_on_the_latest_revision_replaces_it(hub: RunningHub) -> None:
    device, document = hub.device(), hub.document()
    device.push([document])
    (receipt,) = device.push([hub.edit(document, "{}", base=1)]).receipts
    assert (receipt.status, receipt.revision) == ("accepted", 2)
    pulled = hub.device().pull(0, "").documents
    assert [(one.revision, one.parents, one.head) for one in pulled] == [(1, (), False), (2, (1,), True)]


def test_an_edit_on_an_old_revision_becomes_a_sibling_and_both_are_pulled(hub: RunningHub) -> None:
    device, document = hub.device(), hub.document()
    device.push([document])
    device.push([hub.edit(document, '{"by": "first"}', base=1)])
    (receipt,) = hub.device().push([hub.edit(document, '{"by": "second"}', base=1)]).receipts
    assert (receipt.status, receipt.revision) == ("conflict", 3)
    pulled = hub.device().pull(0, "").documents
    assert [one.revision for one in pulled if one.head] == [2, 3]
    assert {one.document.body for one in pulled if one.head} == {'{"by": "first"}', '{"by": "second"}'}


def test_a_version_with_both_parents_settles_the_conflict(hub: RunningHub) -> None:
    device, document = hub.device(), hub.document()
    device.push([document])
    device.push([hub.edit(document, "1", base=1), hub.edit(document, "2", base=1)])
    (receipt,) = device.push([hub.edit(document, "3", base=3, parents=(2, 3))]).receipts
    assert (receipt.status, receipt.revision) == ("accepted", 4)
    assert [one.revision for one in hub.device().pull(0, "").documents if one.head] == [4]


def test_two_saves_made_away_from_the_hub_are_one_line_of_versions(hub: RunningHub) -> None:
    first = hub.document()
    second = hub.edit(first, "2", after=first.mutation)
    third = hub.edit(second, "3", after=second.mutation)
    device = hub.device()
    assert [one.status for one in device.push([first, second]).receipts] == ["accepted"] * 2
    assert [one.status for one in device.push([third]).receipts] == ["accepted"]
    pulled = hub.device().pull(0, "").documents
    assert [(one.parents, one.head) for one in pulled] == [((), False), ((1,), False), ((2,), True)]


def test_a_new_document_under_a_known_id_is_a_sibling_and_replaces_nothing(hub: RunningHub) -> None:
    document = hub.document()
    hub.device().push([document])
    (receipt,) = hub.device().push([hub.edit(document, "from a device that had lost its store")]).receipts
    assert receipt.status == "conflict"
    assert len([one for one in hub.device().pull(0, "").documents if one.head]) == 2


def test_a_stale_edit_does_not_resurrect_a_tombstone(hub: RunningHub) -> None:
    device, document = hub.device(), hub.document()
    device.push([document])
    device.push([hub.edit(document, "{}", base=1, deleted=True)])
    (receipt,) = hub.device().push([hub.edit(document, "late", base=1)]).receipts
    assert receipt.status == "conflict"
    heads = {one.revision: one.document.deleted for one in hub.device().pull(0, "").documents if one.head}
    assert heads == {2: True, 3: False}


def test_an_edit_on_a_revision_the_hub_never_gave_is_kept(hub: RunningHub) -> None:
    document = hub.document(base=900)
    (receipt,) = hub.device().push([document]).receipts
    assert receipt.status == ReceiptStatus.ACCEPTED


BAD = {
    "organisation": lambda one: {**one, "organisation": "another"},
    "hash": lambda one: {**one, "sha256": "0" * 64},
    "envelope": lambda one: {name: value for name, value in one.items() if name != "kind"},
    "too_large": lambda one: {**one, "body": "x" * 5_000_000},
    "unstorable": lambda one: {**one, "body": "a\x00b"},
}


@pytest.mark.parametrize("reason", BAD)
def test_a_refused_version_names_its_reason_and_does_not_block_the_others(
    hub: RunningHub, reason: str
) -> None:
    good, bad = hub.document(), hub.document()
    status, answer = raw_push(hub, [wire(bad, BAD[reason]), wire(good), wire(bad, BAD[reason])])
    assert status == 200
    assert [(one["position"], one["reason"]) for one in answer["refusals"]] == [(0, reason), (2, reason)]
    assert [one["mutation"] for one in answer["receipts"]] == [good.mutation]
    assert [one.document.id for one in hub.device().pull(0, "").documents] == [good.id]


@pytest.mark.parametrize(
    "value",
    [None, 7, "text", [], {}, {"id": 7}, {"organisation": "x" * 101}],
    ids=repr,
)
def test_something_that_is_no_document_is_refused_alone(hub: RunningHub, value: object) -> None:
    good = hub.document()
    status, answer = raw_push(hub, [value, wire(good)])
    assert status == 200
    assert answer["refusals"][0]["reason"] == "envelope"
    assert len(answer["receipts"]) == 1


@pytest.mark.parametrize("name", ["body", "id", "kind", "mutation", "audience"])
@pytest.mark.parametrize("text", ["a\x00", "\ud800"], ids=["NUL", "surrogate"])
def test_unstorable_text_anywhere_is_refused_alone(hub: RunningHub, name: str, text: str) -> None:
    good, bad = hub.document(), replace(hub.document(), **{name: text})
    answer = hub.device().push([bad, good])
    assert [(one.position, one.reason) for one in answer.refusals] == [(0, "unstorable")]
    assert len(answer.receipts) == 1


def test_another_body_under_a_known_mutation_is_refused(hub: RunningHub) -> None:
    document = hub.document()
    device = hub.device()
    device.push([document])
    answer = device.push([replace(document, body="another")])
    assert [one.reason for one in answer.refusals] == ["mutation_reused"]


def test_another_organisation_sees_and_changes_nothing(hub: RunningHub) -> None:
    document = hub.document()
    hub.device().push([document])
    other = hub.new_organisation("Another")
    stranger = hub.device(DeviceKind.MANAGER, other)
    assert stranger.pull(0, "").documents == ()
    assert [one.reason for one in stranger.push([document]).refusals] == ["organisation"]
    (receipt,) = stranger.push([replace(document, organisation=other)]).receipts
    assert (receipt.status, receipt.revision) == ("accepted", 1)
    assert len(hub.device().pull(0, "").documents) == 1


def test_a_batch_of_too_many_documents_is_refused_whole(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as refused:
        hub.device().push([hub.document() for _ in range(501)])
    assert refused.value.details == {"code": "request_too_large", "status": 413}


def test_pages_follow_each_other_without_gap_or_repeat(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 7)
    device = hub.device()
    sent = [hub.document() for _ in range(30)]
    device.push(sent)
    seen, since, scope, requests = [], 0, "", 0
    while True:
        page = device.pull(since, scope)
        requests += 1
        seen += [one.document.id for one in page.documents]
        since, scope = page.next, page.scope
        if not page.more:
            break
    assert seen == [one.id for one in sent]
    assert requests == 5
    again = device.pull(since, scope)
    assert (again.documents, again.next, again.more) == ((), since, False)


def test_a_page_is_cut_by_size_too(hub: RunningHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hub.settings.__dict__, "page_bytes", 10_000)
    device = hub.device()
    device.push([hub.document("x" * 4_000) for _ in range(5)])
    page = device.pull(0, "")
    assert (len(page.documents), page.more) == (2, True)
    monkeypatch.setitem(hub.settings.__dict__, "page_bytes", 10)
    assert len(device.pull(page.next, page.scope).documents) == 1


def test_a_cursor_the_hub_never_gave_starts_again(hub: RunningHub) -> None:
    device = hub.device()
    device.push([hub.document()])
    scope = device.pull(0, "").scope
    page = device.pull(500, scope)
    assert (page.rescope, page.scope, page.documents) == (True, scope, ())


def test_a_receipt_covers_the_body(hub: RunningHub) -> None:
    document = hub.document()
    (receipt,) = hub.device().push([document]).receipts
    assert isinstance(receipt, Receipt)
    assert receipt.sha256 == document.sha256


def wire(document, change=lambda one: one):
    return change({**envelope_of(document), "body": document.body})


def raw_push(hub: RunningHub, values: list[object]) -> tuple[int, dict]:
    response = hub.http.post(
        hub.url + PUSH_PATH,
        json={"documents": values},
        headers={"Authorization": f"Bearer {hub.device()._token}"},
    )
    return response.status_code, response.json()
