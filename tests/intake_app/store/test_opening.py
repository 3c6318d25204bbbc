"""Opening: by keyring, passphrase or recovery code, and what is refused, each with its own error."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import keyring as system_keyring
import pytest
from keyring.backends.null import Keyring as NullKeyring

from intake_app.documents import Document, Kind, Pulled
from intake_app.errors import (
    Cancelled,
    KeyMissing,
    KeyringUnavailable,
    NotEntitled,
    StoreDamaged,
    StoreForeign,
    StoreLocked,
    StoreNewer,
    WrongPassphrase,
    WrongRecoveryCode,
)
from intake_app.store import keys as key_slots
from intake_app.store import recovery_code
from intake_app.store.folder import STORE_FILE
from intake_app.store.keyring_slot import SystemKeyring
from intake_app.store.opening import FolderState, NewStore, create_store, folder_state, open_store
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, named_id


@pytest.fixture
def opening(folder: Path, clock, ids: IdMaker, keyring):
    """Opens the store again with what is given."""

    def reopen(passphrase: str = "", recovery_code: str = "", **more: object):
        options = {"clock": clock, "ids": ids, "keyring": keyring} | more
        return open_store(folder, passphrase, recovery_code, **options)

    return reopen


def test_the_keyring_opens_the_store_and_everything_is_there(new_store: NewStore, opening, take_down) -> None:
    record = new_store.store.records.save(take_down("Kept"))
    device = new_store.store.device
    new_store.store.close()
    with opening() as store:
        assert store.records.get(record.id) == record
        assert (store.device, store.organisation.name) == (device, "Healthwatch Exemplar")
        assert store.staff.current is not None
        assert store.staff.current.name == "Sam"


def test_the_folder_says_what_opening_needs(folder: Path, new_store: NewStore) -> None:
    assert folder_state(folder.parent / "elsewhere") is FolderState.EMPTY
    assert folder_state(folder) is FolderState.KEYRING


def test_the_recovery_code_opens_a_store_whose_keyring_lost_the_key(new_store, opening, keyring) -> None:
    new_store.store.close()
    keyring.kept.clear()
    with pytest.raises(KeyMissing):
        opening()
    with opening(recovery_code=new_store.recovery_code.replace(" ", "-")):
        pass
    with opening():
        pass


def test_a_mistyped_group_of_the_code_is_named(new_store: NewStore, opening) -> None:
    groups = new_store.recovery_code.split()
    wrong = [*groups[:2], f"{(int(groups[2]) + 10) % 100000:05d}", *groups[3:]]
    with pytest.raises(WrongRecoveryCode) as refused:
        opening(recovery_code=" ".join(wrong))
    assert refused.value.details["group"] == 3
    with pytest.raises(WrongRecoveryCode):
        opening(recovery_code="12345")
    with pytest.raises(WrongRecoveryCode):
        opening(recovery_code=recovery_code.new_code())


def test_each_member_of_staff_has_a_passphrase_of_their_own(
    folder: Path, clock, ids, keyring, opening
) -> None:
    made = create_store(
        folder, staff_name="Sam", passphrase="żółte buty", clock=clock, ids=ids, keyring=keyring
    )
    with made.store as store:
        ali = store.staff.add("Ali", "second way in")
        assert store.staff.current is not None
        assert store.staff.current.name == "Sam"
    assert folder_state(folder) is FolderState.PASSPHRASE
    assert keyring.kept == {}
    with pytest.raises(KeyMissing):
        opening()
    with pytest.raises(WrongPassphrase):
        opening("wrong")
    with opening("z\u0307o\u0301łte buty".replace("z\u0307o\u0301", "żó")) as store:
        assert store.staff.current.name == "Sam"
    with opening("second way in") as store:
        assert store.staff.current.name == "Ali"
        with pytest.raises(NotEntitled):
            store.staff.leave(ali.id)
        sam = next(one for one in store.staff.all() if one.name == "Sam")
        store.staff.leave(sam.id)
        with pytest.raises(NotEntitled):
            store.staff.set_passphrase(ali.id, "")
        assert store.staff.name_of(sam.id) == "Sam"
    with pytest.raises(WrongPassphrase):
        opening("żółte buty")


def test_preferences_are_each_members_own(store) -> None:
    store.preferences.set("call_time", {"spoken": True})
    ali = store.staff.add("Ali")
    store.staff.switch(ali.id)
    assert store.preferences.get("call_time", "unset") == "unset"
    with pytest.raises(NotEntitled):
        store.staff.switch("nobody")


def test_the_key_is_nowhere_in_the_folder(folder: Path, new_store: NewStore, take_down) -> None:
    store = new_store.store
    store.records.save(take_down("Unmistakable words"))
    # Long: three letters come up by chance in what is encrypted.
    store.staff.add("Unmistakable Name")
    key = store.key_for_child()
    for path in folder.iterdir():
        content = path.read_bytes()
        assert bytes.fromhex(key) not in content
        assert key.encode() not in content
        assert b"Unmistakable" not in content


def test_a_damaged_keys_file_is_read_from_its_spare_copy(folder: Path, new_store, opening) -> None:
    new_store.store.close()
    (folder / key_slots.FILE).write_bytes(b"\x00" * 100)
    with opening():
        pass
    (folder / key_slots.SPARE).write_text("[]")
    with pytest.raises(StoreDamaged):
        opening()
    (folder / key_slots.SPARE).unlink()
    (folder / key_slots.FILE).unlink()
    with pytest.raises(KeyMissing):
        opening()


def test_foreign_damaged_and_newer_stores_are_three_things(
    folder: Path, new_store, opening, tmp_path
) -> None:
    new_store.store.close()
    path = folder / STORE_FILE
    whole = path.read_bytes()
    path.unlink()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE other (x)")
    with pytest.raises(StoreForeign):
        opening()
    path.write_bytes(b"%PDF-1.7 " + b"x" * 9000)
    with pytest.raises(StoreForeign):
        opening()
    path.write_bytes(whole[:16] + b"\xff" * 4080 + whole[4096:])
    with pytest.raises(StoreDamaged):
        opening()
    path.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        opening()
    path.write_bytes(whole)
    with opening() as store, store._database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer) as refused:
        opening()
    assert refused.value.details["found"] == 99
    path.unlink()
    with pytest.raises(StoreDamaged):
        folder_state(folder)
    with pytest.raises(KeyMissing):
        opening()


def test_a_store_of_another_folder_is_foreign(
    folder: Path, new_store, opening, clock, ids, keyring, tmp_path
) -> None:
    new_store.store.close()
    other = create_store(tmp_path / "other", clock=clock, ids=ids, keyring=keyring)
    other.store.close()
    shutil.copy(tmp_path / "other" / STORE_FILE, folder / STORE_FILE)
    with pytest.raises(StoreForeign):
        opening()


def test_damage_in_the_middle_is_found_by_the_check(folder: Path, new_store, opening, take_down) -> None:
    for number in range(50):
        new_store.store.records.save(take_down(f"Words {number} " * 50))
    new_store.store.close()
    content = bytearray((folder / STORE_FILE).read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle + 100 : middle + 400] = os.urandom(300)
    (folder / STORE_FILE).write_bytes(content)
    with opening() as store:
        codes = {finding.code for finding in store.check().findings}
    assert "page_authentication" in codes


def test_a_first_run_that_was_cut_off_starts_again(
    folder: Path, new_store: NewStore, clock, ids, keyring
) -> None:
    new_store.store.close()
    (folder / STORE_FILE).rename(folder / "intake.new")
    assert folder_state(folder) is FolderState.EMPTY
    with create_store(folder, clock=clock, ids=ids, keyring=keyring).store as store:
        assert store.records.find(RecordQuery()).rows == ()


def test_a_store_that_exists_is_never_made_anew(
    folder: Path, new_store: NewStore, clock, ids, keyring
) -> None:
    before = (folder / key_slots.FILE).read_bytes()
    with pytest.raises(StoreForeign):
        create_store(folder, clock=clock, ids=ids, keyring=keyring)
    assert (folder / key_slots.FILE).read_bytes() == before


def test_a_second_window_is_told_that_the_first_holds_the_folder(new_store, opening, folder) -> None:
    with opening(window=True):
        with pytest.raises(StoreLocked):
            opening(window=True)
        with opening():
            pass
    with opening(window=True):
        pass


def test_a_child_process_opens_by_the_key_it_was_given(new_store, opening, keyring) -> None:
    key = new_store.store.key_for_child()
    keyring.kept.clear()
    with opening(key_hex=key + "\n"):
        pass
    with pytest.raises(KeyMissing):
        opening(key_hex="00" * 32)
    with pytest.raises(KeyMissing):
        opening(key_hex="no key")


def test_a_keyring_that_loses_or_shows_the_key_is_not_trusted(folder: Path, clock, ids) -> None:
    before = system_keyring.get_keyring()
    system_keyring.set_keyring(NullKeyring())
    try:
        with pytest.raises(KeyringUnavailable):
            create_store(folder, clock=clock, ids=ids, keyring=SystemKeyring())
    finally:
        system_keyring.set_keyring(before)
    assert folder_state(folder) is FolderState.EMPTY


def test_a_wrong_key_prints_nothing(folder: Path, new_store: NewStore) -> None:
    new_store.store.close()
    script = (
        "import sys; from pathlib import Path\n"
        "from intake_app.store.database import Database\n"
        "from intake_app.errors import StoreError\n"
        "database = Database(Path(sys.argv[1]), bytes(32), bytes(16))\n"
        "try:\n"
        "    with database.read() as connection: connection.exec_driver_sql('SELECT 1 FROM version')\n"
        "except StoreError as error: print(type(error).__name__)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder / STORE_FILE)], capture_output=True, text=True, check=True
    )
    assert (told.stdout, told.stderr) == ("StoreForeign\n", "")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to become another user")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "readonly"
    folder.mkdir(mode=0o755)
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.stat().st_mode & 0o005 != 0o005 and str(parent).startswith("/tmp"):
            parent.chmod(0o755)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from intake_app.store.opening import create_store\n"
        "from intake_app.errors import StoreError\n"
        "from intake_app.times import IdMaker, system_clock\n"
        "os.setuid(65534)\n"
        "ids = IdMaker(system_clock)\n"
        "try: create_store(Path(sys.argv[1]), passphrase='x', clock=system_clock, ids=ids)\n"
        "except StoreError as error: print(type(error).__name__)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "StoreReadOnly\n"


def test_a_clock_set_back_makes_no_id_twice_and_loses_no_order(store, take_down, clock) -> None:
    first = store.records.save(take_down("First"))
    clock.forward(days=-30)
    second = store.records.save(take_down("Second"))
    assert second.id > first.id
    assert {row.id for row in store.records.find(RecordQuery()).rows} == {
        first.id,
        second.id,
    }


def test_a_clock_set_back_between_two_starts_makes_no_earlier_id(
    new_store: NewStore, opening, take_down, clock
) -> None:
    new_store.store.records.save(take_down("First"))
    last = new_store.store.records.history(new_store.store.records.find(RecordQuery()).rows[0].id)[
        -1
    ].mutation
    new_store.store.close()
    clock.forward(days=-400)
    fresh = IdMaker(clock)
    with opening(ids=fresh):
        assert fresh() > last


def test_a_store_opens_again_whose_last_version_of_its_own_is_one_that_a_program_joined(
    new_store: NewStore, opening, take_down, clock
) -> None:
    # As after a backup was put back: the hub hands this computer's own versions out to it once more.
    store = new_store.store
    record = take_down("Joined").record
    store.records.save(take_down("Before"))
    document = Document(store.organisation.id, Kind.RECORD, record.id, named_id("joined"), record.to_json())
    store.sync.apply_page([Pulled(document, 7, (), True, clock(), store.device)], 7, "all")
    last = store.records.history(store.records.find(RecordQuery(words="before")).rows[0].id)[-1].mutation
    store.close()
    clock.forward(days=-400)
    fresh = IdMaker(clock)
    with opening(ids=fresh) as again:
        assert again.records.get(record.id).narratives == record.narratives
        assert fresh() > last


def test_other_processes_commits_are_noticed(store, opening, take_down) -> None:
    before = store.data_version()
    assert store.data_version() == before
    with opening() as other:
        other.records.save(take_down("From elsewhere"))
    assert store.data_version() != before


def test_a_check_can_be_stopped_at_any_moment_and_the_store_used_on(store: Store, take_down) -> None:
    record = store.records.save(take_down("Still here"))
    for looks in range(2):
        left = iter(range(looks))
        with pytest.raises(Cancelled):
            store.check(lambda left=left: next(left, None) is None)
    assert store.records.get(record.id) == record
    assert store.check().whole
