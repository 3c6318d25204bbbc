"""Backup and restore: one file, opened by passphrase or recovery code, on a computer of its own."""

from pathlib import Path

import pytest

from intake_app.errors import (
    BackupUnreadable,
    Cancelled,
    KeyMissing,
    StoreForeign,
    WrongPassphrase,
    WrongRecoveryCode,
)
from intake_app.store import packages
from intake_app.store.backup import restore
from intake_app.store.opening import FolderState, NewStore, folder_state, open_store
from intake_app.store.recovery_code import new_code
from intake_app.store.summaries import RecordQuery


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


def test_a_backup_opens_on_another_computer_as_another_device(
    new_store: NewStore, take_down, stick: Path, tmp_path: Path, clock, ids, keyring
) -> None:
    store = new_store.store
    record = store.records.save(take_down("Carried away"))
    draft = store.drafts.keep(take_down("Half a word"))
    package = store.back_up(stick, "carried by hand")
    assert [path.name for path in stick.iterdir()] == ["Intake 2026-11-20 09.14.intake-backup"]
    assert b"Carried away" not in package.read_bytes()
    assert packages.look(package).made == clock()
    elsewhere, fresh = tmp_path / "elsewhere", type(keyring)()
    restore(package, elsewhere, "carried by hand", clock=clock, ids=ids, keyring=fresh)
    assert folder_state(elsewhere) is FolderState.KEYRING
    with open_store(elsewhere, clock=clock, ids=ids, keyring=fresh) as restored:
        assert restored.records.get(record.id) == record
        assert restored.drafts.load(draft.id) == draft
        assert restored.device != store.device
        assert restored.organisation == store.organisation
        assert restored.check().findings == ()
        assert restored.audit.all()[0].act == "restored"


def test_the_recovery_code_opens_a_backup_made_without_passphrase(
    new_store: NewStore, stick: Path, tmp_path: Path, clock, ids, keyring
) -> None:
    package = new_store.store.back_up(stick)
    tools = {"clock": clock, "ids": ids, "keyring": keyring}
    with pytest.raises(KeyMissing):
        restore(package, tmp_path / "a", **tools)
    with pytest.raises(WrongPassphrase):
        restore(package, tmp_path / "a", "guess", **tools)
    with pytest.raises(WrongRecoveryCode):
        restore(package, tmp_path / "a", recovery_code=new_code(), **tools)
    assert folder_state(tmp_path / "a") is FolderState.EMPTY
    restore(package, tmp_path / "a", recovery_code=new_store.recovery_code, **tools)
    with pytest.raises(StoreForeign):
        restore(package, tmp_path / "a", recovery_code=new_store.recovery_code, **tools)


def test_the_list_says_what_the_backup_holds(new_store: NewStore, take_down, stick: Path, clock) -> None:
    store = new_store.store
    held = store.records.save(take_down("Before"))
    made = clock()
    store.back_up(stick)
    later = store.records.save(take_down("After"))
    backed_up = {row.id: row.where.backed_up for row in store.records.find(RecordQuery()).rows}
    assert backed_up == {held.id: made, later.id: None}


def test_two_backups_of_one_minute_do_not_overwrite_each_other(new_store: NewStore, stick: Path) -> None:
    assert new_store.store.back_up(stick) != new_store.store.back_up(stick)
    assert len(list(stick.iterdir())) == 2


def test_progress_grows_to_the_end_and_cancelling_leaves_nothing(
    new_store: NewStore, take_down, stick: Path, folder: Path
) -> None:
    store = new_store.store
    for number in range(30):
        store.records.save(take_down(f"Words {number} " * 500))
    steps: list[float] = []
    store.back_up(stick, progress=lambda done, total: steps.append(done / total))
    assert steps == sorted(steps)
    assert steps[-1] == 1
    for path in stick.iterdir():
        path.unlink()
    for stop_at in (1, len(steps) - 1):
        asked = iter(range(10_000))
        with pytest.raises(Cancelled):
            store.back_up(stick, cancelled=lambda asked=asked, stop_at=stop_at: next(asked) >= stop_at)
        assert list(stick.iterdir()) == []
        assert not list(folder.glob("*backing-up*"))


def test_what_is_no_whole_backup_is_refused(
    new_store: NewStore, stick: Path, tmp_path: Path, clock, ids, keyring
) -> None:
    package = new_store.store.back_up(stick)
    whole = package.read_bytes()
    code = new_store.recovery_code
    broken = stick / "broken"
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    for content in (b"", b"PK", b"%PDF-1.7", whole[: len(whole) // 2], bytes(altered)):
        broken.write_bytes(content)
        with pytest.raises(BackupUnreadable):
            restore(broken, tmp_path / "b", recovery_code=code, clock=clock, ids=ids, keyring=keyring)
        assert folder_state(tmp_path / "b") is FolderState.EMPTY
    with pytest.raises(BackupUnreadable):
        packages.look(tmp_path / "nothing here")
