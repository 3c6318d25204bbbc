"""Sample data: plainly made up, the same each time, and complete enough to try everything on."""

from pathlib import Path

import phonenumbers
import pytest

from intake_app import demo
from intake_app.cli import opening
from intake_app.records import Record
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, Instant

NOON = Instant.parse("2026-11-20T12:00:00.000Z")


def _made(folder: Path, records: int = 6) -> Store:
    return demo.open_demo(folder, lambda: NOON, IdMaker(lambda: NOON), records)


def _records(store: Store) -> list[Record]:
    page = store.records.find(RecordQuery(include_drafts=False), limit=100)
    ids = dict.fromkeys(row.id for row in (*page.danger, *page.rows))
    return sorted((store.records.get(one) for one in ids), key=lambda one: one.started)


def test_there_is_one_of_everything(tmp_path: Path) -> None:
    with _made(tmp_path / "x") as store:
        records = _records(store)
        assert len(records) == 6
        assert [one.in_danger for one in records].count(True) == 1
        assert [one.state for one in records].count("withdrawn") == 1
        (draft,) = store.drafts.all()
        assert draft.parked
        assert store.directory.search("imaginary oaks")
        assert store.organisation.name == demo.ORGANISATION
        assert all(one.received.utc_ms < NOON.utc_ms for one in records)
        assert store.check().whole


def test_there_are_enquiries_one_beside_feedback_and_a_link(tmp_path: Path) -> None:
    with _made(tmp_path / "x", records=40) as store:
        records = _records(store)
        kinds = [tuple(item.kind for item in one.items) for one in records]
        assert kinds.count(("enquiry",)) > 3
        assert sum(len(one) > 1 and "enquiry" in one for one in kinds) == 1
        asked = [item for one in records for item in one.items if item.kind == "enquiry"]
        assert all(item.value("asked_for") and item.value("given") for item in asked)
        (link,) = store.links.of(records[-1].id)
        assert (link.other, link.relation, link.first) == (records[0].id, "follow_up", True)


def test_it_is_plainly_made_up(tmp_path: Path) -> None:
    with _made(tmp_path / "x") as store:
        assert "not real" in store.organisation.name
        for record in _records(store):
            for item in record.items:
                for service in item.services:
                    assert "ZZ99" in service.place
            if record.person:
                person = store.people.open_person(record.person, "test")
                assert str(person.value("person_name")).startswith("Alex Example")
                number = phonenumbers.parse(str(person.value("phone")), "GB")
                assert str(number.national_number).startswith("7700900")


def test_the_same_stories_each_time_and_only_once(tmp_path: Path) -> None:
    def told(folder: Path) -> list[tuple[str, ...]]:
        with _made(folder) as store:
            return [
                (
                    one.channel,
                    *(story.text for story in one.narratives),
                    *(s.id for s in one.items[0].services),
                )
                for one in _records(store)
            ]

    first = told(tmp_path / "x")
    assert first == told(tmp_path / "y") == told(tmp_path / "x")


def test_the_window_opens_it_without_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE_FILE", "")
    demo.prepare(tmp_path / "x", lambda: NOON, IdMaker(lambda: NOON), records=2)
    assert opening.passphrase_of_file() == demo.PASSPHRASE
