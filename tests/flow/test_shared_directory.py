"""An edition brought in on one computer and handed to the others through the hub."""

from pathlib import Path

import pytest

from intake_app.errors import Cancelled
from intake_app.hub.access import DeviceKind
from intake_app.services import deltas
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub
from tests.intake_app.services.service_files import REAL_FILES, ods_row, written


def _edition(folder: Path, name: str, newest: str, *rows: str) -> Path:
    return written(folder, name, "\n".join([*rows, ods_row("A99999", opened=newest)]))


def _share(computer: Computer, *files: Path) -> None:
    computer.store.directory.import_files(files, share=computer.store.exchange.share())
    computer.round()


def _receive(computer: Computer) -> int:
    computer.round()
    return computer.store.exchange.catch_up()


def _names(computer: Computer) -> list[str]:
    return [hit.name for hit in computer.store.directory.search("ZZ1 1ZZ")]


def test_the_first_edition_goes_whole_and_the_next_by_its_changes(
    pair: list[Computer], tmp_path: Path
) -> None:
    here, there = pair
    _share(here, _edition(tmp_path, "1.csv", "20190801", ods_row("A00001"), ods_row("A00002", "THE OAKS")))
    assert _receive(there) == 1
    assert there.store.directory.get("ods:A00002") == here.store.directory.get("ods:A00002")
    _share(
        here,
        _edition(
            tmp_path, "2.csv", "20191106", ods_row("A00001", "NEW NAME"),
            ods_row("A00002", "THE OAKS", status="C", closed="20191031"),
        ),
    )  # fmt: skip
    assert _receive(there) == 1
    for service in ("ods:A00001", "ods:A00002", "ods:A99999"):
        ours, theirs = here.store.directory.get(service), there.store.directory.get(service)
        assert ours is not None
        assert theirs is not None
        assert (theirs.name, theirs.status, theirs.closed) == (ours.name, ours.status, ours.closed)
        assert [(one.kind, one.before, one.since) for one in theirs.changes] == [
            (one.kind, one.before, one.since) for one in ours.changes
        ]
    assert "The Example Surgery" in [hit.was for hit in there.store.directory.search("example surgery")]
    assert _receive(there) == 0
    assert all(one.store.sync.counts().conflicts == 0 for one in pair)


def test_a_computer_that_has_the_edition_does_nothing(pair: list[Computer], tmp_path: Path) -> None:
    here, there = pair
    file = _edition(tmp_path, "1.csv", "20190801", ods_row())
    there.store.directory.import_files([file])
    _share(here, file)
    assert _receive(there) == 0
    # It was given away already: sharing it once more makes no documents.
    waiting = here.store.sync.counts().waiting
    here.store.directory.import_files([file], share=here.store.exchange.share())
    assert here.store.sync.counts().waiting == waiting


def test_a_newer_edition_is_not_undone_by_an_older_one(pair: list[Computer], tmp_path: Path) -> None:
    here, there = pair
    there.store.directory.import_files([_edition(tmp_path, "2.csv", "20191106", ods_row(name="NEWER NAME"))])
    _share(here, _edition(tmp_path, "1.csv", "20190801", ods_row(name="OLDER NAME")))
    assert _receive(there) == 0
    assert "Newer Name" in _names(there)


def test_changes_are_not_taken_in_before_what_they_build_on(pair: list[Computer], tmp_path: Path) -> None:
    here, there = pair
    # Brought in here before anybody thought of sharing: the first set that goes out has the whole list.
    here.store.directory.import_files([_edition(tmp_path, "1.csv", "20190801", ods_row(name="FIRST NAME"))])
    later = _edition(tmp_path, "2.csv", "20191106", ods_row(name="FIRST NAME"), ods_row("A00002", "THE OAKS"))
    _share(here, later)
    assert _receive(there) == 1
    assert there.store.directory.count() == here.store.directory.count()


def test_a_set_that_lacks_a_page_waits_and_changes_nothing(
    pair: list[Computer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    monkeypatch.setattr(deltas, "PAGE_BYTES", 200)
    rows = [ods_row(f"A0000{number}") for number in range(6)]
    _share(here, _edition(tmp_path, "1.csv", "20190801", *rows))
    there.round()
    before = there.store.directory.count()
    with there.store._database.write() as connection:
        one = "SELECT id FROM document WHERE kind = 'directory_part' ORDER BY id DESC LIMIT 1"
        page = connection.exec_driver_sql(one).scalar_one()
        connection.exec_driver_sql("UPDATE document SET id = 'elsewhere' WHERE id = ?", (page,))
    assert there.store.exchange.catch_up() == 0
    assert there.store.directory.count() == before
    with there.store._database.write() as connection:
        connection.exec_driver_sql("UPDATE document SET id = ? WHERE id = 'elsewhere'", (page,))
    assert there.store.exchange.catch_up() == 1
    assert there.store.directory.count() == here.store.directory.count()


def test_a_set_broken_off_is_begun_again_and_counted_once(pair: list[Computer], tmp_path: Path) -> None:
    here, there = pair
    rows = [ods_row(f"A0{number:04}", f"HOUSE {number}") for number in range(1500)]
    _share(here, _edition(tmp_path, "1.csv", "20190801", *rows))
    there.round()
    written_then = there.store.directory.count()
    with pytest.raises(Cancelled):
        there.store.exchange.catch_up(lambda: there.store.directory.count() > written_then)
    assert there.store.exchange.catch_up() == 1
    assert there.store.directory.count() == here.store.directory.count()


def test_an_outreach_computer_has_the_directory_and_its_nicknames(hub: RunningHub, tmp_path: Path) -> None:
    with computers(hub, tmp_path, "office", "van") as (office, van):
        office.join()
        van.join(DeviceKind.OUTREACH)
        _share(office, _edition(tmp_path, "1.csv", "20190801", ods_row()))
        office.store.nicknames.add("ods:A00001", "The Walk-in")
        office.round()
        van.round()
        assert van.store.exchange.catch_up() == 1
        assert [hit.also for hit in van.store.directory.search("walk-in")] == ["The Walk-in"]
        office.store.nicknames.remove("ods:A00001", "The Walk-in")
        office.round()
        van.round()
        assert van.store.directory.search("walk-in") == ()
        assert van.store.check().whole


def test_two_who_give_different_nicknames_have_both_and_no_conflict(
    pair: list[Computer], tmp_path: Path
) -> None:
    file = _edition(tmp_path, "1.csv", "20190801", ods_row())
    for one, name in zip(pair, ("The Walk-in", "Corner place"), strict=True):
        one.store.directory.import_files([file])
        one.store.nicknames.add("ods:A00001", name)
    for one in (*pair, *pair):
        one.round()
    for one in pair:
        assert set(one.store.nicknames.of_service("ods:A00001")) == {"The Walk-in", "Corner place"}
        assert one.store.sync.counts().conflicts == 0


def test_two_who_take_the_same_nickname_away_are_asked_nothing(pair: list[Computer], tmp_path: Path) -> None:
    file = _edition(tmp_path, "1.csv", "20190801", ods_row())
    for one in pair:
        one.store.directory.import_files([file])
    pair[0].store.nicknames.add("ods:A00001", "The Walk-in")
    for one in pair:
        one.round()
    for one in pair:
        assert one.store.nicknames.remove("ods:A00001", "The Walk-in")
    for one in (*pair, *pair):
        one.round()
        one.store.nicknames.settle()
    for one in pair:
        assert one.store.directory.search("walk-in") == ()
        assert one.store.sync.counts().conflicts == 0
        assert one.store.check().whole


def test_nicknames_given_alone_go_along_when_a_hub_is_joined(hub: RunningHub, tmp_path: Path) -> None:
    with computers(hub, tmp_path, "here", "there") as (here, there):
        here.store.nicknames.add("council:kent", "County Hall")
        here.take_down("Said before")
        joined = here.join()
        here.store.sync.rehome(joined.enrolment.organisation, joined.enrolment.organisation_key)
        here.round()
        there.join()
        there.round()
        assert [hit.id for hit in there.store.directory.search("county hall")] == ["council:kent"]


def test_the_real_editions_arrive_with_the_same_changes(pair: list[Computer]) -> None:
    older = REAL_FILES / "ods" / "prm-gp2gp" / "data" / "epraccur.csv.gz"
    newer = REAL_FILES / "ods" / "psychty" / "epraccur.zip"
    if not (older.exists() and newer.exists()):
        pytest.skip("the real ODS editions are not beside this checkout")
    here, there = pair
    _share(here, older)
    assert _receive(there) == 1
    _share(here, newer)
    assert _receive(there) == 1
    counts = "SELECT kind, count(*) FROM service_change GROUP BY kind ORDER BY kind"
    whole = "SELECT id, name, status, postcode, phone, former_names FROM service ORDER BY id"
    for sql in (counts, whole):
        found = []
        for one in pair:
            with one.store._database.read() as connection:
                found.append(connection.exec_driver_sql(sql).fetchall())
        assert found[0] == found[1]
