"""One folder on two computers, an old copy brought back, a year away, wrong clocks: put right or said."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from intake_app.errors import HubAnswerUnreadable, HubTimedOut, Offline
from intake_app.hub import access, tables
from intake_app.hub.scopes import DeviceKind
from intake_app.store.opening import open_store
from intake_app.sync.enrolment import join
from intake_app.times import IdMaker, Instant
from tests.first_runs import keyring_of
from tests.flow.computers import Computer
from tests.flow.cutting_proxy import Cut, cutting_proxy
from tests.hub.hub_fixtures import RunningHub, SteppingClock

HOUR_MS = 3_600_000
YEAR_MS = 365 * 24 * HOUR_MS


def forward(computer: Computer, milliseconds: int = 2 * HOUR_MS) -> None:
    computer.clock.now = Instant(computer.clock.now.utc_ms + milliseconds)


@contextmanager
def copied(original: Computer, folder: Path) -> Iterator[Computer]:
    """The whole data folder of the computer "here" as it lies on the disk, opened on another one."""
    shutil.copytree(original.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    clock = SteppingClock(Instant(original.clock.now.utc_ms + 500))
    ids = IdMaker(clock)
    keyring = keyring_of("Anyshire", computer="here")
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as store:
        yield Computer(folder, store, original.hub, clock, ids, original.library)


def listed_ids(computer: Computer) -> set[str]:
    return {row.id for row in computer.listed()}


def devices(hub: RunningHub) -> dict[str, str]:
    """What each came from, by id."""
    rows = hub.database.read(lambda connection: access.listed_devices(connection, hub.organisation))
    return {row["device"]: row["came_from"] for row in rows}


def test_two_computers_with_one_copied_folder_become_two_devices_and_lose_nothing(
    pair: list[Computer], hub: RunningHub, tmp_path: Path
) -> None:
    here, other = pair
    here.take_down("Before the copy, sent")
    here.round()
    waiting = here.take_down("Before the copy, not sent")
    with copied(here, tmp_path / "copy") as copy:
        assert copy.store.device == here.store.device
        forward(here)
        assert not here.round().new_device
        forward(copy)
        mine = copy.take_down("Taken down on the copy")
        report = copy.round()
        assert report.new_device
        assert report.conflicts == 0
        assert copy.store.device != here.store.device
        assert devices(hub)[copy.store.device] == here.store.device
        after = copy.take_down("Under its own number")
        for one in (copy, here, other, copy, here):
            forward(one)
            assert not one.round().new_device
        assert listed_ids(copy) == listed_ids(here) == listed_ids(other)
        assert {waiting.id, mine.id, after.id} < listed_ids(other)
        assert other.store.records.get(after.id).device == copy.store.device
        assert other.store.sync.counts().conflicts == 0


def test_the_one_that_comes_second_is_told_also_when_it_was_there_first(
    pair: list[Computer], tmp_path: Path
) -> None:
    here, _other = pair
    here.round()
    with copied(here, tmp_path / "copy") as copy:
        forward(copy)
        assert not copy.round().new_device
        forward(here)
        here.take_down("On the computer that was there first")
        assert here.round().new_device
        assert not copy.round().new_device
        assert listed_ids(copy) == listed_ids(here)


@pytest.mark.parametrize("how", [Cut.UNSENT, Cut.ANSWER_LOST, Cut.HALF_ANSWER])
def test_a_hub_that_goes_away_while_a_copy_gets_its_number(
    pair: list[Computer], hub: RunningHub, tmp_path: Path, how: Cut
) -> None:
    here, _other = pair
    with cutting_proxy(hub.url) as line:
        join(here.store.sync, line.url, hub.code(), here.store.device)
        here.round()
        with copied(here, tmp_path / "copy") as copy:
            forward(here)
            here.round()
            forward(copy)
            copy.take_down("On the copy")
            line.cut("/v1/split", how)
            with pytest.raises((Offline, HubAnswerUnreadable, HubTimedOut)):
                copy.round()
            line.mend()
            assert copy.round().new_device
            here.round()
            assert listed_ids(copy) == listed_ids(here)
            assert len(devices(hub)) == 3


def test_an_old_copy_brought_back_gets_what_it_had_sent_and_a_number_of_its_own(
    pair: list[Computer], hub: RunningHub, tmp_path: Path
) -> None:
    here, other = pair
    early = here.take_down("Before the backup")
    here.round()
    shutil.copytree(here.folder, tmp_path / "backup", ignore=shutil.ignore_patterns("*.lock"))
    forward(here)
    late = here.take_down("After the backup")
    changed = here.change(early.id, "Before the backup, and what she said later")
    here.round()
    other.round()
    edited = other.change(early.id, "What the office found out")
    other.round()
    restored = Computer(tmp_path / "backup", here.store, hub, here.clock, here.ids, here.library)
    with copied(restored, tmp_path / "restored") as again:
        forward(again)
        report = again.round()
        assert report.new_device
        assert report.conflicts == 0
        assert listed_ids(again) == {early.id, late.id}
        assert again.store.records.get(early.id).to_json() == edited.to_json()
        assert changed.id == early.id
        assert again.store.sync.counts().conflicts == 0
        assert not again.store.check().findings


def test_an_edit_made_on_an_old_copy_is_a_conflict_for_a_person_and_no_loss(
    pair: list[Computer], hub: RunningHub, tmp_path: Path
) -> None:
    here, _other = pair
    record = here.take_down("As told")
    here.round()
    shutil.copytree(here.folder, tmp_path / "backup", ignore=shutil.ignore_patterns("*.lock"))
    forward(here)
    here.change(record.id, "As told, with the date")
    here.round()
    restored = Computer(tmp_path / "backup", here.store, hub, here.clock, here.ids, here.library)
    with copied(restored, tmp_path / "restored") as again:
        forward(again)
        again.change(record.id, "As told, with the ward")
        assert again.round().conflicts == 1
        here.round()
        for one in (here, again):
            assert [row.where.state for row in one.listed()] == ["conflict"]
            assert len(one.store.records.history(record.id)) == 3


def test_a_computer_that_was_away_for_a_year_catches_up(pair: list[Computer], hub: RunningHub) -> None:
    here, there = pair
    shared = here.take_down("As told a year ago")
    erased = here.take_down("To be forgotten")
    for one in pair:
        one.round()
    meanwhile = [here.take_down(f"In month {month}") for month in range(12)]
    here.change(shared.id, "As told, changed in the spring")
    here.store.erase(erased.id, "asked by the person")
    here.round()
    hub.settings.clock.now = Instant(hub.settings.clock.now.utc_ms + YEAR_MS)
    mine = there.take_down("Taken down while away")
    there.change(erased.id, "Changed while away")
    forward(there, YEAR_MS)
    report = there.round()
    assert not report.new_device
    assert report.refused == 0
    for one in (here, there):
        one.round()
        assert listed_ids(one) == {shared.id, mine.id, *(record.id for record in meanwhile)}
        assert one.store.records.get(shared.id).narratives[0].text == "As told, changed in the spring"
        assert one.store.sync.counts().waiting == 0


@pytest.mark.parametrize("wrong_by", [-3 * YEAR_MS, 3 * YEAR_MS], ids=["behind", "ahead"])
@pytest.mark.parametrize("kind", DeviceKind)
def test_a_computer_whose_clock_is_years_wrong_loses_and_hides_nothing(
    pair: list[Computer], hub: RunningHub, wrong_by: int, kind: DeviceKind
) -> None:
    here, there = pair
    hub.set_place(there.store.device, kind=kind)
    there.clock.now = Instant(there.clock.now.utc_ms + wrong_by)
    mine = there.take_down("Taken down under a wrong clock")
    for one in (there, here, there):
        one.round()
    there.change(mine.id, "And changed under it")
    there.clock.now = Instant(there.clock.now.utc_ms - wrong_by)
    there.change(mine.id, "And changed again when the clock was right")
    for one in (there, here, there):
        assert not one.round().new_device
    for one in (here, there):
        assert listed_ids(one) == {mine.id}
        assert one.store.records.get(mine.id).narratives[0].text.endswith("was right")
        assert one.store.sync.counts().conflicts == 0
        assert len(one.store.records.history(mine.id)) == 3


def test_a_hub_set_back_to_an_older_copy_blames_no_device_and_nothing_here_is_lost(
    pair: list[Computer], hub: RunningHub
) -> None:
    here, there = pair
    here.take_down("In the hub's backup")
    for one in pair:
        one.round()
    with hub.database.engine.begin() as connection:
        latest = connection.execute(select(tables.COUNTERS.c.latest)).scalar_one()
        turns = connection.execute(select(tables.DEVICES.c.device, tables.DEVICES.c.turn)).all()
    for one in pair:
        forward(one)
        one.take_down("After the hub's backup")
        one.round()
    here.round()
    with hub.database.engine.begin() as connection:
        connection.execute(delete(tables.VERSIONS).where(tables.VERSIONS.c.revision > latest))
        connection.execute(update(tables.COUNTERS).values(latest=latest))
        for device, turn in turns:
            mine = tables.DEVICES.c.device == device
            connection.execute(update(tables.DEVICES).where(mine).values(turn=turn))
    for one in (here, there, here):
        forward(one)
        assert not one.round().new_device
        assert not one.round().new_device
    assert [len(listed_ids(one)) for one in pair] == [3, 3]
