"""Erasure wins over what others write at the same time, and two edits stay two when a hub is joined."""

from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.drafting import PERSON, Draft
from intake_app.errors import RecordErased
from intake_app.hub.tables import VERSIONS
from intake_app.records import Answer
from intake_app.store.summaries import RecordQuery
from intake_app.sync.enrolment import send_earlier
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub


def _with_name(computer: Computer, draft: Draft) -> Draft:
    opened = taking_down.opened(draft, PERSON, computer.library, computer.ids)
    named = drafting.with_answer(opened, PERSON, "person_name", Answer(value="Nadia Example"))
    return taking_down.finish(named, computer.library, computer.clock())


def _documents(computer: Computer, kind: str) -> list[str]:
    with computer.store._database.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM document WHERE kind = ?", (kind,))
        return list(found.scalars())


def _bodies_on(hub: RunningHub, document: str) -> set[str]:
    statement = VERSIONS.select().where(VERSIONS.c.document == document)
    return {row.body for row in hub.database.read(lambda connection: connection.execute(statement).all())}


@pytest.mark.parametrize("erased_first", [True, False])
def test_a_person_added_elsewhere_while_the_record_is_erased_goes_too(
    pair: list[Computer], hub: RunningHub, erased_first: bool
) -> None:
    here, there = pair
    record = here.take_down("As told")
    here.round()
    there.round()
    draft = there.store.records.draft_for_edit(record.id)
    there.store.records.save(_with_name(there, draft))
    (person,) = _documents(there, "person")
    here.store.erase(record.id, "asked")
    for one in (pair if erased_first else (there, here)) * 2:
        one.round()
    for one in pair:
        assert _documents(one, "record") == _documents(one, "person") == []
        assert one.store.check().findings == ()
    assert _bodies_on(hub, person) <= {""}


def test_an_open_window_cannot_bring_back_what_was_erased_elsewhere(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("Please forget this")
    here.round()
    there.round()
    in_the_window = there.store.records.draft_for_edit(record.id)
    here.store.erase(record.id, "asked")
    here.round()
    there.round()
    with pytest.raises(RecordErased):
        there.store.drafts.keep(in_the_window)
    with pytest.raises(RecordErased):
        there.store.records.save(in_the_window)
    assert there.store.drafts.all() == ()
    assert there.store.records.find(RecordQuery()).rows == ()
    assert there.store.sync.counts().waiting == 0


def test_two_edits_of_one_version_stay_two_sides_when_a_hub_is_joined(
    hub: RunningHub, tmp_path: Path
) -> None:
    with computers(hub, tmp_path, "alone") as (alone,):
        record = alone.take_down("As told")
        in_the_window = alone.store.records.draft_for_edit(record.id)
        alone.store.records.withdraw(record.id, "asked")
        alone.store.records.save(drafting.with_narrative(in_the_window, "As told, and more", alone.ids))
        joined = alone.join()
        send_earlier(alone.store.sync, joined.enrolment)
        assert alone.round().conflicts == 1
        assert [row.where.state for row in alone.listed()] == ["conflict"]
