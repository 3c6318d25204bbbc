"""What the hub refuses is shown with its reason, mended and sent again, and delays nothing else."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app import drafting
from intake_app.errors import RecordMissing
from intake_app.reports.one_document import export_document
from intake_app.reports.package import unpack
from intake_app.store.summaries import RecordQuery
from intake_app.taking_down import finish
from tests.flow.computers import Computer
from tests.hub.hub_fixtures import RunningHub


def states(computer: Computer) -> dict[str, str]:
    return {row.first_words: row.where.state for row in computer.listed()}


def spoil(computer: Computer, record_id: str, **columns: object) -> None:
    """A version as no Finish makes it: from an older program, a restored backup, a damaged disk."""
    sets = ", ".join(f"{name} = :{name}" for name in columns)
    with computer.store._database.write() as connection:
        connection.exec_driver_sql(
            f"UPDATE version SET {sets} WHERE document = :id", {**columns, "id": record_id}
        )


def unstorable(computer: Computer, words: str) -> str:
    record = computer.take_down(words)
    body = record.to_json().replace(words, words + "\x00")
    spoil(computer, record.id, body=body, sha256=hashlib.sha256(body.encode()).hexdigest())
    return record.id


def test_one_bad_document_never_delays_another(pair: list[Computer]) -> None:
    here, there = pair
    here.take_down("First")
    bad = unstorable(here, "In between")
    here.take_down("Last")
    report = here.round()
    assert report.refused == 1
    assert states(here) == {"First": "received", "In between": "quarantined", "Last": "received"}
    there.round()
    assert set(states(there)) == {"First", "Last"}
    (refused,) = here.store.quarantine.all()
    assert (refused.document, refused.reason, refused.details) == (bad, "unstorable", {"field": "body"})
    assert refused.reference == here.store.records.summaries((bad,))[0].reference
    found = here.store.records.find(RecordQuery(state="quarantined"))
    assert [row.id for row in found.rows] == [bad]
    assert here.round().refused == 0, "a refused version is not sent again by itself"


def test_characters_that_nobody_can_keep_are_mended_and_the_record_arrives(pair: list[Computer]) -> None:
    here, there = pair
    bad = unstorable(here, "The ward was cold")
    here.round()
    (refused,) = here.store.quarantine.all()
    assert refused.may_mend
    here.store.quarantine.mend(refused.mutation)
    assert here.store.quarantine.all() == ()
    assert here.round().refused == 0
    there.round()
    assert there.store.records.get(bad).narratives[0].text == "The ward was cold\ufffd"
    assert states(here) == {"The ward was cold\ufffd": "received"}
    assert len(here.store.records.history(bad)) == 2, "what was refused stays in the history"
    assert here.store.check().whole
    with pytest.raises(RecordMissing):
        here.store.quarantine.mend(refused.mutation)


def test_a_record_that_is_too_long_is_opened_shortened_and_finished_again(
    pair: list[Computer], hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    record = here.take_down("long " * 2_000)
    monkeypatch.setitem(hub.settings.__dict__, "body_bytes", 8_000)
    here.round()
    (refused,) = here.store.quarantine.all()
    assert (refused.reason, refused.details["limit"], refused.may_mend) == ("too_large", 8_000, False)
    assert refused.may_edit
    draft = drafting.with_narrative(here.store.records.draft_for_edit(record.id), "Short", here.ids)
    here.store.records.save(finish(draft, here.library, here.clock()))
    here.round()
    assert here.store.quarantine.all() == ()
    assert here.store.sync.counts().quarantined == 0
    there.round()
    assert there.store.records.get(record.id).narratives[0].text == "Short"


def test_a_version_whose_name_the_hub_knows_with_other_words_gets_a_name_of_its_own(
    pair: list[Computer], hub: RunningHub
) -> None:
    """As after restoring a backup, or two computers with one cloned folder."""
    here, there = pair
    taken = here.take_down("Known at the hub")
    (waiting,) = [one.document for one in here.store.sync.pending() if one.document.id == taken.id]
    kept = here.store.sync.enrolment()
    client = hub.client(kept.token)
    client.push([replace(waiting, body=waiting.body + " ")])
    here.round()
    (refused,) = here.store.quarantine.all()
    assert refused.reason == "mutation_reused"
    here.store.quarantine.mend(refused.mutation)
    assert here.round().refused == 0
    there.round()
    assert there.store.records.get(taken.id).narratives[0].text == "Known at the hub"


def test_a_record_of_another_organisation_is_made_this_ones(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("Taken for another organisation")
    spoil(here, record.id, organisation="another")
    here.round()
    (refused,) = here.store.quarantine.all()
    assert (refused.reason, refused.may_mend) == ("organisation", True)
    here.store.quarantine.mend(refused.mutation)
    here.round()
    there.round()
    assert [row.id for row in there.listed()] == [record.id]


def test_sent_again_it_arrives_when_the_hub_has_been_mended(
    pair: list[Computer], hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    here.take_down("Long enough")
    with monkeypatch.context() as narrow:
        narrow.setitem(hub.settings.__dict__, "body_bytes", 10)
        here.round()
    refused = here.store.quarantine.all()
    assert {one.reason for one in refused} == {"too_large"}
    for one in refused:
        here.store.sync.resend(one.mutation)
    assert here.round().refused == 0
    there.round()
    assert set(states(there)) == {"Long enough"}


def test_what_was_refused_can_be_taken_out_as_an_encrypted_file(pair: list[Computer], tmp_path: Path) -> None:
    here, _there = pair
    unstorable(here, "Take me out")
    here.round()
    (refused,) = here.store.quarantine.all()
    document = here.store.quarantine.document(refused.mutation)
    package = export_document(document, tmp_path / "refused.intake", "three unrelated words")
    assert b"Take me out" not in package.read_bytes()
    opened = unpack(package, tmp_path, "three unrelated words")
    values = json.loads(opened.read_text("utf-8"))
    assert values["body"] == document.body
    assert values["mutation"] == refused.mutation
